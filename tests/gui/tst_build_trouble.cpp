// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
// What can go wrong around a build, in the real window with a stand-in engine: services that do not answer, engines
// that die or do not listen, images that are gone, and builds of documents that nobody looks at.
#include "DocumentArea.h"
#include "EngineFixture.h"
#include "MessageBar.h"
#include "SizePanels.h"
#include "WindowFixture.h"

#include "building/BuildController.h"
#include "building/BuildOutcome.h"
#include "building/BuildPanel.h"
#include "building/ConsolePanel.h"
#include "building/ConsoleView.h"
#include "building/EngineList.h"
#include "building/EnginePage.h"
#include "layers/EmptyState.h"
#include "layers/LayersPanel.h"

#include <QAction>
#include <QDir>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>

#include <memory>

using namespace stagewright;
using engine::BuildResult;

namespace {

const char *const oneStage = "FROM alpine\nRUN true\n";

/// Every process whose command line holds these words.
int running(const QByteArray &words)
{
    int count = 0;
    for (const QString &pid : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        QFile file(QStringLiteral("/proc/") + pid + QStringLiteral("/cmdline"));
        if (file.open(QIODevice::ReadOnly) && file.readAll().replace('\0', ' ').contains(words))
            ++count;
    }
    return count;
}

} // namespace

class BuildTroubleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void noAnswer_data();
    void noAnswer();
    void killed();
    void stoppingWhoeverDoesNotListen();
    void closingStopsToo();
    void imageIsGone();
    void documentThatIsNotShown();

private:
    void open(const char *name = "Dockerfile")
    {
        f->window->openFiles({f->write(QString::fromLatin1(name), oneStage)});
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
    [[nodiscard]] MessageBar *newsBar() const
    {
        for (MessageBars *bars : f->window->findChildren<MessageBars *>()) {
            if (MessageBar *bar = bars->bar(MessageBars::Subject::Build))
                return bar;
        }
        return nullptr;
    }
    std::unique_ptr<EngineFixture> e;
    std::unique_ptr<WindowFixture> f;
};

void BuildTroubleTest::init()
{
    f.reset();
    e = std::make_unique<EngineFixture>();
    f = std::make_unique<WindowFixture>();
}

void BuildTroubleTest::noAnswer_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("words");
    QTest::newRow("no service") << QByteArray("echo 'ERROR: Cannot connect to the Docker daemon at unix:///x.sock. Is "
                                              "the docker daemon running?' >&2; exit 1")
                                << QStringLiteral("its service does not run");
    QTest::newRow("no permission") << QByteArray("echo 'permission denied while trying to connect to the Docker daemon "
                                                 "socket at unix:///x.sock' >&2; exit 1")
                                   << QStringLiteral("you may not use it");
    QTest::newRow("no JSON") << QByteArray("echo 'Segmentation fault'; exit 139")
                             << QStringLiteral("Segmentation fault");
}

/// The program is there and its service is not: that is said, with what to do, and looking again is enough afterwards.
void BuildTroubleTest::noAnswer()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, words);
    e->write(QStringLiteral("docker"), "#!/bin/sh\n" + answer + "\n");
    open();
    QCOMPARE(build(), BuildResult::NotStarted);
    const EnginePage &page = f->window->panels().build().enginePage();
    QVERIFY(page.isVisible());
    QStringList texts;
    for (const QLabel *label : page.findChildren<QLabel *>())
        texts << label->text();
    QVERIFY2(texts.join(u'\n').contains(words), qPrintable(texts.join(u'\n')));
    // So do the refusal, the engine's button and the pages that would show sizes.
    QVERIFY2(builds().error().contains(words), qPrintable(builds().error()));
    const auto *chip = f->window->findChild<QPushButton *>(QStringLiteral("engineChip"));
    QVERIFY2(chip && chip->toolTip().contains(words), qPrintable(chip->toolTip()));
    QCOMPARE(f->window->panels().sizes().layers().emptyState().title(),
             QStringLiteral("The build engine is not ready"));
    QVERIFY(f->window->actions().build->isEnabled());
    e->install("exit 0");
    f->engines.ask();
    QTRY_VERIFY(f->engines.chosen());
    QCOMPARE(build(), BuildResult::Built);
}

void BuildTroubleTest::killed()
{
    e->install(e->stream(vertex("a", "[1/2] FROM docker.io/library/alpine", 0, 1) + vertex("b", "[2/2] RUN true", 1, -1)
                         + output("b", "half a li"))
               + "; kill -9 $$");
    open();
    QCOMPARE(build(), BuildResult::Failed);
    QVERIFY2(builds().error().contains(QStringLiteral("it was killed or crashed")), qPrintable(builds().error()));
    QCOMPARE(builds().progress().step(1).state, engine::StepState::Cancelled);
    QVERIFY(f->window->panels().console().view().toPlainText().contains(QStringLiteral("half a li")));
    e->install("exit 0");
    QCOMPARE(build(), BuildResult::Built);
}

/// Neither the engine nor what it started ends when it is asked to: both are ended, and within a second, for that is
/// asked twice before.
void BuildTroubleTest::stoppingWhoeverDoesNotListen()
{
    static_assert(2 * engine::BuildRun::patience < 1000);
    e->install("trap '' INT TERM HUP\n(trap '' INT TERM HUP; exec sleep 9871.5) &\n"
               + e->stream(vertex("b", "[1/2] FROM docker.io/library/alpine", 0, -1)) + "\nwhile :; do wait; done");
    open();
    f->window->actions().build->trigger();
    QTRY_COMPARE(builds().progress().size(), 1U);
    QTRY_COMPARE(running("sleep 9871.5"), 1);
    QSignalSpy spy(&builds(), &BuildController::finished);
    f->window->actions().stopBuild->trigger();
    QVERIFY(f->window->isEnabled());
    QTRY_COMPARE(spy.size(), 1);
    QCOMPARE(spy[0][0].value<BuildResult>(), BuildResult::Cancelled);
    QTRY_COMPARE(running("sleep 9871.5"), 0);
    QTRY_COMPARE(running(e->path("docker").toUtf8()), 0);
    QVERIFY(f->window->actions().build->isEnabled());
}

void BuildTroubleTest::closingStopsToo()
{
    e->install("trap '' INT TERM HUP\n(trap '' INT TERM HUP; exec sleep 9872.5) &\n"
               + e->stream(vertex("b", "[1/2] FROM docker.io/library/alpine", 0, -1)) + "\nwhile :; do wait; done");
    open();
    f->window->actions().build->trigger();
    QTRY_COMPARE(running("sleep 9872.5"), 1);
    QTRY_COMPARE(builds().progress().size(), 1U);
    f->prompts.confirms.push_back(true);
    f->window->actions().close->trigger();
    QCOMPARE(f->page(), nullptr);
    QTRY_COMPARE(running("sleep 9872.5"), 0);
    QTRY_COMPARE(running(e->path("docker").toUtf8()), 0);
}

/// Somebody removes the image between the build and the questions about it.
void BuildTroubleTest::imageIsGone()
{
    // Everything but the build itself ends with an error here.
    e->install("printf 'sha256:1234' > \"$ID\"");
    QFile script(e->path("docker"));
    QVERIFY(script.open(QIODevice::ReadOnly));
    const QByteArray text = script.readAll();
    e->write(QStringLiteral("docker"),
             QByteArray(text).replace("[ \"$2\" = build ] || exit 1",
                                      "[ \"$2\" = build ] || { echo 'Error response from daemon: No such image: "
                                      "sha256:1234' >&2; exit 1; }"));
    open();
    QCOMPARE(build(), BuildResult::Built);
    BuildOutcome &outcome = f->page()->outcome();
    QTRY_VERIFY(!outcome.isMeasuring());
    QVERIFY2(outcome.problems().join(u'\n').contains(QStringLiteral("No such image")),
             qPrintable(outcome.problems().join(u'\n')));
    QVERIFY(!outcome.images().empty());
    QSignalSpy failed(&outcome, &BuildOutcome::imageFailed);
    outcome.readImage(0);
    QVERIFY(failed.wait());
    QVERIFY2(failed[0][1].toString().contains(QStringLiteral("No such image")), qPrintable(failed[0][1].toString()));
    QSignalSpy file(&outcome, &BuildOutcome::fileFailed);
    outcome.readFile(0, QStringLiteral("/etc/passwd"), 100);
    QVERIFY(file.wait());
    QCOMPARE(build(), BuildResult::Built);
}

void BuildTroubleTest::documentThatIsNotShown()
{
    const QByteArray go = e->path("go").toUtf8();
    e->install("while [ ! -e '" + go + "' ]; do sleep 0.05; done; exit 3");
    open();
    DocumentPage *first = f->page();
    f->window->actions().build->trigger();
    QTRY_COMPARE(first->builds().phase(), BuildController::Phase::Running);
    open("other.Dockerfile");
    QVERIFY(f->page() != first);
    QVERIFY(!newsBar());
    QSignalSpy spy(&first->builds(), &BuildController::finished);
    e->write(QStringLiteral("go"), "");
    QVERIFY(spy.wait());
    MessageBar *bar = newsBar();
    QVERIFY(bar);
    QVERIFY2(bar->text().startsWith(QStringLiteral("Dockerfile: The build failed, ")), qPrintable(bar->text()));
    QCOMPARE(bar->level(), MessageBar::Level::Warning);
    auto *tabs = f->window->findChild<QTabBar *>(QStringLiteral("documentTabs"));
    QVERIFY2(tabs->tabToolTip(0).contains(QStringLiteral("The build failed")), qPrintable(tabs->tabToolTip(0)));
    // Looking at it is enough.
    tabs->setCurrentIndex(0);
    QCOMPARE(f->page(), first);
    QVERIFY(!newsBar());
    QVERIFY(!tabs->tabToolTip(0).contains(QStringLiteral("The build failed")));
    // One that is looked at needs no bar, and one that is closed leaves none.
    e->install("exit 0");
    QCOMPARE(build(), BuildResult::Built);
    QVERIFY(!newsBar());
    QFile::remove(e->path("go"));
    e->install("while [ ! -e '" + go + "' ]; do sleep 0.05; done");
    f->window->actions().build->trigger();
    QTRY_COMPARE(first->builds().phase(), BuildController::Phase::Running);
    tabs->setCurrentIndex(1);
    QSignalSpy again(&first->builds(), &BuildController::finished);
    e->write(QStringLiteral("go"), "");
    QVERIFY(again.wait());
    QVERIFY(newsBar());
    QCOMPARE(newsBar()->level(), MessageBar::Level::Note);
    Q_EMIT tabs->tabCloseRequested(0);
    QVERIFY(!newsBar());
}

QTEST_MAIN(BuildTroubleTest)
#include "tst_build_trouble.moc"
