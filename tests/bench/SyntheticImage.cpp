// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "SyntheticImage.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>

namespace stagewright::bench {

namespace {

constexpr std::uint64_t block = 512;
constexpr std::size_t layers = 8;

std::uint64_t padded(std::uint64_t bytes)
{
    return (bytes + block - 1) / block * block;
}

/// A ustar header.
std::string header(const std::string &name, std::uint64_t bytes, char type)
{
    std::string text(block, '\0');
    std::copy_n(name.begin(), std::min<std::size_t>(name.size(), 99), text.begin());
    std::snprintf(text.data() + 100, 8, "%07o", type == '5' ? 0755U : bytes % 3 == 0 ? 0755U : 0644U);
    std::snprintf(text.data() + 108, 8, "%07o", 0U);
    std::snprintf(text.data() + 116, 8, "%07o", 0U);
    std::snprintf(text.data() + 124, 12, "%011llo", static_cast<unsigned long long>(bytes));
    std::snprintf(text.data() + 136, 12, "%011o", 0U);
    std::memset(text.data() + 148, ' ', 8);
    text[156] = type;
    std::memcpy(text.data() + 257,
                "ustar\0"
                "00",
                8);
    unsigned sum = 0;
    for (const char c : text)
        sum += static_cast<unsigned char>(c);
    std::snprintf(text.data() + 148, 8, "%06o", sum);
    return text;
}

} // namespace

SyntheticImage::SyntheticImage(ImageLayout layout, std::uint64_t bytes)
    : m_filling(1U << 20)
{
    std::uint32_t state = 1;
    for (char &c : m_filling) { // no text, no zeroes
        state = state * 1664525U + 1013904223U;
        c = static_cast<char>(state >> 24U);
    }
    m_filling[0] = '\x7f';
    std::string names;
    std::string history;
    for (std::size_t layer = 0; layer < layers; ++layer) {
        const std::string id = std::string(63, 'a') + static_cast<char>('0' + layer);
        const std::string name = layout == ImageLayout::Docker ? id + "/layer.tar" : "blobs/sha256/" + id;
        addLayer(name, bytes / layers, layer);
        names += (layer == 0 ? "\"" : ",\"") + name + "\"";
        history += std::string(layer == 0 ? "" : ",") + R"({"created_by":"RUN part )" + std::to_string(layer) + "\"}";
    }
    const std::string id(64, 'c');
    const std::string config = layout == ImageLayout::Docker ? id + ".json" : "blobs/sha256/" + id;
    addText(config, R"({"architecture":"amd64","config":{"User":"app"},"history":[)" + history + "]}");
    if (layout == ImageLayout::Oci) {
        addText("oci-layout", R"({"imageLayoutVersion":"1.0.0"})");
        addText("index.json", R"({"schemaVersion":2,"manifests":[]})");
    }
    addText("manifest.json", R"([{"Config":")" + config + R"(","RepoTags":["a:b"],"Layers":[)" + names + "]}]");
    m_pieces.push_back({std::string(2 * block, '\0'), 0});
}

void SyntheticImage::addText(const std::string &name, const std::string &text)
{
    m_pieces.push_back({header(name, text.size(), '0') + text, 0});
    m_pieces.back().text.resize(block + padded(text.size()), '\0');
}

void SyntheticImage::addLayer(const std::string &name, std::uint64_t bytes, std::size_t number)
{
    const std::size_t first = m_pieces.size();
    m_pieces.emplace_back(); // its header, once the size is known
    static constexpr std::array<std::uint64_t, 16> sizes{311,    1'200, 90,      4'096, 2'048, 12'345,     800, 65'000,
                                                         33'000, 9'000, 150'000, 700,   3'000, 40'000'000, 17,  25'000};
    std::uint64_t size = 0;
    for (std::size_t file = 0; size + block < bytes; ++file) {
        const std::string folder = "usr/lib/part-" + std::to_string(number) + "/folder-" + std::to_string(file / 40);
        if (file % 40 == 0) {
            m_pieces.push_back({header(folder + "/", 0, '5'), 0});
            size += block;
        }
        // A big file now and then: half of an image's bytes are in its few biggest files.
        std::uint64_t of = sizes[file % sizes.size()];
        if (of == 40'000'000 && file / sizes.size() % 100 != 0)
            of = 5'000;
        of = std::min(of, bytes - size - block);
        m_pieces.push_back({header(folder + "/file-" + std::to_string(file) + ".so", of, '0'), of});
        m_pieces.push_back({std::string(padded(of) - of, '\0'), 0});
        size += block + padded(of);
    }
    m_pieces.push_back({std::string(2 * block, '\0'), 0});
    size += 2 * block;
    m_pieces[first].text = header(name, size, '0');
}

std::ptrdiff_t SyntheticImage::read(std::span<char> buffer)
{
    std::size_t filled = 0;
    while (filled < buffer.size() && m_piece < m_pieces.size()) {
        const Piece &piece = m_pieces[m_piece];
        if (m_in < piece.text.size()) {
            const auto size = std::min<std::uint64_t>(piece.text.size() - m_in, buffer.size() - filled);
            std::memcpy(buffer.data() + filled, piece.text.data() + m_in, size);
            filled += size;
            m_in += size;
        } else if (const std::uint64_t done = m_in - piece.text.size(); done < piece.filling) {
            const std::uint64_t at = done % m_filling.size();
            const auto size = std::min(
                {piece.filling - done, std::uint64_t(buffer.size() - filled), std::uint64_t(m_filling.size()) - at});
            std::memcpy(buffer.data() + filled, m_filling.data() + at, size);
            filled += size;
            m_in += size;
        } else {
            ++m_piece;
            m_in = 0;
        }
    }
    m_given += filled;
    return static_cast<std::ptrdiff_t>(filled);
}

} // namespace stagewright::bench
