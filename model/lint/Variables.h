// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <cstddef>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace stagewright::lint {

/// Values of ARG and ENV that are known at a place. A stage starts with those of the stage that it is built FROM
/// (onTop()) without a copy of them, so that a long chain of stages costs what its own lines cost.
class Variables
{
public:
    Variables() = default;
    Variables(std::initializer_list<std::pair<const std::string, std::string>> values)
        : m_own(values)
    {
    }

    /// What a stage that is built on this one starts with. This one must not change any more.
    [[nodiscard]] static std::shared_ptr<Variables> onTop(const std::shared_ptr<const Variables> &below);

    /// Null when it is not known.
    [[nodiscard]] const std::string *find(std::string_view name) const
    {
        for (const Variables *layer = this; layer; layer = layer->m_below.get()) {
            if (const auto found = layer->m_own.find(name); found != layer->m_own.end())
                return &found->second;
        }
        return nullptr;
    }
    void set(std::string name, std::string value) { m_own.insert_or_assign(std::move(name), std::move(value)); }

private:
    std::map<std::string, std::string, std::less<>> m_own;
    std::shared_ptr<const Variables> m_below;
    std::size_t m_depth = 0; ///< Layers below this one.
};

} // namespace stagewright::lint
