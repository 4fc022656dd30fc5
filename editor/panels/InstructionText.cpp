// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/InstructionText.h"

#include <algorithm>

namespace stagewright::instructiontext {

namespace {

constexpr std::string_view blanks = " \t";

std::string_view trimmedRight(std::string_view text)
{
    const std::size_t end = text.find_last_not_of(" \t\r");
    return end == std::string_view::npos ? std::string_view() : text.substr(0, end + 1);
}

} // namespace

edit::Result replaceInside(const Snapshot &s, const Instruction &instruction, TextRange range, std::string_view text)
{
    std::string whole(s.text().slice(instruction.range));
    if (!instruction.range.contains(range)) {
        return std::unexpected(edit::EditError{"This part of the instruction cannot be edited here."});
    }
    whole.replace(range.begin - instruction.range.begin, range.length(), text);
    std::erase(whole, '\r'); // the edit writes the document's own line endings
    return edit::editInstruction(s, instruction.id, whole);
}

edit::Result appendFlag(const Snapshot &s, const Instruction &instruction, std::string_view flag)
{
    const Offset at = instruction.flags.empty() ? instruction.keywordRange.end : instruction.flags.back().range.end;
    return replaceInside(s, instruction, TextRange::at(at), " " + std::string(flag));
}

edit::Result removeFlag(const Snapshot &s, const Instruction &instruction, const Flag &flag)
{
    TextRange range = flag.range;
    const std::string_view bytes = s.text().bytes();
    while (range.end < instruction.range.end && blanks.find(bytes[range.end]) != std::string_view::npos) {
        ++range.end;
    }
    return replaceInside(s, instruction, range, {});
}

std::string withContinuations(std::string_view typed, char escape)
{
    std::string result;
    while (true) {
        const std::size_t end = typed.find('\n');
        if (end == std::string_view::npos) {
            result += typed;
            return result;
        }
        const std::string_view line = trimmedRight(typed.substr(0, end));
        typed.remove_prefix(end + 1);
        result += line;
        const std::size_t first = line.find_first_not_of(blanks);
        const bool comment = first != std::string_view::npos && line[first] == '#';
        const bool blank = first == std::string_view::npos;
        if (!line.ends_with(escape) && !comment && !blank) {
            result += ' ';
            result += escape;
        }
        result += '\n';
    }
}

std::string toExecForm(const std::vector<std::string> &words)
{
    std::string result = "[";
    for (const std::string &word : words) {
        if (result.size() > 1) {
            result += ", ";
        }
        result += '"';
        for (const char c : word) {
            switch (c) {
            case '"':
            case '\\':
                result += '\\';
                result += c;
                break;
            case '\n': result += "\\n"; break;
            case '\t': result += "\\t"; break;
            default: result += c;
            }
        }
        result += '"';
    }
    return result + "]";
}

std::expected<std::vector<std::string>, edit::EditError> splitSimpleCommand(std::string_view command)
{
    const auto needsShell = [](std::string_view what) {
        return std::unexpected(edit::EditError{"This command needs a shell: it uses " + std::string(what) + "."});
    };
    std::vector<std::string> words;
    std::string word;
    bool inWord = false;
    char quote = 0;
    for (std::size_t i = 0; i < command.size(); ++i) {
        const char c = command[i];
        const bool expands = quote != '\'';
        if (expands && (c == '$' || c == '`')) {
            return needsShell(c == '$' ? "a variable ($)" : "command substitution");
        }
        if (expands && c == '\\' && i + 1 < command.size()) {
            word += command[++i];
            inWord = true;
        } else if (quote != 0) {
            if (c == quote) {
                quote = 0;
            } else {
                word += c;
            }
        } else if (c == '"' || c == '\'') {
            quote = c;
            inWord = true;
        } else if (blanks.find(c) != std::string_view::npos || c == '\n') {
            if (inWord) {
                words.push_back(std::exchange(word, {}));
                inWord = false;
            }
        } else if (std::string_view("&|;<>()").find(c) != std::string_view::npos) {
            return needsShell(std::string("“") + c + "”");
        } else if (std::string_view("*?[").find(c) != std::string_view::npos) {
            return needsShell("a file pattern");
        } else if (c == '~' && !inWord) {
            return needsShell("the home folder (~)");
        } else {
            word += c;
            inWord = true;
        }
    }
    if (quote != 0) {
        return std::unexpected(edit::EditError{"A quote is not closed."});
    }
    if (inWord) {
        words.push_back(word);
    }
    if (words.empty()) {
        return std::unexpected(edit::EditError{"There is no command."});
    }
    if (words.front().find('=') != std::string::npos) {
        return needsShell("a variable assignment");
    }
    return words;
}

std::string shellQuoted(std::string_view word)
{
    const bool plain = !word.empty() && std::ranges::all_of(word, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || std::string_view("-_./:=,@%+").find(c) != std::string_view::npos;
    });
    if (plain) {
        return std::string(word);
    }
    std::string result = "'";
    for (const char c : word) {
        if (c == '\'') {
            result += "'\\''";
        } else {
            result += c;
        }
    }
    return result + "'";
}

std::string assignedText(std::string_view value)
{
    const bool quoted
        = value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front();
    if (quoted || value.find_first_of(" \t") == std::string_view::npos) {
        return std::string(value);
    }
    std::string result = "\"";
    for (const char c : value) {
        if (c == '"') {
            result += '\\';
        }
        result += c;
    }
    return result + "\"";
}

} // namespace stagewright::instructiontext
