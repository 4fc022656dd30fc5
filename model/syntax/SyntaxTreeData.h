// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "syntax/SyntaxTree.h"

#include <array>
#include <cstring>
#include <memory_resource>
#include <type_traits>

namespace stagewright {

/// Everything of a tree that is not in the text; freed at once with the tree.
struct SyntaxTree::Data
{
    explicit Data(SourceText source)
        : text(std::move(source))
        , arena(text.size() / 2 + 1024)
    {
    }

    SourceText text;
    std::pmr::monotonic_buffer_resource arena;
    std::vector<Instruction> instructions;
    static constexpr std::size_t Kinds = static_cast<std::size_t>(InstructionKind::Workdir) + 1;
    std::array<InstructionId, Kinds> firstOfKind = none();
    std::array<InstructionId, Kinds> lastOfKind = none();
    std::vector<Directive> directives;       ///< What the parser reads.
    std::vector<Directive> hiddenDirectives; ///< Behind a `#!` line: only the front end sees them.
    std::vector<SyntaxError> errors;
    char escape = '\\';

    static constexpr std::array<InstructionId, Kinds> none()
    {
        std::array<InstructionId, Kinds> ids{};
        ids.fill(InstructionId::None);
        return ids;
    }

    void add(const Instruction &instruction)
    {
        const auto kind = static_cast<std::size_t>(instruction.kind);
        if (lastOfKind[kind] == InstructionId::None)
            firstOfKind[kind] = instruction.id;
        else
            instructions[static_cast<std::size_t>(lastOfKind[kind])].nextOfKind = instruction.id;
        lastOfKind[kind] = instruction.id;
        instructions.push_back(instruction);
    }

    /// A copy of @p items that lives as long as the tree.
    template <typename T> [[nodiscard]] std::span<const T> keep(std::span<const T> items)
    {
        static_assert(std::is_trivially_destructible_v<T> && std::is_trivially_copyable_v<T>);
        if (items.empty())
            return {};
        T *copy = static_cast<T *>(arena.allocate(items.size_bytes(), alignof(T)));
        std::memcpy(static_cast<void *>(copy), items.data(), items.size_bytes());
        return {copy, items.size()};
    }

    [[nodiscard]] std::string_view keep(std::string_view characters)
    {
        const auto copy = keep(std::span<const char>(characters));
        return {copy.data(), copy.size()};
    }

    /// Room for @p size bytes that become part of the tree.
    [[nodiscard]] char *room(std::size_t size) { return static_cast<char *>(arena.allocate(size, 1)); }
};

} // namespace stagewright
