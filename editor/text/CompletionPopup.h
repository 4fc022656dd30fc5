// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "text/Completion.h"

#include <QFrame>

QT_BEGIN_NAMESPACE
class QListView;
class QStandardItemModel;
QT_END_NAMESPACE

namespace stagewright {

class Theme;

/// The list under the cursor. Never takes the focus, and takes a key only when that cannot be meant otherwise: Tab
/// accepts; Enter only what has been chosen with the arrow keys (or when the person asked for the list).
class CompletionPopup : public QFrame
{
    Q_OBJECT
public:
    CompletionPopup(const Theme &theme, QWidget *editor);

    /// @p cursor: its rectangle in the editor. With @p chosen the first one is chosen at once.
    void present(const Proposals &proposals, const QRect &cursor, bool chosen);
    /// True when the key was for the popup.
    bool handleKey(QKeyEvent *event);
    [[nodiscard]] const Proposals &proposals() const { return m_proposals; }
    /// Row that is chosen; -1 for none.
    [[nodiscard]] int chosen() const;

Q_SIGNALS:
    void accepted(const stagewright::TextRange &replaces, const QString &text);

private:
    void accept(int row);
    void choose(int row);

    const Theme &m_theme;
    QListView *m_list = nullptr;
    QStandardItemModel *m_model = nullptr;
    Proposals m_proposals;
};

} // namespace stagewright
