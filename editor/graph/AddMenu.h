// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QFrame>
#include <QString>

#include <functional>
#include <vector>

class QLineEdit;
class QListWidget;

namespace stagewright {

class Theme;

/// A list that is searched by typing: what can be added here. Closes and deletes itself.
class AddMenu : public QFrame
{
    Q_OBJECT
public:
    struct Entry
    {
        QString icon;
        QString title;
        QString detail;
        QString words; ///< Further words to find it by.
        bool mono = false;
        std::function<void()> run;
    };

    AddMenu(const Theme &theme, std::vector<Entry> entries, QWidget *parent);
    void popup(QPoint globalPos);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void choose();

    const Theme &m_theme;
    std::vector<Entry> m_entries;
    QLineEdit *m_search = nullptr;
    QListWidget *m_list = nullptr;
};

} // namespace stagewright
