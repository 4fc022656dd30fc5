// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/FilterChip.h"

#include "text/FindingTip.h"
#include "theme/Theme.h"

#include <QPainter>

namespace stagewright {

FilterChip::FilterChip(const Theme &theme, Severity severity, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_severity(severity)
{
    setCheckable(true);
    setChecked(true);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setToolTip(tr("Show or hide these"));
    connect(&theme, &Theme::changed, this, &QWidget::updateGeometry);
}

QSize FilterChip::sizeHint() const
{
    return {QFontMetrics(m_theme.uiFont(12)).horizontalAdvance(text()) + 39, 24};
}

void FilterChip::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(1, 1.5, -1, -1.5);
    painter.setPen(hasFocus() ? QPen(t.accent, 1.5) : QPen(isChecked() ? QColor(Qt::transparent) : t.border2, 1));
    painter.setBrush(isChecked() ? (underMouse() ? t.accentSel : t.accentTint)
                                 : (underMouse() ? t.hover : QColor(Qt::transparent)));
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2);
    const QColor tone = isChecked() ? severityColour(m_severity, t) : t.text3;
    painter.drawPixmap(QPointF(10, box.center().y() - 6.5),
                       m_theme.pixmap(severityIcon(m_severity), tone, 13, devicePixelRatioF()));
    painter.setFont(m_theme.uiFont(12));
    painter.setPen(isChecked() ? t.text : t.text3);
    painter.drawText(box.adjusted(27, 0, -8, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
}

} // namespace stagewright
