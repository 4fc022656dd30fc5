// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors

// stagewright-bench [REPEATS]: how long the model takes, over the conformance files (STAGEWRIGHT_CONFORMANCE or
// ../shared/conformance, left out when absent) and over generated files of many stages.

#include "catalog/Catalog.h"
#include "edit/Edits.h"
#include "edit/Format.h"
#include "lint/Linter.h"
#include "semantics/Snapshot.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

using namespace stagewright;

namespace {

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

/// One row: the median over the files of each file's median over the repeats, and the throughput of a whole pass.
void measure(const std::string &set, const std::vector<SourceText> &files, int repeats)
{
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
        std::printf("%-18s %-20s %6zu files %14lld ns/file %10.1f MB/s\n", set.c_str(), step.name, files.size(),
                    static_cast<long long>(median(std::move(medians))),
                    static_cast<double>(bytes) * 1000.0 / static_cast<double>(median(std::move(passes))));
        std::fflush(stdout);
    }
}

std::vector<SourceText> conformanceFiles()
{
    namespace fs = std::filesystem;
    const char *given = std::getenv("STAGEWRIGHT_CONFORMANCE");
    const fs::path folder = fs::path(given ? given : STAGEWRIGHT_SOURCE_DIR "/../shared/conformance") / "files";
    std::vector<SourceText> files;
    std::error_code error;
    for (const auto &entry : fs::recursive_directory_iterator(folder, error)) {
        if (!entry.is_regular_file())
            continue;
        std::ifstream in(entry.path(), std::ios::binary);
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

} // namespace

int main(int argc, char *argv[])
{
    const int repeats = argc > 1 ? std::max(1, std::atoi(argv[1])) : 15;
    if (const auto files = conformanceFiles(); !files.empty())
        measure("conformance", files, repeats);
    else
        std::printf("the conformance files are not here\n");
    for (const std::size_t stages : {100, 1000, 5000})
        measure(std::to_string(stages) + " stages", {generated(stages)}, repeats);
    return made > 0 ? 0 : 1;
}
