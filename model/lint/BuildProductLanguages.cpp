// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/FileEffects.h"
#include "lint/ProductCall.h"

#include <algorithm>
#include <array>
#include <span>

namespace stagewright::lint {

namespace {

bool isKnownUnset(const std::string &value)
{
    return value.empty() || value == "0";
}

bool anyContains(const Words &words, std::string_view part)
{
    return std::ranges::any_of(words, [part](const std::string &word) { return word.find(part) != std::string::npos; });
}

/// Packages of npm that hold or compile machine code.
bool isNativeNodePackage(std::string_view name)
{
    static constexpr std::array<std::string_view, 25> names{
        "bcrypt",   "argon2",   "sharp",   "canvas",    "sqlite3",        "better-sqlite3", "node-sass",
        "re2",      "grpc",     "esbuild", "prisma",    "@prisma/client", "@swc/core",      "lightningcss",
        "node-gyp", "node-pty", "zeromq",  "leveldown", "bufferutil",     "utf-8-validate", "node-rdkafka",
        "libxmljs", "snappy",   "usb",     "serialport"};
    return std::ranges::find(names, name.substr(0, name.find('@', 1))) != names.end();
}

/// The same for Python.
bool isNativePythonPackage(std::string_view name)
{
    static constexpr std::array<std::string_view, 24> names{
        "numpy",  "pandas",  "scipy",    "cryptography", "psycopg2",   "psycopg2-binary", "lxml",       "pillow",
        "Pillow", "grpcio",  "pydantic", "uvloop",       "orjson",     "bcrypt",          "cffi",       "torch",
        "PyYAML", "aiohttp", "asyncpg",  "scikit-learn", "matplotlib", "fastapi",         "tensorflow", "mysqlclient"};
    return std::ranges::find(names, name.substr(0, name.find_first_of("=<>~![;"))) != names.end();
}

} // namespace

void ProductReader::readGo(const Call &call)
{
    if (!call.has("build") && !call.has("install"))
        return;
    const std::string system = call.variable("GOOS");
    if (!system.empty() && system != "linux" && system.find('$') == std::string::npos)
        return;
    const std::string cgo = call.variable("CGO_ENABLED");
    // Static by request, or since nothing of C is used: the net and user packages are what usually asks for it.
    const bool pure = cgo == "0" || anyContains(call.words, "-static") || anyContains(call.words, "netgo")
        || call.variable("GOFLAGS").find("netgo") != std::string::npos;
    BuildProduct product{.kind = ProductKind::GoProgram, .command = "go build"};
    if (pure || (cgo.empty() && !m_cCompiler))
        product.linking = Linking::Static;
    else if (call.has("-buildmode=c-shared") || call.has("-buildmode=plugin"))
        product.linking = Linking::Dynamic;
    if (cgo.find('$') != std::string::npos)
        return;
    if (call.has("install") && !call.has("build")) {
        const std::string bin = call.variable("GOBIN");
        const std::string path = call.variable("GOPATH");
        product.command = "go install";
        product.path = !bin.empty() ? bin : path.empty() ? "/go/bin" : joinPath(path, "bin");
        product.folder = true;
        add(std::move(product), call);
        return;
    }
    const std::string output = call.option({"-o"});
    if (!output.empty()) {
        product.path = call.absolute(output);
        product.folder = output.ends_with('/') || output == ".";
    } else {
        // The program gets the name of its package's folder, or of the module, which no text here tells.
        const std::string &last = call.words.back();
        const bool named
            = last.starts_with("./") && last.size() > 2 && !last.ends_with(".go") && !last.ends_with("...");
        product.path = named ? call.absolute(last.substr(last.rfind('/') + 1)) : joinPath(call.folder, ".");
        product.folder = !named;
    }
    add(std::move(product), call);
}

void ProductReader::readC(const Call &call, bool cpp)
{
    if (call.has("-c") || call.has("-E") || call.has("-S") || call.has("--version") || call.words.size() < 2)
        return;
    const bool shared = call.has("-shared");
    const bool isStatic = call.has("-static") || call.has("-static-pie") || call.has("--static");
    const std::string output = call.option({"-o", "--output"});
    BuildProduct product{.kind = shared ? ProductKind::SharedLibrary
                             : cpp      ? ProductKind::CppProgram
                                        : ProductKind::CProgram,
                         .path = call.absolute(output.empty() ? "a.out" : output),
                         .linking = isStatic && !shared ? Linking::Static : Linking::Dynamic,
                         .libc = call.program.find("musl") != std::string::npos ? "musl" : "",
                         .command = call.program};
    // What is added by variables may hold -static.
    if (!isStatic && anyContains(call.words, "$"))
        product.linking = Linking::Unknown;
    add(std::move(product), call);
}

/// Where there is a C compiler and no other language's tools, make and cmake compile C or C++.
void ProductReader::readMake(const Call &call)
{
    const bool other = isFrom("docker.io/library/golang") || isFrom("docker.io/library/node")
        || isFrom("docker.io/library/rust") || isFrom("docker.io/library/python")
        || m_image.find("golang") != std::string::npos || m_image.find("/go:") != std::string::npos;
    if (!m_cCompiler || other || anyContains(call.words, "static"))
        return;
    std::string folder = call.option({"--build", "-C"});
    if (call.program == "cmake" && folder.empty())
        return; // it only writes the makefiles
    BuildProduct product{.kind = ProductKind::CppProgram,
                         .path = folder.empty() ? joinPath(call.folder, ".") : call.absolute(folder),
                         .folder = true,
                         .command = call.program};
    add(std::move(product), call);
}

void ProductReader::readCargo(const Call &call)
{
    const bool install = call.has("install");
    if (!install && !call.has("build") && !call.has("b"))
        return;
    const std::string flags = call.variable("RUSTFLAGS");
    const std::string target = [&] {
        const std::string given = call.option({"--target"});
        return given.empty() ? call.variable("CARGO_BUILD_TARGET") : given;
    }();
    BuildProduct product{
        .kind = ProductKind::RustProgram, .folder = true, .command = install ? "cargo install" : "cargo build"};
    // On musl rustc links statically unless told not to; Alpine's own package is told not to.
    const bool musl = target.find("musl") != std::string::npos || (target.empty() && m_libc == "musl");
    if (musl)
        product.libc = "musl";
    if (target.find("wasm") != std::string::npos)
        return;
    if (flags.find('$') != std::string::npos || target.find('$') != std::string::npos)
        product.linking = Linking::Unknown;
    else if (flags.find("-crt-static") != std::string::npos)
        product.linking = Linking::Dynamic;
    else if (flags.find("+crt-static") != std::string::npos)
        product.linking = Linking::Static;
    else
        product.linking = musl && !(m_distributionRust && target.empty()) ? Linking::Static : Linking::Dynamic;
    if (install) {
        std::string root = call.option({"--root"});
        if (root.empty())
            root = call.variable("CARGO_HOME");
        product.path = joinPath(root.empty() ? "/usr/local/cargo" : call.absolute(root), "bin");
    } else {
        std::string folder = call.option({"--target-dir"});
        if (folder.empty())
            folder = call.variable("CARGO_TARGET_DIR");
        std::string path = call.absolute(folder.empty() ? "target" : folder);
        if (!target.empty())
            path = target.find('$') == std::string::npos ? joinPath(path, target) : path;
        product.path = path;
    }
    add(std::move(product), call);
}

void ProductReader::readRustc(const Call &call)
{
    const std::string output = call.option({"-o"});
    const std::string target = call.option({"--target"});
    if (output.empty() || anyContains(call.words, "crt-static") || target.find("wasm") != std::string::npos)
        return;
    const bool musl = target.find("musl") != std::string::npos || (target.empty() && m_libc == "musl");
    add({.kind = ProductKind::RustProgram,
         .path = call.absolute(output),
         .linking = musl && !m_distributionRust ? Linking::Static : Linking::Dynamic,
         .libc = musl ? "musl" : "",
         .command = "rustc"},
        call);
}

void ProductReader::tellNative(BuildProduct &product, const Call &call, bool (*isNative)(std::string_view)) const
{
    for (const std::string &word : std::span(call.words).subspan(1)) {
        if (isNative(word)) {
            product.native = true;
            product.because = word;
        }
    }
    // Compilers are brought along for packages that compile something.
    if (!m_installedCompiler.empty()) {
        product.compiled = true;
        product.because = product.native ? product.because : m_installedCompiler;
        product.native = true;
    }
}

void ProductReader::readNode(const Call &call)
{
    static constexpr std::array<std::string_view, 5> verbs{"ci", "install", "i", "add", "clean-install"};
    const bool alone = call.program == "yarn"
        && (call.words.size() == 1 || call.words[1].starts_with('-')); // yarn by itself installs
    const bool installs = alone
        || (call.words.size() > 1 && std::ranges::any_of(std::span(call.words).subspan(1), [](const std::string &word) {
                              return std::ranges::find(verbs, word) != verbs.end();
                          }));
    if (!installs || call.has("--package-lock-only"))
        return;
    const bool global = call.has("-g") || call.has("--global") || call.has("global");
    const std::string prefix = call.option({"--prefix", "-C", "--cwd", "--dir"});
    const std::string base = prefix.empty() ? call.folder : call.absolute(prefix);
    BuildProduct product{.kind = ProductKind::NodeModules,
                         .path = global ? std::string("/usr/local/lib/node_modules") : joinPath(base, "node_modules"),
                         .folder = true,
                         .command = call.program
                             + (call.words.size() > 1 && !call.words[1].starts_with('-') ? ' ' + call.words[1] : "")};
    tellNative(product, call, isNativeNodePackage);
    add(std::move(product), call);
}

void ProductReader::readEnvironment(const Call &call, std::string_view folder)
{
    if (folder.empty() || folder.starts_with('-'))
        return;
    add({.kind = ProductKind::PythonEnvironment,
         .path = call.absolute(folder),
         .folder = true,
         .command = call.program,
         .interpreter = call.words.front().starts_with('/') ? call.words.front() : std::string()},
        call);
}

void ProductReader::readPip(const Call &call)
{
    const bool module = call.program.starts_with("python") && call.has("-m");
    if (module && (call.has("venv") || call.has("virtualenv")))
        return readEnvironment(call, call.words.back());
    if (call.program == "virtualenv")
        return readEnvironment(call, call.words.back());
    if (call.program == "uv" && call.has("venv"))
        return readEnvironment(call, call.words.back() == "venv" ? std::string_view(".venv") : call.words.back());
    if (call.program == "uv" && call.has("sync")) {
        const std::string folder = call.variable("UV_PROJECT_ENVIRONMENT");
        return readEnvironment(call, folder.empty() ? std::string(".venv") : folder);
    }
    if (call.program == "poetry") {
        const std::string inside = call.variable("POETRY_VIRTUALENVS_IN_PROJECT");
        if (call.has("install") && !isKnownUnset(inside))
            readEnvironment(call, ".venv");
        return;
    }
    if (!call.has("install") || (module && !call.has("pip")) || call.program == "pipenv"
        || (call.program == "uv" && !call.has("pip")))
        return;
    BuildProduct product{.kind = ProductKind::PythonPackages, .folder = true, .command = "pip install"};
    const std::string target = call.option({"--target", "-t"});
    const std::string prefix = call.option({"--prefix", "--root"});
    if (!target.empty())
        product.path = call.absolute(target);
    else if (!prefix.empty())
        product.path = call.absolute(prefix);
    else if (call.has("--user"))
        product.path = "/root/.local";
    tellNative(product, call, isNativePythonPackage);
    // pip of an environment installs into that one.
    const std::string own = call.words.front();
    for (BuildProduct &environment : m_products) {
        const bool first = call.variable("PATH").starts_with(environment.path + "/bin");
        if (environment.kind != ProductKind::PythonEnvironment || !target.empty() || !prefix.empty()
            || !(isAtOrAbove(environment.path, own) || first || call.variable("VIRTUAL_ENV") == environment.path))
            continue;
        environment.native = environment.native || product.native;
        environment.compiled = environment.compiled || product.compiled;
        if (product.native)
            environment.because = product.because;
        return;
    }
    if (product.path.empty()) {
        product.path = isFrom("docker.io/library/python") || m_image.find("astral-sh/uv") != std::string::npos
            ? "/usr/local/lib"
            : "/usr/lib";
        product.command = "pip install";
    }
    add(std::move(product), call);
}

} // namespace stagewright::lint
