// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "text/FileProblem.h"

#include <nlohmann/json.hpp>

#include <QByteArray>

#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright::json {

/// Deeper nesting is refused: no file of ours needs it.
inline constexpr std::size_t DeepestNesting = 64;

/// One step of a JSON pointer (RFC 6901): '~' and '/' escaped.
[[nodiscard]] std::string pointerStep(std::string_view key);

/// Where a value stands in a JSON text.
struct Place
{
    TextRange key; ///< With its quotation marks; empty for what has no key.
    TextRange value;
};

/// The places of all values of a valid JSON text, by JSON pointer ("/rules/SW025", "/images/0").
class Places
{
public:
    /// @p json parses, and is nested no deeper than DeepestNesting.
    explicit Places(std::string_view json);

    [[nodiscard]] const Place *find(std::string_view pointer) const;
    /// Keys that stand in one object twice, the later ones; JSON leaves open which counts.
    [[nodiscard]] const std::vector<std::pair<std::string, TextRange>> &repeated() const { return m_repeated; }

private:
    std::map<std::string, Place, std::less<>> m_places;
    std::vector<std::pair<std::string, TextRange>> m_repeated;
};

/// A parsed JSON file that can say where its values stand.
struct Document
{
    std::string name; ///< For messages.
    SourceText text;
    nlohmann::json root;
    Places places;

    /// A problem with the value (or the key) at @p pointer; with what holds it when there is nothing there.
    [[nodiscard]] FileProblem problem(std::string_view pointer, std::string message, bool atKey = false) const;
};

/// What stands in @p bytes. The error has the line and column where it stops being JSON, or UTF-8.
[[nodiscard]] std::expected<Document, FileProblem> parse(const QByteArray &bytes, std::string_view name);

/// The content of a file that somebody keeps settings in. Refuses what is no ordinary file (a pipe would block) and
/// what is larger than @p largest bytes.
[[nodiscard]] std::expected<QByteArray, FileProblem> readFile(const std::string &path, qint64 largest);

} // namespace stagewright::json
