// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "Arguments.h"

#include "semantics/ContextFiles.h"
#include "semantics/ImageReference.h"
#include "semantics/Platform.h"
#include "semantics/Wording.h"

#include <algorithm>
#include <cstdlib>

namespace stagewright::cli {

namespace {

std::string addBuildArgument(AnalysisOptions &options, std::string_view value)
{
    const std::size_t equals = value.find('=');
    const std::string name(value.substr(0, equals));
    if (name.empty())
        return "--build-arg needs NAME=VALUE, got " + quoted(value);
    if (equals != std::string_view::npos)
        options.buildArgs[name] = value.substr(equals + 1);
    else if (const char *inherited = std::getenv(name.c_str()))
        options.buildArgs[name] = inherited;
    return {};
}

/// Contexts are looked up by the short form of their name, as docker does it.
std::string addContext(AnalysisOptions &options, std::string_view value)
{
    const std::size_t equals = value.find('=');
    if (equals == std::string_view::npos)
        return "invalid context value: " + std::string(value) + ", expected key=value";
    const std::string_view name = value.substr(0, equals);
    const auto reference = ImageReference::parse(name);
    if (!reference)
        return "invalid context name " + std::string(name) + ": " + reference.error();
    std::string key = reference->familiar();
    if (key.ends_with(":latest"))
        key.resize(key.size() - 7);
    options.namedContexts[key] = value.substr(equals + 1);
    return {};
}

std::string setPlatform(AnalysisOptions &options, std::string_view value)
{
    const auto platform = Platform::parse(value.substr(0, value.find(',')));
    if (!platform)
        return "failed to parse platform " + std::string(value) + ": " + platform.error();
    options.platform = value;
    return {};
}

} // namespace

std::vector<Option> analysisOptions(AnalysisOptions &options, bool context)
{
    std::vector<Option> known{
        {"--build-arg", true, [&options](std::string_view value) { return addBuildArgument(options, value); }},
        {"--target", true,
         [&options](std::string_view value) {
             options.target = value;
             return std::string();
         }},
        {"--platform", true, [&options](std::string_view value) { return setPlatform(options, value); }},
        {"--build-context", true, [&options](std::string_view value) { return addContext(options, value); }},
    };
    if (context) {
        known.push_back({"--context", true, [&options](std::string_view value) {
                             options.context = filesOnDisk(std::string(value));
                             return options.context ? std::string()
                                                    : "the context " + std::string(value) + " is no folder";
                         }});
    }
    return known;
}

std::expected<std::vector<std::string>, std::string> parseArguments(std::span<const std::string> arguments,
                                                                    std::span<const Option> options)
{
    std::vector<std::string> rest;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string_view argument = arguments[i];
        if (argument == "--") {
            rest.insert(rest.end(), arguments.begin() + static_cast<std::ptrdiff_t>(i) + 1, arguments.end());
            break;
        }
        if (argument == "-" || !argument.starts_with('-')) {
            rest.emplace_back(argument);
            continue;
        }
        const std::size_t equals = argument.find('=');
        const std::string_view name = argument.substr(0, equals);
        const auto option = std::ranges::find(options, name, &Option::name);
        if (option == options.end()) {
            std::vector<std::string_view> names{"--help"};
            std::ranges::transform(options, std::back_inserter(names), &Option::name);
            return std::unexpected("unknown option " + quoted(name) + suggestion(name, names));
        }
        std::string_view value;
        if (equals != std::string_view::npos) {
            if (!option->takesValue)
                return std::unexpected(std::string(name) + " takes no value");
            value = argument.substr(equals + 1);
        } else if (option->takesValue) {
            if (++i == arguments.size())
                return std::unexpected(std::string(name) + " needs a value");
            value = arguments[i];
        }
        if (std::string error = option->apply(value); !error.empty())
            return std::unexpected(std::move(error));
    }
    return rest;
}

} // namespace stagewright::cli
