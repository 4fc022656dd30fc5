// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "layers/SizeInsight.h"

#include "layers/LayersModel.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace stagewright {

namespace {

/// A part of an image that is worth a sentence.
constexpr double worthTelling = 0.02;
constexpr qsizetype longestCode = 48;

QString translate(const char *text)
{
    return QCoreApplication::translate("stagewright::SizeInsight", text);
}

QString code(const QString &text)
{
    const QString shown = text.size() > longestCode ? text.left(longestCode - 1).trimmed() + u'…' : text;
    return QStringLiteral("<code>%1</code>").arg(shown.toHtmlEscaped());
}

QString bold(const QString &text)
{
    return QStringLiteral("<b>%1</b>").arg(text.toHtmlEscaped());
}

bool isWorth(std::uint64_t part, std::uint64_t whole)
{
    return static_cast<double>(part) > worthTelling * static_cast<double>(whole);
}

/// The heaviest layer of all stages that were measured.
QString heaviestLayer(const DocumentSizes &sizes)
{
    const StageWeight *stage = nullptr;
    const InstructionWeight *heaviest = nullptr;
    for (const StageWeight &candidate : sizes.stages()) {
        for (const InstructionWeight &instruction : candidate.own) {
            if (!heaviest || instruction.bytes > heaviest->bytes) {
                heaviest = &instruction;
                stage = &candidate;
            }
        }
    }
    if (!heaviest || !isWorth(heaviest->bytes, stage->total))
        return translate("Nearly everything comes from the base image.");
    return translate("%1 is the heaviest layer: %2, %3 of %4.")
        .arg(code(heaviest->text), sizeText(heaviest->bytes), shareText(heaviest->bytes, stage->total),
             stage->name.toHtmlEscaped());
}

} // namespace

int SizeComparison::percent() const
{
    if (!builder || !final || builder->total == 0)
        return 0;
    const double ratio = static_cast<double>(final->total) / static_cast<double>(builder->total);
    return static_cast<int>(std::lround((ratio - 1) * 100));
}

SizeComparison compareWithBuilder(const DocumentSizes &sizes, const Snapshot &now)
{
    SizeComparison result;
    result.final = sizes.target();
    if (!result.final || result.final->stage == StageId::None)
        return result;
    std::map<StageId, std::uint64_t> copied;
    for (const Edge &edge : now.graph().edges()) {
        if (edge.target != result.final->stage || edge.source.kind != NodeKind::Stage
            || (edge.kind != EdgeKind::CopyFrom && edge.kind != EdgeKind::Mount))
            continue;
        const bool copies = edge.kind == EdgeKind::CopyFrom;
        copied[static_cast<StageId>(edge.source.index)]
            += copies ? sizes.bytesOf(edge.instruction).value_or(0) : std::uint64_t(0);
    }
    for (const auto &[id, bytes] : copied) {
        const StageWeight *stage = sizes.stage(id);
        if (stage && (!result.builder || stage->total > result.builder->total)) {
            result.builder = stage;
            result.copied = bytes;
        }
    }
    return result;
}

QString sizeInsight(const DocumentSizes &sizes, const Snapshot &now, const std::optional<WasteFacts> &waste)
{
    const StageWeight *target = sizes.target();
    if (!target)
        return {};
    QStringList sentences;
    if (waste && waste->deleted && isWorth(waste->deleted->bytes, waste->total)) {
        sentences << translate("%1 takes %2 away, but their bytes stay in the layer of %3.")
                         .arg(code(waste->deleted->by), bold(sizeText(waste->deleted->bytes)),
                              code(waste->deleted->from));
    } else {
        sentences << heaviestLayer(sizes);
        if (waste && isWorth(waste->wasted, waste->total))
            sentences << translate("%1 of the final image are in it and never seen: later layers replace or remove "
                                   "those files.")
                             .arg(bold(sizeText(waste->wasted)));
    }
    const SizeComparison comparison = compareWithBuilder(sizes, now);
    if (comparison.builder && comparison.copied > 0)
        sentences << translate("Only what is copied, %1, moves on.").arg(sizeText(comparison.copied));
    return sentences.join(u' ');
}

} // namespace stagewright
