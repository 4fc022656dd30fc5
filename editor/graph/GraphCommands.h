// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "edit/Edits.h"
#include "session/Selection.h"

#include <QPointF>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace stagewright {

class GraphView;

/// What a person can do in the graph, as one undo step each. Refusals go to the status bar. Cheap to make.
class GraphCommands
{
public:
    explicit GraphCommands(GraphView &view)
        : m_view(view)
    {
    }

    // Connections
    bool connectFrom(NodeRef source, StageId target);
    bool retargetCopy(InstructionId copy, NodeRef source);
    /// Adds a COPY --from with likely paths, which are edited at once.
    bool connectCopy(NodeRef source, StageId target, std::optional<std::size_t> index);
    /// A wire was dropped on nothing: FROM it, or copy from it, in a new stage.
    void offerNewStage(NodeRef source, QPointF scenePos);

    // Stages and instructions
    /// Edits the new stage's name at once. @p instructions are whole lines.
    bool addStage(const QString &base, const std::vector<std::string> &instructions = {},
                  std::optional<QPointF> scenePos = {});
    /// Adds a template of @p text ("RUN", or a whole instruction) and edits it at once if it is a template.
    bool addInstruction(const QString &text, edit::Place place);
    bool moveInstructions(const std::vector<InstructionId> &instructions, edit::Place to);
    bool moveStage(StageId stage, int by);
    bool setBase(StageId stage, const QString &base);

    // Selection
    void deleteSelection();
    void duplicateSelection();
    [[nodiscard]] QString copyText() const;
    bool pasteText(const QString &text);

    // Inline
    void renameStage(StageId stage);
    /// @p created: the instruction was just added; giving up takes it away again.
    void editInstruction(InstructionId instruction, bool created = false);

    /// Where something new goes: behind the selected row, at the end of the selected stage, or of the last stage.
    [[nodiscard]] std::optional<edit::Place> placeForNew() const;
    /// What stands behind a keyword when it is added without arguments.
    [[nodiscard]] static QString templateFor(const QString &keyword);

private:
    bool push(edit::Result result);
    /// Several edits as one step; the function gets the snapshot after the edits so far.
    using Step = std::function<edit::Result(const Snapshot &)>;
    bool pushAll(const std::vector<Step> &steps, const QString &label);
    void say(const QString &message);
    void select(Selection selection);

    GraphView &m_view;
};

} // namespace stagewright
