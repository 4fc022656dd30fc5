// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/GraphScene.h"

#include "lint/Linter.h"
#include "session/DocumentSession.h"

#include <algorithm>
#include <cmath>

namespace stagewright {

namespace {

constexpr double fadedOpacity = 0.28; ///< Of what a trail leaves out.
constexpr int motionDuration = 180;
constexpr int spinnerTick = 50;          ///< ms; one turn takes a second.
constexpr double dashesASecond = 24;     ///< Scene units.
constexpr std::size_t motionLimit = 400; ///< More nodes than this jump: gliding would stutter.

} // namespace

GraphScene::GraphScene(DocumentSession &session, const Theme &theme, QObject *parent)
    : QGraphicsScene(parent)
    , m_session(session)
    , m_theme(theme)
    , m_tools(theme)
    , m_painters(std::make_unique<GraphPainters>(m_tools, theme))
{
    m_motion.setStartValue(0.0);
    m_motion.setEndValue(1.0);
    m_motion.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_motion, &QVariantAnimation::valueChanged, this,
            [this](const QVariant &value) { applyPositions(value.toDouble()); });
    connect(&session, &DocumentSession::changed, this,
            [this](const DocumentChange &change) { sync(change.origin != Origin::Load && m_revision != 0); });
    connect(&session, &DocumentSession::diagnosticsChanged, this, &GraphScene::onDiagnostics);
    connect(&session, &DocumentSession::selectionChanged, this, [this] { updateStates(); });
    connect(&session, &DocumentSession::nodePositionsChanged, this, [this] { sync(true); });
    connect(&session, &DocumentSession::sizesChanged, this, [this] { sync(true); });
    connect(&theme, &Theme::changed, this, &GraphScene::onTheme);
    m_spinner.setInterval(spinnerTick);
    connect(&m_spinner, &QTimer::timeout, this, &GraphScene::turn);
    sync(false);
}

GraphScene::~GraphScene()
{
    m_motion.stop();
    // Items are ours, not the base class's: take them out before it would delete them
    for (const auto &edge : m_edges) {
        removeItem(edge->labelItem());
        removeItem(edge.get());
    }
    for (const auto &[key, node] : m_nodes)
        removeItem(node.get());
}

void GraphScene::onDiagnostics()
{
    if (m_diagnosticsShown && m_revision == m_session.snapshot()->revision())
        return; // came together with the text
    sync(true);
}

void GraphScene::onTheme()
{
    m_tools.reset();
    m_painters = std::make_unique<GraphPainters>(m_tools, m_theme);
    update();
}

void GraphScene::sync(bool motion)
{
    const SnapshotPtr &snapshot = m_session.snapshot();
    m_revision = snapshot->revision();
    m_diagnosticsShown = m_session.diagnosticsUpToDate();
    m_model = buildGraphModel(*snapshot, m_session.diagnostics(), m_session.linter().catalog(), m_theme,
                              &m_session.sizes());
    std::vector<CardLayout> layouts;
    m_bubbles.clear();
    for (const NodeView &node : m_model.nodes) {
        m_bubbles.push_back(bubbleRowOf(node));
        layouts.push_back(layoutCard(node, m_bubbles.back()));
    }
    updateItems(layouts, motion);
    moveTo(arrangeGraph(m_model, layouts, m_session.nodePositions(), &m_layout), motion);
    updateStates();
    Q_EMIT contentChanged();
}

void GraphScene::updateItems(const std::vector<CardLayout> &layouts, bool)
{
    m_hover = {};
    m_drop = {};
    m_hotPort = nullptr;
    m_lifted.clear();
    const QString focusKey = m_focusNode ? m_focusNode->view().key : QString();
    m_focusNode = nullptr;
    std::map<QString, std::unique_ptr<NodeItem>> old;
    old.swap(m_nodes);
    m_nodeOrder.clear();
    for (std::size_t n = 0; n < m_model.nodes.size(); ++n) {
        const NodeView &view = m_model.nodes[n];
        std::unique_ptr<NodeItem> item;
        if (const auto it = old.find(view.key); it != old.end()) {
            item = std::move(it->second);
            old.erase(it);
        } else {
            item = std::make_unique<NodeItem>(m_painters);
            addItem(item.get());
        }
        item->setView(view, layouts[n]);
        if (view.key == focusKey)
            m_focusNode = item.get();
        m_nodeOrder.push_back(item.get());
        m_nodes.insert_or_assign(view.key, std::move(item));
    }
    // Edges first: they refer to nodes that go now
    while (m_edges.size() > m_model.edges.size()) {
        removeItem(m_edges.back()->labelItem());
        removeItem(m_edges.back().get());
        m_edges.pop_back();
    }
    while (m_edges.size() < m_model.edges.size()) {
        m_edges.push_back(std::make_unique<EdgeItem>(m_painters));
        addItem(m_edges.back().get());
        addItem(m_edges.back()->labelItem());
    }
    for (const auto &[key, item] : old) {
        removeItem(item.get());
        m_from.erase(item.get());
        m_to.erase(item.get());
    }
    for (std::size_t e = 0; e < m_edges.size(); ++e) {
        const EdgeView &view = m_model.edges[e];
        m_edges[e]->setView(view, m_nodeOrder[static_cast<std::size_t>(view.source)],
                            m_nodeOrder[static_cast<std::size_t>(view.target)], {});
    }
}

NodeItem *GraphScene::anchor() const
{
    const Selection &selection = m_session.selection();
    for (InstructionId instruction : selection.instructions) {
        if (const auto [node, row] = rowOf(instruction); node)
            return node;
    }
    return selection.nodes.empty() ? nullptr : nodeItem(selection.nodes.front());
}

void GraphScene::moveTo(const Arrangement &arrangement, bool motion)
{
    finishMotion();
    const bool glide = motion && m_theme.motionEnabled() && m_nodeOrder.size() <= motionLimit;
    std::map<const NodeItem *, QPointF> before = std::move(m_to);
    m_to.clear();
    m_from.clear();
    for (std::size_t n = 0; n < m_nodeOrder.size(); ++n)
        m_to[m_nodeOrder[n]] = arrangement.positions[n];
    QPointF offset;
    if (const NodeItem *fixed = motion ? anchor() : nullptr;
        fixed && before.contains(fixed) && m_session.nodePositions().empty())
        offset = m_to[fixed] - before[fixed];
    bool moves = false;
    for (NodeItem *node : m_nodeOrder) {
        const auto it = before.find(node);
        m_from[node] = it == before.end() ? m_to[node] : it->second + offset;
        moves = moves || m_from[node] != m_to[node];
    }
    for (std::size_t e = 0; e < m_edges.size(); ++e)
        m_edges[e]->setRoute(arrangement.routes[e]);
    applyPositions(glide && moves ? 0 : 1);
    const QRectF content = contentRect();
    // Room around, so that the last card can be scrolled to the middle
    setSceneRect(content.adjusted(-3000, -3000, 3000, 3000));
    if (!offset.isNull())
        Q_EMIT shifted(offset);
    if (glide && moves) {
        m_motion.setDuration(motionDuration);
        m_motion.start();
    }
}

void GraphScene::applyPositions(double progress)
{
    for (NodeItem *node : m_nodeOrder) {
        const QPointF from = m_from[node];
        const QPointF to = m_to[node];
        node->setPos(progress >= 1 ? to : from + (to - from) * progress);
    }
    for (const auto &edge : m_edges)
        edge->updateShape();
}

void GraphScene::finishMotion()
{
    if (m_motion.state() == QAbstractAnimation::Stopped)
        return;
    m_motion.stop();
    applyPositions(1);
}

int GraphScene::bubbleRowOf(const NodeView &node) const
{
    if (!node.isStage())
        return -1;
    for (InstructionId instruction : m_session.selection().instructions) {
        for (std::size_t i = 0; i < node.rows.size(); ++i) {
            if (node.rows[i].id == instruction && node.rows[i].severity)
                return static_cast<int>(i);
        }
    }
    return node.dimmed ? -1 : node.firstErrorRow();
}

void GraphScene::updateStates()
{
    for (std::size_t n = 0; n < m_model.nodes.size(); ++n) {
        if (bubbleRowOf(m_model.nodes[n]) != m_bubbles[n]) {
            sync(true); // a card grows or shrinks
            return;
        }
    }
    const Selection &selection = m_session.selection();
    for (NodeItem *node : m_nodeOrder) {
        CardState state;
        const NodeView &view = node->view();
        state.selected = std::find(selection.nodes.begin(), selection.nodes.end(), view.ref) != selection.nodes.end();
        for (std::size_t i = 0; i < view.rows.size() && !selection.instructions.empty(); ++i) {
            if (std::find(selection.instructions.begin(), selection.instructions.end(), view.rows[i].id)
                == selection.instructions.end())
                continue;
            state.selectedRows.push_back(static_cast<int>(i));
            state.selected = true; // the card of a selected row stands out too
            if (state.lightbulbRow < 0 && view.rows[i].severity && view.rows[i].fixable)
                state.lightbulbRow = static_cast<int>(i);
        }
        state.hovered = m_hover.node == node;
        state.hoverRow = m_hover.node == node && m_hover.kind == GraphHit::Kind::Row ? m_hover.row : -1;
        state.outPortHot = m_hotPort == node || (m_hover.node == node && m_hover.kind == GraphHit::Kind::OutPort);
        state.focusRow = m_focusNode == node ? m_focusRow : -1;
        if (m_drop.node == node) {
            state.dropRow = m_drop.row;
            state.dropText = m_drop.text;
            state.dropCard = m_drop.card;
            state.insertion = m_drop.insertion;
        }
        addBuild(view, state);
        state.logHot = m_hover.node == node && m_hover.kind == GraphHit::Kind::Log;
        state.lifted = std::find(m_lifted.begin(), m_lifted.end(), node) != m_lifted.end();
        node->setState(std::move(state));
        node->setOpacity(m_trail.empty() || isOnTrail(node) ? 1 : fadedOpacity);
    }
    const auto isSelected = [&selection](const NodeItem *node) {
        return std::find(selection.nodes.begin(), selection.nodes.end(), node->view().ref) != selection.nodes.end();
    };
    for (const auto &edge : m_edges) {
        EdgeState state;
        const bool rowSelected
            = std::find(selection.instructions.begin(), selection.instructions.end(), edge->view().instruction)
            != selection.instructions.end();
        state.selected
            = std::find(selection.edges.begin(), selection.edges.end(), edge->view().index) != selection.edges.end();
        state.hovered = m_hover.edge == edge.get();
        state.related = rowSelected || isSelected(edge->source()) || isSelected(edge->target())
            || (m_hover.kind == GraphHit::Kind::OutPort && m_hover.node == edge->source())
            || (m_hover.kind == GraphHit::Kind::Row && m_hover.node == edge->target()
                && m_hover.row == edge->view().row)
            || (m_hover.node == edge->source() && !edge->source()->view().isStage());
        const bool trail
            = edge->view().kind == EdgeKind::From && isOnTrail(edge->source()) && isOnTrail(edge->target());
        state.related = m_trail.empty() ? state.related : trail;
        if (const auto build = m_build.edges.find(edge->view().instruction); build != m_build.edges.end())
            state.build = build->second;
        edge->setState(std::move(state));
        edge->setOpacity(m_trail.empty() || trail ? 1 : fadedOpacity);
        edge->labelItem()->setOpacity(edge->opacity());
    }
}

void GraphScene::addBuild(const NodeView &view, CardState &state) const
{
    if (view.ref.kind == NodeKind::BuildContext)
        state.sent = m_build.context;
    if (!view.isStage())
        return;
    if (const auto stage = m_build.stages.find(static_cast<StageId>(view.ref.index)); stage != m_build.stages.end())
        state.build = stage->second;
    for (std::size_t i = 0; i < view.rows.size() && !m_build.rows.empty(); ++i) {
        const auto row = m_build.rows.find(view.rows[i].id);
        if (row == m_build.rows.end())
            continue;
        state.buildRows.resize(view.rows.size());
        state.buildRows[i] = row->second;
        if (m_build.weighed && view.rows[i].weighed)
            state.buildRows[i].text = view.rows[i].aside;
    }
}

void GraphScene::setBuild(GraphBuild build)
{
    if (build == m_build)
        return;
    m_build = std::move(build);
    updateStates();
    const bool turns = m_build.running && m_theme.motionEnabled();
    if (turns && !m_spinner.isActive()) {
        m_spinning.start();
        m_spinner.start();
    } else if (!turns) {
        m_spinner.stop();
    }
}

/// Moves spinners and dashes on; only what shows one is drawn anew.
void GraphScene::turn()
{
    if (!m_theme.motionEnabled()) {
        m_spinner.stop();
        return;
    }
    const double seconds = double(m_spinning.elapsed()) / 1000;
    m_painters->card.setPhase(seconds - std::floor(seconds));
    m_painters->edge.setPhase(seconds * dashesASecond);
    for (NodeItem *node : m_nodeOrder) {
        const std::vector<RowBuild> &rows = node->state().buildRows;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows[i].state == engine::RowState::Running)
                node->update(node->cardLayout().rows[i]);
        }
    }
    for (const auto &edge : m_edges) {
        if (edge->state().build.copying)
            edge->update();
    }
}

bool GraphScene::isOnTrail(const NodeItem *node) const
{
    return std::find(m_trail.begin(), m_trail.end(), node->view().ref) != m_trail.end();
}

void GraphScene::setTrail(std::vector<NodeRef> nodes)
{
    if (nodes == m_trail)
        return;
    m_trail = std::move(nodes);
    updateStates();
}

void GraphScene::setHover(const GraphHit &hit)
{
    if (hit.kind == m_hover.kind && hit.node == m_hover.node && hit.row == m_hover.row && hit.edge == m_hover.edge)
        return;
    m_hover = hit;
    updateStates();
}

void GraphScene::setFocusRow(NodeItem *node, int row)
{
    m_focusNode = node;
    m_focusRow = row;
    updateStates();
}

void GraphScene::setDrop(const Drop &drop)
{
    if (drop.node == m_drop.node && drop.row == m_drop.row && drop.text == m_drop.text && drop.card == m_drop.card
        && drop.insertion == m_drop.insertion)
        return;
    m_drop = drop;
    updateStates();
}

void GraphScene::setHotPort(NodeItem *node)
{
    m_hotPort = node;
    updateStates();
}

void GraphScene::setLifted(const std::vector<NodeItem *> &nodes)
{
    m_lifted = nodes;
    updateStates();
}

void GraphScene::dragNode(NodeItem *node, QPointF position)
{
    node->setPos(position);
    m_to[node] = position;
    m_from[node] = position;
    for (const auto &edge : m_edges) {
        if (edge->source() == node || edge->target() == node)
            edge->setRoute({});
    }
}

QPointF GraphScene::targetPosition(const NodeItem *node) const
{
    const auto it = m_to.find(node);
    return it == m_to.end() ? node->pos() : it->second;
}

NodeItem *GraphScene::nodeItem(NodeRef ref) const
{
    const int index = m_model.indexOf(ref);
    return index < 0 ? nullptr : m_nodeOrder[static_cast<std::size_t>(index)];
}

NodeItem *GraphScene::nodeItem(const QString &key) const
{
    const auto it = m_nodes.find(key);
    return it == m_nodes.end() ? nullptr : it->second.get();
}

std::pair<NodeItem *, int> GraphScene::rowOf(InstructionId instruction) const
{
    if (instruction == InstructionId::None)
        return {nullptr, -1};
    for (NodeItem *node : m_nodeOrder) {
        const std::vector<RowView> &rows = node->view().rows;
        // Ids ascend in the file: most cards are ruled out by their ends
        if (rows.empty() || instruction < rows.front().id || instruction > rows.back().id)
            continue;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows[i].id == instruction)
                return {node, static_cast<int>(i)};
        }
    }
    return {nullptr, -1};
}

GraphHit GraphScene::hitTest(QPointF at, double lod) const
{
    GraphHit hit;
    const double reach = std::max(metrics::portReach, 6 / lod);
    // The last drawn is the topmost
    const NodeItem *best = nullptr;
    for (NodeItem *node : m_nodeOrder) {
        if (const QRectF log = CardPainter::logRect(node->cardLayout(), node->state()).translated(node->pos());
            lod >= 0.3 && log.contains(at))
            return {GraphHit::Kind::Log, node, -1, nullptr};
        const QPointF port = node->outPort() - at;
        if (QPointF::dotProduct(port, port) <= reach * reach && at.x() >= node->outPort().x() - reach * 0.6
            && lod >= 0.3)
            return {GraphHit::Kind::OutPort, node, -1, nullptr};
        if (node->state().lightbulbRow >= 0
            && CardPainter::lightbulbRect(node->cardLayout(), node->state().lightbulbRow)
                   .translated(node->pos())
                   .contains(at))
            return {GraphHit::Kind::Lightbulb, node, node->state().lightbulbRow, nullptr};
        if (node->cardRect().contains(at) && (!best || node->zValue() >= best->zValue())) {
            best = node;
            hit.node = node;
        }
    }
    if (hit.node) {
        const QPointF local = at - hit.node->pos();
        const CardLayout &card = hit.node->cardLayout();
        hit.row = card.rowAt(local.y());
        if (hit.row >= 0)
            hit.kind = GraphHit::Kind::Row;
        else
            hit.kind = local.y() < card.header.bottom() ? GraphHit::Kind::Header : GraphHit::Kind::Footer;
        return hit;
    }
    const double width = std::max(5.0, 5 / lod);
    const QRectF around(at - QPointF(width, width), QSizeF(2 * width, 2 * width));
    for (QGraphicsItem *item : items(around, Qt::IntersectsItemBoundingRect)) {
        auto *edge = qgraphicsitem_cast<EdgeItem *>(item);
        if (!edge)
            continue;
        if (edge->edgeShape().label.contains(at) || edge->shape().intersects(around))
            return {GraphHit::Kind::Edge, nullptr, -1, edge};
    }
    return hit;
}

QRectF GraphScene::contentRect() const
{
    QRectF rect;
    for (const NodeItem *node : m_nodeOrder) {
        const QPointF at = targetPosition(node);
        rect |= node->cardLayout().rect().translated(at).adjusted(0, -metrics::captionLane, 8, 0);
    }
    return rect;
}

} // namespace stagewright
