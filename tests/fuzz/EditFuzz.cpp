// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors

#include "Require.h"
#include "edit/Format.h"

#include <algorithm>

using namespace stagewright;

namespace {

/// One operation of three bytes: what, where, and an argument.
edit::Result apply(const Snapshot &s, std::uint8_t what, std::uint8_t where, std::uint8_t argument)
{
    const std::size_t stages = s.graph().stages().size();
    const std::size_t count = s.tree().instructions().size();
    if (stages == 0 || count == 0)
        return edit::addStage(s, {.base = "alpine", .name = "first", .instructions = {}, .comment = {}});
    const auto stage = static_cast<StageId>(where % stages);
    const auto other = static_cast<StageId>(argument % stages);
    const auto instruction = static_cast<InstructionId>(where % count);
    const edit::Place place{other, argument % std::size_t{8}};
    switch (what % 12) {
    case 0: return edit::renameStage(s, stage, argument % 4 == 0 ? "" : "renamed");
    case 1: return edit::deleteStage(s, stage, argument % 2 != 0);
    case 2: return edit::moveStage(s, stage, argument % stages);
    case 3: return edit::connectCopyFrom(s, NodeRef::stage(stage), other, "/a b", "/c");
    case 4: return edit::connectFrom(s, NodeRef::stage(stage), other);
    case 5: return edit::addInstruction(s, place, "RUN make \\\n  all");
    case 6: return edit::editInstruction(s, instruction, "ENV A=b");
    case 7: return edit::deleteInstruction(s, instruction);
    case 8: return edit::moveInstruction(s, instruction, place);
    case 9:
        return edit::setFlag(s, instruction, "chown",
                             argument % 2 ? std::optional<std::string_view>("a b") : std::nullopt);
    case 10: return edit::duplicateStage(s, stage, "");
    default: return edit::format(s);
    }
}

void checkFormat(const Snapshot &s)
{
    const auto formatted = edit::format(s);
    if (!formatted)
        return;
    const SnapshotPtr after = Snapshot::make(formatted->applyTo(s.text()));
    require(after->graph().stages().size() == s.graph().stages().size(), "formatting keeps the stages");
    require(after->graph().edges().size() == s.graph().edges().size(), "formatting keeps the edges");
    const auto again = edit::format(*after);
    require(again && again->isEmpty(), "formatting twice changes nothing more");
}

} // namespace

/// The input: the number of operations, three bytes for each, and the Dockerfile.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::size_t operations = data[0] % 8;
    if (size < 1 + 3 * operations)
        return 0;
    const std::size_t head = 1 + 3 * operations;
    auto text = SourceText::fromBytes(std::string(reinterpret_cast<const char *>(data) + head, size - head));
    if (!text)
        return 0;
    SnapshotPtr s = Snapshot::make(*text);
    checkFormat(*s);
    for (std::size_t i = 0; i < operations; ++i) {
        const auto result = apply(*s, data[1 + 3 * i], data[2 + 3 * i], data[3 + 3 * i]);
        if (!result) {
            require(!result.error().message.empty(), "a refusal says why");
            continue;
        }
        const SnapshotPtr after = Snapshot::make(result->applyTo(s->text()));
        require(result->inverse(s->text()).applyTo(after->text()) == s->text(), "the inverse restores every byte");
        s = after;
    }
    return 0;
}
