// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace stagewright {

/// Goes over the fields of a comma-separated flag value, in which double quotes hold commas
/// (`type=bind,"target=/a,b"`), as BuildKit does.
class CsvReader
{
public:
    /// @p text has to outlive the reader.
    explicit CsvReader(std::string_view text);

    /// Reads the next field. False at the end and at an error.
    bool next();
    /// The field without its quotes, valid until the next call of next().
    [[nodiscard]] std::string_view field() const { return m_field; }
    /// Where the field begins in the text; npos when it was quoted.
    [[nodiscard]] std::size_t begin() const { return m_begin; }
    /// BuildKit's wording, "" if there was none so far.
    [[nodiscard]] const std::string &error() const { return m_error; }

private:
    bool quotedField();
    bool fail(std::size_t position, std::string_view what);

    std::string_view m_text;
    std::size_t m_at = 0;
    bool m_atEnd = false;
    std::string_view m_field;
    std::size_t m_begin = std::string_view::npos;
    std::string m_buffer; ///< A quoted field.
    std::string m_error;
};

} // namespace stagewright
