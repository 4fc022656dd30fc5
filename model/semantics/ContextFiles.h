// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace stagewright {

/// The files of a build context, as far as checks want to look into them. Nothing is ever run, written or listed.
class ContextFiles
{
public:
    /// Longer files are not read; scripts, package.json and lists of accounts are shorter.
    static constexpr std::size_t LargestFile = 256 * 1024;

    enum class Presence : std::uint8_t { Unknown, Absent, Present };

    ContextFiles() = default;
    ContextFiles(const ContextFiles &) = delete;
    ContextFiles &operator=(const ContextFiles &) = delete;
    virtual ~ContextFiles() = default;

    /// The content of the regular file at @p path, relative to the context, '/' between, cleaned. Nothing when there is
    /// none, when it is too long, cannot be read or is no text, and when a link on the way leads out of the context.
    [[nodiscard]] virtual std::optional<std::string> read(std::string_view path) const = 0;
    /// Whether there is a file or folder of that name. Unknown where @p path cannot be one inside the context.
    [[nodiscard]] virtual Presence presence(std::string_view path) const = 0;
};

struct AnalysisOptions;

/// The same of the context that @p options name; nothing (Unknown) where no context is known, or where .dockerignore is
/// about the path, since it may not be sent to the engine then.
[[nodiscard]] std::optional<std::string> readFromContext(const AnalysisOptions &options, std::string_view path);
[[nodiscard]] ContextFiles::Presence presenceInContext(const AnalysisOptions &options, std::string_view path);

/// The files of @p folder on disk. What was read is kept until the file's size or time changes. Safe to use from any
/// thread. Null when @p folder is none.
[[nodiscard]] std::shared_ptr<const ContextFiles> filesOnDisk(const std::string &folder);

/// The files of the folder that @p dockerfile lies in, which is taken for the build context; null when it is no file
/// ("-", unsaved).
[[nodiscard]] std::shared_ptr<const ContextFiles> filesBeside(const std::string &dockerfile);

/// Sets the context and the .dockerignore that count for the file @p dockerfile: the folder that it lies in is the
/// context, unless @p options name one already.
void takeContext(AnalysisOptions &options, const std::string &dockerfile);

} // namespace stagewright
