// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/GraphOverlays.h"

#include "theme/Theme.h"

#include <QHBoxLayout>
#include <QPainter>

#include <array>
#include <cmath>

namespace stagewright {

namespace {

constexpr int buttonSide = 28;
constexpr int percentWidth = 58;

void paintPanel(QPainter &painter, const QRect &rect, const Tokens &t)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(t.border2, 1));
    painter.setBrush(t.raised);
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7);
}

} // namespace

ZoomControl::ZoomControl(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("zoomControl"));
    setFixedSize(3 * buttonSide + percentWidth + 2, 30);
    setCursor(Qt::ArrowCursor);
    connect(addButton(QStringLiteral("minus"), tr("Zoom out"), 1), &QToolButton::clicked, this,
            &ZoomControl::zoomOutRequested);
    m_percent = addButton(QString(), tr("Zoom to 100 %"), 1 + buttonSide);
    m_percent->setFixedWidth(percentWidth);
    connect(m_percent, &QToolButton::clicked, this, &ZoomControl::resetRequested);
    connect(addButton(QStringLiteral("plus"), tr("Zoom in"), 1 + buttonSide + percentWidth), &QToolButton::clicked,
            this, &ZoomControl::zoomInRequested);
    connect(addButton(QStringLiteral("maximize"), tr("Fit the whole graph"), 1 + 2 * buttonSide + percentWidth),
            &QToolButton::clicked, this, &ZoomControl::fitRequested);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    setZoom(1);
}

QToolButton *ZoomControl::addButton(const QString &icon, const QString &name, int x)
{
    auto *button = new QToolButton(this);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::NoFocus); // the graph's own keys do the same
    button->setFixedSize(buttonSide, 28);
    button->move(x, 1);
    if (!icon.isEmpty())
        button->setIcon(m_theme.icon(icon));
    button->setIconSize({14, 14});
    button->setToolTip(name);
    button->setAccessibleName(name);
    return button;
}

void ZoomControl::setZoom(double zoom)
{
    m_percent->setFont(m_theme.uiFont(12));
    m_percent->setText(tr("%1 %").arg(std::lround(zoom * 100)));
}

void ZoomControl::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintPanel(painter, rect(), m_theme.tokens());
    painter.setPen(m_theme.tokens().border);
    painter.drawLine(2 * buttonSide + percentWidth, 5, 2 * buttonSide + percentWidth, 24);
}

GraphLegend::GraphLegend(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

namespace {

struct LegendEntry
{
    const char *words;
    double width;
    double on, off;
    bool role;
    bool dots;
};

constexpr std::array<LegendEntry, 4> legendEntries{{
    {QT_TRANSLATE_NOOP("stagewright::GraphLegend", "FROM"), 2, 0, 0, false, false},
    {QT_TRANSLATE_NOOP("stagewright::GraphLegend", "COPY --from"), 2, 7, 4, true, false},
    {QT_TRANSLATE_NOOP("stagewright::GraphLegend", "COPY from context"), 1.6, 5, 4, false, false},
    {QT_TRANSLATE_NOOP("stagewright::GraphLegend", "RUN --mount"), 2.6, 0.01, 5, false, true},
}};
constexpr int legendLine = 26;
constexpr int legendGap = 20;

} // namespace

QSize GraphLegend::sizeHint() const
{
    const QFontMetricsF metrics(m_theme.uiFont(11));
    double width = 0;
    for (const LegendEntry &entry : legendEntries)
        width += legendLine + 7 + metrics.horizontalAdvance(tr(entry.words)) + legendGap;
    return {static_cast<int>(width), 22};
}

void GraphLegend::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor ground = t.canvas;
    ground.setAlphaF(0.85f); // readable where cards lie below it
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(rect(), 6, 6);
    const QFont font = m_theme.uiFont(11);
    const QFontMetricsF metrics(font);
    painter.setFont(font);
    double x = 8;
    const double middle = height() / 2.0;
    for (const LegendEntry &entry : legendEntries) {
        QPen pen(entry.role ? t.builderLine : t.edge, entry.width);
        pen.setCapStyle(entry.dots ? Qt::RoundCap : Qt::FlatCap);
        if (entry.on > 0)
            pen.setDashPattern({entry.on / entry.width, entry.off / entry.width});
        painter.setPen(pen);
        painter.drawLine(QPointF(x, middle), QPointF(x + legendLine, middle));
        painter.setPen(t.text2);
        const QString words = tr(entry.words);
        painter.drawText(QPointF(x + legendLine + 7, middle + (metrics.ascent() - metrics.descent()) / 2), words);
        x += legendLine + 7 + metrics.horizontalAdvance(words) + legendGap;
    }
}

EmptyHint::EmptyHint(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void EmptyHint::setHasText(bool hasText)
{
    if (hasText == m_hasText)
        return;
    m_hasText = hasText;
    update();
}

void EmptyHint::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen(t.border2, 1.3);
    pen.setDashPattern({4, 3});
    painter.setPen(pen);
    painter.setBrush(t.card);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 9, 9);
    painter.drawPixmap(width() / 2 - 14, 20,
                       m_theme.pixmap(QStringLiteral("workflow"), t.accent, 28, devicePixelRatioF()));
    painter.setFont(m_theme.uiFont(15, QFont::DemiBold));
    painter.setPen(t.text);
    painter.drawText(QRect(16, 58, width() - 32, 24), Qt::AlignCenter,
                     m_hasText ? tr("No build stage yet") : tr("An empty Dockerfile"));
    painter.setFont(m_theme.uiFont(12));
    painter.setPen(t.text2);
    painter.drawText(
        QRect(16, 84, width() - 32, 46), Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap,
        tr("Add a stage (Shift+A or double-click), drop a base image from the palette, or type FROM in the text."));
}

} // namespace stagewright
