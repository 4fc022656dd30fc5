// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QPointer>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
QT_END_NAMESPACE

namespace stagewright {

class BuildController;
class ConsoleView;
class Theme;

/// Everything that a build printed: to be searched, narrowed to a stage or a step, and copied.
class ConsolePanel : public QWidget
{
    Q_OBJECT
public:
    explicit ConsolePanel(const Theme &theme, QWidget *parent = nullptr);

    /// Null: nothing is open.
    void setBuild(const BuildController *builds);
    /// Search field, filter and buttons; whoever puts it elsewhere owns it then.
    [[nodiscard]] QWidget *tools() const { return m_tools; }
    [[nodiscard]] ConsoleView &view() const { return *m_view; }
    [[nodiscard]] QComboBox &filter() const { return *m_filter; }
    /// Everything, at its end.
    void showAll();
    /// Puts the cursor into the search field.
    void find();
    void findNext(bool backward = false);
    /// The console, or what belongs to it, has the keyboard.
    [[nodiscard]] bool hasTheFocus() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeTools();
    void fillFilter();
    void applyFilter();
    void copyAll();

    const Theme &m_theme;
    QPointer<const BuildController> m_builds;
    ConsoleView *m_view;
    QWidget *m_tools;
    QLineEdit *m_search;
    QLabel *m_found;
    QComboBox *m_filter;
    QPushButton *m_toEnd;
    std::size_t m_filterSteps = 0; ///< So many steps are in the filter.
};

} // namespace stagewright
