// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/CommandLine.h"
#include "lint/FileEffects.h"
#include "lint/ShellStates.h"
#include "lint/fixes/FixBuilder.h"
#include "lint/fixes/Products.h"
#include "lint/fixes/ShellFixes.h"
#include "lint/rules/ShellText.h"

#include <algorithm>
#include <optional>

namespace stagewright::fixes {

namespace {

struct WrittenFile
{
    std::string path;
    std::string content; ///< Lines with endings.
    bool exact = false;  ///< Must not be expanded.
};

/// `echo` with plain words: what it prints. Options and escapes differ between shells, so they are left alone.
std::optional<std::string> echoed(const lint::SimpleCommand &command)
{
    if (rules::fileNameOf(command.words.front()) != "echo")
        return std::nullopt;
    std::string line;
    for (std::size_t i = 1; i < command.words.size(); ++i) {
        const std::string &word = command.words[i];
        if ((i == 1 && word.starts_with('-')) || word.find_first_of("\\\n\r") != std::string::npos)
            return std::nullopt;
        line += (i > 1 ? " " : "") + word;
    }
    return line + '\n';
}

/// A list of echo commands that all write one file, perhaps behind the mkdir of its folder.
std::optional<WrittenFile> fromEchoes(std::string_view text)
{
    const lint::CommandList list = lint::readCommands(text);
    WrittenFile file;
    file.exact = true;
    for (const lint::SimpleCommand &command : list.commands) {
        const std::string name = rules::fileNameOf(command.words.front());
        if (file.path.empty() && name == "mkdir" && command.outputFile.empty())
            continue; // COPY makes the folder; checked below
        const auto line = command.outputFile.empty() ? std::nullopt : echoed(command);
        // The first starts the file, every further one must add to it.
        if (!line || command.append == file.path.empty() || (!file.path.empty() && file.path != command.outputFile))
            return std::nullopt;
        file.path = command.outputFile;
        file.content += *line;
    }
    for (const lint::SimpleCommand &command : list.commands) {
        if (!command.outputFile.empty())
            continue;
        for (const std::string &word : std::span(command.words).subspan(1)) {
            if (word != "-p" && !lint::isAtOrAbove(lint::joinPath("/", word), lint::joinPath("/", file.path)))
                return std::nullopt;
        }
    }
    return file.path.empty() ? std::nullopt : std::optional(std::move(file));
}

/// `cat <<EOF > /file`, `tee /file <<EOF`: the path; the here-document is the content.
std::optional<std::string> catTarget(const Instruction &run)
{
    // The words of the command line, the here-document's own mark left out.
    std::string text(run.arguments);
    const std::size_t mark = text.find("<<");
    if (mark == std::string::npos)
        return std::nullopt;
    std::size_t end = mark;
    while (end < text.size() && text[end] != ' ' && text[end] != '\t' && text[end] != '>')
        ++end;
    text.erase(mark, end - mark);
    lint::CommandList list = lint::readCommands(text);
    if (list.commands.size() != 1)
        return std::nullopt;
    const lint::SimpleCommand &command = list.commands.front();
    const std::string name = rules::fileNameOf(command.words.front());
    if (name == "cat" && command.words.size() == 1 && !command.outputFile.empty() && !command.append)
        return command.outputFile;
    if (name == "tee" && command.words.size() == 2 && !command.words[1].starts_with('-') && command.outputFile.empty())
        return command.words[1];
    return std::nullopt;
}

std::string freeDelimiter(std::string_view content)
{
    std::string name = "EOF";
    while (("\n" + std::string(content)).find("\n" + name + "\n") != std::string::npos)
        name += "_";
    return name;
}

bool isPlainPath(std::string_view path)
{
    return !path.empty() && path.find_first_of(" \t$\\\"'") == std::string_view::npos && !path.ends_with('/');
}

std::string copyFlags(const RuleContext &context, const Instruction &run)
{
    const std::string owner = ownerAt(context, run.id);
    return owner.empty() ? std::string() : " --chown=" + owner;
}

} // namespace

void fileAsCopy(const RuleContext &context, InstructionId runId, std::vector<Fix> &out)
{
    if (isAnswered(context, out))
        return;
    const Instruction &run = context.snapshot.tree().instruction(runId);
    FixBuilder builder(context.snapshot);
    std::string path;
    if (run.heredocs.size() == 1 && !run.heredocs.front().stripTabs) {
        const Heredoc &document = run.heredocs.front();
        const std::string_view body = context.snapshot.text().slice(document.body);
        if (const auto target = catTarget(run)) {
            // What a shell would have expanded, BuildKit would expand by its own rules.
            if (!document.terminated || !isPlainPath(*target)
                || (document.expand && body.find_first_of("$`\\") != std::string_view::npos))
                return;
            path = *target;
            builder.replace({run.keywordRange.begin, run.argumentsRange.end},
                            builder.keyword("COPY") + copyFlags(context, run) + ' '
                                + std::string(context.snapshot.text().slice(document.marker)) + ' ' + path);
            out.push_back(
                builder.finish("Write the file with COPY", "COPY with a here-document needs no shell", "file", true));
            return;
        }
    }
    std::optional<WrittenFile> file;
    if (run.heredocs.empty())
        file = fromEchoes(run.arguments);
    else if (run.heredocs.size() == 1
             && edit::detail::trimmed(run.arguments) == context.snapshot.text().slice(run.heredocs.front().marker))
        file = fromEchoes(context.snapshot.text().slice(run.heredocs.front().body));
    if (!file || !isPlainPath(file->path))
        return;
    const std::string delimiter = freeDelimiter(file->content);
    const bool quoted = file->content.find_first_of("$\\`") != std::string::npos;
    builder.rewrite(run,
                    builder.keyword("COPY") + copyFlags(context, run) + " <<"
                        + (quoted ? "'" + delimiter + "'" : delimiter) + ' ' + file->path + '\n' + file->content
                        + delimiter);
    out.push_back(builder.finish("Write the file with COPY", "COPY with a here-document needs no shell", "file", true));
}

} // namespace stagewright::fixes
