// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/GraphCommands.h"
#include "graph/GraphScene.h"
#include "graph/GraphView.h"
#include "session/DocumentSession.h"

#include <QCoreApplication>

#include <algorithm>

namespace stagewright {

namespace {

QString tell(const char *text, int n = -1)
{
    return QCoreApplication::translate("stagewright::GraphView", text, nullptr, n);
}

bool contains(const std::vector<NodeRef> &nodes, NodeRef node)
{
    return std::find(nodes.begin(), nodes.end(), node) != nodes.end();
}

/// The edges that go with the selection: those selected, and those of selected images and contexts.
std::vector<Edge> edgesToCut(const BuildGraph &graph, const Selection &selection)
{
    std::vector<Edge> edges;
    for (std::size_t i = 0; i < graph.edges().size(); ++i) {
        const Edge &edge = graph.edges()[i];
        const bool chosen = std::find(selection.edges.begin(), selection.edges.end(), i) != selection.edges.end();
        const bool ofSource = edge.source.kind != NodeKind::Stage && contains(selection.nodes, edge.source);
        const bool dies = contains(selection.nodes, NodeRef::stage(edge.target))
            || std::find(selection.instructions.begin(), selection.instructions.end(), edge.instruction)
                != selection.instructions.end();
        if ((chosen || ofSource) && !dies)
            edges.push_back(edge);
    }
    return edges;
}

/// The same edge in a later snapshot: instructions were only deleted behind it, so its id is still good.
const Edge *findAgain(const BuildGraph &graph, const Edge &edge)
{
    for (const Edge &other : graph.edges()) {
        if (other.instruction == edge.instruction && other.kind == edge.kind && other.source.kind == edge.source.kind)
            return &other;
    }
    return nullptr;
}

} // namespace

void GraphCommands::deleteSelection()
{
    const SnapshotPtr snapshot = m_view.session().snapshot();
    const Selection selection = m_view.session().selection();
    std::vector<Step> steps;

    // From the end of the file to its head, so that the ids of what still has to go stay
    std::vector<Edge> edges = edgesToCut(snapshot->graph(), selection);
    std::vector<InstructionId> rows;
    bool onlyFrom = !selection.instructions.empty();
    for (InstructionId id : selection.instructions) {
        const StageId stage = snapshot->graph().stageOf(id);
        if (snapshot->tree().instruction(id).kind == InstructionKind::From)
            continue;
        onlyFrom = false;
        if (!contains(selection.nodes, NodeRef::stage(stage)))
            rows.push_back(id);
    }
    std::stable_sort(edges.begin(), edges.end(),
                     [](const Edge &a, const Edge &b) { return a.instruction > b.instruction; });
    for (const Edge &edge : edges) {
        steps.emplace_back([edge](const Snapshot &s) {
            const Edge *again = findAgain(s.graph(), edge);
            return again ? edit::disconnect(s, *again) : edit::Result(EditTransaction());
        });
    }
    std::vector<StageId> stages;
    for (NodeRef node : selection.nodes) {
        if (node.kind == NodeKind::Stage)
            stages.push_back(static_cast<StageId>(node.index));
    }
    std::sort(stages.rbegin(), stages.rend());

    const auto deleteRows = [rows](const Snapshot &s) { return edit::deleteInstructions(s, rows); };
    if (stages.empty() && edges.empty() && rows.empty()) {
        if (onlyFrom)
            say(tell("A stage starts with its FROM. Select the card to delete the stage"));
        return;
    }
    if (stages.empty() && edges.empty()) {
        push(deleteRows(*snapshot));
        return;
    }
    if (edges.size() == 1 && rows.empty() && stages.empty()) {
        push(steps.front()(*snapshot));
        return;
    }
    if (!rows.empty() && !edges.empty()) {
        say(tell("Delete connections and instructions one after the other"));
        return;
    }
    if (!rows.empty())
        steps.emplace_back(deleteRows);
    bool cascade = false;
    for (StageId stage : stages) {
        // Asked only when the stage is needed by one that stays
        const bool used = std::any_of(
            snapshot->graph().edges().begin(), snapshot->graph().edges().end(), [&](const Edge &edge) {
                return edge.source == NodeRef::stage(stage) && !contains(selection.nodes, NodeRef::stage(edge.target));
            });
        if (!used || cascade)
            continue;
        const QString name = toQString(snapshot->graph().stage(stage).displayName);
        if (!m_view.confirm(tell("Other stages use '%1'").arg(name),
                            tell("Deleting it also deletes the COPY --from lines that copy from it; stages built on it "
                                 "get its own base."),
                            tell("Delete")))
            return;
        cascade = true;
    }
    for (StageId stage : stages)
        steps.emplace_back([stage, cascade = cascade || stages.size() > 1](const Snapshot &s) {
            return edit::deleteStage(s, stage, cascade);
        });
    if (steps.size() == 1)
        push(steps.front()(*snapshot));
    else
        pushAll(steps, tell("Delete"));
}

} // namespace stagewright
