// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Diagnostic.h"
#include "semantics/Snapshot.h"
#include "session/BuildChoices.h"
#include "session/Selection.h"
#include "text/EditTransaction.h"

#include <QObject>
#include <QPointF>
#include <QString>

#include <expected>
#include <map>
#include <memory>
#include <span>
#include <vector>

QT_BEGIN_NAMESPACE
class QThreadPool;
class QUndoStack;
QT_END_NAMESPACE

namespace stagewright {

class Linter;

/// Who made a change. A view skips changes that it made itself.
enum class Origin : std::uint8_t {
    Text, ///< The text pane.
    Graph,
    Outline,
    Properties,
    Fix,
    History,  ///< Undo and redo.
    Load,     ///< Another file, or the same one read anew: everything is new.
    Options,  ///< Build options: the same text, another graph.
    External, ///< The file changed on disk and was read again, as one undo step.
};

struct DocumentChange
{
    SnapshotPtr before;
    SnapshotPtr after;
    EditTransaction edits; ///< From before to after; empty for Options, and for Load (everything is new).
    Origin origin = Origin::Load;
};

/// One open Dockerfile: the text (the truth), the snapshot derived from it, its findings, the selection and the
/// one undo stack. Views read it, never own it, and change it only through push().
class DocumentSession : public QObject
{
    Q_OBJECT
public:
    explicit DocumentSession(const Linter &linter, QObject *parent = nullptr);
    ~DocumentSession() override;

    // What it holds
    [[nodiscard]] const SnapshotPtr &snapshot() const { return m_snapshot; }
    [[nodiscard]] const std::vector<Diagnostic> &diagnostics() const { return m_diagnostics; }
    [[nodiscard]] std::vector<Fix> fixesFor(const Diagnostic &diagnostic) const;
    [[nodiscard]] const Linter &linter() const { return m_linter; }
    [[nodiscard]] QUndoStack *undoStack() const { return m_undoStack; }

    // Changing it
    /// Applies a transaction as one undo step. Typing (Origin::Text, one character at a time) merges into steps of a
    /// word each. No effect when read-only or empty, or when called while another change is being published.
    void push(EditTransaction transaction, Origin origin);
    /// True while changed() is being emitted: views take the new snapshot over and must not change it.
    [[nodiscard]] bool isPublishing() const { return m_publishing; }
    /// The next typed character starts a new undo step (the cursor moved, the focus left).
    void endTyping() { m_typing = false; }
    /// Replaces everything (opening, reverting); clears the undo stack.
    void load(SourceText text, bool readOnly = false);
    /// Reload after a change on disk: as one undo step (Origin::External). When read-only, the same as load().
    void replaceAll(SourceText text, const QString &label);

    [[nodiscard]] bool isReadOnly() const { return m_readOnly; }
    void setReadOnly(bool readOnly);
    /// False while a big text (over 256 KiB) is still being checked: diagnostics() are the previous ones, shifted.
    [[nodiscard]] bool diagnosticsUpToDate() const { return m_diagnosticsRevision == m_revision; }

    // Build options: they change the graph, not the text, and are not on the undo stack
    [[nodiscard]] const AnalysisOptions &options() const { return m_options; }
    void setOptions(AnalysisOptions options);
    /// The rest of what a build is given; the graph does not depend on it.
    [[nodiscard]] const BuildChoices &buildChoices() const { return m_buildChoices; }
    void setBuildChoices(BuildChoices choices);

    // Selection
    [[nodiscard]] const Selection &selection() const { return m_selection; }
    /// @p source is the view that selects, so that it can ignore the echo.
    void select(Selection selection, QObject *source);
    /// Selects what stands at the range, and shows it: views scroll to it, the text pane puts the cursor there.
    void reveal(TextRange range, QObject *source);

    // Node positions that a person chose: kept beside the file, undoable, never in the text.
    // Keys are nodeKey()s (session/NodeKeys.h); those of stages follow a rename or a new index.
    [[nodiscard]] const std::map<QString, QPointF> &nodePositions() const { return m_nodePositions; }
    /// Sets the positions of some nodes as one undo step; an empty map means "automatic layout for all".
    void moveNodes(const std::map<QString, QPointF> &positions, const QString &label);
    void setNodePositions(std::map<QString, QPointF> positions); ///< From the sidecar, not undoable.

Q_SIGNALS:
    /// The snapshot is new. diagnostics() is already up to date for texts of ordinary size (same frame).
    void changed(const stagewright::DocumentChange &change);
    void diagnosticsChanged();
    void selectionChanged(const stagewright::Selection &selection, QObject *source);
    void revealRequested(stagewright::TextRange range, QObject *source);
    void nodePositionsChanged();
    void buildChoicesChanged();
    void readOnlyChanged(bool readOnly);

private:
    friend class EditCommand;
    friend class MoveCommand;
    void apply(const EditTransaction &transaction, Origin origin);
    void publish(SnapshotPtr after, EditTransaction edits, Origin origin);
    void validate(const EditTransaction &edits);
    void validateLater();
    void shiftDiagnostics(const EditTransaction &edits);
    void changeNodePositions(std::map<QString, QPointF> positions);

    const Linter &m_linter;
    QUndoStack *m_undoStack = nullptr;
    std::unique_ptr<QThreadPool> m_checker; ///< For big texts; made when first needed.
    SnapshotPtr m_snapshot;
    std::vector<Diagnostic> m_diagnostics;
    Selection m_selection;
    AnalysisOptions m_options;
    BuildChoices m_buildChoices;
    std::map<QString, QPointF> m_nodePositions;
    std::uint64_t m_revision = 0;
    std::uint64_t m_diagnosticsRevision = 0;
    bool m_readOnly = false;
    bool m_typing = false; ///< The top of the stack is typing that may go on.
    bool m_publishing = false;
};

} // namespace stagewright
