// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/LayerSizes.h"
#include "engine/RawJsonReader.h"
#include "engine/StepMap.h"
#include "engine/StepTextReader.h"

#include <QTest>

using namespace stagewright;
using namespace stagewright::engine;
using namespace Qt::StringLiterals;

/// What engines say while they build, and what it has to do with the document.
class BuildProgressTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rawJsonInAnyPieces();
    void rawJsonKeepsTextBehindIt();
    void rawJsonThatNeverEndsIsText();
    void statesOfAVertex();
    void logsAreBounded();
    void stepsFindTheirInstructions();
    void triggersBelongToTheFrom();
    void sharedBases();
    void podman();
    void classicBuilder();
    void failureEndsTheStepThatRan();
    void podmanPreparesAStageBesideAnother();
    void podmanWithJobs();
    void aStageOfOneInstructionEnds();
    void historyByOrder();
    void historyOfAnotherFileIsRefused();
    void bytesAsPeopleReadThem();
};

namespace {

SnapshotPtr snapshotOf(std::string bytes)
{
    return Snapshot::make(*SourceText::fromBytes(std::move(bytes)));
}

std::string vertex(const std::string &digest, const std::string &name, const std::string &rest = {})
{
    return "{\n  \"vertexes\": [\n    {\"digest\": \"sha256:" + digest + "\", \"name\": \"" + name + "\"" + rest
        + "}\n  ]\n}\n";
}

const std::string times = ", \"started\": \"2026-11-23T05:49:26.25Z\", \"completed\": \"2026-11-23T05:49:27.5Z\"";

const BuildStep *stepNamed(const BuildProgress &progress, std::string_view name)
{
    for (const BuildStep &step : progress.steps()) {
        if (step.name == name)
            return &step;
    }
    return nullptr;
}

} // namespace

void BuildProgressTest::rawJsonInAnyPieces()
{
    const std::string text = vertex("a", "[1/2] FROM x") + vertex("a", "[1/2] FROM x", times)
        + R"({"statuses":[{"id":"tar","vertex":"sha256:a","name":"transferring","current":30,"total":90}]})"
          R"({"logs":[{"vertex":"sha256:a","stream":1,"data":"eyJ9Ig=="}]})" // {"}" : braces in a text end nothing
          "\n"
        + R"({"warnings":[{"vertex":"sha256:a","level":1,"short":"T2xkIQ==","detail":["YQ==","Yg=="],"url":"u","range":[{"start":{"line":4}}]}]})";
    for (std::size_t piece = 1; piece < text.size(); piece += 7) {
        BuildProgress progress;
        RawJsonReader reader(progress);
        for (std::size_t i = 0; i < text.size(); i += piece)
            reader.readErrors(std::string_view(text).substr(i, piece));
        reader.finish(true);
        QCOMPARE(progress.size(), 1U);
        const BuildStep &step = progress.step(0);
        QCOMPARE(step.name, "[1/2] FROM x");
        QCOMPARE(step.state, StepState::Done);
        QCOMPARE(step.duration(), std::chrono::milliseconds(1250));
        QCOMPARE(step.transfers.size(), 1U);
        QCOMPARE(step.transfers[0].current, 30U);
        QCOMPARE(step.transfers[0].total, 90U);
        QCOMPARE(step.log.text(), "{\"}\"");
        QCOMPARE(progress.warnings().size(), 1U);
        QCOMPARE(progress.warnings()[0].text, "Old!");
        QCOMPARE(progress.warnings()[0].detail, "a\nb");
        QCOMPARE(progress.warnings()[0].line, 4U);
        QVERIFY(progress.messages().isEmpty());
    }
}

void BuildProgressTest::rawJsonKeepsTextBehindIt()
{
    BuildProgress progress;
    RawJsonReader reader(progress);
    reader.readErrors("WARNING: no output\n" + vertex("a", "x")
                      + "\nDockerfile:7\n   7 | >>> RUN {x}\nERROR: failed to solve");
    reader.finish(false);
    QCOMPARE(progress.size(), 1U);
    QCOMPARE(progress.messages().text(),
             "WARNING: no output\nDockerfile:7\n   7 | >>> RUN {x}\nERROR: failed to solve");
}

void BuildProgressTest::rawJsonThatNeverEndsIsText()
{
    BuildProgress progress;
    RawJsonReader reader(progress);
    const std::string flood = "{\"logs\": [\"" + std::string(1 << 20, 'x');
    reader.readErrors(flood);
    for (int i = 0; i < 20; ++i)
        reader.readErrors(std::string(1 << 20, 'y'));
    QVERIFY(progress.messages().dropped() > 0);
    reader.finish(false);
    QCOMPARE(progress.size(), 0U);
}

void BuildProgressTest::statesOfAVertex()
{
    BuildProgress progress;
    RawJsonReader reader(progress);
    const auto state = [&](const std::string &rest) {
        reader.readErrors(vertex("a", "x", rest));
        return progress.step(0).state;
    };
    QCOMPARE(state(""), StepState::Waiting);
    QCOMPARE(state(", \"started\": \"2026-11-23T05:49:26Z\""), StepState::Running);
    QCOMPARE(state(times), StepState::Done);
    QCOMPARE(state(times + ", \"cached\": true"), StepState::Cached);
    QCOMPARE(state(times), StepState::Cached); // told again without the word
    QCOMPARE(state(times + ", \"error\": \"process \\\"x\\\" did not complete successfully: exit code: 1\""),
             StepState::Failed);
    QCOMPARE(state(times + ", \"error\": \"exit code: 137: context canceled: context canceled\""),
             StepState::Cancelled);
    progress.touch("sha256:b").state = StepState::Running;
    progress.finish();
    QCOMPARE(progress.step(1).state, StepState::Cancelled);
}

void BuildProgressTest::logsAreBounded()
{
    StepLog log;
    log.append("first line\n");
    const std::string line = std::string(99, '.') + '\n';
    constexpr std::size_t lines = 100'000;
    for (std::size_t i = 0; i < lines; ++i)
        log.append(line);
    log.append("last line\n");
    const std::string text = log.text();
    QVERIFY(text.size() < StepLog::HeadLimit + 2 * StepLog::TailLimit + 200);
    QVERIFY(text.starts_with("first line\n"));
    QVERIFY(text.ends_with("last line\n"));
    QVERIFY(text.contains("bytes are left out"));
    // Nothing is lost without being counted.
    const std::string note = "\n… " + std::to_string(log.dropped()) + " bytes are left out here …\n";
    QCOMPARE(text.size() - note.size() + log.dropped(), lines * line.size() + 21);
    QCOMPARE(log.tail(10), "last line\n");
}

void BuildProgressTest::stepsFindTheirInstructions()
{
    const SnapshotPtr snapshot = snapshotOf(R"(ARG TAG=latest
FROM alpine:$TAG AS Base
ENV A=1
WORKDIR /app
RUN true
FROM Base AS deps
COPY . .
RUN ["x"]
FROM alpine AS unused
RUN never
FROM deps
LABEL a=b
COPY --from=Base /b /c
CMD ["x"]
)");
    BuildProgress progress;
    RawJsonReader reader(progress);
    for (const char *name :
         {"[internal] load build definition from Dockerfile",
          "[linux/amd64 base 1/3] FROM docker.io/library/alpine:latest", "[linux/amd64 base 2/3] WORKDIR /app",
          "[base 3/3] RUN true", "[deps 1/2] COPY . .", "[deps 2/2] RUN [\\\"x\\\"]",
          "[stage-3 1/1] COPY --from=base /b /c", "exporting to image"})
        reader.readErrors(vertex(std::to_string(progress.size()), name, times));
    StepMap map(snapshot);
    map.update(progress);
    const auto instructions = snapshot->tree().instructions();
    const auto line = [&](std::string_view name) -> int {
        for (std::size_t i = 0; i < progress.size(); ++i) {
            if (progress.step(i).name.contains(name) && map.placeOf(i).instruction != InstructionId::None)
                return int(snapshot->tree().instruction(map.placeOf(i).instruction).firstLine);
        }
        return 0;
    };
    QCOMPARE(line("FROM"), 2);
    QCOMPARE(line("WORKDIR"), 4);
    QCOMPARE(line("RUN true"), 5);
    QCOMPARE(line("COPY . ."), 7);
    QCOMPARE(line("[\"x\"]"), 8);
    QCOMPARE(line("--from"), 13);
    QCOMPARE(line("internal"), 0);
    const auto state = [&](std::size_t index) { return map.stateOf(instructions[index].id, progress); };
    QCOMPARE(state(1), RowState::Done);
    QCOMPARE(state(2), RowState::None);    // ENV
    QCOMPARE(state(5), RowState::None);    // FROM Base: nothing is pulled
    QCOMPARE(state(8), RowState::Skipped); // the target does not need it
    QCOMPARE(state(9), RowState::Skipped);
    QCOMPARE(state(12), RowState::Done);
}

void BuildProgressTest::triggersBelongToTheFrom()
{
    const SnapshotPtr snapshot = snapshotOf("FROM somebody/onbuild\nRUN a\nRUN b\n");
    BuildProgress progress;
    RawJsonReader reader(progress);
    // Two triggers of the base: BuildKit counts them, but not in the total.
    for (const char *name : {"[stage-0 1/3] FROM somebody/onbuild", "[stage-0 2/3] COPY . .", "[stage-0 3/3] RUN init",
                             "[stage-0 4/3] RUN a", "[stage-0 5/3] RUN b"})
        reader.readErrors(vertex(std::to_string(progress.size()), name));
    StepMap map(snapshot);
    map.update(progress);
    const auto instructions = snapshot->tree().instructions();
    QCOMPARE(map.placeOf(1).instruction, instructions[0].id);
    QCOMPARE(map.placeOf(2).instruction, instructions[0].id);
    QCOMPARE(map.placeOf(3).instruction, instructions[1].id);
    QCOMPARE(map.placeOf(4).instruction, instructions[2].id);
    QCOMPARE(map.stepOf(instructions[0].id), 0U);
}

void BuildProgressTest::sharedBases()
{
    const SnapshotPtr snapshot = snapshotOf("FROM alpine AS a\nRUN a\nFROM alpine AS b\nCOPY --from=a /x /x\n");
    BuildProgress progress;
    RawJsonReader reader(progress);
    for (const char *name :
         {"[a 1/2] FROM docker.io/library/alpine:latest", "[a 2/2] RUN a", "[b 2/2] COPY --from=a /x /x"})
        reader.readErrors(vertex(std::to_string(progress.size()), name, times));
    StepMap map(snapshot);
    map.update(progress);
    const auto instructions = snapshot->tree().instructions();
    QCOMPARE(map.stepOf(instructions[2].id), 0U);
    QCOMPARE(map.stateOf(instructions[2].id, progress), RowState::Done);
    QCOMPARE(map.stepOf(instructions[3].id), 2U);
}

void BuildProgressTest::podman()
{
    BuildProgress progress;
    StepTextReader reader(progress, [n = 0]() mutable { return Time(std::chrono::seconds(++n)); });
    reader.readOutput(
        "[1/2] STEP 1/3: FROM node AS build\n[1/2] STEP 2/3: WORKDIR /app\n--> Using cache "
        "4a68009a022e4d19292dcb90cf772256a78e250a76d24ad08ed589bcf2e94b9a\n--> 4a68009a022e\n[1/2] STEP 3/3: RUN npm");
    reader.readOutput(
        " ci\n\nadded 3 packages\n--> 0a0f3de0dbe7\n[2/2] STEP 1/2: FROM scratch\n[2/2] STEP 2/2: COPY --from=build "
        "/app /\n"
        "--> 31af76ef97f0\n[2/2] COMMIT x\n31af76ef97f05b45f47440b0a267913d6aee034fc53089b4746557e4a377b5a7\n");
    reader.finish(true);
    QCOMPARE(progress.size(), 5U);
    QCOMPARE(progress.step(1).state, StepState::Cached);
    QCOMPARE(progress.step(2).state, StepState::Done);
    QCOMPARE(progress.step(2).name, "[1/2 3/3] RUN npm ci");
    QCOMPARE(progress.step(2).log.text(), "\nadded 3 packages\n");
    QVERIFY(progress.step(2).duration().has_value());
    QCOMPARE(reader.image(), "31af76ef97f05b45f47440b0a267913d6aee034fc53089b4746557e4a377b5a7");
    const SnapshotPtr snapshot
        = snapshotOf("FROM node AS build\nWORKDIR /app\nRUN npm ci\nFROM scratch\nCOPY --from=build /app /\n");
    StepMap map(snapshot);
    map.update(progress);
    const auto instructions = snapshot->tree().instructions();
    for (std::size_t i = 0; i < instructions.size(); ++i)
        QCOMPARE(map.stepOf(instructions[i].id), i);
}

void BuildProgressTest::classicBuilder()
{
    BuildProgress progress;
    StepTextReader reader(progress);
    reader.readOutput(
        "Sending build context to Docker daemon  2.048kB\r\r\nStep 1/3 : FROM alpine AS a\n ---> b23052ac5518\n"
        "Step 2/3 : FROM a\n ---> b23052ac5518\nStep 3/3 : RUN x\n ---> Using cache\n ---> fb5041d67ec8\n"
        "Successfully built fb5041d67ec8\n");
    reader.finish(true);
    QCOMPARE(progress.size(), 3U);
    QCOMPARE(progress.step(0).state, StepState::Done);
    QCOMPARE(progress.step(2).state, StepState::Cached);
    QCOMPARE(reader.image(), "fb5041d67ec8");
    const SnapshotPtr snapshot = snapshotOf("FROM alpine AS a\nFROM a\nRUN x\n");
    StepMap map(snapshot);
    map.update(progress);
    QCOMPARE(map.placeOf(2).instruction, snapshot->tree().instructions()[2].id);
    QCOMPARE(map.placeOf(2).stage, StageId(1));
}

void BuildProgressTest::failureEndsTheStepThatRan()
{
    BuildProgress progress;
    StepTextReader reader(progress);
    reader.readOutput("STEP 1/2: FROM gcr.io/distroless/nodejs\nSTEP 2/2: RUN mkdir /app\n");
    reader.readErrors("exec: \"/bin/sh\": stat /bin/sh: no such file or directory\n");
    reader.finish(false);
    QCOMPARE(progress.step(0).state, StepState::Done);
    QCOMPARE(progress.step(1).state, StepState::Failed);
    QVERIFY(progress.step(1).error.contains("/bin/sh"));
    QVERIFY(stepNamed(progress, "[2/2] RUN mkdir /app"));
}

void BuildProgressTest::podmanPreparesAStageBesideAnother()
{
    BuildProgress progress;
    StepTextReader reader(progress);
    reader.readOutput("[1/2] STEP 1/3: FROM alpine AS a\n[1/2] STEP 2/3: RUN echo \"a\"\n"
                      "[2/2] STEP 1/2: FROM alpine\nfrom echo\n");
    QCOMPARE(progress.step(1).state, StepState::Running);
    QCOMPARE(progress.step(2).state, StepState::Running);
    QCOMPARE(progress.step(1).log.text(), "from echo\n"); // only the RUN can have written it
    reader.readOutput("--> 4a68009a022e\n");
    QCOMPARE(progress.step(1).state, StepState::Done);
    QCOMPARE(progress.step(2).state, StepState::Running);
    reader.readOutput("[1/2] STEP 3/3: COPY --link x \"y\"\n[2/2] STEP 2/2: RUN b\n");
    // Both work; the error tells which of them failed.
    reader.readErrors("Error: building at STEP \"COPY --link x \"y\"\": COPY --link is not supported\n");
    reader.finish(false);
    QCOMPARE(progress.step(2).state, StepState::Done);
    QCOMPARE(progress.step(3).state, StepState::Failed);
    QCOMPARE(progress.step(4).state, StepState::Cancelled);
    QVERIFY(progress.step(3).error.contains("not supported"));
}

void BuildProgressTest::podmanWithJobs()
{
    BuildProgress progress;
    StepTextReader reader(progress, [n = 0]() mutable { return Time(std::chrono::seconds(++n)); });
    reader.readOutput("[1/2] STEP 1/3: FROM alpine AS a\n[2/2] STEP 1/3: FROM alpine\n[1/2] STEP 2/3: RUN a\n"
                      "[2/2] STEP 2/3: RUN b\n--> 4a68009a022e\n");
    // One of the two, but which?
    QCOMPARE(progress.step(2).state, StepState::Running);
    QCOMPARE(progress.step(3).state, StepState::Running);
    reader.readOutput("[1/2] STEP 3/3: RUN a2\n");
    QCOMPARE(progress.step(2).state, StepState::Done);
    QCOMPARE(progress.step(3).state, StepState::Running);
    reader.readOutput("--> 5a68009a022e\n[2/2] STEP 3/3: RUN b2\n--> 6a68009a022e\n");
    QCOMPARE(progress.step(4).state, StepState::Running);
    reader.readOutput("--> 7a68009a022e\n");
    QCOMPARE(progress.step(4).state, StepState::Done);
    QCOMPARE(progress.step(5).state, StepState::Done);
}

void BuildProgressTest::aStageOfOneInstructionEnds()
{
    BuildProgress progress;
    StepTextReader reader(progress);
    reader.readOutput("[1/2] STEP 1/1: FROM alpine AS a\n[2/2] STEP 1/2: FROM alpine\n[2/2] STEP 2/2: RUN b\n");
    QCOMPARE(progress.step(0).state, StepState::Done);
    QCOMPARE(progress.step(1).state, StepState::Done);
    QCOMPARE(progress.step(2).state, StepState::Running);
}

void BuildProgressTest::historyByOrder()
{
    const SnapshotPtr snapshot = snapshotOf(R"(FROM alpine AS base
ARG V=1
ONBUILD RUN trigger
RUN a
FROM base AS deps
COPY x y
FROM deps
CMD ["x"]
)");
    const auto rows = readHistory(R"({"CreatedBy":"CMD","Size":"0"}
{"CreatedBy":"COPY","Size":"700"}
{"CreatedBy":"RUN trigger","Size":"5"}
{"CreatedBy":"RUN a","Size":"1000000"}
{"CreatedBy":"ARG","Size":"0"}
{"CreatedBy":"alpine","Size":"8000000"}
)");
    QVERIFY(rows);
    const auto sizes = attribute(*snapshot, StageId(2), *rows, 1);
    QVERIFY2(sizes.has_value(), sizes ? "" : sizes.error().c_str());
    QCOMPARE(sizes->base, 8'000'000U);
    QCOMPARE(sizes->total, 9'000'705U);
    QCOMPARE(sizes->added(), 1'000'705U);
    std::vector<std::pair<std::uint32_t, std::uint64_t>> lines;
    for (const InstructionBytes &one : sizes->instructions)
        lines.emplace_back(snapshot->tree().instruction(one.instruction).firstLine, one.bytes);
    QCOMPARE(lines,
             (std::vector<std::pair<std::uint32_t, std::uint64_t>>{{2, 0}, {4, 1'000'000}, {5, 5}, {6, 700}, {8, 0}}));
    // podman's form
    const auto list = readHistory(R"([{"CreatedBy":"b","size":2},{"CreatedBy":"a","size":1}])");
    QVERIFY(list && list->size() == 2 && list->front().createdBy == "a" && list->back().bytes == 2);
    QVERIFY(!readHistory("nothing"));
}

void BuildProgressTest::historyOfAnotherFileIsRefused()
{
    const SnapshotPtr snapshot = snapshotOf("FROM alpine\nRUN a\n");
    const auto sizes = attribute(*snapshot, StageId(0), std::vector<HistoryRow>(5), 1);
    QVERIFY(!sizes);
    QVERIFY(sizes.error().contains("5 rows"));
}

void BuildProgressTest::bytesAsPeopleReadThem()
{
    QCOMPARE(bytesText(0), "0 B");
    QCOMPARE(bytesText(999), "999 B");
    QCOMPARE(bytesText(1000), "1.0 kB");
    QCOMPARE(bytesText(9'949), "9.9 kB");
    QCOMPARE(bytesText(9'951), "10 kB");
    QCOMPARE(bytesText(131'400'000), "131 MB");
    QCOMPARE(bytesText(999'499'999), "999 MB");
    QCOMPARE(bytesText(999'999'999), "1.0 GB");
}

QTEST_GUILESS_MAIN(BuildProgressTest)
#include "tst_build_progress.moc"
