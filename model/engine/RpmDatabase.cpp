// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/RpmDatabase.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace stagewright::engine {

namespace {

using namespace std::string_view_literals;

constexpr std::array folders{"/var/lib/rpm/"sv, "/usr/lib/sysimage/rpm/"sv, "/usr/share/rpm/"sv};
/// Newest format first: an image that changed over keeps the old file for a while.
constexpr std::array names{"rpmdb.sqlite"sv, "Packages.db"sv, "Packages"sv};

/// Numbers in a file; one that reaches beyond the end makes the whole reading fail.
class Bytes
{
public:
    explicit Bytes(std::string_view bytes, bool bigEndian)
        : m_bytes(bytes)
        , m_bigEndian(bigEndian)
    {
    }
    [[nodiscard]] std::uint64_t number(std::size_t at, std::size_t width)
    {
        if (at > m_bytes.size() || width > m_bytes.size() - at) {
            m_good = false;
            return 0;
        }
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < width; ++i)
            value = value << 8U | static_cast<unsigned char>(m_bytes[at + (m_bigEndian ? i : width - 1 - i)]);
        return value;
    }
    [[nodiscard]] std::string_view text(std::size_t at, std::size_t length)
    {
        if (at > m_bytes.size() || length > m_bytes.size() - at) {
            m_good = false;
            return {};
        }
        return m_bytes.substr(at, length);
    }
    /// SQLite's integers of one to nine bytes; @p at moves behind it.
    [[nodiscard]] std::uint64_t varint(std::size_t &at)
    {
        std::uint64_t value = 0;
        for (int i = 0; i < 9; ++i) {
            const std::uint64_t byte = number(at++, 1);
            if (i == 8)
                return value << 8U | byte;
            value = value << 7U | (byte & 0x7FU);
            if ((byte & 0x80U) == 0)
                break;
        }
        return value;
    }
    void fail() { m_good = false; }
    [[nodiscard]] bool good() const { return m_good; }
    [[nodiscard]] std::size_t size() const { return m_bytes.size(); }

private:
    std::string_view m_bytes;
    bool m_bigEndian;
    bool m_good = true;
};

/// SQLite's file format: pages numbered from 1, table b-trees of interior (5) and leaf (13) pages.
class SqliteFile
{
public:
    explicit SqliteFile(std::string_view bytes)
        : m_bytes(bytes, true)
        , m_pageSize(m_bytes.number(16, 2))
    {
        if (m_pageSize == 1)
            m_pageSize = 65536;
        if (m_pageSize < 512)
            m_bytes.fail();
    }
    [[nodiscard]] std::optional<std::uint32_t> rowsOf(std::string_view table)
    {
        std::uint64_t root = 0;
        const auto schema = walk(1, [&](std::size_t cell) {
            if (const std::uint64_t found = rootOf(cell, table))
                root = found;
        });
        return schema && root > 0 ? walk(root, [](std::size_t) { }) : std::nullopt;
    }

private:
    /// Calls @p row with the place of every cell in the leaves; returns how many those are.
    template <typename Row> std::optional<std::uint32_t> walk(std::uint64_t root, Row row)
    {
        std::uint32_t rows = 0;
        std::vector<std::uint64_t> open{root};
        std::size_t seen = 0;
        while (!open.empty()) {
            const std::uint64_t page = open.back();
            open.pop_back();
            // More pages than the file has: it leads around in circles.
            if (!m_bytes.good() || page == 0 || page > m_bytes.size() / m_pageSize
                || ++seen > m_bytes.size() / m_pageSize)
                return std::nullopt;
            const std::size_t begin = (page - 1) * m_pageSize;
            const std::size_t header = page == 1 ? begin + 100 : begin;
            const std::uint64_t kind = m_bytes.number(header, 1);
            const std::uint64_t cells = m_bytes.number(header + 3, 2);
            if (kind != 5 && kind != 13)
                return std::nullopt;
            for (std::size_t i = 0; i < cells && m_bytes.good(); ++i) {
                const std::size_t cell = begin + m_bytes.number(header + (kind == 5 ? 12 : 8) + 2 * i, 2);
                if (kind == 5)
                    open.push_back(m_bytes.number(cell, 4));
                else
                    row(cell);
            }
            if (kind == 5)
                open.push_back(m_bytes.number(header + 8, 4));
            else
                rows += static_cast<std::uint32_t>(cells);
        }
        return m_bytes.good() ? std::optional(rows) : std::nullopt;
    }

    /// A row of the schema (type, name, tbl_name, rootpage, sql): the root page when it is that table's, else 0.
    std::uint64_t rootOf(std::size_t cell, std::string_view table)
    {
        (void)m_bytes.varint(cell); // length of the payload
        (void)m_bytes.varint(cell); // row number
        std::size_t at = cell;
        std::size_t value = cell + m_bytes.varint(at);
        std::array<std::string_view, 3> texts;
        for (std::string_view &text : texts) {
            const std::uint64_t type = m_bytes.varint(at);
            const std::size_t length = type >= 13 && type % 2 == 1 ? (type - 13) / 2 : 0;
            text = m_bytes.text(value, length);
            value += length;
        }
        static constexpr std::array<std::size_t, 7> widths{0, 1, 2, 3, 4, 6, 8};
        const std::uint64_t type = m_bytes.varint(at);
        if (texts[0] != "table" || texts[1] != table)
            return 0;
        return type < widths.size() ? m_bytes.number(value, widths[type]) : type == 9 ? 1 : 0;
    }

    Bytes m_bytes;
    std::size_t m_pageSize;
};

/// rpm's own format: a header of 32 bytes with the number of slot pages, then slots of 16 bytes.
std::optional<std::uint32_t> countNdb(std::string_view file)
{
    constexpr std::size_t pageSize = 4096;
    constexpr std::size_t slotSize = 16;
    Bytes bytes(file, false);
    const std::uint64_t end = bytes.number(12, 4) * pageSize;
    std::uint32_t packages = 0;
    for (std::size_t slot = 2 * slotSize; slot < end && bytes.good(); slot += slotSize) {
        if (bytes.text(slot, 4) != "Slot")
            return std::nullopt;
        // A free slot has neither package nor place.
        packages += bytes.number(slot + 4, 4) != 0 && bytes.number(slot + 8, 4) != 0 ? 1U : 0U;
    }
    return bytes.good() && end > 0 ? std::optional(packages) : std::nullopt;
}

constexpr std::uint64_t hashMagic = 0x061561;

/// Berkeley DB: pairs of key and data on the hash pages; a package's key is its number, in four bytes.
std::optional<std::uint32_t> countBerkeley(std::string_view file, bool bigEndian)
{
    constexpr std::uint64_t unsortedPage = 2;
    constexpr std::uint64_t hashPage = 13;
    constexpr std::size_t pageHeader = 26;
    Bytes bytes(file, bigEndian);
    const std::size_t pageSize = bytes.number(20, 4);
    if (pageSize < 512 || pageSize > 65536)
        return std::nullopt;
    if (file.size() < (bytes.number(32, 4) + 1) * pageSize) // the last page's number
        return std::nullopt;
    std::uint32_t packages = 0;
    for (std::size_t page = pageSize; page + pageSize <= file.size() && bytes.good(); page += pageSize) {
        const std::uint64_t kind = bytes.number(page + 25, 1);
        if (kind != hashPage && kind != unsortedPage)
            continue;
        const std::uint64_t entries = bytes.number(page + 20, 2);
        if (pageHeader + 2 * entries > pageSize)
            return std::nullopt;
        for (std::size_t i = 0; i < entries; i += 2) {
            // Items stand from the page's end on downwards, so each ends where the one before begins.
            const std::size_t begin = bytes.number(page + pageHeader + 2 * i, 2);
            const std::size_t end = i == 0 ? pageSize : bytes.number(page + pageHeader + 2 * (i - 1), 2);
            // Number 0 is not a package: it says which number comes next.
            if (end == begin + 5 && bytes.number(page + begin, 1) == 1 && bytes.number(page + begin + 1, 4) != 0)
                ++packages;
        }
    }
    return bytes.good() ? std::optional(packages) : std::nullopt;
}

} // namespace

std::span<const std::string_view> rpmFolders()
{
    return folders;
}

std::span<const std::string_view> rpmDatabaseNames()
{
    return names;
}

bool isRpmDatabase(std::string_view path)
{
    return std::ranges::any_of(folders, [path](std::string_view folder) {
        return path.starts_with(folder) && std::ranges::contains(names, path.substr(folder.size()));
    });
}

std::optional<std::uint32_t> countRpmPackages(std::string_view bytes)
{
    if (bytes.starts_with("SQLite format 3\0"sv))
        return SqliteFile(bytes).rowsOf("Packages");
    if (bytes.starts_with("RpmP"))
        return countNdb(bytes);
    for (const bool bigEndian : {false, true}) {
        if (Bytes(bytes, bigEndian).number(12, 4) == hashMagic)
            return countBerkeley(bytes, bigEndian);
    }
    return std::nullopt;
}

} // namespace stagewright::engine
