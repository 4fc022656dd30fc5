// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "building/EngineText.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace stagewright {

using engine::EngineKind;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("stagewright::EngineText", text);
}

QString valueOf(const QString &osRelease, QLatin1StringView key)
{
    for (const QString &line : osRelease.split(QLatin1Char('\n'))) {
        if (!line.startsWith(key) || line.size() <= key.size() || line[key.size()] != QLatin1Char('='))
            continue;
        QString value = line.mid(key.size() + 1).trimmed();
        value.remove(QLatin1Char('"'));
        return value;
    }
    return {};
}

bool isDocker(const engine::EngineProblem &problem)
{
    return problem.kind == EngineKind::Buildx || problem.kind == EngineKind::Classic;
}

bool isForbidden(const engine::EngineProblem &problem)
{
    return isDocker(problem) && problem.reason.contains(QLatin1StringView("permission denied"), Qt::CaseInsensitive);
}

bool isDown(const engine::EngineProblem &problem)
{
    return isDocker(problem) && !isForbidden(problem)
        && problem.reason.contains(QLatin1StringView("cannot connect"), Qt::CaseInsensitive);
}

} // namespace

QString engineLine(const engine::Engine &engine)
{
    QString line;
    switch (engine.kind) {
    case EngineKind::Buildx:
        line = engine.server.isEmpty() ? tr("Docker with BuildKit") : tr("Docker %1 with BuildKit").arg(engine.server);
        break;
    case EngineKind::Classic: line = tr("Docker %1, classic builder").arg(engine.version); break;
    case EngineKind::Podman: line = tr("Podman %1").arg(engine.version); break;
    case EngineKind::Buildah: line = tr("Buildah %1").arg(engine.version); break;
    }
    if (engine.rootless)
        line += tr(", rootless");
    return line;
}

QString engineDetails(const engine::Engine &engine)
{
    QStringList lines{engineLine(engine)};
    if (engine.kind == EngineKind::Buildx)
        lines << tr("%1, builder “%2”").arg(engine.version, engine.builder);
    if (!engine.host.isEmpty())
        lines << tr("Host: %1").arg(engine.host);
    else if (!engine.context.isEmpty())
        lines << tr("Context: %1").arg(engine.context);
    lines << (engine.rootless ? tr("Runs without root rights") : tr("Runs as root, or through a service that does"));
    lines << tr("Program: %1").arg(engine.program);
    return lines.join(QLatin1Char('\n'));
}

QString noEngineTitle(const std::vector<engine::EngineProblem> &problems)
{
    return problems.empty() ? tr("No build engine was found") : tr("The build engine is not ready");
}

QString noEngineText(const std::vector<engine::EngineProblem> &problems)
{
    return problems.empty() ? tr("No build engine was found.") : engineProblemText(problems.front());
}

QString engineProblemCommand(const engine::EngineProblem &problem)
{
    if (isForbidden(problem))
        return QStringLiteral("sudo usermod -aG docker $USER");
    return isDown(problem) ? QStringLiteral("sudo systemctl start docker") : QString();
}

QString engineProblemText(const engine::EngineProblem &problem)
{
    const QString name = isDocker(problem)   ? QStringLiteral("Docker")
        : problem.kind == EngineKind::Podman ? QStringLiteral("Podman")
                                             : QStringLiteral("Buildah");
    if (isForbidden(problem)) {
        return tr("Docker is installed, but you may not use it. Add yourself to the group “docker”, then log in "
                  "again.");
    }
    if (isDown(problem)) {
        return tr("Docker is installed, but its service does not run. Start it. Docker Desktop is started from its "
                  "own menu entry.");
    }
    return problem.reason.isEmpty() ? tr("%1 is installed, but does not answer.").arg(name)
                                    : tr("%1 is installed, but cannot build. It says: %2").arg(name, problem.reason);
}

std::vector<EngineAdvice> engineAdvice(const QString &osRelease)
{
    const QStringList ids = (valueOf(osRelease, QLatin1StringView("ID")) + QLatin1Char(' ')
                             + valueOf(osRelease, QLatin1StringView("ID_LIKE")))
                                .split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const auto isOneOf = [&](std::initializer_list<const char *> names) {
        return std::ranges::any_of(names, [&](const char *name) { return ids.contains(QLatin1StringView(name)); });
    };
    std::vector<EngineAdvice> all{
        {tr("Debian"), QStringLiteral("sudo apt install docker.io docker-cli docker-buildx"), isOneOf({"debian"})},
        {tr("Ubuntu and Mint"), QStringLiteral("sudo apt install docker.io docker-buildx"), isOneOf({"ubuntu"})},
        {tr("Fedora and Red Hat"), QStringLiteral("sudo dnf install podman"), isOneOf({"fedora", "rhel", "centos"})},
        {tr("openSUSE"), QStringLiteral("sudo zypper install docker docker-buildx"), isOneOf({"suse", "opensuse"})},
        {tr("Arch"), QStringLiteral("sudo pacman -S docker docker-buildx"), isOneOf({"arch"})},
        {tr("Alpine"), QStringLiteral("sudo apk add docker docker-cli-buildx"), isOneOf({"alpine"})},
    };
    if (all[1].here)
        all[0].here = false; // Ubuntu says that it is like Debian
    std::ranges::stable_partition(all, &EngineAdvice::here);
    return all;
}

} // namespace stagewright
