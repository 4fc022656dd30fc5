// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/Variables.h"

namespace stagewright::lint {

namespace {

/// So many layers are looked through before they are made one.
constexpr std::size_t MostLayers = 32;
/// No image has so many variables; what a generated file sets beyond is not known then, which is always allowed.
constexpr std::size_t MostCopied = 1024;

} // namespace

std::shared_ptr<Variables> Variables::onTop(const std::shared_ptr<const Variables> &below)
{
    auto result = std::make_shared<Variables>();
    // Layers that add nothing need not be looked at.
    std::shared_ptr<const Variables> base = below;
    while (base && base->m_own.empty())
        base = base->m_below;
    if (!base)
        return result;
    if (base->m_depth + 1 < MostLayers) {
        result->m_depth = base->m_depth + 1;
        result->m_below = std::move(base);
        return result;
    }
    for (const Variables *layer = base.get(); layer; layer = layer->m_below.get()) {
        if (result->m_own.size() + layer->m_own.size() > MostCopied)
            break;
        for (const auto &[name, value] : layer->m_own)
            result->m_own.try_emplace(name, value);
    }
    return result;
}

} // namespace stagewright::lint
