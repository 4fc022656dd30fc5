// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/Engine.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace stagewright::engine {

namespace {

using Json = nlohmann::json;
using namespace Qt::StringLiterals;

QString textAt(const Json &object, std::initializer_list<const char *> keys)
{
    const Json *at = &object;
    for (const char *key : keys) {
        if (!at->is_object() || !at->contains(key))
            return {};
        at = &(*at)[key];
    }
    return at->is_string() ? QString::fromStdString(at->get<std::string>()) : QString();
}

/// A word as a POSIX shell reads it back.
QString quoted(const QString &word)
{
    const bool plain = !word.isEmpty() && std::ranges::all_of(word, [](QChar c) {
        return (c.unicode() < 128 && c.isLetterOrNumber()) || u"_-./:=,@+%"_s.contains(c);
    });
    if (plain)
        return word;
    QString text = word;
    return u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}

/// "--name=value" in one word: what the value starts with does not matter.
void add(QStringList &arguments, const char *name, const QString &value)
{
    if (!value.isEmpty())
        arguments << QLatin1StringView(name) + u'=' + value;
}

QString pair(const std::pair<QString, QString> &item)
{
    return item.second.isNull() ? item.first : item.first + u'=' + item.second;
}

/// A value of a comma-separated list (--secret id=…,src=…), quoted as CSV where a comma would end it.
QString field(const QString &name, const QString &value)
{
    const QString text = name + u'=' + value;
    QString inner = text;
    return text.contains(u',') || text.contains(u'"') ? u'"' + inner.replace(u'"', u"\"\""_s) + u'"' : text;
}

} // namespace

QString engineName(EngineKind kind)
{
    switch (kind) {
    case EngineKind::Buildx: return u"docker"_s;
    case EngineKind::Classic: return u"docker-classic"_s;
    case EngineKind::Podman: return u"podman"_s;
    case EngineKind::Buildah: return u"buildah"_s;
    }
    return {};
}

Engine::Capabilities Engine::capabilities() const
{
    switch (kind) {
    case EngineKind::Buildx:
        return {.rawJson = true,
                .parallelStages = true,
                .secrets = true,
                .namedContexts = true,
                .dockerignoreBeside = true,
                .numericTarget = false,
                .needsLayers = false,
                .onbuildRows = false,
                .history = true};
    case EngineKind::Classic:
        return {.rawJson = false,
                .parallelStages = false,
                .secrets = false,
                .namedContexts = false,
                .dockerignoreBeside = false,
                .numericTarget = true,
                .needsLayers = false,
                .onbuildRows = true,
                .history = true};
    case EngineKind::Podman:
    case EngineKind::Buildah:
        return {.rawJson = false,
                .parallelStages = false,
                .secrets = true,
                .namedContexts = true,
                .dockerignoreBeside = true,
                .numericTarget = true,
                .needsLayers = true,
                .onbuildRows = true,
                .history = kind == EngineKind::Podman,
                .leavesContainers = true};
    }
    return {};
}

QString Engine::description() const
{
    QString text = kind == EngineKind::Classic ? u"docker %1 (classic builder)"_s.arg(version)
                                               : engineName(kind) + u' ' + version;
    if (!context.isEmpty())
        text += u", "_s + context;
    if (rootless)
        text += u", rootless"_s;
    return text;
}

QString Engine::shortName() const
{
    // "BuildKit v0.13.1" says little to people who know their docker by its version.
    const QString &full = server.isEmpty() ? version : server;
    const QStringList parts = full.split(u'.');
    return (kind == EngineKind::Classic ? u"docker"_s : engineName(kind)) + u' '
        + (parts.size() > 2 ? parts[0] + u'.' + parts[1] : full);
}

QString markSecret(const QString &mark)
{
    return u"id="_s + mark + u",src=/dev/null"_s;
}

std::expected<QStringList, QString> buildArguments(const Engine &engine, const BuildRequest &request)
{
    const Engine::Capabilities can = engine.capabilities();
    const QString name = engineName(engine.kind);
    QStringList arguments;
    switch (engine.kind) {
    case EngineKind::Buildx:
        arguments << u"buildx"_s << u"build"_s << (request.quiet ? u"--quiet"_s : u"--progress=rawjson"_s)
                  << u"--load"_s;
        break;
    case EngineKind::Classic: arguments << u"build"_s; break;
    case EngineKind::Podman: arguments << u"build"_s << u"--layers"_s << u"--format=docker"_s; break;
    case EngineKind::Buildah: arguments << u"bud"_s << u"--layers"_s << u"--format=docker"_s; break;
    }
    if (!can.secrets && (!request.secrets.empty() || !request.ssh.isEmpty()))
        return std::unexpected(u"%1 knows neither secrets nor ssh"_s.arg(name));
    if (!can.namedContexts && !request.namedContexts.empty())
        return std::unexpected(u"%1 knows no named contexts"_s.arg(name));
    if (!can.numericTarget && !request.target.isEmpty()
        && std::ranges::all_of(request.target, [](QChar c) { return c.isDigit(); }))
        return std::unexpected(
            u"%1 takes the name of a stage as target, no number: give stage %2 a name"_s.arg(name, request.target));
    if (request.quiet && engine.kind != EngineKind::Buildx)
        arguments << u"--quiet"_s;
    add(arguments, "--file", request.dockerfile);
    add(arguments, "--target", request.target);
    add(arguments, "--platform", request.platform);
    for (const auto &item : request.buildArgs)
        add(arguments, "--build-arg", pair(item));
    for (const auto &item : request.namedContexts)
        add(arguments, "--build-context", pair(item));
    for (const Secret &secret : request.secrets)
        add(arguments, "--secret",
            field(u"id"_s, secret.id) + u','
                + (secret.environment.isEmpty() ? field(u"src"_s, secret.source)
                                                : field(u"env"_s, secret.environment)));
    if (can.leavesContainers && !request.mark.isEmpty())
        add(arguments, "--secret", markSecret(request.mark));
    for (const QString &ssh : request.ssh)
        add(arguments, "--ssh", ssh);
    for (const QString &tag : request.tags)
        add(arguments, "--tag", tag);
    add(arguments, "--network", request.network);
    if (request.noCache)
        arguments << u"--no-cache"_s;
    if (request.pull)
        arguments << (engine.kind == EngineKind::Podman || engine.kind == EngineKind::Buildah ? u"--pull=always"_s
                                                                                              : u"--pull"_s);
    add(arguments, "--iidfile", request.idFile);
    arguments << request.extra;
    // A folder called "-x" must not be read as an option, and "-" would be standard input.
    const QString context = request.context.isEmpty() ? u"."_s : request.context;
    arguments << (context.startsWith(u'-') ? u"./"_s + context : context);
    return arguments;
}

std::vector<std::pair<QString, QString>> buildEnvironment(const Engine &engine)
{
    switch (engine.kind) {
    case EngineKind::Buildx: return {{u"DOCKER_BUILDKIT"_s, u"1"_s}};
    case EngineKind::Classic: return {{u"DOCKER_BUILDKIT"_s, u"0"_s}};
    case EngineKind::Podman:
    case EngineKind::Buildah: break;
    }
    return {};
}

QString shellCommand(const Engine &engine, const QStringList &arguments)
{
    QString text;
    if (engine.kind == EngineKind::Classic)
        text = u"DOCKER_BUILDKIT=0 "_s;
    text += engine.kind == EngineKind::Buildah ? u"buildah"_s
        : engine.kind == EngineKind::Podman    ? u"podman"_s
                                               : u"docker"_s;
    for (const QString &argument : arguments) {
        // In a terminal the engine's own display is what a person wants to see.
        if (argument != "--progress=rawjson"_L1)
            text += u' ' + quoted(argument);
    }
    return text;
}

QStringList historyArguments(const Engine &engine, const QString &image)
{
    if (engine.kind == EngineKind::Podman || engine.kind == EngineKind::Buildah)
        return {u"history"_s, u"--no-trunc"_s, u"--human=false"_s, u"--format=json"_s, image};
    return {u"history"_s, u"--no-trunc"_s, u"--human=false"_s, u"--format"_s, u"json"_s, image};
}

QStringList inspectArguments(const Engine &engine, const QString &image)
{
    return engine.kind == EngineKind::Buildah ? QStringList{u"inspect"_s, u"--type=image"_s, image}
                                              : QStringList{u"image"_s, u"inspect"_s, image};
}

QStringList saveArguments(const Engine &engine, const QString &image)
{
    if (engine.kind == EngineKind::Podman)
        return {u"save"_s, u"--format=docker-archive"_s, image};
    if (engine.kind == EngineKind::Buildah)
        return {u"push"_s, u"--quiet"_s, image, u"docker-archive:/dev/stdout"_s};
    return {u"save"_s, image};
}

QStringList imagesArguments(const Engine &engine)
{
    const QStringList options{u"--all"_s, u"--quiet"_s, u"--no-trunc"_s};
    return (engine.kind == EngineKind::Buildah ? QStringList{u"images"_s} : QStringList{u"image"_s, u"ls"_s}) + options;
}

QStringList removeArguments(const Engine &engine, const QString &image)
{
    if (engine.kind == EngineKind::Buildah)
        return {u"rmi"_s, image};
    return {u"image"_s, u"rm"_s, u"--no-prune"_s, image};
}

std::vector<Probe> probes()
{
    return {
        {EngineKind::Buildx, u"docker"_s, {u"buildx"_s, u"inspect"_s}},
        {EngineKind::Classic, u"docker"_s, {u"info"_s, u"--format"_s, u"{{json .}}"_s}},
        {EngineKind::Podman, u"podman"_s, {u"info"_s, u"--format=json"_s}},
        {EngineKind::Buildah, u"buildah"_s, {u"info"_s}},
    };
}

std::optional<Engine> engineFrom(const Probe &probe, const QString &path, int exitCode, std::string_view output)
{
    if (exitCode != 0)
        return std::nullopt;
    Engine engine;
    engine.kind = probe.kind;
    engine.program = path;
    if (probe.kind == EngineKind::Buildx) {
        // Name: default / Driver: docker / … / Status: running / Buildkit: v0.13.1
        bool running = false;
        for (const QString &line : QString::fromUtf8(output.data(), qsizetype(output.size())).split(u'\n')) {
            const qsizetype colon = line.indexOf(u':');
            const QString key = line.left(colon).trimmed();
            const QString value = line.mid(colon + 1).trimmed();
            if (key == "Name"_L1 && engine.builder.isEmpty())
                engine.builder = value;
            else if (key == "Status"_L1)
                running = running || value == "running"_L1;
            else if ((key == "Buildkit"_L1 || key == "BuildKit version"_L1) && engine.version.isEmpty())
                engine.version = u"BuildKit "_s + value;
            else if (key == "Error"_L1)
                return std::nullopt;
        }
        return running ? std::optional(engine) : std::nullopt;
    }
    const Json answer = Json::parse(output.begin(), output.end(), nullptr, false);
    if (!answer.is_object())
        return std::nullopt;
    if (probe.kind == EngineKind::Classic) {
        engine.version = engine.server = textAt(answer, {"ServerVersion"});
        engine.context = textAt(answer, {"ClientInfo", "Context"});
        // Clients before 25 have the rest of ClientInfo elsewhere, this not.
        if (answer.contains("SecurityOptions") && answer["SecurityOptions"].is_array()) {
            engine.rootless = std::ranges::any_of(answer["SecurityOptions"], [](const Json &option) {
                return option.is_string() && option.get<std::string>().starts_with("name=rootless");
            });
        }
        return engine.version.isEmpty() ? std::nullopt : std::optional(engine);
    }
    engine.version = probe.kind == EngineKind::Podman ? textAt(answer, {"version", "Version"})
                                                      : textAt(answer, {"host", "BuildahVersion"});
    const Json *security = answer.contains("host") && answer["host"].is_object() ? &answer["host"] : nullptr;
    if (security && security->contains("security") && (*security)["security"].is_object())
        security = &(*security)["security"];
    const bool remote = answer.contains("host") && answer["host"].is_object()
        && answer["host"].value("serviceIsRemote", Json(false)) == Json(true);
    const bool podman = probe.kind == EngineKind::Podman;
    const QString store = textAt(answer, {"store", podman ? "graphRoot" : "GraphRoot"});
    const QString driver = textAt(answer, {"store", podman ? "graphDriverName" : "GraphDriverName"});
    if (!remote && !store.isEmpty() && !driver.isEmpty())
        engine.containers = store + u'/' + driver + u"-containers"_s;
    if (security && security->contains("rootless") && (*security)["rootless"].is_boolean())
        engine.rootless = (*security)["rootless"].get<bool>();
    return engine;
}

QString probeFailure(std::string_view errors, std::string_view output)
{
    // `docker info` prints its own failure as JSON beside what it knows of the client.
    const Json answer = Json::parse(output.begin(), output.end(), nullptr, false);
    if (answer.is_object() && answer.contains("ServerErrors") && answer["ServerErrors"].is_array()
        && !answer["ServerErrors"].empty() && answer["ServerErrors"][0].is_string())
        return QString::fromStdString(answer["ServerErrors"][0].get<std::string>());
    QString first;
    for (const std::string_view text : {errors, output}) {
        for (const QString &line : QString::fromUtf8(text.data(), qsizetype(text.size())).split(u'\n')) {
            QString words = line.simplified();
            if (words.startsWith("error: "_L1, Qt::CaseInsensitive))
                words.remove(0, 7); // that it is one is plain where it is shown
            if (words.contains("cannot connect"_L1, Qt::CaseInsensitive)
                || words.contains("permission denied"_L1, Qt::CaseInsensitive))
                return words;
            if (first.isEmpty())
                first = words;
        }
    }
    return first;
}

std::expected<ImageConfig, std::string> readImageConfig(std::string_view json)
{
    Json answer = Json::parse(json.begin(), json.end(), nullptr, false);
    if (answer.is_array() && !answer.empty())
        answer = Json(answer.front());
    if (!answer.is_object())
        return std::unexpected("the engine's description of the image is no JSON object");
    ImageConfig config;
    config.id = textAt(answer, {"Id"}).toStdString();
    if (config.id.empty())
        config.id = textAt(answer, {"FromImageID"}).toStdString(); // buildah
    if (answer.contains("Size") && answer["Size"].is_number())
        config.bytes = answer["Size"].get<std::uint64_t>();
    for (const char *key : {"Config", "Docker"}) {
        if (!answer.contains(key) || !answer[key].is_object())
            continue;
        const Json &inner = answer[key].contains("config") ? answer[key]["config"] : answer[key];
        config.user = textAt(inner, {"User"}).toStdString();
        if (inner.is_object() && inner.contains("OnBuild") && inner["OnBuild"].is_array())
            config.triggers = std::uint32_t(inner["OnBuild"].size());
    }
    return config;
}

} // namespace stagewright::engine
