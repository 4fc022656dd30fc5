// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "SizesFixture.h"

#include "graph/GraphModel.h"
#include "layers/EmptyState.h"
#include "layers/LayersModel.h"
#include "layers/LayersPanel.h"
#include "layers/LayersTable.h"
#include "layers/SizeColours.h"
#include "layers/SizeSummary.h"
#include "layers/StageBars.h"
#include "lint/Linter.h"
#include "session/DocumentSession.h"
#include "text/CodeEdit.h"
#include "theme/Theme.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>

#include <memory>

using namespace stagewright;

namespace {

constexpr std::uint64_t mb = 1'000'000;

} // namespace

/// What a build measured, in the views and through edits.
class LayersTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void sizesFollowTheText();
    void anUndoBringsThemBack();
    void otherOptionsMakeThemOld();
    void whatAStageInherits();
    void triggersOfTheBase();
    void table();
    void tableIsSortedBySize();
    void bars();
    void keysInTheBars();
    void treemap();
    void treemapForScreenReaders();
    void selectionBothWays();
    void summary();
    void summaryOfASingleStage();
    void insightAboutDeletedFiles();
    void nothingMeasured();
    void estimatesAreNoMeasurements();
    void cardsAndEdges();
    void gutter();
    void coloursAreLegible();

private:
    [[nodiscard]] InstructionId at(std::uint32_t line) const { return onLine(*session->snapshot(), line); }
    void replace(const char *what, const char *with);

    Linter linter{Catalog::builtIn()};
    Theme theme;
    std::unique_ptr<DocumentSession> session;
};

void LayersTest::init()
{
    theme.setMode(ThemeMode::Light);
    theme.setMotionEnabled(false);
    session = std::make_unique<DocumentSession>(linter);
    session->load(*SourceText::fromBytes(sizesSample));
    session->setMeasuredBuild(measuredSample());
}

void LayersTest::cleanup()
{
    session.reset();
}

void LayersTest::replace(const char *what, const char *with)
{
    std::string text(session->snapshot()->text().bytes());
    const std::size_t found = text.find(what);
    QVERIFY(found != std::string::npos);
    text.replace(found, std::strlen(what), with);
    session->push(EditTransaction::difference(session->snapshot()->text(), *SourceText::fromBytes(text)), Origin::Text);
}

void LayersTest::sizesFollowTheText()
{
    QCOMPARE(session->sizes().bytesOf(at(5)), std::optional(206 * mb));
    QVERIFY(!session->sizes().isOutdated());
    replace("RUN npm ci\n", "# why\nENV A=1\nRUN npm ci\n");
    QCOMPARE(session->sizes().bytesOf(at(7)), std::optional(206 * mb)); // two lines further down
    QCOMPARE(session->sizes().bytesOf(at(6)), std::optional<std::uint64_t>());
    QVERIFY(session->sizes().isOutdated());
    replace("npm ci", "npm install");
    QCOMPARE(session->sizes().bytesOf(at(7)), std::optional<std::uint64_t>());
    const StageWeight &build = session->sizes().stages().front();
    QCOMPARE(build.total, 412 * mb); // what was built, was built
    QVERIFY(build.own[2].changed);
    QVERIFY(!build.own[3].changed);
}

void LayersTest::anUndoBringsThemBack()
{
    replace("RUN npm ci\n", "");
    QVERIFY(session->sizes().isOutdated());
    session->undoStack()->undo();
    QVERIFY(!session->sizes().isOutdated());
    QCOMPARE(session->sizes().bytesOf(at(5)), std::optional(206 * mb));
    session->load(*SourceText::fromBytes(sizesSample));
    QVERIFY(!session->sizes().isMeasured()); // another file
}

void LayersTest::otherOptionsMakeThemOld()
{
    AnalysisOptions options;
    options.buildArgs["X"] = "1";
    session->setOptions(options);
    QVERIFY(session->sizes().isOutdated());
}

void LayersTest::whatAStageInherits()
{
    MeasuredBuild build = measuredSample();
    const Snapshot &s = *build.snapshot;
    engine::StageBytes test;
    test.stage = s.graph().stageOf(onLine(s, 9));
    test.base = 161 * mb;
    test.instructions = build.stages.front().instructions;
    test.instructions.push_back({onLine(s, 10), test.stage, 5 * mb, {}});
    test.total = 417 * mb;
    build.stages.insert(build.stages.begin() + 1, test);
    const DocumentSizes sizes(build, s);
    const StageWeight *weight = sizes.stage(test.stage);
    QVERIFY(weight);
    QCOMPARE(weight->inherited, 251 * mb);
    QCOMPARE(weight->below(), 412 * mb);
    QCOMPARE(weight->added(), 5 * mb);
    QCOMPARE(weight->own.size(), std::size_t(1));
    QCOMPARE(weight->baseName, QStringLiteral("build"));
    QVERIFY(weight->onStage);
    QCOMPARE(sizes.bytesOf(onLine(s, 9)), std::optional(412 * mb));
}

void LayersTest::triggersOfTheBase()
{
    const SnapshotPtr s = snapshotOf("FROM alpine AS base\nONBUILD RUN touch /x\nFROM base\nRUN y\n");
    MeasuredBuild build;
    build.snapshot = s;
    engine::StageBytes stage;
    stage.stage = StageId(1);
    stage.base = 8;
    stage.instructions = {{onLine(*s, 3), StageId(1), 3, "RUN touch /x"}, {onLine(*s, 4), StageId(1), 4, "RUN y"}};
    stage.total = 15;
    build.stages.push_back(stage);
    const DocumentSizes sizes(build, *s);
    const StageWeight &weight = sizes.stages().front();
    QCOMPARE(weight.own.size(), std::size_t(2));
    QVERIFY(weight.own[0].trigger);
    QCOMPARE(weight.own[0].text, QStringLiteral("RUN touch /x"));
    QCOMPARE(sizes.bytesOf(onLine(*s, 3)), std::optional<std::uint64_t>(8)); // what the FROM starts with
    QCOMPARE(weight.added(), std::uint64_t(7));
}

void LayersTest::table()
{
    LayersModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setSizes(session->sizes());
    QCOMPARE(model.rowCount(), 6 + 5);
    const auto text = [&](int row, int column) { return model.index(row, column).data().toString(); };
    QCOMPARE(text(0, LayersModel::InstructionColumn), QStringLiteral("FROM node:22-alpine"));
    QCOMPARE(text(0, LayersModel::SizeColumn), QStringLiteral("161 MB"));
    QCOMPARE(text(0, LayersModel::OriginColumn), QStringLiteral("base image"));
    QCOMPARE(text(3, LayersModel::InstructionColumn), QStringLiteral("RUN npm ci"));
    QCOMPARE(text(3, LayersModel::ShareColumn), QStringLiteral("50 %"));
    QCOMPARE(text(3, LayersModel::CacheColumn), QStringLiteral("cached"));
    QCOMPARE(text(5, LayersModel::TimeColumn), QStringLiteral("11.8 s"));
    QCOMPARE(text(9, LayersModel::OriginColumn), QStringLiteral("setting")); // USER
    QCOMPARE(model.instructionAt(3), at(5));
    QCOMPARE(model.rowOf(at(13)), 7);
    QCOMPARE(model.rowOf(InstructionId::None), -1);
    model.setSizes({});
    QCOMPARE(model.rowCount(), 0);
}

void LayersTest::tableIsSortedBySize()
{
    LayersTable table(theme);
    table.setSizes(session->sizes());
    QAbstractItemModel *shown = table.model();
    const QAbstractItemModelTester tester(shown, QAbstractItemModelTester::FailureReportingMode::QtTest);
    qulonglong before = ~0ULL;
    for (int row = 0; row < shown->rowCount(); ++row) {
        const qulonglong bytes = shown->index(row, 0).data(LayersModel::BytesRole).toULongLong();
        QVERIFY(bytes <= before);
        before = bytes;
    }
    table.sortByColumn(LayersModel::InstructionColumn, Qt::AscendingOrder);
    QCOMPARE(shown->index(0, 0).data().toString(), QStringLiteral("FROM node:22-alpine")); // the order of the build
}

void LayersTest::bars()
{
    StageBars bars(theme);
    bars.resize(1100, 400);
    bars.QWidget::show();
    bars.setSizes(session->sizes());
    const QRectF base = bars.segmentRect({0, 0});
    const QRectF install = bars.segmentRect({0, 3});
    const QRectF copy = bars.segmentRect({1, 1});
    QVERIFY(bars.segmentRect({0, 1}).isEmpty()); // WORKDIR weighs nothing
    QVERIFY(std::abs(install.width() / base.width() - 206.0 / 161.0) < 0.03);
    // Both bars have one scale
    QVERIFY(std::abs(copy.width() / install.width() - 27.0 / 206.0) < 0.03);
    QVERIFY(install.left() >= base.right());
    QCOMPARE(bars.partAt(install.center().toPoint()), (StageBars::Part{0, 3}));
    QCOMPARE(bars.partAt(bars.lineRect({0, 3}).center().toPoint()), (StageBars::Part{0, 3}));
    QVERIFY(bars.tipOf({0, 3}).remove(u',').contains(QStringLiteral("206000000")));
    QSignalSpy chosen(&bars, &StageBars::chosen);
    QTest::mouseClick(bars.viewport(), Qt::LeftButton, {}, install.center().toPoint());
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.front().front().value<InstructionId>(), at(5));
}

void LayersTest::keysInTheBars()
{
    StageBars bars(theme);
    bars.resize(700, 200);
    bars.QWidget::show();
    bars.setSizes(session->sizes());
    bars.setCurrent(at(7));
    QCOMPARE(bars.current(), (StageBars::Part{0, 5}));
    QSignalSpy chosen(&bars, &StageBars::chosen);
    QTest::keyClick(&bars, Qt::Key_Down); // over the end of a stage
    QCOMPARE(bars.current(), (StageBars::Part{1, 0}));
    QTest::keyClick(&bars, Qt::Key_Up);
    QTest::keyClick(&bars, Qt::Key_PageDown);
    QTest::keyClick(&bars, Qt::Key_End);
    QCOMPARE(bars.current(), (StageBars::Part{1, 4}));
    QTest::keyClick(&bars, Qt::Key_Down); // nothing further down
    QCOMPARE(bars.current(), (StageBars::Part{1, 4}));
    QVERIFY(bars.accessibleDescription().contains(QStringLiteral("CMD")));
    QTest::keyClick(&bars, Qt::Key_Home);
    QCOMPARE(bars.current(), (StageBars::Part{0, 0}));
    QCOMPARE(chosen.size(), 5);
}

void LayersTest::treemapForScreenReaders()
{
    LayersTreemap tree;
    tree.setSizes(DocumentSizes(measuredSample(), *snapshotOf(sizesSample)));
    TreemapView view(theme);
    view.resize(700, 300);
    view.setSource(&tree);
    view.show();
    QAccessibleInterface *map = QAccessible::queryAccessibleInterface(&view);
    QVERIFY(map);
    QCOMPARE(map->role(), QAccessible::List);
    QCOMPARE(map->childCount(), static_cast<int>(view.tiles().size()) - 1); // all but the one around them
    const auto named = [&](const QString &name) -> QAccessibleInterface * {
        for (int i = 0; i < map->childCount(); ++i) {
            if (map->child(i)->text(QAccessible::Name) == name)
                return map->child(i);
        }
        return nullptr;
    };
    QAccessibleInterface *install = named(QStringLiteral("RUN npm ci"));
    QVERIFY(install);
    QCOMPARE(install->text(QAccessible::Description), QStringLiteral("206 MB, in build"));
    QCOMPARE(map->child(map->indexOfChild(install)), install);
    QCOMPARE(map->childAt(install->rect().center().x(), install->rect().center().y()), install);
    QVERIFY(!install->state().selected);
    QSignalSpy chosen(&view, &TreemapView::chosen);
    install->actionInterface()->doAction(QAccessibleActionInterface::setFocusAction());
    QCOMPARE(chosen.size(), 1);
    QVERIFY(install->state().selected);
    // Into a group, by the keyboard of whoever does not see it
    QAccessibleInterface *final = named(QStringLiteral("stage-2"));
    QVERIFY(final);
    final->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QVERIFY(!install->isValid() && install->rect().isEmpty());
    QTest::keyClick(&view, Qt::Key_Backspace);
    QVERIFY(install->isValid());
}

void LayersTest::treemap()
{
    LayersTreemap tree;
    tree.setSizes(session->sizes());
    TreemapView view(theme);
    view.resize(800, 300);
    view.show();
    view.setSource(&tree);
    double areas[2] = {};
    for (const TreemapView::Tile &tile : view.tiles()) {
        QVERIFY(QRectF(view.rect()).contains(tile.rect));
        if (tile.node == tree.nodeOf(at(5)))
            areas[0] = tile.rect.width() * tile.rect.height();
        if (tile.node == tree.nodeOf(at(7)))
            areas[1] = tile.rect.width() * tile.rect.height();
    }
    QVERIFY(std::abs(areas[0] / areas[1] - 206 / 43.5) < 0.2);
    QCOMPARE(tree.nodeOf(at(3)), -1); // weighs nothing
    QSignalSpy chosen(&view, &TreemapView::chosen);
    view.setCurrent(tree.nodeOf(at(5)));
    QCOMPARE(chosen.size(), 0);
    for (const Qt::Key key : {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down})
        QTest::keyClick(&view, key);
    QVERIFY(chosen.size() >= 1);
    view.setCurrent(tree.nodeOf(at(7)));
    QTest::keyClick(&view, Qt::Key_Return); // into its stage
    QCOMPARE(tree.label(view.top()), QStringLiteral("build"));
    QCOMPARE(view.current(), tree.nodeOf(at(7)));
    QTest::keyClick(&view, Qt::Key_Backspace);
    QCOMPARE(view.top(), 0);
    tree.setSizes({});
    view.sourceChanged();
    QVERIFY(view.tiles().empty());
}

void LayersTest::selectionBothWays()
{
    LayersPanel panel(theme);
    panel.resize(1200, 260);
    panel.show();
    panel.setSession(session.get());
    QVERIFY(!panel.isEmpty());
    session->select({{}, {at(5)}, {}}, nullptr);
    QCOMPARE(panel.bars().current(), (StageBars::Part{0, 3}));
    QCOMPARE(panel.table().currentIndex().data().toString(), QStringLiteral("RUN npm ci"));
    QTest::keyClick(&panel.bars(), Qt::Key_Down);
    QCOMPARE(session->selection().instructions, std::vector{at(6)});
    QCOMPARE(panel.table().currentIndex().data().toString(), QStringLiteral("COPY . ."));
    panel.setView(LayersPanel::View::Table);
    QTest::keyClick(&panel.table(), Qt::Key_Up);
    QVERIFY(session->selection().instructions != std::vector{at(6)});
    const InstructionId now = session->selection().instructions.front();
    session->select({}, nullptr);
    QVERIFY(!panel.table().currentIndex().isValid());
    QCOMPARE(panel.bars().current().stage, -1);
    session->select({{}, {now}, {}}, nullptr);
    QVERIFY(panel.table().currentIndex().isValid());
    replace("RUN npm ci\n", ""); // views follow an edit without selecting anything
    panel.setSession(nullptr);
    QVERIFY(panel.isEmpty());
}

void LayersTest::summary()
{
    SizeSummary summary(theme);
    summary.showSizes(session->sizes(), *session->snapshot(), std::nullopt);
    QString headline = summary.headline();
    headline.replace(QChar::Nbsp, u' ');
    QCOMPARE(headline, QStringLiteral("build 412 MB → final 131 MB"));
    QCOMPARE(summary.badge(), QStringLiteral("−68 %"));
    QCOMPARE(summary.behind(), QStringLiteral("385 MB stay behind in build"));
    QVERIFY2(summary.insight().contains(QStringLiteral("RUN npm ci is the heaviest layer: 206 MB, 50 % of build.")),
             qPrintable(summary.insight()));
    QVERIFY(summary.insight().contains(QStringLiteral("27 MB")));
}

void LayersTest::summaryOfASingleStage()
{
    const SnapshotPtr s = snapshotOf("FROM alpine\nRUN x\n");
    MeasuredBuild build;
    build.snapshot = s;
    engine::StageBytes stage;
    stage.stage = StageId(0);
    stage.base = 8 * mb;
    stage.total = 20 * mb;
    stage.instructions = {{onLine(*s, 2), StageId(0), 12 * mb, "x"}};
    build.stages.push_back(stage);
    SizeSummary summary(theme);
    summary.showSizes(DocumentSizes(build, *s), *s, std::nullopt);
    QCOMPARE(summary.badge(), QString());
    QCOMPARE(summary.behind(), QStringLiteral("8.0 MB from alpine, 12 MB added by this file"));
}

void LayersTest::insightAboutDeletedFiles()
{
    WasteFacts waste;
    waste.total = 131 * mb;
    waste.wasted = 40 * mb;
    const auto insight = [&] { return sizeInsight(session->sizes(), *session->snapshot(), waste); };
    QVERIFY(insight().contains(QStringLiteral("never seen")));
    waste.deleted = DeletedLater{QStringLiteral("RUN rm -rf /x"), QStringLiteral("RUN make"), {}, 30 * mb};
    QVERIFY(insight().contains(QStringLiteral("30 MB")));
    QVERIFY(insight().contains(QStringLiteral("RUN make")));
    waste.deleted->bytes = 1000; // not worth a sentence
    waste.wasted = 1000;
    QVERIFY(!insight().contains(QStringLiteral("RUN make")));
    QVERIFY(!insight().contains(QStringLiteral("never seen")));
}

void LayersTest::nothingMeasured()
{
    session->setMeasuredBuild(std::nullopt);
    LayersPanel panel(theme);
    panel.setSession(session.get());
    QVERIFY(panel.isEmpty());
    QCOMPARE(panel.emptyState().title(), QStringLiteral("Nothing has been built yet"));
    panel.setNotice(QStringLiteral("circle-x"), QStringLiteral("No engine"), QStringLiteral("Install one"));
    QCOMPARE(panel.emptyState().title(), QStringLiteral("No engine"));
    session->setMeasuredBuild(measuredSample());
    QVERIFY(!panel.isEmpty());
}

void LayersTest::estimatesAreNoMeasurements()
{
    session->setMeasuredBuild(std::nullopt);
    session->setSizeEstimator([](const Snapshot &snapshot) {
        SizeEstimates guesses;
        for (const Stage &stage : snapshot.graph().stages())
            guesses[stage.id] = {131 * mb, false, QStringLiteral("From the catalogue.")};
        return guesses;
    });
    QVERIFY(!session->sizes().isMeasured());
    QCOMPARE(session->sizes().bytesOf(at(12)), std::optional<std::uint64_t>());
    QCOMPARE(estimateText(*session->sizes().estimateOf(StageId(2))), QStringLiteral("≈ 131 MB"));
    LayersPanel panel(theme);
    panel.setSession(session.get());
    QVERIFY(panel.isEmpty());
    QVERIFY(panel.emptyState().text().contains(QStringLiteral("an estimate, not a measurement: ≈ 131 MB")));
    session->setMeasuredBuild(measuredSample());
    QVERIFY(!session->sizes().estimateOf(StageId(2))); // measured
    QVERIFY(session->sizes().estimateOf(StageId(1)));  // the test stage was not
}

void LayersTest::cardsAndEdges()
{
    const GraphModel model
        = buildGraphModel(*session->snapshot(), session->diagnostics(), linter.catalog(), theme, &session->sizes());
    const NodeView &build = model.nodes[0];
    QCOMPARE(build.size, QStringLiteral("412 MB"));
    QVERIFY(build.sizeFirm);
    QCOMPARE(build.rows[0].aside, QStringLiteral("161 MB"));
    QCOMPARE(build.rows[3].aside, QStringLiteral("206 MB"));
    QVERIFY(build.rows[3].weighed);
    const NodeView &last = model.nodes[2];
    QCOMPARE(last.size, QStringLiteral("131 MB"));
    QCOMPARE(last.rows[2].aside, QStringLiteral("0 B")); // WORKDIR
    QCOMPARE(last.rows[3].aside, QString());             // USER is a setting
    QCOMPARE(model.nodes[1].size, QString());            // not built
    bool copied = false;
    bool sent = false;
    for (const EdgeView &edge : model.edges) {
        copied = copied || (edge.kind == EdgeKind::CopyFrom && edge.label.endsWith(QStringLiteral("27 MB")));
        sent = sent || (edge.kind == EdgeKind::CopyContext && edge.label == QStringLiteral("1.2 MB"));
    }
    QVERIFY(copied);
    QVERIFY(sent);
    const GraphModel plain = buildGraphModel(*session->snapshot(), {}, linter.catalog(), theme);
    QCOMPARE(plain.nodes[0].size, QString());
}

void LayersTest::gutter()
{
    CodeEdit edit(*session, theme);
    const int with = edit.gutterWidth();
    session->setMeasuredBuild(std::nullopt);
    const int without = edit.gutterWidth();
    QVERIFY(with > without + 30); // the column is there only while sizes are
    session->setMeasuredBuild(measuredSample());
    QCOMPARE(edit.gutterWidth(), with);
    edit.resize(600, 400);
    edit.show();
    QVERIFY(!edit.grab().isNull());
}

void LayersTest::coloursAreLegible()
{
    for (const bool dark : {false, true}) {
        const Tokens t = tokensFor(dark);
        QVERIFY(contrast(baseColours(t).text, baseColours(t).fill) >= 4.5);
        for (const StageRole role : {StageRole::Builder, StageRole::Test, StageRole::Final}) {
            for (double weight = 0; weight <= 1; weight += 0.05) {
                const PartColours colours = ownColours(t, role, weight);
                QVERIFY2(contrast(colours.text, colours.fill) >= 4.5,
                         qPrintable(QStringLiteral("%1 role %2 weight %3: %4")
                                        .arg(dark)
                                        .arg(static_cast<int>(role))
                                        .arg(weight)
                                        .arg(contrast(colours.text, colours.fill))));
            }
        }
    }
}

QTEST_MAIN(LayersTest)
#include "tst_layers.moc"
