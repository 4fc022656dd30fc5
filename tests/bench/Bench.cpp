// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors

// stagewright-bench [REPEATS] [FILE…]: how long the model takes, over the conformance files (STAGEWRIGHT_CONFORMANCE or
// ../shared/conformance, left out when absent) and over generated files of many stages; how that grows; what checking
// 60 stages costs beyond parsing; and what the command line takes for one file and for the whole folder. With FILEs
// only the steps on each of those.

#include "catalog/Catalog.h"
#include "edit/Edits.h"
#include "edit/Format.h"
#include "lint/Linter.h"
#include "semantics/Snapshot.h"
#include "text/KeepMemory.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace stagewright;

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Nanoseconds = std::int64_t;

/// What a measured step made; adding it up keeps the compiler from leaving the step out.
std::size_t made = 0;

struct Step
{
    const char *name;
    std::function<void(const SourceText &)> run;
};

const Linter &linter()
{
    static const Linter one(Catalog::builtIn());
    return one;
}

const std::vector<Step> &steps()
{
    static const std::vector<Step> all = {
        {"text", [](const SourceText &text) { made += SourceText::fromBytes(std::string(text.bytes()))->lineCount(); }},
        {"parse", [](const SourceText &text) { made += SyntaxTree::parse(text).instructions().size(); }},
        {"parse+graph", [](const SourceText &text) { made += Snapshot::make(text)->graph().edges().size(); }},
        {"parse+graph+check", [](const SourceText &text) { made += linter().check(*Snapshot::make(text)).size(); }},
        {"parse+graph+format", [](const SourceText &text) { made += edit::format(*Snapshot::make(text)) ? 1 : 0; }},
        {"parse+graph+rename",
         [](const SourceText &text) {
             const SnapshotPtr s = Snapshot::make(text);
             if (!s->graph().stages().empty())
                 made += edit::renameStage(*s, StageId{0}, "renamed") ? 1 : 0;
         }},
    };
    return all;
}

Nanoseconds median(std::vector<Nanoseconds> times)
{
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::nth_element(times.begin(), middle, times.end());
    return *middle;
}

Nanoseconds timed(const std::function<void()> &work)
{
    const auto start = Clock::now();
    work();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - start).count();
}

/// What one step takes for a whole set: the median over the repeats.
using PassTimes = std::map<std::string, Nanoseconds>;

/// One row a step: the median and the mean over the files of each file's median over the repeats, and the throughput
/// of a whole pass.
PassTimes measure(const std::string &set, const std::vector<SourceText> &files, int repeats)
{
    PassTimes result;
    std::size_t bytes = 0;
    for (const SourceText &file : files)
        bytes += file.size();
    for (const Step &step : steps()) {
        std::vector<std::vector<Nanoseconds>> times(files.size());
        std::vector<Nanoseconds> passes;
        step.run(files.front()); // What is made once is made here.
        for (int repeat = 0; repeat < repeats; ++repeat) {
            Nanoseconds pass = 0;
            for (std::size_t i = 0; i < files.size(); ++i) {
                times[i].push_back(timed([&] { step.run(files[i]); }));
                pass += times[i].back();
            }
            passes.push_back(pass);
        }
        std::vector<Nanoseconds> medians;
        for (std::vector<Nanoseconds> &one : times)
            medians.push_back(median(std::move(one)));
        const Nanoseconds mean = std::accumulate(medians.begin(), medians.end(), Nanoseconds{0})
            / static_cast<Nanoseconds>(medians.size());
        const Nanoseconds pass = median(std::move(passes));
        std::printf("%-12s %-19s %4zu files  median %10lld ns  mean %10lld ns  %7.1f MB/s\n", set.c_str(), step.name,
                    files.size(), static_cast<long long>(median(std::move(medians))), static_cast<long long>(mean),
                    static_cast<double>(bytes) * 1000.0 / static_cast<double>(pass));
        std::fflush(stdout);
        result[step.name] = pass;
    }
    return result;
}

fs::path conformanceFolder()
{
    const char *given = std::getenv("STAGEWRIGHT_CONFORMANCE");
    return fs::path(given ? given : STAGEWRIGHT_SOURCE_DIR "/../shared/conformance") / "files";
}

std::vector<std::string> conformancePaths()
{
    std::vector<std::string> paths;
    std::error_code error;
    for (const auto &entry : fs::recursive_directory_iterator(conformanceFolder(), error)) {
        if (entry.is_regular_file())
            paths.push_back(entry.path().string());
    }
    std::ranges::sort(paths);
    return paths;
}

std::vector<SourceText> textsOf(const std::vector<std::string> &paths)
{
    std::vector<SourceText> files;
    for (const std::string &path : paths) {
        std::ifstream in(path, std::ios::binary);
        if (auto text = SourceText::fromBytes(std::string(std::istreambuf_iterator<char>(in), {})))
            files.push_back(*std::move(text));
    }
    return files;
}

/// Stages that start from images and from each other, copy, mount and run.
SourceText generated(std::size_t stages)
{
    std::string text = "# syntax=docker/dockerfile:1\nARG VERSION=22\n";
    for (std::size_t i = 0; i < stages; ++i) {
        const std::string number = std::to_string(i);
        const std::string earlier = std::to_string(i < 3 ? 0 : i - 3);
        text += "\n# Stage " + number + "\nFROM " + (i % 4 == 3 ? "s" + earlier : std::string("node:${VERSION}-alpine"))
            + " AS s" + number + "\nWORKDIR /work\nENV A=1 B=\"two\"\n";
        if (i > 0)
            text += "COPY --from=s" + std::to_string(i / 2) + " /out/a /in/a\n";
        text += "RUN --mount=type=cache,target=/cache \\\n    npm ci && \\\n    npm run build -- --name=$A\nCOPY . .\n";
    }
    return SourceText::fromBytes(std::move(text)).value();
}

/// One run of the command line with its output thrown away.
struct ProgramRun
{
    Nanoseconds time = 0;
    long peakKibibytes = 0;
};

ProgramRun runProgram(std::vector<std::string> arguments)
{
    arguments.insert(arguments.begin(), STAGEWRIGHT_CLI);
    std::vector<char *> words;
    for (std::string &argument : arguments)
        words.push_back(argument.data());
    words.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    ProgramRun result;
    result.time = timed([&] {
        pid_t child = 0;
        rusage used{};
        if (posix_spawn(&child, words.front(), &actions, nullptr, words.data(), environ) == 0
            && wait4(child, nullptr, 0, &used) == child)
            result.peakKibibytes = used.ru_maxrss;
    });
    posix_spawn_file_actions_destroy(&actions);
    return result;
}

void measureProgram(const std::vector<std::string> &paths, int repeats)
{
    std::vector<Nanoseconds> times;
    for (int repeat = 0; repeat < repeats; ++repeat)
        times.push_back(runProgram({"check", paths[paths.size() / 2]}).time);
    std::printf("check of one file, start to finish: %.2f ms\n", static_cast<double>(median(std::move(times))) / 1e6);
    std::vector<std::string> all = paths;
    all.insert(all.begin(), "check");
    const ProgramRun whole = runProgram(std::move(all));
    std::printf("check of %zu files: %.0f ms, peak memory %.1f MB\n", paths.size(),
                static_cast<double>(whole.time) / 1e6, static_cast<double>(whole.peakKibibytes) * 1024.0 / 1e6);
}

void measureGrowth(int repeats)
{
    constexpr std::array<const char *, 2> Steps{"parse+graph", "parse+graph+check"};
    PassTimes smaller;
    for (const std::size_t stages : {100, 1000, 5000}) {
        PassTimes times = measure(std::to_string(stages) + " stages", {generated(stages)}, repeats);
        if (stages == 5000) {
            for (const char *step : Steps)
                std::printf("5000 stages take %.2f times what 1000 take: %s\n",
                            static_cast<double>(times[step]) / static_cast<double>(smaller[step]), step);
        }
        smaller = std::move(times);
    }
    PassTimes sixty = measure("60 stages", {generated(60)}, std::max(repeats, 51));
    std::printf("60 stages, checks beyond parsing: %.3f ms\n",
                static_cast<double>(sixty[Steps[1]] - sixty[Steps[0]]) / 1e6);
}

} // namespace

int main(int argc, char *argv[])
{
    keepFreedMemory();
    const int repeats = argc > 1 ? std::max(1, std::atoi(argv[1])) : 15;
    if (argc > 2) {
        for (const SourceText &file : textsOf({argv + 2, argv + argc}))
            measure("a file", {file}, repeats);
        return made > 0 ? 0 : 1;
    }
    const std::vector<std::string> paths = conformancePaths();
    // First, since what a child takes at most includes what this program holds when it starts it.
    if (!paths.empty())
        measureProgram(paths, std::max(repeats, 40));
    if (paths.empty())
        std::printf("the conformance files are not here\n");
    else
        measure("conformance", textsOf(paths), repeats);
    measureGrowth(repeats);
    return made > 0 ? 0 : 1;
}
