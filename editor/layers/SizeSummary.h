// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "layers/SizeInsight.h"

#include <QScrollArea>

#include <optional>

QT_BEGIN_NAMESPACE
class QLabel;
QT_END_NAMESPACE

namespace stagewright {

class Theme;

/// "build 412 MB → final 131 MB", how much that is in percent, and a sentence on what is worth knowing.
class SizeSummary : public QScrollArea
{
    Q_OBJECT
public:
    explicit SizeSummary(const Theme &theme, QWidget *parent = nullptr);
    void showSizes(const DocumentSizes &sizes, const Snapshot &now, const std::optional<WasteFacts> &waste);

    // For tests
    [[nodiscard]] QString headline() const;
    [[nodiscard]] QString badge() const;
    [[nodiscard]] QString behind() const;
    [[nodiscard]] QString insight() const;

private:
    void applyTheme();
    void paintBadge();

    const Theme &m_theme;
    QLabel *m_caption = nullptr;
    QLabel *m_headline = nullptr;
    QLabel *m_badge = nullptr;
    QLabel *m_behind = nullptr;
    QLabel *m_insight = nullptr;
    QLabel *m_outdated = nullptr;
    bool m_smaller = true;
};

} // namespace stagewright
