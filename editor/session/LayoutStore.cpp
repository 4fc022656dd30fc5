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
    return pair.size() == 2 && pair[0].isDouble() && pair[1].isDouble() && std::abs(pair[0].toDouble()) < MaximumCoordinate
        && std::abs(pair[1].toDouble()) < MaximumCoordinate;
}

} // namespace

QString LayoutStore::fileFor(const QString &path) const
{
    const QByteArray hash = QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha256).toHex().first(32);
    return m_folder + QLatin1Char('/') + QString::fromLatin1(hash) + QStringLiteral(".json");
}

std::map<QString, QPointF> LayoutStore::read(const QString &path) const
{
    QFile file(fileFor(path));
    if (path.isEmpty() || file.size() > MaximumSize || !file.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
    if (root[QLatin1String("file")].toString() != path)
        return {};
    std::map<QString, QPointF> positions;
    const QJsonObject nodes = root[QLatin1String("nodes")].toObject();
    for (auto node = nodes.begin(); node != nodes.end(); ++node) {
        const QJsonArray pair = node.value().toArray();
        if (isPosition(pair))
            positions.emplace(node.key(), QPointF(pair[0].toDouble(), pair[1].toDouble()));
    }
    return positions;
}

bool LayoutStore::write(const QString &path, const std::map<QString, QPointF> &positions) const
{
    if (path.isEmpty())
        return false;
    const QString name = fileFor(path);
    if (positions.empty())
        return !QFile::exists(name) || QFile::remove(name);
    QJsonObject nodes;
    for (const auto &[key, position] : positions)
        nodes.insert(key, QJsonArray {position.x(), position.y()});
    const QJsonObject root {{QStringLiteral("file"), path}, {QStringLiteral("version"), 1}, {QStringLiteral("nodes"), nodes}};
    QSaveFile file(name);
    if (!QDir().mkpath(m_folder) || !file.open(QIODevice::WriteOnly))
        return false;
    file.write(QJsonDocument(root).toJson());
    return file.commit();
}

} // namespace stagewright
