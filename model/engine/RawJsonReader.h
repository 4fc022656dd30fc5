// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/BuildProgress.h"

namespace stagewright::engine {

/// What `docker buildx build --progress=rawjson` writes to standard error: BuildKit's SolveStatus objects one behind
/// the other, on one line each or on many, then plain text when something went wrong.
class RawJsonReader : public ProgressReader
{
public:
    using ProgressReader::ProgressReader;

    void readOutput(std::string_view) override { } // empty, or the image's id with --quiet
    void readErrors(std::string_view bytes) override;
    void finish(bool succeeded) override;

    /// No object is as big as this; one that never ends is taken for text.
    static constexpr std::size_t MaximumObject = 16U << 20; ///< Bytes.

private:
    void readObject(std::string_view json);

    std::string m_pending;  ///< Of the object or line that has not ended yet.
    std::size_t m_read = 0; ///< How much of it was looked at.
    int m_depth = 0;
    bool m_inString = false;
    bool m_escaped = false;
};

} // namespace stagewright::engine
