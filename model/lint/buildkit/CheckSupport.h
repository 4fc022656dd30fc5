// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "edit/Edits.h"
#include "lint/Rule.h"

#include <string>
#include <string_view>
#include <vector>

/// What the build checks share.
namespace stagewright::checks {

/// The words of one finding; @c message is BuildKit's.
struct CheckWords
{
    std::string title;
    std::string message;
    std::string why;
    std::string how;
};

/// A finding from a note.
[[nodiscard]] Diagnostic fromNote(const BuildNote &note, CheckWords words);
/// A finding that BuildKit makes while it reads instructions one by one, before anything is converted.
[[nodiscard]] Diagnostic fromInstruction(const RuleContext &context, const Instruction &instruction, TextRange range,
                                         CheckWords words);
/// A finding that BuildKit makes when all instructions have been read and nothing is converted yet.
[[nodiscard]] Diagnostic fromFile(const RuleContext &context, const Instruction &instruction, TextRange range,
                                  CheckWords words);

/// Calls @p make for every note of @p kind and appends what it returns.
template <typename Make>
void eachNote(const RuleContext &context, BuildNoteKind kind, std::vector<Diagnostic> &out, Make make)
{
    for (const BuildNote &note : context.notes) {
        if (note.kind == kind)
            out.push_back(fromNote(note, make(note)));
    }
}

/// One edit as a fix. Offers nothing when the edit was refused.
void offer(std::vector<Fix> &out, const edit::Result &result, std::string title, std::string detail,
           std::string icon = "lightbulb", bool safe = true);
void offerReplace(std::vector<Fix> &out, TextRange range, std::string text, std::string title, std::string detail = {},
                  bool safe = true);
/// Takes words of an instruction (flags, arguments) away, with the blanks around them.
void offerRemoveFlag(const RuleContext &context, std::vector<Fix> &out, InstructionId instruction,
                     std::string_view flag, std::string title, bool safe);

/// "stage 'build'" or "stage 2".
[[nodiscard]] std::string stageName(const RuleContext &context, const Diagnostic &diagnostic);
/// The instruction of a finding.
[[nodiscard]] const Instruction &instructionOf(const RuleContext &context, const Diagnostic &diagnostic);
/// All lower or all upper case, by ASCII letters.
[[nodiscard]] bool isLower(std::string_view text);
[[nodiscard]] bool isUpper(std::string_view text);

} // namespace stagewright::checks
