// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "building/FailureNote.h"

#include "building/BuildController.h"
#include "building/BuildText.h"
#include "panels/FixPopup.h"
#include "session/DocumentSession.h"
#include "theme/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace stagewright {

namespace {

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

const Diagnostic *findingAt(const DocumentSession &session, InstructionId here, std::string_view rule)
{
    const auto &all = session.diagnostics();
    const auto found = std::ranges::find_if(
        all, [&](const Diagnostic &one) { return one.instruction == here && one.ruleId == rule; });
    return found == all.end() || rule.empty() ? nullptr : &*found;
}

} // namespace

FailureNote::FailureNote(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_title(new QLabel)
    , m_said(new QLabel)
    , m_text(new QLabel)
    , m_fix(new QPushButton(tr("Fix…")))
    , m_goTo(new QPushButton(tr("Go to the line")))
{
    setObjectName(QStringLiteral("failureNote"));
    setAutoFillBackground(true);
    for (QLabel *words : {m_said, m_text}) {
        words->setWordWrap(true);
        words->setTextFormat(Qt::PlainText);
        words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
    m_title->setWordWrap(true);
    m_fix->setObjectName(QStringLiteral("failureFix"));
    for (QPushButton *button : {m_fix, m_goTo}) {
        button->setProperty("small", true);
        button->setAutoDefault(false);
    }
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_title, 1);
    head->addWidget(m_fix);
    head->addWidget(m_goTo);
    auto *box = new QVBoxLayout(this);
    box->setContentsMargins(14, 7, 10, 8);
    box->setSpacing(4);
    box->addLayout(head);
    box->addWidget(m_said);
    box->addWidget(m_text);
    connect(m_fix, &QPushButton::clicked, this, &FailureNote::openFixes);
    connect(m_goTo, &QPushButton::clicked, this, [this] {
        const InstructionId here = m_builds->now(m_built);
        if (here != InstructionId::None) {
            DocumentSession &session = m_builds->session();
            session.reveal(session.snapshot()->tree().instruction(here).range, this);
        }
    });
    connect(&theme, &Theme::changed, this, &FailureNote::applyTheme);
    applyTheme();
    hide();
}

void FailureNote::applyTheme()
{
    const Tokens &t = m_theme.tokens();
    QPalette colours = palette();
    colours.setColor(QPalette::Window, t.errorTint);
    colours.setColor(QPalette::WindowText, t.text);
    setPalette(colours);
    m_title->setFont(m_theme.uiFont(12.5, QFont::DemiBold));
    m_said->setFont(m_theme.monoFont(12));
    m_text->setFont(m_theme.uiFont(12.5));
}

void FailureNote::show(const BuildController &builds, const engine::BuildFailure &failure)
{
    m_builds = &builds;
    m_built = failure.place.instruction;
    m_blamed = m_built;
    m_rule.clear();
    const InstructionId here = builds.now(m_built);
    QStringList lines;
    if (failure.explanation) {
        m_title->setText(toText(failure.explanation->title));
        m_said->setText(essenceOf(failure.explanation->message));
        lines << toText(failure.explanation->meaning) + QLatin1Char(' ') + toText(failure.explanation->remedy);
    } else {
        m_title->setText(tr("The engine stopped here"));
        m_said->setText(essenceOf(failure.message));
    }
    if (failure.predicted) {
        const auto &findings = builds.findings();
        if (*failure.predicted < findings.size()) {
            const Diagnostic &finding = findings[*failure.predicted];
            m_rule = finding.ruleId;
            m_blamed = finding.instruction;
            const InstructionId blamed = builds.now(m_blamed);
            const QString rule = m_blamed == m_built || blamed == InstructionId::None
                ? toText(finding.ruleId)
                : tr("%1, in line %2,")
                      .arg(toText(finding.ruleId))
                      .arg(builds.session().snapshot()->tree().instruction(blamed).firstLine);
            lines.prepend(tr("%1 said so before the build: %2").arg(rule, toText(finding.title)));
        }
    }
    if (builds.hadEmptyContext() && toText(failure.message).contains(QLatin1StringView("not found")))
        lines << tr("The document is not saved, so the build had an empty folder as its context. Save it, or choose a "
                    "folder under Build options.");
    m_text->setText(lines.join(QLatin1Char('\n')));
    const Diagnostic *finding = findingAt(builds.session(), builds.now(m_blamed), m_rule);
    m_said->setVisible(!m_said->text().isEmpty());
    m_text->setVisible(!lines.isEmpty());
    m_fix->setVisible(finding && finding->fixable);
    m_goTo->setVisible(here != InstructionId::None);
    setAccessibleName(m_title->text());
    setAccessibleDescription(m_said->text() + QLatin1Char('\n') + m_text->text());
    QFrame::show();
}

QString FailureNote::text() const
{
    return m_title->text() + QLatin1Char('\n') + m_said->text() + QLatin1Char('\n') + m_text->text();
}

void FailureNote::openFixes()
{
    DocumentSession &session = m_builds->session();
    const Diagnostic *finding = findingAt(session, m_builds->now(m_blamed), m_rule);
    if (!finding)
        return;
    const Diagnostic copy = *finding; // a fix checks anew
    FixPopup::open(session, m_theme, copy, QRect(m_fix->mapToGlobal(QPoint(0, 0)), m_fix->size()), window());
}

} // namespace stagewright
