// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/Pattern.h"

#include "semantics/Utf8.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace stagewright {

namespace {

/// The wildcards of one pattern as a bit-parallel automaton: bit j of a state set says that the first j elements have
/// matched. A `*` in front of element j is a loop on bit j. One step costs a few word operations per 64 elements, so
/// there is no backtracking whatever the pattern.
class Glob
{
public:
    [[nodiscard]] static std::expected<Glob, std::string> compile(std::u32string_view pattern);
    [[nodiscard]] Glob reversed() const;

    /// The end of the shortest or longest match that starts at @p start.
    [[nodiscard]] std::optional<std::size_t> matchEnd(std::u32string_view text, std::size_t start, bool longest) const;
    /// For each position whether a match ends there that starts anywhere before.
    [[nodiscard]] std::vector<bool> matchEnds(std::u32string_view text) const;

private:
    using Bits = std::vector<std::uint64_t>;
    struct Element
    {
        char32_t character;
        bool any;
    };

    void prepare();
    void step(Bits &states, char32_t character) const;
    [[nodiscard]] bool accepts(const Bits &states) const { return test(states, m_elements.size()); }
    static bool test(const Bits &bits, std::size_t i) { return (bits[i / 64] >> (i % 64)) & 1u; }
    static void set(Bits &bits, std::size_t i) { bits[i / 64] |= std::uint64_t{1} << (i % 64); }

    std::vector<Element> m_elements;
    std::vector<bool> m_stars; ///< One more than elements.
    Bits m_loops;
    Bits m_any;
    std::unordered_map<char32_t, Bits> m_literals;
};

std::expected<Glob, std::string> Glob::compile(std::u32string_view pattern)
{
    Glob glob;
    glob.m_stars.push_back(false);
    const auto add = [&glob](char32_t c, bool any) {
        glob.m_elements.push_back({c, any});
        glob.m_stars.push_back(false);
    };
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char32_t c = pattern[i];
        if (c == '*') {
            glob.m_stars.back() = true;
        } else if (c == '?') {
            add(0, true);
        } else if (c == '\\') {
            const bool last = i + 1 == pattern.size();
            const char32_t next = last ? char32_t{0xfffd} : pattern[i + 1];
            if (next == '}' || next == '/')
                continue; // escaped for the substitution's sake; not part of the pattern
            if (next != '*' && next != '?' && next != '\\')
                return std::unexpected("invalid escape '\\" + toUtf8({&next, 1}) + "'");
            add(next, false);
            ++i;
        } else {
            add(c, false);
        }
    }
    glob.prepare();
    return glob;
}

Glob Glob::reversed() const
{
    Glob glob;
    glob.m_elements.assign(m_elements.rbegin(), m_elements.rend());
    glob.m_stars.assign(m_stars.rbegin(), m_stars.rend());
    glob.prepare();
    return glob;
}

void Glob::prepare()
{
    const std::size_t words = m_elements.size() / 64 + 1;
    m_loops.assign(words, 0);
    m_any.assign(words, 0);
    for (std::size_t i = 0; i < m_stars.size(); ++i) {
        if (m_stars[i])
            set(m_loops, i);
    }
    for (std::size_t i = 0; i < m_elements.size(); ++i) {
        if (m_elements[i].any)
            set(m_any, i);
        else
            set(m_literals.try_emplace(m_elements[i].character, Bits(words, 0)).first->second, i);
    }
}

void Glob::step(Bits &states, char32_t character) const
{
    const auto literal = m_literals.find(character);
    const bool newline = character == '\n'; // the wildcards stop at line endings
    std::uint64_t carry = 0;
    for (std::size_t w = 0; w < states.size(); ++w) {
        std::uint64_t matches = literal != m_literals.end() ? literal->second[w] : 0;
        if (!newline)
            matches |= m_any[w];
        const std::uint64_t advanced = states[w] & matches;
        const std::uint64_t stays = newline ? 0 : states[w] & m_loops[w];
        states[w] = (advanced << 1) | carry | stays;
        carry = advanced >> 63;
    }
}

std::optional<std::size_t> Glob::matchEnd(std::u32string_view text, std::size_t start, bool longest) const
{
    Bits states(m_loops.size(), 0);
    set(states, 0);
    std::optional<std::size_t> end;
    for (std::size_t at = start;; ++at) {
        if (accepts(states)) {
            end = at;
            if (!longest)
                return end;
        }
        if (at == text.size() || std::ranges::all_of(states, [](std::uint64_t word) { return word == 0; }))
            return end;
        step(states, text[at]);
    }
}

std::vector<bool> Glob::matchEnds(std::u32string_view text) const
{
    std::vector<bool> ends(text.size() + 1);
    Bits states(m_loops.size(), 0);
    for (std::size_t at = 0;; ++at) {
        set(states, 0);
        ends[at] = accepts(states);
        if (at == text.size())
            return ends;
        step(states, text[at]);
    }
}

std::expected<Glob, std::string> compiled(std::u32string_view pattern)
{
    std::expected<Glob, std::string> glob = Glob::compile(pattern);
    if (!glob)
        return std::unexpected("invalid pattern (" + toUtf8(pattern) + ") in substitution: " + glob.error());
    return glob;
}

/// Turns a pattern round but keeps each escape in front of what it escapes.
std::u32string reversedPattern(std::u32string_view pattern)
{
    std::u32string out;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '\\' && i + 1 < pattern.size()) {
            out += pattern[i + 1];
            out += U'\\';
            ++i;
        } else {
            out += pattern[i];
        }
    }
    std::ranges::reverse(out);
    return out;
}

/// What `//` inserts: Go's regular expressions read "$name" in a replacement, and only "$0" is not empty here.
std::u32string filledTemplate(std::u32string_view replacement, std::u32string_view match, std::size_t limit)
{
    const auto isName = [](char32_t c) { return c == '_' || chars::isLetter(c) || chars::isDecimalDigit(c); };
    std::u32string out;
    for (std::size_t i = 0; i < replacement.size() && out.size() <= limit; ++i) {
        if (replacement[i] != '$') {
            out += replacement[i];
            continue;
        }
        const std::u32string_view rest = replacement.substr(i + 1);
        if (rest.starts_with(U'$')) {
            out += U'$';
            ++i;
            continue;
        }
        const bool braced = rest.starts_with(U'{');
        const std::u32string_view name = rest.substr(braced ? 1 : 0);
        const auto length = static_cast<std::size_t>(std::ranges::find_if_not(name, isName) - name.begin());
        if (length == 0 || (braced && (length == name.size() || name[length] != U'}'))) {
            out += U'$';
            continue;
        }
        if (name.substr(0, length) == U"0")
            out += match;
        i += length + (braced ? 2 : 0);
    }
    return out;
}

} // namespace

std::expected<std::string, std::string> withoutPrefix(std::string_view value, std::string_view pattern, bool longest)
{
    const std::expected<Glob, std::string> glob = compiled(toUtf32(pattern));
    if (!glob)
        return std::unexpected(glob.error());
    const std::u32string text = toUtf32(value);
    return toUtf8(std::u32string_view(text).substr(glob->matchEnd(text, 0, longest).value_or(0)));
}

std::expected<std::string, std::string> withoutSuffix(std::string_view value, std::string_view pattern, bool longest)
{
    const std::expected<Glob, std::string> glob = compiled(reversedPattern(toUtf32(pattern)));
    if (!glob)
        return std::unexpected(glob.error());
    std::u32string text = toUtf32(value);
    std::ranges::reverse(text);
    text.erase(0, glob->matchEnd(text, 0, longest).value_or(0));
    std::ranges::reverse(text);
    return toUtf8(text);
}

std::expected<std::string, std::string> withReplacement(std::string_view value, std::string_view pattern,
                                                        std::string_view replacement, bool all, std::size_t limit)
{
    const std::expected<Glob, std::string> glob = compiled(toUtf32(pattern));
    if (!glob)
        return std::unexpected(glob.error());
    const std::u32string text = toUtf32(value);
    const std::u32string_view view = text;
    const std::u32string filler = toUtf32(replacement);
    std::u32string backwards(text.rbegin(), text.rend());
    const std::vector<bool> starts = glob->reversed().matchEnds(backwards);

    std::u32string out;
    std::size_t copied = 0;
    // A long value times a long replacement is more than any memory holds.
    for (std::size_t at = 0; at <= text.size() && out.size() <= limit;) {
        if (!starts[text.size() - at]) {
            ++at;
            continue;
        }
        const std::size_t end = glob->matchEnd(text, at, true).value_or(at);
        out += view.substr(copied, at - copied);
        if (!all) {
            out += filler;
            copied = end;
            break;
        }
        if (end > copied || at == 0) // no empty match directly behind another match
            out += filledTemplate(filler, view.substr(at, end - at), limit);
        copied = end;
        at = std::max(end, at + 1);
    }
    out += view.substr(std::min(copied, text.size()));
    return toUtf8(out);
}

} // namespace stagewright
