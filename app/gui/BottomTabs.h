// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QWidget>

#include <vector>

QT_BEGIN_NAMESPACE
class QStackedWidget;
class QTabBar;
QT_END_NAMESPACE

namespace stagewright {

class PanelTitleBar;

/// The panels at the bottom as tabs of one dock: problems, build, layers, image, console. The tabs stand in the dock's
/// title; so do the buttons of the panel that is shown.
class BottomTabs : public QWidget
{
    Q_OBJECT
public:
    explicit BottomTabs(QWidget *parent = nullptr);
    /// Where tabs and buttons go; once, before add().
    void setTitleBar(PanelTitleBar *title);

    /// @p name is the object name of the tab's page for show(). @p corner: the panel's own buttons, shown with it.
    void add(const char *name, const QString &title, QWidget *panel, QWidget *corner = nullptr);
    /// Brings a panel to the front.
    void show(const char *name);
    [[nodiscard]] bool isShown(const char *name) const;
    /// A short word behind the title: a count, "7 / 12". Empty for none.
    void setBadge(const char *name, const QString &badge);
    [[nodiscard]] QTabBar *tabs() const { return m_tabs; }

Q_SIGNALS:
    /// Another panel is in front.
    void shown(const QString &name);

private:
    struct Page
    {
        QString name;
        QString title;
        QWidget *panel = nullptr;
        QWidget *corner = nullptr;
    };
    [[nodiscard]] int indexOf(const QString &name) const;
    void showCurrent(int index);

    QStackedWidget *m_stack;
    PanelTitleBar *m_title = nullptr;
    QTabBar *m_tabs = nullptr;
    std::vector<Page> m_pages;
};

} // namespace stagewright
