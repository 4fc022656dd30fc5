// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QPointer>
#include <QSet>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QTreeView;
QT_END_NAMESPACE

namespace stagewright {

class DocumentSession;
class OutlineModel;
class Theme;
struct Selection;

/// The document as a tree of stages and instructions. F2 renames, Del deletes, dragging moves.
class OutlinePanel : public QWidget
{
    Q_OBJECT
public:
    explicit OutlinePanel(const Theme &theme, QWidget *parent = nullptr);

    /// Null: nothing is open.
    void setSession(DocumentSession *session);
    [[nodiscard]] QTreeView &view() const { return *m_view; }
    [[nodiscard]] OutlineModel &model() const { return *m_model; }

Q_SIGNALS:
    /// For the status line.
    void message(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    class Delegate;
    void rememberCollapsed();
    void restoreCollapsed();
    void followSelection();
    void selectCurrent();
    void deleteCurrent();

    const Theme &m_theme;
    QPointer<DocumentSession> m_session;
    OutlineModel *m_model;
    QTreeView *m_view;
    QSet<QString> m_collapsed; ///< Names of stages.
    bool m_following = false;
};

} // namespace stagewright
