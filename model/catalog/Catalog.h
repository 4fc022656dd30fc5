// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "text/FileProblem.h"

#include <QByteArray>

#include <cstdint>
#include <expected>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright {

/// Three-valued: most facts of most images are not known, and unknown must stay unknown.
enum class Known : std::uint8_t { Unknown, No, Yes };

/// Whose catalogue says so: ours, that of the person at the computer, or the project's.
enum class FactsOrigin : std::uint8_t { BuiltIn, Person, Project };

enum class ImageStatus : std::uint8_t { Unknown, Current, Deprecated, EndOfLife, NeverPublished };

/// What is known about an image (one entry of resources/catalog/*.json).
struct ImageFacts
{
    std::string match;                     ///< Normalised repository glob.
    Known hasShell = Known::Unknown;       ///< Any shell at all.
    std::string shell;                     ///< Its path ("/bin/sh", "/busybox/sh"); "" when none or unknown.
    Known shellFormWorks = Known::Unknown; ///< Whether RUN's default `/bin/sh -c` starts.
    Known hasPackageManager = Known::Unknown;
    std::string packageManager; ///< "apt", "apk", "dnf" …
    std::string libc;           ///< "glibc", "musl", "none", "" unknown.
    std::string user;           ///< Name or number; "root" also when not set; "" unknown.
    std::optional<std::uint32_t> uid;
    std::optional<std::vector<std::string>> entrypoint; ///< nullopt unknown, empty: set to nothing.
    std::optional<std::vector<std::string>> cmd;
    std::string workdir;          ///< "" unknown.
    std::optional<double> sizeMb; ///< Compressed, when a source states it.
    std::string sizeSource;
    std::map<std::string, bool, std::less<>>
        provides; ///< ca, tz, icu, libssl, libstdcpp, zlib, passwd, tmp; missing: unknown.
    /// Every name that /etc/passwd of the image may hold; empty: there is no such file; nullopt: not known.
    std::optional<std::vector<std::string>> accounts;
    /// The same for /etc/group.
    std::optional<std::vector<std::string>> groups;
    std::string path; ///< PATH as the image sets it; "" unknown.
    ImageStatus status = ImageStatus::Unknown;
    std::string replacement;
    std::string note;
    std::vector<std::string> sources;
    /// Only a naming convention (`*-distroless`, `*alpine*`) says so, about an image without an entry of its
    /// own: good for a hint, never for an error.
    bool byNameOnly = false;
    FactsOrigin origin = FactsOrigin::BuiltIn;

    friend bool operator==(const ImageFacts &, const ImageFacts &) = default;
};

/// Facts that a catalogue keeps, alive as long as anybody holds them. Null: nothing is known.
using ImageFactsPtr = std::shared_ptr<const ImageFacts>;

/// The image catalogue: an ordered list of entries; the first that matches repository and tag wins. Catalogues of a
/// person or a project lie over the built-in one (over()) and so are asked first.
///
/// Cheap to copy (shared data) and safe to read from any thread. The built-in catalogue is kept in several
/// files by registry; a file is read when the first reference that it may answer is looked up.
class Catalog
{
public:
    /// Entries from one JSON document (schema: resources/catalog/schema.json).
    [[nodiscard]] static std::expected<Catalog, FileProblem> fromJson(const QByteArray &json, std::string_view name);
    /// The same for a file that somebody wrote: entries with a mistake are left out and what is wrong is appended to
    /// @p problems. Short repositories mean what docker takes them for ("node", "acme/app"); a missing "tags" means
    /// all.
    [[nodiscard]] static Catalog fromPerson(const QByteArray &json, std::string_view name, FactsOrigin origin,
                                            std::vector<FileProblem> &problems);
    /// These entries in front of those of @p below; all else (offers, builders, runtimes) is from @p below.
    [[nodiscard]] Catalog over(const Catalog &below) const;
    /// The catalogue that is compiled in. Never fails (a test proves it).
    [[nodiscard]] static const Catalog &builtIn();

    /// @p reference is normalised ("docker.io/library/node:22"; short ones are normalised here), "scratch" for
    /// the empty base. Null when unknown.
    /// A reference by digest only keeps the facts that all current entries of the repository share.
    [[nodiscard]] ImageFactsPtr lookup(std::string_view reference) const;

    /// One entry with the patterns that select it.
    struct Entry
    {
        std::shared_ptr<const std::vector<std::string>> repositories; ///< Globs; variants of an image share them.
        std::vector<std::string> tags;                                ///< Globs.
        ImageFacts facts;
        [[nodiscard]] bool matchesRepository(std::string_view repository) const;
        [[nodiscard]] bool matchesTag(std::string_view tag) const;
    };
    /// All entries in order; reads every file.
    [[nodiscard]] std::vector<const Entry *> entries() const;

    /// Images to offer in a palette, in the order to show them: short reference and facts.
    struct Offer
    {
        std::string reference;
        std::string title;
        ImageFacts facts;
    };
    [[nodiscard]] std::vector<Offer> offers() const;

    /// A tag of the same repository, or of the image that this one is made for, that has a working shell and
    /// suits building what @p reference runs ("docker.io/library/node:22-bookworm-slim" for
    /// "gcr.io/distroless/nodejs22-debian12"); in short form, empty when none is known.
    [[nodiscard]] std::string builderFor(std::string_view reference) const;

    /// The image without a shell that suits running what is built in @p reference
    /// ("gcr.io/distroless/nodejs22-debian13:nonroot" for "docker.io/library/node:22-alpine"): same language version,
    /// same or newer C library. Empty when none is known.
    [[nodiscard]] std::string runtimeFor(std::string_view reference) const;

    /// Shell-style glob over the whole of @p text, case-sensitive: `*` (also '/'), `?`, `[abc]`, `[0-9]`, `[!x]`.
    [[nodiscard]] static bool globMatches(std::string_view pattern, std::string_view text);

private:
    struct Data;
    explicit Catalog(std::shared_ptr<const Data> data);
    std::shared_ptr<const Data> d;
};

} // namespace stagewright
