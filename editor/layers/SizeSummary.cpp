// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "layers/SizeSummary.h"

#include "theme/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QTextDocument>
#include <QVBoxLayout>

#include <cstdlib>

namespace stagewright {

namespace {

QLabel *addLabel(QBoxLayout *box, const char *name)
{
    auto *label = new QLabel;
    label->setObjectName(QString::fromLatin1(name));
    label->setWordWrap(true);
    label->setTextFormat(Qt::RichText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setFocusPolicy(Qt::NoFocus);
    box->addWidget(label);
    return label;
}

QString plain(const QLabel *label)
{
    QTextDocument document;
    document.setHtml(label->text());
    return document.toPlainText();
}

void colour(QLabel *label, const QColor &text)
{
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, text);
    label->setPalette(palette);
}

} // namespace

SizeSummary::SizeSummary(const Theme &theme, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    auto *content = new QWidget;
    auto *box = new QVBoxLayout(content);
    box->setContentsMargins(14, 14, 14, 12);
    box->setSpacing(8);
    m_caption = addLabel(box, "sizeCaption");
    m_headline = addLabel(box, "sizeHeadline");
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    m_badge = addLabel(row, "sizeBadge");
    m_badge->setWordWrap(false);
    m_badge->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_behind = addLabel(row, "sizeBehind");
    row->setStretch(1, 1);
    box->addLayout(row);
    m_insight = addLabel(box, "sizeInsight");
    m_outdated = addLabel(box, "sizeOutdated");
    box->addStretch(1);
    setWidget(content);
    connect(&theme, &Theme::changed, this, &SizeSummary::applyTheme);
    applyTheme();
}

void SizeSummary::applyTheme()
{
    const Tokens &t = m_theme.tokens();
    QPalette palette = this->palette();
    palette.setColor(QPalette::Window, t.dock);
    setPalette(palette);
    viewport()->setPalette(palette);
    widget()->setAutoFillBackground(true);
    widget()->setPalette(palette);
    m_caption->setFont(m_theme.uiFont(12));
    m_headline->setFont(m_theme.uiFont(19, QFont::DemiBold));
    m_badge->setFont(m_theme.uiFont(12, QFont::DemiBold));
    m_behind->setFont(m_theme.uiFont(12));
    m_insight->setFont(m_theme.uiFont(12.5));
    m_outdated->setFont(m_theme.uiFont(12));
    colour(m_caption, t.text2);
    colour(m_headline, t.text);
    colour(m_behind, t.text2);
    colour(m_insight, t.text2);
    colour(m_outdated, t.warn);
    paintBadge();
}

void SizeSummary::paintBadge()
{
    const Tokens &t = m_theme.tokens();
    QPalette palette = m_badge->palette();
    palette.setColor(QPalette::Window, m_smaller ? t.ok : t.warn);
    palette.setColor(QPalette::WindowText, t.onRole);
    m_badge->setAutoFillBackground(true);
    m_badge->setPalette(palette);
    m_badge->setContentsMargins(7, 2, 7, 2);
}

void SizeSummary::showSizes(const DocumentSizes &sizes, const Snapshot &now, const std::optional<WasteFacts> &waste)
{
    const SizeComparison comparison = compareWithBuilder(sizes, now);
    const StageWeight *target = sizes.target();
    if (!target)
        return;
    const QString code
        = QStringLiteral("<span style=\"font-family:'%1'; font-size:%2px\">").arg(m_theme.monoFont().family()).arg(12);
    const bool compared = comparison.builder != nullptr;
    const auto weight = [](const QString &name, std::uint64_t bytes) {
        return name.toHtmlEscaped() + QStringLiteral("&nbsp;")
            + sizeText(bytes).replace(u' ', QStringLiteral("&nbsp;"));
    };
    if (compared) {
        const int percent = comparison.percent();
        m_smaller = percent <= 0;
        m_caption->setText(tr("Final image compared with its builder"));
        m_headline->setText(weight(comparison.builder->name, comparison.builder->total) + QStringLiteral(" → ")
                            + weight(tr("final"), target->total));
        m_badge->setText(QStringLiteral("%1%2 %")
                             .arg(percent < 0       ? QStringLiteral("−")
                                      : percent > 0 ? QStringLiteral("+")
                                                    : QString())
                             .arg(std::abs(percent)));
        m_behind->setText(tr("%1 stay behind in %2")
                              .arg(sizeText(comparison.staysBehind()), comparison.builder->name.toHtmlEscaped()));
    } else {
        m_caption->setText(tr("Final image"));
        m_headline->setText(weight(target->name, target->total));
        m_behind->setText(tr("%1 from %2, %3 added by this file")
                              .arg(sizeText(target->base),
                                   target->onStage ? tr("the base image") : target->baseName.toHtmlEscaped(),
                                   sizeText(target->total - target->base)));
    }
    m_badge->setVisible(compared);
    paintBadge();
    QString insight = sizeInsight(sizes, now, waste);
    insight.replace(QStringLiteral("<code>"), code).replace(QStringLiteral("</code>"), QStringLiteral("</span>"));
    m_insight->setText(insight);
    m_outdated->setText(tr("Measured before the last changes. Build again for exact bytes."));
    m_outdated->setVisible(sizes.isOutdated());
}

QString SizeSummary::headline() const
{
    return plain(m_headline);
}

QString SizeSummary::badge() const
{
    return m_badge->isVisibleTo(this) ? m_badge->text() : QString();
}

QString SizeSummary::behind() const
{
    return plain(m_behind);
}

QString SizeSummary::insight() const
{
    return plain(m_insight);
}

} // namespace stagewright
