// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "catalog/Catalog.h"
#include "lint/CommandCache.h"
#include "lint/Variables.h"
#include "syntax/SyntaxTree.h"

#include <string>
#include <string_view>
#include <vector>

/// What one instruction can do to a path of the image, as far as the text tells.
namespace stagewright::lint {

/// Replaces $NAME, ${NAME}, ${NAME:-word} and ${NAME-word}; what is not known stays as written.
[[nodiscard]] std::string expandKnown(std::string_view text, const Variables &variables);

/// "/app" + "x/../y" → "/app/y". @p base "" (not known) is taken for "/".
[[nodiscard]] std::string joinPath(std::string_view base, std::string_view path);

/// The same file under /bin and /usr/bin: most distributions link one to the other.
[[nodiscard]] std::string canonicalProgram(std::string_view path);

/// Whether @p folder is @p path or one of the folders above it. Both absolute and without a slash at the end.
[[nodiscard]] bool isAtOrAbove(std::string_view folder, std::string_view path);

/// Whether a name is that of an archive that ADD unpacks.
[[nodiscard]] bool isArchive(std::string_view name);

/// Where in the build context a COPY or ADD takes @p source (as written, variables replaced) from; "" for what is not
/// copied from there as it is: from a stage, an image, an address, an unpacked archive, by a pattern.
[[nodiscard]] std::string contextSource(const Instruction &copy, std::string_view source);

/// Yes: a COPY or ADD puts a file at @p path. Unknown: it may. No: it does not.
[[nodiscard]] Known copyProvides(const Instruction &instruction, std::string_view path, std::string_view workdir,
                                 const Variables &variables);

/// The same for a RUN that gets started.
[[nodiscard]] Known runProvides(const Instruction &instruction, std::string_view path, CommandCache &commands);

/// One `--mount` of a RUN, as far as programs that it brings go.
struct MountWords
{
    std::string type = "bind"; ///< "bind", "cache", "tmpfs", "secret", "ssh".
    std::string from;          ///< Stage or image, as written; "" for none.
    std::string source;        ///< "" for the whole of `from`.
    std::string target;        ///< Absolute, no slash at the end; may hold a variable that is not known.
    const Flag *flag = nullptr;
};

[[nodiscard]] std::vector<MountWords> mountsOf(const Instruction &run, std::string_view workdir,
                                               const Variables &variables);

struct DataPackage;

/// Whether a RUN that is started, or a COPY or ADD, brings certificates or time zones.
[[nodiscard]] Known runBringsData(const Instruction &run, const DataPackage &data, CommandCache &commands);
[[nodiscard]] Known copyBringsData(const Instruction &copy, const DataPackage &data, std::string_view workdir,
                                   const Variables &variables);

/// Whether a mount of this RUN may hold @p path while it runs.
[[nodiscard]] Known mountProvides(const Instruction &instruction, std::string_view path, std::string_view workdir,
                                  const Variables &variables);

/// The path that a copy of @p sources to @p destination (absolute, no slash at the end) puts at @p path: the source
/// itself, or a file in it when the source is a folder. "" when it puts nothing there. A source whose name tells
/// nothing about its kind is a file when @p destination is @p path, a folder when @p path is below it.
[[nodiscard]] std::string sourceOf(const std::vector<std::string> &sources, std::string_view destination,
                                   bool intoFolder, std::string_view path);

} // namespace stagewright::lint
