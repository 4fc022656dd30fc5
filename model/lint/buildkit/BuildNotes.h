// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "semantics/Snapshot.h"
#include "text/TextRange.h"

#include <cstdint>
#include <string>
#include <vector>

namespace stagewright {

/// What BuildKit's build checks need to know about the conversion, where variables are expanded and stages inherit.
enum class BuildNoteKind : std::uint8_t {
    InvalidDefaultBase,   ///< The base is no image name with the defaults of all ARGs; subject: base as written.
    UndeclaredFromArg,    ///< FROM uses a variable that no global ARG declares; subject: its name.
    RedundantPlatform,    ///< FROM --platform=$TARGETPLATFORM; subject: as written.
    ConstantPlatform,     ///< FROM --platform=linux/amd64; subject: the platform.
    UndefinedVariable,    ///< subject: its name.
    RelativeWorkdir,      ///< The first WORKDIR of a stage (and those it is built FROM) is relative; subject: the path.
    LegacyPair,           ///< ENV or LABEL with a blank for '='; subject: the keyword as spelled.
    SecretArgument,       ///< An ARG whose name says secret; subject: its name.
    SecretVariable,       ///< The same for ENV.
    ShellFormCommand,     ///< CMD or ENTRYPOINT in shell form without a SHELL; subject: the keyword as spelled.
    RepeatedInstruction,  ///< Overridden by a later one of the stage; subject: the keyword of the later one.
    ExposeMapping,        ///< EXPOSE with host port or address; subject: the word.
    ExposeProtocolCasing, ///< EXPOSE 80/TCP; subject: the word.
};

struct BuildNote
{
    BuildNoteKind kind = BuildNoteKind::UndefinedVariable;
    InstructionId instruction = InstructionId::None; ///< Where BuildKit reports it: for a trigger, the FROM.
    InstructionId at = InstructionId::None;          ///< Where it is found out; differs for RepeatedInstruction.
    TextRange range;                                 ///< What to underline.
    std::string subject;
    std::string suggestion;   ///< "did you mean"; "" for none.
    bool certain = true;      ///< UndefinedVariable: false where a base image may define it.
    bool behindError = false; ///< BuildKit stops at an error before it gets here.
};

/// Everything that BuildKit notices while it converts the file, all stages included, in the order in which it would.
/// Linear in the size of the file.
[[nodiscard]] std::vector<BuildNote> buildNotes(const Snapshot &snapshot);

} // namespace stagewright
