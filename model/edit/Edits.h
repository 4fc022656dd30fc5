// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "semantics/Snapshot.h"
#include "text/EditTransaction.h"

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Everything a person can do in the graph, as text edits. Each function looks at one snapshot and answers the
/// smallest transaction that does it; comments, casing, blank lines and line endings elsewhere stay as they are.
/// A new file is the same path over an empty text: there is no second printer.
namespace stagewright::edit {

/// Why an edit cannot be made, in words to show at the pointer ("A stage copies only from earlier stages").
struct EditError
{
    std::string message;
};

using Result = std::expected<EditTransaction, EditError>;

/// Where an instruction goes: in front of the @c index-th instruction of @c stage (0-based, FROM not counted),
/// clamped to the stage's end.
struct Place
{
    StageId stage = StageId::None;
    std::size_t index = 0;
};

struct NewStage
{
    std::string base = "scratch";          ///< Image, stage name or "scratch".
    std::string name;                      ///< "" for an unnamed stage.
    std::vector<std::string> instructions; ///< Whole instructions as text, LF inside.
    std::string comment;                   ///< Comment lines above, without '#'; "" for none.
};

// Stages
[[nodiscard]] Result addStage(const Snapshot &s, const NewStage &stage, std::optional<std::size_t> atIndex = {});
/// Renames and follows every FROM, --from, mount from= (and target) that meant it. An empty name takes the name
/// away (refused while a FROM needs it; --from references turn into indexes).
[[nodiscard]] Result renameStage(const Snapshot &s, StageId stage, std::string_view newName);
/// Deletes the stage with its comment. Users of it are refused unless @p cascade, which deletes their COPY
/// --from lines and re-bases stages built FROM it on its own base.
[[nodiscard]] Result deleteStage(const Snapshot &s, StageId stage, bool cascade = false);
[[nodiscard]] Result duplicateStage(const Snapshot &s, StageId stage, std::string_view newName);
/// Moves a stage so that it gets index @p newIndex; numeric --from values follow. Refused when a reference would
/// point forward.
[[nodiscard]] Result moveStage(const Snapshot &s, StageId stage, std::size_t newIndex);
[[nodiscard]] Result setBase(const Snapshot &s, StageId stage, std::string_view base);
[[nodiscard]] Result setPlatform(const Snapshot &s, StageId stage, std::string_view platform); ///< "" removes.

// Instructions
/// @p text is one or more whole instructions ("RUN make"), LF inside.
[[nodiscard]] Result addInstruction(const Snapshot &s, Place place, std::string_view text);
/// Replaces an instruction's text; only the characters that differ change.
[[nodiscard]] Result editInstruction(const Snapshot &s, InstructionId instruction, std::string_view text);
[[nodiscard]] Result deleteInstruction(const Snapshot &s, InstructionId instruction);
/// Several at once, as one step.
[[nodiscard]] Result deleteInstructions(const Snapshot &s, const std::vector<InstructionId> &instructions);
/// Moves with its leading comment, within a stage or between stages.
[[nodiscard]] Result moveInstruction(const Snapshot &s, InstructionId instruction, Place to);
/// Sets, changes or (nullopt) removes `--name=value`; an empty value with @p bare writes `--name`.
[[nodiscard]] Result setFlag(const Snapshot &s, InstructionId instruction, std::string_view name,
                             std::optional<std::string_view> value, bool bare = false);

// Connections
/// Adds `COPY --from=source sourcePath destination` to @p target at @p index (end, before CMD/ENTRYPOINT, when
/// not given). Names the source when it has no name ("stage-0" style names are never written: a fresh name is).
[[nodiscard]] Result connectCopyFrom(const Snapshot &s, NodeRef source, StageId target, std::string_view sourcePath,
                                     std::string_view destination, std::optional<std::size_t> index = {});
/// Points an existing COPY at another source (stage, image or the build context).
[[nodiscard]] Result retargetCopy(const Snapshot &s, InstructionId copy, NodeRef source);
/// Connects source's out port to the target's FROM port.
[[nodiscard]] Result connectFrom(const Snapshot &s, NodeRef source, StageId target);
/// Takes an edge away: the COPY --from line (or, where the line has other uses, the flag or mount).
[[nodiscard]] Result disconnect(const Snapshot &s, const Edge &edge);
/// Why source → target cannot be connected, or nullopt; cheap enough for every mouse move.
[[nodiscard]] std::optional<EditError> whyNotCopyFrom(const Snapshot &s, NodeRef source, StageId target);
[[nodiscard]] std::optional<EditError> whyNotFrom(const Snapshot &s, NodeRef source, StageId target);

/// A stage name that is free: @p wish, or wish-2, wish-3 …
[[nodiscard]] std::string freeStageName(const Snapshot &s, std::string_view wish);
/// Why @p name is no stage name (BuildKit's rule), or nullopt.
[[nodiscard]] std::optional<EditError> whyNotStageName(const Snapshot &s, std::string_view name, StageId except = StageId::None);

} // namespace stagewright::edit
