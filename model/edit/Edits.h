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
///
/// What holds for all of them:
/// - Inserted lines end like most lines of the file; a file without a final newline stays without. Keywords are in
///   the file's casing, stages are set apart by as many blank lines as the file sets them apart.
/// - The comment lines directly above an instruction belong to it and go where it goes. Directives never move; a
///   licence or copyright notice at the head of the file is the file's.
/// - The result is parsed and resolved before it is handed out. An edit is refused when it would change the
///   directives, swallow a neighbour (open heredoc, dangling continuation), make a name mean something else, or
///   make BuildKit refuse the file for one more reason (addInstruction and editInstruction excepted: what people
///   type they may type in steps).
/// - An edit that has nothing to change is an empty transaction, not an error.
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

/// Adds a stage with index @p atIndex (default: behind the last, which makes it the one that is built by default).
/// Global ARGs and directives stay in front; numeric --from values follow.
[[nodiscard]] Result addStage(const Snapshot &s, const NewStage &stage, std::optional<std::size_t> atIndex = {});
/// Renames and follows every FROM, --from and mount from= that means it, inside ONBUILD too, and a global ARG's
/// default that a FROM takes the name from, if that ARG serves nothing else (refused otherwise). An empty name takes
/// the name away (refused while a FROM or a mount needs it; --from references turn into numbers). A target in the
/// snapshot's options is the caller's to follow.
[[nodiscard]] Result renameStage(const Snapshot &s, StageId stage, std::string_view newName);
/// Deletes the stage with its comment; comments that stand alone stay. Users of it are refused unless @p cascade,
/// which deletes their COPY --from lines and mounts and re-bases stages built FROM it on its own base (with its
/// platform).
[[nodiscard]] Result deleteStage(const Snapshot &s, StageId stage, bool cascade = false);
/// Copies a stage with its comment to right behind it; the last stage to right in front, so that what is built by
/// default stays. An empty @p newName: a free name like the old one, none for a stage that has none.
[[nodiscard]] Result duplicateStage(const Snapshot &s, StageId stage, std::string_view newName);
/// Moves a stage so that it gets index @p newIndex (past the end: the last); numeric --from values follow, and so do
/// the comments above it, also the heading that a blank line sets apart. Refused when a reference would point
/// forward.
[[nodiscard]] Result moveStage(const Snapshot &s, StageId stage, std::size_t newIndex);
/// Writes another image, stage or "scratch" behind FROM.
[[nodiscard]] Result setBase(const Snapshot &s, StageId stage, std::string_view base);
[[nodiscard]] Result setPlatform(const Snapshot &s, StageId stage, std::string_view platform); ///< "" removes.

// Instructions

/// @p text is one or more whole instructions ("RUN make"), with comments if wanted, LF inside; line continuations in
/// the other escape character are translated. With StageId::None the place counts the global ARGs, where nothing but
/// ARG can go.
[[nodiscard]] Result addInstruction(const Snapshot &s, Place place, std::string_view text);
/// Replaces an instruction's text; only the characters that differ change. A FROM stays a FROM.
[[nodiscard]] Result editInstruction(const Snapshot &s, InstructionId instruction, std::string_view text);
/// Deletes it with its comment; of the blank lines around it only one side's stay. A FROM goes with deleteStage().
[[nodiscard]] Result deleteInstruction(const Snapshot &s, InstructionId instruction);
/// Several at once, as one step.
[[nodiscard]] Result deleteInstructions(const Snapshot &s, const std::vector<InstructionId> &instructions);
/// Moves with its leading comment, within a stage or between stages. @p to counts before the move: in front of
/// itself or of its successor is where it is.
[[nodiscard]] Result moveInstruction(const Snapshot &s, InstructionId instruction, Place to);
/// Sets, changes or (nullopt) removes `--name=value`, quoted as needed; an empty value with @p bare writes `--name`.
/// In ONBUILD it is the inner instruction's flag. Refused for flags that BuildKit does not know there, and where
/// several of one name (mount) leave open which is meant; removing removes them all.
[[nodiscard]] Result setFlag(const Snapshot &s, InstructionId instruction, std::string_view name,
                             std::optional<std::string_view> value, bool bare = false);

// Connections

/// Adds `COPY --from=source sourcePath destination` to @p target at @p index (end, before CMD/ENTRYPOINT, when
/// not given); from the build context without the flag. Names the source when it has no name ("stage-0" style names
/// are never written: a fresh name is). Paths mean themselves but for variables: what COPY would take apart is
/// escaped, and written as JSON where words cannot say it.
[[nodiscard]] Result connectCopyFrom(const Snapshot &s, NodeRef source, StageId target, std::string_view sourcePath,
                                     std::string_view destination, std::optional<std::size_t> index = {});
/// Points an existing COPY at another source (stage, image or the build context).
[[nodiscard]] Result retargetCopy(const Snapshot &s, InstructionId copy, NodeRef source);
/// Connects source's out port to the target's FROM port; an unnamed source gets a name.
[[nodiscard]] Result connectFrom(const Snapshot &s, NodeRef source, StageId target);
/// Takes an edge away: the COPY or ADD line, the mount of a RUN, or, where other sources share the line, only the
/// words that name this one. A FROM becomes `FROM scratch`. @p edge is of the same snapshot.
[[nodiscard]] Result disconnect(const Snapshot &s, const Edge &edge);
/// Why source → target cannot be connected, or nullopt; cheap enough for every mouse move.
[[nodiscard]] std::optional<EditError> whyNotCopyFrom(const Snapshot &s, NodeRef source, StageId target);
[[nodiscard]] std::optional<EditError> whyNotFrom(const Snapshot &s, NodeRef source, StageId target);

/// A stage name that is free: @p wish, or wish-2, wish-3 …
[[nodiscard]] std::string freeStageName(const Snapshot &s, std::string_view wish);
/// Why @p name cannot name a stage, or nullopt: BuildKit's rule `^[a-z][a-z0-9-_.]*$`, reserved, taken, or the name
/// of an image that is used where the stage would then be meant. @p except is the stage that gets the name.
[[nodiscard]] std::optional<EditError> whyNotStageName(const Snapshot &s, std::string_view name,
                                                       StageId except = StageId::None);

} // namespace stagewright::edit
