// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/fixes/SplitStage.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

#include <cctype>

namespace stagewright::rules {

namespace {

/// "npm, a shell and apt"; what the image brings and a running program does not use.
std::string leftoversOf(const fixes::SplitSource &source)
{
    struct Tools
    {
        std::string_view language;
        std::string_view tools;
    };
    static constexpr Tools all[] = {
        {"Node", "npm"},   {"Go", "the Go compiler"}, {"Python", "pip"}, {"Rust", "the Rust compiler"},
        {"Java", "a JDK"}, {".NET", "the SDK"},
    };
    std::string text = "its build tools";
    for (const Tools &one : all) {
        if (one.language == source.language)
            text = one.tools;
    }
    const auto &facts = source.state.facts;
    const bool shell = facts && facts->hasShell == Known::Yes;
    const bool manager = facts && facts->hasPackageManager == Known::Yes;
    if (shell && manager)
        return text + ", a shell and " + facts->packageManager;
    return shell ? text + " and a shell" : text;
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const auto source = fixes::splitSource(context, stage.id);
        if (!source)
            continue;
        const fixes::SplitPlan plan = fixes::splitPlan(*source);
        const Instruction &from = context.snapshot.tree().instruction(stage.from);
        Diagnostic d = diagnosticFor(context, from, Severity::Info);
        d.range = stage.base.range;
        d.title = "What runs is the image that builds";
        d.message = stageWords(context.snapshot, stage.id) + " builds and runs in " + source->state.rootName + ", so "
            + leftoversOf(*source) + " are in every container.";
        d.message.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(d.message.front())));
        d.why = "There is one stage, so everything that building needs is part of the image that is shipped: "
            + leftoversOf(*source)
            + ", caches and sources. They make it bigger, each package can have a flaw that has to be "
              "followed, and a shell is what an intruder looks for first. The running program uses none of them.";
        d.how = "Build in one stage and run in another: the second starts from an image with nothing but the "
                "language's runtime "
                "and takes over the result with COPY --from.";
        if (plan.refusal.empty())
            d.how += " " + plan.runtime + " suits this one: it has no shell and no package manager."
                + (plan.note.empty() ? "" : " " + plan.note);
        else
            d.how += "\n\nThis file cannot be split for you as it stands: " + plan.refusal + ".";
        d.hint = "ships its build tools";
        out.push_back(std::move(d));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    if (const auto source = fixes::splitSource(context, diagnostic.stage))
        fixes::splitStage(*source, fixes::splitPlan(*source), out);
}

} // namespace

const Rule buildToolsInImage{
    .id = "SW053",
    .name = "build-tools-in-image",
    .severity = Severity::Info,
    .summary = "The image that is shipped is the one that builds",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
