// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "session/DocumentSession.h"

#include <QPointer>
#include <QSet>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QTreeView;
QT_END_NAMESPACE

namespace stagewright {

class OutlineModel;
class Theme;

/// Stages and instructions as a tree: click to go there, drag to reorder, F2 to rename, Del to delete.
class OutlinePanel : public QWidget
{
    Q_OBJECT
public:
    explicit OutlinePanel(const Theme &theme, QWidget *parent = nullptr);

    /// Null: nothing is open.
    void setSession(DocumentSession *session);
    [[nodiscard]] OutlineModel &model() const { return *m_model; }
    [[nodiscard]] QTreeView &view() const { return *m_view; }
    void renameCurrent();
    void deleteCurrent();

Q_SIGNALS:
    /// Enter or a double click: go there, into the text.
    void activated();
    /// Why an edit was not made; for the status line.
    void message(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    class Delegate;
    void applyTheme();
    void restoreExpansion();
    void onCurrentChanged(const QModelIndex &index);
    void follow(QObject *source);

    const Theme &m_theme;
    QPointer<DocumentSession> m_session;
    OutlineModel *m_model = nullptr;
    QTreeView *m_view = nullptr;
    QSet<QString> m_expanded;  ///< Keys that the person opened,
    QSet<QString> m_collapsed; ///< and closed; the others follow the target.
    bool m_following = false;
};

} // namespace stagewright
