// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
// Building from the real window, with a stand-in engine: states on the graph, steps, console, stopping, failures.
#include "BottomTabs.h"
#include "BuildBar.h"
#include "BuildChoicesForm.h"
#include "EngineFixture.h"
#include "WindowFixture.h"

#include "building/BuildController.h"
#include "building/BuildMemory.h"
#include "building/BuildOutcome.h"
#include "building/BuildPanel.h"
#include "building/ConsoleLog.h"
#include "building/ConsolePanel.h"
#include "building/ConsoleView.h"
#include "building/EnginePage.h"
#include "building/FailureNote.h"
#include "building/StepDetails.h"
#include "building/StepsModel.h"
#include "building/StepsView.h"
#include "building/TimelineView.h"
#include "graph/GraphScene.h"
#include "graph/GraphView.h"
#include "panels/FixPopup.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QFrame>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>
#include <QTimer>
#include <QUndoStack>

#include <memory>

using namespace stagewright;
using engine::BuildResult;
using engine::RowState;

namespace {

constexpr const char *twoStages = "FROM node:22-alpine AS build\nWORKDIR /app\nRUN npm ci\n\n"
                                  "FROM gcr.io/distroless/nodejs22-debian12\nCOPY --from=build /app /app\n"
                                  "RUN mkdir /data\nCMD [\"app.js\"]\n";

QByteArray goodBuild()
{
    return vertex("a", "[internal] load build definition from Dockerfile", 0, 0.1)
        + vertex("b", "[build 1/3] FROM docker.io/library/node:22-alpine", 0, 0, true)
        + vertex("c", "[stage-1 1/3] FROM gcr.io/distroless/nodejs22-debian12", 0, 2)
        + vertex("d", "[build 2/3] WORKDIR /app", 0.5, 0.2, false, {}, "b")
        + vertex("e", "[build 3/3] RUN npm ci", 1, 4, false, {}, "d") + output("e", "added 1 package\n")
        + vertex("f", "[stage-1 2/3] COPY --from=build /app /app", 5, 1, false, {}, "e")
        + vertex("g", "[stage-1 3/3] RUN mkdir /data", 6, 0.5, false, {}, "f")
        + vertex("h", "exporting to image", 7, 0.1);
}

QByteArray brokenBuild()
{
    return vertex("b", "[build 1/3] FROM docker.io/library/node:22-alpine", 0, 0, true)
        + vertex("c", "[stage-1 1/3] FROM gcr.io/distroless/nodejs22-debian12", 0, 0, true)
        + vertex("g", "[stage-1 3/3] RUN mkdir /data", 1, 0.5, false,
                 "process \\\"/bin/sh -c mkdir /data\\\" did not complete successfully: exec: \\\"/bin/sh\\\": stat "
                 "/bin/sh: no such file or directory: unknown")
        + "ERROR: failed to solve: process \"/bin/sh -c mkdir /data\" did not complete successfully: exec: "
          "\"/bin/sh\": stat /bin/sh: no such file or directory: unknown\n";
}

} // namespace

class BuildTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void openingAsksNobody();
    void showingThePanelAsks();
    void building();
    void statesFollowTheText();
    void running();
    void stopping();
    void failing();
    void failingBecauseOfAnEarlierLine();
    void closingAsks();
    void withoutAnEngine();
    void damagedOutput_data();
    void damagedOutput();
    void choices();
    void unnamedTarget();
    void console();
    void flood();
    void manyEvents();
    void timeline();
    void comparedWithTheBuildBefore();
    void comparedAfterARestart();

private:
    void open(const QByteArray &text = twoStages)
    {
        f->window->openFiles({f->write(QStringLiteral("Dockerfile"), text)});
    }
    [[nodiscard]] BuildController &builds() const { return f->page()->builds(); }
    BuildResult build()
    {
        QSignalSpy spy(&builds(), &BuildController::finished);
        f->window->actions().build->trigger();
        if (spy.isEmpty() && !spy.wait(60'000))
            QTest::qFail("the build did not end", __FILE__, __LINE__);
        return spy.isEmpty() ? BuildResult::NotStarted : spy[0][0].value<BuildResult>();
    }
    [[nodiscard]] const GraphBuild &onGraph() const { return f->page()->graph()->graphScene()->build(); }
    [[nodiscard]] RowState stateOf(std::size_t instruction) const
    {
        const auto row = onGraph().rows.find(static_cast<InstructionId>(instruction));
        return row == onGraph().rows.end() ? RowState::None : row->second.state;
    }
    std::unique_ptr<EngineFixture> e;
    std::unique_ptr<WindowFixture> f;
};

void BuildTest::init()
{
    f.reset();
    e = std::make_unique<EngineFixture>();
    f = std::make_unique<WindowFixture>();
}

void BuildTest::openingAsksNobody()
{
    e->install("exit 0");
    open();
    f->window->openTemplate(QStringLiteral("node-two-stage"));
    QCOMPARE(f->engines.state(), EngineList::State::NotAsked);
    QTest::qWait(50);
    QCOMPARE(e->calls(), 0);
    auto *chip = f->window->findChild<EngineChip *>();
    QCOMPARE(chip->text(), QStringLiteral("Find engines"));
}

void BuildTest::showingThePanelAsks()
{
    e->install("exit 0");
    open();
    f->window->actions().showBuild->trigger();
    QTRY_COMPARE(f->engines.state(), EngineList::State::Known);
    QCOMPARE(e->calls(), 2); // buildx and the server
    auto *chip = f->window->findChild<EngineChip *>();
    QCOMPARE(chip->text(), QStringLiteral("docker 26.1"));
    QVERIFY(chip->toolTip().contains(QStringLiteral("BuildKit v0.13.1")));
    const auto *command = f->window->findChild<QLabel *>(QStringLiteral("nextCommand"));
    QVERIFY2(command->text().startsWith(QStringLiteral("docker buildx build")), qPrintable(command->text()));
}

void BuildTest::building()
{
    e->install(e->stream(goodBuild()) + "; printf sha256:1234 > \"$ID\"");
    open();
    BuildPanel &panel = f->window->panels().build();
    const QAbstractItemModelTester tester(&panel.steps().steps(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(build(), BuildResult::Built);
    QCOMPARE(builds().image(), QStringLiteral("sha256:1234"));
    QCOMPARE(stateOf(0), RowState::Cached);
    QCOMPARE(stateOf(1), RowState::Done);
    QCOMPARE(stateOf(2), RowState::Done);
    QCOMPARE(onGraph().rows.at(InstructionId(2)).text, QStringLiteral("4.0 s"));
    QCOMPARE(stateOf(6), RowState::None); // CMD only changes settings
    QVERIFY(onGraph().rows.at(InstructionId(2)).critical);
    QVERIFY(!onGraph().rows.at(InstructionId(3)).critical); // pulled while npm ran
    f->window->actions().criticalPath->trigger();
    QVERIFY(!onGraph().rows.at(InstructionId(2)).critical);
    QCOMPARE(onGraph().stages.at(StageId(0)).state, RowState::Done);
    QVERIFY(!onGraph().running);
    QCOMPARE(panel.steps().steps().rowCount(), 8);
    QVERIFY2(f->window->statusLine().buildSummary().startsWith(QStringLiteral("Built all stages, ")),
             qPrintable(f->window->statusLine().buildSummary()));
    // The step shows what it printed, and selects its instruction; and the other way round.
    panel.steps().setCurrentIndex(panel.steps().model()->index(3, 0)); // as the file reads
    QCOMPARE(panel.details().step(), 4);
    QCOMPARE(panel.details().log().toPlainText(), QStringLiteral("added 1 package"));
    QCOMPARE(f->page()->session().selection().instructions, std::vector<InstructionId>{InstructionId(2)});
    f->page()->session().reveal(f->page()->session().snapshot()->tree().instruction(InstructionId(4)).range, nullptr);
    QCOMPARE(panel.details().step(), 5);
}

void BuildTest::statesFollowTheText()
{
    e->install(e->stream(goodBuild()));
    open();
    QCOMPARE(build(), BuildResult::Built);
    QVERIFY(!builds().isOutdated());
    DocumentSession &session = f->page()->session();
    // Something new in front: what is unchanged keeps its state.
    EditTransaction insertion("Insert");
    insertion.insert(session.snapshot()->tree().instruction(InstructionId(1)).range.begin, "ENV A=1\n");
    session.push(std::move(insertion), Origin::Text);
    QVERIFY(builds().isOutdated());
    QCOMPARE(stateOf(1), RowState::None);
    QCOMPARE(stateOf(2), RowState::Done);
    QCOMPARE(stateOf(3), RowState::Done);
    QVERIFY(f->window->statusLine().buildSummary().contains(QStringLiteral("older text")));
    // What reads otherwise loses it, and has it again when it reads as it did.
    EditTransaction change("Change");
    change.insert(session.snapshot()->tree().instruction(InstructionId(3)).range.end, " --omit=dev");
    session.push(std::move(change), Origin::Text);
    QCOMPARE(stateOf(3), RowState::None);
    session.undoStack()->undo();
    QCOMPARE(stateOf(3), RowState::Done);
    session.undoStack()->undo();
    QVERIFY(!builds().isOutdated());
    QCOMPARE(stateOf(1), RowState::Done);
}

void BuildTest::running()
{
    // A transfer that is under way, and a RUN without an end.
    e->install(e->stream(vertex("b", "[build 1/3] FROM docker.io/library/node:22-alpine", 0, -1)
                         + transfer("b", 30, 100) + vertex("a", "[internal] load build context", 0, 1)
                         + transfer("a", 1'200'000, 0))
               + "; exec sleep 60");
    open();
    f->window->actions().build->trigger();
    QTRY_COMPARE(stateOf(0), RowState::Running);
    QCOMPARE(onGraph().rows.at(InstructionId(0)).text, QStringLiteral("30 %"));
    QCOMPARE(onGraph().rows.at(InstructionId(0)).fraction, 0.3);
    QCOMPARE(stateOf(1), RowState::Waiting);
    QCOMPARE(onGraph().stages.at(StageId(0)).state, RowState::Running);
    QVERIFY(onGraph().edges.at(InstructionId(0)).copying);
    QVERIFY(onGraph().running);
    QCOMPARE(onGraph().context, QStringLiteral("1.2 MB sent"));
    // Predicted: this image has no shell.
    QVERIFY(onGraph().rows.at(InstructionId(5)).warning);
    auto *button = f->window->findChild<QPushButton *>(QStringLiteral("buildButton"));
    QCOMPARE(button->text(), QStringLiteral("Stop"));
    QVERIFY(!f->window->actions().build->isEnabled());
    button->click();
    QTRY_COMPARE(builds().phase(), BuildController::Phase::Over);
    QCOMPARE(button->text(), QStringLiteral("Build"));
}

void BuildTest::stopping()
{
    e->install(e->stream(vertex("b", "[build 1/3] FROM docker.io/library/node:22-alpine", 0, -1)) + "; echo $$ > '"
               + e->path("pid").toUtf8() + "'; exec sleep 60");
    open();
    f->window->actions().build->trigger();
    QTRY_COMPARE(stateOf(0), RowState::Running);
    QFile pid(e->path("pid"));
    QTRY_VERIFY(pid.size() > 0);
    QVERIFY(pid.open(QIODevice::ReadOnly));
    const QByteArray number = pid.readAll().trimmed();
    QSignalSpy spy(&builds(), &BuildController::finished);
    f->window->actions().stopBuild->trigger();
    QCOMPARE(builds().phase(), BuildController::Phase::Stopping);
    QVERIFY(spy.wait(5000));
    QCOMPARE(spy[0][0].value<BuildResult>(), BuildResult::Cancelled);
    QCOMPARE(stateOf(0), RowState::Cancelled);
    QVERIFY(!QFile::exists(QStringLiteral("/proc/") + QString::fromLatin1(number)));
    QVERIFY(f->window->statusLine().buildSummary().contains(QStringLiteral("stopped")));
    QVERIFY(f->window->actions().build->isEnabled());
}

void BuildTest::failing()
{
    e->install(e->stream(brokenBuild()) + "; exit 1");
    open();
    QCOMPARE(build(), BuildResult::Failed);
    QCOMPARE(stateOf(5), RowState::Failed);
    QCOMPARE(stateOf(2), RowState::Cancelled); // never got to it
    QCOMPARE(onGraph().stages.at(StageId(1)).state, RowState::Failed);
    // To the line, with what it means, the finding that said so, and its fixes.
    QCOMPARE(f->page()->session().selection().instructions, std::vector<InstructionId>{InstructionId(5)});
    BuildPanel &panel = f->window->panels().build();
    QVERIFY(f->window->panels().bottom().isShown("build"));
    QVERIFY(panel.details().failure().isVisible());
    QVERIFY2(panel.details().failure().text().contains(QStringLiteral("SW001")),
             qPrintable(panel.details().failure().text()));
    // The engine's words, without those of the runtimes that pass them on
    QVERIFY2(panel.details().failure().text().split(u'\n').contains(
                 QStringLiteral("exec: \"/bin/sh\": stat /bin/sh: no such file or directory")),
             qPrintable(panel.details().failure().text()));
    QVERIFY(panel.details().failure().fixButton().isVisible());
    QVERIFY(f->window->statusLine().buildSummary().contains(QStringLiteral("stage-1 failed: ")));
    const QString log = f->window->panels().console().view().toPlainText();
    QVERIFY2(log.contains(QStringLiteral("stat /bin/sh: no such file")), qPrintable(log));
    // The card leads there
    Q_EMIT f->page()->graph()->logWanted(StageId(1));
    QVERIFY(f->window->panels().bottom().isShown("console"));
}

void BuildTest::failingBecauseOfAnEarlierLine()
{
    const QByteArray error = "unable to find user ghost: no matching entries in passwd file";
    e->install(e->stream(vertex("c", "[1/2] FROM gcr.io/distroless/nodejs22-debian12", 0, 0, true)
                         + vertex("g", "[2/2] RUN [\\\"/nodejs/bin/node\\\", \\\"-v\\\"]", 1, 0.5, false, error)
                         + "ERROR: failed to solve: " + error + '\n')
               + "; exit 1");
    QVERIFY(f->window->controller().openFile(
        f->write(QStringLiteral("Dockerfile"),
                 "FROM gcr.io/distroless/nodejs22-debian12\nUSER ghost\nRUN [\"/nodejs/bin/node\", \"-v\"]\n")));
    QCOMPARE(build(), BuildResult::Failed);
    QCOMPARE(stateOf(2), RowState::Failed);
    QCOMPARE(f->page()->session().selection().instructions, std::vector<InstructionId>{InstructionId(2)});
    FailureNote &note = f->window->panels().build().details().failure();
    QVERIFY2(note.text().contains(QStringLiteral("SW021, in line 2, said so")), qPrintable(note.text()));
    QVERIFY(note.fixButton().isVisible());
    note.fixButton().click();
    FixPopup *popup = nullptr;
    QTRY_VERIFY((popup = f->window->findChild<FixPopup *>()) != nullptr);
    popup->apply(0);
    QVERIFY2(!f->text().contains("USER ghost"), f->text().constData());
    QVERIFY(!note.fixButton().isVisible()); // there is nothing left to fix
}

void BuildTest::closingAsks()
{
    e->install(e->stream(vertex("b", "[build 1/3] FROM docker.io/library/node:22-alpine", 0, -1)) + "; exec sleep 60");
    open();
    f->window->actions().build->trigger();
    QTRY_COMPARE(stateOf(0), RowState::Running);
    f->prompts.confirms.push_back(false);
    f->window->actions().close->trigger();
    QVERIFY(f->page());
    QVERIFY(builds().isBusy());
    f->prompts.confirms.push_back(true);
    f->window->actions().close->trigger();
    QVERIFY(!f->page());
    QVERIFY(f->prompts.confirms.empty());
}

void BuildTest::withoutAnEngine()
{
    open();
    QCOMPARE(build(), BuildResult::NotStarted);
    BuildPanel &panel = f->window->panels().build();
    QVERIFY(panel.enginePage().isVisible());
    const auto *again = f->window->findChild<QPushButton *>(QStringLiteral("lookAgain"));
    QVERIFY(again->isVisible());
    // Installed meanwhile
    e->install("exit 0");
    f->engines.ask();
    QTRY_VERIFY(f->engines.chosen());
    // A service that does not run: the page says so first, with what to type
    e->uninstall();
    e->write(QStringLiteral("docker"),
             "#!/bin/sh\necho 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.' >&2\nexit 1\n");
    f->engines.ask();
    QTRY_VERIFY(f->engines.state() == EngineList::State::Known && !f->engines.chosen());
    const auto *problem = panel.enginePage().findChild<QFrame *>(QStringLiteral("engineProblem"));
    QVERIFY(problem && problem->isVisible());
    QCOMPARE(problem->findChildren<QPushButton *>().size(), 1);
    problem->findChild<QPushButton *>()->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("sudo systemctl start docker"));
}

void BuildTest::damagedOutput_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QString>("words");
    QTest::newRow("not JSON") << QByteArray("echo 'error: no space left on device' >&2; exit 1")
                              << QStringLiteral("no space left on device");
    QTest::newRow("cut off") << QByteArray("printf '{\"vertexes\":[{\"digest\":\"sha256:b\",\"na' >&2; exit 1")
                             << QStringLiteral("digest");
    QTest::newRow("killed") << QByteArray("echo '{\"vertexes\":[]}' >&2; kill -9 $$") << QString();
    QTest::newRow("daemon gone") << QByteArray("echo 'ERROR: Cannot connect to the Docker daemon' >&2; exit 1")
                                 << QStringLiteral("Cannot connect");
}

void BuildTest::damagedOutput()
{
    QFETCH(QByteArray, script);
    QFETCH(QString, words);
    e->install(script);
    open();
    QCOMPARE(build(), BuildResult::Failed);
    QVERIFY(f->window->panels().bottom().isShown("console"));
    const QString log = f->window->panels().console().view().toPlainText();
    QVERIFY2(log.contains(words), qPrintable(log));
    QVERIFY(log.contains(QStringLiteral("The build failed")));
    QVERIFY(f->window->actions().build->isEnabled());
}

void BuildTest::choices()
{
    e->install("exit 0");
    open();
    BuildChoices choices;
    choices.context = QStringLiteral("sub");
    choices.secrets = {{QStringLiteral("key"), QStringLiteral("/run/key")}};
    choices.tags = {QStringLiteral("shop:1")};
    choices.noCache = true;
    choices.extra = {QStringLiteral("--label=a b")};
    f->page()->session().setBuildChoices(choices);
    QVERIFY(QDir(f->folder.path()).mkdir(QStringLiteral("sub")));
    QCOMPARE(build(), BuildResult::Built);
    const QByteArray call = e->lastCall();
    QVERIFY2(call.contains("--secret=id=key,src=/run/key --tag=shop:1 --no-cache"), call.constData());
    QVERIFY2(call.endsWith((QStringLiteral("--label=a b ") + f->folder.filePath(QStringLiteral("sub"))).toUtf8()),
             call.constData());
    QVERIFY2(builds().command().contains(QStringLiteral("--file=") + f->folder.filePath(QStringLiteral("Dockerfile"))),
             qPrintable(builds().command()));
    // Remembered with the file
    const QString path = f->page()->file().path();
    f->window->actions().close->trigger();
    f->window->openFiles({path});
    QCOMPARE(f->page()->session().buildChoices(), choices);
    QCOMPARE(shellWords(QStringLiteral("a 'b c' \"d\\\"e\" f\\ g ''")),
             QStringList({QStringLiteral("a"), QStringLiteral("b c"), QStringLiteral("d\"e"), QStringLiteral("f g"),
                          QString()}));
    QCOMPARE(shellWords(shellText({QStringLiteral("it's"), QStringLiteral("a b"), QString()})),
             QStringList({QStringLiteral("it's"), QStringLiteral("a b"), QString()}));
}

void BuildTest::unnamedTarget()
{
    e->install("cat \"$FILE\" > '" + e->path("seen").toUtf8() + "'");
    open("FROM alpine\nRUN a\nFROM alpine\nRUN b\n");
    AnalysisOptions options = f->page()->session().options();
    options.target = "#0"; // as the graph names a stage without a name
    f->page()->session().setOptions(options);
    QCOMPARE(build(), BuildResult::Built);
    // BuildKit takes no number: the file ends behind the stage instead.
    QVERIFY(!e->lastCall().contains("--target"));
    QCOMPARE(WindowFixture::read(e->path("seen")), QByteArray("FROM alpine\nRUN a"));
}

void BuildTest::console()
{
    e->install(e->stream(goodBuild() + output("e", "\x1B[31mred\x1B[0m 10 %\r\x1B[31mred\x1B[0m 99 %\n")
                         + output("g", "made /data\n")));
    open();
    QCOMPARE(build(), BuildResult::Built);
    ConsolePanel &console = f->window->panels().console();
    f->window->actions().showConsole->trigger();
    const QString all = console.view().toPlainText();
    QVERIFY2(all.startsWith(QStringLiteral("$ docker buildx build")), qPrintable(all));
    QVERIFY(all.contains(QStringLiteral("[build 3/3] RUN npm ci\nadded 1 package\nred 99 %\n")));
    QVERIFY(!all.contains(QStringLiteral("10 %")));
    QCOMPARE(console.view().count(QStringLiteral("RED")), 1);
    QVERIFY(console.view().find(QStringLiteral("made")));
    QCOMPARE(console.view().textCursor().selectedText(), QStringLiteral("made"));
    QVERIFY(!console.view().find(QStringLiteral("not there")));
    // One stage only
    const int stage = console.filter().findText(QStringLiteral("Stage stage-1"));
    QVERIFY(stage > 0);
    console.filter().setCurrentIndex(stage);
    Q_EMIT console.filter().activated(stage);
    QVERIFY(console.view().toPlainText().contains(QStringLiteral("made /data")));
    QVERIFY(!console.view().toPlainText().contains(QStringLiteral("npm")));
}

void BuildTest::flood()
{
    // 10 MB in lines of 100: what is kept is bounded, the end is there, and the window goes on.
    const QByteArray line = QByteArray(99, 'x') + '\n';
    const QByteArray head = e->stream(vertex("b", "[build 1/3] FROM docker.io/library/node:22-alpine", 0, -1), "head");
    const QByteArray chunk = e->stream(output("b", line.repeated(5000)), "chunk");
    const QByteArray tail = e->stream(output("b", "the last line\n"), "tail");
    e->install(head + "\ni=0; while [ $i -lt 20 ]; do " + chunk + "; i=$((i+1)); done\n" + tail);
    open();
    int beats = 0;
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&] { ++beats; });
    timer.start(20);
    QCOMPARE(build(), BuildResult::Built);
    QVERIFY(beats > 3);
    const engine::StepLog &log = builds().progress().step(0).log;
    QCOMPARE(log.total(), quint64(line.size()) * 5000 * 20 + 14);
    QVERIFY(log.text().size() <= engine::StepLog::HeadLimit + 2 * engine::StepLog::TailLimit + 200);
    const engine::TerminalText &text = builds().log().text();
    QVERIFY(text.end() - text.first() <= 50'000);
    QVERIFY(f->window->panels().console().view().toPlainText().contains(QStringLiteral("the last line")));
    QVERIFY(f->window->panels().console().view().toPlainText().contains(QStringLiteral("left out here")));
}

void BuildTest::manyEvents()
{
    QByteArray events = vertex("b", "[build 1/3] FROM docker.io/library/node:22-alpine", 0, -1);
    for (int i = 0; i < 10'000; ++i)
        events += transfer("b", i, 10'000);
    e->install(e->stream(events));
    open();
    QSignalSpy progressed(&builds(), &BuildController::progressed);
    QCOMPARE(build(), BuildResult::Built);
    // Ten a second, however many events there are.
    QVERIFY2(progressed.size() < 4 + builds().elapsed().count() / 50, qPrintable(QString::number(progressed.size())));
}

void BuildTest::timeline()
{
    e->install(e->stream(goodBuild()));
    open();
    QCOMPARE(build(), BuildResult::Built);
    BuildPanel &panel = f->window->panels().build();
    f->window->actions().showBuild->trigger();
    panel.showTimeline(true);
    QVERIFY(panel.timeline().isVisible());
    QCOMPARE(panel.timeline().bars().size(), 8U);
    panel.timeline().setFocus();
    QTest::keyClick(&panel.timeline(), Qt::Key_End);
    QCOMPARE(panel.timeline().currentStep(), 7);
    QTest::keyClick(&panel.timeline(), Qt::Key_Up);
    QCOMPARE(panel.timeline().currentStep(), 6);
    QCOMPARE(f->page()->session().selection().instructions, std::vector<InstructionId>{InstructionId(5)});
    QVERIFY(!panel.timeline().grab().isNull());
}

void BuildTest::comparedWithTheBuildBefore()
{
    e->install(e->stream(goodBuild()));
    open();
    QCOMPARE(build(), BuildResult::Built);
    QCOMPARE(builds().memory().before(), nullptr);
    QVERIFY(builds().memory().missOf(InstructionId(2)).isEmpty()); // nothing to compare with
    DocumentSession &session = f->page()->session();
    EditTransaction change("Change");
    change.insert(session.snapshot()->tree().instruction(InstructionId(2)).range.end, " --omit=dev");
    session.push(std::move(change), Origin::Text);
    QCOMPARE(build(), BuildResult::Built);
    QVERIFY(builds().memory().before());
    QCOMPARE(builds().memory().missOf(InstructionId(2)), QStringLiteral("The instruction is new or was changed."));
    const QString copy = builds().memory().missOf(InstructionId(4));
    QVERIFY2(copy.startsWith(QStringLiteral("It depends on ")), qPrintable(copy));
    BuildPanel &panel = f->window->panels().build();
    panel.steps().setCurrentIndex(panel.steps().model()->index(3, 0));
    const auto *miss = f->window->findChild<QLabel *>(QStringLiteral("cacheMiss"));
    QVERIFY(miss->isVisibleTo(&panel));
    QVERIFY2(miss->text().contains(QStringLiteral("was changed")), qPrintable(miss->text()));
}

/// What an earlier session built counts as well: it is in the history of the file.
void BuildTest::comparedAfterARestart()
{
    e->install(e->stream(goodBuild()));
    f->write(QStringLiteral("app.js"), "1");
    open();
    QCOMPARE(build(), BuildResult::Built);
    QTRY_COMPARE(f->page()->outcome().history().size(), 1U);
    f->window.reset();
    f->makeWindow();
    f->write(QStringLiteral("app.js"), "22"); // the context changes while nobody looks
    QByteArray text = twoStages;
    text.replace("npm ci", "npm ci --omit=dev").replace("RUN mkdir /data", "COPY app.js /");
    open(text);
    QCOMPARE(builds().memory().before(), nullptr);
    e->install(e->stream(goodBuild().replace("RUN mkdir /data", "COPY app.js /")));
    QCOMPARE(build(), BuildResult::Built);
    QVERIFY(builds().memory().before());
    QCOMPARE(builds().memory().missOf(InstructionId(2)), QStringLiteral("The instruction is new or was changed."));
    QVERIFY(builds().memory().missOf(InstructionId(4)).startsWith(QStringLiteral("It depends on ")));
    QTRY_COMPARE(f->page()->outcome().history().size(), 2U);
    // Another session, and this time only a file is another one.
    f->window.reset();
    f->makeWindow();
    f->write(QStringLiteral("app.js"), "333");
    open("FROM scratch\nCOPY app.js /\n");
    e->install(e->stream(vertex("a", "[1/1] COPY app.js /", 0, 1)));
    QCOMPARE(build(), BuildResult::Built);
    QTRY_COMPARE(f->page()->outcome().history().size(), 3U);
    f->window.reset();
    f->makeWindow();
    f->write(QStringLiteral("app.js"), "4444");
    open("FROM scratch\nCOPY app.js /\n");
    QCOMPARE(build(), BuildResult::Built);
    QCOMPARE(builds().memory().missOf(InstructionId(1)), QStringLiteral("In the build context app.js changed."));
}

QTEST_MAIN(BuildTest)
#include "tst_build.moc"
