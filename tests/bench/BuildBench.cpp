// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors

// stagewright-bench-builds [MEGABYTES [REPEATS [ARCHIVE…]]]: what following a build costs (a recording of 10,000
// events, read in the pieces in which a pipe delivers them) and how fast a saved image is read (of MEGABYTES, 1,000 by
// default, in both layouts, from memory and through the pipe of a process), and how fast each ARCHIVE is, an image that
// an engine has saved.

#include "SyntheticBuild.h"
#include "SyntheticImage.h"

#include "building/ConsoleLog.h"
#include "engine/ImageArchive.h"
#include "engine/ImageReader.h"
#include "engine/ImageTree.h"
#include "engine/RawJsonReader.h"
#include "engine/StepMap.h"
#include "engine/StepTextReader.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

using namespace stagewright;

namespace {

constexpr std::size_t events = 10'000;
constexpr std::size_t pipePiece = 64 * 1024; // bytes: what a pipe holds

double milliseconds(const std::function<void()> &work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> times)
{
    std::ranges::sort(times);
    return times[times.size() / 2];
}

SnapshotPtr snapshotOf(const std::string &dockerfile)
{
    return Snapshot::make(SourceText::fromBytes(dockerfile).value());
}

/// One whole replay. Behind every piece the steps are placed in the document, and behind every 64 KiB the console takes
/// what is new. The window does both ten times a second at most.
template <typename Reader>
std::size_t replay(const SnapshotPtr &snapshot, const std::string &recording, bool errors, std::size_t piece)
{
    engine::BuildProgress progress;
    Reader reader(progress);
    engine::StepMap steps(snapshot);
    ConsoleLog console;
    console.begin(QStringLiteral("docker build ."));
    for (std::size_t at = 0; at < recording.size(); at += piece) {
        const std::string_view bytes = std::string_view(recording).substr(at, piece);
        if (errors)
            reader.readErrors(bytes);
        else
            reader.readOutput(bytes);
        steps.update(progress);
        if (at / pipePiece != (at + piece) / pipePiece)
            console.read(progress);
    }
    reader.finish(true);
    progress.finish();
    steps.update(progress);
    std::size_t placed = 0;
    for (std::size_t i = 0; i < progress.size(); ++i)
        placed += steps.placeOf(i).instruction == InstructionId::None ? 0 : 1;
    return placed;
}

template <typename Reader>
void measureReplay(const char *name, const bench::SyntheticBuild &build, bool errors, int repeats)
{
    const SnapshotPtr snapshot = snapshotOf(build.dockerfile);
    for (const std::size_t piece : {std::size_t(512), pipePiece}) {
        std::vector<double> times;
        std::size_t placed = 0;
        for (int i = 0; i < repeats; ++i)
            times.push_back(milliseconds([&] { placed = replay<Reader>(snapshot, build.recording, errors, piece); }));
        std::printf("%-22s %zu events, %5.2f MB in pieces of %5zu bytes: %8.2f ms, %zu steps in the document\n", name,
                    events, static_cast<double>(build.recording.size()) / 1e6, piece, median(std::move(times)), placed);
        std::fflush(stdout);
    }
}

void printRate(const char *name, std::uint64_t bytes, std::size_t files, double time)
{
    std::printf("%-22s %7.1f MB, %zu files: %8.0f ms, %7.0f MB/s\n", name, static_cast<double>(bytes) / 1e6, files,
                time, static_cast<double>(bytes) / 1e3 / time);
    std::fflush(stdout);
}

/// The generator alone, to be taken off.
double generating(bench::ImageLayout layout, std::uint64_t bytes)
{
    bench::SyntheticImage image(layout, bytes);
    std::vector<char> buffer(256 * 1024);
    return milliseconds([&] {
        while (image.read(buffer) > 0) { }
    });
}

void measureArchive(const char *name, bench::ImageLayout layout, std::uint64_t bytes)
{
    bench::SyntheticImage image(layout, bytes);
    std::expected<engine::ImageContents, std::string> contents;
    const double time = milliseconds(
        [&] { contents = engine::readImageArchive([&image](std::span<char> buffer) { return image.read(buffer); }); });
    if (!contents) {
        std::printf("%s: %s\n", name, contents.error().c_str());
        return;
    }
    std::size_t files = 0;
    for (const engine::ImageLayer &layer : contents->layers)
        files += layer.files.size();
    printRate(name, image.given(), files, time);
    const double made = generating(layout, bytes);
    std::printf("%-22s making the archive up is %.0f ms of that\n", "", made);
    std::size_t seen = 0;
    const double looked = milliseconds([&] {
        seen = contents->merged().size() + contents->wasted().size() + contents->exposure().executables
            + engine::ImageTree(*contents, {0, contents->layers.size() - 1, false}).nodes().size();
    });
    std::printf("%-22s files, waste, exposure and tree of it: %.0f ms (%zu)\n", "", looked, seen);
}

/// As the window does it: a process writes the archive into a pipe. The stand-in engine copies a file.
void measureReader(const char *name, const QString &archive)
{
    const QTemporaryDir folder;
    QFile script(folder.filePath(QStringLiteral("docker")));
    if (!script.open(QIODevice::WriteOnly))
        return;
    script.write("#!/bin/sh\nexec cat '" + archive.toUtf8() + "'\n");
    script.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    script.close();
    engine::Engine stand;
    stand.kind = engine::EngineKind::Buildx;
    stand.program = script.fileName();
    engine::ImageReader reader(stand);
    QObject::connect(&reader, &engine::ImageReader::read, qApp, &QCoreApplication::quit);
    const double time = milliseconds([&] {
        reader.start(QStringLiteral("image"));
        QCoreApplication::exec();
    });
    if (!reader.contents()) {
        std::printf("%s: %s\n", name, qPrintable(reader.contents().error()));
        return;
    }
    std::size_t files = 0;
    std::uint64_t unpacked = 0;
    for (const engine::ImageLayer &layer : reader.contents()->layers) {
        files += layer.files.size();
        unpacked += layer.bytes();
    }
    printRate(name, std::uint64_t(QFileInfo(archive).size()), files, time);
    std::printf("%-22s %7.1f MB of files: %30.0f MB/s\n", "", static_cast<double>(unpacked) / 1e6,
                static_cast<double>(unpacked) / 1e3 / time);
}

void measureSyntheticReader(std::uint64_t bytes)
{
    const QTemporaryDir folder;
    const QString archive = folder.filePath(QStringLiteral("image.tar"));
    {
        QFile file(archive);
        bench::SyntheticImage image(bench::ImageLayout::Docker, bytes);
        std::vector<char> buffer(256 * 1024);
        bool good = file.open(QIODevice::WriteOnly);
        for (std::ptrdiff_t size = 0; good && (size = image.read(buffer)) > 0;)
            good = file.write(buffer.data(), size) == size;
        if (!good) {
            std::printf("through a process: %s\n", qPrintable(file.errorString()));
            return;
        }
    }
    measureReader("through a process", archive);
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const std::uint64_t bytes = (argc > 1 ? std::max(1ULL, std::strtoull(argv[1], nullptr, 10)) : 1000) * 1'000'000;
    const int repeats = argc > 2 ? std::max(1, std::atoi(argv[2])) : 5;
    using bench::ImageLayout;
    using bench::Recording;
    measureReplay<engine::RawJsonReader>("rawjson, many lines", bench::syntheticBuild(Recording::PrettyJson, events),
                                         true, repeats);
    measureReplay<engine::RawJsonReader>("rawjson, one line", bench::syntheticBuild(Recording::Json, events), true,
                                         repeats);
    measureReplay<engine::StepTextReader>("podman", bench::syntheticBuild(Recording::Podman, events), false, repeats);
    measureReplay<engine::StepTextReader>("classic builder", bench::syntheticBuild(Recording::Classic, events), false,
                                          repeats);
    measureArchive("docker-archive", ImageLayout::Docker, bytes);
    measureArchive("OCI layout", ImageLayout::Oci, bytes);
    measureSyntheticReader(bytes);
    for (int i = 3; i < argc; ++i)
        measureReader(argv[i], QFileInfo(QString::fromLocal8Bit(argv[i])).absoluteFilePath());
    return 0;
}
