// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "text/SourceText.h"

#include <string>

namespace stagewright {

/// Something that is wrong in a file beside the Dockerfile: a project file, a catalogue.
struct FileProblem
{
    std::string file;    ///< As it was named.
    LineColumn where;    ///< Line 0: the file as a whole (it cannot be read).
    std::string message; ///< A sentence for people.

    /// "file:line:column: message".
    [[nodiscard]] std::string text() const
    {
        const std::string place
            = where.line == 0 ? "" : ":" + std::to_string(where.line) + ":" + std::to_string(where.column);
        return file + place + ": " + message;
    }
    friend bool operator==(const FileProblem &, const FileProblem &) = default;
};

} // namespace stagewright
