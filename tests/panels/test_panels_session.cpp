// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/Linter.h"
#include "panels/DiagnosticsModel.h"
#include "panels/ExplainPanel.h"
#include "panels/FixPopup.h"
#include "panels/LineDiff.h"
#include "panels/OutlineModel.h"
#include "panels/OutlinePanel.h"
#include "panels/ProblemsPanel.h"
#include "session/DocumentSession.h"
#include "theme/Theme.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QDir>
#include <QLineEdit>
#include <QMimeData>
#include <QPainter>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>
#include <QUndoStack>

using namespace stagewright;

namespace {

constexpr auto Sample = R"(# Stage 1: Build the app
FROM node:22-alpine AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci

FROM build AS test
RUN npm test

FROM gcr.io/distroless/nodejs22-debian12
COPY --from=build /app /app
WORKDIR /app
RUN mkdir /data
CMD ["app.js"]
)";

SourceText source(std::string bytes)
{
    auto text = SourceText::fromBytes(std::move(bytes));
    return text ? *text : SourceText();
}

QStringList printed(const QAbstractItemModel &model, const QModelIndex &parent = {}, const QString &indent = {})
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        lines << indent + index.data().toString();
        lines += printed(model, index, indent + QStringLiteral("  "));
    }
    return lines;
}

} // namespace

class TestPanelsSession : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void diagnosticsModelEqualsTheSession();
    void problemsKeepTheirPlace();
    void problemsFilter();
    void problemsReveal();
    void problemsFollowTheSelection();
    void problemsFixButton();
    void problemsLightTheRowUnderTheMouse();
    void outlineShowsStages();
    void outlineEqualsTheSession();
    void outlineDrags_data();
    void outlineDrags();
    void outlineRenames();
    void outlineDeletes();
    void outlineFollowsTheSelection();
    void outlineKeepsWhatIsOpen();
    void explains();
    void popupApplies();
    void popupClosesWhenTheTextChanges();
    void lineDiffs_data();
    void lineDiffs();
    void sessionsComeAndGo();
    void looks_data();
    void looks();

private:
    [[nodiscard]] std::string bytes() const { return std::string(m_session->snapshot()->text().bytes()); }
    void insert(Offset at, std::string text, Origin origin = Origin::Graph)
    {
        EditTransaction edits("Edit");
        edits.insert(at, std::move(text));
        m_session->push(std::move(edits), origin);
    }
    [[nodiscard]] const Diagnostic *errorWithFix() const
    {
        const auto found = std::ranges::find_if(
            m_session->diagnostics(), [](const Diagnostic &d) { return d.severity == Severity::Error && d.fixable; });
        return found == m_session->diagnostics().end() ? nullptr : &*found;
    }
    void compareProblems(const DiagnosticsModel &model) const;

    Linter m_linter{Catalog::builtIn()};
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<DocumentSession> m_session;
};

void TestPanelsSession::initTestCase()
{
    m_theme = std::make_unique<Theme>();
    m_theme->setMode(ThemeMode::Light);
    applyTheme(*m_theme);
}

void TestPanelsSession::init()
{
    m_session = std::make_unique<DocumentSession>(m_linter);
    m_session->load(source(Sample));
    QVERIFY(errorWithFix());
}

void TestPanelsSession::cleanup()
{
    m_session.reset();
}

void TestPanelsSession::compareProblems(const DiagnosticsModel &model) const
{
    const auto &findings = m_session->diagnostics();
    QCOMPARE(model.rowCount(), int(findings.size()));
    for (int row = 0; row < model.rowCount(); ++row) {
        const Diagnostic &finding = findings[std::size_t(row)];
        QCOMPARE(model.index(row, DiagnosticsModel::RuleColumn).data().toString().toStdString(),
                 std::string(finding.ruleId));
        QCOMPARE(model.index(row, DiagnosticsModel::LineColumn).data().toUInt(), finding.line);
    }
}

void TestPanelsSession::diagnosticsModelEqualsTheSession()
{
    DiagnosticsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    DiagnosticsFilter filter;
    const QAbstractItemModelTester filterTester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    filter.setSourceModel(&model);
    model.setSession(m_session.get());
    compareProblems(model);
    QRandomGenerator random(7);
    const std::string lines[]{"RUN x\n", "NONSENSE\n", "FROM scratch\nRUN y\n", "COPY --from=nobody a b\n",
                              "# c\n",   "CMD z\n"};
    for (int step = 0; step < 80; ++step) {
        const SourceText &text = m_session->snapshot()->text();
        const std::uint32_t line = 1 + random.bounded(text.lineCount());
        if (random.bounded(3U) == 0)
            m_session->undoStack()->undo();
        else if (random.bounded(3U) == 0) {
            EditTransaction edits("Delete");
            edits.remove(text.lineWithEnding(line));
            m_session->push(std::move(edits), Origin::Graph);
        } else {
            insert(text.line(line).begin, lines[random.bounded(6U)]);
        }
        compareProblems(model);
        if (QTest::currentTestFailed())
            return;
    }
}

void TestPanelsSession::problemsKeepTheirPlace()
{
    ProblemsPanel panel(*m_theme);
    panel.setSession(m_session.get());
    const Diagnostic *error = errorWithFix();
    m_session->reveal(error->range, nullptr);
    const QModelIndex current = panel.view().currentIndex();
    QVERIFY(current.isValid());
    const QString title = current.siblingAtColumn(DiagnosticsModel::MessageColumn).data().toString();
    insert(0, "# one more line\n");
    // Another finding above; the current one stays.
    insert(m_session->snapshot()->text().line(3).begin, "NONSENSE\n");
    QCOMPARE(panel.view().currentIndex().siblingAtColumn(DiagnosticsModel::MessageColumn).data().toString(), title);
}

void TestPanelsSession::problemsFilter()
{
    insert(m_session->snapshot()->text().size(), "MAINTAINER me\n");
    ProblemsPanel panel(*m_theme);
    panel.setSession(m_session.get());
    const QAbstractItemModel &rows = *panel.view().model();
    const int all = rows.rowCount();
    QCOMPARE(all, panel.count());
    const int errors = panel.model().count(Severity::Error);
    QVERIFY(errors > 0 && errors < all);
    panel.setShown(Severity::Warning, false);
    panel.setShown(Severity::Info, false);
    QCOMPARE(rows.rowCount(), errors);
    panel.setShown(Severity::Error, false);
    QCOMPARE(rows.rowCount(), 0);
    panel.setShown(Severity::Error, true);
    panel.setShown(Severity::Warning, true);
    panel.setShown(Severity::Info, true);
    QCOMPARE(rows.rowCount(), all);
    // Worst first.
    int last = 0;
    for (int row = 0; row < all; ++row) {
        const int severity = rows.index(row, 0).data(DiagnosticsModel::SeverityRole).toInt();
        QVERIFY(severity >= last);
        last = severity;
    }
    const auto buttons = panel.filterBar()->findChildren<QAbstractButton *>();
    QCOMPARE(buttons.size(), 3);
    QVERIFY2(buttons[0]->text().startsWith(QString::number(errors)), qPrintable(buttons[0]->text()));
}

void TestPanelsSession::problemsReveal()
{
    ProblemsPanel panel(*m_theme);
    panel.setSession(m_session.get());
    panel.show();
    QSignalSpy revealed(m_session.get(), &DocumentSession::revealRequested);
    QSignalSpy activated(&panel, &ProblemsPanel::activated);
    panel.view().setFocus();
    panel.view().setCurrentIndex(panel.view().model()->index(0, 0));
    QCOMPARE(revealed.count(), 1);
    QTest::keyClick(&panel.view(), Qt::Key_Return);
    QCOMPARE(revealed.count(), 2);
    QCOMPARE(activated.count(), 1);
    QCOMPARE(revealed[1][0].value<TextRange>(),
             m_session->diagnostics()[0].severity == Severity::Error ? m_session->diagnostics()[0].range
                                                                     : revealed[0][0].value<TextRange>());
}

void TestPanelsSession::problemsFollowTheSelection()
{
    ProblemsPanel panel(*m_theme);
    panel.setSession(m_session.get());
    QSignalSpy revealed(m_session.get(), &DocumentSession::revealRequested);
    Selection selection;
    selection.instructions = {errorWithFix()->instruction};
    m_session->select(selection, this);
    QVERIFY(panel.view().currentIndex().isValid());
    selection.instructions = {InstructionId(1)};
    m_session->select(selection, this);
    QCOMPARE(revealed.count(), 0);
    QCOMPARE(m_session->selection(), selection);
}

void TestPanelsSession::problemsLightTheRowUnderTheMouse()
{
    insert(m_session->snapshot()->text().size(), "MAINTAINER me\n");
    ProblemsPanel panel(*m_theme);
    panel.resize(900, 300);
    panel.setSession(m_session.get());
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    QWidget *viewport = panel.view().viewport();
    const auto litRows = [&] {
        const QImage image = viewport->grab().toImage();
        QList<int> rows;
        for (int row = 0; row < panel.view().model()->rowCount(); ++row) {
            // The upper left corner, where nothing is written.
            const QPoint corner = panel.view().visualRect(panel.view().model()->index(row, 0)).topLeft() + QPoint(2, 2);
            if (image.pixelColor(corner * image.devicePixelRatio()) == m_theme->tokens().hover)
                rows << row;
        }
        return rows;
    };
    const QPoint first = panel.view().visualRect(panel.view().model()->index(0, 0)).center();
    QTest::mouseMove(viewport, first);
    QTRY_COMPARE(litRows(), QList<int>{0});
    // A finding that is as bad and stands before it: the rows move, the mouse does not.
    insert(m_session->snapshot()->text().line(2).begin, "NONSENSE\n");
    QCOMPARE_GT(panel.view().model()->rowCount(), 1);
    QTRY_COMPARE(litRows(), QList<int>{0});
    QTest::mouseMove(viewport, QPoint(first.x(), viewport->height() - 2));
    QTRY_COMPARE(litRows(), QList<int>{});
}

void TestPanelsSession::problemsFixButton()
{
    ProblemsPanel panel(*m_theme);
    panel.resize(900, 200);
    panel.setSession(m_session.get());
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    const QModelIndex cell = panel.view().model()->index(0, DiagnosticsModel::FixColumn);
    QVERIFY(cell.data(DiagnosticsModel::FixCountRole).toInt() > 0);
    const QRect rect = panel.view().visualRect(cell);
    QTest::mouseClick(panel.view().viewport(), Qt::LeftButton, {}, QPoint(rect.right() - 20, rect.center().y()));
    QPointer<FixPopup> popup = panel.findChild<FixPopup *>();
    QVERIFY(popup);
    // One more: to ignore the finding.
    QCOMPARE(int(popup->fixes().size()), cell.data(DiagnosticsModel::FixCountRole).toInt() + 1);
    QTest::keyClick(popup, Qt::Key_Escape);
    QTRY_VERIFY(!popup);
    QCOMPARE(bytes(), std::string(Sample));
}

void TestPanelsSession::outlineShowsStages()
{
    OutlineModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_session->load(
        source("ARG V=1\nFROM a AS x\nRUN --mount=type=cache,target=/c \\\n  # note\n  make\n\nFROM x\ncopy . .\n"));
    model.setSession(m_session.get());
    QCOMPARE(printed(model),
             (QStringList{QStringLiteral("Before the first stage"), QStringLiteral("  ARG V=1"), QStringLiteral("x"),
                          QStringLiteral("  RUN --mount=type=cache,target=/c make"), QStringLiteral("stage-1"),
                          QStringLiteral("  COPY . .")}));
    QCOMPARE(model.index(2, 0).data(OutlineModel::CaptionRole).toString(), QStringLiteral("final target"));
    QCOMPARE(model.indexOfInstruction(InstructionId(1)), model.index(1, 0)); // A FROM is its stage.
    QCOMPARE(model.instructionAt(model.index(0, 0, model.index(2, 0))), InstructionId(4));
    // A multi-line instruction is not edited in a field of one line.
    QVERIFY(!(model.flags(model.index(0, 0, model.index(1, 0))) & Qt::ItemIsEditable));
    QVERIFY(model.flags(model.index(0, 0, model.index(2, 0))) & Qt::ItemIsEditable);
}

void TestPanelsSession::outlineEqualsTheSession()
{
    OutlineModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setSession(m_session.get());
    QRandomGenerator random(3);
    const std::string lines[]{"RUN x\n", "FROM y AS z\n", "ARG A\n", "\n", "RUN <<E\n", "E\n"};
    for (int step = 0; step < 80; ++step) {
        const SourceText &text = m_session->snapshot()->text();
        const std::uint32_t line = 1 + random.bounded(text.lineCount());
        if (random.bounded(4U) == 0)
            m_session->undoStack()->undo();
        else if (random.bounded(3U) == 0) {
            EditTransaction edits("Delete");
            edits.remove(text.lineWithEnding(line));
            m_session->push(std::move(edits), Origin::Graph);
        } else {
            insert(text.line(line).begin, lines[random.bounded(6U)]);
        }
        OutlineModel fresh;
        fresh.setSession(m_session.get());
        QCOMPARE(printed(model), printed(fresh));
        if (QTest::currentTestFailed())
            return;
    }
}

void TestPanelsSession::outlineDrags_data()
{
    QTest::addColumn<QList<int>>("from");
    QTest::addColumn<QList<int>>("to");
    QTest::addColumn<int>("row");
    QTest::addColumn<QString>("result");
    const auto text = [](const char *result) { return QString::fromLatin1(result); };
    QTest::newRow("down") << QList<int>{0, 0} << QList<int>{0} << 2
                          << text("FROM a AS x\nRUN 2\nRUN 1\nFROM b AS y\nRUN 3\n");
    QTest::newRow("up") << QList<int>{0, 1} << QList<int>{0} << 0
                        << text("FROM a AS x\nRUN 2\nRUN 1\nFROM b AS y\nRUN 3\n");
    QTest::newRow("to another stage") << QList<int>{0, 1} << QList<int>{1} << 0
                                      << text("FROM a AS x\nRUN 1\nFROM b AS y\nRUN 2\nRUN 3\n");
    QTest::newRow("onto a stage") << QList<int>{0, 0} << QList<int>{1} << -1
                                  << text("FROM a AS x\nRUN 2\nFROM b AS y\nRUN 3\nRUN 1\n");
    QTest::newRow("onto an instruction") << QList<int>{0, 0} << QList<int>{1, 0} << -1
                                         << text("FROM a AS x\nRUN 2\nFROM b AS y\nRUN 1\nRUN 3\n");
    QTest::newRow("to its place") << QList<int>{0, 0} << QList<int>{0} << 1 << QString();
    QTest::newRow("a stage down") << QList<int>{0} << QList<int>{} << 2
                                  << text("FROM b AS y\nRUN 3\nFROM a AS x\nRUN 1\nRUN 2\n");
    QTest::newRow("a stage to its place") << QList<int>{0} << QList<int>{} << 1 << QString();
}

void TestPanelsSession::outlineDrags()
{
    QFETCH(QList<int>, from);
    QFETCH(QList<int>, to);
    QFETCH(int, row);
    QFETCH(QString, result);
    const std::string before = "FROM a AS x\nRUN 1\nRUN 2\nFROM b AS y\nRUN 3\n";
    m_session->load(source(before));
    OutlineModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setSession(m_session.get());
    const auto at = [&](const QList<int> &path) {
        QModelIndex index;
        for (const int step : path)
            index = model.index(step, 0, index);
        return index;
    };
    const std::unique_ptr<QMimeData> data(model.mimeData({at(from)}));
    model.dropMimeData(data.get(), Qt::MoveAction, row, 0, at(to));
    QCOMPARE(QString::fromStdString(bytes()), result.isEmpty() ? QString::fromStdString(before) : result);
    // What was picked up before the text changed is not dropped any more.
    const std::string now = bytes();
    insert(0, "# x\n");
    model.dropMimeData(data.get(), Qt::MoveAction, row, 0, at(to));
    QCOMPARE(bytes(), "# x\n" + now);
}

void TestPanelsSession::outlineRenames()
{
    OutlinePanel panel(*m_theme);
    panel.setSession(m_session.get());
    panel.show();
    panel.view().setFocus();
    panel.view().setCurrentIndex(panel.model().index(0, 0));
    QTest::keyClick(&panel.view(), Qt::Key_F2);
    auto *field = panel.view().viewport()->findChild<QLineEdit *>();
    QVERIFY(field);
    QCOMPARE(field->text(), QStringLiteral("build"));
    field->setText(QStringLiteral("compile"));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY(bytes().find("AS compile\n") != std::string::npos);
    QVERIFY(bytes().find("--from=compile ") != std::string::npos);
    QVERIFY(bytes().find("FROM compile AS test") != std::string::npos);
    m_session->undoStack()->undo();
    QCOMPARE(bytes(), std::string(Sample));
    QSignalSpy refused(&panel, &OutlinePanel::message);
    panel.model().setData(panel.model().index(0, 0), QStringLiteral("not a name"), Qt::EditRole);
    QCOMPARE(refused.count(), 1);
    QCOMPARE(bytes(), std::string(Sample));
    panel.model().setData(panel.model().index(0, 0, panel.model().index(0, 0)), QStringLiteral("WORKDIR /srv"),
                          Qt::EditRole);
    QVERIFY(bytes().find("\nWORKDIR /srv\n") != std::string::npos);
}

void TestPanelsSession::outlineDeletes()
{
    OutlinePanel panel(*m_theme);
    panel.setSession(m_session.get());
    QSignalSpy refused(&panel, &OutlinePanel::message);
    const QModelIndex build = panel.model().index(0, 0);
    panel.view().setCurrentIndex(panel.model().index(0, 0, build));
    QTest::keyClick(&panel.view(), Qt::Key_Delete);
    QTest::keyClick(&panel.view(), Qt::Key_Delete); // The next one.
    QVERIFY(bytes().starts_with("# Stage 1: Build the app\nFROM node:22-alpine AS build\nRUN npm ci\n"));
    panel.view().setCurrentIndex(panel.model().index(0, 0));
    QTest::keyClick(&panel.view(), Qt::Key_Delete); // Others need it.
    QCOMPARE(refused.count(), 1);
    QVERIFY(!refused[0][0].toString().isEmpty());
    panel.view().setCurrentIndex(panel.model().index(1, 0));
    QTest::keyClick(&panel.view(), Qt::Key_Delete);
    QVERIFY(bytes().find("AS test") == std::string::npos);
    while (m_session->undoStack()->canUndo())
        m_session->undoStack()->undo();
    QCOMPARE(bytes(), std::string(Sample));
}

void TestPanelsSession::outlineFollowsTheSelection()
{
    OutlinePanel panel(*m_theme);
    panel.setSession(m_session.get());
    QSignalSpy revealed(m_session.get(), &DocumentSession::revealRequested);
    Selection selection;
    selection.instructions = {InstructionId(3)};
    m_session->select(selection, this);
    QCOMPARE(panel.model().instructionAt(panel.view().currentIndex()), InstructionId(3));
    selection = {};
    selection.nodes = {NodeRef::stage(StageId(2))};
    m_session->select(selection, this);
    QCOMPARE(panel.model().stageAt(panel.view().currentIndex()), StageId(2));
    QCOMPARE(revealed.count(), 0);
    panel.view().setCurrentIndex(panel.model().index(1, 0));
    QCOMPARE(revealed.count(), 1);
    QCOMPARE(m_session->selection().nodes, std::vector<NodeRef>{NodeRef::stage(StageId(1))});
}

void TestPanelsSession::outlineKeepsWhatIsOpen()
{
    OutlinePanel panel(*m_theme);
    panel.setSession(m_session.get());
    QVERIFY(panel.view().isExpanded(panel.model().index(0, 0)));
    QVERIFY(!panel.view().isExpanded(panel.model().index(1, 0))); // Not in the target.
    panel.view().setExpanded(panel.model().index(0, 0), false);
    insert(m_session->snapshot()->text().size(), "USER 1\n");
    QVERIFY(!panel.view().isExpanded(panel.model().index(0, 0)));
    QVERIFY(panel.view().isExpanded(panel.model().index(2, 0)));
}

void TestPanelsSession::explains()
{
    ExplainPanel panel(*m_theme);
    panel.resize(374, 400);
    QSignalSpy titles(&panel, &ExplainPanel::titleChanged);
    const Diagnostic error = *errorWithFix();
    panel.show(m_session.get(), error);
    QCOMPARE(titles.last()[0].toString(), QStringLiteral("Explain line %1").arg(error.line));
    QVERIFY(panel.plainText().contains(QString::fromStdString(error.title)));
    QVERIFY(panel.plainText().contains(QStringLiteral("gcr.io/distroless/nodejs22-debian12")));
    for (const Fix &fix : m_session->fixesFor(error))
        QVERIFY(panel.plainText().contains(QString::fromStdString(fix.title)));
    panel.show(m_session.get(), std::nullopt);
    QVERIFY(!panel.plainText().contains(QString::fromStdString(error.title)));
}

void TestPanelsSession::popupApplies()
{
    QWidget parent;
    parent.show();
    const Diagnostic error = *errorWithFix();
    QPointer<FixPopup> popup = FixPopup::open(*m_session, *m_theme, error, QRect(10, 10, 20, 20), &parent);
    QVERIFY(popup);
    const auto count = int(popup->fixes().size());
    if (count > 1) {
        QTest::keyClick(popup, Qt::Key_Tab);
        QCOMPARE(popup->current(), 1);
        QTest::keyClick(popup, Qt::Key_Home);
    }
    QCOMPARE(popup->current(), 0);
    const std::string expected(popup->fixes()[0].transaction.applyTo(m_session->snapshot()->text()).bytes());
    QTest::keyClick(popup, Qt::Key_1);
    QCOMPARE(bytes(), expected);
    QVERIFY(m_session->undoStack()->canUndo());
    QVERIFY(!m_session->undoStack()->undoText().isEmpty());
    QTRY_VERIFY(!popup);
    m_session->undoStack()->undo();
    QCOMPARE(bytes(), std::string(Sample));
    Diagnostic none = error;
    none.ruleId = "none";
    QVERIFY(!FixPopup::open(*m_session, *m_theme, none, QRect(), &parent));
}

void TestPanelsSession::popupClosesWhenTheTextChanges()
{
    QWidget parent;
    QPointer<FixPopup> popup = FixPopup::open(*m_session, *m_theme, *errorWithFix(), QRect(10, 10, 20, 20), &parent);
    QVERIFY(popup);
    insert(0, "# x\n");
    QTRY_VERIFY(!popup);
}

void TestPanelsSession::lineDiffs_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("diff");
    QTest::newRow("nothing") << "a\n" << "a\n" << "";
    QTest::newRow("changed") << "a\nb\nc\n" << "a\nx\nc\n" << "-2 b|+2 x";
    QTest::newRow("added") << "a\nb\n" << "a\nx\nb\n" << "+2 x";
    QTest::newRow("removed") << "a\nb\nc\n" << "a\nc\n" << "-2 b";
    QTest::newRow("at the end") << "a" << "a\nb" << "+2 b";
    QTest::newRow("crlf") << "a\r\nb\r\n" << "a\r\nx\r\n" << "-2 b|+2 x";
}

void TestPanelsSession::lineDiffs()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QString, diff);
    const SourceText text = source(before.toStdString());
    QStringList lines;
    for (const DiffLine &line : lineDiff(text, EditTransaction::difference(text, source(after.toStdString())), 20))
        lines << QStringLiteral("%1%2 %3")
                     .arg(line.kind == DiffLine::Kind::Removed ? QChar(u'-') : QChar(u'+'))
                     .arg(line.line)
                     .arg(QString::fromStdString(line.text));
    QCOMPARE(lines.join(u'|'), diff);
}

void TestPanelsSession::sessionsComeAndGo()
{
    ProblemsPanel problems(*m_theme);
    OutlinePanel outline(*m_theme);
    for (int i = 0; i < 2; ++i) {
        auto other = std::make_unique<DocumentSession>(m_linter);
        other->load(source("FROM scratch\nRUN x\n"));
        problems.setSession(other.get());
        outline.setSession(other.get());
        QVERIFY(problems.count() > 0);
        QCOMPARE(outline.model().rowCount(), 1);
        if (i == 0) { // Let go first, or not.
            problems.setSession(nullptr);
            outline.setSession(nullptr);
        }
        other.reset();
        QCOMPARE(problems.count(), 0);
        QCOMPARE(outline.model().rowCount(), 0);
    }
}

void TestPanelsSession::looks_data()
{
    QTest::addColumn<ThemeMode>("mode");
    QTest::newRow("light") << ThemeMode::Light;
    QTest::newRow("dark") << ThemeMode::Dark;
}

void TestPanelsSession::looks()
{
    QFETCH(ThemeMode, mode);
    m_theme->setMode(mode);
    QWidget window;
    window.resize(1180, 640);
    ProblemsPanel problems(*m_theme, &window);
    problems.setGeometry(0, 440, 1180, 200);
    OutlinePanel outline(*m_theme, &window);
    outline.setGeometry(0, 0, 242, 440);
    ExplainPanel explain(*m_theme, &window);
    explain.setGeometry(244, 0, 374, 440);
    for (auto *panel : std::initializer_list<QWidget *>{&problems, &outline, &explain})
        panel->setAutoFillBackground(true);
    problems.setSession(m_session.get());
    outline.setSession(m_session.get());
    explain.QWidget::show();
    explain.show(m_session.get(), *errorWithFix());
    window.show();
    m_session->reveal(errorWithFix()->range, this);
    QVERIFY(problems.current().has_value());
    QPointer<FixPopup> popup = FixPopup::open(*m_session, *m_theme, *errorWithFix(), QRect(660, 10, 20, 20), &window);
    QVERIFY(popup);
    QImage image = window.grab().toImage();
    {
        QPainter painter(&image);
        painter.drawPixmap(660, 20, popup->grab());
    }
    const Tokens &t = m_theme->tokens();
    const QModelIndex current = problems.view().currentIndex();
    QVERIFY(current.isValid());
    const QRect cell = problems.view().visualRect(current.siblingAtColumn(DiagnosticsModel::LineColumn));
    const QPoint at = problems.view().viewport()->mapTo(&window, QPoint(cell.right() - 3, cell.center().y()));
    QCOMPARE(QColor(image.pixel(at)), t.accentSel);
    const QString folder = qEnvironmentVariable("STAGEWRIGHT_SCREENSHOTS");
    if (!folder.isEmpty())
        QVERIFY(image.save(
            QDir(folder).filePath(QStringLiteral("panels-%1.png").arg(QString::fromLatin1(QTest::currentDataTag())))));
    m_theme->setMode(ThemeMode::Light);
    delete popup;
}

QTEST_MAIN(TestPanelsSession)
#include "test_panels_session.moc"
