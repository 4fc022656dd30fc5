// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Diagnostic.h"

#include <QPointer>
#include <QWidget>

#include <array>
#include <optional>

QT_BEGIN_NAMESPACE
class QLabel;
class QSortFilterProxyModel;
class QStackedLayout;
class QToolButton;
class QTreeView;
QT_END_NAMESPACE

namespace stagewright {

class DiagnosticsModel;
class DocumentSession;
class Theme;

/// The findings of the document as a list: choosing one shows it everywhere, the button at its end opens its fixes.
class ProblemsPanel : public QWidget
{
    Q_OBJECT
public:
    explicit ProblemsPanel(const Theme &theme, QWidget *parent = nullptr);

    /// Null: nothing is open.
    void setSession(DocumentSession *session);
    /// Buttons that filter by severity and show the counts; for the title of the dock. Owned by the caller then.
    [[nodiscard]] QWidget *filterBar() const { return m_filters; }
    [[nodiscard]] QTreeView &view() const { return *m_view; }
    [[nodiscard]] DiagnosticsModel &model() const { return *m_model; }
    /// The finding that is chosen, if any.
    [[nodiscard]] std::optional<Diagnostic> current() const;
    /// The first of the gravest findings, if there is any.
    [[nodiscard]] std::optional<Diagnostic> worst() const;

Q_SIGNALS:
    void currentChanged();
    /// How many findings there are.
    void countChanged(int count);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    class Delegate;
    void makeFilters();
    void refresh();
    void followSelection();
    void reveal(const QModelIndex &index);
    void openFixes(const QModelIndex &index);

    const Theme &m_theme;
    QPointer<DocumentSession> m_session;
    DiagnosticsModel *m_model;
    QSortFilterProxyModel *m_proxy;
    QTreeView *m_view;
    QLabel *m_empty;
    QStackedLayout *m_pages;
    QWidget *m_filters = nullptr;
    std::array<QToolButton *, 3> m_buttons{};
    std::optional<Diagnostic> m_kept; ///< The chosen one while the model is made anew.
    bool m_refreshing = false;
};

} // namespace stagewright
