// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "GraphFixture.h"

#include "graph/AddMenu.h"
#include "graph/GraphGesture.h"

#include <QAccessible>
#include <QClipboard>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QSignalSpy>
#include <QToolTip>

using namespace stagewright;

namespace {

const char *const threeStages = "# Build it\n"
                                "FROM node:22-alpine AS build\n"
                                "WORKDIR /app\n"
                                "COPY . .\n"
                                "RUN npm ci\n"
                                "\n"
                                "FROM build AS test\n"
                                "RUN npm test\n"
                                "\n"
                                "FROM gcr.io/distroless/nodejs22-debian13\n"
                                "COPY --from=build /app /app\n"
                                "RUN mkdir /data\n"
                                "CMD [\"app.js\"]\n";

} // namespace

class TestGraphView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsStagesImagesAndContext()
    {
        GraphFixture f(threeStages);
        QCOMPARE(f.view.graphScene()->nodeItems().size(), std::size_t(6));
        QVERIFY(f.node("stage:build"));
        QVERIFY(f.node("context"));
        QVERIFY(f.node("image:docker.io/library/node:22-alpine"));
        QCOMPARE(f.view.graphScene()->edgeItems().size(), f.session.snapshot()->graph().edges().size());
        QVERIFY(f.stage(2)->view().target);
        QVERIFY(f.stage(1)->view().dimmed);
        QCOMPARE(f.stage(1)->view().role, StageRole::Test);
    }

    void tipsTellAboutTheImage()
    {
        GraphFixture f(threeStages);
        const auto hover = [&f](QPoint at) {
            QHelpEvent help(QEvent::ToolTip, at, f.view.viewport()->mapToGlobal(at));
            QApplication::sendEvent(f.view.viewport(), &help);
            return QToolTip::text();
        };
        const QString distroless = hover(f.header(f.node("image:gcr.io/distroless/nodejs22-debian13:latest")));
        for (const char *fact :
             {"nodejs22-debian13", "Shell", "none", "glibc", "/nodejs/bin/node", "Read in", "unknown"})
            QVERIFY2(distroless.contains(QString::fromLatin1(fact)), qPrintable(distroless));
        // A row tells the state that it meets, with the line that made it
        const QString run = hover(f.row(f.stage(0), 3));
        QVERIFY2(run.contains(u"Before line 5") && run.contains(u"/app") && run.contains(u"root"), qPrintable(run));
        const QString broken = hover(f.row(f.stage(2), 2));
        QVERIFY2(broken.contains(u"not in this image"), qPrintable(broken));
        // A stage on a stage tells where its image comes from
        QVERIFY(hover(f.header(f.stage(1))).contains(u"test ← build ← node:22-alpine"));
    }

    void factsByKey()
    {
        GraphFixture f("FROM registry.example.com/team/thing:1\nUSER 1000:50\nENV A=1\nENV A=2\nCMD [\"x\"]\n");
        f.click(f.header(f.stage(0)));
        f.key(Qt::Key_I);
        QVERIFY2(QToolTip::text().contains(u"does not know this image"), qPrintable(QToolTip::text()));
        f.click(f.row(f.stage(0), 4));
        f.key(Qt::Key_I);
        const QString tip = QToolTip::text();
        QVERIFY2(tip.contains(u"1000:50 (line 2)") && tip.contains(u"2 (line 4)") && !tip.contains(u"1 (line 3)"),
                 qPrintable(tip));
        QVERIFY(tip.contains(u"unknown")); // nothing is known about the image's own start command
    }

    void itemsKeepTheirIdentity()
    {
        GraphFixture f(threeStages);
        const NodeItem *build = f.stage(0);
        EditTransaction edit;
        edit.insert(0, "# syntax=docker/dockerfile:1\n");
        f.session.push(edit, Origin::Text);
        QCOMPARE(f.stage(0), build);
        QCOMPARE(f.view.graphScene()->nodeItem(QStringLiteral("stage:build")), build);
    }

    void dragToCardAddsCopy()
    {
        GraphFixture f(threeStages);
        f.drag(f.outPort(f.stage(1)), f.header(f.stage(2)));
        QVERIFY2(f.text().contains("COPY --from=test /app /app\n"), f.text().constData());
        QVERIFY2(f.view.editor(), "the paths are edited at once");
        f.type("/out /srv");
        QVERIFY2(f.text().contains("COPY --from=test /out /srv\n"), f.text().constData());
        f.undo();
        QCOMPARE(f.text(), QByteArray(threeStages)); // adding and filling in is one step
    }

    void escapeTakesTheNewRowBack()
    {
        GraphFixture f(threeStages);
        f.drag(f.outPort(f.stage(1)), f.header(f.stage(2)));
        QVERIFY(f.view.editor());
        QTest::keyClick(f.view.editor(), Qt::Key_Escape);
        QCOMPARE(f.text(), QByteArray(threeStages));
    }

    void dragToCopyRowRetargets()
    {
        GraphFixture f(threeStages);
        f.drag(f.outPort(f.stage(1)), f.row(f.stage(2), 1));
        QCOMPARE(f.text(), QByteArray(threeStages).replace("--from=build", "--from=test"));
        f.undo();
        QCOMPARE(f.text(), QByteArray(threeStages));
    }

    void dragToFromRebases()
    {
        GraphFixture f(threeStages);
        f.drag(f.outPort(f.node("image:docker.io/library/node:22-alpine")), f.row(f.stage(2), 0));
        QCOMPARE(f.text(),
                 QByteArray(threeStages).replace("FROM gcr.io/distroless/nodejs22-debian13", "FROM node:22-alpine"));
    }

    void invalidConnectionSaysWhy()
    {
        GraphFixture f(threeStages);
        QSignalSpy messages(&f.view, &GraphView::statusMessage);
        const QPoint from = f.outPort(f.stage(2));
        const QPoint to = f.header(f.stage(0));
        f.press(from);
        f.move(from + QPoint(20, 20));
        f.move(to);
        QVERIFY(f.view.gesture());
        QVERIFY(!f.view.gesture()->refusal().isEmpty());
        f.release(to);
        QCOMPARE(f.text(), QByteArray(threeStages));
        QCOMPARE(messages.size(), 1);
    }

    void escapeCancelsADrag()
    {
        GraphFixture f(threeStages);
        f.press(f.outPort(f.stage(1)));
        f.move(f.header(f.stage(2)) - QPoint(40, 40));
        f.move(f.header(f.stage(2)));
        QVERIFY(f.view.gesture());
        f.key(Qt::Key_Escape);
        QVERIFY(!f.view.gesture());
        f.release(f.header(f.stage(2)));
        QCOMPARE(f.text(), QByteArray(threeStages));
    }

    void changeWhileDraggingIsSafe()
    {
        GraphFixture f(threeStages);
        f.press(f.outPort(f.stage(1)));
        f.move(f.header(f.stage(2)) - QPoint(40, 40));
        f.move(f.header(f.stage(2)));
        QVERIFY(f.view.gesture());
        f.session.load(*SourceText::fromBytes("FROM scratch\n"));
        QVERIFY(!f.view.gesture());
        f.release(QPoint(300, 300));
        QCOMPARE(f.text(), QByteArray("FROM scratch\n"));
    }

    void movingANodeCanBeUndone()
    {
        GraphFixture f(threeStages);
        const QPointF before = f.stage(0)->pos();
        const QPoint from = f.header(f.stage(0));
        f.drag(from, from + QPoint(60, 120));
        const QPointF after = f.stage(0)->pos();
        QVERIFY(after != before);
        QCOMPARE(std::fmod(after.x(), 10), 0.0);
        QCOMPARE(std::fmod(after.y(), 10), 0.0);
        QCOMPARE(f.session.nodePositions().count(QStringLiteral("stage:build")), std::size_t(1));
        QCOMPARE(f.text(), QByteArray(threeStages));
        f.undo();
        QCOMPARE(f.stage(0)->pos(), before);
    }

    void nothingLiesUnderAMovedNode()
    {
        GraphFixture f(threeStages);
        f.session.moveNodes({{QStringLiteral("stage:build"), f.stage(2)->pos() + QPointF(20, 30)}},
                            QStringLiteral("move"));
        const auto &nodes = f.view.graphScene()->nodeItems();
        for (const NodeItem *a : nodes) {
            for (const NodeItem *b : nodes)
                QVERIFY2(a == b || !a->cardRect().intersects(b->cardRect()),
                         qPrintable(a->view().title + u'/' + b->view().title));
        }
    }

    void renamingInline()
    {
        GraphFixture f(threeStages);
        f.click(f.header(f.stage(0)));
        f.key(Qt::Key_F2);
        QVERIFY(f.view.editor());
        QCOMPARE(f.view.editor()->toPlainText(), QStringLiteral("build"));
        f.type("compile");
        QCOMPARE(f.text(),
                 QByteArray(threeStages)
                     .replace("AS build", "AS compile")
                     .replace("FROM build", "FROM compile")
                     .replace("--from=build", "--from=compile"));
        QVERIFY(f.node("stage:compile"));
    }

    void badNameIsRefusedInTheField()
    {
        GraphFixture f(threeStages);
        f.click(f.header(f.stage(0)));
        f.key(Qt::Key_F2);
        f.type("no good!");
        QVERIFY2(f.view.editor() && f.view.editor()->isVisible(), "the field stays open");
        QTest::keyClick(f.view.editor(), Qt::Key_Escape);
        QCOMPARE(f.text(), QByteArray(threeStages));
    }

    void editingAnInstructionInline()
    {
        GraphFixture f(threeStages);
        QTest::mouseDClick(f.view.viewport(), Qt::LeftButton, Qt::NoModifier, f.row(f.stage(0), 3));
        QVERIFY(f.view.editor());
        QCOMPARE(f.view.editor()->toPlainText(), QStringLiteral("RUN npm ci"));
        f.type("npm install");
        QCOMPARE(f.text(), QByteArray(threeStages).replace("RUN npm ci", "RUN npm install"));
    }

    void severalLinesOpenABigField()
    {
        GraphFixture f("FROM alpine\r\nRUN a && \\\r\n    b\r\n");
        QTest::mouseDClick(f.view.viewport(), Qt::LeftButton, Qt::NoModifier, f.row(f.stage(0), 1));
        QVERIFY(f.view.editor());
        QCOMPARE(f.view.editor()->toPlainText(), QStringLiteral("RUN a && \\\n    b"));
        f.view.editor()->moveCursor(QTextCursor::End);
        f.type("b", false);
        QTest::keyClick(f.view.editor(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(f.text(), QByteArray("FROM alpine\r\nRUN a && \\\r\n    bb\r\n"));
    }

    void deletingRowsEdgesAndStages()
    {
        GraphFixture f(threeStages);
        f.click(f.row(f.stage(0), 3));
        f.key(Qt::Key_Delete);
        QCOMPARE(f.text(), QByteArray(threeStages).replace("RUN npm ci\n", ""));
        f.undo();
        // A stage that nobody uses goes without a question
        f.view.setConfirm([](const QString &, const QString &) {
            QTest::qFail("no question is needed", __FILE__, __LINE__);
            return false;
        });
        f.click(f.header(f.stage(1)));
        f.key(Qt::Key_Delete);
        QVERIFY(!f.text().contains("npm test"));
        QCOMPARE(f.session.snapshot()->graph().stages().size(), std::size_t(2));
        f.undo();
        QCOMPARE(f.text(), QByteArray(threeStages));
        // An edge
        for (const auto &edge : f.view.graphScene()->edgeItems()) {
            if (edge->view().kind == EdgeKind::CopyFrom) {
                f.session.select({{}, {}, {edge->view().index}}, nullptr);
                break;
            }
        }
        f.key(Qt::Key_Delete);
        QVERIFY(!f.text().contains("--from=build"));
        f.undo();
        QCOMPARE(f.text(), QByteArray(threeStages));
    }

    void deletingAUsedStageAsks()
    {
        GraphFixture f(threeStages);
        int asked = 0;
        f.view.setConfirm([&](const QString &title, const QString &) {
            ++asked;
            return title.contains(u"build") && asked > 1;
        });
        f.click(f.header(f.stage(0)));
        f.key(Qt::Key_Delete);
        QCOMPARE(asked, 1);
        QCOMPARE(f.text(), QByteArray(threeStages));
        f.key(Qt::Key_Delete);
        QCOMPARE(asked, 2);
        QVERIFY(!f.text().contains("AS build"));
        QVERIFY(f.session.snapshot()->graph().errors().empty());
        f.undo();
        QCOMPARE(f.text(), QByteArray(threeStages));
    }

    void movingRowsWithinAndBetweenCards()
    {
        GraphFixture f(threeStages);
        const NodeItem *build = f.stage(0);
        f.drag(f.row(build, 3), f.at(build->rowRect(1).topLeft() + QPointF(80, 4)));
        QCOMPARE(f.text(),
                 QByteArray(threeStages)
                     .replace("WORKDIR /app\nCOPY . .\nRUN npm ci\n", "RUN npm ci\nWORKDIR /app\nCOPY . .\n"));
        f.undo();
        QCOMPARE(f.text(), QByteArray(threeStages));
        f.drag(f.row(f.stage(2), 2), f.at(f.stage(0)->rowRect(3).bottomLeft() + QPointF(80, -4)));
        QVERIFY2(f.text().contains("RUN npm ci\nRUN mkdir /data\n"), f.text().constData());
        QCOMPARE(f.session.undoStack()->count(), 1);
    }

    void movingSeveralRowsKeepsTheirOrder()
    {
        GraphFixture f("FROM alpine\nRUN a\nRUN b\nRUN c\nRUN d\n");
        const NodeItem *stage = f.stage(0);
        f.click(f.row(stage, 1));
        f.click(f.row(stage, 3), Qt::ControlModifier);
        QCOMPARE(f.session.selection().instructions.size(), std::size_t(2));
        f.drag(f.row(f.stage(0), 3), f.at(stage->rowRect(4).bottomLeft() + QPointF(60, -3)));
        QCOMPARE(f.text(), QByteArray("FROM alpine\nRUN b\nRUN d\nRUN a\nRUN c\n"));
        QCOMPARE(f.session.selection().instructions.size(), std::size_t(2));
        f.undo();
        QCOMPARE(f.text(), QByteArray("FROM alpine\nRUN a\nRUN b\nRUN c\nRUN d\n"));
        f.session.select({{}, {static_cast<InstructionId>(2), static_cast<InstructionId>(4)}, {}}, nullptr);
        f.drag(f.row(f.stage(0), 4), f.at(stage->rowRect(1).topLeft() + QPointF(60, 3)));
        QCOMPARE(f.text(), QByteArray("FROM alpine\nRUN b\nRUN d\nRUN a\nRUN c\n"));
    }

    void selectionIsTheSessions()
    {
        GraphFixture f(threeStages);
        QSignalSpy spy(&f.session, &DocumentSession::selectionChanged);
        f.click(f.row(f.stage(0), 2));
        QCOMPARE(spy.size(), 1);
        QCOMPARE(f.session.selection().instructions, (std::vector<InstructionId>{f.stage(0)->view().rows[2].id}));
        QCOMPARE(f.stage(0)->state().selectedRows, (std::vector<int>{2}));
        f.session.select({{NodeRef::stage(static_cast<StageId>(2))}, {}, {}}, nullptr);
        QVERIFY(f.stage(2)->state().selected);
        QVERIFY(!f.stage(0)->state().selected);
        f.click(f.header(f.stage(0)), Qt::ShiftModifier);
        QCOMPARE(f.session.selection().nodes.size(), std::size_t(2));
        f.click(f.header(f.stage(0)), Qt::ControlModifier);
        QCOMPARE(f.session.selection().nodes.size(), std::size_t(1));
        f.click(QPoint(5, 5));
        QVERIFY(f.session.selection().isEmpty());
    }

    void rubberBandTakesWiresToo()
    {
        GraphFixture f(threeStages);
        f.drag(QPoint(3, 3), QPoint(1290, 740));
        QCOMPARE(f.session.selection().nodes.size(), std::size_t(6));
        QCOMPARE(f.session.selection().edges.size(), f.session.snapshot()->graph().edges().size());
    }

    void addMenuFindsAndAdds()
    {
        GraphFixture f("");
        QVERIFY(f.view.graphScene()->nodeItems().empty());
        f.key(Qt::Key_A, Qt::ShiftModifier);
        auto *menu = f.view.findChild<AddMenu *>();
        QVERIFY(menu);
        auto *search = menu->findChild<QLineEdit *>();
        QTest::keyClicks(search, QStringLiteral("scratch"));
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(f.text(), QByteArray("FROM scratch AS build\n"));
        QVERIFY(f.view.editor());
        f.type("base");
        QCOMPARE(f.text(), QByteArray("FROM scratch AS base\n"));
        QTRY_VERIFY(!f.view.findChild<AddMenu *>());
        f.view.setFocus();
        f.key(Qt::Key_A, Qt::ShiftModifier);
        menu = f.view.findChild<AddMenu *>();
        QVERIFY(menu);
        search = menu->findChild<QLineEdit *>();
        QTest::keyClicks(search, QStringLiteral("work"));
        QTest::keyClick(search, Qt::Key_Return);
        f.type("/srv");
        QCOMPARE(f.text(), QByteArray("FROM scratch AS base\nWORKDIR /srv\n"));
    }

    void duplicateAndClipboard()
    {
        GraphFixture f("FROM alpine AS a\nRUN one\n");
        f.click(f.row(f.stage(0), 1));
        f.key(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(f.text(), QByteArray("FROM alpine AS a\nRUN one\nRUN one\n"));
        f.undo();
        f.click(f.header(f.stage(0)));
        f.view.copySelection();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("FROM alpine AS a\nRUN one\n"));
        f.view.paste();
        QCOMPARE(f.session.snapshot()->graph().stages().size(), std::size_t(2));
        QVERIFY2(f.text().contains("FROM alpine AS a-2\nRUN one\n"), f.text().constData());
        f.undo();
        QGuiApplication::clipboard()->setText(QStringLiteral("hello, world"));
        f.view.paste();
        QCOMPARE(f.text(), QByteArray("FROM alpine AS a\nRUN one\n"));
    }

    void paletteDrops()
    {
        GraphFixture f("FROM alpine AS a\nRUN one\n");
        const auto drop = [&](const char *type, const char *text, QPoint at) {
            QMimeData mime;
            mime.setData(QString::fromLatin1(type), text);
            QDragEnterEvent enter(at, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(f.view.viewport(), &enter);
            QVERIFY(enter.isAccepted());
            QDragMoveEvent move(at, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(f.view.viewport(), &move);
            QDropEvent event(at, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(f.view.viewport(), &event);
        };
        drop("application/x-stagewright-image", "debian:13-slim", f.header(f.stage(0)));
        QCOMPARE(f.text(), QByteArray("FROM debian:13-slim AS a\nRUN one\n"));
        f.undo();
        drop("application/x-stagewright-instruction", "WORKDIR /srv",
             f.at(f.stage(0)->rowRect(1).topLeft() + QPointF(50, 3)));
        QCOMPARE(f.text(), QByteArray("FROM alpine AS a\nWORKDIR /srv\nRUN one\n"));
        drop("application/x-stagewright-image", "scratch", QPoint(20, 20));
        QCOMPARE(f.session.snapshot()->graph().stages().size(), std::size_t(2));
    }

    void keyboardWalks()
    {
        GraphFixture f(threeStages);
        f.key(Qt::Key_Tab); // the image stands before the stage that uses it
        f.key(Qt::Key_Tab);
        f.key(Qt::Key_Tab);
        QCOMPARE(f.session.selection().nodes, (std::vector<NodeRef>{NodeRef::stage(static_cast<StageId>(0))}));
        f.key(Qt::Key_Down);
        f.key(Qt::Key_Down);
        QCOMPARE(f.session.selection().instructions, (std::vector<InstructionId>{f.stage(0)->view().rows[1].id}));
        f.key(Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(f.session.selection().instructions.size(), std::size_t(1));
        QVERIFY(f.session.snapshot()->graph().stageOf(f.session.selection().instructions.front())
                != static_cast<StageId>(0));
        f.key(Qt::Key_Left, Qt::ControlModifier);
        QCOMPARE(f.session.selection().nodes, (std::vector<NodeRef>{NodeRef::stage(static_cast<StageId>(0))}));
    }

    void fixesAreAskedFor()
    {
        GraphFixture f(threeStages);
        QSignalSpy spy(&f.view, &GraphView::fixesRequested);
        f.click(f.row(f.stage(2), 2));
        f.key(Qt::Key_Return, Qt::AltModifier);
        QCOMPARE(spy.size(), 1);
        QVERIFY(f.stage(2)->state().lightbulbRow == 2);
        f.click(f.at(f.stage(2)->pos() + CardPainter::lightbulbRect(f.stage(2)->cardLayout(), 2).center()));
        QCOMPARE(spy.size(), 2);
    }

    void wheelZoomsAtThePointer()
    {
        GraphFixture f(threeStages);
        f.view.setZoom(1);
        const QPoint at(400, 300);
        const QPointF before = f.view.mapToScene(at);
        QWheelEvent event(at, f.view.viewport()->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(f.view.viewport(), &event);
        const double whole = f.view.zoom();
        QVERIFY(whole > 1.1);
        QVERIFY(QLineF(before, f.view.mapToScene(at)).length() < 2);
        f.view.setZoom(1);
        for (int i = 0; i < 4; ++i) { // four quarters are one notch
            QWheelEvent quarter(at, f.view.viewport()->mapToGlobal(at), {}, {0, 30}, Qt::NoButton, Qt::NoModifier,
                                Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(f.view.viewport(), &quarter);
        }
        QVERIFY(std::abs(f.view.zoom() - whole) < 0.001);
    }

    void readOnlyChangesNothing()
    {
        GraphFixture f(threeStages);
        f.session.setReadOnly(true);
        f.drag(f.outPort(f.stage(1)), f.header(f.stage(2)));
        f.click(f.row(f.stage(0), 3));
        f.key(Qt::Key_Delete);
        f.key(Qt::Key_Return);
        f.key(Qt::Key_D, Qt::ControlModifier);
        QVERIFY(!f.view.editor());
        QCOMPARE(f.text(), QByteArray(threeStages));
    }

    void assistiveTechnologySeesNodesAndRows()
    {
        GraphFixture f(threeStages);
        QAccessibleInterface *graph = QAccessible::queryAccessibleInterface(&f.view);
        QVERIFY(graph && graph->childCount() >= 6);
        QAccessibleInterface *final = graph->child(2);
        QCOMPARE(final->text(QAccessible::Name), QStringLiteral("stage-2"));
        QVERIFY(final->text(QAccessible::Description).contains(u"final target"));
        QCOMPARE(final->childCount(), 4);
        QAccessibleInterface *run = final->child(2);
        QCOMPARE(run->text(QAccessible::Name), QStringLiteral("RUN mkdir /data"));
        QVERIFY(run->text(QAccessible::Description).startsWith(u"Error"));
        QVERIFY(final->rect().contains(run->rect()));
        QCOMPARE(final->indexOfChild(run), 2);
        QCOMPARE(graph->indexOfChild(final), 2);
        run->actionInterface()->doAction(QAccessibleActionInterface::setFocusAction());
        QCOMPARE(f.stage(2)->state().selectedRows, (std::vector<int>{2}));
        QVERIFY(run->state().selected);
        // What is gone says so
        f.session.load(*SourceText::fromBytes("FROM scratch\n"));
        QCOMPARE(graph->child(0)->childCount(), 1);
    }

    void randomEditsKeepTheSceneInStep()
    {
        GraphFixture f(threeStages);
        quint32 seed = 7;
        const auto random = [&](quint32 below) { return (seed = seed * 1664525 + 1013904223) / 65536 % below; };
        const char *const pieces[] = {"FROM x AS y\n", "COPY --from=build a b\n", "\n", "RUN <<EOF\nx\nEOF\n",
                                      "FROM build\n",  "COPY --from=9 a b\n",     "#",  "\\\n"};
        for (int i = 0; i < 300; ++i) {
            EditTransaction edit;
            const Offset size = f.session.snapshot()->text().size();
            const Offset at = random(size + 1);
            if (random(3) == 0)
                edit.remove({at, std::min(size, at + random(40))});
            else
                edit.insert(at, pieces[random(8)]);
            if (i % 17 == 16)
                f.undo();
            else
                f.session.push(edit, Origin::Text);
            QCOMPARE(f.view.graphScene()->edgeItems().size(), f.session.snapshot()->graph().edges().size());
            for (const Stage &stage : f.session.snapshot()->graph().stages()) {
                const NodeItem *node = f.view.graphScene()->nodeItem(NodeRef::stage(stage.id));
                QVERIFY(node);
                QCOMPARE(node->view().rows.size(), f.session.snapshot()->instructionsOf(stage.id).size() + 1);
            }
            if (i % 10 == 0)
                f.view.grab();
        }
    }
};

QTEST_MAIN(TestGraphView)
#include "tst_graphview.moc"
