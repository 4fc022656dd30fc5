// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/ExplainPanel.h"

#include "catalog/Catalog.h"
#include "lint/Linter.h"
#include "session/DocumentSession.h"
#include "theme/Theme.h"

#include <QRegularExpression>
#include <QScrollBar>
#include <QTextBrowser>
#include <QVBoxLayout>

#include <vector>

namespace stagewright {

namespace {

QString text(std::string_view words)
{
    return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

/// Paragraphs as HTML; indented ones are code, and so are words that look like it.
QString paragraphs(const QString &plain, const Theme &theme)
{
    static const QRegularExpression code(
        QStringLiteral("(?<![\\w/-])((?:/[\\w.+-]+)+/?|--[\\w-]+(?:=[\\w./"
                       ":$-]+)?|\\b(?:FROM|RUN|COPY|ADD|CMD|ENTRYPOINT|HEALTHCHECK|SHELL|WORKDIR|USER|ENV|ARG|LABEL|"
                       "EXPOSE|VOLUME|ONBUILD|SIGTERM)\\b)"));
    const QString mono = theme.monoFont().family();
    QString html;
    for (const QString &part : plain.split(QStringLiteral("\n\n"), Qt::SkipEmptyParts)) {
        QString words = part.toHtmlEscaped();
        if (part.startsWith(QStringLiteral("    "))) {
            html += QStringLiteral(
                        "<p style='font-family:\"%1\"; font-size:11.5px; color:%2; margin:4px 0 10px 10px'>%3</p>")
                        .arg(mono, theme.tokens().text.name(), words.trimmed().replace(u'\n', QStringLiteral("<br>")));
            continue;
        }
        words.replace(code,
                      QStringLiteral("<span style='font-family:\"%1\"; font-size:12px; color:%2'>\\1</span>")
                          .arg(mono, theme.tokens().text.name()));
        html += QStringLiteral("<p style='margin:0 0 8px 0'>%1</p>").arg(words.replace(u'\n', u' '));
    }
    return html;
}

} // namespace

ExplainPanel::ExplainPanel(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_text(new QTextBrowser(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setOpenLinks(false);
    m_text->setAccessibleName(tr("Explanation"));
    m_text->document()->setDocumentMargin(14);
    layout->addWidget(m_text);
    connect(m_text, &QTextBrowser::anchorClicked, this, [this](const QUrl &link) {
        if (!m_session || !m_finding)
            return;
        const std::vector<Fix> fixes = m_session->fixesFor(*m_finding);
        const auto index = static_cast<std::size_t>(link.fragment().toInt());
        if (index < fixes.size())
            m_session->push(fixes[index].transaction, Origin::Fix);
    });
    connect(&theme, &Theme::changed, this, &ExplainPanel::render);
    render();
}

void ExplainPanel::show(DocumentSession *session, const std::optional<Diagnostic> &finding)
{
    m_session = session;
    m_finding = finding;
    render();
}

QString ExplainPanel::plainText() const
{
    return m_text->toPlainText();
}

void ExplainPanel::render()
{
    const Tokens &t = m_theme.tokens();
    m_text->setFont(m_theme.uiFont(12.5));
    m_text->setStyleSheet(
        QStringLiteral("QTextBrowser { background: %1; color: %2; border: none; }").arg(t.dock.name(), t.text2.name()));
    m_text->document()->setDefaultStyleSheet(
        QStringLiteral("a { color: %1; text-decoration: none; }").arg(t.accent.name()));
    if (!m_finding || !m_session) {
        m_text->setHtml(
            QStringLiteral("<p style='color:%1'>%2</p>")
                .arg(t.text3.name(),
                     tr("Choose a problem to read what happens, why, and how to mend it.").toHtmlEscaped()));
        Q_EMIT titleChanged(tr("Explain"));
        return;
    }
    const int scroll = m_text->verticalScrollBar()->value();
    m_text->setHtml(html(*m_finding));
    m_text->verticalScrollBar()->setValue(scroll);
    Q_EMIT titleChanged(m_finding->line > 0 ? tr("Explain line %1").arg(m_finding->line) : tr("Explain"));
}

QString ExplainPanel::html(const Diagnostic &finding) const
{
    const Tokens &t = m_theme.tokens();
    const QColor colour = finding.severity == Severity::Error ? t.error
        : finding.severity == Severity::Warning               ? t.warn
                                                              : t.accent;
    const auto heading = [&t](const QString &words) {
        return QStringLiteral("<p style='font-weight:600; color:%1; margin:12px 0 4px 0'>%2</p>")
            .arg(t.text.name(), words.toHtmlEscaped());
    };
    QString page = QStringLiteral("<p style='font-weight:600; font-size:13px; color:%1; margin:0 0 6px 0'>%2</p>")
                       .arg(colour.name(), text(finding.title).toHtmlEscaped());
    page += paragraphs(text(finding.message), m_theme);
    page += facts(finding);
    page += heading(tr("Why")) + paragraphs(text(finding.why), m_theme);
    page += heading(tr("How to fix it")) + paragraphs(text(finding.how), m_theme);
    const std::vector<Fix> fixes = finding.fixable ? m_session->fixesFor(finding) : std::vector<Fix>();
    if (!fixes.empty() && !m_session->isReadOnly()) {
        page += heading(tr("Quick fixes"));
        for (std::size_t i = 0; i < fixes.size(); ++i) {
            page += QStringLiteral("<p style='margin:0 0 6px 0'><a href='#%1'>%2</a>")
                        .arg(i)
                        .arg(text(fixes[i].title).toHtmlEscaped());
            if (!fixes[i].detail.empty())
                page += QStringLiteral("<br><span style='color:%1; font-size:11.5px'>%2</span>")
                            .arg(t.text3.name(), text(fixes[i].detail).toHtmlEscaped());
            page += QStringLiteral("</p>");
        }
    }
    page += QStringLiteral("<p style='color:%1; font-size:11px; margin:12px 0 0 0'>%2</p>")
                .arg(t.text3.name(), text(finding.ruleId).toHtmlEscaped());
    return page;
}

/// What is known about the image that the finding's stage starts from.
QString ExplainPanel::facts(const Diagnostic &finding) const
{
    const BuildGraph &graph = m_session->snapshot()->graph();
    if (finding.source != DiagnosticSource::Stagewright || finding.stage == StageId::None
        || indexOf(finding.stage) >= graph.stages().size())
        return {};
    StageId stage = finding.stage;
    for (std::size_t steps = 0; graph.stage(stage).base.kind == BaseKind::Stage && steps < graph.stages().size();
         ++steps)
        stage = graph.stage(stage).base.stage;
    const StageBase &base = graph.stage(stage).base;
    const bool scratch = base.kind == BaseKind::Scratch;
    const auto known = m_session->linter().catalog().lookup(scratch ? std::string("scratch") : base.reference);
    if (!known)
        return {};
    const Tokens &t = m_theme.tokens();
    QString rows;
    const auto row = [&](const QString &name, const QString &value, const QColor &colour) {
        if (!value.isEmpty())
            rows += QStringLiteral("<tr><td align='right' style='color:%1; padding:2px 12px 2px 0'>%2</td><td "
                                   "style='color:%3; padding:2px 0'>%4</td></tr>")
                        .arg(t.text3.name(), name.toHtmlEscaped(), colour.name(), value.toHtmlEscaped());
    };
    row(tr("Image"), scratch ? tr("scratch (empty)") : text(base.resolved), t.text);
    row(tr("Shell"), known->hasShell == Known::No ? tr("none") : text(known->shell),
        known->hasShell == Known::No ? t.error : t.text);
    row(tr("libc"), text(known->libc), t.text);
    row(tr("User"), text(known->user), t.text);
    return QStringLiteral("<table cellspacing='0' style='margin:4px 0 4px 0'>%1</table>").arg(rows);
}

} // namespace stagewright
