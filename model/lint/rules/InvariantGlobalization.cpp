// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/rules/ImageData.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

namespace stagewright::rules {

namespace {

/// The setting by which the container asks for cultures; null for none.
const EnvValue *askedBy(const RuleContext &context, StageId stage)
{
    const EnvValue *invariant = context.states.envAtEnd(stage, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT");
    if (invariant)
        return invariant->value == "false" || invariant->value == "0" ? invariant : nullptr;
    for (const std::string_view name : {"LC_ALL", "LANG"}) {
        const EnvValue *locale = context.states.envAtEnd(stage, name);
        if (locale && locale->known && !locale->value.empty() && locale->value != "POSIX" && locale->value != "C"
            && !locale->value.starts_with("C."))
            return locale;
    }
    return nullptr;
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const StageState &state = context.states.stage(stage.id);
        if (!state.decisive || !state.facts || state.facts->match.find("/dotnet/") == std::string::npos
            || state.facts->hasShell != Known::No)
            continue;
        const auto icu = state.facts->provides.find("icu");
        const EnvValue *asked = askedBy(context, stage.id);
        if (icu == state.facts->provides.end() || icu->second || !asked)
            continue;
        const bool stops = asked->name.starts_with("DOTNET");
        Diagnostic d = diagnosticFor(context, context.snapshot.tree().instruction(asked->setBy), Severity::Info);
        d.stage = stage.id;
        d.title = "This .NET image knows no cultures";
        d.message
            = asked->name + '=' + asked->value + " asks for cultures, and " + imageWords(state) + " leaves ICU out.";
        d.why = "Dates, numbers, sorting and casing of a culture come from the ICU library. The chiselled images leave "
                "it "
                "and the time zones out and switch .NET to invariant mode. "
            + std::string(stops
                              ? "This setting switches that off again, and without ICU the program stops at its start:"
                                "\n\n    Process terminated. Couldn't find a valid ICU package installed on the system."
                              : "In that mode every culture looks like the invariant one, or is refused:\n\n    "
                                "CultureNotFoundException: Only the invariant culture is supported in "
                                "globalization-invariant mode.");
        d.how = "Use the tag that ends in -extra: the same image with ICU and time zones. Or do without cultures, and "
                "take "
                "the line away.";
        d.hint = "no ICU here";
        out.push_back(std::move(d));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    extraTag(context, diagnostic.stage, out);
}

} // namespace

const Rule invariantGlobalization{
    .id = "SW040",
    .name = "invariant-globalization",
    .severity = Severity::Info,
    .summary = "Cultures are asked for in a chiselled .NET image without ICU",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
