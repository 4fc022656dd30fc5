// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/buildkit/Checks.h"
#include "lint/buildkit/VariableFixes.h"
#include "lint/fixes/FixBuilder.h"

namespace stagewright::checks {

namespace {

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const BuildNote &note : context.notes) {
        // What a base image defines cannot be known from here: only a likely slip is worth a word then.
        if (note.kind != BuildNoteKind::UndefinedVariable || (!note.certain && note.suggestion.empty()))
            continue;
        Diagnostic d = fromNote(
            note,
            {"$" + note.subject + " is not defined here",
             "Usage of undefined variable '$" + note.subject + "'"
                 + (note.suggestion.empty() ? std::string() : " (did you mean $" + note.suggestion + "?)"),
             "No ARG or ENV of this stage, or of the stages it is built FROM, sets it, so it is empty. ARGs above the "
             "first FROM count only where a stage declares them again.",
             "Declare it in this stage: ARG " + note.subject + ", or ENV " + note.subject + "=value."});
        if (!note.certain)
            d.message += "; the base image might define it";
        out.push_back(std::move(d));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    for (const BuildNote &note : context.notes) {
        const bool same = note.kind == BuildNoteKind::UndefinedVariable && note.instruction == diagnostic.instruction
            && note.range == diagnostic.range && diagnostic.title == "$" + note.subject + " is not defined here";
        if (!same)
            continue;
        offerVariable(context, diagnostic, note.subject, note.suggestion, out);
        const Instruction &instruction = instructionOf(context, diagnostic);
        if (instruction.kind == InstructionKind::From)
            return; // a trigger's variable
        fixes::FixBuilder builder(context.snapshot);
        builder.insertAbove(instruction, builder.keyword("ARG") + " " + note.subject);
        out.push_back(builder.finish("Declare ARG " + note.subject + " above",
                                     "then --build-arg " + note.subject + "=… sets it", "variable", false));
        return;
    }
}

} // namespace

const Rule undefinedVar{
    .id = "UndefinedVar",
    .name = "undefined-var",
    .source = DiagnosticSource::BuildCheck,
    .severity = Severity::Warning,
    .summary = "Variables should be defined before their use",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::checks
