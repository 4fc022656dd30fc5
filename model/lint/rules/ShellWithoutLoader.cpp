// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/fixes/FixBuilder.h"
#include "lint/fixes/ShellFixes.h"
#include "lint/rules/Rules.h"
#include "lint/rules/ShellCopies.h"
#include "lint/rules/ShellText.h"

namespace stagewright::rules {

namespace {

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const ShellCopy &shell : shellCopies(context)) {
        if (!lacksLoader(context, shell))
            continue;
        const StageState &state = context.states.stage(shell.stage);
        const Instruction *user = usedBy(context, shell);
        Diagnostic d
            = diagnosticFor(context, shell.copy, user ? severityFor(state, Severity::Error) : Severity::Warning);
        d.title = "This shell does not start here";
        d.message = shell.source + " of " + shell.image + " is linked against " + shell.traits->libc + ", and "
            + imageWords(state) + " does not have it.";
        d.why
            = "A program that is linked dynamically names a loader, and the kernel starts that one first. The shell of "
            + shell.image + " names that of " + shell.traits->libc
            + ". COPY brings the shell alone, so the file is there and does not start."
            + (user ? " The first to start through it is " + std::string(keywordOf(user->kind)) + " in line "
                       + std::to_string(user->firstLine) + ", and it ends with:\n\n    exec " + shell.path
                       + ": no such file or directory"
                    : std::string(" Nothing starts through it so far."))
            + chainWords(context.snapshot, state);
        d.how = "Take a shell that is linked statically: COPY --from=busybox:musl /bin/sh /bin/sh. Better still, do "
                "without "
                "a shell in the final image.";
        d.hint = "loader is missing";
        out.push_back(std::move(d));
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    for (const ShellCopy &shell : shellCopies(context)) {
        if (shell.copy.id != diagnostic.instruction || shell.copy.args.size() != 2)
            continue;
        if (!usedBy(context, shell)) {
            fixes::removeInstruction(context, shell.copy.id, "Take the shell away", "nothing starts through it", out);
            return;
        }
        const std::string name = fileNameOf(shell.source);
        const Flag *from = shell.copy.flag("from");
        if (!from || shell.copy.execForm || (name != "sh" && name != "ash" && name != "busybox"))
            return;
        fixes::FixBuilder builder(context.snapshot);
        builder.replace(from->valueRange, "busybox:musl");
        builder.replace(shell.copy.args.front().range, "/bin/" + name);
        out.push_back(
            builder.finish("Take it from busybox:musl", "a shell that is linked statically", "terminal", true));
        return;
    }
}

} // namespace

const Rule shellWithoutLoader{
    .id = "SW035",
    .name = "copied-shell-without-loader",
    .severity = Severity::Error,
    .summary = "A shell is copied to an image that lacks the C library it is linked against",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
