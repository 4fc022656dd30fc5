// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QAbstractButton>

namespace stagewright {

class Theme;

/// A pill that can be on: one of a few ways to look at something ("Steps", "Timeline").
class PillButton : public QAbstractButton
{
    Q_OBJECT
public:
    PillButton(const Theme &theme, const QString &text, QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
};

} // namespace stagewright
