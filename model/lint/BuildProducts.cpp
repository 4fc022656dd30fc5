// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/BuildProducts.h"

#include "lint/FileEffects.h"
#include "lint/ProductCall.h"

#include <algorithm>
#include <array>

namespace stagewright::lint {

namespace {

template <std::size_t N> bool contains(const std::array<std::string_view, N> &list, std::string_view word)
{
    return std::ranges::find(list, word) != list.end();
}

/// Stands for a working directory that is not known: a relative path in it is one that nobody copies from, but a later
/// command may take it to a place that is known.
constexpr std::string_view unknownFolder("/$");

bool isInstall(const Words &words)
{
    return std::ranges::any_of(words, [](const std::string &word) {
        return word == "install" || word == "add" || word == "-S" || word == "-Sy" || word == "-Syu" || word == "in";
    });
}

/// Part of the builder's own system: "/usr/bin/curl"; scripts and static programs say so in their names.
bool isSystemProgram(std::string_view path)
{
    static constexpr std::array<std::string_view, 4> folders{"/bin", "/usr/bin", "/sbin", "/usr/sbin"};
    const std::size_t slash = path.rfind('/');
    const std::string_view name = path.substr(slash + 1);
    return contains(folders, path.substr(0, slash)) && !name.empty() && name.find("static") == std::string_view::npos
        && name.find_first_of(".*?[$") == std::string_view::npos;
}

} // namespace

bool isCompilerPackage(std::string_view name)
{
    static constexpr std::array<std::string_view, 10> names{"gcc",        "g++",       "build-essential", "build-base",
                                                            "clang",      "musl-dev",  "libc6-dev",       "gcc-c++",
                                                            "alpine-sdk", "base-devel"};
    return contains(names, name);
}

bool ProductReader::Call::has(std::string_view word) const
{
    return std::ranges::find(words, word) != words.end();
}

std::string ProductReader::Call::option(std::initializer_list<std::string_view> names) const
{
    std::string value;
    for (std::size_t i = 1; i < words.size(); ++i) {
        for (const std::string_view name : names) {
            if (words[i] == name && i + 1 < words.size())
                value = words[i + 1];
            else if (name.starts_with("--") && words[i].starts_with(std::string(name) + '='))
                value = words[i].substr(name.size() + 1);
        }
    }
    return value;
}

std::string ProductReader::Call::variable(std::string_view name) const
{
    // In front of the command, by an earlier export, in the image's settings; the last one said counts.
    for (auto it = words.rbegin(); it != words.rend(); ++it) {
        if (isAssignment(*it) && std::string_view(*it).substr(0, it->find('=')) == name)
            return it->substr(name.size() + 1);
    }
    for (auto it = exported.rbegin(); it != exported.rend(); ++it) {
        // `export NAME` says nothing about the value.
        if (isAssignment(*it) && std::string_view(*it).substr(0, it->find('=')) == name)
            return it->substr(name.size() + 1);
    }
    return environment(name);
}

std::string ProductReader::Call::absolute(std::string_view path) const
{
    std::string expanded;
    if (path.find('$') != std::string_view::npos) {
        // ${GOPATH}/bin; what is not known stays, and such a path is nobody's.
        Variables known;
        for (std::size_t at = path.find('$'); at != std::string_view::npos; at = path.find('$', at + 1)) {
            std::size_t begin = at + 1;
            if (begin < path.size() && path[begin] == '{')
                ++begin;
            const std::size_t end
                = std::min(path.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                                  "0123456789_",
                                                  begin),
                           path.size());
            const std::string name(path.substr(begin, end - begin));
            if (const std::string value = variable(name); !name.empty() && !value.empty())
                known.set(name, value);
        }
        expanded = expandKnown(path, known);
        path = expanded;
    }
    if (path.starts_with("~/"))
        return joinPath("/root", path.substr(2));
    return joinPath(folder, path);
}

ProductReader::ProductReader(std::string_view image, std::string_view libc)
    : m_image(image)
    , m_libc(libc)
{
    // Without a compiler Go does not use C. Alpine's and the slim images have none.
    const bool slim = m_image.find("-slim") != std::string::npos || m_image.find("alpine") != std::string::npos;
    m_cCompiler = isFrom("docker.io/library/gcc") || isFrom("docker.io/library/buildpack-deps")
        || isFrom("cgr.dev/chainguard/go") || isFrom("cgr.dev/chainguard/gcc-glibc")
        || ((isFrom("docker.io/library/golang") || isFrom("docker.io/library/rust")
             || isFrom("docker.io/library/python") || isFrom("docker.io/library/node")
             || isFrom("docker.io/library/ruby"))
            && m_libc == "glibc" && !slim)
        || isFrom("docker.io/library/rust");
}

bool ProductReader::isFrom(std::string_view repository) const
{
    return m_image.starts_with(repository)
        && (m_image.size() == repository.size() || m_image[repository.size()] == ':'
            || m_image[repository.size()] == '@');
}

void ProductReader::read(const SourceText &text, const Instruction &run, std::string_view workdir,
                         const Environment &environment)
{
    Call call{{}, {}, std::string(workdir.empty() ? unknownFolder : workdir), environment, {}, run.id};
    for (Words &words : looseCommands(text, run)) {
        call.program = words.front().substr(words.front().rfind('/') + 1);
        call.words = std::move(words);
        if (call.program == "cd" && call.words.size() > 1)
            call.folder = call.absolute(call.words[1]);
        else if (call.program == "export")
            call.exported.insert(call.exported.end(), call.words.begin() + 1, call.words.end());
        else
            readCommand(call);
    }
}

void ProductReader::readCommand(const Call &call)
{
    static constexpr std::array<std::string_view, 9> managers{"apt-get",  "apt",  "apk",    "yum",   "dnf",
                                                              "microdnf", "tdnf", "zypper", "pacman"};
    static constexpr std::array<std::string_view, 4> c{"gcc", "cc", "clang", "musl-gcc"};
    static constexpr std::array<std::string_view, 3> cpp{"g++", "c++", "clang++"};
    static constexpr std::array<std::string_view, 4> make{"make", "cmake", "ninja", "meson"};
    static constexpr std::array<std::string_view, 4> node{"npm", "yarn", "pnpm", "bun"};
    static constexpr std::array<std::string_view, 3> copies{"cp", "mv", "install"};
    const std::string_view program = call.program;
    if (contains(managers, program))
        readPackages(call);
    else if (program == "go")
        readGo(call);
    else if (contains(c, program) || program.ends_with("-gcc"))
        readC(call, false);
    else if (contains(cpp, program) || program.ends_with("-g++"))
        readC(call, true);
    else if (contains(make, program))
        readMake(call);
    else if (program == "cargo")
        readCargo(call);
    else if (program == "rustc")
        readRustc(call);
    else if (program == "jlink")
        readJlink(call);
    else if (program == "docker-php-ext-install" || (program == "pecl" && call.has("install")))
        add({.kind = ProductKind::SharedLibrary,
             .path = "/usr/local/lib/php/extensions",
             .folder = true,
             .linking = Linking::Dynamic,
             .command = call.program},
            call);
    else if (contains(node, program))
        readNode(call);
    else if (program == "pip" || program == "uv" || program == "poetry" || program == "virtualenv"
             || program == "pipenv" || program.starts_with("pip3") || program.starts_with("python"))
        readPip(call);
    else if (contains(copies, program))
        readCopy(call);
    else if (program == "rm")
        readRemove(call);
}

/// Compilers and headers that later commands use, and programs that the package manager puts into /usr/bin.
void ProductReader::readPackages(const Call &call)
{
    static constexpr std::array<std::string_view, 4> ssl{"libssl-dev", "openssl-dev", "openssl-devel", "libressl-dev"};
    if (!isInstall(call.words))
        return;
    for (const std::string &word : std::span(call.words).subspan(1)) {
        const std::string_view package = std::string_view(word).substr(0, word.find_first_of("=<>~@"));
        if (isCompilerPackage(package)) {
            m_cCompiler = true;
            m_installedCompiler = package;
        }
        m_openssl = m_openssl || contains(ssl, package);
        m_distributionRust = m_distributionRust || package == "cargo" || package == "rust";
    }
}

void ProductReader::readJlink(const Call &call)
{
    if (const std::string output = call.option({"--output"}); !output.empty())
        add({.kind = ProductKind::JavaRuntime,
             .path = call.absolute(output),
             .folder = true,
             .linking = Linking::Dynamic,
             .command = "jlink"},
            call);
}

/// cp, mv and install take a product, or a program of the system, to another place.
void ProductReader::readCopy(const Call &call)
{
    std::vector<std::string> operands;
    for (std::size_t i = 1; i < call.words.size(); ++i) {
        const std::string &word = call.words[i];
        if (call.program == "install" && (word == "-m" || word == "-o" || word == "-g"))
            ++i;
        else if (!word.starts_with('-') && !isAssignment(word))
            operands.push_back(call.absolute(word));
    }
    if (operands.size() < 2)
        return;
    const bool intoFolder = operands.size() > 2 || call.words.back().ends_with('/') || call.words.back() == ".";
    const std::string target = operands.back();
    operands.pop_back();
    std::vector<BuildProduct> made;
    for (const std::string &source : operands) {
        const std::string name = source.substr(source.rfind('/') + 1);
        for (const BuildProduct &product : m_products) {
            BuildProduct copy = product;
            if (isAtOrAbove(product.path, source) && product.folder && product.path != source)
                copy.folder = false; // one program out of a folder of them
            else if (product.path != source)
                continue;
            copy.path = intoFolder || target == "/usr/local/bin" || target == "/usr/bin" || target == "/bin"
                ? joinPath(target, name)
                : target;
            made.push_back(std::move(copy));
        }
        if (made.empty() && call.program == "cp" && isSystemProgram(source))
            add({.kind = ProductKind::SystemProgram,
                 .path = intoFolder ? joinPath(target, name) : target,
                 .command = "cp " + source},
                call);
    }
    m_products.insert(m_products.end(), made.begin(), made.end());
}

void ProductReader::readRemove(const Call &call)
{
    for (const std::string &word : std::span(call.words).subspan(1)) {
        if (word.starts_with('-') || word.find_first_of("*?[") != std::string::npos)
            continue;
        const std::string path = call.absolute(word);
        std::erase_if(m_products, [&](const BuildProduct &product) { return isAtOrAbove(path, product.path); });
    }
}

void ProductReader::add(BuildProduct product, const Call &call)
{
    constexpr std::size_t mostProducts = 64; // a stage with more is generated, and nobody copies them one by one
    const std::size_t known = product.path.starts_with(unknownFolder) ? unknownFolder.size() : 0;
    if (product.path.find('$', known) != std::string::npos || product.path == "/" || m_products.size() >= mostProducts)
        return;
    product.run = call.run;
    product.openssl = m_openssl;
    std::erase_if(m_products, [&](const BuildProduct &other) {
        return other.path == product.path && other.kind == product.kind && !other.native;
    });
    m_products.push_back(std::move(product));
}

} // namespace stagewright::lint
