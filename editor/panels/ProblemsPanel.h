// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Diagnostic.h"

#include <QPointer>
#include <QWidget>

#include <array>
#include <optional>

QT_BEGIN_NAMESPACE
class QAbstractButton;
class QModelIndex;
class QTreeView;
QT_END_NAMESPACE

namespace stagewright {

class DiagnosticsFilter;
class DiagnosticsModel;
class DocumentSession;
class Theme;

/// The findings of a document: what, where, and a button that fixes it.
class ProblemsPanel : public QWidget
{
    Q_OBJECT
public:
    explicit ProblemsPanel(const Theme &theme, QWidget *parent = nullptr);

    /// Null: nothing is open.
    void setSession(DocumentSession *session);
    /// A button a severity that shows its count and hides it; on the panel's top until somebody puts it elsewhere
    /// (into a dock's title), who owns it then.
    [[nodiscard]] QWidget *filterBar() const { return m_filters; }
    /// The finding that is chosen, if any.
    [[nodiscard]] std::optional<Diagnostic> current() const;
    /// The first of the gravest findings, if there is any.
    [[nodiscard]] std::optional<Diagnostic> worst() const;
    [[nodiscard]] int count() const;
    [[nodiscard]] DiagnosticsModel &model() const { return *m_model; }
    [[nodiscard]] QTreeView &view() const { return *m_view; }
    void setShown(Severity severity, bool shown);
    /// Whether the document has a folder where a project file can be.
    void setInProject(bool inProject) { m_inProject = inProject; }

Q_SIGNALS:
    void countChanged(int count);
    /// Another finding is chosen, here or because the selection moved, or the chosen one changed.
    void currentChanged();
    /// Enter or a double click: go there, into the text.
    void activated(const stagewright::Diagnostic &finding);
    /// The rule is not wanted: in the project, or at all (the preferences have it).
    void ruleOffRequested(const stagewright::Diagnostic &finding, bool inProject);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    class Delegate;
    void makeFilters();
    void refreshFilters();
    void hoverUnderMouse();
    void applyTheme();
    void onSelectionChanged(QObject *source);
    void follow();
    void openFixes(const QModelIndex &index, bool onlyReal = false);
    void showMenu(const QPoint &at);
    [[nodiscard]] const Diagnostic *findingAt(const QModelIndex &index) const;
    void paintEmpty();

    const Theme &m_theme;
    QPointer<DocumentSession> m_session;
    DiagnosticsModel *m_model = nullptr;
    DiagnosticsFilter *m_filter = nullptr;
    QTreeView *m_view = nullptr;
    QWidget *m_filters = nullptr;
    std::array<QAbstractButton *, 3> m_buttons{};
    bool m_inProject = false;
    bool m_following = false; ///< The current row follows the selection of another view.
};

} // namespace stagewright
