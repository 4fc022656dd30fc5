// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Diagnostic.h"
#include "lint/ShellChain.h"

#include <QPointer>
#include <QWidget>

#include <optional>
#include <vector>

QT_BEGIN_NAMESPACE
class QTextBrowser;
class QUrl;
QT_END_NAMESPACE

namespace stagewright {

class DocumentSession;
class Theme;

/// Says about one finding what happens, why, and how to mend it, with this document's names in it. Instead of a
/// finding it can show the way from a stage back to the image that has, or has not, its shell.
class ExplainPanel : public QWidget
{
    Q_OBJECT
public:
    explicit ExplainPanel(const Theme &theme, QWidget *parent = nullptr);

    /// @p finding of @p session; nothing: the empty state. Ends a chain.
    void show(DocumentSession *session, const std::optional<Diagnostic> &finding);
    /// "Why is this stage shell-less?", step by step, until endChain() or the next change of the text.
    void showChain(DocumentSession &session, StageId stage);
    /// Back to the finding. Nothing happens when no chain is shown.
    void endChain();
    [[nodiscard]] bool showsChain() const { return m_chain.has_value(); }
    /// Follows a link as a click does ("#fix-0", "#chain"); for tests and other views.
    void follow(const QString &fragment);
    /// The text without formatting, for tests.
    [[nodiscard]] QString plainText() const;

Q_SIGNALS:
    /// "Explain line 15"
    void titleChanged(const QString &title);
    /// The nodes of the chain, the stage first; empty when it ends.
    void chainChanged(const std::vector<stagewright::NodeRef> &nodes);
    /// Compare the image that a stage starts from with its siblings.
    void comparisonWanted(stagewright::StageId stage);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void render();
    void openFixes(int index, const QString &link);
    [[nodiscard]] QRect linkRect(const QString &link) const;
    [[nodiscard]] QString html(const Diagnostic &finding) const;
    [[nodiscard]] QString chainHtml() const;
    [[nodiscard]] QString facts(const Diagnostic &finding) const;
    [[nodiscard]] QString heading(const QString &words) const;
    [[nodiscard]] QString link(const QString &fragment, const QString &words) const;

    const Theme &m_theme;
    QPointer<DocumentSession> m_session;
    std::optional<Diagnostic> m_finding;
    std::optional<ShellChain> m_chain;
    QTextBrowser *m_text;
    bool m_revealing = false; ///< A step of the chain is being shown: other views follow, this one stays.
};

} // namespace stagewright
