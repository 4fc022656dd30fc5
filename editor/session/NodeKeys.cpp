// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "session/NodeKeys.h"

#include <algorithm>

namespace stagewright {

namespace {

QString stageKey(const BuildGraph &graph, std::size_t index)
{
    const std::span<const Stage> stages = graph.stages();
    const std::string &name = stages[index].name;
    const bool first = std::none_of(stages.begin(), stages.begin() + static_cast<std::ptrdiff_t>(index),
                                    [&](const Stage &other) { return other.name == name; });
    if (!name.empty() && first)
        return QStringLiteral("stage:") + QString::fromStdString(name);
    return QStringLiteral("stage:#") + QString::number(index);
}

QString sourceKey(const char16_t *prefix, std::span<const OtherSource> sources, std::size_t index)
{
    return index < sources.size() ? QString::fromUtf16(prefix) + QString::fromStdString(sources[index].name)
                                  : QString();
}

} // namespace

QString nodeKey(const BuildGraph &graph, NodeRef node)
{
    if (node.index < 0)
        return {};
    const auto index = static_cast<std::size_t>(node.index);
    switch (node.kind) {
    case NodeKind::Stage: return index < graph.stages().size() ? stageKey(graph, index) : QString();
    case NodeKind::Image:
        return index < graph.images().size()
            ? QStringLiteral("image:") + QString::fromStdString(graph.images()[index].reference)
            : QString();
    case NodeKind::BuildContext: return QStringLiteral("context");
    case NodeKind::NamedContext: return sourceKey(u"named-context:", graph.namedContexts(), index);
    case NodeKind::CacheMount: return sourceKey(u"cache:", graph.cacheMounts(), index);
    case NodeKind::Remote: return sourceKey(u"remote:", graph.remotes(), index);
    }
    return {};
}

std::map<QString, QPointF> followStages(const std::map<QString, QPointF> &positions, const BuildGraph &before,
                                        const BuildGraph &after, const std::vector<StageId> &stageMap)
{
    if (positions.empty())
        return {};
    std::map<QString, QPointF> moved;
    std::map<QString, QPointF> rest = positions;
    for (std::size_t i = 0; i < before.stages().size() && i < stageMap.size(); ++i) {
        if (stageMap[i] == StageId::None)
            continue;
        const QString oldKey = nodeKey(before, NodeRef::stage(static_cast<StageId>(i)));
        const auto found = positions.find(oldKey);
        if (found == positions.end())
            continue;
        moved.insert_or_assign(nodeKey(after, NodeRef::stage(stageMap[i])), found->second);
        rest.erase(oldKey);
    }
    moved.merge(rest);
    return moved;
}

} // namespace stagewright
