// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/WorkingContainers.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QUuid>

#include <algorithm>

namespace stagewright::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 longestDescription = 16LL << 20; // bytes; they hold the image's whole configuration

bool isMarked(const nlohmann::json &container, const std::string &secret)
{
    const auto options = container.find("CommonBuildOpts");
    if (options == container.end() || !options->is_object())
        return false;
    const auto secrets = options->find("Secrets");
    if (secrets == options->end() || !secrets->is_array())
        return false;
    return std::ranges::any_of(
        *secrets, [&secret](const nlohmann::json &one) { return one.is_string() && one.get<std::string>() == secret; });
}

} // namespace

QString newBuildMark(const Engine &engine)
{
    return engine.capabilities().leavesContainers ? u"stagewright-"_s + QUuid::createUuid().toString(QUuid::Id128)
                                                  : QString();
}

QStringList workingContainers(const Engine &engine, const QString &mark)
{
    QStringList result;
    if (mark.isEmpty() || engine.containers.isEmpty())
        return result;
    const std::string secret = markSecret(mark).toStdString();
    const QStringList ids = QDir(engine.containers).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Unsorted);
    for (const QString &id : ids) {
        QFile file(engine.containers + u'/' + id + u"/userdata/buildah.json"_s);
        if (!file.open(QIODevice::ReadOnly) || file.size() > longestDescription)
            continue;
        const QByteArray text = file.readAll();
        const auto container = nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
        if (container.is_object() && isMarked(container, secret))
            result << id;
    }
    return result;
}

QStringList removeContainersArguments(const Engine &engine, const QStringList &containers)
{
    return (engine.kind == EngineKind::Buildah ? QStringList{u"rm"_s} : QStringList{u"rm"_s, u"--force"_s})
        + containers;
}

void removeWorkingContainers(const Engine &engine, const QString &mark)
{
    const QStringList containers = workingContainers(engine, mark);
    if (containers.isEmpty())
        return;
    QProcess process;
    process.setProgram(engine.program);
    process.setArguments(removeContainersArguments(engine, containers));
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    process.startDetached();
}

} // namespace stagewright::engine
