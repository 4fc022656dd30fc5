// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "theme/Theme.h"

#include <QAbstractButton>
#include <QString>

namespace stagewright {

/// A pill that can be on: one of a few ways to look at something ("Steps", "Timeline"), or, with an icon, one of the
/// things to be shown ("2 warnings").
class PillButton : public QAbstractButton
{
    Q_OBJECT
public:
    PillButton(const Theme &theme, const QString &text, QWidget *parent = nullptr);
    /// @p icon: of resources/icons; its colour while the pill is on.
    void setSign(const QString &icon, QColor Tokens::*colour);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QString m_sign;
    QColor Tokens::*m_signColour = nullptr;
};

} // namespace stagewright
