// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/GraphModel.h"

#include "catalog/Catalog.h"
#include "graph/CardChips.h"
#include "graph/CardLayout.h"
#include "graph/CardText.h"
#include "graph/GraphFonts.h"
#include "graph/GraphSizes.h"
#include "session/NodeKeys.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace stagewright {

namespace {

constexpr double minimumStageWidth = 240;
constexpr double maximumStageWidth = 320;
constexpr double maximumSourceWidth = 254;
constexpr double longestLabel = 150;

QString translate(const char *text)
{
    return QCoreApplication::translate("stagewright::GraphModel", text);
}

bool worse(std::optional<Severity> a, std::optional<Severity> b)
{
    return a && (!b || *a < *b); // Error comes first in the enum
}

/// Collects the nodes of one snapshot.
class Builder
{
public:
    Builder(const Snapshot &snapshot, std::span<const Diagnostic> diagnostics, const Catalog &catalog,
            const Theme &theme, const DocumentSizes *sizes)
        : m_snapshot(snapshot)
        , m_graph(snapshot.graph())
        , m_diagnostics(diagnostics)
        , m_catalog(catalog)
        , m_sizes(sizes)
        , m_fonts(theme)
        , m_mono(m_fonts.mono)
        , m_keyword(m_fonts.keyword)
        , m_title(m_fonts.title)
        , m_small(m_fonts.small)
        , m_label(m_fonts.label)
        , m_bubble(m_fonts.bubble)
        , m_chips(snapshot, catalog, m_small)
    {
    }

    GraphModel build();

private:
    NodeView stageView(const Stage &stage);
    RowView rowView(const Instruction &instruction);
    void fitRows(NodeView &node, const Stage &stage);
    void addSources();
    NodeView sourceView(NodeRef ref, const QString &title, const QString &subtitle, bool needed);
    /// The width that the rows and the title ask for, chips left out.
    [[nodiscard]] double rowsWidth(const NodeView &node) const;
    [[nodiscard]] double footerSize(const NodeView &node) const
    {
        return node.size.isEmpty() ? 0 : m_small.horizontalAdvance(node.size) + 10;
    }
    /// Findings may be of an older text, while the new one is being checked.
    [[nodiscard]] bool isKnown(InstructionId id) const
    {
        return id != InstructionId::None && stagewright::indexOf(id) < m_snapshot.tree().instructions().size();
    }
    [[nodiscard]] StageId stageOf(const Diagnostic &diagnostic) const;
    void measureErrors();
    void addFindings();
    void addFinding(NodeView &node, int row, const Diagnostic &diagnostic);
    void addEdges();
    QString labelOf(const Edge &edge) const;

    const Snapshot &m_snapshot;
    const BuildGraph &m_graph;
    std::span<const Diagnostic> m_diagnostics;
    const Catalog &m_catalog;
    const DocumentSizes *m_sizes;
    GraphFonts m_fonts;
    QFontMetricsF m_mono, m_keyword, m_title, m_small, m_label, m_bubble;
    GraphModel m_model;
    CardChips m_chips;
    std::map<StageId, double> m_bubbles; ///< How wide the words of a stage's errors are.
};

RowView Builder::rowView(const Instruction &instruction)
{
    RowView row;
    row.id = instruction.id;
    row.kind = instruction.kind;
    row.icon = instructionIcon(instruction.kind);
    row.keyword = toQString(instruction.keyword).toUpper();
    row.arguments = cardtext::argumentLine(instruction);
    row.keywordWidth = m_keyword.horizontalAdvance(row.keyword);
    if (instruction.kind == InstructionKind::From)
        row.port = PortShape::Circle;
    else if (instruction.kind == InstructionKind::Copy || instruction.kind == InstructionKind::Add)
        row.port = PortShape::Diamond;
    if (!instruction.heredocs.empty())
        row.aside = translate("%1 lines").arg(instruction.lastLine - instruction.firstLine + 1);
    addSize(row, m_sizes);
    return row;
}

double Builder::rowsWidth(const NodeView &node) const
{
    using namespace metrics;
    double wanted = std::max(minimumStageWidth, 44 + m_title.horizontalAdvance(node.title) + 24);
    for (const RowView &row : node.rows) {
        const double aside = row.aside.isEmpty() ? 0 : m_small.horizontalAdvance(row.aside) + 10;
        wanted = std::max(wanted,
                          rowTextX + row.keywordWidth + keywordGap + m_mono.horizontalAdvance(row.arguments) + rowEnd
                              + aside);
    }
    return std::min(wanted, maximumStageWidth);
}

/// Chooses the card's width and elides the rows to it.
void Builder::fitRows(NodeView &node, const Stage &stage)
{
    using namespace metrics;
    double wanted = rowsWidth(node);
    const auto textStart = [](const RowView &row) { return rowTextX + row.keywordWidth + keywordGap; };
    const auto asideWidth
        = [&](const RowView &row) { return row.aside.isEmpty() ? 0 : m_small.horizontalAdvance(row.aside) + 10; };
    if (node.dimmed)
        wanted = std::max(wanted,
                          44 + std::max(m_title.horizontalAdvance(node.title), m_small.horizontalAdvance(node.subtitle))
                              + 120);
    double chips = 10;
    for (const ChipView &chip : node.chips)
        chips += chip.width + 6;
    wanted = std::max(wanted, node.dimmed ? 0 : chips + 6 + footerSize(node));
    if (const auto words = m_bubbles.find(stage.id); words != m_bubbles.end() && !node.dimmed)
        wanted = std::max(wanted, words->second + bubbleSides);
    node.width = std::clamp(std::ceil(wanted / 16) * 16, minimumStageWidth, maximumStageWidth);
    for (RowView &row : node.rows) {
        double room = node.width - textStart(row) - rowEnd - asideWidth(row);
        if (room < 60 && !row.aside.isEmpty()) {
            room += asideWidth(row);
            row.aside.clear();
        }
        row.arguments = row.kind == InstructionKind::From && row.id == stage.from
            ? cardtext::elideReference(row.arguments, m_mono, room)
            : m_mono.elidedText(row.arguments, Qt::ElideRight, room);
        row.argumentsWidth = m_mono.horizontalAdvance(row.arguments);
    }
    node.title = m_title.elidedText(node.title, Qt::ElideRight, node.width - 44 - (node.dimmed ? 112 : 40));
}

NodeView Builder::stageView(const Stage &stage)
{
    NodeView node;
    node.ref = NodeRef::stage(stage.id);
    node.role = roleOf(stage);
    node.target = stage.isTarget;
    node.dimmed = !stage.reachable;
    node.title = toQString(stage.displayName);
    const char *role = node.role == StageRole::Final ? "final" : (node.role == StageRole::Test ? "test" : "builder");
    node.subtitle = translate(role) + translate(" · index %1").arg(static_cast<int>(stage.id));
    if (stage.name.empty())
        node.subtitle += translate(", unnamed");
    const Instruction &from = m_snapshot.tree().instruction(stage.from);
    node.order = from.range.begin;
    if (!from.leadingComment.isEmpty()) {
        const QString comment = toQString(m_snapshot.text().slice(from.leadingComment).substr(0, 400));
        node.comment = comment.section(u'\n', -1).simplified(); // the line next to the stage says most about it
    }
    addSize(node, stage.id, m_sizes);

    RowView row = rowView(from);
    row.arguments = toQString(stage.base.written.empty() ? from.arguments : stage.base.written);
    if (!stage.platform.empty())
        row.aside = toQString(stage.platform) + (row.aside.isEmpty() ? QString() : QStringLiteral(" · ") + row.aside);
    row.port = PortShape::Circle;
    node.rows.push_back(std::move(row));
    for (const Instruction &instruction : m_snapshot.instructionsOf(stage.id))
        node.rows.push_back(rowView(instruction));
    if (const auto facts = m_chips.factsOf(stage))
        node.chips = m_chips.chipsOf(*facts, &stage,
                                     {maximumStageWidth - 16 - footerSize(node), rowsWidth(node), footerSize(node)});
    fitRows(node, stage);
    QFontMetricsF comment(m_fonts.comment);
    node.comment = comment.elidedText(node.comment, Qt::ElideRight, node.width - (node.target ? 126 : 8));
    return node;
}

NodeView Builder::sourceView(NodeRef ref, const QString &title, const QString &subtitle, bool needed)
{
    NodeView node;
    node.ref = ref;
    node.title = title;
    node.subtitle = subtitle;
    node.dimmed = !needed;
    return node;
}

void Builder::addSources()
{
    for (const ExternalImage &image : m_graph.images()) {
        const QString written = toQString(image.written);
        NodeView node = sourceView(NodeRef::image(image.id), cardtext::shortName(written),
                                   cardtext::registryOf(written), image.needed);
        if (cardtext::isUntagged(written))
            node.subtitle += translate(" · no tag, so :latest");
        const ImageFactsPtr facts = m_catalog.lookup(image.reference);
        if (const std::optional<std::uint64_t> bytes = measuredBase(m_graph, image.id, m_sizes))
            node.subtitle += QStringLiteral(" · ") + sizeText(*bytes);
        else if (facts && facts->sizeMb)
            node.subtitle += translate(" · %1 MB").arg(std::lround(*facts->sizeMb));
        if (facts)
            node.chips = m_chips.chipsOf(*facts, nullptr, {maximumSourceWidth - 18, minimumStageWidth, 0});
        m_model.nodes.push_back(std::move(node));
    }
    if (m_graph.usesBuildContext())
        m_model.nodes.push_back(sourceView(NodeRef::buildContext(), translate("Build context"), translate("your files"),
                                           m_graph.buildContextNeeded()));
    const auto others = [&](NodeKind kind, std::span<const OtherSource> sources, const QString &subtitle) {
        for (std::size_t i = 0; i < sources.size(); ++i)
            m_model.nodes.push_back(sourceView({kind, static_cast<std::int32_t>(i)}, toQString(sources[i].name),
                                               subtitle, sources[i].needed));
    };
    others(NodeKind::NamedContext, m_graph.namedContexts(), translate("named context"));
    others(NodeKind::CacheMount, m_graph.cacheMounts(), translate("cache mount"));
    others(NodeKind::Remote, m_graph.remotes(), translate("remote source"));
    for (NodeView &node : m_model.nodes) {
        if (node.isStage())
            continue;
        const bool mono = node.ref.kind != NodeKind::BuildContext;
        const QFontMetricsF &metrics = mono ? m_mono : m_title;
        double chips = 12;
        for (const ChipView &chip : node.chips)
            chips += chip.width + 6;
        const double text = std::max(metrics.horizontalAdvance(node.title), m_small.horizontalAdvance(node.subtitle));
        node.width = std::clamp(std::ceil(std::max(text + 33 + 16, chips + 6) / 2) * 2, 152.0, maximumSourceWidth);
        const auto mode = node.ref.kind == NodeKind::Remote || node.ref.kind == NodeKind::CacheMount ? Qt::ElideLeft
                                                                                                     : Qt::ElideMiddle;
        node.title = metrics.elidedText(node.title, mode, node.width - 33 - 14);
        node.subtitle = m_small.elidedText(node.subtitle, Qt::ElideRight, node.width - 33 - 12);
        node.order = ~0U;
    }
}

void Builder::addFinding(NodeView &node, int row, const Diagnostic &diagnostic)
{
    if (worse(diagnostic.severity, node.severity)) {
        node.severity = diagnostic.severity;
        node.finding = toQString(diagnostic.title);
    }
    if (row < 0)
        return;
    RowView &view = node.rows[static_cast<std::size_t>(row)];
    view.fixable = view.fixable || diagnostic.fixable;
    if (!worse(diagnostic.severity, view.severity))
        return;
    view.severity = diagnostic.severity;
    view.finding = toQString(diagnostic.title);
    view.findingWidth = m_bubble.horizontalAdvance(view.finding);
    const double whole = view.keywordWidth + metrics::keywordGap + view.argumentsWidth;
    view.waveFrom = 0;
    view.waveLength = diagnostic.severity == Severity::Info ? 0 : whole;
    const Instruction &instruction = m_snapshot.tree().instruction(view.id);
    const bool part
        = diagnostic.range.begin > instruction.keywordRange.begin && diagnostic.range.end <= instruction.range.end;
    if (part && diagnostic.range.length() < 200 && view.waveLength > 0) {
        const QString words = toQString(m_snapshot.text().slice(diagnostic.range));
        const qsizetype at = view.arguments.indexOf(words);
        if (at >= 0 && !words.isEmpty()) {
            view.waveFrom = view.keywordWidth + metrics::keywordGap + m_mono.horizontalAdvance(view.arguments.left(at));
            view.waveLength = m_mono.horizontalAdvance(words);
        }
    }
}

StageId Builder::stageOf(const Diagnostic &diagnostic) const
{
    StageId stage = diagnostic.stage;
    if (stage == StageId::None && isKnown(diagnostic.instruction))
        stage = m_graph.stageOf(diagnostic.instruction);
    return stage == StageId::None || stagewright::indexOf(stage) >= m_graph.stages().size() ? StageId::None : stage;
}

/// Errors are spelled out on the card without being asked for, so it is made wide enough for them.
void Builder::measureErrors()
{
    for (const Diagnostic &diagnostic : m_diagnostics) {
        if (diagnostic.severity != Severity::Error)
            continue;
        double &width = m_bubbles[stageOf(diagnostic)];
        width = std::max(width, m_bubble.horizontalAdvance(toQString(diagnostic.title)));
    }
}

void Builder::addFindings()
{
    for (const Diagnostic &diagnostic : m_diagnostics) {
        const StageId stage = stageOf(diagnostic);
        if (stage == StageId::None)
            continue;
        NodeView &node = m_model.nodes[stagewright::indexOf(stage)];
        int row = -1;
        for (std::size_t i = 0; isKnown(diagnostic.instruction) && i < node.rows.size(); ++i) {
            if (node.rows[i].id == diagnostic.instruction)
                row = static_cast<int>(i);
        }
        addFinding(node, row, diagnostic);
    }
}

/// What a copy takes, and what it weighs once that is known.
QString Builder::labelOf(const Edge &edge) const
{
    QString label;
    if (edge.kind == EdgeKind::CopyFrom && !edge.label.empty())
        label = m_label.elidedText(toQString(edge.label).left(120), Qt::ElideMiddle, longestLabel);
    const QString bytes = copiedText(edge, m_sizes);
    return label.isEmpty() || bytes.isEmpty() ? label + bytes : label + QStringLiteral("  ") + bytes;
}

void Builder::addEdges()
{
    const auto edges = m_graph.edges();
    std::map<NodeRef, int> places;
    for (std::size_t n = 0; n < m_model.nodes.size(); ++n)
        places[m_model.nodes[n].ref] = static_cast<int>(n);
    for (std::size_t e = 0; e < edges.size(); ++e) {
        const Edge &edge = edges[e];
        EdgeView view;
        view.index = e;
        view.kind = edge.kind;
        const auto source = places.find(edge.source);
        view.source = source == places.end() ? -1 : source->second;
        view.target = m_model.indexOf(NodeRef::stage(edge.target));
        if (view.source < 0 || view.target < 0)
            continue;
        view.instruction = edge.instruction;
        view.dimmed = !edge.needed;
        NodeView &target = m_model.nodes[static_cast<std::size_t>(view.target)];
        for (std::size_t i = 0; i < target.rows.size(); ++i) {
            if (target.rows[i].id == edge.instruction)
                view.row = static_cast<int>(i);
        }
        RowView &row = target.rows[static_cast<std::size_t>(view.row)];
        row.connected = true;
        if (edge.kind == EdgeKind::Mount)
            row.port = PortShape::Square;
        NodeView &from = m_model.nodes[static_cast<std::size_t>(view.source)];
        from.outConnected = true;
        if (!from.isStage())
            from.order = std::min(from.order, target.order);
        view.label = labelOf(edge);
        if (!view.label.isEmpty())
            view.labelWidth = std::ceil(m_label.horizontalAdvance(view.label)) + 14;
        view.error = row.severity == Severity::Error
            && std::any_of(m_diagnostics.begin(), m_diagnostics.end(), [&](const Diagnostic &d) {
                         return d.severity == Severity::Error && d.instruction == edge.instruction
                             && edge.range.contains(d.range);
                     });
        m_model.edges.push_back(std::move(view));
    }
}

GraphModel Builder::build()
{
    measureErrors();
    for (const Stage &stage : m_graph.stages())
        m_model.nodes.push_back(stageView(stage));
    addFindings();
    addSources();
    addEdges();
    for (NodeView &node : m_model.nodes)
        node.key = nodeKey(m_graph, node.ref);
    return std::move(m_model);
}

} // namespace

int NodeView::firstErrorRow() const
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].severity == Severity::Error)
            return static_cast<int>(i);
    }
    return -1;
}

int GraphModel::indexOf(NodeRef ref) const
{
    // Stages come first, in the order of their index
    if (ref.kind == NodeKind::Stage)
        return ref.index >= 0 && ref.index < static_cast<int>(nodes.size())
                && nodes[static_cast<std::size_t>(ref.index)].ref == ref
            ? ref.index
            : -1;
    for (std::size_t i = nodes.size(); i-- > 0;) {
        if (nodes[i].ref == ref)
            return static_cast<int>(i);
        if (nodes[i].isStage())
            break;
    }
    return -1;
}

GraphModel buildGraphModel(const Snapshot &snapshot, std::span<const Diagnostic> diagnostics, const Catalog &catalog,
                           const Theme &theme, const DocumentSizes *sizes)
{
    return Builder(snapshot, diagnostics, catalog, theme, sizes).build();
}

QString iconOf(NodeKind kind)
{
    switch (kind) {
    case NodeKind::Image: return QStringLiteral("box");
    case NodeKind::BuildContext:
    case NodeKind::NamedContext: return QStringLiteral("folder-tree");
    case NodeKind::CacheMount: return QStringLiteral("database");
    case NodeKind::Remote: return QStringLiteral("globe");
    case NodeKind::Stage: break;
    }
    return QStringLiteral("hammer");
}

} // namespace stagewright
