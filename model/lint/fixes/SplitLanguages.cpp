// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/FileEffects.h"
#include "lint/fixes/SplitStage.h"
#include "lint/rules/ShellText.h"

#include <algorithm>
#include <array>
#include <span>

namespace stagewright::fixes {

namespace {

using Words = std::vector<std::string>;

SplitPlan refused(std::string reason)
{
    SplitPlan plan;
    plan.refusal = std::move(reason);
    return plan;
}

Words from(const Words &words, std::size_t first)
{
    return first < words.size() ? Words(words.begin() + std::ptrdiff_t(first), words.end()) : Words();
}

bool isOneOf(std::string_view word, std::span<const std::string_view> names)
{
    return std::ranges::find(names, word) != names.end();
}

/// The value behind `-o x`, `--output x`, `-o=x` …
std::string optionValue(const Words &command, std::initializer_list<std::string_view> names)
{
    for (std::size_t i = 0; i < command.size(); ++i) {
        for (const std::string_view name : names) {
            if (command[i] == name && i + 1 < command.size())
                return command[i + 1];
            if (command[i].starts_with(name) && command[i].size() > name.size() && command[i][name.size()] == '=')
                return command[i].substr(name.size() + 1);
        }
    }
    return {};
}

/// Files that a language finds by their place go over as a whole folder, so the root folder will not do.
bool isWholeFolder(const std::string &workdir)
{
    return workdir.size() > 1 && workdir.find('$') == std::string::npos;
}

std::string noFolder(const SplitSource &source)
{
    return "the stage works in " + (source.workdir.empty() ? std::string("a folder that is not known") : source.workdir)
        + ", so its files cannot be told from the system's: add a WORKDIR such as /app above them";
}

/// The reason why an Alpine builder cannot simply be exchanged; "" when it can.
std::string keepsAlpine(const SplitSource &source)
{
    return source.command({"apk"}) ? "it installs packages with apk, and what musl builds does not run on the runtime "
                                     "image's glibc: move the build "
                                     "to a Debian based tag of the same image first"
                                   : std::string();
}

SplitPlan planNode(const SplitSource &source)
{
    static constexpr std::array<std::string_view, 7> managers{"npm", "npx", "yarn", "pnpm", "next", "nest", "tsx"};
    const std::string program(rules::fileNameOf(source.start.front()));
    if (isOneOf(program, managers))
        return refused(
            program
            + " is not in the runtime image, only node is: write what the script in package.json runs, such as "
              "CMD [\"node\", \"server.js\"]");
    if (program != "node" && program != "nodejs")
        return refused("it starts " + program + ", and the runtime image starts node with a file");
    if (!isWholeFolder(source.workdir))
        return refused(noFolder(source));
    SplitPlan plan;
    if (source.isAlpine()) {
        if (std::string reason = keepsAlpine(source); !reason.empty())
            return refused(std::move(reason));
        plan.builder = source.context.catalog.builderFor(source.runtime);
    }
    plan.copies.emplace_back(source.workdir, source.workdir);
    plan.cmd = from(source.start, 1);
    if (plan.cmd.empty())
        return refused("node is started without a file");
    // Options of node itself stand in front of the file, behind the runtime image's own entrypoint.
    return plan;
}

std::string pythonVersion(const SplitSource &source)
{
    // The runtime image of this catalogue row has one version; the tag either names it or leaves it open.
    return source.tag.starts_with("3.") ? source.tag.substr(0, source.tag.find_first_not_of("0123456789."))
                                        : std::string();
}

/// "3.13" of "3.13.1".
std::string minorOf(const std::string &version)
{
    const std::size_t first = version.find('.');
    return version.substr(0, first == std::string::npos ? first : version.find('.', first + 1));
}

/// Where `pip install` puts packages: of a virtual environment that the stage makes, else of the image.
std::string sitePackages(const SplitSource &source, const std::string &minor)
{
    std::string prefix = "/usr/local";
    for (const Words &command : source.commands) {
        for (std::size_t i = 0; i + 1 < command.size(); ++i) {
            const bool venv = command[i] == "venv" || rules::fileNameOf(command[i]) == "virtualenv";
            for (std::size_t k = i + 1; venv && k < command.size(); ++k) {
                if (!command[k].starts_with('-'))
                    prefix = lint::joinPath(source.workdir, command[k]);
            }
        }
    }
    if (source.command({"uv", "sync"}))
        prefix = lint::joinPath(source.workdir, ".venv");
    return lint::joinPath(prefix, "lib/python" + minor + "/site-packages");
}

SplitPlan planPython(const SplitSource &source)
{
    static constexpr std::array<std::string_view, 8> modules{"gunicorn",  "uvicorn",   "flask",          "celery",
                                                             "hypercorn", "streamlit", "waitress-serve", "pytest"};
    if (!isWholeFolder(source.workdir))
        return refused(noFolder(source));
    if (source.command({"poetry"}) || source.command({"pipenv"}))
        return refused("it installs with poetry or pipenv, which choose the folder themselves: export a requirements "
                       "file and use pip");
    SplitPlan plan;
    const std::string program(rules::fileNameOf(source.start.front()));
    if (program.starts_with("python"))
        plan.cmd = from(source.start, 1);
    else if (isOneOf(program, modules)) {
        plan.cmd = from(source.start, 1);
        plan.cmd.insert(plan.cmd.begin(), {"-m", program == "waitress-serve" ? "waitress" : program});
    } else
        return refused("it starts " + program + ", and the runtime image starts python3 with a file or a module");
    if (plan.cmd.empty())
        return refused("python is started without a file");
    const auto facts = source.context.catalog.lookup(source.runtime);
    const std::string own
        = facts && facts->entrypoint && !facts->entrypoint->empty() ? facts->entrypoint->front() : std::string();
    const std::size_t at = own.rfind("python");
    const std::string minor = at == std::string::npos ? std::string() : own.substr(at + 6);
    if (minor.empty())
        return refused("the Python version of " + source.runtime + " is not known");
    if (source.isAlpine()) {
        if (std::string reason = keepsAlpine(source); !reason.empty())
            return refused(std::move(reason));
    }
    // Packages are kept per minor version, so both stages need the same.
    if (source.isAlpine() || minorOf(pythonVersion(source)) != minor)
        plan.builder = source.context.catalog.builderFor(source.runtime);
    const std::string site = sitePackages(source, minor);
    plan.copies.emplace_back(source.workdir, source.workdir);
    if (!lint::isAtOrAbove(source.workdir, site))
        plan.copies.emplace_back(site, site);
    const std::string before = source.env("PYTHONPATH");
    plan.env.emplace_back("PYTHONPATH", before.empty() ? site : before + ":" + site);
    return plan;
}

SplitPlan planGo(const SplitSource &source)
{
    SplitPlan plan;
    const Words *build = source.command({"go", "build"});
    const bool runs = source.start.size() > 2 && rules::fileNameOf(source.start[0]) == "go" && source.start[1] == "run";
    std::string binary;
    if (runs) {
        binary = "/out/app";
        std::string package;
        std::size_t rest = 2;
        for (; rest < source.start.size() && (package.empty() || source.start[rest].ends_with(".go")); ++rest)
            package += (package.empty() ? "" : " ") + source.start[rest];
        plan.buildLast.push_back("RUN go build -o " + binary + " " + package);
        plan.cmd = from(source.start, rest);
    } else {
        if (!build && !source.command({"go", "install"}))
            return refused("no RUN with go build or go install is found");
        binary = source.start.front();
        if (binary.find('/') == std::string::npos)
            binary = source.command({"go", "install"}) ? "/go/bin/" + binary : std::string();
        // A bare name is found by PATH, where `go build -o` may have put it.
        if (binary.empty() && build) {
            const std::string out = optionValue(*build, {"-o"});
            if (rules::fileNameOf(out) == source.start.front())
                binary = out;
        }
        if (binary.empty())
            return refused("it starts " + source.start.front() + ", and where the build puts that is not in the text");
        plan.cmd = from(source.start, 1);
    }
    const std::string path = lint::joinPath(source.workdir, binary);
    const bool cgo
        = source.env("CGO_ENABLED") == "1" || source.command({"gcc"})
        || std::ranges::any_of(source.commands, [](const Words &command) {
               return std::ranges::any_of(command, [](const std::string &word) {
                   return word == "CGO_ENABLED=1" || word == "build-base" || word == "gcc" || word == "build-essential";
               });
           });
    if (cgo && source.isAlpine())
        return refused("it builds with cgo on Alpine: what musl builds needs musl to run");
    plan.runtime = source.runtime;
    if (cgo) {
        if (const std::size_t at = plan.runtime.find("/static-"); at != std::string::npos)
            plan.runtime.replace(at, 8, "/base-");
    } else if (source.env("CGO_ENABLED").empty() && std::ranges::none_of(source.commands, [](const Words &command) {
                   return std::ranges::find(command, "CGO_ENABLED=0") != command.end();
               })) {
        plan.buildFirst.emplace_back("ENV CGO_ENABLED=0");
    }
    plan.copies.emplace_back(path, path);
    plan.entrypoint = {path};
    plan.note = "Only the program is copied: files that it opens at run time need a COPY of their own.";
    return plan;
}

SplitPlan planRust(const SplitSource &source)
{
    SplitPlan plan;
    std::string binary = source.start.front();
    if (rules::fileNameOf(binary) == "cargo")
        return refused(
            "it starts cargo, which builds again at every start: run cargo build --release in the build and start the "
            "program in target/release");
    if (binary.find('/') == std::string::npos) {
        if (!source.command({"cargo", "install"}))
            return refused("it starts " + binary + ", and where the build puts that is not in the text");
        binary = "/usr/local/cargo/bin/" + binary;
    }
    const std::string path = lint::joinPath(source.workdir, binary);
    plan.copies.emplace_back(path, path);
    plan.entrypoint = {path};
    plan.cmd = from(source.start, 1);
    plan.note = "Only the program is copied: files that it opens at run time need a COPY of their own.";
    return plan;
}

SplitPlan planDotnet(const SplitSource &source)
{
    if (rules::fileNameOf(source.start.front()) != "dotnet" || source.start.size() < 2
        || !source.start[1].ends_with(".dll"))
        return refused("it does not start a published .dll: publish with dotnet publish -c Release -o /out and start "
                       "[\"dotnet\", \"/out/NAME.dll\"]");
    const Words *publish = source.command({"dotnet", "publish"});
    const std::string out = publish ? optionValue(*publish, {"-o", "--output"}) : std::string();
    if (out.empty())
        return refused("there is no dotnet publish with -o, so what to copy is not in the text");
    const std::string folder = lint::joinPath(source.workdir, out);
    const std::string dll = lint::joinPath(source.workdir, source.start[1]);
    if (!lint::isAtOrAbove(folder, dll) && source.start[1].find('/') != std::string::npos)
        return refused(source.start[1] + " is not in " + folder + ", where dotnet publish puts its output");
    SplitPlan plan;
    plan.copies.emplace_back(folder, folder);
    plan.cmd = from(source.start, 1);
    plan.cmd.front() = lint::isAtOrAbove(folder, dll) ? dll : lint::joinPath(folder, source.start[1]);
    return plan;
}

/// Maven's and Gradle's own ways to start an application, which build it first.
struct BuildTool
{
    std::string_view goal;   ///< What starts the application.
    std::string_view build;  ///< What makes the jar instead.
    std::string_view done;   ///< A command with this word makes it already.
    std::string_view output; ///< Where the jar is, below the working directory.
};

std::optional<SplitPlan> planJavaTool(const SplitSource &source)
{
    static constexpr std::array<BuildTool, 2> tools{{
        {"spring-boot:run", "package -DskipTests", "package", "target/*.jar"},
        {"bootRun", "bootJar", "bootJar", "build/libs/*.jar"},
    }};
    for (const BuildTool &tool : tools) {
        if (std::ranges::find(source.start, tool.goal) == source.start.end())
            continue;
        SplitPlan plan;
        const bool built = std::ranges::any_of(source.commands, [&](const Words &command) {
            return std::ranges::find(command, tool.done) != command.end();
        });
        if (!built)
            plan.buildLast.push_back("RUN " + source.start.front() + ' ' + std::string(tool.build));
        const std::string jar = lint::joinPath(source.workdir, "app.jar");
        plan.copies.emplace_back(lint::joinPath(source.workdir, tool.output), jar);
        plan.cmd = {jar};
        plan.note = "If the build leaves more than one jar there, name the one to copy.";
        return plan;
    }
    return std::nullopt;
}

SplitPlan planJava(const SplitSource &source)
{
    if (auto plan = planJavaTool(source))
        return std::move(*plan);
    const Words &start = source.start;
    if (rules::fileNameOf(start.front()) != "java")
        return refused("it starts " + start.front() + ", and the runtime image starts java with a jar");
    SplitPlan plan;
    const auto dash = std::ranges::find(start, "-jar");
    if (dash == start.end() || dash + 1 == start.end()) {
        if (!isWholeFolder(source.workdir))
            return refused(noFolder(source));
        plan.copies.emplace_back(source.workdir, source.workdir);
        plan.entrypoint = start;
        plan.entrypoint.front() = "/usr/bin/java";
        return plan;
    }
    const std::string jar = lint::joinPath(source.workdir, *(dash + 1));
    const bool glob = jar.find('*') != std::string::npos;
    const std::string target = glob ? lint::joinPath(source.workdir, "app.jar") : jar;
    plan.copies.emplace_back(jar, target);
    plan.cmd.assign(dash + 1, start.end());
    plan.cmd.front() = target;
    if (dash != start.begin() + 1) {
        // Flags of the JVM stand in front of -jar, where the image's entrypoint leaves no room.
        plan.entrypoint.assign(start.begin(), dash + 1);
        plan.entrypoint.front() = "/usr/bin/java";
    }
    if (glob)
        plan.note = "If the build leaves more than one jar there, name the one to copy.";
    return plan;
}

} // namespace

SplitPlan splitPlan(const SplitSource &source)
{
    if (source.runtime.empty())
        return refused("the catalogue knows no current image without a shell for " + source.state.rootName);
    if (source.start.empty())
        return refused(source.startRefusal);
    using Planner = SplitPlan (*)(const SplitSource &);
    static constexpr std::array<std::pair<std::string_view, Planner>, 6> planners{{
        {"Node", planNode},
        {"Python", planPython},
        {"Go", planGo},
        {"Rust", planRust},
        {"Java", planJava},
        {".NET", planDotnet},
    }};
    for (const auto &[language, planner] : planners) {
        if (language != source.language)
            continue;
        SplitPlan plan = planner(source);
        if (plan.runtime.empty())
            plan.runtime = source.runtime;
        return plan;
    }
    return refused("the language is not known");
}

} // namespace stagewright::fixes
