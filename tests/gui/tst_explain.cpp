// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
// The real window: the explanation's fixes are previewed, the way back to a base image, images beside their siblings.
#include "WindowFixture.h"

#include "edit/Edits.h"
#include "graph/GraphScene.h"
#include "graph/GraphView.h"
#include "panels/DiffPreview.h"
#include "panels/ExplainPanel.h"
#include "panels/FixPopup.h"
#include "panels/ImageComparison.h"
#include "panels/PalettePanel.h"
#include "panels/ProblemsPanel.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QUndoStack>

using namespace stagewright;

namespace {

constexpr char chained[] = "FROM node:22-alpine AS build\n"
                           "WORKDIR /app\n"
                           "RUN npm ci\n"
                           "\n"
                           "FROM gcr.io/distroless/nodejs22-debian13 AS runtime\n"
                           "WORKDIR /app\n"
                           "\n"
                           "FROM runtime AS final\n"
                           "COPY --from=build /app /app\n"
                           "RUN mkdir /data\n"
                           "CMD [\"server.js\"]\n";

} // namespace

class ExplainTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        f = std::make_unique<WindowFixture>();
        f->window->openFiles({f->write(QStringLiteral("Dockerfile"), chained)});
        QVERIFY(f->page());
        QTRY_VERIFY(f->window->isActiveWindow());
    }
    void cleanup()
    {
        QTest::qWait(0); // deferred deletes see a live window
        f.reset();
    }
    void fixesArePreviewed();
    void theWorstIsFixedFirst();
    void theWayBackToTheImage();
    void theWayEndsWithTheText();
    void siblingsInATable();
    void usingASibling();
    void siblingsFromTheGraph();
    void siblingsFromThePalette();
    void noSiblings();

private:
    [[nodiscard]] ExplainPanel &explain() const { return f->window->panels().explain(); }
    [[nodiscard]] GraphScene &scene() const { return *f->page()->graph()->graphScene(); }
    [[nodiscard]] ImageComparison *comparison() const { return f->window->findChild<ImageComparison *>(); }
    void chooseFinding(std::string_view rule) const;

    std::unique_ptr<WindowFixture> f;
};

void ExplainTest::chooseFinding(std::string_view rule) const
{
    const auto &findings = f->page()->session().diagnostics();
    const auto found = std::ranges::find(findings, rule, &Diagnostic::ruleId);
    QVERIFY(found != findings.end());
    explain().show(&f->page()->session(), *found);
}

void ExplainTest::fixesArePreviewed()
{
    chooseFinding("SW001");
    const QByteArray before = f->text();
    explain().follow(QStringLiteral("#fix-1"));
    auto *popup = explain().findChild<FixPopup *>();
    QVERIFY(popup);
    QVERIFY(popup->isVisible());
    QCOMPARE(popup->current(), 1);
    QCOMPARE(f->text(), before); // seen, not made
    QVERIFY(!popup->findChild<DiffPreview *>()->lines().empty());
    QTest::keyClick(popup, Qt::Key_Return);
    QVERIFY(f->text() != before);
    QCOMPARE(f->page()->session().undoStack()->count(), 1);
    f->page()->session().undoStack()->undo();
    QCOMPARE(f->text(), before);
}

void ExplainTest::theWorstIsFixedFirst()
{
    // A warning stands above the error
    f->window->openFiles({f->write(QStringLiteral("worst.Dockerfile"),
                                   "FROM gcr.io/distroless/nodejs\nRUN mkdir /data\nCMD [\"app.js\"]\n")});
    f->page()->graph()->setFocus();
    QTRY_VERIFY(f->page()->graph()->hasFocus());
    const auto &findings = f->page()->session().diagnostics();
    QVERIFY(findings.front().severity != Severity::Error && findings.front().fixable);
    f->window->actions().quickFix->trigger();
    QCOMPARE(f->page()->session().selection().instructions, std::vector<InstructionId>{InstructionId(1)});
}

void ExplainTest::theWayBackToTheImage()
{
    chooseFinding("SW001");
    QVERIFY(explain().plainText().contains(QStringLiteral("Why is this stage shell-less?")));
    explain().follow(QStringLiteral("#chain"));
    QVERIFY(explain().showsChain());
    const QString text = explain().plainText();
    const qsizetype final = text.indexOf(QStringLiteral("stage final"));
    const qsizetype runtime = text.indexOf(QStringLiteral("← stage runtime"));
    const qsizetype image = text.indexOf(QStringLiteral("← gcr.io/distroless/nodejs22-debian13"));
    QVERIFY(final >= 0 && final < runtime && runtime < image);

    QCOMPARE(scene().trail().size(), 3U);
    int strong = 0;
    for (const NodeItem *node : scene().nodeItems())
        strong += node->opacity() == 1.0 ? 1 : 0;
    QCOMPARE(strong, 3);
    QVERIFY(scene().nodeItem(NodeRef::stage(StageId{0}))->opacity() < 1);
    int edges = 0;
    for (const auto &edge : scene().edgeItems())
        edges += edge->opacity() == 1.0 ? 1 : 0;
    QCOMPARE(edges, 2);

    explain().follow(QStringLiteral("#line-4")); // FROM runtime's line; the way stays
    QVERIFY(explain().showsChain());
    QTest::keyClick(f->page()->graph(), Qt::Key_Escape);
    QVERIFY(!explain().showsChain());
    QVERIFY(scene().trail().empty());
    QCOMPARE(scene().nodeItem(NodeRef::stage(StageId{0}))->opacity(), 1.0);
    QVERIFY(!explain().plainText().contains(QStringLiteral("←"))); // a finding is back
}

void ExplainTest::theWayEndsWithTheText()
{
    f->window->actions().explainShell->trigger(); // nothing is selected: the stage that is built
    QVERIFY(explain().showsChain());
    QVERIFY(explain().plainText().contains(QStringLiteral("stage final")));
    auto change = edit::setBase(*f->page()->session().snapshot(), StageId{1}, "node:22-alpine");
    QVERIFY(change);
    f->page()->session().push(*change, Origin::Graph);
    QVERIFY(!explain().showsChain());
    QVERIFY(scene().trail().empty());
}

void ExplainTest::siblingsInATable()
{
    f->window->panels().compareImages(StageId{2}); // built on runtime: runtime's image counts
    ImageComparison *dialog = comparison();
    QVERIFY(dialog);
    QTRY_VERIFY(dialog->isVisible());
    auto &model = const_cast<ComparisonModel &>(dialog->model());
    QAbstractItemModelTester tester(&model);
    const int asked = model.askedRow();
    QVERIFY(asked >= 0);
    QCOMPARE(model.index(asked, 0).data().toString(), QStringLiteral("gcr.io/distroless/nodejs22-debian13"));
    const auto row = [&](const QString &name) {
        for (int i = 0; i < model.rowCount(); ++i) {
            if (model.index(i, 0).data().toString() == name)
                return i;
        }
        return -1;
    };
    const int alpine = row(QStringLiteral("node:22-alpine"));
    QVERIFY(alpine >= 0);
    QVERIFY(row(QStringLiteral("node:22")) >= 0);
    QCOMPARE(model.index(alpine, ComparisonModel::LibcColumn).data().toString(), QStringLiteral("musl"));
    QVERIFY(model.index(alpine, ComparisonModel::LibcColumn).data(ComparisonModel::DiffersRole).toBool());
    QVERIFY(!model.index(asked, ComparisonModel::LibcColumn).data(ComparisonModel::DiffersRole).toBool());
    QCOMPARE(model.index(asked, ComparisonModel::ShellColumn).data().toString(), QStringLiteral("none"));
    QVERIFY(!dialog->useButton().isEnabled()); // it is in use

    dialog->choose(alpine);
    QVERIFY(dialog->useButton().isEnabled());
    QCOMPARE(dialog->preview().lines().size(), 2U);
    QVERIFY(std::ranges::count(dialog->changes().gone, "SW001", &Diagnostic::ruleId) == 1);
    dialog->reject();
}

void ExplainTest::usingASibling()
{
    const QByteArray before = f->text();
    Selection build;
    build.nodes = {NodeRef::stage(StageId{0})};
    f->page()->session().select(build, this);
    f->window->actions().compareImages->trigger();
    ImageComparison *dialog = comparison();
    QVERIFY(dialog);
    const ComparisonModel &model = dialog->model();
    QCOMPARE(model.index(model.askedRow(), 0).data().toString(), QStringLiteral("node:22-alpine"));
    QTest::keyClick(&dialog->table(), Qt::Key_Up); // node:22-bookworm-slim
    QCOMPARE(dialog->table().currentIndex().row(), model.askedRow() - 1);
    const QString chosen = model.index(model.askedRow() - 1, 0).data().toString();
    QTest::mouseClick(&dialog->useButton(), Qt::LeftButton);
    QCOMPARE(f->text(), QByteArray(before).replace("node:22-alpine", chosen.toUtf8()));
    QCOMPARE(f->page()->session().undoStack()->count(), 1);
    QVERIFY(f->page()->session().undoStack()->undoText().contains(chosen));
    f->page()->session().undoStack()->undo();
    QCOMPARE(f->text(), before);
    QTRY_VERIFY(!comparison());
}

void ExplainTest::siblingsFromTheGraph()
{
    Q_EMIT f->page()->graph()->comparisonWanted(StageId{1});
    QVERIFY(comparison());
    comparison()->reject();
    QTRY_VERIFY(!comparison());
    Q_EMIT f->page()->graph()->shellChainWanted(StageId{1});
    QVERIFY(explain().plainText().contains(QStringLiteral("stage runtime")));
}

void ExplainTest::siblingsFromThePalette()
{
    Q_EMIT f->window->panels().palette().comparisonWanted(QStringLiteral("node:24-alpine"));
    ImageComparison *dialog = comparison();
    QVERIFY(dialog);
    QVERIFY(dialog->useButton().isEnabled());
    const std::size_t stages = f->page()->session().snapshot()->graph().stages().size();
    QTest::mouseClick(&dialog->useButton(), Qt::LeftButton);
    QCOMPARE(f->page()->session().snapshot()->graph().stages().size(), stages + 1);
    QVERIFY(f->text().contains("FROM node:24-alpine"));
}

void ExplainTest::noSiblings()
{
    QSignalSpy messages(&f->window->panels(), &Panels::message);
    f->window->panels().compareImage(QStringLiteral("registry.example/team/app:1"));
    QCOMPARE(messages.size(), 1);
    QVERIFY(!comparison());
}

QTEST_MAIN(ExplainTest)
#include "tst_explain.moc"
