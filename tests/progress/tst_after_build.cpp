// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/BuildComparison.h"
#include "engine/BuildHistory.h"
#include "engine/BuildReport.h"
#include "engine/ContextListing.h"
#include "engine/FailureExplanation.h"
#include "engine/MeasuredImages.h"
#include "engine/PrivateDockerfile.h"
#include "engine/SizeEstimate.h"
#include "lint/Linter.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace stagewright;
using namespace stagewright::engine;
using namespace Qt::StringLiterals;

namespace {

SnapshotPtr snapshotOf(std::string text, AnalysisOptions options = {})
{
    return Snapshot::make(SourceText::fromBytes(std::move(text)).value(), std::move(options));
}

void write(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write");
}

Time at(int milliseconds)
{
    return Time(std::chrono::milliseconds(milliseconds));
}

/// A step as BuildKit names it.
BuildStep &step(BuildProgress &progress, const std::string &name, StepState state, int begin = 0, int end = 0)
{
    BuildStep &one = progress.touch("sha256:" + name);
    one.name = name;
    one.state = state;
    if (end > 0) {
        one.started = at(begin);
        one.completed = at(end);
    }
    return one;
}

const std::string twoStages
    = "FROM alpine AS build\nRUN make a\nENV A=1\nRUN make b\nFROM scratch\nCOPY --from=build /b /b\n"
      "COPY src/main.c /\n";

/// A build of that file, with sizes.
struct Built
{
    SnapshotPtr snapshot;
    BuildReport report;
    BuildRecord record;
};

Built builtOf(const std::string &text, const std::vector<std::uint64_t> &bytes, const std::string &cached,
              ContextListing listing = {})
{
    Built built{snapshotOf(text), {}, {}};
    BuildProgress progress;
    step(progress, "[build 1/3] FROM alpine", StepState::Cached);
    step(progress, "[build 2/3] RUN make a", cached[0] == 'c' ? StepState::Cached : StepState::Done, 0, 1000);
    step(progress, "[build 3/3] RUN make b", cached[1] == 'c' ? StepState::Cached : StepState::Done, 1000, 4000).inputs
        = {"sha256:[build 2/3] RUN make a"};
    step(progress, "[stage-1 1/2] COPY", cached[2] == 'c' ? StepState::Cached : StepState::Done, 4000, 4500).inputs
        = {"sha256:[build 3/3] RUN make b"};
    step(progress, "[stage-1 2/2] COPY", cached[3] == 'c' ? StepState::Cached : StepState::Done, 4500, 4600).inputs
        = {"sha256:[stage-1 1/2] COPY"};
    StepMap steps(built.snapshot);
    steps.update(progress);
    StageSizes sizes;
    std::size_t next = 0;
    for (const Stage &stage : built.snapshot->graph().stages()) {
        StageBytes one{.stage = stage.id,
                       .base = stage.base.kind == BaseKind::Scratch ? 0U : 1000U,
                       .total = 0,
                       .instructions = historyOf(*built.snapshot, stage.id)};
        one.total = one.base;
        for (InstructionBytes &row : one.instructions) {
            row.bytes = bytes[next++];
            one.total += row.bytes;
        }
        sizes.stages.push_back(one);
    }
    built.report = makeReport({}, u"sha256:1"_s, progress, steps, sizes, nullptr);
    built.record = makeRecord(built.report, *built.snapshot, {}, BuildResult::Built, std::move(listing), 1);
    return built;
}

} // namespace

/// What follows a build, without any engine: plain data in, plain data out.
class AfterBuild : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reportAndJson();
    void limits();
    void sizesInWords_data();
    void sizesInWords();
    void targets();
    void contextListing();
    void contextReaders();
    void history();
    void historyForgets();
    void comparison();
    void misses();
    void estimates();
    void imagesOfOtherFiles();
    void failures_data();
    void failures();
    void failurePlace();
};

void AfterBuild::reportAndJson()
{
    const Built built = builtOf(twoStages, {10, 0, 30, 7, 3}, "nnnn");
    QCOMPARE(built.report.bytes, 10U);
    QCOMPARE(built.report.baseBytes, 0U);
    QCOMPARE(built.report.stages[0].bytes, 1040U);
    QCOMPARE(built.report.stages[0].instructions[1].seconds, 1.0);
    QCOMPARE(built.report.stages[0].instructions[1].cached, false);
    QVERIFY(!built.report.stages[0].instructions[2].cached); // ENV takes no step
    QCOMPARE(built.report.biggestBuilder()->name, "build");
    QCOMPARE(reportJson(built.report),
             R"({"engine":"docker","image":"sha256:1","bytes":10,"base_bytes":0,"stages":[{"index":0,"name":"build",)"
             R"("bytes":1040,"base_bytes":1000,"instructions":[{"line":1,"text":"FROM alpine AS build","bytes":0,)"
             R"("seconds":0.0,"cached":true},{"line":2,"text":"RUN make a","bytes":10,"seconds":1.0,"cached":false},)"
             R"({"line":3,"text":"ENV A=1","bytes":0,"seconds":null,"cached":null},{"line":4,"text":"RUN make b",)"
             R"("bytes":30,"seconds":3.0,"cached":false}]},{"index":1,"name":"stage-1","bytes":10,"base_bytes":0,)"
             R"("instructions":[{"line":5,"text":"FROM scratch","bytes":0,"seconds":null,"cached":null},{"line":6,)"
             R"("text":"COPY --from=build /b /b","bytes":7,"seconds":0.5,"cached":false},{"line":7,"text":)"
             R"("COPY src/main.c /","bytes":3,"seconds":0.1,"cached":false}]}],"efficiency":null,"wasted_bytes":null,)"
             R"("exposes":null})");
}

void AfterBuild::limits()
{
    BuildReport report;
    report.bytes = 2'000'000;
    report.baseBytes = 1'500'000;
    Limits limits;
    QVERIFY(exceeded(report, limits).empty() && !limits.needContents());
    limits.maxBytes = 2'000'000;
    limits.maxAdded = 500'000;
    QVERIFY(exceeded(report, limits).empty());
    limits.maxBytes = 1'999'999;
    limits.maxAdded = 499'999;
    QCOMPARE(exceeded(report, limits).size(), 2U);
    limits = {};
    limits.noShell = true;
    limits.lowestEfficiency = 0.9;
    QCOMPARE(exceeded(report, limits).size(), 2U); // what is not known is not within a limit
    report.exposes.emplace();
    report.efficiency = 0.9;
    QVERIFY(exceeded(report, limits).empty());
    report.exposes->shell = "/bin/sh";
    report.exposes->user = "0:0";
    report.exposes->setuid = 1;
    limits.noRoot = limits.noSetuid = true;
    limits.maxPackages = 5;
    QCOMPARE(exceeded(report, limits).size(), 4U);
}

void AfterBuild::sizesInWords_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("bytes");
    QTest::newRow("plain") << u"1000"_s << qint64(1000);
    QTest::newRow("MB") << u"120MB"_s << qint64(120'000'000);
    QTest::newRow("fraction") << u"1.5 GB"_s << qint64(1'500'000'000);
    QTest::newRow("binary") << u"2GiB"_s << qint64(2'147'483'648);
    QTest::newRow("lower case") << u"3kb"_s << qint64(3000);
    QTest::newRow("none") << QString() << qint64(-1);
    QTest::newRow("unit only") << u"MB"_s << qint64(-1);
    QTest::newRow("negative") << u"-1MB"_s << qint64(-1);
    QTest::newRow("unknown unit") << u"1 apple"_s << qint64(-1);
    QTest::newRow("huge") << u"99999999999TB"_s << qint64(-1);
    QTest::newRow("no number") << u"nan"_s << qint64(-1);
}

void AfterBuild::sizesInWords()
{
    QFETCH(QString, text);
    QFETCH(qint64, bytes);
    const auto parsed = parseBytes(text.toStdString());
    QCOMPARE(parsed ? qint64(*parsed) : -1, bytes);
}

void AfterBuild::targets()
{
    const SnapshotPtr snapshot
        = snapshotOf("FROM a\nFROM b AS one\nFROM c AS two\nFROM d AS two\nFROM e AS stagewright-0\n");
    const TargetText unnamed = textWithTarget(*snapshot, StageId(0));
    QVERIFY2(unnamed.text.starts_with("FROM a AS " + unnamed.target + "\nFROM b AS one\n"), unnamed.text.c_str());
    QVERIFY(unnamed.target != "stagewright-0"); // somebody has that
    const TargetText named = textWithTarget(*snapshot, StageId(1));
    QCOMPARE(named.target, "one");
    QCOMPARE(named.text, std::string(snapshot->text().bytes()));
    const TargetText twice = textWithTarget(*snapshot, StageId(2));
    QVERIFY(twice.text.contains("FROM c AS " + twice.target + "\nFROM d AS two\n"));
    const SnapshotPtr again
        = snapshotOf(unnamed.text, {.target = unnamed.target, .buildArgs = {}, .namedContexts = {}});
    QCOMPARE(again->graph().target(), StageId(0));
}

void AfterBuild::contextListing()
{
    const QTemporaryDir folder;
    for (const char *name : {"a.txt", "src/b.c", "src/deep/c.c", "node_modules/x/y.js", "keep/me"})
        write(folder.filePath(QString::fromLatin1(name)), name);
    const std::string root = folder.path().toStdString();
    const auto names = [](const ContextListing &listing) {
        std::string all;
        for (const auto &[path, stamp] : listing.files)
            all += path + ' ';
        return all;
    };
    QCOMPARE(names(listContext(root, std::nullopt)), "a.txt keep/me node_modules/x/y.js src/b.c src/deep/c.c ");
    QCOMPARE(names(listContext(root, "node_modules\nsrc/*.c\n")), "a.txt keep/me src/deep/c.c ");
    QCOMPARE(names(listContext(root, "*\n!keep\n!src/b.c\n")), "keep/me src/b.c ");
    const ContextListing before = listContext(root, std::nullopt);
    QVERIFY(before.complete && before.files.at("a.txt").bytes == 5);
    QVERIFY(changedFiles(before, before).empty());
    write(folder.filePath(u"a.txt"_s), "another length");
    write(folder.filePath(u"new"_s), "1");
    QFile::remove(folder.filePath(u"src/b.c"_s));
    const std::vector<std::string> expected{"a.txt", "new", "src/b.c"};
    QCOMPARE(changedFiles(before, listContext(root, std::nullopt)), expected);
    const std::atomic_bool stop = true;
    QVERIFY(!listContext(root, std::nullopt, &stop).complete);
}

void AfterBuild::contextReaders()
{
    const SnapshotPtr s
        = snapshotOf("FROM a\nCOPY src *.json ./\nCOPY --from=b src /\nCOPY . /x\nCOPY <<E /y\nsrc\nE\n"
                     "RUN --mount=type=bind,source=src,target=/s true\nRUN --mount=type=cache,target=/c true\n"
                     "ADD [\"a b\", \"/\"]\nCOPY ${DIR} /\n");
    const auto reads = [&](std::size_t index, std::string_view path) {
        return readsFromContext(s->tree().instructions()[index], path);
    };
    QVERIFY(reads(1, "src/main.c") && reads(1, "package.json") && !reads(1, "sub/package.json") && !reads(1, "srcs"));
    QVERIFY(!reads(2, "src") && reads(3, "any/thing") && !reads(4, "src"));
    QVERIFY(reads(5, "src/main.c") && !reads(5, "other") && !reads(6, "src"));
    QVERIFY(reads(7, "a b") && !reads(7, "a") && reads(8, "whatever"));
}

void AfterBuild::history()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"Dockerfile"_s);
    write(file, "FROM scratch\n");
    ContextListing listing;
    listing.files["a"] = {1, 2};
    Built built = builtOf(twoStages, {10, 0, 30, 7, 3}, "nnnn", listing);
    built.record.seconds = 1.25;
    BuildHistory history(folder.filePath(u"builds"_s), file);
    history.load();
    QVERIFY(history.records().empty());
    QVERIFY(history.append(built.record));
    BuildRecord second = built.record;
    second.when = 2;
    second.result = BuildResult::Failed;
    BuildHistory other(folder.filePath(u"builds"_s), folder.filePath(u"./Dockerfile"_s)); // the same file
    QVERIFY(other.append(second));
    history.load();
    QCOMPARE(history.records().size(), 2U);
    QCOMPARE(history.records()[1], second);
    QVERIFY(history.records()[0].context.files.empty()); // of the newest only
    QCOMPARE(history.lastBuilt("")->when, 1);
    QVERIFY(!history.lastBuilt("other"));
    QFile written(QDir(folder.filePath(u"builds"_s)).entryInfoList({u"*.json"_s}).first().filePath());
    QCOMPARE(written.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    // Whatever is in the file, reading it is safe, and a build is recorded again.
    for (const QByteArray &bytes :
         {QByteArray("{\"builds\":[{\"stages\":[3,{\"instructions\":[{\"bytes\":\"x\"}]}]},7]}"), QByteArray("cut {"),
          QByteArray()}) {
        write(written.fileName(), bytes);
        QVERIFY(history.append(built.record));
        QVERIFY(!history.records().empty());
    }
}

void AfterBuild::historyForgets()
{
    const QTemporaryDir folder;
    BuildHistory history(folder.path(), folder.filePath(u"Dockerfile"_s));
    for (std::size_t i = 0; i < BuildHistory::MaximumRecords + 3; ++i) {
        BuildRecord record;
        record.when = std::int64_t(i);
        QVERIFY(history.append(record));
    }
    QCOMPARE(history.records().size(), BuildHistory::MaximumRecords);
    QCOMPARE(history.records().front().when, 3);
    // No value of a build argument is kept, but that one changed can be told.
    const Built built = builtOf(twoStages, {1, 1, 1, 1, 1}, "nnnn");
    BuildRequest request;
    request.buildArgs = {{u"TOKEN"_s, u"hunter2"_s}};
    const BuildRecord one = makeRecord(built.report, *built.snapshot, request, BuildResult::Built, {}, 1);
    request.buildArgs = {{u"TOKEN"_s, u"hunter3"_s}};
    const BuildRecord two = makeRecord(built.report, *built.snapshot, request, BuildResult::Built, {}, 1);
    QVERIFY(one.arguments != two.arguments);
    QVERIFY(!recordsJson(std::vector{one}).contains("hunter"));
}

void AfterBuild::comparison()
{
    const BuildRecord before = builtOf(twoStages, {10, 0, 30, 7, 3}, "nnnn").record;
    QVERIFY(compareSizes(before, before).empty());
    std::string text = twoStages;
    text.replace(text.find("make b"), 6, "make c");
    text += "COPY more /\n";
    const std::vector<SizeChange> changes = compareSizes(before, builtOf(text, {10, 0, 500, 8, 3, 100}, "nnnn").record);
    QCOMPARE(changes.size(), 3U);
    QVERIFY(changes[0].kind == ChangeKind::Edited && changes[0].difference() == 470 && changes[0].line == 4);
    QVERIFY(changes[1].kind == ChangeKind::Added && changes[1].difference() == 100 && changes[1].text == "COPY more /");
    QVERIFY(changes[2].kind == ChangeKind::Resized && changes[2].difference() == 1
            && changes[2].stageName == "stage-1");
    const std::vector<SizeChange> back = compareSizes(builtOf(text, {10, 0, 500, 8, 3, 100}, "nnnn").record, before);
    QVERIFY(
        std::ranges::any_of(back, [](const SizeChange &c) { return c.kind == ChangeKind::Removed && c.line == 8; }));
}

void AfterBuild::misses()
{
    ContextListing listing;
    listing.files["src/main.c"] = {1, 1};
    const Built before = builtOf(twoStages, {10, 0, 30, 7, 3}, "nnnn", listing);
    const auto explain = [&](const Built &now, const BuildRecord *old) {
        return explainMisses(*now.snapshot, now.report, old, now.record);
    };
    const auto first = explain(before, nullptr);
    QVERIFY(first.size() == 4 && first[0].reason == MissReason::FirstBuild);
    // A file of the context: only the COPY that reads it says so.
    listing.files["src/main.c"].modified = 2;
    const auto file = explain(builtOf(twoStages, {10, 0, 30, 7, 3}, "cccn", listing), &before.record);
    QCOMPARE(file.size(), 1U);
    QVERIFY(file[0].reason == MissReason::ContextFile && file[0].files == std::vector<std::string>{"src/main.c"});
    // A changed ENV takes no step; what stands behind it, and what copies from there, runs again because of it.
    std::string text = twoStages;
    text.replace(text.find("A=1"), 3, "A=2");
    const Built changed = builtOf(text, {10, 0, 30, 7, 3}, "cnnc", listing);
    const auto env = explain(changed, &before.record);
    QCOMPARE(env.size(), 2U);
    for (const CacheMiss &miss : env) {
        QCOMPARE(miss.reason, MissReason::EarlierStep);
        QCOMPARE(changed.snapshot->tree().instruction(miss.cause).firstLine, 3U);
    }
    text = twoStages;
    text.replace(text.find("make a"), 6, "make x");
    QCOMPARE(explain(builtOf(text, {10, 0, 30, 7, 3}, "nccc"), &before.record)[0].reason, MissReason::OwnText);
    QCOMPARE(explain(builtOf(twoStages, {10, 0, 30, 7, 3}, "nccc"), &before.record)[0].reason, MissReason::Unknown);
    Built forced = builtOf(twoStages, {10, 0, 30, 7, 3}, "nnnn");
    forced.record.noCache = true;
    QCOMPARE(explain(forced, &before.record)[3].reason, MissReason::NoCache);
}

void AfterBuild::estimates()
{
    const SnapshotPtr snapshot = snapshotOf(twoStages);
    const auto nothing = estimateSizes(*snapshot, Catalog::builtIn(), nullptr, nullptr);
    QCOMPARE(nothing.size(), 2U);
    QVERIFY(nothing[1].text().empty()); // a COPY that nobody has measured
    const BuildRecord last = builtOf(twoStages, {10, 0, 30, 7, 3}, "nnnn").record;
    const auto known = estimateSizes(*snapshot, Catalog::builtIn(), &last, nullptr);
    QCOMPARE(known[0].bytes, 1040U);
    QCOMPARE(known[0].baseSource, EstimateSource::Earlier);
    QCOMPARE(known[1].text(), "estimate: about 10 B");
    const SnapshotPtr edited = snapshotOf(twoStages + "COPY new /\nLABEL a=b\n");
    const auto partly = estimateSizes(*edited, Catalog::builtIn(), &last, nullptr);
    QCOMPARE(partly[1].unknown, 1U);
    QCOMPARE(partly[1].text(), "estimate: at least 10 B, 1 part is not known");
}

void AfterBuild::imagesOfOtherFiles()
{
    const QTemporaryDir folder;
    const SnapshotPtr snapshot = snapshotOf("FROM alpine\nLABEL a=b\n");
    MeasuredImages images(folder.path());
    QVERIFY(!images.load());
    const auto total = [&] { return estimateSizes(*snapshot, Catalog::builtIn(), nullptr, &images).front().text(); };
    const std::string stated = total(); // the catalogue's
    const BuildRecord record = builtOf(twoStages, {10, 0, 30, 7, 3}, "nnnn").record;
    BuildHistory history(folder.path(), QStringLiteral("/somewhere/Dockerfile"));
    QVERIFY(history.append(record));
    QCOMPARE(total(), stated);
    QVERIFY(images.load());
    QCOMPARE(total(), "estimate: about 1.0 kB"); // as big as in the other file's build
    QVERIFY(!images.load());
    // What is known already is not written again, and what has changed is.
    const QString path = folder.filePath(QStringLiteral("images.json"));
    QVERIFY(QFile::remove(path) && images.keep(record) && QFile::exists(path));
    const QDateTime written = QFileInfo(path).lastModified();
    QVERIFY(images.keep(record));
    QCOMPARE(QFileInfo(path).lastModified(), written);
    BuildRecord many = record;
    many.when = 5;
    many.stages.front().baseBytes = 7;
    for (std::size_t i = 0; i < MeasuredImages::MaximumImages; ++i) {
        many.stages.push_back(many.stages.front());
        many.stages.back().base = "docker.io/library/many:" + std::to_string(i);
    }
    many.stages.erase(many.stages.begin());
    QVERIFY(images.keep(many));
    QVERIFY(!images.bytesOf("docker.io/library/alpine:latest")); // the oldest had to go
    QCOMPARE(images.bytesOf("docker.io/library/many:0"), 7U);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{\"images\": [1]}") > 0);
    file.close();
    QVERIFY(images.load());
    QVERIFY(!images.bytesOf("docker.io/library/many:0"));
}

void AfterBuild::failures_data()
{
    QTest::addColumn<QByteArray>("log");
    QTest::addColumn<QByteArray>("id");
    const auto row = [](const char *id, const char *log) { QTest::newRow(log) << QByteArray(log) << QByteArray(id); };
    row("no-shell",
        "runc run failed: unable to start container process: exec: \"/bin/sh\": stat /bin/sh: no such file or "
        "directory");
    row("no-shell",
        "level=error msg=\"runc create failed: unable to start container process: exec: \\\"/bin/sh\\\": stat /bin/sh: "
        "no such file or directory\"");
    row("no-shell", "process failed to start with error: fork/exec /bin/sh: no such file or directory");
    row("libc-too-old", "/app: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.38' not found (required by /app)");
    row("library-missing", "./a: error while loading shared libraries: libssl.so.3: cannot open shared object file");
    row("module-missing", "Error: Cannot find module '/app.js'\n    at Module._resolveFilename");
    row("account-missing", "unable to find user ghost: no matching entries in passwd file");
    row("copy-source-missing",
        "COPY failed: file not found in build context or excluded by .dockerignore: stat x: file does not exist");
    row("copy-source-missing",
        "ERROR: failed to solve: failed to compute cache key: failed to calculate checksum of ref a::b: \"/x\": not "
        "found");
    row("program-missing", "exec: \"curl\": executable file not found in $PATH: unknown");
    row("program-missing", "/bin/sh: 1: make: not found");
    row("disk-full", "write /x: no space left on device");
    row("daemon-not-running",
        "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?");
    row("socket-permission",
        "permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock");
    row("copy-source-missing", "COPY failed: stat nothere: file does not exist");
    row("image-missing", "pull access denied for nothing, repository does not exist or may require 'docker login'");
    row("image-missing", "manifest for alpine:none not found: manifest unknown: manifest unknown");
    row("wrong-architecture", "exec /bin/tool: exec format error");
    row("permission", "mkdir: cannot create directory '/x': Permission denied");
    row("syntax", "Error: building at STEP \"COPY --link a /a\": COPY --link is not supported");
    row("container-setup",
        "error running container: from /usr/bin/crun creating container for [/bin/sh -c true]: setrlimit "
        "`RLIMIT_NOFILE`: Operation not permitted");
    row("program-missing",
        "error running container: from /usr/bin/crun creating container for [curl x]: executable "
        "file `curl` not found in $PATH: No such file or directory");
    row("", "time=\"2026-01-02T03:04:05Z\" level=warning msg=\"cgroups: permission denied\"");
    row("engine-vanished", "rpc error: code = Unavailable desc = error reading from server: EOF");
    row("permission", "\x1b[91mtouch: /root/x: Permi\x1b[0mssion denied\x1b[0m");
    row("", "make: *** [all] Error 1");
    row("", "  12 | >>> RUN echo permission denied"); // the file's own line, shown by BuildKit
}

void AfterBuild::failures()
{
    QFETCH(QByteArray, log);
    QFETCH(QByteArray, id);
    const auto found = explainFailure("some output\n" + log.toStdString() + "\nexit code: 1\n");
    QCOMPARE(QByteArray(found ? found->id.data() : "", found ? qsizetype(found->id.size()) : 0), id);
    if (found)
        QVERIFY(!found->message.contains('\x1b'));
    if (found)
        QVERIFY(!found->title.empty() && !found->meaning.empty() && !found->remedy.empty());
}

void AfterBuild::failurePlace()
{
    const SnapshotPtr snapshot
        = snapshotOf("FROM alpine AS b\nRUN a\nFROM gcr.io/distroless/nodejs22-debian12\nRUN mkdir /app\n");
    const std::vector<Diagnostic> findings = Linter(Catalog::builtIn()).check(*snapshot);
    BuildProgress progress;
    step(progress, "[b 2/2] RUN a", StepState::Cancelled);
    BuildStep &failed = step(progress, "[stage-1 2/2] RUN mkdir /app", StepState::Failed);
    failed.error = "process \"/bin/sh -c mkdir /app\" did not complete successfully: exit code: 1";
    failed.log.append("exec: \"/bin/sh\": stat /bin/sh: no such file or directory\n");
    StepMap steps(snapshot);
    steps.update(progress);
    const BuildFailure failure = findFailure(progress, steps, findings, "ERROR: failed to solve");
    QCOMPARE(failure.line, 4U);
    QVERIFY(failure.predicted && findings[*failure.predicted].ruleId == "SW001");
    QCOMPARE(failure.explanation->id, "no-shell");
    // An engine's remarks are not its message.
    failed.error = "time=\"2026-01-02T03:04:05Z\" level=warning msg=\"old cgroups\"\nerror running container: x\n";
    QCOMPARE(findFailure(progress, steps, findings, "").message, "error running container: x");
    failed.error
        = "a word of the program\nError: building at STEP \"FRM \": Unknown instruction &imagebuilder.Step{x}\n";
    QCOMPARE(findFailure(progress, steps, findings, "").message, "building at STEP \"FRM \": Unknown instruction");
    // The instruction that failed is blameless: what it lives with is said further up, in the stage below.
    const SnapshotPtr inherited = snapshotOf("FROM alpine AS b\nRUN a\nFROM scratch AS out\nCOPY --from=b /a /a\n"
                                             "USER nobody\nFROM alpine AS other\nUSER nothing\nFROM out\n"
                                             "RUN [\"/a\"]\n");
    const std::vector<Diagnostic> below = Linter(Catalog::builtIn()).check(*inherited);
    BuildProgress second;
    BuildStep &later = step(second, "[stage-3 1/1] RUN [\"/a\"]", StepState::Failed);
    later.error = "process \"/a\" did not complete successfully: unable to find user nobody: invalid argument";
    StepMap laterSteps(inherited);
    laterSteps.update(second);
    const BuildFailure blamed = findFailure(second, laterSteps, below, "ERROR: failed to solve");
    QCOMPARE(blamed.line, 9U);
    QVERIFY(blamed.predicted);
    QCOMPARE(below[*blamed.predicted].ruleId, "SW022");
    QCOMPARE(inherited->tree().instruction(below[*blamed.predicted].instruction).firstLine, 5U);
    // An error in front of every step: BuildKit names the line on a line of its own.
    const BuildFailure refused = findFailure({}, steps, findings,
                                             "Dockerfile:3\n-----\n   3 | >>> FRM x\nERROR: failed to solve: "
                                             "dockerfile parse error on line 3: unknown instruction: FRM");
    QCOMPARE(refused.line, 3U);
    QVERIFY(!refused.step);
    const BuildFailure classic = findFailure({}, steps, findings,
                                             "DEPRECATED: this builder\n   is old\n\nError response from daemon: "
                                             "dockerfile parse error on line 2: unknown instruction: FRM");
    QCOMPARE(classic.line, 2U);
    QVERIFY(classic.message.starts_with("Error response from daemon: dockerfile parse error"));
}

QTEST_GUILESS_MAIN(AfterBuild)
#include "tst_after_build.moc"
