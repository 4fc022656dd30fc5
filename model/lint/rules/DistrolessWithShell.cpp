// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/rules/ImageUses.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellText.h"

namespace stagewright::rules {

namespace {

/// Images whose publisher or name promises that there is little in them.
bool isCalledDistroless(const std::string &reference)
{
    const std::string tag = tagOf(reference);
    // What is made for building or for looking around says so.
    for (const std::string_view word : {"dev", "debug", "sdk", "compat"}) {
        if (tag.find(word) != std::string::npos)
            return false;
    }
    const std::string name = fileNameOf(repositoryOf(reference));
    for (const std::string_view tool : {"bash", "busybox", "debug", "wolfi-base", "chainguard-base", "alpine-base",
                                        "debian-base", "golang", "rust", "git"}) {
        if (name.find(tool) != std::string::npos)
            return false;
    }
    return reference.starts_with("cgr.dev/") || reference.starts_with("dhi.io/")
        || reference.find("distroless") != std::string::npos || name.ends_with("-micro");
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Stage &stage : context.snapshot.graph().stages()) {
        const StageState &state = context.states.stage(stage.id);
        if (!stage.isTarget || !state.decisive || !state.facts || state.byNameOnly()
            || state.facts->hasShell != Known::Yes || state.facts->shell.empty()
            || !isCalledDistroless(state.rootReference))
            continue;
        const Stage &root = context.snapshot.graph().stage(state.chain.back());
        const std::string shell = state.facts->shell;
        Diagnostic d = diagnosticFor(context, context.snapshot.tree().instruction(root.from), Severity::Info);
        d.range = root.base.range;
        d.title = "This small image has a shell after all";
        d.message = imageWords(state) + " has a shell: " + shell + ".";
        d.why = "\"Distroless\", \"hardened\" and \"micro\" promise little, and not the same everywhere. This image "
                "leaves out "
            + std::string(state.facts->hasPackageManager == Known::No ? "the package manager"
                                                                      : "most of a distribution")
            + " and keeps " + shell
            + ". RUN, CMD and ENTRYPOINT in shell form work here; so does the shell of whoever breaks in.";
        d.how = "Nothing needs to be done. If the image shall have no shell, look for another one: the catalogue shows "
                "which "
                "have none.";
        d.hint = "has " + shell;
        out.push_back(std::move(d));
    }
}

} // namespace

const Rule distrolessWithShell{
    .id = "SW050",
    .name = "distroless-with-shell",
    .severity = Severity::Info,
    .summary = "An image that is called distroless, hardened or micro has a shell",
    .check = check,
    .fix = nullptr,
};

} // namespace stagewright::rules
