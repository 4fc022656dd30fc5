// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "Input.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <istream>
#include <iterator>

namespace stagewright::cli {

namespace {

std::expected<std::string, std::string> readFile(const std::string &path)
{
    std::error_code error;
    const std::filesystem::file_status status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::directory)
        return std::unexpected("Is a directory");
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        const int reason = errno;
        return std::unexpected(reason != 0 ? std::strerror(reason) : "Cannot be opened");
    }
    std::string bytes;
    if (status.type() == std::filesystem::file_type::regular) {
        const std::uintmax_t size = std::filesystem::file_size(path, error);
        bytes.resize(error ? 0 : static_cast<std::size_t>(size));
        file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        bytes.resize(static_cast<std::size_t>(file.gcount()));
    }
    // Pipes and devices have no size, and a file may have grown.
    bytes.append(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    if (file.bad())
        return std::unexpected("Cannot be read");
    return bytes;
}

} // namespace

std::expected<Input, std::string> readInput(const std::string &path, std::istream &standardInput)
{
    std::expected<std::string, std::string> bytes = path == "-"
        ? std::string(std::istreambuf_iterator<char>(standardInput), std::istreambuf_iterator<char>())
        : readFile(path);
    if (!bytes)
        return std::unexpected(bytes.error());
    Input input{path, {}, std::nullopt};
    if (auto text = SourceText::fromBytes(*bytes))
        input.text = std::move(*text);
    else if (text.error().kind == DecodeError::Kind::TooLarge)
        return std::unexpected(text.error().message);
    else {
        input.problem = text.error();
        input.text = SourceText::fromBytesLossy(*bytes);
    }
    return input;
}

std::string describeProblem(const Input &input)
{
    const LineColumn where = input.problem->where;
    return input.path + ":" + std::to_string(where.line) + ":" + std::to_string(where.column) + ": "
        + input.problem->message;
}

} // namespace stagewright::cli
