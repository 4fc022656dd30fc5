// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "graph/GraphArrangement.h"
#include "graph/GraphBuild.h"
#include "graph/GraphItems.h"
#include "graph/GraphModel.h"
#include "graph/PaintTools.h"
#include "session/Selection.h"

#include <QElapsedTimer>
#include <QGraphicsScene>
#include <QTimer>
#include <QVariantAnimation>

#include <map>
#include <memory>
#include <vector>

namespace stagewright {

class DocumentSession;

/// What is under a point.
struct GraphHit
{
    enum class Kind : std::uint8_t { Nothing, Header, Row, Footer, OutPort, Edge, Lightbulb, Log };
    Kind kind = Kind::Nothing;
    NodeItem *node = nullptr;
    int row = -1; ///< Kind Row and Lightbulb; sources of edges have none.
    EdgeItem *edge = nullptr;
    [[nodiscard]] bool isNode() const { return node != nullptr; }
};

/// The session's snapshot as graphics items: a projection, brought up to date in place. Owns neither the document
/// nor the undo stack.
class GraphScene : public QGraphicsScene
{
    Q_OBJECT
public:
    GraphScene(DocumentSession &session, const Theme &theme, QObject *parent = nullptr);
    ~GraphScene() override;

    [[nodiscard]] const GraphModel &model() const { return m_model; }
    [[nodiscard]] const GraphPainters &painters() const { return *m_painters; }
    [[nodiscard]] const PaintTools &tools() const { return m_tools; }
    /// In the order of the model: file order.
    [[nodiscard]] const std::vector<NodeItem *> &nodeItems() const { return m_nodeOrder; }
    [[nodiscard]] const std::vector<std::unique_ptr<EdgeItem>> &edgeItems() const { return m_edges; }
    [[nodiscard]] NodeItem *nodeItem(NodeRef ref) const;
    [[nodiscard]] NodeItem *nodeItem(const QString &key) const;
    /// The card and the row that show an instruction; row -1 when it is on none.
    [[nodiscard]] std::pair<NodeItem *, int> rowOf(InstructionId instruction) const;

    [[nodiscard]] GraphHit hitTest(QPointF at, double lod) const;
    /// Around all nodes; empty for an empty graph.
    [[nodiscard]] QRectF contentRect() const;
    /// Where the automatic layout puts nodes, before they glide there.
    [[nodiscard]] QPointF targetPosition(const NodeItem *node) const;

    void setHover(const GraphHit &hit);
    [[nodiscard]] const GraphHit &hover() const { return m_hover; }
    /// The row that the keyboard is on, and the connection or insertion that a drag would make.
    void setFocusRow(NodeItem *node, int row);
    struct Drop
    {
        NodeItem *node = nullptr;
        int row = -1;
        QString text;
        bool card = false;
        int insertion = -1;
    };
    void setDrop(const Drop &drop);
    void setHotPort(NodeItem *node);
    void setLifted(const std::vector<NodeItem *> &nodes);
    /// Nodes that are talked about, in order: they and the FROM edges between them stand out, everything else steps
    /// back. Empty: as always.
    void setTrail(std::vector<NodeRef> nodes);
    [[nodiscard]] const std::vector<NodeRef> &trail() const { return m_trail; }
    /// Moves items while they are dragged; nothing is pushed.
    void dragNode(NodeItem *node, QPointF position);
    /// What a build does, on top of what there is; an empty one for none.
    void setBuild(GraphBuild build);
    [[nodiscard]] const GraphBuild &build() const { return m_build; }
    /// Ends all movement at once.
    void finishMotion();
    /// Reads everything anew; @p motion: nodes glide to their places.
    void sync(bool motion);

Q_SIGNALS:
    /// Nodes, edges or positions are different.
    void contentChanged();
    /// Everything moved by @p offset so that the node being worked on stays where it is on the screen.
    void shifted(QPointF offset);

private:
    void onDiagnostics();
    void onTheme();
    void updateStates();
    [[nodiscard]] bool isOnTrail(const NodeItem *node) const;
    void addBuild(const NodeView &view, CardState &state) const;
    void turn();
    void updateItems(const std::vector<CardLayout> &layouts, bool motion);
    void moveTo(const Arrangement &arrangement, bool motion);
    void applyPositions(double progress);
    [[nodiscard]] int bubbleRowOf(const NodeView &node) const;
    [[nodiscard]] NodeItem *anchor() const;
    void updateEdgesOf(const NodeItem *node);

    DocumentSession &m_session;
    const Theme &m_theme;
    PaintTools m_tools;
    std::unique_ptr<GraphPainters> m_painters;
    GraphModel m_model;
    LayoutCache m_layout;
    std::map<QString, std::unique_ptr<NodeItem>> m_nodes;
    std::vector<NodeItem *> m_nodeOrder;
    std::vector<std::unique_ptr<EdgeItem>> m_edges;
    std::vector<int> m_bubbles;
    std::map<const NodeItem *, QPointF> m_from;
    std::map<const NodeItem *, QPointF> m_to;
    QVariantAnimation m_motion;
    GraphHit m_hover;
    NodeItem *m_focusNode = nullptr;
    int m_focusRow = -1;
    Drop m_drop;
    NodeItem *m_hotPort = nullptr;
    std::vector<NodeItem *> m_lifted;
    std::vector<NodeRef> m_trail;
    GraphBuild m_build;
    QTimer m_spinner; ///< Only while something is built.
    QElapsedTimer m_spinning;
    std::uint64_t m_revision = 0;
    bool m_diagnosticsShown = false;
};

} // namespace stagewright
