// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QWidget>

QT_BEGIN_NAMESPACE
class QButtonGroup;
class QHBoxLayout;
QT_END_NAMESPACE

namespace stagewright {

class Theme;

/// A row of pills of which exactly one is chosen: the views of a panel. Arrow keys go from one to the next.
class ChoiceChips : public QWidget
{
    Q_OBJECT
public:
    explicit ChoiceChips(const Theme &theme, QWidget *parent = nullptr);

    /// Answers its number, counted from 0. The first one is chosen.
    int add(const QString &text, const QString &tip);
    void setText(int choice, const QString &text);
    [[nodiscard]] int current() const;
    void setCurrent(int choice);

Q_SIGNALS:
    void currentChanged(int choice);

private:
    const Theme &m_theme;
    QButtonGroup *m_group = nullptr;
    QHBoxLayout *m_row = nullptr;
};

} // namespace stagewright
