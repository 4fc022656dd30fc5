// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "edit/Edits.h"
#include "lint/fixes/FixBuilder.h"
#include "lint/rules/Rules.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright::rules {

namespace {

/// Words for one family of BuildKit's errors. %1, %2 … are what stands in quotation marks in the message.
struct Family
{
    std::string_view part; ///< The message contains this.
    std::string_view title;
    std::string_view why;
    std::string_view how;
};

constexpr std::array<Family, 27> families{{
    {"circular dependency detected", "Stages need each other in a circle",
     "A stage can be built only when everything that it takes from other stages is there. Here the way from stage to "
     "stage "
     "leads back to where it started, so there is none to begin with.",
     "Break the circle: move what both need into a third stage in front of them, and let both copy from that one."},
    {"cannot copy from stage", "COPY --from names a stage that comes later",
     "BuildKit reads the file from top to bottom, and a stage can copy only from stages above it. The name %1 belongs "
     "to a "
     "stage further down.",
     "Move stage %1 above the stage that copies from it, or copy from an earlier stage."},
    {"cannot mount from stage", "A mount names a stage that comes later",
     "BuildKit reads the file from top to bottom, and RUN --mount can use only stages above it.",
     "Move stage %1 above the stage that mounts from it."},
    {"invalid stage index", "There is no stage with this number",
     "--from with a number means the stage with that index, counted from 0 in file order. Only stages above the COPY "
     "count.",
     "Give the stage a name (FROM … AS name) and use the name: it stays right when stages are added or moved."},
    {"target stage", "The chosen target is no stage of this file",
     "The build was asked for a stage that the file does not have.",
     "Choose one of the stages that the file has, or leave the target out to build the last one."},
    {"should not be blank", "The base image is empty",
     "FROM takes its image from a variable, and the variable has no value here. FROM sees only ARGs that stand above "
     "the "
     "first FROM, with their defaults or what --build-arg sets.",
     "Give the ARG above the first FROM a default (ARG BASE=image:tag), or set it with --build-arg."},
    {"variable expansion is not supported for --from", "--from cannot hold a variable",
     "Which stages a build needs is worked out before any variable of a stage has a value.",
     "Put the variable into a FROM of its own (ARG above the first FROM, then FROM ${X} AS source) and copy "
     "--from=source."},
    {"'from' doesn't support variable expansion", "A mount's from cannot hold a variable",
     "Which stages a build needs is worked out before any variable of a stage has a value.",
     "Put the variable into a FROM of its own and name that stage in the mount."},
    {"failed to parse stage name", "This is no image name",
     "What is no stage above is taken for an image, and image names follow rules: lower-case letters, digits, dots, "
     "dashes "
     "and slashes, then perhaps a :tag. A stage name in another case than behind AS is not found by FROM either.",
     "Correct the name. If a stage is meant, write it exactly as behind AS."},
    {"invalid name for build stage", "This is no stage name",
     "A stage name starts with a letter and goes on with letters, digits, dots, dashes and underscores.",
     "Choose a name such as build, test or runtime-debian."},
    {"unknown instruction", "BuildKit does not know this instruction",
     "The first word of a line has to be an instruction. Often a word is misspelt, or the line before should go on "
     "with a "
     "backslash at its end.",
     "Correct the word, or end the line above with \\ if this line belongs to it. A comment starts with #."},
    {"unknown flag", "This instruction has no such flag",
     "Every instruction has flags of its own, in front of its arguments.",
     "Correct the flag. If it belongs to the command, put something in front of it, or use a JSON list: "
     "[\"--flag\", \"value\"]."},
    {"duplicate flag specified", "The flag is there twice", "This flag can be given once.",
     "Take one of the two away."},
    {"missing a value on flag", "The flag has no value", "This flag needs a value: --flag=value, without blanks.",
     "Add the value behind an equals sign, or take the flag away."},
    {"expecting boolean value for flag", "The flag is true or false", "This flag is a switch.",
     "Write --flag or --flag=false."},
    {"unterminated heredoc", "The here-document has no end",
     "Everything behind <<NAME belongs to the document until a line that holds nothing but NAME. Here the file ends "
     "first.",
     "Add the line with the name, without blanks in front of it (tabs are allowed after <<-) or behind it."},
    {"FROM requires either one or three arguments", "FROM takes an image, and perhaps AS and a name",
     "Behind FROM stands one image or stage, or that and AS NAME.", "Write FROM image:tag, or FROM image:tag AS name."},
    {"the Dockerfile cannot be empty", "The file is empty", "There is nothing to build.",
     "Start with FROM and an image."},
    {"file with no instructions", "The file holds only comments", "There is nothing to build.",
     "Start with FROM and an image."},
    {"no build stage in current context", "An instruction in front of the first FROM",
     "Every instruction works on the image of its stage, and a stage begins with FROM. Only ARG may stand in front of "
     "the "
     "first.",
     "Put a FROM above it."},
    {"dockerfile contains no stages to build", "There is no FROM",
     "A build needs at least one stage, and a stage begins with FROM.", "Add FROM with an image."},
    {"isn't allowed as an ONBUILD trigger", "ONBUILD cannot hold this instruction",
     "A trigger runs later, inside somebody else's stage. FROM, MAINTAINER and ONBUILD would make no sense there.",
     "Take ONBUILD away, or choose another instruction."},
    {"in JSON form", "SHELL wants a JSON list", "SHELL is written as a list of the program and its options.",
     "Write SHELL [\"/bin/bash\", \"-c\"], with double quotation marks."},
    {"arrays must be comprised of strings only", "The list holds something that is no text",
     "A JSON list in a Dockerfile holds texts in double quotation marks and nothing else.",
     "Put every part into double quotation marks."},
    {"must be of the form: name=value", "A name without a value",
     "With one name=value on the line all words have to be name=value, so a blank in a value ends it.",
     "Put values with blanks into quotation marks: NAME=\"two words\"."},
    {"failed to process", "BuildKit cannot expand this word",
     "Variables are written $NAME or ${NAME}, with ${NAME:-default} and a few more forms; quotation marks have to be "
     "closed.",
     "Correct the expression. A dollar sign that is meant as one is written \\$."},
    {"dockerfile line greater than max allowed size", "The line is too long",
     "BuildKit reads lines of at most 65,535 bytes.",
     "Break the line with a backslash at its end, or put the content into a file and COPY it."},
}};

constexpr std::string_view generalWhy
    = "BuildKit reads the whole file before it builds anything and refuses it at this place.";

/// How an instruction is written, for errors that say "requires".
std::string_view usageOf(InstructionKind kind)
{
    switch (kind) {
    case InstructionKind::Add: return "ADD [flags] source… destination";
    case InstructionKind::Arg: return "ARG name, or ARG name=default";
    case InstructionKind::Copy: return "COPY [--from=stage] source… destination";
    case InstructionKind::Env: return "ENV name=value …";
    case InstructionKind::Expose: return "EXPOSE port, or EXPOSE port/udp";
    case InstructionKind::Healthcheck: return "HEALTHCHECK [--interval=30s] CMD command, or HEALTHCHECK NONE";
    case InstructionKind::Label: return "LABEL name=value …";
    case InstructionKind::Onbuild: return "ONBUILD instruction";
    case InstructionKind::Run: return "RUN [--mount=type=…,target=…] command";
    case InstructionKind::Shell: return "SHELL [\"/bin/sh\", \"-c\"]";
    case InstructionKind::Stopsignal: return "STOPSIGNAL SIGTERM";
    case InstructionKind::User: return "USER name, or USER uid:gid";
    case InstructionKind::Volume: return "VOLUME /path";
    case InstructionKind::Workdir: return "WORKDIR /path";
    default: return {};
    }
}

std::vector<std::string> quoted(std::string_view message)
{
    std::vector<std::string> parts;
    for (std::size_t open = message.find('"'); open != std::string_view::npos;) {
        const std::size_t close = message.find('"', open + 1);
        if (close == std::string_view::npos)
            break;
        parts.emplace_back(message.substr(open + 1, close - open - 1));
        open = message.find('"', close + 1);
    }
    return parts;
}

std::string filled(std::string_view words, const std::vector<std::string> &parts)
{
    std::string text(words);
    for (std::size_t i = 0; i < 2; ++i) {
        const std::string mark = "%" + std::to_string(i + 1);
        const std::string part = i < parts.size() ? "'" + parts[i] + "'" : "it";
        for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + part.size()))
            text.replace(at, mark.size(), part);
    }
    return text;
}

/// BuildKit's message without the part that only says where ("dockerfile parse error on line 3: ").
std::string withoutPlace(std::string_view message)
{
    constexpr std::string_view place("dockerfile parse error on line ");
    if (message.starts_with(place)) {
        const std::size_t colon = message.find(": ", place.size());
        if (colon != std::string_view::npos)
            message = message.substr(colon + 2);
    }
    return std::string(message);
}

/// The word that BuildKit proposes: "(did you mean COPY?)".
std::string proposal(std::string_view message)
{
    constexpr std::string_view mark("(did you mean ");
    const std::size_t at = message.rfind(mark);
    const std::size_t end = message.find("?)", at == std::string_view::npos ? 0 : at);
    if (at == std::string_view::npos || end == std::string_view::npos)
        return {};
    return std::string(message.substr(at + mark.size(), end - at - mark.size()));
}

Diagnostic diagnosticOf(const Snapshot &snapshot, const BuildError &error)
{
    Diagnostic d;
    d.severity = Severity::Error;
    d.message = error.message;
    d.title = withoutPlace(error.message);
    d.why = generalWhy;
    d.how = "Correct the line; the message says what is expected.";
    d.range = error.range;
    d.line = error.firstLine;
    d.lastLine = error.lastLine;
    d.instruction = error.instruction;
    if (d.line == 0)
        d.line = snapshot.text().lineAt(error.range.begin);
    const std::vector<std::string> parts = quoted(error.message);
    for (const Family &family : families) {
        if (error.message.find(family.part) == std::string::npos)
            continue;
        d.title = filled(family.title, parts);
        d.why = std::string(generalWhy) + "\n\n" + filled(family.why, parts);
        d.how = filled(family.how, parts);
        return d;
    }
    if (error.instruction != InstructionId::None) {
        if (const std::string_view usage = usageOf(snapshot.tree().instruction(error.instruction).kind); !usage.empty())
            d.how = "It is written: " + std::string(usage) + ".";
    }
    return d;
}

void check(const RuleContext &context, std::vector<Diagnostic> &out)
{
    for (const BuildError &error : context.snapshot.graph().errors())
        out.push_back(diagnosticOf(context.snapshot, error));
}

/// Puts BuildKit's own proposal in place of the misspelt word.
void takeProposal(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const std::string word = proposal(diagnostic.message);
    if (word.empty() || diagnostic.instruction == InstructionId::None)
        return;
    const Instruction &instruction = context.snapshot.tree().instruction(diagnostic.instruction);
    fixes::FixBuilder builder(context.snapshot);
    if (diagnostic.message.find("unknown instruction: ") != std::string::npos) {
        builder.replace(instruction.keywordRange, builder.keyword(edit::detail::uppered(word)));
        out.push_back(builder.finish("Write " + edit::detail::uppered(word),
                                     "instead of " + std::string(instruction.keyword), "pencil", false));
        return;
    }
    constexpr std::string_view unknownFlag("unknown flag: --");
    const std::size_t at = diagnostic.message.find(unknownFlag);
    if (at == std::string::npos)
        return;
    const std::string rest = diagnostic.message.substr(at + unknownFlag.size());
    const std::string name = rest.substr(0, rest.find_first_of(" ="));
    for (const Flag &flag : instruction.flags) {
        if (flag.name != name)
            continue;
        const TextRange nameRange{flag.range.begin + 2, flag.range.begin + 2 + static_cast<Offset>(name.size())};
        if (context.snapshot.text().slice(nameRange) != name)
            continue;
        builder.replace(nameRange, word);
        out.push_back(builder.finish("Write --" + word, "instead of --" + name, "pencil", false));
        return;
    }
}

/// Moves the stage that is wanted too early in front of the one that wants it.
void moveStageUp(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    const BuildGraph &graph = context.snapshot.graph();
    const bool early = diagnostic.message.find("needs to be defined before current") != std::string::npos;
    const std::vector<std::string> parts = quoted(diagnostic.message);
    const StageId user
        = diagnostic.instruction == InstructionId::None ? StageId::None : graph.stageOf(diagnostic.instruction);
    if (!early || parts.empty() || user == StageId::None)
        return;
    const std::string name = edit::detail::lowered(parts.front());
    for (const Stage &stage : graph.stages()) {
        if (stage.id <= user || (stage.name != name && std::to_string(indexOf(stage.id)) != name))
            continue;
        const std::string words = stage.name.empty() ? "stage " + name : "stage '" + stage.displayName + "'";
        const std::string title = "Move " + words + " up";
        if (auto moved = edit::moveStage(context.snapshot, stage.id, indexOf(user))) {
            moved->setLabel(title);
            const auto after = Snapshot::make(moved->applyTo(context.snapshot.text()), context.snapshot.options());
            if (after->graph().errors().size() < graph.errors().size())
                out.push_back({title, "in front of the stage that needs it", "arrow-up", std::move(*moved), true});
        }
        return;
    }
}

void fix(const RuleContext &context, const Diagnostic &diagnostic, std::vector<Fix> &out)
{
    takeProposal(context, diagnostic, out);
    moveStageUp(context, diagnostic, out);
}

} // namespace

const Rule buildError{
    .id = "BuildError",
    .name = "build-error",
    .source = DiagnosticSource::BuildError,
    .severity = Severity::Error,
    .summary = "BuildKit refuses the file",
    .check = check,
    .fix = fix,
};

} // namespace stagewright::rules
