// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "session/DocumentSession.h"

#include "lint/Linter.h"
#include "session/NodeKeys.h"
#include "session/SelectionMap.h"
#include "session/SessionCommands.h"

#include <QScopedValueRollback>
#include <QThreadPool>
#include <QUndoStack>

#include <algorithm>
#include <utility>

namespace stagewright {

namespace {

/// Up to here a check takes less than a frame, so that findings appear together with the text.
constexpr Offset SynchronousLimit = 256 * 1024;

} // namespace

DocumentSession::DocumentSession(const Linter &linter, QObject *parent)
    : QObject(parent)
    , m_linter(linter)
    , m_undoStack(new QUndoStack(this))
    , m_snapshot(Snapshot::make(SourceText()))
{
    // Typing after an undo starts a step of its own.
    connect(m_undoStack, &QUndoStack::cleanChanged, this, &DocumentSession::endTyping);
}

DocumentSession::~DocumentSession()
{
    // The check that runs reads the linter; its result is dropped with this object.
    if (m_checker)
        m_checker->waitForDone();
    // Commands refer to the session's members, and the stack tells its views when it dies.
    disconnect(m_undoStack, nullptr, this, nullptr);
    delete m_undoStack;
}

std::vector<Fix> DocumentSession::fixesFor(const Diagnostic &diagnostic) const
{
    // A finding of an older revision has ranges that its fixes would misplace.
    if (m_readOnly || !diagnosticsUpToDate())
        return {};
    return m_linter.fixes(*m_snapshot, diagnostic);
}

void DocumentSession::push(EditTransaction transaction, Origin origin)
{
    if (m_readOnly || m_publishing || transaction.isEmpty())
        return;
    auto command = std::make_unique<EditCommand>(*this, std::move(transaction), origin);
    const bool typing = command->id() != -1;
    m_undoStack->push(command.release());
    m_typing = typing;
}

void DocumentSession::load(SourceText text, bool readOnly)
{
    m_undoStack->clear();
    m_typing = false;
    m_diagnostics.clear();
    changeNodePositions({});
    setReadOnly(readOnly);
    publish(Snapshot::make(std::move(text), m_options, ++m_revision), {}, Origin::Load);
}

void DocumentSession::replaceAll(SourceText text, const QString &label)
{
    if (m_readOnly) {
        load(std::move(text), true);
        return;
    }
    EditTransaction edits = EditTransaction::difference(m_snapshot->text(), text);
    edits.setLabel(label.toStdString());
    push(std::move(edits), Origin::External);
}

void DocumentSession::setReadOnly(bool readOnly)
{
    if (m_readOnly == readOnly)
        return;
    m_readOnly = readOnly;
    Q_EMIT readOnlyChanged(readOnly);
}

void DocumentSession::setOptions(AnalysisOptions options)
{
    if (options == m_options)
        return;
    m_options = std::move(options);
    publish(Snapshot::make(m_snapshot->text(), m_options, ++m_revision), {}, Origin::Options);
}

void DocumentSession::setBuildChoices(BuildChoices choices)
{
    if (choices == m_buildChoices)
        return;
    m_buildChoices = std::move(choices);
    Q_EMIT buildChoicesChanged();
}

void DocumentSession::apply(const EditTransaction &transaction, Origin origin)
{
    if (origin != Origin::Text)
        m_typing = false;
    publish(Snapshot::make(transaction.applyTo(m_snapshot->text()), m_options, ++m_revision), transaction, origin);
}

void DocumentSession::publish(SnapshotPtr after, EditTransaction edits, Origin origin)
{
    const QScopedValueRollback publishing(m_publishing, true);
    const DocumentChange change{std::exchange(m_snapshot, std::move(after)), m_snapshot, std::move(edits), origin};
    Selection selection;
    if (origin != Origin::Load && (!m_selection.isEmpty() || !m_nodePositions.empty())) {
        const SnapshotMap map(*change.before, *m_snapshot, change.edits);
        selection = map.selection(m_selection);
        changeNodePositions(followStages(m_nodePositions, change.before->graph(), m_snapshot->graph(), map.stages()));
    }
    const bool reselected = selection != m_selection;
    m_selection = std::move(selection);
    validate(change.edits);
    Q_EMIT changed(change);
    Q_EMIT diagnosticsChanged();
    if (reselected)
        Q_EMIT selectionChanged(m_selection, this);
}

void DocumentSession::validate(const EditTransaction &edits)
{
    if (m_snapshot->text().size() <= SynchronousLimit) {
        m_diagnostics = m_linter.check(*m_snapshot);
        m_diagnosticsRevision = m_revision;
        return;
    }
    shiftDiagnostics(edits);
    validateLater();
}

void DocumentSession::validateLater()
{
    if (!m_checker) {
        m_checker = std::make_unique<QThreadPool>();
        m_checker->setMaxThreadCount(1);
    }
    m_checker->clear(); // What waits is for an older revision.
    m_checker->start([this, snapshot = m_snapshot] {
        std::vector<Diagnostic> found = m_linter.check(*snapshot);
        QMetaObject::invokeMethod(
            this,
            [this, revision = snapshot->revision(), found = std::move(found)]() mutable {
                if (revision != m_revision)
                    return;
                m_diagnostics = std::move(found);
                m_diagnosticsRevision = revision;
                Q_EMIT diagnosticsChanged();
            },
            Qt::QueuedConnection);
    });
}

void DocumentSession::shiftDiagnostics(const EditTransaction &edits)
{
    const SourceText &text = m_snapshot->text();
    for (Diagnostic &diagnostic : m_diagnostics) {
        const std::uint32_t lines = diagnostic.lastLine - diagnostic.line;
        diagnostic.range = edits.mapRange(diagnostic.range);
        if (diagnostic.line != 0) {
            diagnostic.line = text.lineAt(diagnostic.range.begin);
            diagnostic.lastLine = std::min(diagnostic.line + lines, text.lineCount());
        }
        const Instruction *instruction = m_snapshot->tree().instructionAt(diagnostic.range.begin);
        diagnostic.instruction = instruction ? instruction->id : InstructionId::None;
        diagnostic.stage = instruction ? m_snapshot->graph().stageOf(instruction->id) : StageId::None;
    }
}

void DocumentSession::select(Selection selection, QObject *source)
{
    if (selection == m_selection)
        return;
    m_selection = std::move(selection);
    Q_EMIT selectionChanged(m_selection, source);
}

void DocumentSession::reveal(TextRange range, QObject *source)
{
    Selection selection;
    if (const Instruction *instruction = m_snapshot->tree().instructionAt(range.begin)) {
        if (instruction->kind == InstructionKind::From) {
            if (const StageId stage = m_snapshot->graph().stageOf(instruction->id); stage != StageId::None)
                selection.nodes.push_back(NodeRef::stage(stage));
        }
        selection.instructions.push_back(instruction->id);
    }
    select(std::move(selection), source);
    Q_EMIT revealRequested(range, source);
}

void DocumentSession::moveNodes(const std::map<QString, QPointF> &positions, const QString &label)
{
    if (m_publishing)
        return;
    std::map<QString, QPointF> after;
    if (!positions.empty()) {
        after = m_nodePositions;
        for (const auto &[key, position] : positions)
            after.insert_or_assign(key, position);
    }
    if (after != m_nodePositions)
        m_undoStack->push(new MoveCommand(*this, std::move(after), label));
}

void DocumentSession::setNodePositions(std::map<QString, QPointF> positions)
{
    changeNodePositions(std::move(positions));
}

void DocumentSession::changeNodePositions(std::map<QString, QPointF> positions)
{
    if (positions == m_nodePositions)
        return;
    m_nodePositions = std::move(positions);
    Q_EMIT nodePositionsChanged();
}

} // namespace stagewright
