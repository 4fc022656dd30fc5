// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/PillButton.h"

#include <QPainter>

namespace stagewright {

PillButton::PillButton(const Theme &theme, const QString &text, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    setText(text);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, &QWidget::updateGeometry);
}

void PillButton::setSign(const QString &icon, QColor Tokens::*colour)
{
    m_sign = icon;
    m_signColour = colour;
    updateGeometry();
}

QSize PillButton::sizeHint() const
{
    return {QFontMetrics(m_theme.uiFont(12)).horizontalAdvance(text()) + (m_sign.isEmpty() ? 24 : 39), 24};
}

void PillButton::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(1, 1.5, -1, -1.5);
    painter.setPen(hasFocus() ? QPen(t.accent, 1.5) : QPen(isChecked() ? QColor(Qt::transparent) : t.border2, 1));
    painter.setBrush(isChecked() ? (underMouse() ? t.accentSel : t.accentTint)
                                 : (underMouse() ? t.hover : QColor(Qt::transparent)));
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2);
    painter.setFont(m_theme.uiFont(12));
    if (m_sign.isEmpty()) {
        painter.setPen(isEnabled() ? t.text : t.text3);
        painter.drawText(box, Qt::AlignCenter, text());
        return;
    }
    // Off means here that something is hidden
    painter.drawPixmap(QPointF(10, box.center().y() - 6.5),
                       m_theme.pixmap(m_sign, isChecked() ? t.*m_signColour : t.text3, 13, devicePixelRatioF()));
    painter.setPen(isChecked() ? t.text : t.text3);
    painter.drawText(box.adjusted(27, 0, -8, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
}

} // namespace stagewright
