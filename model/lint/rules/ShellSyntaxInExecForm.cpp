// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/CommandLine.h"
#include "lint/InstructionKinds.h"
#include "lint/buildkit/CheckSupport.h"
#include "lint/fixes/ShellFixes.h"
#include "lint/rules/Rules.h"
#include "lint/rules/RuntimeCommands.h"
#include "lint/rules/ShellText.h"
#include "lint/rules/StartCommands.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace stagewright::rules {

namespace {

struct Literal
{
    const Argument *argument = nullptr;
    std::string what;     ///< "$PORT", "&&"
    std::string variable; ///< Its name; "" for anything else.
};

/// `$NAME` or `${NAME…}` in a word; "" for none. Kubernetes replaces $(NAME) itself.
std::string variableIn(std::string_view word)
{
    for (std::size_t at = word.find('$'); at < word.size() && at + 1 < word.size(); at = word.find('$', at + 1)) {
        const bool braced = word[at + 1] == '{';
        std::size_t end = at + (braced ? 2 : 1);
        const std::size_t begin = end;
        while (end < word.size() && (std::isalnum(static_cast<unsigned char>(word[end])) != 0 || word[end] == '_'))
            ++end;
        // Names of the environment are written in capitals; $x may be jq's or awk's.
        if (end > begin
            && std::ranges::none_of(word.substr(begin, end - begin),
                                    [](unsigned char c) { return std::islower(c) != 0; })
            && std::isdigit(static_cast<unsigned char>(word[begin])) == 0)
            return std::string(word.substr(begin, end - begin));
    }
    return {};
}

bool isOperator(std::string_view word)
{
    static constexpr std::array<std::string_view, 13> operators{"&&", "||", "|",    ";",  ">",  ">>",  "<",
                                                                "&",  "<<", "2>&1", "2>", "&>", "1>&2"};
    return std::ranges::find(operators, word) != operators.end()
        || (word.size() > 2 && (word.starts_with(">/") || word.starts_with("2>/") || word.starts_with(">>/")));
}

/// A whole command line in one word: ["npm run build && npm start"].
bool isCommandLine(std::string_view word)
{
    return word.find(' ') != std::string_view::npos
        && (word.find(" && ") != std::string_view::npos || word.find(" | ") != std::string_view::npos
            || word.find("; ") != std::string_view::npos || word.find(" > ") != std::string_view::npos);
}

/// Programs that take file names and do not look for patterns themselves.
bool isPatternFor(std::string_view program, std::string_view before, std::string_view word)
{
    static constexpr std::array<std::string_view, 14> names{
        "rm", "cp", "mv", "ls", "cat", "chmod", "chown", "chgrp", "touch", "unzip", "install", "mkdir", "node", "ln"};
    const bool path = word.starts_with('/') || word.starts_with("./") || word.starts_with('*')
        || word.find('/') != std::string_view::npos;
    if (word.find('*') == std::string_view::npos || !path || word.starts_with('-'))
        return false;
    return std::ranges::find(names, program) != names.end() || (program == "java" && before == "-jar");
}

/// Spring and the JVM's own options replace ${…} themselves.
bool isForTheProgram(std::string_view program, std::string_view word)
{
    static constexpr std::array<std::string_view, 9> own{"envsubst", "awk",   "gawk", "jq",    "sed",
                                                         "perl",     "confd", "make", "expect"};
    if (std::ranges::find(own, program) != own.end())
        return true;
    return program == "java" && word.starts_with('-') && word.find("${") != std::string_view::npos;
}

std::optional<Literal> literalIn(std::span<const Argument> words)
{
    const std::string program = words.empty() ? std::string() : fileNameOf(words.front().value);
    // What stands behind a shell's -c is read by that shell; an entrypoint script may evaluate what it gets.
    const bool shell = std::ranges::any_of(words, [](const Argument &word) {
        return isShellName(fileNameOf(word.value)) || word.value == "-c" || word.value == "/c"
            || word.value == "-Command";
    });
    if (shell)
        return std::nullopt;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view word = words[i].value;
        if (i > 0 && isOperator(word))
            return Literal{&words[i], std::string(word), {}};
        if (i == 0 && isCommandLine(word))
            return Literal{&words[i], std::string(word), {}};
        if (std::string name = variableIn(word); !name.empty() && !isForTheProgram(program, word))
            return Literal{&words[i], std::string(word), std::move(name)};
        if (i > 0 && isPatternFor(program, words[i - 1].value, word))
            return Literal{&words[i], std::string(word), {}};
    }
    return std::nullopt;
}

std::string whatHappens(const Literal &literal, const Instruction &instruction, std::string_view program)
{
    const std::string words(instruction.kind == InstructionKind::Run ? "The build" : "The container");
    if (literal.argument == instruction.command().data())
        return words + " looks for a program of exactly this name:\n\n    " + execError(literal.what);
    const std::string get = std::string(program) + " gets the characters " + literal.what + " as an argument";
    if (!literal.variable.empty())
        return get + ", whatever the variable holds.";
    return get + (isOperator(literal.what) ? ", and everything behind it as well." : "; nobody looks for such files.");
}

/// ENTRYPOINT ["/bin/sh", "-c"] makes CMD a script.
bool isReadByShell(const RuleContext &context, const Instruction &cmd)
{
    const auto use = whereStarted(context, cmd);
    return use
        && std::ranges::any_of(context.states.stage(use->stage).entrypointAtEnd.words,
                               [](const std::string &word) { return isShellName(fileNameOf(word)) || word == "-c"; });
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const Instruction &instruction : lint::commandsIn(context.snapshot.tree())) {
        const bool health = instruction.kind == InstructionKind::Healthcheck;
        if (instruction.command().empty() || instruction.isShellForm() || (!instruction.execForm && !health))
            continue;
        if (instruction.kind == InstructionKind::Cmd && isReadByShell(context, instruction))
            continue;
        const auto literal = literalIn(instruction.command());
        const auto severity = literal ? severityWhereUsed(context, instruction, Severity::Warning) : std::nullopt;
        if (!severity)
            continue;
        const std::string keyword(keywordOf(instruction.kind));
        const std::string program(instruction.command().front().value);
        const bool variable = !literal->variable.empty();
        Diagnostic d = diagnosticFor(context, instruction, *severity);
        d.range = literal->argument->range;
        d.title = variable ? "$" + literal->variable + " is not replaced in exec form"
                           : "Without a shell, " + literal->what.substr(0, 20) + " is only text";
        d.message = keyword + " " + commandWords(instruction) + " starts " + program + " directly, so "
            + (variable ? "$" + literal->variable + " stays as it is written."
                        : "\"" + literal->what + "\" has no special meaning.");
        d.why
            = "A JSON list is started word by word. Variables, &&, pipes, ;, > and * belong to the shell, and there is "
              "none here. "
            + whatHappens(*literal, instruction, program);
        d.how = variable ? "Let the program read $" + literal->variable
                + " from its environment, which ENV and docker run -e fill. Or write the value."
                         : std::string("Let the program do it, or do it in a RUN of a stage with a shell.");
        d.how += " Where the image has a shell, say so openly: [\"/bin/sh\", \"-c\", \"exec …\"].";
        d.hint = "no shell reads this";
        out.push_back(std::move(d));
    }
}

/// The command line for a shell: words with shell syntax as they are, the others in quotes where they need them.
std::string scriptOf(std::span<const Argument> words)
{
    std::string script;
    for (const Argument &word : words) {
        script += script.empty() ? "" : " ";
        const bool plain
            = word.value.find_first_of(" \t\"'\\`();<>&|") == std::string_view::npos && !word.value.empty();
        if (plain || isOperator(word.value) || (script.empty() && isCommandLine(word.value)))
            script += word.value;
        else if (word.value.find_first_of("\"\\`") == std::string_view::npos)
            (script += '"') += std::string(word.value) + '"';
        else
            (script += '\'') += std::string(word.value) + '\'';
    }
    return script;
}

/// The value of a variable that the document itself sets, put in its place.
void writeValue(const RuleContext &context, const Diagnostic &diagnostic, const Instruction &instruction,
                const Literal &literal, std::vector<Fix> &out)
{
    const EnvValue *value = context.states.env(instruction.id, literal.variable);
    if (literal.variable.empty() || !value || !value->known)
        return;
    std::vector<std::string> words;
    for (const Argument &argument : instruction.command()) {
        std::string word(argument.value);
        if (&argument == literal.argument) {
            for (const std::string &name : {"${" + literal.variable + "}", "$" + literal.variable}) {
                if (const std::size_t at = word.find(name); at != std::string::npos) {
                    word.replace(at, name.size(), value->value);
                    break;
                }
            }
            if (!variableIn(word).empty() && variableIn(word) == literal.variable)
                return;
            words = {word};
        }
    }
    std::string text = lint::jsonList(words);
    text = text.substr(1, text.size() - 2);
    checks::offerReplace(out, diagnostic.range, text, "Write " + value->value, "the value that ENV sets", false);
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const Instruction &instruction = context.snapshot.tree().instruction(diagnostic.instruction);
    const auto literal = literalIn(instruction.command());
    if (!literal)
        return;
    writeValue(context, diagnostic, instruction, *literal, out);
    const std::string script = scriptOf(instruction.command());
    const bool build = instruction.kind == InstructionKind::Run;
    const StageId stage = context.snapshot.graph().stageOf(instruction.id);
    const Known shell = build ? context.states.at(instruction.id).binSh : context.states.stage(stage).binShAtEnd;
    if (shell != Known::Yes || script.find('\'') != std::string::npos)
        return;
    // exec hands over the process, so that signals reach the program; a list of commands cannot do that.
    const bool several = script.find_first_of("|&;") != std::string::npos;
    const std::string list = lint::jsonList({"/bin/sh", "-c", build || several ? script : "exec " + script});
    const auto words = instruction.command();
    TextRange range = instruction.argumentsRange;
    const std::size_t bracket = context.snapshot.text().slice(range).find('[');
    if (bracket == std::string_view::npos || words.empty())
        return;
    range.begin += static_cast<Offset>(bracket);
    checks::offerReplace(out, range, list, "Start it through a shell", "becomes " + list, false);
}

} // namespace

const Rule shellSyntaxInExecForm{
    .id = "SW014",
    .name = "shell-syntax-in-exec-form",
    .severity = Severity::Warning,
    .summary = "Variables, &&, pipes, redirections or patterns in a JSON list, which no shell reads",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
