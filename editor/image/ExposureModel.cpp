// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "image/ExposureModel.h"

#include <QStringList>

#include <cmath>
#include <cstdlib>

namespace stagewright {

namespace {

using engine::Exposure;

bool isRoot(const std::string &user)
{
    const std::string name = user.substr(0, user.find(':'));
    return name.empty() || name == "root" || name == "0";
}

int percentOf(std::uint32_t before, std::uint32_t after)
{
    const double ratio = static_cast<double>(after) / static_cast<double>(before);
    return static_cast<int>(std::lround((ratio - 1) * 100));
}

} // namespace

ExposureModel::ExposureModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void ExposureModel::addPresence(const QString &what, const std::string Exposure::*value, const QString &tip)
{
    const auto text = [&](const std::optional<Exposure> &image) {
        if (!image)
            return tr("not read");
        return (*image).*value == std::string() ? tr("none") : QString::fromStdString((*image).*value);
    };
    Row row{what, text(m_builder), text(m_final), {}, Tone::Neutral, tip};
    if (m_final) {
        const bool there = !((*m_final).*value).empty();
        const bool before = m_builder && !((*m_builder).*value).empty();
        row.tone = there ? Tone::Bad : before || !m_builder ? Tone::Good : Tone::Neutral;
        if (m_builder)
            row.change = there == before ? (there ? tr("still there") : tr("same")) : there ? tr("new") : tr("gone");
    }
    m_rows.push_back(std::move(row));
}

void ExposureModel::addCount(const QString &what, std::optional<std::uint32_t> (*value)(const Exposure &),
                             const QString &tip)
{
    const auto count
        = [&](const std::optional<Exposure> &image) { return image ? value(*image) : std::optional<std::uint32_t>(); };
    const auto text = [&](const std::optional<Exposure> &image) {
        const auto number = count(image);
        return !image ? tr("not read") : number ? tr("%L1").arg(*number) : tr("unknown");
    };
    Row row{what, text(m_builder), text(m_final), {}, Tone::Neutral, tip};
    const auto before = count(m_builder);
    const auto after = count(m_final);
    if (before && after) {
        if (*before == *after) {
            row.change = tr("same");
        } else if (*before == 0) {
            row.change = tr("+%L1").arg(*after);
        } else {
            const int percent = percentOf(*before, *after);
            row.change
                = tr("%1%2 %").arg(percent < 0 ? QStringLiteral("−") : QStringLiteral("+")).arg(std::abs(percent));
        }
        row.tone = *after < *before ? Tone::Good : *after > *before ? Tone::Bad : Tone::Neutral;
    }
    m_rows.push_back(std::move(row));
}

void ExposureModel::addUser()
{
    const auto text = [](const std::optional<Exposure> &image) {
        return !image ? tr("not read") : image->user.empty() ? tr("root") : QString::fromStdString(image->user);
    };
    Row row{
        tr("Runs as"), text(m_builder), text(m_final), {}, Tone::Neutral, tr("The user that a container starts with")};
    if (m_final) {
        row.tone = isRoot(m_final->user) ? Tone::Bad : Tone::Good;
        row.change = isRoot(m_final->user) ? tr("root") : tr("not root");
    }
    m_rows.push_back(std::move(row));
}

void ExposureModel::setImages(const std::optional<Exposure> &final, const QString &finalName,
                              const std::optional<Exposure> &builder, const QString &builderName)
{
    beginResetModel();
    m_rows.clear();
    m_final = final;
    m_builder = builder;
    m_finalName = finalName;
    m_builderName = builderName;
    if (final || builder) {
        addPresence(tr("Shell"), &Exposure::shell, tr("The first one that is found"));
        addPresence(tr("Package manager"), &Exposure::packageManager, tr("Somebody inside could install with it"));
        addCount(
            tr("Packages"), [](const Exposure &e) { return e.packages; },
            tr("Installed with dpkg, apk or rpm, as their databases in the image say."));
        addCount(
            tr("Executables"), [](const Exposure &e) { return std::optional(e.executables); },
            tr("Files that somebody may execute"));
        addCount(
            tr("Setuid and setgid files"), [](const Exposure &e) { return std::optional(e.setuid); },
            tr("Programs that run with the rights of their owner"));
        addCount(tr("Users"), [](const Exposure &e) { return std::optional(e.users); }, tr("Lines of /etc/passwd"));
        addUser();
    }
    endResetModel();
}

QString ExposureModel::headline() const
{
    if (!m_final || !m_builder)
        return {};
    QStringList parts;
    if (m_builder->executables > 0 && m_final->executables != m_builder->executables) {
        const int percent = percentOf(m_builder->executables, m_final->executables);
        parts << (percent <= 0 ? tr("%1 % fewer executables") : tr("%1 % more executables")).arg(std::abs(percent));
    }
    if (m_final->shell.empty() && !m_builder->shell.empty())
        parts << tr("no shell");
    if (m_final->packageManager.empty() && !m_builder->packageManager.empty())
        parts << tr("no package manager");
    if (m_final->setuid == 0 && m_builder->setuid > 0)
        parts << tr("no setuid files");
    if (parts.isEmpty())
        return tr("The final image exposes as much as %1 does").arg(m_builderName);
    const bool smaller = m_final->executables <= m_builder->executables;
    return (smaller ? tr("Smaller attack surface than %1: %2") : tr("Compared with %1: %2"))
        .arg(m_builderName, parts.join(QStringLiteral(", ")));
}

int ExposureModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ExposureModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ExposureModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case WhatColumn: return row.what;
        case BuilderColumn: return row.builder;
        case FinalColumn: return row.final;
        default: return row.change;
        }
    case Qt::ToolTipRole: return row.tip;
    case ToneRole: return static_cast<int>(row.tone);
    default: return {};
    }
}

QVariant ExposureModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case WhatColumn: return tr("What can be found inside");
    case BuilderColumn: return m_builderName.isEmpty() ? tr("Build stage") : m_builderName;
    case FinalColumn: return m_finalName.isEmpty() ? tr("Final image") : tr("%1 (final)").arg(m_finalName);
    case ChangeColumn: return tr("Difference");
    default: return {};
    }
}

} // namespace stagewright
