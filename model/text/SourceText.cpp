// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "text/SourceText.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <vector>

namespace stagewright {

namespace {

constexpr std::size_t MaximumSize = std::size_t{1} << 30;
constexpr std::string_view ByteOrderMark = "\xEF\xBB\xBF";

bool isContinuationByte(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// Length of the well-formed UTF-8 sequence at @p at, 0 if there is none.
std::size_t sequenceLength(std::string_view bytes, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U; };
    const unsigned lead = byte(at);
    if (lead < 0x80)
        return 1;
    const unsigned second = byte(at + 1);
    if (lead < 0xC2 || lead > 0xF4 || (second & 0xC0U) != 0x80U)
        return 0;
    if (lead < 0xE0)
        return 2;
    if ((byte(at + 2) & 0xC0U) != 0x80U)
        return 0;
    if (lead < 0xF0) {
        const bool overlong = lead == 0xE0 && second < 0xA0;
        const bool surrogate = lead == 0xED && second > 0x9F;
        return overlong || surrogate ? 0 : 3;
    }
    if ((byte(at + 3) & 0xC0U) != 0x80U || (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F))
        return 0;
    return 4;
}

/// The first offset at or behind @p at whose byte is not ASCII; eight bytes at a time.
std::size_t skipAscii(std::string_view bytes, std::size_t at)
{
    while (at + 8 <= bytes.size()) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + at, 8);
        if ((word & 0x8080808080808080ULL) != 0)
            break;
        at += 8;
    }
    while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80)
        ++at;
    return at;
}

/// The first byte that does not begin a well-formed sequence, or npos.
std::size_t firstInvalid(std::string_view bytes)
{
    for (std::size_t at = skipAscii(bytes, 0); at < bytes.size(); at = skipAscii(bytes, at)) {
        const std::size_t length = sequenceLength(bytes, at);
        if (length == 0)
            return at;
        at += length;
    }
    return std::string_view::npos;
}

LineColumn placeOf(std::string_view bytes, std::size_t offset)
{
    LineColumn place;
    const std::string_view before = bytes.substr(0, offset);
    place.line += static_cast<std::uint32_t>(std::ranges::count(before, '\n'));
    const std::size_t lineStart = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    const std::string_view head = before.substr(lineStart);
    place.column
        += static_cast<std::uint32_t>(std::ranges::count_if(head, [](char c) { return !isContinuationByte(c); }));
    return place;
}

DecodeError decodeError(DecodeError::Kind kind, std::string_view bytes, std::size_t offset, std::string what)
{
    DecodeError error{kind, placeOf(bytes, offset), static_cast<Offset>(offset), {}};
    error.message = "line " + std::to_string(error.where.line) + ", column " + std::to_string(error.where.column) + ": "
        + std::move(what);
    return error;
}

/// Characters that a text widget would take for a line break; shown as one substitute each.
bool isForeignBreak(std::string_view bytes, std::size_t at)
{
    return bytes[at] == '\xE2' && at + 2 < bytes.size() && bytes[at + 1] == '\x80'
        && (bytes[at + 2] == '\xA8' || bytes[at + 2] == '\xA9');
}

/// UTF-16 units of well-formed UTF-8.
std::size_t utf16Length(std::string_view bytes)
{
    std::size_t units = 0;
    for (const char c : bytes) {
        if (!isContinuationByte(c))
            units += static_cast<unsigned char>(c) >= 0xF0 ? 2 : 1;
    }
    return units;
}

} // namespace

struct SourceText::Data
{
    std::string bytes;
    std::vector<Offset> lineStarts{0};
    std::uint32_t crLfCount = 0;
    bool hasMark = false;
    bool isAscii = true; ///< Beyond the byte order mark.
    bool hasCr = false;

    /// Where each line begins in displayText(); filled when first asked for, as most texts are never shown.
    mutable std::once_flag displayOnce;
    mutable std::vector<std::uint32_t> displayStarts;

    [[nodiscard]] Offset markLength() const { return hasMark ? 3 : 0; }
    [[nodiscard]] Offset contentBegin(std::size_t index) const { return index == 0 ? markLength() : lineStarts[index]; }
    [[nodiscard]] Offset contentEnd(std::size_t index) const
    {
        const Offset begin = contentBegin(index);
        if (index + 1 == lineStarts.size())
            return static_cast<Offset>(bytes.size());
        const Offset feed = lineStarts[index + 1] - 1;
        return feed > begin && bytes[feed - 1] == '\r' ? feed - 1 : feed;
    }
    [[nodiscard]] std::string_view content(std::size_t index) const
    {
        const Offset begin = contentBegin(index);
        return std::string_view(bytes).substr(begin, contentEnd(index) - begin);
    }
    [[nodiscard]] std::size_t indexOf(Offset offset) const
    {
        const auto next = std::ranges::upper_bound(lineStarts, offset);
        return static_cast<std::size_t>(next - lineStarts.begin()) - 1;
    }
    /// Offsets and display positions differ by the byte order mark only.
    [[nodiscard]] bool displayIsDirect() const { return isAscii && crLfCount == 0; }
    const std::vector<std::uint32_t> &display() const;

    static std::shared_ptr<const Data> make(std::string bytes);
};

std::shared_ptr<const SourceText::Data> SourceText::Data::make(std::string text)
{
    auto data = std::make_shared<Data>();
    data->bytes = std::move(text);
    const std::string_view bytes = data->bytes;
    data->hasMark = bytes.starts_with(ByteOrderMark);
    data->isAscii = skipAscii(bytes, data->markLength()) == bytes.size();
    data->hasCr = bytes.find('\r') != std::string_view::npos;
    data->lineStarts.reserve(bytes.size() / 32 + 2);
    for (std::size_t at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
        if (at > 0 && bytes[at - 1] == '\r')
            ++data->crLfCount;
        data->lineStarts.push_back(static_cast<Offset>(at + 1));
    }
    return data;
}

const std::vector<std::uint32_t> &SourceText::Data::display() const
{
    std::call_once(displayOnce, [this] {
        displayStarts.reserve(lineStarts.size());
        std::size_t position = 0;
        for (std::size_t index = 0; index < lineStarts.size(); ++index) {
            displayStarts.push_back(static_cast<std::uint32_t>(position));
            position += (isAscii ? content(index).size() : utf16Length(content(index))) + 1;
        }
    });
    return displayStarts;
}

SourceText::SourceText()
{
    static const std::shared_ptr<const Data> empty = Data::make({});
    d = empty;
}

SourceText::SourceText(std::shared_ptr<const Data> data)
    : d(std::move(data))
{
}

SourceText SourceText::fromTrusted(std::string bytes)
{
    return SourceText(Data::make(std::move(bytes)));
}

std::expected<SourceText, DecodeError> SourceText::fromBytes(std::string bytes)
{
    using Kind = DecodeError::Kind;
    const std::string_view view = bytes;
    if (view.size() > MaximumSize)
        return std::unexpected(DecodeError{Kind::TooLarge, {}, 0, "the file is larger than 1 GiB"});
    if (view.starts_with("\xFF\xFE") || view.starts_with("\xFE\xFF"))
        return std::unexpected(decodeError(Kind::InvalidUtf8, view, 0, "the file is UTF-16, not UTF-8"));
    if (const std::size_t nul = view.find('\0'); nul != std::string_view::npos)
        return std::unexpected(decodeError(Kind::Binary, view, nul, "a NUL byte; this is not a text file"));
    if (const std::size_t invalid = firstInvalid(view); invalid != std::string_view::npos)
        return std::unexpected(decodeError(Kind::InvalidUtf8, view, invalid, "the bytes are not valid UTF-8"));
    return fromTrusted(std::move(bytes));
}

SourceText SourceText::fromBytesLossy(std::string_view bytes)
{
    bytes = bytes.substr(0, MaximumSize / 3);
    std::string text;
    text.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t ascii = skipAscii(bytes, at);
        text.append(bytes.substr(at, ascii - at));
        at = ascii;
        if (at == bytes.size())
            break;
        const std::size_t length = sequenceLength(bytes, at);
        text.append(length == 0 ? "\xEF\xBF\xBD" : bytes.substr(at, length));
        at += std::max<std::size_t>(length, 1);
    }
    return fromTrusted(std::move(text));
}

std::string_view SourceText::bytes() const
{
    return d->bytes;
}

std::string_view SourceText::slice(TextRange range) const
{
    const std::size_t begin = std::min<std::size_t>(range.begin, d->bytes.size());
    return std::string_view(d->bytes).substr(begin, range.end > begin ? range.end - begin : 0);
}

Offset SourceText::size() const
{
    return static_cast<Offset>(d->bytes.size());
}

bool SourceText::hasByteOrderMark() const
{
    return d->hasMark;
}

std::uint32_t SourceText::lineCount() const
{
    return static_cast<std::uint32_t>(d->lineStarts.size());
}

TextRange SourceText::line(std::uint32_t line) const
{
    const std::size_t index = std::clamp(line, 1U, lineCount()) - 1;
    return {d->contentBegin(index), d->contentEnd(index)};
}

TextRange SourceText::lineWithEnding(std::uint32_t line) const
{
    const std::size_t index = std::clamp(line, 1U, lineCount()) - 1;
    return {d->contentBegin(index), index + 1 < d->lineStarts.size() ? d->lineStarts[index + 1] : size()};
}

std::uint32_t SourceText::lineAt(Offset offset) const
{
    return static_cast<std::uint32_t>(d->indexOf(offset)) + 1;
}

LineColumn SourceText::positionAt(Offset offset) const
{
    const std::size_t index = d->indexOf(std::min(offset, size()));
    const std::string_view content = d->content(index);
    const Offset begin = d->contentBegin(index);
    const std::string_view head = content.substr(0, offset > begin ? offset - begin : 0);
    const auto points = d->isAscii ? static_cast<std::ptrdiff_t>(head.size())
                                   : std::ranges::count_if(head, [](char c) { return !isContinuationByte(c); });
    return {static_cast<std::uint32_t>(index + 1), static_cast<std::uint32_t>(points + 1)};
}

Offset SourceText::offsetAt(LineColumn position) const
{
    const std::size_t index = std::clamp(position.line, 1U, lineCount()) - 1;
    const std::string_view content = d->content(index);
    std::size_t at = 0;
    for (std::uint32_t column = 1; column < position.column && at < content.size(); ++column) {
        ++at;
        while (at < content.size() && isContinuationByte(content[at]))
            ++at;
    }
    return d->contentBegin(index) + static_cast<Offset>(at);
}

LineEnding SourceText::dominantLineEnding() const
{
    const std::size_t endings = d->lineStarts.size() - 1;
    return d->crLfCount * 2 > endings ? LineEnding::CrLf : LineEnding::Lf;
}

bool SourceText::hasMixedLineEndings() const
{
    return d->crLfCount > 0 && d->crLfCount < d->lineStarts.size() - 1;
}

std::string_view SourceText::newline() const
{
    return dominantLineEnding() == LineEnding::CrLf ? "\r\n" : "\n";
}

QString SourceText::displayText() const
{
    const std::string_view all = std::string_view(d->bytes).substr(d->markLength());
    if (d->isAscii && !d->hasCr)
        return QString::fromLatin1(all.data(), static_cast<qsizetype>(all.size()));
    std::string shown;
    shown.reserve(all.size());
    for (std::size_t index = 0; index < d->lineStarts.size(); ++index) {
        const std::string_view content = d->content(index);
        if (index > 0)
            shown += '\n';
        for (std::size_t at = 0; at < content.size(); ++at) {
            if (content[at] == '\r' || isForeignBreak(content, at)) {
                shown += content[at] == '\r' ? "\xE2\x90\x8D" : "\xE2\x90\xA4"; // the symbols for CR and newline
                at += content[at] == '\r' ? 0 : 2;
            } else {
                shown += content[at];
            }
        }
    }
    return QString::fromUtf8(shown.data(), static_cast<qsizetype>(shown.size()));
}

qsizetype SourceText::displayPosition(Offset offset) const
{
    offset = std::clamp(offset, d->markLength(), size());
    if (d->displayIsDirect())
        return offset - d->markLength();
    const std::size_t index = d->indexOf(offset);
    const std::string_view content = d->content(index);
    const std::string_view head = content.substr(0, offset - d->contentBegin(index));
    return static_cast<qsizetype>(d->display()[index] + (d->isAscii ? head.size() : utf16Length(head)));
}

Offset SourceText::offsetAtDisplay(qsizetype position) const
{
    const auto wanted = static_cast<std::size_t>(std::clamp<qsizetype>(position, 0, size()));
    if (d->displayIsDirect())
        return std::min(static_cast<Offset>(wanted) + d->markLength(), size());
    const std::vector<std::uint32_t> &starts = d->display();
    const auto next = std::ranges::upper_bound(starts, wanted);
    const auto index = static_cast<std::size_t>(next - starts.begin()) - 1;
    const std::string_view content = d->content(index);
    std::size_t left = wanted - starts[index];
    std::size_t at = 0;
    while (at < content.size() && left > 0) {
        // A position between the halves of a surrogate pair is moved in front of the character.
        const std::size_t units = static_cast<unsigned char>(content[at]) >= 0xF0 ? 2 : 1;
        if (units > left)
            break;
        left -= units;
        ++at;
        while (at < content.size() && isContinuationByte(content[at]))
            ++at;
    }
    return d->contentBegin(index) + static_cast<Offset>(at);
}

} // namespace stagewright
