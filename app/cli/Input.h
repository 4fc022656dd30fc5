// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "Command.h"

#include "text/SourceText.h"

#include <expected>
#include <optional>
#include <string>

namespace stagewright::cli {

/// A file that was read. With @c problem the text is a stand-in for looking at only: never write it back.
struct Input
{
    std::string path;
    SourceText text;
    std::optional<DecodeError> problem;
};

/// Reads a file, or standard input for "-". The error is the reason without the path ("No such file or directory").
[[nodiscard]] std::expected<Input, std::string> readInput(const std::string &path, std::istream &standardInput);

/// "path:line:column: message" for a problem with the bytes.
[[nodiscard]] std::string describeProblem(const Input &input);

} // namespace stagewright::cli
