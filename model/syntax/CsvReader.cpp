// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "syntax/CsvReader.h"

#include <algorithm>

namespace stagewright {

CsvReader::CsvReader(std::string_view text)
    : m_text(text)
    , m_atEnd(text.empty())
{
    if (m_atEnd)
        m_error = "EOF";
}

bool CsvReader::fail(std::size_t position, std::string_view what)
{
    m_error = "parse error on line 1, column " + std::to_string(position + 1) + ": ";
    m_error += what;
    m_atEnd = true;
    return false;
}

/// The field that begins with the quote at m_at.
bool CsvReader::quotedField()
{
    constexpr std::string_view Unbalanced = "extraneous or missing \" in quoted-field";
    m_buffer.clear();
    std::size_t begin = m_at + 1;
    while (true) {
        const std::size_t quote = m_text.find('"', begin);
        if (quote == std::string_view::npos)
            return fail(begin, Unbalanced);
        m_buffer.append(m_text.substr(begin, quote - begin));
        begin = quote + 1;
        if (begin == m_text.size() || m_text[begin] == ',')
            break;
        if (m_text[begin] != '"')
            return fail(quote, Unbalanced);
        m_buffer += '"';
        ++begin;
    }
    m_at = begin;
    m_field = m_buffer;
    m_begin = std::string_view::npos;
    return true;
}

bool CsvReader::next()
{
    if (m_atEnd)
        return false;
    if (m_at < m_text.size() && m_text[m_at] == '"') {
        if (!quotedField())
            return false;
    } else {
        const std::size_t end = std::min(m_text.find(',', m_at), m_text.size());
        m_field = m_text.substr(m_at, end - m_at);
        m_begin = m_at;
        if (const std::size_t quote = m_field.find('"'); quote != std::string_view::npos)
            return fail(m_at + quote, "bare \" in non-quoted-field");
        m_at = end;
    }
    m_atEnd = m_at == m_text.size();
    ++m_at; // the comma
    return true;
}

} // namespace stagewright
