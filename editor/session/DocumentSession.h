// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Diagnostic.h"
#include "lint/Linter.h"
#include "semantics/Snapshot.h"
#include "session/BuildChoices.h"
#include "session/DocumentSizes.h"
#include "session/Selection.h"
#include "text/EditTransaction.h"

#include <QObject>
#include <QPointF>
#include <QString>

#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

QT_BEGIN_NAMESPACE
class QThreadPool;
class QUndoStack;
QT_END_NAMESPACE

namespace stagewright {

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
    explicit DocumentSession(Linter linter, QObject *parent = nullptr);
    ~DocumentSession() override;

    // What it holds
    [[nodiscard]] const SnapshotPtr &snapshot() const { return m_snapshot; }
    [[nodiscard]] const std::vector<Diagnostic> &diagnostics() const { return m_diagnostics; }
    [[nodiscard]] std::vector<Fix> fixesFor(const Diagnostic &diagnostic) const;
    /// Puts an ignore comment above the finding's instruction; see ignoreFix().
    [[nodiscard]] std::optional<Fix> ignoreFor(const Diagnostic &diagnostic) const;
    /// The reference holds as long as the session; what it refers to changes with setLinter().
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

    // Configuration: not on the undo stack either
    /// Another catalogue or other levels of rules: findings follow at once, and what views show of images.
    /// @p ofFiles are findings about files of the configuration; they are listed behind those of the document.
    void setLinter(Linter linter, std::vector<Diagnostic> ofFiles = {});

    // Build options: they change the graph, not the text, and are not on the undo stack
    [[nodiscard]] const AnalysisOptions &options() const { return m_options; }
    void setOptions(AnalysisOptions options);
    /// The rest of what a build is given; the graph does not depend on it.
    [[nodiscard]] const BuildChoices &buildChoices() const { return m_buildChoices; }
    void setBuildChoices(BuildChoices choices);

    // What a build measured; follows the text, and is no part of it
    [[nodiscard]] const DocumentSizes &sizes() const { return m_sizes; }
    [[nodiscard]] const std::optional<MeasuredBuild> &measuredBuild() const { return m_measured; }
    /// nullopt: nothing is known (any more).
    void setMeasuredBuild(std::optional<MeasuredBuild> build);
    /// Guesses what the stages of a snapshot weigh, from what was known before any build; asked anew for each change
    /// of the text, so it has to be quick.
    using SizeEstimator = std::function<SizeEstimates(const Snapshot &)>;
    void setSizeEstimator(SizeEstimator estimator);

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
    /// Other sizes are known for the same text. A change of the text has them ready when changed() is emitted.
    void sizesChanged();
    void readOnlyChanged(bool readOnly);

private:
    friend class EditCommand;
    friend class MoveCommand;
    void apply(const EditTransaction &transaction, Origin origin);
    void publish(SnapshotPtr after, EditTransaction edits, Origin origin);
    void validate(const EditTransaction &edits);
    void setDiagnostics(std::vector<Diagnostic> found);
    void validateLater();
    void updateSizes();
    void shiftDiagnostics(const EditTransaction &edits);
    void changeNodePositions(std::map<QString, QPointF> positions);

    Linter m_linter;
    std::vector<Diagnostic> m_ofFiles;
    QUndoStack *m_undoStack = nullptr;
    std::unique_ptr<QThreadPool> m_checker; ///< For big texts; made when first needed.
    SnapshotPtr m_snapshot;
    std::vector<Diagnostic> m_diagnostics;
    Selection m_selection;
    AnalysisOptions m_options;
    BuildChoices m_buildChoices;
    std::optional<MeasuredBuild> m_measured;
    SizeEstimator m_estimator;
    DocumentSizes m_sizes;
    std::map<QString, QPointF> m_nodePositions;
    std::uint64_t m_revision = 0;
    std::uint64_t m_diagnosticsRevision = 0;
    bool m_readOnly = false;
    bool m_typing = false; ///< The top of the stack is typing that may go on.
    bool m_publishing = false;
};

} // namespace stagewright
