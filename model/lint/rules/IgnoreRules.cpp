// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/Ignores.h"
#include "lint/RuleTable.h"
#include "lint/rules/Rules.h"
#include "syntax/SyntaxTree.h"

#include <algorithm>

namespace stagewright::rules {

namespace {

constexpr std::string_view form = "# stagewright ignore=SW001 the reason";

std::string sliceOf(const RuleContext &context, TextRange range)
{
    return std::string(context.snapshot.text().slice(range));
}

Diagnostic findingAt(const RuleContext &context, const IgnoreComment &comment, TextRange range, Severity severity)
{
    Diagnostic d;
    d.severity = severity;
    d.range = range;
    d.instruction = comment.instruction;
    d.line = d.lastLine = context.snapshot.text().lineAt(range.begin);
    return d;
}

void addUseless(const RuleContext &context, const IgnoreComment &comment, std::vector<Diagnostic> &out)
{
    using State = IgnoreComment::State;
    Diagnostic d = findingAt(context, comment, comment.range, Severity::Warning);
    if (comment.state == State::Unreadable) {
        d.title = "This ignore comment cannot be read";
        d.message = "'" + sliceOf(context, comment.range) + "' names no rule behind an equals sign.";
        d.why = "An ignore comment names the rules that are to be silent, so that nothing else is hidden by mistake.";
        d.how = "Write it as " + std::string(form) + ".";
        d.hint = "cannot be read";
    } else {
        d.title = comment.wholeFile ? "ignore-file stands too far down" : "There is no instruction directly below";
        d.message = comment.wholeFile ? "'# stagewright ignore-file' counts above the first instruction only."
                                      : "An ignore comment counts for the instruction directly below its comment "
                                        "lines, and here is none.";
        d.why = "A blank line, the end of the file or a line of the same instruction in front of it separates the "
                "comment from what it could be about.";
        d.how = comment.wholeFile ? "Move the comment to the head of the file."
                                  : "Move the comment to the line above the instruction.";
        d.hint = "does nothing here";
    }
    out.push_back(std::move(d));
}

void addUnusedId(const RuleContext &context, const IgnoreComment &comment, const IgnoreComment::Id &id,
                 std::vector<Diagnostic> &out)
{
    const std::string name = sliceOf(context, id.range);
    Diagnostic d = findingAt(context, comment, id.range, Severity::Warning);
    if (!id.rule) {
        const std::string nearest = nearestRuleId(name);
        d.title = "There is no rule " + name;
        d.message = "No rule is called " + name + (nearest.empty() ? "." : " (did you mean " + nearest + "?).");
        d.why = "The comment is meant to silence something, and what it names is not known, so nothing is silenced.";
        d.how = nearest.empty() ? "Correct the id, or take it away." : "Write " + nearest + ", or take it away.";
        d.hint = "no such rule";
    } else if (id.rule->source == DiagnosticSource::BuildError) {
        d.title = "What BuildKit refuses cannot be ignored";
        d.message = name + " is what BuildKit itself says when it does not take the file.";
        d.why = "A comment for Stagewright changes nothing for BuildKit: the build still stops.";
        d.how = "Take " + name + " away and correct the error.";
        d.hint = "cannot be ignored";
    } else {
        d.title = name + " finds nothing here";
        d.message = "This comment ignores " + name + ", which has nothing to say about "
            + (comment.wholeFile ? "this file." : "the instruction below.");
        d.why = "What was wrong has been mended, or has moved. A comment that stays behind would hide the next finding "
                "of this rule here, which nobody has judged.";
        d.how = comment.ids.size() == 1 ? "Take the comment away." : "Take " + name + " out of the comment.";
        d.hint = "nothing to ignore";
    }
    out.push_back(std::move(d));
}

void checkUnused(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const IgnoreComment &comment : context.ignores->comments()) {
        if (comment.state != IgnoreComment::State::Counts) {
            addUseless(context, comment, out);
            continue;
        }
        for (const IgnoreComment::Id &id : comment.ids) {
            if (!id.used)
                addUnusedId(context, comment, id, out);
        }
    }
}

/// A comment line that ends the directives must not go: the next line could become one.
bool keepsDirectives(const Snapshot &snapshot, const EditTransaction &edits)
{
    const SyntaxTree after = SyntaxTree::parse(edits.applyTo(snapshot.text()));
    return after.directives().size() == snapshot.tree().directives().size();
}

void offer(const RuleContext &context, const IgnoreComment &comment, Fix fix, std::vector<Fix> &out)
{
    const auto instructions = context.snapshot.tree().instructions();
    const bool atHead = instructions.empty() || comment.range.begin < instructions.front().range.begin;
    if (!atHead || keepsDirectives(context.snapshot, fix.transaction))
        out.push_back(std::move(fix));
}

Fix removeComment(const RuleContext &context, const IgnoreComment &comment)
{
    const SourceText &text = context.snapshot.text();
    EditTransaction edits("Remove the comment");
    edits.remove(text.lineWithEnding(text.lineAt(comment.range.begin)));
    return {edits.label(), "which ignores nothing", "trash-2", edits};
}

Fix removeId(const RuleContext &context, const IgnoreComment &comment, std::size_t index)
{
    if (comment.ids.size() < 2)
        return removeComment(context, comment);
    EditTransaction edits("Remove " + sliceOf(context, comment.ids[index].range));
    if (index == 0)
        edits.remove({comment.ids[0].range.begin, comment.ids[1].range.begin});
    else
        edits.remove({comment.ids[index - 1].range.end, comment.ids[index].range.end});
    return {edits.label(), "from the comment", "trash-2", edits};
}

/// Whether the rule has something to say where the comment counts.
bool speaksAt(const RuleContext &context, const Rule &rule, const IgnoreComment &comment)
{
    std::vector<Diagnostic> found;
    if (!rule.last && rule.source != DiagnosticSource::BuildError)
        rule.check(context, found);
    return std::ranges::any_of(
        found, [&](const Diagnostic &d) { return (comment.wholeFile || d.instruction == comment.instruction); });
}

void fixUnused(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    for (const IgnoreComment &comment : context.ignores->comments()) {
        if (comment.state == IgnoreComment::State::Misplaced && comment.range == diagnostic.range) {
            offer(context, comment, removeComment(context, comment), out);
            return;
        }
        const auto id = std::ranges::find(comment.ids, diagnostic.range, &IgnoreComment::Id::range);
        if (id == comment.ids.end() || comment.state != IgnoreComment::State::Counts)
            continue;
        const std::string name = sliceOf(context, id->range);
        const std::string nearest = id->rule ? "" : nearestRuleId(name);
        if (!nearest.empty() && speaksAt(context, *findRule(nearest), comment)) {
            Fix fix{"Write " + nearest, "instead of " + name, "pencil", EditTransaction("Write " + nearest), false};
            fix.transaction.replace(id->range, nearest);
            out.push_back(std::move(fix));
        }
        offer(context, comment, removeId(context, comment, std::size_t(id - comment.ids.begin())), out);
        return;
    }
}

void checkReason(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const IgnoreComment &comment : context.ignores->comments()) {
        const bool given = !comment.reason.isEmpty()
            && !context.snapshot.text().slice(comment.reason).starts_with(IgnoreReasonPlaceholder);
        if (comment.state != IgnoreComment::State::Counts || given)
            continue;
        Diagnostic d = findingAt(context, comment, comment.range, Severity::Info);
        d.title = "This ignore comment does not say why";
        d.message = "The comment silences "
            + sliceOf(context, {comment.ids.front().range.begin, comment.ids.back().range.end})
            + " and gives no reason.";
        d.why = "Who reads the file later has to judge whether the reason still holds, and cannot when there is none.";
        d.how = "Write the reason behind the rules: " + std::string(form) + ".";
        d.hint = "why?";
        out.push_back(std::move(d));
    }
}

} // namespace

const Rule unusedIgnore{
    .id = "SW090",
    .name = "unused-ignore",
    .severity = Severity::Warning,
    .summary = "An ignore comment that ignores nothing",
    .check = checkUnused,
    .fix = fixUnused,
    .last = true,
};

const Rule ignoreWithoutReason{
    .id = "SW091",
    .name = "ignore-without-reason",
    .severity = Severity::Info,
    .summary = "An ignore comment that does not say why",
    .check = checkReason,
    .last = true,
};

} // namespace stagewright::rules
