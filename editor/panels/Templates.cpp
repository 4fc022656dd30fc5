// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/Templates.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

static void initTemplateResources()
{
#ifdef STAGEWRIGHT_HAS_TEMPLATES
    Q_INIT_RESOURCE(stagewright_templates);
#endif
}

namespace stagewright {

std::vector<Template> builtInTemplates()
{
    initTemplateResources();
    QFile index(QStringLiteral(":/templates/index.json"));
    if (!index.open(QIODevice::ReadOnly)) {
        return {};
    }
    std::vector<std::pair<int, Template>> found;
    const QJsonArray entries = QJsonDocument::fromJson(index.readAll()).array();
    for (const QJsonValue &value : entries) {
        const QJsonObject entry = value.toObject();
        const QString name = entry.value(QLatin1StringView("file")).toString();
        QFile file(QStringLiteral(":/templates/") + name);
        if (!file.open(QIODevice::ReadOnly)) {
            qWarning("The template %s is not compiled in", qPrintable(name));
            continue;
        }
        Template item;
        item.id = entry.value(QLatin1StringView("id")).toString();
        item.title = entry.value(QLatin1StringView("title")).toString();
        item.description = entry.value(QLatin1StringView("description")).toString();
        item.language = entry.value(QLatin1StringView("language")).toString();
        item.broken = entry.value(QLatin1StringView("broken")).toBool();
        item.text = file.readAll().toStdString();
        found.emplace_back(entry.value(QLatin1StringView("order")).toInt(), std::move(item));
    }
    std::ranges::stable_sort(found, {}, [](const auto &entry) { return entry.first; });
    std::vector<Template> result;
    for (auto &[order, item] : found) {
        result.push_back(std::move(item));
    }
    return result;
}

} // namespace stagewright
