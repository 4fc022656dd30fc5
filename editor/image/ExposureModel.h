// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/ImageContents.h"

#include <QAbstractTableModel>

#include <cstdint>
#include <optional>
#include <vector>

namespace stagewright {

/// What someone who gets into a container finds, in the final image and in the build stage beside it.
class ExposureModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int { WhatColumn, BuilderColumn, FinalColumn, ChangeColumn, ColumnCount };
    enum Role : int { ToneRole = Qt::UserRole + 1 }; ///< Tone as int.
    enum class Tone : std::uint8_t { Neutral, Good, Bad };

    explicit ExposureModel(QObject *parent = nullptr);
    /// nullopt: it was not read.
    void setImages(const std::optional<engine::Exposure> &final, const QString &finalName,
                   const std::optional<engine::Exposure> &builder, const QString &builderName);
    /// "93 % fewer executables, no shell, no package manager"; "" when there is nothing to compare.
    [[nodiscard]] QString headline() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        QString what;
        QString builder;
        QString final;
        QString change;
        Tone tone = Tone::Neutral;
        QString tip;
    };
    void addPresence(const QString &what, const std::string engine::Exposure::*value, const QString &tip);
    void addCount(const QString &what, std::optional<std::uint32_t> (*value)(const engine::Exposure &),
                  const QString &tip);
    void addUser();

    std::vector<Row> m_rows;
    std::optional<engine::Exposure> m_final;
    std::optional<engine::Exposure> m_builder;
    QString m_finalName;
    QString m_builderName;
};

} // namespace stagewright
