// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright {

/// What a text in brackets is for the instructions that have an exec form.
enum class JsonForm : std::uint8_t {
    NotAnArray, ///< Not valid JSON: BuildKit silently takes the shell form.
    NotStrings, ///< A valid array with something else than strings: an error.
    Strings,
};

/// One element as written, with its quotes.
struct JsonElement
{
    std::string_view written;
    bool hasEscapes = false;
};

/// Checks @p text against the JSON grammar as strictly as BuildKit does and lists the elements of an array.
/// Linear; nesting costs no stack.
[[nodiscard]] JsonForm scanJsonArray(std::string_view text, std::vector<JsonElement> &elements);

/// What an element with escapes means. The result is never longer than what is written.
[[nodiscard]] std::string decodeJsonString(std::string_view written);

} // namespace stagewright
