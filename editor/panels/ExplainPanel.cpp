// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/ExplainPanel.h"

#include "catalog/Catalog.h"
#include "catalog/Siblings.h"
#include "lint/Linter.h"
#include "lint/ShellStates.h"
#include "panels/FixPopup.h"
#include "session/DocumentSession.h"
#include "text/FactRows.h"
#include "theme/Theme.h"

#include <QKeyEvent>
#include <QRegularExpression>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextBrowser>
#include <QUrl>
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
    m_text->installEventFilter(this);
    connect(m_text, &QTextBrowser::anchorClicked, this, [this](const QUrl &url) { follow(u'#' + url.fragment()); });
    connect(&theme, &Theme::changed, this, &ExplainPanel::render);
    render();
}

void ExplainPanel::show(DocumentSession *session, const std::optional<Diagnostic> &finding)
{
    if (m_revealing && m_chain && session == m_session) {
        m_finding = finding; // for when the chain ends: what stands in the line that it shows
        return;
    }
    const bool wasChain = m_chain.has_value();
    m_chain.reset();
    m_session = session;
    m_finding = finding;
    render();
    if (wasChain)
        Q_EMIT chainChanged({});
}

void ExplainPanel::showChain(DocumentSession &session, StageId stage)
{
    ShellChain chain = shellChain(*session.snapshot(), session.linter().catalog(), stage);
    if (chain.steps.empty())
        return;
    m_session = &session;
    m_chain = std::move(chain);
    render();
    m_text->verticalScrollBar()->setValue(0);
    std::vector<NodeRef> nodes;
    for (const ShellChainStep &step : m_chain->steps) {
        if (step.node.index >= 0)
            nodes.push_back(step.node);
    }
    Q_EMIT chainChanged(nodes);
}

void ExplainPanel::endChain()
{
    if (!m_chain)
        return;
    m_chain.reset();
    render();
    Q_EMIT chainChanged({});
}

void ExplainPanel::follow(const QString &fragment)
{
    if (!m_session)
        return;
    if (fragment == u"#back") {
        endChain();
    } else if (fragment.startsWith(u"#line-")) {
        const auto index = static_cast<std::size_t>(fragment.mid(6).toUInt());
        const Snapshot &snapshot = *m_session->snapshot();
        if (index < snapshot.tree().instructions().size()) {
            const QScopedValueRollback revealing(m_revealing, true);
            m_session->reveal(snapshot.tree().instructions()[index].range, this);
        }
    } else if (m_finding && fragment == u"#chain") {
        showChain(*m_session, m_finding->stage);
    } else if (m_finding && fragment == u"#compare") {
        Q_EMIT comparisonWanted(m_finding->stage);
    } else if (fragment.startsWith(u"#fix-")) {
        openFixes(fragment.mid(5).toInt(), fragment);
    }
}

/// A fix is seen before it is made: the popup shows its lines, and Enter or a click applies it.
void ExplainPanel::openFixes(int index, const QString &link)
{
    if (!m_finding)
        return;
    if (FixPopup *popup = FixPopup::open(*m_session, m_theme, *m_finding, linkRect(link), this))
        popup->setCurrent(index);
}

/// Where a link stands, in global coordinates.
QRect ExplainPanel::linkRect(const QString &link) const
{
    for (QTextBlock block = m_text->document()->begin(); block.isValid(); block = block.next()) {
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            if (it.fragment().charFormat().anchorHref() != link)
                continue;
            QTextCursor cursor(m_text->document());
            cursor.setPosition(it.fragment().position());
            const QRect at = m_text->cursorRect(cursor);
            return {m_text->viewport()->mapToGlobal(at.topLeft()), QSize(1, at.height())};
        }
    }
    return {m_text->mapToGlobal(QPoint(20, 20)), QSize(1, 1)};
}

bool ExplainPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (m_chain && event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        endChain();
        return true;
    }
    return QWidget::eventFilter(watched, event);
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
    if (m_chain && m_session) {
        m_text->setHtml(chainHtml());
        Q_EMIT titleChanged(tr("Explain the shell"));
        return;
    }
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

QString ExplainPanel::heading(const QString &words) const
{
    return QStringLiteral("<p style='font-weight:600; color:%1; margin:12px 0 4px 0'>%2</p>")
        .arg(m_theme.tokens().text.name(), words.toHtmlEscaped());
}

QString ExplainPanel::link(const QString &fragment, const QString &words) const
{
    return QStringLiteral("<a href='%1'>%2</a>").arg(fragment, words.toHtmlEscaped());
}

/// The steps from the stage back to its image, each with the line that leads on.
QString ExplainPanel::chainHtml() const
{
    const Tokens &t = m_theme.tokens();
    QString page = QStringLiteral("<p style='font-weight:600; font-size:13px; color:%1; margin:0 0 8px 0'>%2</p>")
                       .arg(t.text.name(), text(m_chain->question).toHtmlEscaped());
    for (std::size_t i = 0; i < m_chain->steps.size(); ++i) {
        const ShellChainStep &step = m_chain->steps[i];
        const bool last = i + 1 == m_chain->steps.size();
        const QString name = text(step.name);
        page += QStringLiteral("<p style='margin:0 0 2px 0; color:%1'><span style='color:%2'>%3</span> "
                               "<span style='font-weight:600'>%4</span></p>")
                    .arg(t.text.name(), t.text3.name(), i == 0 ? QString() : QStringLiteral("←"),
                         last ? name.toHtmlEscaped() : link(QStringLiteral("#line-%1").arg(indexOf(step.at)), name));
        page += paragraphs(text(step.text), m_theme);
        QStringList sources;
        for (const std::string &source : step.sources)
            sources << text(source);
        if (!sources.isEmpty())
            page += QStringLiteral("<p style='color:%1; font-size:11.5px; margin:0 0 8px 0'>%2</p>")
                        .arg(t.text3.name(), tr("Read in %1").arg(sources.join(QStringLiteral("; "))).toHtmlEscaped());
    }
    page += QStringLiteral("<p style='margin:8px 0 0 0'>%1</p>").arg(link(QStringLiteral("#back"), tr("Back (Esc)")));
    return page;
}

QString ExplainPanel::html(const Diagnostic &finding) const
{
    const Tokens &t = m_theme.tokens();
    const QColor colour = finding.severity == Severity::Error ? t.error
        : finding.severity == Severity::Warning               ? t.warn
                                                              : t.accent;
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
            page += QStringLiteral("<p style='margin:0 0 6px 0'>")
                + link(QStringLiteral("#fix-%1").arg(i), tr("%1…").arg(text(fixes[i].title)));
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
    for (const FactRow &fact : factRows(*known)) {
        if (fact.fact == Fact::Shell || fact.fact == Fact::Libc || fact.fact == Fact::User)
            row(fact.name, fact.value, fact.tone == FactRow::Tone::Bad ? t.error : t.text);
    }
    QString links;
    const auto more = [&](const QString &fragment, const QString &words) {
        links += QStringLiteral("<p style='margin:2px 0 0 0'>%1</p>").arg(link(fragment, words));
    };
    const ShellStates states = ShellStates::compute(*m_session->snapshot(), m_session->linter().catalog());
    const std::string_view shell = states.stage(finding.stage).shellAtEnd->program();
    if (!shell.empty() && states.hasProgramAtEnd(finding.stage, shell) == Known::No)
        more(QStringLiteral("#chain"), tr("Why is this stage shell-less?"));
    if (!siblingsOf(m_session->linter().catalog(), scratch ? std::string("scratch") : base.reference).images.empty())
        more(QStringLiteral("#compare"), tr("Compare the image with its siblings…"));
    return QStringLiteral("<table cellspacing='0' style='margin:4px 0 4px 0'>%1</table>%2").arg(rows, links);
}

} // namespace stagewright
