// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/LooseCommands.h"
#include "syntax/SyntaxTree.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// What the RUNs of a stage make that depends on the system it is made on: programs, libraries, native modules.
namespace stagewright::lint {

enum class ProductKind : std::uint8_t {
    GoProgram,
    CProgram,
    CppProgram,
    RustProgram,
    SharedLibrary,
    JavaRuntime,       ///< A folder made by jlink.
    NodeModules,       ///< A node_modules folder.
    PythonPackages,    ///< A folder that packages were installed into.
    PythonEnvironment, ///< A virtual environment.
    SystemProgram,     ///< Part of an image, or installed by its package manager.
};

/// Whether a program needs the C library of the system that it was made on.
enum class Linking : std::uint8_t { Unknown, Static, Dynamic };

struct BuildProduct
{
    ProductKind kind = ProductKind::CProgram;
    std::string path{};  ///< Absolute.
    bool folder = false; ///< `path` is a folder; everything below it is of this kind.
    Linking linking = Linking::Unknown;
    bool native = false;   ///< Modules, packages: the text shows that some of them are compiled or hold machine code.
    bool compiled = false; ///< `because` is a compiler that was installed: something was compiled here.
    std::string because{}; ///< What shows it: a package's name or a tool ("bcrypt", "node-gyp"); "" for nothing.
    std::string libc{};    ///< Built for this C library on purpose ("musl"); "" for the image's own.
    std::string command{}; ///< "cargo build", "gcc", "npm ci": for messages.
    std::string interpreter{}; ///< PythonEnvironment: the Python that made it, when its path is told.
    bool openssl = false;      ///< OpenSSL's headers were installed for it.
    InstructionId run = InstructionId::None;
};

/// Whether a package of that name is installed to compile C or C++.
[[nodiscard]] bool isCompilerPackage(std::string_view name);

/// Reads the RUNs of one stage, in order.
class ProductReader
{
public:
    /// Value of a variable in front of the RUN; "" when it is not set, with a `$` when it is not known.
    using Environment = std::function<std::string(std::string_view)>;

    /// @p image is the normalised name of the image that the stage starts from, @p libc that image's C library. Both
    /// must live as long.
    ProductReader(std::string_view image, std::string_view libc);

    void read(const SourceText &text, const Instruction &run, std::string_view workdir, const Environment &environment);
    [[nodiscard]] const std::vector<BuildProduct> &products() const { return m_products; }

private:
    struct Call; ///< One command with where and how it runs.

    void readCommand(const Call &call);
    void readPackages(const Call &call);
    void readGo(const Call &call);
    void readC(const Call &call, bool cpp);
    void readMake(const Call &call);
    void readCargo(const Call &call);
    void readRustc(const Call &call);
    void readJlink(const Call &call);
    void readNode(const Call &call);
    void readPip(const Call &call);
    void readEnvironment(const Call &call, std::string_view folder);
    /// Packages with compiled code in them: @p isNative knows some by name, and a compiler is installed for others.
    void tellNative(BuildProduct &product, const Call &call, bool (*isNative)(std::string_view)) const;
    void readCopy(const Call &call);
    void readRemove(const Call &call);
    void add(BuildProduct product, const Call &call);
    [[nodiscard]] bool isFrom(std::string_view repository) const;

    std::string_view m_image;
    std::string_view m_libc;
    std::string m_installedCompiler; ///< A package that a RUN installed for compiling; "" for none.
    bool m_cCompiler = false;        ///< There is one, as far as the text tells.
    bool m_distributionRust = false; ///< Alpine's own Rust links dynamically, rustup's does not.
    bool m_openssl = false;
    std::vector<BuildProduct> m_products;
};

} // namespace stagewright::lint
