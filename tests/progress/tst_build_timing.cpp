// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/BuildTiming.h"
#include "engine/PrivateDockerfile.h"
#include "engine/RawJsonReader.h"
#include "engine/StepMap.h"

#include <QTest>

#include <initializer_list>
#include <string>
#include <vector>

using namespace stagewright;
using namespace stagewright::engine;

namespace {

SnapshotPtr snapshotOf(std::string text, AnalysisOptions options = {})
{
    return Snapshot::make(SourceText::fromBytes(std::move(text)).value(), std::move(options));
}

Time at(int seconds)
{
    return Time(std::chrono::seconds(seconds));
}

/// A build that is written down by hand, in seconds.
class Plan
{
public:
    explicit Plan(std::string text, AnalysisOptions options = {})
        : m_snapshot(snapshotOf(std::move(text), std::move(options)))
    {
    }
    /// A step with the id "sha256:NAME", that works from @p begin to @p end.
    BuildStep &step(const std::string &name, int begin, int end, std::initializer_list<const char *> inputs = {},
                    StepState state = StepState::Done)
    {
        BuildStep &one = m_progress.touch("sha256:" + name);
        m_progress.rename(one, name);
        one.state = state;
        if (end > 0)
            one.addRun(at(begin), at(end));
        for (const char *input : inputs)
            one.inputs.push_back(std::string("sha256:") + input);
        return one;
    }
    [[nodiscard]] BuildTiming timing() const
    {
        StepMap steps(m_snapshot);
        steps.update(m_progress);
        return timingOf(m_progress, steps, at(1000));
    }
    /// "line line …: seconds" of the critical path.
    [[nodiscard]] std::string critical() const
    {
        StepMap steps(m_snapshot);
        steps.update(m_progress);
        const BuildTiming found = timing();
        std::string text;
        for (const std::size_t step : found.criticalPath)
            text += std::to_string(m_snapshot->tree().instruction(steps.placeOf(step).instruction).firstLine) + " ";
        return text + "= "
            + std::to_string(std::chrono::duration_cast<std::chrono::seconds>(found.criticalTime).count());
    }
    BuildProgress &progress() { return m_progress; }
    [[nodiscard]] const SnapshotPtr &snapshot() const { return m_snapshot; }

private:
    SnapshotPtr m_snapshot;
    BuildProgress m_progress;
};

const char *const diamond = "FROM alpine AS slow\nRUN a\nFROM alpine AS late\nRUN b\nFROM scratch\n"
                            "COPY --from=slow /a /a\nCOPY --from=late /b /b\n";

} // namespace

class BuildTimingTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void oneChain();
    void longestAndNotLast();
    void throughStepsWithoutTime();
    void imageThatIsFetchedLate();
    void startedBeforeItsInputs();
    void contextCounts();
    void cancelledStepsBoundNothing();
    void cyclesEnd();
    void triggersAreTheFrom();
    void oneAfterTheOther();
    void runsOfOneStep();
    void namelessTarget();
    void namesThatComeLater();
    void stagesThatBeginAlike();
};

void BuildTimingTest::oneChain()
{
    Plan plan("FROM alpine AS build\nRUN make a\nENV A=1\nRUN make b\nFROM scratch\nCOPY --from=build /b /b\n");
    plan.step("[build 2/3] RUN make a", 0, 1);
    plan.step("[build 3/3] RUN make b", 1, 4, {"[build 2/3] RUN make a"});
    plan.step("[stage-1 1/1] COPY", 4, 5, {"[build 3/3] RUN make b"});
    QCOMPARE(plan.critical(), "2 4 6 = 5");
    QCOMPARE(Plan("FROM alpine\nRUN x\n").critical(), "= 0");
}

/// "late" waited for a free place and ended last, but "slow" is what the build had to wait for: with places enough it
/// would have taken 10 s + 1 s, however short "late" gets.
void BuildTimingTest::longestAndNotLast()
{
    Plan plan(diamond);
    plan.step("[slow 2/2] RUN a", 0, 10);
    plan.step("[late 2/2] RUN b", 9, 11);
    plan.step("[stage-2 1/2] COPY", 11, 12, {"[slow 2/2] RUN a"});
    plan.step("[stage-2 2/2] COPY", 12, 13, {"[stage-2 1/2] COPY", "[late 2/2] RUN b"});
    QCOMPARE(plan.critical(), "2 6 7 = 12");
    // Order of the inputs makes no difference.
    Plan other(diamond);
    other.step("[late 2/2] RUN b", 9, 11);
    other.step("[slow 2/2] RUN a", 0, 10);
    other.step("[stage-2 2/2] COPY", 11, 12, {"[late 2/2] RUN b", "[slow 2/2] RUN a"});
    QCOMPARE(other.critical(), "2 7 = 11");
}

/// A chain goes on behind a step of the cache and one that BuildKit gives no time.
void BuildTimingTest::throughStepsWithoutTime()
{
    Plan plan(diamond);
    plan.step("[slow 2/2] RUN a", 0, 20);
    plan.step("[stage-2 1/2] COPY", 20, 21, {"[slow 2/2] RUN a"}, StepState::Cached);
    plan.step("merge", 0, 0, {"[stage-2 1/2] COPY"});
    plan.step("[late 2/2] RUN b", 0, 5);
    plan.step("[stage-2 2/2] COPY", 21, 22, {"[late 2/2] RUN b", "merge"});
    QCOMPARE(plan.critical(), "2 7 = 21");
}

/// BuildKit looks an image up at once and fetches it when it is needed: the pause between is nobody's work.
void BuildTimingTest::imageThatIsFetchedLate()
{
    Plan plan("FROM alpine AS build\nRUN a\nFROM debian\nCOPY --from=build /a /a\n");
    plan.step("[build 2/2] RUN a", 0, 30);
    plan.step("[stage-1 1/2] FROM debian", 0, 1).addRun(at(28), at(31));
    plan.step("[stage-1 2/2] COPY", 31, 32, {"[stage-1 1/2] FROM debian", "[build 2/2] RUN a"});
    QCOMPARE(plan.critical(), "2 4 = 31");
    QCOMPARE(plan.progress().step(1).duration(), std::chrono::seconds(4));
}

/// What a step says to have taken can hold the time in which it waited.
void BuildTimingTest::startedBeforeItsInputs()
{
    Plan plan(diamond);
    plan.step("[slow 2/2] RUN a", 0, 10);
    plan.step("[late 2/2] RUN b", 0, 3);
    plan.step("[stage-2 1/2] COPY", 0, 4, {"[late 2/2] RUN b"});
    plan.step("[stage-2 2/2] COPY", 0, 12, {"[stage-2 1/2] COPY", "[slow 2/2] RUN a"});
    QCOMPARE(plan.critical(), "2 7 = 12");
}

void BuildTimingTest::contextCounts()
{
    Plan plan("FROM alpine\nRUN a\nCOPY . .\n");
    plan.step("[1/3] FROM alpine", 0, 2);
    plan.step("[2/3] RUN a", 2, 5, {"[1/3] FROM alpine"});
    plan.step("[internal] load build context", 0, 20);
    plan.step("[3/3] COPY . .", 20, 21, {"[2/3] RUN a", "[internal] load build context"});
    QCOMPARE(plan.critical(), "3 = 21"); // 20 of them for the context, which has no line
}

void BuildTimingTest::cancelledStepsBoundNothing()
{
    Plan plan(diamond);
    plan.step("[slow 2/2] RUN a", 0, 10, {}, StepState::Cancelled);
    plan.step("[late 2/2] RUN b", 0, 9, {}, StepState::Failed);
    plan.step("[stage-2 1/2] COPY", 0, 0, {"[slow 2/2] RUN a"}, StepState::Waiting);
    QCOMPARE(plan.critical(), "4 = 9");
}

void BuildTimingTest::cyclesEnd()
{
    Plan plan(diamond);
    plan.step("[slow 2/2] RUN a", 0, 10, {"[late 2/2] RUN b", "[slow 2/2] RUN a"});
    plan.step("[late 2/2] RUN b", 0, 9, {"[slow 2/2] RUN a"});
    QVERIFY(plan.timing().criticalTime <= std::chrono::seconds(19));
    QVERIFY(!plan.timing().criticalPath.empty());
}

void BuildTimingTest::triggersAreTheFrom()
{
    Plan plan("FROM somebody/onbuild\nRUN a\n");
    plan.step("[stage-0 1/2] FROM somebody/onbuild", 0, 1);
    plan.step("[stage-0 2/2] COPY . .", 1, 3, {"[stage-0 1/2] FROM somebody/onbuild"});
    plan.step("[stage-0 3/2] RUN init", 3, 7, {"[stage-0 2/2] COPY . ."});
    plan.step("[stage-0 4/2] RUN a", 7, 8, {"[stage-0 3/2] RUN init"});
    QCOMPARE(plan.critical(), "1 2 = 8");
}

/// podman builds one step after the other and tells no inputs.
void BuildTimingTest::oneAfterTheOther()
{
    Plan plan("FROM alpine AS a\nRUN a\nFROM alpine\nRUN b\n");
    const auto step = [&plan](const char *id, const char *name, int begin, int end, StepState state) {
        BuildStep &one = plan.progress().touch(id);
        plan.progress().rename(one, name);
        one.state = state;
        one.addRun(at(begin), at(end));
    };
    step("1/2:1/2", "[1/2 1/2] FROM alpine AS a", 0, 1, StepState::Cached);
    step("1/2:2/2", "[1/2 2/2] RUN a", 1, 4, StepState::Done);
    step("2/2:2/2", "[2/2 2/2] RUN b", 4, 9, StepState::Done);
    QCOMPARE(plan.critical(), "2 4 = 8");
}

void BuildTimingTest::runsOfOneStep()
{
    BuildStep step;
    step.addRun(at(10), at(12));
    step.addRun(at(10), at(12)); // told again
    QCOMPARE(step.duration(), std::chrono::seconds(2));
    step.addRun(at(11), at(13)); // beside the first: one run of three seconds
    QCOMPARE(step.duration(), std::chrono::seconds(3));
    step.state = StepState::Running;
    step.addRun(at(60), std::nullopt);
    QVERIFY(!step.duration());
    QCOMPARE(step.worked(at(64)), std::chrono::seconds(7));
    step.addRun(at(60), at(70));
    QCOMPARE(step.duration(), std::chrono::seconds(13));
    QCOMPARE(*step.started, at(10));
    // The same as BuildKit tells it
    BuildProgress progress;
    RawJsonReader reader(progress);
    for (const char *run : {R"("started":"2026-01-01T00:00:00Z")",
                            R"("started":"2026-01-01T00:00:00Z","completed":"2026-01-01T00:00:01Z")",
                            R"("started":"2026-01-01T00:01:00Z")"})
        reader.readErrors(std::string(R"({"vertexes":[{"digest":"sha256:a","name":"[1/1] FROM x",)") + run + "}]}\n");
    QCOMPARE(progress.step(0).state, StepState::Running);
    QVERIFY(!progress.step(0).completed);
    reader.readErrors(R"({"vertexes":[{"digest":"sha256:a","started":"2026-01-01T00:01:00Z",)"
                      R"("completed":"2026-01-01T00:01:02Z"}]})");
    QCOMPARE(progress.step(0).state, StepState::Done);
    QCOMPARE(progress.step(0).duration(), std::chrono::seconds(3));
}

/// "--target 0" of a stage without a name: BuildKit builds a copy of the text in which it has one.
void BuildTimingTest::namelessTarget()
{
    AnalysisOptions options;
    options.target = "#0";
    Plan plan("FROM alpine\nRUN a\nFROM alpine AS second\nRUN b\n", options);
    const std::string name = textWithTarget(*plan.snapshot(), StageId(0)).target;
    QVERIFY(!name.empty() && name != "stage-0");
    plan.step("[" + name + " 1/2] FROM alpine", 0, 1);
    plan.step("[" + name + " 2/2] RUN a", 1, 3, {});
    const BuildTiming timing = plan.timing();
    QCOMPARE(timing.steps, 2U);
    QCOMPARE(timing.stages.size(), 1U);
    QCOMPARE(timing.stages[0].stage, StageId(0));
    QCOMPARE(timing.stages[0].work, std::chrono::seconds(3));
    // Of two stages with one name as well.
    options.target = "#1";
    Plan twice("FROM alpine AS x\nRUN a\nFROM alpine AS x\nRUN b\n", options);
    const std::string ours = textWithTarget(*twice.snapshot(), StageId(1)).target;
    QVERIFY(ours != "x");
    twice.step("[" + ours + " 2/2] RUN b", 0, 2);
    QCOMPARE(twice.timing().stages.front().stage, StageId(1));
}

/// Bytes of a step can be told before its name is.
void BuildTimingTest::namesThatComeLater()
{
    const SnapshotPtr snapshot = snapshotOf("FROM alpine\nRUN a\n");
    BuildProgress progress;
    RawJsonReader reader(progress);
    StepMap steps(snapshot);
    reader.readErrors(R"({"statuses":[{"id":"x","vertex":"sha256:a","current":1}]})");
    steps.update(progress);
    QCOMPARE(steps.placeOf(0).instruction, InstructionId::None);
    reader.readErrors(R"({"vertexes":[{"digest":"sha256:a","name":"[2/2] RUN a"}]})");
    steps.update(progress);
    QCOMPARE(steps.placeOf(0).instruction, snapshot->tree().instructions()[1].id);
}

/// As BuildKit 0.13 told it: the steps of "a" and the first ones of "b" are the same, and have b's names.
void BuildTimingTest::stagesThatBeginAlike()
{
    Plan plan("FROM alpine AS a\nWORKDIR /x\nRUN echo 1 > f\nFROM alpine AS b\nWORKDIR /x\nRUN echo 1 > f\n"
              "RUN echo 2 > g\nFROM a AS c\nENV A=1\nFROM scratch\nCOPY --from=c /x/f /a\nCOPY --from=b /x/g /b\n"
              "COPY other /\n");
    plan.step("[stage-3 2/3] COPY --from=b /x/g /b", 4, 5,
              {"[stage-3 1/3] COPY --from=c /x/f /a", "[b 4/4] RUN echo 2 > g"});
    plan.step("[b 4/4] RUN echo 2 > g", 3, 4, {"[b 3/4] RUN echo 1 > f"});
    plan.step("[stage-3 1/3] COPY --from=c /x/f /a", 3, 4, {"[b 3/4] RUN echo 1 > f"});
    plan.step("[b 3/4] RUN echo 1 > f", 2, 3, {"[b 2/4] WORKDIR /x"});
    plan.step("[b 2/4] WORKDIR /x", 1, 2, {"[b 1/4] FROM docker.io/library/alpine:latest"});
    plan.step("[b 1/4] FROM docker.io/library/alpine:latest", 0, 1);
    StepMap steps(plan.snapshot());
    steps.update(plan.progress());
    const auto stepOf
        = [&](std::size_t instruction) { return steps.stepOf(plan.snapshot()->tree().instructions()[instruction].id); };
    const auto nameOf = [&](std::size_t instruction) {
        return stepOf(instruction) ? plan.progress().step(*stepOf(instruction)).name : std::string();
    };
    QCOMPARE(nameOf(0), "[b 1/4] FROM docker.io/library/alpine:latest");
    QCOMPARE(nameOf(1), "[b 2/4] WORKDIR /x");
    QCOMPARE(nameOf(2), "[b 3/4] RUN echo 1 > f");
    QCOMPARE(nameOf(5), "[b 3/4] RUN echo 1 > f");
    QCOMPARE(nameOf(6), "[b 4/4] RUN echo 2 > g");
    QVERIFY(!stepOf(12)); // not begun: nothing is made up
    QCOMPARE(steps.stateOf(plan.snapshot()->tree().instructions()[2].id, plan.progress()), RowState::Done);
    QCOMPARE(plan.timing().steps, 6U); // each counts once
}

QTEST_GUILESS_MAIN(BuildTimingTest)
#include "tst_build_timing.moc"
