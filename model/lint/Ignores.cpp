// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/Ignores.h"

#include "lint/Rule.h"
#include "lint/RuleTable.h"
#include "semantics/CheckOptions.h"
#include "syntax/Characters.h"

#include <algorithm>

namespace stagewright {

namespace {

constexpr std::string_view word = "stagewright";
/// The rare end of it, which is quicker to look for.
constexpr std::string_view rarePart = "wright";

bool isIdCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/// Reads what stands behind "stagewright" in a comment; false when it is about something else.
bool readComment(std::string_view bytes, std::size_t at, std::size_t end, IgnoreComment &comment)
{
    const auto skipBlanks = [&] {
        while (at < end && chars::isBlank(bytes[at]))
            ++at;
    };
    const std::size_t behindWord = at;
    skipBlanks();
    constexpr std::string_view ignore = "ignore";
    constexpr std::string_view file = "-file";
    if (at == behindWord || !bytes.substr(at, end - at).starts_with(ignore))
        return false;
    at += ignore.size();
    comment.wholeFile = bytes.substr(at, end - at).starts_with(file);
    at += comment.wholeFile ? file.size() : 0;
    if (at < end && isIdCharacter(bytes[at]))
        return false; // "ignored", "ignore-list"
    skipBlanks();
    comment.state = IgnoreComment::State::Unreadable;
    if (at == end || bytes[at] != '=')
        return true;
    bool more = true;
    for (++at; more;) {
        skipBlanks();
        const std::size_t begin = at;
        while (at < end && isIdCharacter(bytes[at]))
            ++at;
        if (at == begin)
            break;
        comment.ids.push_back({{Offset(begin), Offset(at)}, findRuleCalled(bytes.substr(begin, at - begin)), false});
        const std::size_t behind = at;
        skipBlanks();
        more = at < end && bytes[at] == ',';
        at = more ? at + 1 : behind;
    }
    if (comment.ids.empty() || (at < end && !chars::isBlank(bytes[at])))
        return true;
    comment.state = IgnoreComment::State::Counts;
    skipBlanks();
    comment.reason = {Offset(at), Offset(end)};
    return true;
}

/// Finds out which instruction the comment is above; false when it is no comment at all.
bool place(const Snapshot &snapshot, IgnoreComment &comment)
{
    using State = IgnoreComment::State;
    const auto instructions = snapshot.tree().instructions();
    const std::uint32_t line = snapshot.text().lineAt(comment.range.begin);
    if (const Instruction *around = snapshot.tree().instructionAtLine(line)) {
        comment.state = State::Misplaced;
        return std::ranges::none_of(around->heredocs,
                                    [&](const Heredoc &h) { return h.body.contains(comment.range.begin); });
    }
    const auto below = std::ranges::upper_bound(instructions, line, {}, &Instruction::firstLine);
    const bool directly = below != instructions.end() && below->leadingComment.contains(comment.range.begin);
    if (directly)
        comment.instruction = below->id;
    const bool counts = comment.wholeFile ? below == instructions.begin() : directly;
    if (comment.state == State::Counts && !counts)
        comment.state = State::Misplaced;
    return true;
}

} // namespace

Ignores Ignores::read(const Snapshot &snapshot)
{
    Ignores ignores;
    const std::string_view bytes = snapshot.text().bytes();
    for (std::size_t at = bytes.find(rarePart); at != std::string_view::npos; at = bytes.find(rarePart, at + 1)) {
        const std::size_t behind = at + rarePart.size();
        if (!bytes.substr(0, behind).ends_with(word))
            continue;
        const TextRange line = snapshot.text().line(snapshot.text().lineAt(Offset(at)));
        const std::string_view text = chars::trimmedLeft(snapshot.text().slice(line));
        const auto begin = static_cast<std::size_t>(text.data() - bytes.data());
        if (!text.starts_with('#') || chars::trimmedLeft(text.substr(1)).data() != bytes.data() + behind - word.size())
            continue;
        const std::size_t end = begin + chars::trimmedRight(text).size();
        IgnoreComment comment;
        comment.range = {Offset(begin), Offset(end)};
        if (readComment(bytes, behind, end, comment) && place(snapshot, comment))
            ignores.m_comments.push_back(std::move(comment));
    }
    return ignores;
}

void Ignores::apply(const LintConfig &config, std::vector<Diagnostic> &findings)
{
    if (m_comments.empty())
        return;
    std::vector<std::pair<InstructionId, IgnoreComment::Id *>> ids; // sorted, as comments stand in file order
    std::vector<IgnoreComment::Id *> ofFile;
    for (IgnoreComment &comment : m_comments) {
        if (comment.state != IgnoreComment::State::Counts)
            continue;
        for (IgnoreComment::Id &id : comment.ids) {
            const bool mayBeOff = id.rule && id.rule->source != DiagnosticSource::BuildError;
            const auto level = mayBeOff ? config.levels.find(id.rule->id) : config.levels.end();
            id.used = level != config.levels.end() && level->second == RuleLevel::Off;
            if (comment.wholeFile)
                ofFile.push_back(&id);
            else
                ids.emplace_back(comment.instruction, &id);
        }
    }
    const auto isIgnored = [&](const Diagnostic &finding) {
        if (finding.source == DiagnosticSource::BuildError)
            return false;
        bool ignored = false;
        const auto take = [&](IgnoreComment::Id &id) {
            if (id.rule && id.rule->id == finding.ruleId)
                id.used = ignored = true;
        };
        for (const InstructionId at : {finding.instruction, finding.foundAt}) {
            if (at == InstructionId::None)
                continue;
            const auto found = std::ranges::equal_range(ids, at, {}, [](const auto &id) { return id.first; });
            for (const auto &[instruction, id] : found)
                take(*id);
        }
        for (IgnoreComment::Id *id : ofFile)
            take(*id);
        return ignored && !(config.buildChecksAsTheyAre && finding.source == DiagnosticSource::BuildCheck);
    };
    std::erase_if(findings, isIgnored);
}

std::optional<Fix> ignoreFix(const Snapshot &snapshot, const Diagnostic &diagnostic)
{
    const Rule *rule = findRule(diagnostic.ruleId);
    if (!rule || rule->last || diagnostic.source == DiagnosticSource::BuildError
        || diagnostic.instruction == InstructionId::None)
        return std::nullopt;
    const Instruction &instruction = snapshot.tree().instruction(diagnostic.instruction);
    const std::string id(rule->id);
    Fix fix{.title = "Ignore this finding here",
            .detail = "adds # stagewright ignore=" + id,
            .icon = "eye-off",
            .transaction = EditTransaction("Ignore " + id),
            .safe = false};
    const Ignores ignores = Ignores::read(snapshot);
    for (const IgnoreComment &comment : ignores.comments()) {
        if (comment.state == IgnoreComment::State::Counts && !comment.wholeFile
            && comment.instruction == diagnostic.instruction) {
            fix.detail = "adds " + id + " to the comment above";
            fix.transaction.insert(comment.ids.back().range.end, "," + id);
            return fix;
        }
    }
    const SourceText &text = snapshot.text();
    std::uint32_t line = instruction.firstLine;
    // A comment that ends in the line above a FROM or an ARG is its description, as BuildKit reads it, and stays there.
    const bool described = instruction.kind == InstructionKind::From || instruction.kind == InstructionKind::Arg;
    if (described && !instruction.leadingComment.isEmpty())
        --line;
    else if (described && CheckOptions::ofFile(snapshot.tree()).enablesExperimental("InvalidDefinitionDescription"))
        return std::nullopt; // the new comment would be taken for a description
    const TextRange at = text.line(line);
    const std::string_view whole = text.slice(at);
    const std::string_view indentation = whole.substr(0, whole.size() - chars::trimmedLeft(whole).size());
    fix.transaction.insert(at.begin,
                           std::string(indentation) + "# stagewright ignore=" + id + ' '
                               + std::string(IgnoreReasonPlaceholder) + std::string(text.newline()));
    return fix;
}

} // namespace stagewright
