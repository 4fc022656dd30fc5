// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QString>

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace stagewright::engine {

struct BuildRecord;

/// What base images weighed when a build measured them, whichever file was built: good for estimates, no more, since
/// a tag may have moved and another engine counts otherwise. One file for all, beside the histories.
class MeasuredImages
{
public:
    /// @p folder: that of the histories, see BuildHistory::stateFolder().
    explicit MeasuredImages(const QString &folder);
    /// Reads what is kept; a file that is not as expected counts as empty. Whether anything is other than before.
    bool load();
    /// @p reference: normalised ("docker.io/library/node:22"). Bytes on disk, as the engine counted them.
    [[nodiscard]] std::optional<std::uint64_t> bytesOf(std::string_view reference) const;
    /// Adds the base images of @p record and writes, unless all is known already. Several processes may do so.
    /// The error is a sentence.
    std::expected<void, QString> keep(const BuildRecord &record);

    /// The images that were measured last.
    static constexpr std::size_t MaximumImages = 500;

private:
    struct Image
    {
        std::uint64_t bytes = 0;
        std::int64_t when = 0; ///< Milliseconds since the epoch, UTC.
        friend bool operator==(const Image &, const Image &) = default;
    };

    QString m_path;
    std::map<std::string, Image, std::less<>> m_images; ///< By reference.
};

} // namespace stagewright::engine
