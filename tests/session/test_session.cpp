// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "edit/Edits.h"
#include "lint/Linter.h"
#include "session/DocumentSession.h"
#include "session/NodeKeys.h"

#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>

using namespace stagewright;

namespace {

constexpr auto Sample
    = "FROM node:22 AS build\nWORKDIR /app\nRUN npm ci\n\nFROM scratch\nCOPY --from=build /app /app\nCMD [\"/app\"]\n";

SourceText source(std::string bytes)
{
    auto text = SourceText::fromBytes(std::move(bytes));
    return text ? *text : SourceText();
}

EditTransaction insertion(Offset at, std::string text)
{
    EditTransaction edits;
    edits.insert(at, std::move(text));
    return edits;
}

EditTransaction removal(Offset begin, Offset end)
{
    EditTransaction edits;
    edits.remove({begin, end});
    return edits;
}

std::string bytesOf(const DocumentSession &session)
{
    return std::string(session.snapshot()->text().bytes());
}

} // namespace

class TestSession : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void loads();
    void typingMergesIntoWords();
    void typingBreaks_data();
    void typingBreaks();
    void erasingMerges();
    void historyPublishesItsOrigin();
    void readOnlyRefusesEdits();
    void findingsComeWithTheChange();
    void bigTextsAreCheckedLater();
    void selectionFollows_data();
    void selectionFollows();
    void selectionFollowsAMove();
    void deletedIsDeselected();
    void revealSelects();
    void nodePositionsUndo();
    void nodePositionsFollowRenames();
    void nodeKeysAreUnique();
    void optionsAreNoUndoStep();
    void replaceAllIsOneStep();

private:
    Linter m_linter{Catalog::builtIn()};
};

void TestSession::loads()
{
    DocumentSession session(m_linter);
    QSignalSpy changed(&session, &DocumentSession::changed);
    session.load(source(Sample));
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed[0][0].value<DocumentChange>().origin, Origin::Load);
    QCOMPARE(session.snapshot()->graph().stages().size(), 2U);
    QVERIFY(session.undoStack()->isClean());
    QVERIFY(!session.undoStack()->canUndo());
}

void TestSession::typingMergesIntoWords()
{
    DocumentSession session(m_linter);
    session.load(source("FROM scratch\n"));
    Offset at = 13;
    for (const std::string_view c : {"R", "U", "N", " ", "é", "c", "h", "o", " ", "a", "\n", "C", "M", "D"}) {
        session.push(insertion(at, std::string(c)), Origin::Text);
        at += static_cast<Offset>(c.size());
    }
    QCOMPARE(bytesOf(session), std::string("FROM scratch\nRUN écho a\nCMD"));
    std::vector<std::string> states;
    while (session.undoStack()->canUndo()) {
        session.undoStack()->undo();
        states.push_back(bytesOf(session).substr(13));
    }
    QCOMPARE(states, (std::vector<std::string>{"RUN écho a\n", "RUN écho a", "RUN écho ", "RUN ", ""}));
    while (session.undoStack()->canRedo())
        session.undoStack()->redo();
    QCOMPARE(bytesOf(session), std::string("FROM scratch\nRUN écho a\nCMD"));
}

void TestSession::typingBreaks_data()
{
    QTest::addColumn<int>("what");
    QTest::newRow("elsewhere") << 0;
    QTest::newRow("cursor moved") << 1;
    QTest::newRow("pasted") << 2;
    QTest::newRow("other origin") << 3;
    QTest::newRow("saved") << 4;
    QTest::newRow("undone and redone") << 5;
}

void TestSession::typingBreaks()
{
    QFETCH(int, what);
    DocumentSession session(m_linter);
    session.load(source("FROM scratch\n"));
    session.push(insertion(13, "a"), Origin::Text);
    switch (what) {
    case 0: session.push(insertion(0, "b"), Origin::Text); break;
    case 1:
        session.endTyping();
        session.push(insertion(14, "b"), Origin::Text);
        break;
    case 2: session.push(insertion(14, "bc"), Origin::Text); break;
    case 3: session.push(insertion(14, "b"), Origin::Graph); break;
    case 4:
        session.undoStack()->setClean();
        session.push(insertion(14, "b"), Origin::Text);
        break;
    case 5:
        session.undoStack()->undo();
        session.undoStack()->redo();
        session.push(insertion(14, "b"), Origin::Text);
        break;
    default: QFAIL("unknown case");
    }
    QCOMPARE(session.undoStack()->count(), 2);
    session.undoStack()->undo();
    QCOMPARE(bytesOf(session), std::string("FROM scratch\na"));
}

void TestSession::erasingMerges()
{
    DocumentSession session(m_linter);
    session.load(source("FROM scratch\n"));
    for (Offset end = 12; end > 5; --end)
        session.push(removal(end - 1, end), Origin::Text);
    QCOMPARE(bytesOf(session), std::string("FROM \n"));
    QCOMPARE(session.undoStack()->count(), 1);
    session.undoStack()->undo();
    QCOMPARE(bytesOf(session), std::string("FROM scratch\n"));
    for (int i = 0; i < 3; ++i)
        session.push(removal(5, 6), Origin::Text);
    QCOMPARE(session.undoStack()->count(), 1);
    QCOMPARE(bytesOf(session), std::string("FROM atch\n"));
    session.undoStack()->undo();
    QCOMPARE(bytesOf(session), std::string("FROM scratch\n"));
}

void TestSession::historyPublishesItsOrigin()
{
    DocumentSession session(m_linter);
    session.load(source(Sample));
    QSignalSpy changed(&session, &DocumentSession::changed);
    session.push(insertion(0, "# head\n"), Origin::Graph);
    session.undoStack()->undo();
    session.undoStack()->redo();
    QCOMPARE(changed.count(), 3);
    QCOMPARE(changed[0][0].value<DocumentChange>().origin, Origin::Graph);
    QCOMPARE(changed[1][0].value<DocumentChange>().origin, Origin::History);
    QCOMPARE(changed[2][0].value<DocumentChange>().origin, Origin::History);
    for (const auto &arguments : changed) {
        const auto change = arguments[0].value<DocumentChange>();
        QVERIFY(change.edits.applyTo(change.before->text()) == change.after->text());
    }
}

void TestSession::readOnlyRefusesEdits()
{
    DocumentSession session(m_linter);
    session.load(source(Sample), true);
    session.push(insertion(0, "x"), Origin::Graph);
    QCOMPARE(bytesOf(session), std::string(Sample));
    QVERIFY(!session.undoStack()->canUndo());
}

void TestSession::findingsComeWithTheChange()
{
    DocumentSession session(m_linter);
    session.load(source(Sample));
    bool seen = false;
    connect(&session, &DocumentSession::changed, this, [&](const DocumentChange &) {
        seen = std::ranges::any_of(session.diagnostics(),
                                   [](const Diagnostic &d) { return d.severity == Severity::Error; });
    });
    session.push(insertion(static_cast<Offset>(std::string(Sample).size()), "NONSENSE x\n"), Origin::Text);
    QVERIFY(seen);
    QVERIFY(session.diagnosticsUpToDate());
}

void TestSession::bigTextsAreCheckedLater()
{
    DocumentSession session(m_linter);
    std::string big = "FROM scratch\n";
    while (big.size() < 300 * 1024)
        big += "ENV A=b\n";
    const auto bad = static_cast<Offset>(big.size());
    big += "NONSENSE x\n";
    session.load(source(big));
    QSignalSpy found(&session, &DocumentSession::diagnosticsChanged);
    QTRY_VERIFY(session.diagnosticsUpToDate());
    const auto error = [&]() -> const Diagnostic * {
        const auto it = std::ranges::find_if(session.diagnostics(),
                                             [](const Diagnostic &d) { return d.severity == Severity::Error; });
        return it == session.diagnostics().end() ? nullptr : &*it;
    };
    QVERIFY(error());
    const std::uint32_t line = error()->line;
    // Until the new result is there, the old ones move with the text.
    session.push(insertion(0, "# one more line\n"), Origin::Text);
    QVERIFY(!session.diagnosticsUpToDate());
    QVERIFY(error());
    QCOMPARE(error()->line, line + 1);
    session.push(removal(bad + 16, bad + 16 + 11), Origin::Text);
    QTRY_VERIFY(session.diagnosticsUpToDate());
    QVERIFY(!error());
}

void TestSession::selectionFollows_data()
{
    QTest::addColumn<QByteArray>("find");
    QTest::addColumn<QByteArray>("replacement");
    QTest::newRow("line above") << QByteArray("FROM node") << QByteArray("# x\nFROM node");
    QTest::newRow("rename") << QByteArray("AS build") << QByteArray("AS builder");
    QTest::newRow("argument") << QByteArray("npm ci") << QByteArray("npm install");
    QTest::newRow("instruction above") << QByteArray("WORKDIR") << QByteArray("USER root\nWORKDIR");
    QTest::newRow("instruction below") << QByteArray("RUN npm ci\n") << QByteArray("RUN npm ci\nRUN x\n");
    QTest::newRow("keyword") << QByteArray("RUN npm") << QByteArray("run npm");
    QTest::newRow("stage above") << QByteArray("FROM node") << QByteArray("FROM alpine\nFROM node");
}

void TestSession::selectionFollows()
{
    QFETCH(QByteArray, find);
    QFETCH(QByteArray, replacement);
    DocumentSession session(m_linter);
    session.load(source(Sample));
    Selection selection;
    selection.nodes = {NodeRef::stage(StageId(0))};
    selection.instructions = {InstructionId(2)};
    session.select(selection, this);
    const QByteArray before = QByteArray::fromStdString(Sample);
    QByteArray after = before;
    after.replace(find, replacement);
    session.push(EditTransaction::difference(source(before.toStdString()), source(after.toStdString())), Origin::Text);
    QCOMPARE(session.selection().nodes.size(), 1U);
    const auto stage = static_cast<std::size_t>(session.selection().nodes[0].index);
    QVERIFY(QByteArray::fromStdString(session.snapshot()->graph().stages()[stage].name).startsWith("build"));
    QCOMPARE(session.selection().instructions.size(), 1U);
    const Instruction &instruction = session.snapshot()->tree().instruction(session.selection().instructions[0]);
    QCOMPARE(instruction.kind, InstructionKind::Run);
    QVERIFY(instruction.arguments.starts_with("npm"));
    session.undoStack()->undo();
    QCOMPARE(session.selection(), selection);
}

void TestSession::selectionFollowsAMove()
{
    DocumentSession session(m_linter);
    session.load(source(Sample));
    Selection selection;
    selection.instructions = {InstructionId(2)};
    session.select(selection, this);
    auto moved = edit::moveInstruction(*session.snapshot(), InstructionId(2), {StageId(1), 0});
    QVERIFY(moved.has_value());
    session.push(*moved, Origin::Graph);
    QCOMPARE(session.selection().instructions.size(), 1U);
    QCOMPARE(session.snapshot()->tree().instruction(session.selection().instructions[0]).arguments,
             std::string_view("npm ci"));
    QCOMPARE(session.snapshot()->graph().stageOf(session.selection().instructions[0]), StageId(1));
}

void TestSession::deletedIsDeselected()
{
    DocumentSession session(m_linter);
    session.load(source(Sample));
    Selection selection;
    selection.nodes = {NodeRef::stage(StageId(1))};
    selection.instructions = {InstructionId(2)};
    session.select(selection, this);
    QSignalSpy changed(&session, &DocumentSession::selectionChanged);
    auto removed = edit::deleteInstruction(*session.snapshot(), InstructionId(2));
    QVERIFY(removed.has_value());
    session.push(*removed, Origin::Graph);
    QVERIFY(session.selection().instructions.empty());
    QCOMPARE(session.selection().nodes.size(), 1U);
    QCOMPARE(changed.count(), 1);
}

void TestSession::revealSelects()
{
    DocumentSession session(m_linter);
    session.load(source(Sample));
    QSignalSpy revealed(&session, &DocumentSession::revealRequested);
    session.reveal(session.snapshot()->tree().instructions()[3].range, this);
    QCOMPARE(revealed.count(), 1);
    QCOMPARE(session.selection().nodes, std::vector<NodeRef>{NodeRef::stage(StageId(1))});
    QCOMPARE(session.selection().instructions, std::vector<InstructionId>{InstructionId(3)});
}

void TestSession::nodePositionsUndo()
{
    DocumentSession session(m_linter);
    session.load(source(Sample));
    session.moveNodes({{QStringLiteral("stage:build"), {10, 20}}}, QStringLiteral("Move"));
    session.moveNodes({{QStringLiteral("context"), {1, 2}}}, QStringLiteral("Move"));
    QCOMPARE(session.nodePositions().size(), 2U);
    session.moveNodes({}, QStringLiteral("Automatic layout"));
    QVERIFY(session.nodePositions().empty());
    session.undoStack()->undo();
    QCOMPARE(session.nodePositions().size(), 2U);
    session.undoStack()->undo();
    QCOMPARE(session.nodePositions(), (std::map<QString, QPointF>{{QStringLiteral("stage:build"), {10, 20}}}));
    session.undoStack()->undo();
    QVERIFY(session.nodePositions().empty());
    QCOMPARE(bytesOf(session), std::string(Sample));
}

void TestSession::nodePositionsFollowRenames()
{
    DocumentSession session(m_linter);
    session.load(source(Sample));
    session.moveNodes({{QStringLiteral("stage:build"), {10, 20}}, {QStringLiteral("stage:#1"), {30, 40}}},
                      QStringLiteral("Move"));
    auto renamed = edit::renameStage(*session.snapshot(), StageId(0), "compile");
    QVERIFY(renamed.has_value());
    session.push(*renamed, Origin::Graph);
    QCOMPARE(session.nodePositions().count(QStringLiteral("stage:compile")), 1U);
    session.push(insertion(0, "FROM alpine\n"), Origin::Text);
    QCOMPARE(session.nodePositions().at(QStringLiteral("stage:#2")), QPointF(30, 40));
    session.undoStack()->undo();
    session.undoStack()->undo();
    QCOMPARE(session.nodePositions(),
             (std::map<QString, QPointF>{{QStringLiteral("stage:build"), {10, 20}},
                                         {QStringLiteral("stage:#1"), {30, 40}}}));
}

void TestSession::nodeKeysAreUnique()
{
    const SnapshotPtr snapshot = Snapshot::make(source("FROM a AS x\nFROM b AS x\nFROM c\nFROM c\nCOPY --from=x . "
                                                       ".\nCOPY . .\nRUN --mount=type=cache,target=/c true\n"));
    QSet<QString> keys;
    int nodes = 0;
    const auto add = [&](NodeKind kind, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i, ++nodes)
            keys.insert(nodeKey(snapshot->graph(), {kind, static_cast<std::int32_t>(i)}));
    };
    add(NodeKind::Stage, snapshot->graph().stages().size());
    add(NodeKind::Image, snapshot->graph().images().size());
    add(NodeKind::CacheMount, snapshot->graph().cacheMounts().size());
    add(NodeKind::BuildContext, 1);
    QVERIFY(nodes >= 9);
    QCOMPARE(keys.size(), nodes);
}

void TestSession::optionsAreNoUndoStep()
{
    DocumentSession session(m_linter);
    session.load(source(Sample));
    AnalysisOptions options;
    options.target = "build";
    session.setOptions(options);
    QCOMPARE(session.snapshot()->graph().target(), StageId(0));
    QVERIFY(!session.undoStack()->canUndo());
    session.push(insertion(0, "# x\n"), Origin::Text);
    QCOMPARE(session.snapshot()->graph().target(), StageId(0));
}

void TestSession::replaceAllIsOneStep()
{
    DocumentSession session(m_linter);
    session.load(source(Sample));
    Selection selection;
    selection.nodes = {NodeRef::stage(StageId(0))};
    session.select(selection, this);
    session.replaceAll(source("FROM golang AS other\nFROM node AS build\nRUN x\n"), QStringLiteral("Reload"));
    QCOMPARE(session.undoStack()->undoText(), QStringLiteral("Reload"));
    QCOMPARE(session.selection().nodes, std::vector<NodeRef>{NodeRef::stage(StageId(1))});
    session.undoStack()->undo();
    QCOMPARE(bytesOf(session), std::string(Sample));
}

QTEST_MAIN(TestSession)
#include "test_session.moc"
