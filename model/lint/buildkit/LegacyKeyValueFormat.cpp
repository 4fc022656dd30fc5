// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/buildkit/CheckSupport.h"
#include "lint/buildkit/Checks.h"

#include <optional>

namespace stagewright::checks {

namespace {

/// The value as one word, meaning the same; nullopt where that is not sure.
std::optional<std::string> asOneWord(std::string_view value)
{
    char quote = 0;
    bool blankOutside = false;
    bool special = false;
    for (const char c : value) {
        if (c == '\\' || c == '`' || c == '\n')
            special = true;
        if (quote != 0) {
            quote = c == quote ? '\0' : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
            special = true;
        } else if (c == ' ' || c == '\t') {
            blankOutside = true;
        }
    }
    if (quote != 0)
        return std::nullopt;
    if (!blankOutside)
        return std::string(value);
    if (special)
        return std::nullopt;
    return "\"" + std::string(value) + "\"";
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    eachNote(context, BuildNoteKind::LegacyPair, out, [](const BuildNote &note) {
        return CheckWords{note.subject + " without =",
                          "\"" + note.subject + " key=value\" should be used instead of legacy \"" + note.subject
                              + " key value\" format",
                          "In the old form everything behind the name is the value, so a second pair on the line "
                          "becomes part of the first.",
                          "Put = between name and value, and quotes around a value with blanks."};
    });
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    for (const Argument &argument : instructionOf(context, diagnostic).args) {
        if (!argument.spaceSeparated || argument.range != diagnostic.range)
            continue;
        const std::string_view written = context.snapshot.text().slice(argument.range);
        const std::optional<std::string> value = asOneWord(argument.assigned);
        if (!value || !written.starts_with(argument.key) || !written.ends_with(argument.assigned))
            return;
        const std::string pair = std::string(argument.key) + "=" + *value;
        offerReplace(out, argument.range, pair, "Write " + pair);
        return;
    }
}

} // namespace

const Rule legacyKeyValueFormat{
    .id = "LegacyKeyValueFormat",
    .name = "legacy-key-value-format",
    .source = DiagnosticSource::BuildCheck,
    .severity = Severity::Warning,
    .summary = "ENV and LABEL should be written with =",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::checks
