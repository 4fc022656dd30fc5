// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Diagnostic.h"
#include "semantics/Snapshot.h"
#include "session/StageRole.h"

#include <QRectF>
#include <QString>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace stagewright {

class Catalog;
class DocumentSizes;
class Theme;

/// A fact about an image ("no shell", "musl", "non-root").
struct ChipView
{
    enum class Tone : std::uint8_t { Neutral, Bad, Good };
    QString icon;
    QString text;
    Tone tone = Tone::Neutral;
    double width = 0;
};

enum class PortShape : std::uint8_t { None, Circle, Diamond, Square };

/// One line of a stage card: the FROM, or an instruction.
struct RowView
{
    InstructionId id = InstructionId::None;
    InstructionKind kind = InstructionKind::Unknown;
    QString icon;
    QString keyword;
    QString arguments;    ///< Elided to the card's width.
    QString aside;        ///< Small, at the right: what it weighs; the platform, the number of lines.
    bool weighed = false; ///< The aside is a measured size.
    double keywordWidth = 0;
    double argumentsWidth = 0;
    PortShape port = PortShape::None;
    bool connected = false;           ///< An edge lands here.
    std::optional<Severity> severity; ///< The worst finding of this row.
    QString finding;                  ///< Its title …
    double findingWidth = 0;          ///< … and how wide that is in a bubble.
    bool fixable = false;
    double waveFrom = 0;   ///< What to underline, in px from the start of the keyword.
    double waveLength = 0; ///< 0: nothing.
};

/// A node as it is shown, with all texts measured and elided.
struct NodeView
{
    NodeRef ref;
    QString key; ///< Stable across edits (session/NodeKeys.h).
    QString title;
    QString subtitle;
    QString comment; ///< The stage's comment, for the caption lane.
    StageRole role = StageRole::Builder;
    bool target = false;
    bool dimmed = false; ///< The chosen target does not need it.
    bool outConnected = false;
    std::optional<Severity> severity; ///< The worst of its findings.
    QString finding;                  ///< Its title.
    std::vector<RowView> rows;        ///< Stages: FROM first. Others: none.
    std::vector<ChipView> chips;
    QString size;          ///< Of the stage's image, in the footer; "" when nothing is known.
    bool sizeFirm = false; ///< It was measured and nothing changed since.
    double width = 0;
    std::uint32_t order = 0; ///< Place in the file.

    [[nodiscard]] bool isStage() const { return ref.kind == NodeKind::Stage; }
    /// The row whose finding is shown in a bubble when nothing is selected; -1 for none.
    [[nodiscard]] int firstErrorRow() const;
};

/// An edge as it is shown. Nodes are indexes into GraphModel::nodes.
struct EdgeView
{
    std::size_t index = 0; ///< Into BuildGraph::edges().
    EdgeKind kind = EdgeKind::From;
    int source = -1;
    int target = -1;
    int row = 0; ///< Of the target that it lands on.
    InstructionId instruction = InstructionId::None;
    QString label; ///< Elided; "" for none.
    double labelWidth = 0;
    bool dimmed = false;
    bool error = false;
};

/// Everything that the graph shows of one snapshot; plain data.
struct GraphModel
{
    std::vector<NodeView> nodes; ///< In file order; sources in front of their first user.
    std::vector<EdgeView> edges;

    [[nodiscard]] int indexOf(NodeRef ref) const; ///< -1 when it is not there.
};

/// Looks at no widget: also for pictures without a window. @p sizes: what is known about weights, if anything.
[[nodiscard]] GraphModel buildGraphModel(const Snapshot &snapshot, std::span<const Diagnostic> diagnostics,
                                         const Catalog &catalog, const Theme &theme,
                                         const DocumentSizes *sizes = nullptr);

/// Icon name of a node kind; those of instructions are in session/StageRole.h.
[[nodiscard]] QString iconOf(NodeKind kind);

[[nodiscard]] inline QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace stagewright
