// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace stagewright {

/// The name of an image, taken apart as Docker does it: `[domain/]path[:tag][@digest]` with docker.io and library/
/// filled in. Grammar and messages are those of the reference library that BuildKit uses.
struct ImageReference
{
    std::string domain; ///< "docker.io"; empty in the rare names whose first part is no valid host.
    std::string path;   ///< "library/node"
    std::string tag;    ///< As written, "" when none.
    std::string digest; ///< "sha256:…", "" when none.

    /// The error is BuildKit's wording, without a prefix ("invalid reference format").
    [[nodiscard]] static std::expected<ImageReference, std::string> parse(std::string_view text);

    /// True for a plain name like "node" or "my-app.2", which parse() takes and familiar() gives back as it is. False
    /// says nothing.
    [[nodiscard]] static bool isPlainName(std::string_view text);

    /// "docker.io/library/node"
    [[nodiscard]] std::string name() const;
    /// Complete, with the tag "latest" when neither tag nor digest is given: "docker.io/library/node:22".
    [[nodiscard]] std::string normalized() const;
    /// As people write it: without docker.io and library/, nothing added ("node:22").
    [[nodiscard]] std::string familiar() const;

    friend bool operator==(const ImageReference &, const ImageReference &) = default;
};

/// Checks a content digest ("sha256:…"). The error is BuildKit's wording; "" when it is valid.
[[nodiscard]] std::string digestError(std::string_view digest);

} // namespace stagewright
