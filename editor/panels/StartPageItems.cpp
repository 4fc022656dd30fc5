// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/StartPageItems.h"

#include "lint/Linter.h"
#include "theme/Style.h"
#include "theme/Theme.h"

#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace stagewright {

namespace {

QString withHome(const QString &path)
{
    const QString home = QDir::homePath();
    return path.startsWith(home + QLatin1Char('/')) ? QLatin1Char('~') + path.mid(home.size()) : path;
}

QString whenOpened(const QDateTime &time)
{
    if (!time.isValid()) {
        return {};
    }
    const QDateTime now = QDateTime::currentDateTime();
    const qint64 minutes = time.secsTo(now) / 60;
    const qint64 days = time.date().daysTo(now.date());
    if (minutes < 1) {
        return RecentItem::tr("just now");
    }
    if (minutes < 60) {
        return RecentItem::tr("%1 min ago").arg(minutes);
    }
    if (days <= 0) {
        return QLocale().toString(time.time(), QLocale::ShortFormat);
    }
    if (days == 1) {
        return RecentItem::tr("yesterday");
    }
    return days < 7 ? QLocale().toString(time.date(), QStringLiteral("ddd"))
                    : QLocale().toString(time.date(), QStringLiteral("d MMM"));
}

/// The image a stage stands on in the end, through other stages.
std::string rootImage(const BuildGraph &graph, StageId id)
{
    for (std::size_t steps = 0; id != StageId::None && steps <= graph.stages().size(); ++steps) {
        const StageBase &base = graph.stage(id).base;
        if (base.kind == BaseKind::Scratch) {
            return "scratch";
        }
        if (base.kind != BaseKind::Stage) {
            return base.reference;
        }
        id = base.stage;
    }
    return {};
}

QString factsOf(const Snapshot &snapshot, const Catalog &catalog)
{
    const BuildGraph &graph = snapshot.graph();
    const auto stages = graph.stages().size();
    QStringList parts{stages == 1 ? TemplateCard::tr("1 stage") : TemplateCard::tr("%1 stages").arg(stages)};
    if (graph.target() != StageId::None) {
        const auto facts = catalog.lookup(rootImage(graph, graph.target()));
        if (facts && facts->hasShell == Known::No) {
            parts << TemplateCard::tr("no shell");
        }
    }
    return parts.join(QStringLiteral(", "));
}

/// Errors and warnings at the right end of @p line, which gets shorter by them; a tick when there are none.
void paintCounts(QPainter &painter, const Theme &theme, int errors, int warnings, QRect &line)
{
    const Tokens &t = theme.tokens();
    const qreal dpr = painter.device()->devicePixelRatioF();
    const auto put = [&](const char *icon, const QColor &colour, const QString &number) {
        painter.setPen(colour);
        if (!number.isEmpty()) {
            painter.drawText(line, Qt::AlignVCenter | Qt::AlignRight, number);
            line.setRight(line.right() - painter.fontMetrics().horizontalAdvance(number) - 2);
        }
        painter.drawPixmap(line.right() - 12, line.center().y() - 6,
                           theme.pixmap(QString::fromLatin1(icon), colour, 13, dpr));
        line.setRight(line.right() - 20);
    };
    if (errors == 0 && warnings == 0) {
        put("check", t.ok, {});
        return;
    }
    if (warnings > 0) {
        put("triangle-alert", t.warn, QString::number(warnings));
    }
    if (errors > 0) {
        put("circle-x", t.error, QString::number(errors));
    }
}

bool showsFocus(const QWidget *widget)
{
    return widget->hasFocus() && widget->window()->testAttribute(Qt::WA_KeyboardFocusChange);
}

} // namespace

TemplateCard::TemplateCard(const Theme &theme, const Linter &linter, const Template &item, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_language(item.language)
    , m_broken(item.broken)
{
    if (auto text = SourceText::fromBytes(item.text)) {
        const SnapshotPtr snapshot = Snapshot::make(std::move(*text));
        m_picture = GraphThumbnail(*snapshot);
        m_facts = factsOf(*snapshot, linter.catalog());
        if (m_broken) {
            for (const Diagnostic &diagnostic : linter.check(*snapshot)) {
                m_errors += diagnostic.severity == Severity::Error ? 1 : 0;
                m_warnings += diagnostic.severity == Severity::Warning ? 1 : 0;
            }
        }
    }
    setText(item.title);
    setToolTip(item.description);
    setAccessibleName(item.title);
    setAccessibleDescription(m_facts + QStringLiteral(". ") + item.description);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void TemplateCard::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF r = rect();
    constexpr double footer = 54;
    QPainterPath shape;
    shape.addRoundedRect(r.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    painter.save();
    painter.setClipPath(shape);
    painter.fillRect(r, underMouse() ? t.raised : t.card);
    m_picture.paint(painter, QRectF(0, 0, r.width(), r.height() - footer), t);
    painter.fillRect(QRectF(0, r.height() - footer, r.width(), 1), t.border);
    painter.restore();

    const QRect title(14, static_cast<int>(r.height() - footer) + 9, width() - 28, 18);
    painter.setFont(m_theme.uiFont(12.5, QFont::DemiBold));
    painter.setPen(t.text);
    painter.drawText(title, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, title.width()));
    QRect facts = title.translated(0, 19);
    painter.setFont(m_theme.uiFont(12));
    painter.setPen(t.text2);
    painter.drawText(facts, Qt::AlignVCenter | Qt::AlignLeft, m_facts);
    if (m_broken) {
        paintCounts(painter, m_theme, m_errors, m_warnings, facts);
    }
    const bool active = underMouse() || isDown() || showsFocus(this);
    strokeRounded(&painter, r, 8, active ? t.accent : t.border2, QColor(), active ? 1.6 : 1);
    if (showsFocus(this)) {
        strokeFocus(&painter, r, 8, t.accent);
    }
}

RecentItem::RecentItem(const Theme &theme, const RecentFile &file, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_file(file)
    , m_missing(!QFileInfo::exists(file.path))
{
    const QFileInfo info(file.path);
    // The folder tells more than the name, when the name is the one that all have.
    const bool plain = info.fileName().compare(QLatin1StringView("Dockerfile"), Qt::CaseInsensitive) == 0;
    setText(plain && !info.dir().dirName().isEmpty() ? info.dir().dirName() : info.fileName());
    setToolTip(m_missing ? tr("%1 is not there any more").arg(file.path) : file.path);
    setAccessibleName(text());
    setAccessibleDescription(file.path);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void RecentItem::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    if (underMouse() || isDown()) {
        strokeRounded(&painter, rect(), 6, QColor(), t.hover);
    }
    painter.drawPixmap(8, (height() - 16) / 2,
                       m_theme.pixmap(QStringLiteral("file-code-2"), t.text2, 16, devicePixelRatioF()));
    QRect first(34, 5, width() - 42, 18);
    painter.setFont(m_theme.uiFont(12));
    painter.setPen(t.text2);
    const QString when = m_missing ? tr("missing") : whenOpened(m_file.opened);
    painter.drawText(first, Qt::AlignVCenter | Qt::AlignRight, when);
    first.setRight(first.right() - painter.fontMetrics().horizontalAdvance(when) - 8);
    painter.setFont(m_theme.uiFont(12.5, QFont::Medium));
    painter.setPen(m_missing ? t.text3 : t.text);
    painter.drawText(first, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, first.width()));
    QRect second(34, 23, width() - 42, 17);
    painter.setFont(m_theme.uiFont(11.5));
    paintCounts(painter, m_theme, m_file.errors, m_file.warnings, second);
    painter.setPen(t.text3);
    painter.drawText(second, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(withHome(m_file.path), Qt::ElideMiddle, second.width() - 4));
    if (showsFocus(this)) {
        strokeFocus(&painter, rect(), 6, t.accent);
    }
}

StartButton::StartButton(const Theme &theme, const QString &icon, const QString &text, const QString &shortcut,
                         bool primary, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_icon(icon)
    , m_shortcut(shortcut)
    , m_primary(primary)
{
    setText(text);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void StartButton::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    const bool hover = underMouse() || isDown();
    const QColor colour = m_primary ? t.onAccent : t.text;
    if (m_primary) {
        strokeRounded(&painter, rect(), 6, QColor(), hover ? t.accentFill.darker(112) : t.accentFill);
    } else {
        strokeRounded(&painter, rect(), 6, t.border2, hover ? t.hover : t.raised);
    }
    painter.drawPixmap(13, (height() - 16) / 2,
                       m_theme.pixmap(m_icon, m_primary ? t.onAccent : t.text2, 16, devicePixelRatioF()));
    painter.setPen(colour);
    painter.setFont(m_theme.uiFont(12.5, QFont::DemiBold));
    painter.drawText(rect().adjusted(38, 0, -12, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
    painter.setFont(m_theme.uiFont(11));
    painter.setPen(m_primary ? t.onAccent : t.text2);
    painter.drawText(rect().adjusted(38, 0, -13, 0), Qt::AlignVCenter | Qt::AlignRight, m_shortcut);
    if (showsFocus(this)) {
        strokeFocus(&painter, rect(), 6, t.accent);
    }
}

FilterPill::FilterPill(const Theme &theme, const QString &text, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    setText(text);
    setCheckable(true);
    setAutoExclusive(true);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize FilterPill::sizeHint() const
{
    return {QFontMetrics(m_theme.uiFont(12, QFont::Medium)).horizontalAdvance(text()) + 22, 22};
}

void FilterPill::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    const double radius = height() / 2.0;
    if (isChecked()) {
        strokeRounded(&painter, rect(), radius, QColor(), t.accentTint);
    } else {
        strokeRounded(&painter, rect(), radius, t.border2, underMouse() ? t.hover : QColor());
    }
    painter.setFont(m_theme.uiFont(12, isChecked() ? QFont::Medium : QFont::Normal));
    painter.setPen(isChecked() ? t.text : t.text2);
    painter.drawText(rect(), Qt::AlignCenter, text());
    if (showsFocus(this)) {
        strokeFocus(&painter, rect(), radius, t.accent);
    }
}

} // namespace stagewright
