// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "semantics/BuildGraph.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <vector>

namespace stagewright {

/// A stage, the one that it is built FROM, … and last the one that starts from an image: a forward range of StageId.
/// Cheap to copy: every chain of a document goes along the same list of parents, which has to live longer.
class StageChain
{
public:
    class iterator
    {
    public:
        using value_type = StageId;
        using difference_type = std::ptrdiff_t;
        using iterator_concept = std::forward_iterator_tag;
        using iterator_category = std::input_iterator_tag;

        iterator() = default;
        iterator(const std::vector<StageId> *parents, StageId at)
            : m_parents(parents)
            , m_at(at)
        {
        }
        StageId operator*() const { return m_at; }
        iterator &operator++()
        {
            m_at = (*m_parents)[indexOf(m_at)];
            return *this;
        }
        iterator operator++(int)
        {
            const iterator before = *this;
            ++*this;
            return before;
        }
        friend bool operator==(const iterator &a, const iterator &b) { return a.m_at == b.m_at; }

    private:
        const std::vector<StageId> *m_parents = nullptr;
        StageId m_at = StageId::None;
    };

    StageChain() = default;
    /// @p parents: for each stage the one that it is built FROM, None for an image. @p below is the chain of the parent
    /// of @p first, null when there is none.
    StageChain(const std::vector<StageId> &parents, StageId first, const StageChain *below)
        : m_parents(&parents)
        , m_first(first)
        , m_root(below ? below->m_root : first)
        , m_size(below ? below->m_size + 1 : 1)
    {
    }

    [[nodiscard]] iterator begin() const { return {m_parents, m_first}; }
    [[nodiscard]] iterator end() const { return {m_parents, StageId::None}; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] StageId front() const { return m_first; }
    /// The stage that starts from an image.
    [[nodiscard]] StageId back() const { return m_root; }
    /// What the first is built FROM; None for an image.
    [[nodiscard]] StageId parent() const { return m_size > 1 ? (*m_parents)[indexOf(m_first)] : StageId::None; }
    [[nodiscard]] bool contains(StageId stage) const { return std::ranges::find(*this, stage) != end(); }
    /// The same from the image on, in the order in which the engine builds.
    [[nodiscard]] std::vector<StageId> fromRoot() const
    {
        std::vector<StageId> result(begin(), end());
        std::ranges::reverse(result);
        return result;
    }

private:
    const std::vector<StageId> *m_parents = nullptr;
    StageId m_first = StageId::None;
    StageId m_root = StageId::None;
    std::size_t m_size = 0;
};

} // namespace stagewright
