// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Diagnostic.h"

#include <QPointer>
#include <QWidget>

#include <optional>

QT_BEGIN_NAMESPACE
class QTextBrowser;
class QVBoxLayout;
QT_END_NAMESPACE

namespace stagewright {

class DocumentSession;
class Theme;

/// Says about one finding what happens, why, and how to mend it, with this document's names in it.
class ExplainPanel : public QWidget
{
    Q_OBJECT
public:
    explicit ExplainPanel(const Theme &theme, QWidget *parent = nullptr);

    /// @p finding of @p session; nothing: the empty state.
    void show(DocumentSession *session, const std::optional<Diagnostic> &finding);
    /// The text without formatting, for tests.
    [[nodiscard]] QString plainText() const;

Q_SIGNALS:
    /// "Explain line 15"
    void titleChanged(const QString &title);

private:
    void render();
    [[nodiscard]] QString html(const Diagnostic &finding) const;
    [[nodiscard]] QString facts(const Diagnostic &finding) const;

    const Theme &m_theme;
    QPointer<DocumentSession> m_session;
    std::optional<Diagnostic> m_finding;
    QTextBrowser *m_text;
};

} // namespace stagewright
