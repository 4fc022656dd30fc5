// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "edit/Edits.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What the edit functions share with the fixes of model/lint. Not for use elsewhere.
namespace stagewright::edit::detail {

[[nodiscard]] inline std::unexpected<EditError> refuse(std::string message)
{
    return std::unexpected(EditError{std::move(message)});
}

// --- ASCII text -----------------------------------------------------------------------------------------------

[[nodiscard]] bool isBlankChar(char c); ///< Space, tab, CR, VT, FF.
[[nodiscard]] bool isBlankText(std::string_view text);
[[nodiscard]] std::string lowered(std::string_view text);
[[nodiscard]] std::string uppered(std::string_view text);
[[nodiscard]] bool equalsIgnoringCase(std::string_view a, std::string_view b);
[[nodiscard]] std::string_view trimmed(std::string_view text);
/// CR LF becomes LF; blank lines at both ends are taken away.
[[nodiscard]] std::string normalised(std::string_view text);
/// What strconv.Atoi takes ("0", "01", "+1"), when it is not negative.
[[nodiscard]] std::optional<std::size_t> stageNumber(std::string_view text);
/// Shortened for a menu: one line, at most 40 characters.
[[nodiscard]] std::string shortened(std::string_view text);

// --- Lines ----------------------------------------------------------------------------------------------------

/// Lines, 1-based, both inclusive.
struct LineSpan
{
    std::uint32_t first = 1;
    std::uint32_t last = 1;
    friend constexpr auto operator<=>(const LineSpan &, const LineSpan &) = default;
};

/// Which lines belong together: an instruction with the comment above it, a stage with its tail.
class Lines
{
public:
    explicit Lines(const Snapshot &snapshot);

    /// Lines that hold something: the empty line behind a final line ending does not count.
    [[nodiscard]] std::uint32_t count() const { return m_count; }
    [[nodiscard]] bool isBlank(std::uint32_t line) const;
    [[nodiscard]] bool isComment(std::uint32_t line) const;
    [[nodiscard]] std::uint32_t lastDirective() const { return m_lastDirective; } ///< 0 when there is none.

    /// The instruction with the comment lines directly above it. Directives and a licence at the head of the
    /// file are not an instruction's comment.
    [[nodiscard]] LineSpan instruction(const Instruction &instruction) const;
    /// From the comment above the FROM to the last instruction and the comment lines glued to its underside.
    [[nodiscard]] LineSpan stage(StageId stage) const;
    /// The same with the comment paragraphs that stand alone above it, which are its heading.
    [[nodiscard]] LineSpan stageWithHeading(StageId stage) const;
    /// Blank lines directly above / below.
    [[nodiscard]] std::uint32_t blanksAbove(std::uint32_t line) const;
    [[nodiscard]] std::uint32_t blanksBelow(std::uint32_t line) const;
    /// How many blank lines this file puts between stages (1 when it shows no habit).
    [[nodiscard]] std::uint32_t blanksBetweenStages() const;

    /// Whole lines with endings; the last line of a file without a final newline gets one.
    [[nodiscard]] std::string text(LineSpan span) const;
    [[nodiscard]] TextRange range(LineSpan span) const;
    [[nodiscard]] bool lacksFinalNewline() const;

    [[nodiscard]] const Instruction *previous(const Instruction &instruction) const;

private:
    [[nodiscard]] std::uint32_t lastLineBefore(const Instruction &instruction) const;

    const Snapshot &m_snapshot;
    const SourceText &m_text;
    std::uint32_t m_count = 0;
    std::uint32_t m_lastDirective = 0;
};

/// Takes lines away, and of the blank lines on both sides the smaller number, so that no gap doubles.
void removeLines(EditTransaction &transaction, const Snapshot &snapshot, std::vector<LineSpan> spans);
/// Puts whole lines (each with its ending) in front of @p line; behind the last line for count() + 1. A file
/// without a final newline stays without.
void insertLines(EditTransaction &transaction, const Snapshot &snapshot, std::uint32_t line, std::string lines);
/// The lines of @p span as they are after the edits of @p edits that lie in them.
[[nodiscard]] std::string editedText(const Snapshot &snapshot, LineSpan span, const EditTransaction &edits);
/// LF becomes the file's newline; a last line without ending gets one.
[[nodiscard]] std::string asLines(const Snapshot &snapshot, std::string_view text);

// --- Generated text -------------------------------------------------------------------------------------------

enum class KeywordCase : std::uint8_t { Unknown, Upper, Lower };
/// How most of the file's keywords are written.
[[nodiscard]] KeywordCase keywordCase(const Snapshot &snapshot);
/// @p keyword (upper case) as this file writes keywords.
[[nodiscard]] std::string keyword(const Snapshot &snapshot, std::string_view keyword);

/// Instructions handed in as text, checked and in the file's keyword casing.
struct Fragment
{
    std::string text; ///< Normalised, LF.
    std::size_t count = 0;
    bool hasFrom = false;
    bool onlyArg = true;
    InstructionKind firstKind = InstructionKind::Unknown;
};
[[nodiscard]] std::expected<Fragment, EditError> fragment(const Snapshot &snapshot, std::string_view text,
                                                          bool followCasing);

/// A value behind `--name=`, quoted where BuildKit would end it or change it.
[[nodiscard]] std::string flagValue(std::string_view value);
/// `src dst`, as JSON where words cannot say it.
[[nodiscard]] std::string copyArguments(const Snapshot &snapshot, std::string_view source,
                                        std::string_view destination);

/// Replaces @p old in @p range by @p now: only its characters where they stand there as they are (keeping quotes
/// around them), else the whole range.
void replaceLiteral(EditTransaction &transaction, const SourceText &text, TextRange range, std::string_view old,
                    std::string_view now);
/// The edits that turn @p range of the text into @p wanted (LF), line by line, then character by character, so
/// that what stays the same keeps its bytes and line endings.
void rewrite(EditTransaction &transaction, const SourceText &text, TextRange range, std::string_view wanted);

/// Sets or removes a flag as edits; @p instruction may be the inner one of ONBUILD.
void writeFlag(EditTransaction &transaction, const Snapshot &snapshot, const Instruction &instruction,
               std::string_view name, std::optional<std::string_view> value, bool bare);
/// Takes a flag or an argument word away, with its blanks, or its whole line where it stands alone on one.
void removeWord(EditTransaction &transaction, const Snapshot &snapshot, const Instruction &instruction, TextRange word);

// --- Looking things up ----------------------------------------------------------------------------------------

[[nodiscard]] bool isValid(const Snapshot &snapshot, StageId stage);
[[nodiscard]] bool isValid(const Snapshot &snapshot, InstructionId instruction);
/// The inner instruction of ONBUILD, else the instruction itself.
[[nodiscard]] const Instruction &effective(const Instruction &instruction);
/// "stage 'build'", "stage 2" when it has no name.
[[nodiscard]] std::string describe(const Snapshot &snapshot, StageId stage);

/// A place in the text that names a stage by `--from` or a mount's `from=`, inside ONBUILD too.
struct FromUse
{
    InstructionId instruction = InstructionId::None;
    StageId inStage = StageId::None;
    StageId stage = StageId::None; ///< Which it means.
    std::string_view written;
    TextRange range;
    bool mount = false;
};
/// Each place once, in file order.
[[nodiscard]] std::vector<FromUse> fromUses(const Snapshot &snapshot);

/// The word that names @p stage in a `--from` (BuildKit: the last stage of that name), else its number. Empty
/// name: nullopt.
[[nodiscard]] std::optional<std::string> nameForFrom(const Snapshot &snapshot, StageId stage);
/// The image as FROM or `--from` names it, so that no stage's name takes its place.
[[nodiscard]] std::string imageWord(const Snapshot &snapshot, ImageId image);

// --- Checking what an edit does -------------------------------------------------------------------------------

/// What the graph resolves to, in terms that survive an edit.
struct Shape
{
    struct Reference
    {
        ReferenceKind kind = ReferenceKind::Error;
        std::int32_t stage = -1;
        std::string other; ///< Image reference, context name.
        friend auto operator<=>(const Reference &, const Reference &) = default;
    };
    struct StageShape
    {
        std::string name;
        BaseKind base = BaseKind::Invalid;
        std::int32_t baseStage = -1;
        std::string baseImage;
        std::vector<Reference> references; ///< Sorted.
        friend bool operator==(const StageShape &, const StageShape &) = default;
    };
    std::vector<StageShape> stages;
    friend bool operator==(const Shape &, const Shape &) = default;
};
[[nodiscard]] Shape shapeOf(const BuildGraph &graph);
/// Every stage number through @p newNumbers (-1: gone).
void renumber(Shape &shape, const std::vector<std::int32_t> &newNumbers);

struct Expectation
{
    std::size_t instructions = 0;    ///< How many the file has afterwards.
    std::optional<Shape> shape = {}; ///< What the graph must be; where it has an error now, anything may follow.
    std::optional<std::size_t> openStage = {}; ///< The stage of @c shape that may be anything.
    bool noNewErrors = true;                   ///< BuildKit must not find more errors than before.
};
/// The transaction, if the text that it makes is what was meant. The last safety net of every edit: a heredoc that
/// is never closed or a dangling continuation would otherwise swallow a neighbour.
[[nodiscard]] Result checked(const Snapshot &snapshot, EditTransaction transaction, const Expectation &expectation);

} // namespace stagewright::edit::detail
