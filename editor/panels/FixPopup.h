// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Diagnostic.h"

#include <QFrame>
#include <QPointer>

#include <string>
#include <vector>

QT_BEGIN_NAMESPACE
class QLabel;
class QListView;
class QStandardItemModel;
QT_END_NAMESPACE

namespace stagewright {

class DiffPreview;
class DocumentSession;
class Theme;

/// Applies a fix as one undo step. What it leaves for a person to fill in is revealed, for @p source.
void applyFix(DocumentSession &session, const Fix &fix, QObject *source);

/// The quick fixes for one finding: what each does, what it changes, one key to apply it as one undo step.
class FixPopup : public QFrame
{
    Q_OBJECT
public:
    /// Opens the popup under @p anchor (a global rectangle; above it where there is no room). The last entry ignores
    /// the finding where it is. Null when there is neither. It deletes itself when it closes.
    static FixPopup *open(DocumentSession &session, const Theme &theme, const Diagnostic &finding, const QRect &anchor,
                          QWidget *parent);

    [[nodiscard]] const std::vector<Fix> &fixes() const { return m_fixes; }
    [[nodiscard]] int current() const;
    void setCurrent(int index);
    /// Applies a fix and closes.
    void apply(int index);

Q_SIGNALS:
    void applied(const QString &title);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    FixPopup(DocumentSession &session, const Theme &theme, const Diagnostic &finding, std::vector<Fix> fixes,
             QWidget *parent);
    void place(const QRect &anchor);
    [[nodiscard]] QLabel *refusal(const std::string &reason);

    DocumentSession &m_session;
    const Theme &m_theme;
    std::vector<Fix> m_fixes;
    QListView *m_list = nullptr;
    QStandardItemModel *m_model = nullptr;
    DiffPreview *m_preview = nullptr;
    QRect m_anchor;
};

} // namespace stagewright
