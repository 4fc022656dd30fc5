// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "session/LayoutStore.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <cmath>

namespace stagewright {

namespace {

constexpr qint64 MaximumSize = 16 * 1024 * 1024;
constexpr double MaximumCoordinate = 1e6;

bool isPosition(const QJsonArray &pair)
{
    return pair.size() == 2 && pair[0].isDouble() && pair[1].isDouble()
        && std::abs(pair[0].toDouble()) < MaximumCoordinate && std::abs(pair[1].toDouble()) < MaximumCoordinate;
}

void readTexts(const QJsonObject &object, std::map<std::string, std::string> &texts)
{
    for (auto item = object.begin(); item != object.end(); ++item) {
        if (item.value().isString())
            texts.emplace(item.key().toStdString(), item.value().toString().toStdString());
    }
}

QJsonObject textsOf(const std::map<std::string, std::string> &texts)
{
    QJsonObject object;
    for (const auto &[name, value] : texts)
        object.insert(QString::fromStdString(name), QString::fromStdString(value));
    return object;
}

QStringList wordsAt(const QJsonObject &object, const char *key)
{
    QStringList words;
    for (const QJsonValue &value : object[QLatin1String(key)].toArray()) {
        if (value.isString())
            words << value.toString();
    }
    return words;
}

BuildChoices readChoices(const QJsonObject &object)
{
    BuildChoices choices;
    choices.context = object[QLatin1String("context")].toString();
    choices.network = object[QLatin1String("network")].toString();
    choices.noCache = object[QLatin1String("noCache")].toBool();
    choices.pull = object[QLatin1String("pull")].toBool();
    choices.ssh = wordsAt(object, "ssh");
    choices.tags = wordsAt(object, "tags");
    choices.extra = wordsAt(object, "extra");
    for (const QJsonValue &value : object[QLatin1String("secrets")].toArray()) {
        const QJsonObject secret = value.toObject();
        if (const QString id = secret[QLatin1String("id")].toString(); !id.isEmpty())
            choices.secrets.push_back({id, secret[QLatin1String("file")].toString()});
    }
    return choices;
}

QJsonObject choicesObject(const BuildChoices &choices)
{
    QJsonArray secrets;
    for (const engine::Secret &secret : choices.secrets)
        secrets.append(QJsonObject{{QStringLiteral("id"), secret.id}, {QStringLiteral("file"), secret.source}});
    return {{QStringLiteral("context"), choices.context},
            {QStringLiteral("network"), choices.network},
            {QStringLiteral("noCache"), choices.noCache},
            {QStringLiteral("pull"), choices.pull},
            {QStringLiteral("ssh"), QJsonArray::fromStringList(choices.ssh)},
            {QStringLiteral("tags"), QJsonArray::fromStringList(choices.tags)},
            {QStringLiteral("extra"), QJsonArray::fromStringList(choices.extra)},
            {QStringLiteral("secrets"), secrets}};
}

} // namespace

QString LayoutStore::fileFor(const QString &path) const
{
    const QByteArray hash = QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha256).toHex().first(32);
    return m_folder + QLatin1Char('/') + QString::fromLatin1(hash) + QStringLiteral(".json");
}

KeptView LayoutStore::read(const QString &path) const
{
    QFile file(fileFor(path));
    if (path.isEmpty() || file.size() > MaximumSize || !file.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
    if (root[QLatin1String("file")].toString() != path)
        return {};
    KeptView view;
    const QJsonObject nodes = root[QLatin1String("nodes")].toObject();
    for (auto node = nodes.begin(); node != nodes.end(); ++node) {
        const QJsonArray pair = node.value().toArray();
        if (isPosition(pair))
            view.positions.emplace(node.key(), QPointF(pair[0].toDouble(), pair[1].toDouble()));
    }
    const QJsonObject options = root[QLatin1String("options")].toObject();
    view.options.target = options[QLatin1String("target")].toString().toStdString();
    view.options.platform
        = options[QLatin1String("platform")].toString(QString::fromStdString(view.options.platform)).toStdString();
    readTexts(options[QLatin1String("buildArgs")].toObject(), view.options.buildArgs);
    readTexts(options[QLatin1String("namedContexts")].toObject(), view.options.namedContexts);
    view.build = readChoices(root[QLatin1String("build")].toObject());
    return view;
}

bool LayoutStore::write(const QString &path, KeptView view) const
{
    if (path.isEmpty())
        return false;
    const QString name = fileFor(path);
    view.options.ignoreFile.reset();
    view.options.context.reset();
    if (view == KeptView())
        return !QFile::exists(name) || QFile::remove(name);
    QJsonObject root{{QStringLiteral("file"), path}, {QStringLiteral("version"), 1}};
    QJsonObject nodes;
    for (const auto &[key, position] : view.positions)
        nodes.insert(key, QJsonArray{position.x(), position.y()});
    root.insert(QStringLiteral("nodes"), nodes);
    if (view.options != AnalysisOptions()) {
        root.insert(QStringLiteral("options"),
                    QJsonObject{{QStringLiteral("target"), QString::fromStdString(view.options.target)},
                                {QStringLiteral("platform"), QString::fromStdString(view.options.platform)},
                                {QStringLiteral("buildArgs"), textsOf(view.options.buildArgs)},
                                {QStringLiteral("namedContexts"), textsOf(view.options.namedContexts)}});
    }
    if (view.build != BuildChoices())
        root.insert(QStringLiteral("build"), choicesObject(view.build));
    QSaveFile file(name);
    if (!QDir().mkpath(m_folder) || !file.open(QIODevice::WriteOnly))
        return false;
    // A build argument may be nobody else's business.
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(QJsonDocument(root).toJson());
    return file.commit();
}

} // namespace stagewright
