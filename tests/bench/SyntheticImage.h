// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace stagewright::bench {

enum class ImageLayout : std::uint8_t {
    Docker, ///< `docker save` up to 24, `podman save`: ID/layer.tar and manifest.json.
    Oci,    ///< `docker save` from 25 on: blobs/sha256/…, index.json and manifest.json.
};

/// A saved image made up while it is read: eight layers of mixed files, from configuration files of some hundred bytes
/// to libraries of 40 MB. Repeatable; nothing is stored.
class SyntheticImage
{
public:
    /// @p bytes: about how big the archive gets.
    SyntheticImage(ImageLayout layout, std::uint64_t bytes);

    /// Fills a part of @p buffer and tells how much; 0 at the end.
    std::ptrdiff_t read(std::span<char> buffer);
    [[nodiscard]] std::uint64_t given() const { return m_given; } ///< Bytes so far.

private:
    /// A run of bytes: a text as it is, then filling. One tar header, or the rest of one file, or padding.
    struct Piece
    {
        std::string text;
        std::uint64_t filling = 0;
    };
    void addText(const std::string &name, const std::string &text);
    void addLayer(const std::string &name, std::uint64_t bytes, std::size_t number);

    std::vector<Piece> m_pieces;
    std::size_t m_piece = 0;
    std::uint64_t m_in = 0; ///< Bytes given of it.
    std::uint64_t m_given = 0;
    std::vector<char> m_filling;
};

} // namespace stagewright::bench
