// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QWidget>

QT_BEGIN_NAMESPACE
class QDockWidget;
class QHBoxLayout;
class QTabBar;
class QToolButton;
QT_END_NAMESPACE

namespace stagewright {

class Theme;

/// The title of a dock: a word or tabs, room for the panel's own buttons, float and close.
class PanelTitleBar : public QWidget
{
    Q_OBJECT
public:
    PanelTitleBar(const Theme &theme, QDockWidget *dock);

    /// Shows tabs instead of the dock's title.
    QTabBar *useTabs();
    /// Puts a widget of the panel in front of the buttons. Takes ownership.
    void addCorner(QWidget *widget);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QToolButton *addButton(const QString &icon, const QString &tip);

    const Theme &m_theme;
    QDockWidget *m_dock;
    QTabBar *m_tabs = nullptr;
    QHBoxLayout *m_layout = nullptr;
    int m_corner = 0; ///< Where corner widgets go in the layout.
};

} // namespace stagewright
