// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright {

/// What `--platform` names, normalised as containerd does it ("x86_64" is amd64, "linux" alone is this build's
/// default architecture amd64).
struct Platform
{
    std::string os = "linux";
    std::string architecture = "amd64";
    std::string variant;
    std::string osVersion;
    std::vector<std::string> osFeatures;

    /// The error is BuildKit's wording.
    [[nodiscard]] static std::expected<Platform, std::string> parse(std::string_view specifier);
    /// "linux/arm/v7", "windows(10.0.17763)/amd64"
    [[nodiscard]] std::string toString() const;

    friend bool operator==(const Platform &, const Platform &) = default;
};

} // namespace stagewright
