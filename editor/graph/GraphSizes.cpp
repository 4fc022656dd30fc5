// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/GraphSizes.h"

#include <QCoreApplication>

namespace stagewright {

void addSize(RowView &row, const DocumentSizes *sizes)
{
    const auto bytes = sizes ? sizes->bytesOf(row.id) : std::nullopt;
    if (!bytes || (*bytes == 0 && !addsLayer(row.kind)))
        return;
    row.aside = sizeText(*bytes);
    row.weighed = true;
}

void addSize(NodeView &node, StageId stage, const DocumentSizes *sizes)
{
    if (!sizes)
        return;
    if (const StageWeight *measured = sizes->stage(stage)) {
        node.size = sizeText(measured->total);
        node.sizeFirm = !sizes->isOutdated();
    } else if (const GuessedSize *guess = sizes->estimateOf(stage)) {
        node.size = estimateText(*guess);
    }
}

QString copiedText(const Edge &edge, const DocumentSizes *sizes)
{
    const bool copies
        = edge.kind == EdgeKind::CopyFrom || edge.kind == EdgeKind::CopyContext || edge.kind == EdgeKind::AddRemote;
    const auto bytes = sizes && copies ? sizes->bytesOf(edge.instruction) : std::nullopt;
    return bytes && *bytes > 0 ? sizeText(*bytes) : QString();
}

std::optional<std::uint64_t> measuredBase(const BuildGraph &graph, ImageId image, const DocumentSizes *sizes)
{
    for (const Stage &stage : graph.stages()) {
        const bool on = stage.base.kind == BaseKind::Image && stage.base.image == image;
        const auto bytes = on && sizes ? sizes->bytesOf(stage.from) : std::nullopt;
        if (bytes)
            return bytes;
    }
    return std::nullopt;
}

QString sizeTip(const DocumentSizes &sizes, StageId stage)
{
    const auto translate = [](const char *text) { return QCoreApplication::translate("stagewright::GraphView", text); };
    if (const StageWeight *measured = sizes.stage(stage)) {
        const QString parts = translate("%1: %2 from %3, %4 added here")
                                  .arg(sizeText(measured->total), sizeText(measured->below()), measured->baseName,
                                       sizeText(measured->added()));
        return sizes.isOutdated() ? parts + translate(". Measured before the last changes.") : parts;
    }
    if (const GuessedSize *guess = sizes.estimateOf(stage))
        return translate("%1 is an estimate, not a measurement. A build tells the exact bytes.")
                   .arg(estimateText(*guess))
            + (guess->how.isEmpty() ? QString() : u' ' + guess->how);
    return {};
}

} // namespace stagewright
