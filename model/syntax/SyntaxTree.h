// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "text/SourceText.h"
#include "text/TextRange.h"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright {

enum class InstructionKind : std::uint8_t {
    Unknown, ///< A keyword that BuildKit does not know.
    Add,
    Arg,
    Cmd,
    Copy,
    Entrypoint,
    Env,
    Expose,
    From,
    Healthcheck,
    Label,
    Maintainer,
    Onbuild,
    Run,
    Shell,
    Stopsignal,
    User,
    Volume,
    Workdir,
};

/// Upper-case keyword, "" for Unknown.
[[nodiscard]] std::string_view keywordOf(InstructionKind kind);
/// Case-insensitive.
[[nodiscard]] InstructionKind instructionKindOf(std::string_view keyword);

/// Index into SyntaxTree::instructions(), valid for one revision.
enum class InstructionId : std::int32_t { None = -1 };

/// What a token is. Trivia are tokens too: the tokens of a tree, concatenated, are the file.
enum class TokenKind : std::uint8_t {
    ByteOrderMark,
    Whitespace,
    Newline,      ///< LF or CR LF.
    Comment,      ///< From '#' to the end of the line, also inside a continued instruction.
    Directive,    ///< A whole `# key=value` line that BuildKit reads as a parser directive.
    Continuation, ///< The escape character (and blanks behind it) before a line ending.
    Keyword,
    Flag,          ///< `--name` or `--name=value`.
    Word,          ///< One word of the arguments; for shell form a run between white space.
    JsonArray,     ///< The array of an exec form.
    HeredocMarker, ///< `<<EOF`, `<<-"EOF"`, `3<<EOF`.
    HeredocBody,   ///< All body lines with their endings.
    HeredocEnd,    ///< The terminator line without its ending.
    Error,         ///< Bytes that fit nowhere.
};

struct Token
{
    TokenKind kind = TokenKind::Error;
    TextRange range;
};

/// `# syntax=…`, `# escape=…`, `# check=…` at the head of the file.
struct Directive
{
    std::string_view name;  ///< Lower-cased.
    std::string_view value; ///< Trimmed.
    TextRange range;        ///< The line without its ending.
    TextRange valueRange;
    /// False when blanks stand in front of the '#': the parser then reads `escape` but the front end, which looks
    /// for `syntax` and `check` on its own, does not. See SyntaxTree::frontEndDirective().
    bool atLineStart = true;
};

/// `--name=value` in front of an instruction's arguments.
struct Flag
{
    std::string_view name;  ///< Without the dashes; quotes and escapes resolved, as in the value.
    std::string_view value; ///< "" when there is none.
    bool hasValue = false;
    TextRange range;
    TextRange valueRange; ///< Empty, behind the '=', or behind the name when there is none.
};

/// One `<<NAME` document of ADD, COPY or RUN.
struct Heredoc
{
    std::string_view name;
    bool expand = true;     ///< False when any part of the name was quoted.
    bool stripTabs = false; ///< `<<-`.
    int fileDescriptor = 0;
    bool terminated = true;
    TextRange marker;
    TextRange body;       ///< Whole lines with endings; exact bytes.
    TextRange terminator; ///< Without line ending; empty when missing.
};

/// One argument as BuildKit's parser hands it on: a JSON element (decoded), a word, or for the shell forms the
/// whole rest of the line as a single argument. ENV, LABEL and ARG give one argument per key=value pair.
struct Argument
{
    std::string_view value;    ///< Continuations joined, comments inside dropped, quotes kept as written.
    TextRange range;           ///< From its first to its last byte in the file.
    std::string_view key;      ///< ENV, LABEL, ARG: the name in front of '='.
    std::string_view assigned; ///< ENV, LABEL, ARG: what stands behind it, as written.
    bool hasAssigned = false;
    bool spaceSeparated = false; ///< ENV, LABEL: the old `KEY value with blanks` form.
};

/// One instruction with everything that belongs to it. String views live as long as the tree.
struct Instruction
{
    InstructionId id = InstructionId::None;
    InstructionKind kind = InstructionKind::Unknown;
    std::string_view keyword; ///< As spelled (joined if a continuation splits it).
    TextRange range; ///< Keyword to the end of its last line, heredocs included, without the final line ending.
    TextRange keywordRange;
    TextRange argumentsRange;    ///< Behind keyword and flags, without heredoc bodies; empty (at the end) if none.
    std::uint32_t firstLine = 1; ///< 1-based, both inclusive.
    std::uint32_t lastLine = 1;
    std::string_view
        arguments; ///< The logical line behind keyword and flags: continuations joined, inner comments dropped.
    std::span<const Flag> flags;
    /// HEALTHCHECK: the type (CMD, NONE) comes first. ONBUILD: none, see inner. Unknown: none.
    std::span<const Argument> args;
    std::span<const Heredoc> heredocs; ///< ONBUILD: the same as the inner instruction's.
    bool execForm = false; ///< The arguments are a valid JSON array of strings (where BuildKit looks for one).
    /// ONBUILD: the inner instruction (not in SyntaxTree::instructions(), its id is the outer one's).
    const Instruction *inner = nullptr;
    TextRange leadingComment; ///< Comment lines directly above, no blank between; empty if none.
    /// Where BuildKit reports a blank line inside the continued line (its last line, heredocs not counted); 0: none.
    std::uint32_t emptyContinuationLine = 0;
    /// The next of the same kind in the file; None for the last, and for inner ones.
    InstructionId nextOfKind = InstructionId::None;

    /// The first flag of that name (exact case), or null.
    [[nodiscard]] const Flag *flag(std::string_view name) const;
    /// What is run: the arguments of RUN, CMD, ENTRYPOINT, and those of HEALTHCHECK behind its type.
    [[nodiscard]] std::span<const Argument> command() const;
    [[nodiscard]] bool
    isShellForm() const; ///< RUN, CMD, ENTRYPOINT (and HEALTHCHECK CMD) whose command goes to a shell.
};

/// A problem that the parser itself sees (BuildKit's "parse" phase), with BuildKit's wording.
struct SyntaxError
{
    std::string message;
    TextRange range;
    std::uint32_t firstLine = 0; ///< 0: BuildKit gives no line.
    std::uint32_t lastLine = 0;
};

/// The instructions of one kind in a tree, in file order: a forward range that reads no others, which counts in files
/// that are bigger than the processor's caches. The tree has to live longer.
class InstructionsOfKind
{
public:
    class iterator
    {
    public:
        using value_type = Instruction;
        using difference_type = std::ptrdiff_t;
        using iterator_category = std::forward_iterator_tag;

        iterator() = default;
        iterator(const Instruction *all, InstructionId at)
            : m_all(all)
            , m_at(at)
        {
        }
        const Instruction &operator*() const { return m_all[static_cast<std::size_t>(m_at)]; }
        iterator &operator++()
        {
            m_at = (**this).nextOfKind;
            return *this;
        }
        iterator operator++(int)
        {
            const iterator before = *this;
            ++*this;
            return before;
        }
        friend bool operator==(const iterator &a, const iterator &b) { return a.m_at == b.m_at; }

    private:
        const Instruction *m_all = nullptr;
        InstructionId m_at = InstructionId::None;
    };

    InstructionsOfKind(std::span<const Instruction> all, InstructionId first)
        : m_all(all.data())
        , m_first(first)
    {
    }
    [[nodiscard]] iterator begin() const { return {m_all, m_first}; }
    [[nodiscard]] iterator end() const { return {m_all, InstructionId::None}; }

private:
    const Instruction *m_all;
    InstructionId m_first;
};

/// The lossless syntax tree of one Dockerfile. Never fails: what is wrong becomes an error beside the tree.
class SyntaxTree
{
public:
    SyntaxTree();
    SyntaxTree(SyntaxTree &&) noexcept;
    SyntaxTree &operator=(SyntaxTree &&) noexcept;
    ~SyntaxTree();

    /// Linear in the size of @p text; the tree keeps @p text alive.
    [[nodiscard]] static SyntaxTree parse(SourceText text);

    [[nodiscard]] const SourceText &text() const;
    [[nodiscard]] std::span<const Instruction> instructions() const;
    /// Those of one kind, in file order.
    [[nodiscard]] InstructionsOfKind instructions(InstructionKind kind) const;
    [[nodiscard]] const Instruction &instruction(InstructionId id) const;
    [[nodiscard]] std::span<const Directive> directives() const;
    /// The directive as the front end finds it when it looks for `syntax` or `check` (an indented line ends the
    /// search, a `#!` line in front does not), or null.
    [[nodiscard]] const Directive *frontEndDirective(std::string_view name) const;
    [[nodiscard]] char escapeCharacter() const; ///< '\\' or '`'.
    /// In BuildKit's order: the first is where BuildKit stops.
    [[nodiscard]] std::span<const SyntaxError> errors() const;
    /// All tokens in file order; their ranges tile the file. Made on demand.
    [[nodiscard]] std::vector<Token> tokens() const;
    /// The instruction whose lines hold @p offset, or null (blank lines, comments between instructions).
    [[nodiscard]] const Instruction *instructionAt(Offset offset) const;
    [[nodiscard]] const Instruction *instructionAtLine(std::uint32_t line) const;
    /// The comments that BuildKit attaches to an instruction: all since the instruction before it, blank lines or
    /// not, directives left out; a bare '#' drops those above it. Trimmed, without '#' (an indented one keeps it).
    [[nodiscard]] std::vector<std::string_view> commentsAbove(InstructionId id) const;

    struct Data; ///< The parser's; see SyntaxTreeData.h.

private:
    std::unique_ptr<Data> d;
};

} // namespace stagewright
