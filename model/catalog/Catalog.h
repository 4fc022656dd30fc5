// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QByteArray>

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright {

/// Three-valued: most facts of most images are not known, and unknown must stay unknown.
enum class Known : std::uint8_t { Unknown, No, Yes };

enum class ImageStatus : std::uint8_t { Unknown, Current, Deprecated, EndOfLife, NeverPublished };

/// What is known about an image (one entry of resources/catalog/*.json).
struct ImageFacts
{
    std::string match;                    ///< Normalised repository glob.
    Known hasShell = Known::Unknown;      ///< Any shell at all.
    std::string shell;                    ///< Its path ("/bin/sh", "/busybox/sh"); "" when none or unknown.
    Known shellFormWorks = Known::Unknown;///< Whether RUN's default `/bin/sh -c` starts.
    Known hasPackageManager = Known::Unknown;
    std::string packageManager;           ///< "apt", "apk", "dnf" …
    std::string libc;                     ///< "glibc", "musl", "none", "" unknown.
    std::string user;                     ///< Name or number; "root" also when not set; "" unknown.
    std::optional<std::uint32_t> uid;
    std::optional<std::vector<std::string>> entrypoint; ///< nullopt unknown, empty: set to nothing.
    std::optional<std::vector<std::string>> cmd;
    std::string workdir;                  ///< "" unknown.
    std::optional<double> sizeMb;         ///< Compressed, when a source states it.
    std::map<std::string, bool, std::less<>> provides; ///< ca, tz, icu, libssl, libstdcpp, zlib, passwd, tmp; missing: unknown.
    ImageStatus status = ImageStatus::Unknown;
    std::string replacement;
    std::string note;
    std::vector<std::string> sources;
};

struct CatalogError
{
    std::string message; ///< With file and JSON path.
};

/// The image catalogue: an ordered list of entries; the first that matches repository and tag wins.
class Catalog
{
public:
    /// Entries from one JSON document (schema: resources/catalog/schema.json).
    [[nodiscard]] static std::expected<Catalog, CatalogError> fromJson(const QByteArray &json, std::string_view name);
    /// The catalogue that is compiled in. Never fails (a test proves it).
    [[nodiscard]] static const Catalog &builtIn();

    /// @p reference is normalised ("docker.io/library/node:22"), "scratch" for the empty base. Null when unknown.
    /// A reference by digest only keeps the facts that all entries of the repository share.
    [[nodiscard]] std::optional<ImageFacts> lookup(std::string_view reference) const;
    [[nodiscard]] std::span<const ImageFacts> entries() const { return m_entries; }

    /// Images to offer in a palette, in the order to show them: short reference and facts.
    struct Offer { std::string reference; ImageFacts facts; };
    [[nodiscard]] std::vector<Offer> offers() const;

private:
    struct Pattern { std::vector<std::string> repositories; std::vector<std::string> tags; };
    std::vector<ImageFacts> m_entries;
    std::vector<Pattern> m_patterns; ///< Parallel to m_entries.
    std::vector<std::string> m_offers;
};

} // namespace stagewright
