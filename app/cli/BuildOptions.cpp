// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "BuildOptions.h"

#include "Arguments.h"
#include "Input.h"

#include "semantics/ContextFiles.h"
#include "semantics/IgnorePatterns.h"
#include "semantics/Wording.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace stagewright::cli {

namespace {

using engine::EngineKind;

QString text(std::string_view value)
{
    return QString::fromUtf8(value.data(), qsizetype(value.size()));
}

/// NAME=VALUE; a name alone has a null value.
std::pair<QString, QString> pairOf(std::string_view value)
{
    const std::size_t equals = value.find('=');
    if (equals == std::string_view::npos)
        return {text(value), QString()};
    const QString assigned = text(value.substr(equals + 1));
    return {text(value.substr(0, equals)), assigned.isNull() ? QString::fromLatin1("") : assigned};
}

std::string readEngine(std::string_view value, BuildOptions &options)
{
    for (const EngineKind kind : {EngineKind::Buildx, EngineKind::Classic, EngineKind::Podman, EngineKind::Buildah}) {
        if (engine::engineName(kind) == text(value)) {
            options.engine = kind;
            return {};
        }
    }
    return "the engine is docker, docker-classic, podman or buildah";
}

/// "id=KEY,src=FILE", "id=KEY,env=NAME", as docker takes it.
std::string readSecret(std::string_view value, BuildOptions &options)
{
    engine::Secret secret;
    while (!value.empty()) {
        const std::size_t comma = value.find(',');
        const std::string_view field = value.substr(0, comma);
        value.remove_prefix(comma == std::string_view::npos ? value.size() : comma + 1);
        const std::size_t equals = field.find('=');
        const std::string_view name = field.substr(0, equals);
        const std::string_view content
            = equals == std::string_view::npos ? std::string_view() : field.substr(equals + 1);
        if (name == "id")
            secret.id = text(content);
        else if (name == "src" || name == "source")
            secret.source = text(content);
        else if (name == "env")
            secret.environment = text(content);
        else if (name != "type")
            return "--secret needs id=KEY,src=FILE or id=KEY,env=NAME"; // the value may be what is to be kept secret
    }
    if (secret.id.isEmpty())
        return "--secret needs id=KEY,src=FILE or id=KEY,env=NAME";
    options.request.secrets.push_back(std::move(secret));
    return {};
}

std::string readSize(std::string_view value, std::optional<std::uint64_t> &limit)
{
    limit = engine::parseBytes(value);
    return limit ? std::string() : "a size is a number with B, kB, MB, GB, MiB …, not " + quoted(value);
}

std::string readCount(std::string_view value, std::optional<std::uint32_t> &limit)
{
    std::uint32_t number = 0;
    const auto [rest, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || rest != value.data() + value.size())
        return "a count is a number, not " + quoted(value);
    limit = number;
    return {};
}

std::string readPart(std::string_view value, std::optional<double> &limit)
{
    const bool percent = value.ends_with('%');
    if (percent)
        value.remove_suffix(1);
    double number = 0;
    const auto [rest, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (percent)
        number /= 100;
    if (error != std::errc() || rest != value.data() + value.size() || !(number >= 0 && number <= 1))
        return "an efficiency is a number from 0 to 1, or in percent";
    limit = number;
    return {};
}

/// An option without a value that sets @p flag.
Option flagOption(std::string_view name, bool &flag, bool value = true)
{
    return {name, false, [&flag, value](std::string_view) {
                flag = value;
                return std::string();
            }};
}

Option valueOption(std::string_view name, std::function<void(std::string_view)> set)
{
    return {name, true, [set = std::move(set)](std::string_view value) {
                set(value);
                return std::string();
            }};
}

void addLimitOptions(std::vector<Option> &known, engine::Limits &limits)
{
    known.push_back({"--max-size", true, [&](std::string_view v) { return readSize(v, limits.maxBytes); }});
    known.push_back({"--max-added", true, [&](std::string_view v) { return readSize(v, limits.maxAdded); }});
    known.push_back({"--max-wasted", true, [&](std::string_view v) { return readSize(v, limits.maxWasted); }});
    known.push_back(
        {"--lowest-efficiency", true, [&](std::string_view v) { return readPart(v, limits.lowestEfficiency); }});
    known.push_back({"--max-packages", true, [&](std::string_view v) { return readCount(v, limits.maxPackages); }});
    known.push_back(
        {"--max-executables", true, [&](std::string_view v) { return readCount(v, limits.maxExecutables); }});
    known.push_back(flagOption("--no-shell", limits.noShell));
    known.push_back(flagOption("--no-package-manager", limits.noPackageManager));
    known.push_back(flagOption("--no-setuid", limits.noSetuid));
    known.push_back(flagOption("--no-root", limits.noRoot));
}

/// The options that describe the build for the analysis too: the engine gets them as they were written.
void addAnalysisOptions(std::vector<Option> &known, BuildOptions &options)
{
    for (Option &option : analysisOptions(options.analysis, false)) {
        option.apply = [&options, name = option.name, apply = option.apply](std::string_view value) {
            if (std::string error = apply(value); !error.empty())
                return error;
            if (name == "--build-arg")
                options.request.buildArgs.push_back(pairOf(value));
            else if (name == "--build-context")
                options.request.namedContexts.push_back(pairOf(value));
            else if (name == "--platform")
                options.request.platform = text(value);
            return std::string();
        };
        known.push_back(std::move(option));
    }
}

std::vector<Option> optionsOf(BuildOptions &options)
{
    std::vector<Option> known;
    engine::BuildRequest &request = options.request;
    addAnalysisOptions(known, options);
    known.push_back({"--engine", true, [&](std::string_view value) { return readEngine(value, options); }});
    known.push_back({"--secret", true, [&](std::string_view value) { return readSecret(value, options); }});
    known.push_back({"--format", true, [&](std::string_view value) {
                         options.json = value == "json";
                         return value == "json" || value == "text" ? std::string() : "the format is text or json";
                     }});
    for (const std::string_view name : {"--file", "-f"})
        known.push_back(valueOption(name, [&](std::string_view value) { options.file = value; }));
    for (const std::string_view name : {"--tag", "-t"})
        known.push_back(valueOption(name, [&](std::string_view value) { request.tags << text(value); }));
    known.push_back(valueOption("--ssh", [&](std::string_view value) { request.ssh << text(value); }));
    known.push_back(valueOption("--network", [&](std::string_view value) { request.network = text(value); }));
    known.push_back(flagOption("--no-cache", request.noCache));
    known.push_back(flagOption("--pull", request.pull));
    known.push_back(flagOption("--no-history", options.history, false));
    addLimitOptions(known, options.limits);
    return known;
}

/// The file that an engine takes when none is named.
std::string fileIn(const std::string &context)
{
    for (const char *name : {"/Dockerfile", "/dockerfile", "/Containerfile"}) {
        if (QFileInfo(text(context + name)).isFile())
            return context + name;
    }
    return context + "/Dockerfile";
}

std::optional<QByteArray> ignoreFileBeside(const std::string &path)
{
    QFile file(text(path + ".dockerignore"));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return file.readAll();
}

/// "1" means the stage with that index, as podman has it, where no stage is called so.
void resolveTarget(AnalysisOptions &analysis, const Snapshot &snapshot)
{
    const std::string &target = analysis.target;
    const bool number = !target.empty() && std::ranges::all_of(target, [](char c) { return c >= '0' && c <= '9'; });
    if (number && snapshot.graph().target() == StageId::None)
        analysis.target = "#" + target;
}

} // namespace

std::expected<BuildOptions, std::string> parseBuildOptions(std::span<const std::string> arguments)
{
    BuildOptions options;
    const std::vector<Option> known = optionsOf(options);
    auto rest = parseArguments(arguments, known);
    if (!rest)
        return std::unexpected(rest.error());
    if (rest->empty())
        return std::unexpected("no context folder given");
    if (rest->size() > 1)
        return std::unexpected("one context folder is enough: " + stagewright::quoted(rest->at(1)) + " is too much");
    options.context = rest->front();
    options.request.context = text(options.context);
    return options;
}

std::expected<BuildInput, std::string> readBuildInput(BuildOptions &options, std::istream &standardInput)
{
    if (!QFileInfo(text(options.context)).isDir())
        return std::unexpected("the context " + stagewright::quoted(options.context) + " is no folder");
    BuildInput input;
    input.path = options.file.empty() ? fileIn(options.context) : options.file;
    const auto read = readInput(input.path, standardInput);
    if (!read)
        return std::unexpected(input.path + ": " + read.error());
    if (read->problem)
        return std::unexpected(describeProblem(*read));
    if (input.path != "-") {
        input.ignoreFile = ignoreFileBeside(input.path);
        options.analysis.ignoreFile = readIgnoreFile(input.path);
    }
    options.analysis.context = filesOnDisk(options.context);
    // The engine looks into the context's folder when the file has none of its own.
    if (!input.ignoreFile) {
        QFile file(text(options.context + "/.dockerignore"));
        options.analysis.ignoreFile.reset();
        if (file.open(QIODevice::ReadOnly))
            options.analysis.ignoreFile = file.readAll().toStdString();
    }
    input.snapshot = Snapshot::make(read->text, options.analysis);
    resolveTarget(options.analysis, *input.snapshot);
    if (options.analysis.target != input.snapshot->options().target)
        input.snapshot = Snapshot::make(read->text, options.analysis);
    return input;
}

} // namespace stagewright::cli
