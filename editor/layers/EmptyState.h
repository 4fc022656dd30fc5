// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QString>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
class QProgressBar;
class QPushButton;
QT_END_NAMESPACE

namespace stagewright {

class Theme;

/// What stands in the place of a view that has nothing to show: why, and what can be done about it.
class EmptyState : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyState(const Theme &theme, QWidget *parent = nullptr);

    /// @p icon: of resources/icons. @p action: the button's text; "" for none.
    void show(const QString &icon, const QString &title, const QString &text, const QString &action = {});
    /// Something is on its way: a bar without an end, and the button.
    void setBusy(bool busy);
    [[nodiscard]] bool isBusy() const;
    void setText(const QString &text);
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString text() const;
    [[nodiscard]] QPushButton &button() const { return *m_button; }

Q_SIGNALS:
    void actionTriggered();

private:
    void applyTheme();

    const Theme &m_theme;
    QString m_iconName;
    QLabel *m_icon = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_text = nullptr;
    QProgressBar *m_progress = nullptr;
    QPushButton *m_button = nullptr;
};

} // namespace stagewright
