// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QString>
#include <QStringList>

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright::engine {

enum class EngineKind : std::uint8_t {
    Buildx,  ///< `docker buildx build`: BuildKit.
    Classic, ///< `docker build` without BuildKit.
    Podman,
    Buildah,
};

/// "docker", "docker (classic builder)", "podman", "buildah".
[[nodiscard]] QString engineName(EngineKind kind);

/// A program that can build here, as it answered when it was asked.
struct Engine
{
    EngineKind kind = EngineKind::Buildx;
    QString program; ///< Absolute path.
    QString version; ///< Of the server where there is one.
    QString builder; ///< Of buildx.
    QString server;  ///< Version of docker's server ("26.1.5"); "" for the others.
    QString context; ///< Docker's context ("default"); "" for the others.
    QString host;    ///< Where DOCKER_HOST or CONTAINER_HOST points to; "" when neither is set.
    bool rootless = false;
    QString containers{}; ///< podman and buildah: the folder with their containers, if it is on this machine.

    /// What differs between engines and versions, in this one place.
    struct Capabilities
    {
        bool rawJson = false;            ///< Progress as JSON objects.
        bool parallelStages = false;     ///< Only what the target needs is built, side by side.
        bool secrets = false;            ///< --secret and --ssh.
        bool namedContexts = false;      ///< --build-context
        bool dockerignoreBeside = false; ///< FILE.dockerignore is looked at.
        bool numericTarget = false;      ///< --target 1
        bool needsLayers = false;        ///< Sizes per instruction only with --layers.
        bool onbuildRows = false;        ///< ONBUILD leaves a row in an image's history.
        bool history = true;             ///< Has a command for it; else the saved image has to tell.
        bool leavesContainers = false;   ///< A build that is stopped leaves containers; see WorkingContainers.
    };
    [[nodiscard]] Capabilities capabilities() const;

    /// "docker 26.1.5, context default"; for people.
    [[nodiscard]] QString description() const;
    /// "docker 26.1", "podman 5.4": the program and its version, as short as a chip.
    [[nodiscard]] QString shortName() const;
};

struct Secret
{
    QString id;
    QString source;        ///< A file. Never shown with a command that is logged; its contents are never read here.
    QString environment{}; ///< Instead of a file: the name of a variable of ours.
    friend bool operator==(const Secret &, const Secret &) = default;
};

/// What is to be built.
struct BuildRequest
{
    QString context;    ///< Folder.
    QString dockerfile; ///< The file to read; may be a temporary copy of unsaved text.
    QString target;     ///< Stage; "" the last.
    QString platform;
    std::vector<std::pair<QString, QString>> buildArgs; ///< A name without a value takes the environment's.
    std::vector<std::pair<QString, QString>> namedContexts;
    std::vector<Secret> secrets;
    QStringList ssh; ///< "default", "id=socket"
    QStringList tags;
    QString network;
    bool noCache = false;
    bool pull = false;
    bool quiet = false; ///< No progress, for builds that only measure.
    QStringList extra;  ///< More arguments, one each.
    QString idFile;     ///< Where the engine writes the image's id; "" nowhere.
    QString mark{};     ///< Of newBuildMark(): what its containers are known by; "": by nothing.
};

/// How a mark stands among the secrets of a build.
[[nodiscard]] QString markSecret(const QString &mark);

/// The arguments of a build (without the program). Values cannot be taken for options, whatever they start with. The
/// error says which option this engine does not know.
[[nodiscard]] std::expected<QStringList, QString> buildArguments(const Engine &engine, const BuildRequest &request);
/// What a build needs in its environment on top of ours.
[[nodiscard]] std::vector<std::pair<QString, QString>> buildEnvironment(const Engine &engine);
/// The command as a person would type it in a POSIX shell.
[[nodiscard]] QString shellCommand(const Engine &engine, const QStringList &arguments);

/// Arguments that print the history of an image in the form that readHistory() reads.
[[nodiscard]] QStringList historyArguments(const Engine &engine, const QString &image);
/// Arguments that print the configuration of an image as JSON.
[[nodiscard]] QStringList inspectArguments(const Engine &engine, const QString &image);
/// Arguments that write an image to standard output; empty when this engine cannot.
[[nodiscard]] QStringList saveArguments(const Engine &engine, const QString &image);
/// Arguments that list the ids of all images, intermediate ones too, one a line.
[[nodiscard]] QStringList imagesArguments(const Engine &engine);
/// Arguments that take an image away, and nothing below it.
[[nodiscard]] QStringList removeArguments(const Engine &engine, const QString &image);

/// One question to find out whether an engine is there, and what its answer means.
struct Probe
{
    EngineKind kind = EngineKind::Buildx;
    QString program; ///< Name, looked for in PATH.
    QStringList arguments;
};
/// Everything to ask, best first.
[[nodiscard]] std::vector<Probe> probes();
/// nullopt: not there, or not running. @p output is what it printed.
[[nodiscard]] std::optional<Engine> engineFrom(const Probe &probe, const QString &path, int exitCode,
                                               std::string_view output);

/// Why a program that is there cannot build, from what it printed when it was asked: its first line that tells.
[[nodiscard]] QString probeFailure(std::string_view errors, std::string_view output);

/// The config part that matters of `inspect`: for history and exposure.
struct ImageConfig
{
    std::string id;
    std::uint64_t bytes = 0;
    std::string user;
    std::uint32_t triggers = 0; ///< OnBuild entries.
};
[[nodiscard]] std::expected<ImageConfig, std::string> readImageConfig(std::string_view json);

} // namespace stagewright::engine
