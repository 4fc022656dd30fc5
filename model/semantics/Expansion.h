// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright {

/// Where an expansion finds its variables.
class Variables
{
public:
    virtual ~Variables() = default;
    /// The value, valid until the variables change; nothing when the name is not set.
    [[nodiscard]] virtual std::optional<std::string_view> find(std::string_view name) const = 0;
};

/// The names that an expansion asked for, each once, in the order of their first use. Views into the word.
struct VariableUse
{
    std::vector<std::string>
        matched; ///< Copies: a word may be the decoded value of a quoted field, which is gone soon.
    std::vector<std::string> unmatched;
};

/// BuildKit's word processing (its shell.Lex): quotes, escapes and `$VAR`, `${VAR}`, `${VAR:-word}` with the modifiers
/// `:-` `-` `:+` `+` `:?` `?`, `#` `##` `%` `%%` (cut a pattern) and `/` `//` (replace), nested to any sane depth.
///
/// Time is linear in the word and its variables' values. Two limits keep hostile files harmless: an expansion stops
/// growing at 1 MiB, and substitutions nest at most 400 deep.
class WordExpander
{
public:
    /// @p escape: '\\' or '`', the file's escape character.
    explicit WordExpander(char escape)
        : m_escape(escape)
    {
    }

    /// Heredoc bodies: quotes stay and are ordinary characters. (They also use '\\' always.)
    WordExpander &keepQuotes()
    {
        m_quotesAreOrdinary = true;
        return *this;
    }

    /// The word with everything processed. Errors read "failed to process "word": reason", as BuildKit says it.
    [[nodiscard]] std::expected<std::string, std::string> expand(std::string_view word, const Variables &variables,
                                                                 VariableUse *use = nullptr) const;
    /// The same, then split at white space that is not quoted (EXPOSE).
    [[nodiscard]] std::expected<std::vector<std::string>, std::string>
    expandToWords(std::string_view word, const Variables &variables, VariableUse *use = nullptr) const;
    /// True if expand() would give back the word as it is, whatever the variables.
    [[nodiscard]] bool isPlain(std::string_view word) const;

private:
    char m_escape;
    bool m_quotesAreOrdinary = false;
};

} // namespace stagewright
