// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/CheckOptions.h"

#include "semantics/Values.h"
#include "semantics/Wording.h"
#include "syntax/SyntaxTree.h"

#include <algorithm>

namespace stagewright {

namespace {

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n\v\f";
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

void readNames(std::string_view list, bool &all, std::vector<std::string> &names)
{
    all = list == "all";
    names.clear();
    while (!all && !list.empty()) {
        const std::size_t comma = list.find(',');
        names.emplace_back(trimmed(list.substr(0, comma)));
        list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
    }
}

} // namespace

std::expected<CheckOptions, std::string> CheckOptions::parse(std::string_view value)
{
    CheckOptions options;
    value = trimmed(value);
    while (!value.empty()) {
        const std::size_t semicolon = value.find(';');
        const std::string_view part = value.substr(0, semicolon);
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos)
            return std::unexpected("invalid check option " + quoted(part));
        const std::string_view key = trimmed(part.substr(0, equals));
        const std::string_view option = trimmed(part.substr(equals + 1));
        if (key == "skip") {
            readNames(option, options.skipAll, options.skip);
        } else if (key == "experimental") {
            readNames(option, options.allExperimental, options.experimental);
        } else if (key == "error") {
            const std::optional<bool> error = parseBoolean(option);
            if (!error) {
                return std::unexpected("failed to parse check option " + quoted(part) + ": strconv.ParseBool: parsing "
                                       + quoted(option) + ": invalid syntax");
            }
            options.error = *error;
        } else {
            return std::unexpected("invalid check option " + quoted(key));
        }
        if (semicolon == std::string_view::npos)
            break;
        value.remove_prefix(semicolon + 1);
    }
    return options;
}

CheckOptions CheckOptions::ofFile(const SyntaxTree &tree)
{
    const Directive *check = tree.frontEndDirective("check");
    return check ? parse(check->value).value_or(CheckOptions()) : CheckOptions();
}

bool CheckOptions::skips(std::string_view check) const
{
    return skipAll || std::ranges::contains(skip, check);
}

bool CheckOptions::enablesExperimental(std::string_view check) const
{
    return allExperimental || std::ranges::contains(experimental, check);
}

void CheckOptions::merge(const CheckOptions &other)
{
    skipAll = skipAll || other.skipAll;
    allExperimental = allExperimental || other.allExperimental;
    error = error || other.error;
    skip.insert(skip.end(), other.skip.begin(), other.skip.end());
    experimental.insert(experimental.end(), other.experimental.begin(), other.experimental.end());
}

} // namespace stagewright
