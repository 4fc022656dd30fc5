// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "text/TextRange.h"

#include <QString>

#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>

namespace stagewright {

/// Line and column, both 1-based. Columns count Unicode code points; a byte order mark has no column.
struct LineColumn
{
    std::uint32_t line = 1;
    std::uint32_t column = 1;
    friend constexpr auto operator<=>(const LineColumn &, const LineColumn &) = default;
};

enum class LineEnding : std::uint8_t { Lf, CrLf };

/// Why bytes are not a text that can be edited.
struct DecodeError
{
    enum class Kind : std::uint8_t { InvalidUtf8, Binary, TooLarge };
    Kind kind = Kind::InvalidUtf8;
    LineColumn where;    ///< Of the first offending byte.
    Offset offset = 0;   ///< Of the first offending byte.
    std::string message; ///< For people; names the line.
};

/// The exact bytes of one Dockerfile, with a line index. Immutable and cheap to copy (shared data).
///
/// Nothing is ever normalised: byte order mark, CR LF, mixed endings, lone CRs, trailing blanks and a missing
/// final newline are all kept, so `bytes()` is what goes back to disk. A line ends at LF; a CR directly
/// before it belongs to the ending (that is how BuildKit's scanner splits lines); any other CR is content.
class SourceText
{
public:
    SourceText();
    /// Takes valid UTF-8 (with or without byte order mark). Errors: not UTF-8, NUL bytes, larger than 1 GiB.
    [[nodiscard]] static std::expected<SourceText, DecodeError> fromBytes(std::string bytes);
    /// For showing what cannot be edited: every invalid byte becomes U+FFFD. Never write the result to disk.
    /// Of more than a third of a GiB only the beginning is taken.
    [[nodiscard]] static SourceText fromBytesLossy(std::string_view bytes);

    [[nodiscard]] std::string_view bytes() const;
    [[nodiscard]] std::string_view slice(TextRange range) const;
    [[nodiscard]] Offset size() const;
    [[nodiscard]] bool isEmpty() const { return size() == 0; }
    [[nodiscard]] bool hasByteOrderMark() const;

    /// At least 1; "a\n" has two lines, the second empty.
    [[nodiscard]] std::uint32_t lineCount() const;
    /// Line @p line (1-based) without its ending and, for line 1, without the byte order mark.
    [[nodiscard]] TextRange line(std::uint32_t line) const;
    /// The same with its ending (LF, CR LF or nothing).
    [[nodiscard]] TextRange lineWithEnding(std::uint32_t line) const;
    /// The 1-based line that holds @p offset; the last line for an offset past the end.
    [[nodiscard]] std::uint32_t lineAt(Offset offset) const;
    [[nodiscard]] LineColumn positionAt(Offset offset) const;
    [[nodiscard]] Offset offsetAt(LineColumn position) const;

    /// The ending that most lines use; LF for a text without line endings.
    [[nodiscard]] LineEnding dominantLineEnding() const;
    [[nodiscard]] bool hasMixedLineEndings() const;
    /// "\n" or "\r\n", what an edit should insert.
    [[nodiscard]] std::string_view newline() const;

    /// What a text widget shows: no byte order mark, every line ending one '\n', a lone CR and U+2028/U+2029
    /// as one substitute character each (text widgets would take them for line breaks).
    [[nodiscard]] QString displayText() const;
    /// Maps between byte offsets and UTF-16 positions in displayText(). Both clamp to the text.
    [[nodiscard]] qsizetype displayPosition(Offset offset) const;
    [[nodiscard]] Offset offsetAtDisplay(qsizetype position) const;

    friend bool operator==(const SourceText &a, const SourceText &b) { return a.bytes() == b.bytes(); }

private:
    friend class EditTransaction;
    struct Data;
    explicit SourceText(std::shared_ptr<const Data> data);
    /// For bytes that were put together from texts: no validation.
    [[nodiscard]] static SourceText fromTrusted(std::string bytes);
    std::shared_ptr<const Data> d;
};

} // namespace stagewright
