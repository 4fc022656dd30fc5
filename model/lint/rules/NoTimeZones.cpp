// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/fixes/FixBuilder.h"
#include "lint/rules/ImageData.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

namespace stagewright::rules {

namespace {

/// The zone that the container is told to use ("Europe/Berlin"); "" for none, or for UTC, which needs no data.
std::string zoneOf(const RuleContext &context, StageId stage)
{
    const EnvValue *zone = context.states.envAtEnd(stage, "TZ");
    if (!zone || !zone->known || zone->value.find('/') == std::string::npos || zone->value.starts_with("Etc/UTC")
        || zone->value.starts_with('/') || zone->value.starts_with(':'))
        return {};
    return zone->value;
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Stage &stage : context.snapshot.graph().stages()) {
        if (!stage.isTarget || context.states.hasDataAtEnd(stage.id, "tz") != Known::No
            || context.states.envAtEnd(stage.id, "ZONEINFO"))
            continue;
        const StageState &state = context.states.stage(stage.id);
        const std::string zone = zoneOf(context, stage.id);
        const auto program = zone.empty() ? builtProgram(context, stage.id) : std::nullopt;
        const bool left = program && installs(context, program->builder, "tzdata");
        if (zone.empty() && !left)
            continue;
        const InstructionId by = zone.empty() ? stage.from : context.states.envAtEnd(stage.id, "TZ")->setBy;
        Diagnostic d = diagnosticFor(context, context.snapshot.tree().instruction(by), Severity::Info);
        d.stage = stage.id;
        if (zone.empty())
            d.range = stage.base.range;
        d.title = "No time zones in this image";
        d.message = imageWords(state) + " has no time zones, "
            + (zone.empty()
                   ? "and those that " + stageWords(context.snapshot, program->builder) + " installs stay there."
                   : "so TZ=" + zone + " has no effect.");
        d.why = "A zone's name stands for rules that are kept in /usr/share/zoneinfo. " + imageWords(state)
            + " does not have that folder. The C library then takes UTC without a word; Go and others fail when they "
              "look a zone up:\n\n    unknown time zone "
            + (zone.empty() ? std::string("Europe/Berlin") : zone);
        d.how = state.facts && state.facts->hasPackageManager == Known::Yes
            ? "Install tzdata in this stage."
            : "Copy the folder from a stage that has it: COPY --from=… /usr/share/zoneinfo /usr/share/zoneinfo. .NET's "
              "chiselled images have it in the tags that end in -extra. A Go program can bring them along: -tags "
              "timetzdata.";
        d.hint = "no time zones";
        out.push_back(std::move(d));
    }
}

/// A stage that is copied from and has the zones.
StageId sourceFor(const RuleContext &context, StageId stage)
{
    StageId best = StageId::None;
    for (const CopiedFiles &copy : context.states.copies(stage)) {
        if (copy.from != StageId::None && context.states.hasDataAtEnd(copy.from, "tz") == Known::Yes)
            best = copy.from;
    }
    return best;
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const StageState &state = context.states.stage(diagnostic.stage);
    const Stage &stage = context.snapshot.graph().stage(diagnostic.stage);
    if (state.facts && state.facts->packageManager == "apk" && state.facts->shellFormWorks == Known::Yes
        && stage.base.kind == BaseKind::Image && state.facts->uid == 0U) {
        fixes::FixBuilder builder(context.snapshot);
        const std::string line = builder.keyword("RUN") + " apk add --no-cache tzdata";
        builder.insertBelow(context.snapshot.tree().instruction(stage.from), line);
        out.push_back(builder.finish("Install the time zones", "adds " + line, "clock", true));
        return;
    }
    extraTag(context, diagnostic.stage, out);
    copyData(context, diagnostic.stage, sourceFor(context, diagnostic.stage), "tz", out);
}

} // namespace

const Rule noTimeZones{
    .id = "SW039",
    .name = "no-time-zones",
    .severity = Severity::Info,
    .summary = "A time zone is asked for in an image without zone data",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
