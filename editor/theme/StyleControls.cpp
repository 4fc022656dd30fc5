// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
// Buttons, inputs, check boxes, scroll bars.
#include "theme/Style.h"
#include "theme/Theme.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStyleOption>
#include <QTextEdit>

namespace stagewright {

namespace {

constexpr double controlRadius = 6;

bool showsFocus(const QStyleOption *option)
{
    return option->state.testFlag(QStyle::State_HasFocus) && option->state.testFlag(QStyle::State_KeyboardFocusChange);
}

bool isPrimary(const QWidget *widget, const QStyleOption *option)
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    return (widget && widget->property("primary").toBool())
        || (button && button->features.testFlag(QStyleOptionButton::DefaultButton));
}

} // namespace

void Style::drawButtonBevel(const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const Tokens &t = tokens();
    const bool enabled = option->state.testFlag(State_Enabled);
    const bool hover = enabled && option->state.testFlag(State_MouseOver);
    const bool down = option->state.testFlag(State_Sunken);
    const double radius = widget && widget->property("small").toBool() ? 5 : controlRadius;
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    if (button && button->features.testFlag(QStyleOptionButton::Flat)) {
        if (hover || down) {
            strokeRounded(painter, option->rect, radius, QColor(), t.hover);
        }
    } else if (isPrimary(widget, option)) {
        QColor fill = t.accentFill;
        if (!enabled) {
            fill = mixed(t.accentFill, t.dock, 0.45);
        } else if (hover || down) {
            fill = mixed(t.accentFill, QColor(Qt::black), down ? 0.78 : 0.88);
        }
        strokeRounded(painter, option->rect, radius, QColor(), fill);
    } else {
        const bool on = option->state.testFlag(State_On);
        const QColor fill = !enabled ? t.dock : on ? t.accentTint : (hover || down) ? t.hover : t.raised;
        strokeRounded(painter, option->rect, radius, on ? t.accent : enabled ? t.border2 : t.border, fill);
    }
    if (showsFocus(option)) {
        strokeFocus(painter, option->rect, radius, t.accent);
    }
}

void Style::drawButtonLabel(const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    if (!button) {
        return;
    }
    const Tokens &t = tokens();
    const bool enabled = option->state.testFlag(State_Enabled);
    const bool primary = isPrimary(widget, option);
    const bool link = widget && widget->property("link").toBool();
    const QColor colour = primary ? t.onAccent : !enabled ? t.edgeDim : link ? t.accent : t.text;
    painter->save();
    QFont font = painter->font();
    if (link) {
        font.setWeight(QFont::Medium);
    } else if (primary) {
        font.setWeight(QFont::DemiBold);
    }
    painter->setFont(font);
    painter->setPen(colour);
    const QFontMetrics metrics(font);
    QRect content = option->rect;
    const int iconSide = button->icon.isNull() ? 0 : button->iconSize.width();
    const int gap = iconSide > 0 && !button->text.isEmpty() ? 6 : 0;
    const int textWidth = metrics.size(Qt::TextShowMnemonic, button->text).width();
    int x = content.x() + (content.width() - iconSide - gap - textWidth) / 2;
    if (iconSide > 0) {
        const QRect icon(x, content.y() + (content.height() - iconSide) / 2, iconSide, iconSide);
        button->icon.paint(painter, icon, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
        x += iconSide + gap;
    }
    const QRect text(std::max(x, content.x() + 4), content.y(), content.right() - x, content.height());
    painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextHideMnemonic, button->text);
    painter->restore();
}

void Style::drawField(const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const Tokens &t = tokens();
    const bool enabled = option->state.testFlag(State_Enabled);
    const bool focus = option->state.testFlag(State_HasFocus);
    const bool invalid = widget && widget->property("invalid").toBool();
    const bool readOnly = option->state.testFlag(State_ReadOnly);
    const QColor line = !enabled || readOnly ? t.border2 : invalid ? t.error : t.fieldBorder;
    strokeRounded(painter, option->rect, controlRadius, line, enabled && !readOnly ? t.field : t.alt);
    if (focus && enabled) {
        strokeFocus(painter, option->rect, controlRadius, invalid ? t.error : t.accent);
    }
}

void Style::drawCheckBox(const QStyleOption *option, QPainter *painter) const
{
    const Tokens &t = tokens();
    const bool enabled = option->state.testFlag(State_Enabled);
    const bool on = option->state.testFlag(State_On);
    const bool partly = option->state.testFlag(State_NoChange);
    const QRectF box(option->rect.x() + 0.0, option->rect.y() + 0.0, 16, 16);
    if (on || partly) {
        strokeRounded(painter, box, 4, QColor(), enabled ? t.accentFill : t.edgeDim);
        drawIcon(painter, option->rect, on ? "check" : "minus", t.onAccent, 12);
    } else {
        strokeRounded(painter, box, 4, enabled ? t.fieldBorder : t.border2, enabled ? t.field : t.alt);
    }
    if (showsFocus(option)) {
        strokeFocus(painter, box, 4, t.accent);
    }
}

void Style::drawRadioButton(const QStyleOption *option, QPainter *painter) const
{
    const Tokens &t = tokens();
    const bool enabled = option->state.testFlag(State_Enabled);
    const QRectF box(option->rect.x() + 0.0, option->rect.y() + 0.0, 16, 16);
    if (option->state.testFlag(State_On)) {
        strokeRounded(painter, box, 8, QColor(), enabled ? t.accentFill : t.edgeDim);
        strokeRounded(painter, box.adjusted(5, 5, -5, -5), 3, QColor(), t.onAccent);
    } else {
        strokeRounded(painter, box, 8, enabled ? t.fieldBorder : t.border2, enabled ? t.field : t.alt);
    }
    if (showsFocus(option)) {
        strokeFocus(painter, box, 8, t.accent);
    }
}

void Style::drawComboBox(const QStyleOptionComplex *option, QPainter *painter) const
{
    const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
    if (!combo) {
        return;
    }
    const Tokens &t = tokens();
    const bool enabled = option->state.testFlag(State_Enabled);
    if (combo->frame) {
        const bool hover = enabled && option->state.testFlag(State_MouseOver) && !combo->editable;
        strokeRounded(painter, option->rect, controlRadius, enabled ? t.fieldBorder : t.border2,
                      !enabled    ? t.alt
                          : hover ? t.hover
                                  : t.field);
        if (enabled && option->state.testFlag(State_HasFocus)) {
            strokeFocus(painter, option->rect, controlRadius, t.accent);
        }
    }
    const QRect arrow = subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, nullptr);
    drawIcon(painter, arrow, "chevron-down", enabled ? t.text2 : t.edgeDim, 14);
}

void Style::drawComboLabel(const QStyleOption *option, QPainter *painter) const
{
    const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
    if (!combo || combo->editable) {
        return;
    }
    const Tokens &t = tokens();
    const bool enabled = option->state.testFlag(State_Enabled);
    QRect rect = subControlRect(CC_ComboBox, combo, SC_ComboBoxEditField, nullptr);
    painter->save();
    if (!combo->currentIcon.isNull()) {
        const int side = combo->iconSize.width();
        combo->currentIcon.paint(painter, QRect(rect.x(), rect.y(), side, rect.height()), Qt::AlignCenter,
                                 enabled ? QIcon::Normal : QIcon::Disabled);
        rect.setLeft(rect.left() + side + 6);
    }
    painter->setPen(enabled ? t.text : t.edgeDim);
    painter->drawText(rect, Qt::AlignVCenter | Qt::AlignLeft,
                      option->fontMetrics.elidedText(combo->currentText, Qt::ElideRight, rect.width()));
    painter->restore();
}

void Style::drawScrollBar(const QStyleOptionComplex *option, QPainter *painter) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (!bar || bar->maximum <= bar->minimum) {
        return;
    }
    const Tokens &t = tokens();
    const bool active = option->state.testFlag(State_Enabled)
        && (option->state.testFlag(State_MouseOver) || option->state.testFlag(State_Sunken));
    QRectF thumb = subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, nullptr);
    const double inset = active ? 2 : 3;
    thumb.adjust(inset, inset, -inset, -inset);
    strokeRounded(painter, thumb, std::min(thumb.width(), thumb.height()) / 2, QColor(),
                  active ? t.extLine : t.border2);
}

void Style::drawToolButtonPanel(const QStyleOption *option, QPainter *painter) const
{
    const Tokens &t = tokens();
    const bool enabled = option->state.testFlag(State_Enabled);
    const bool hover = enabled && option->state.testFlag(State_MouseOver);
    const QRectF rect = option->rect;
    if (option->state.testFlag(State_On)) {
        strokeRounded(painter, rect, controlRadius, QColor(), hover ? t.accentSel : t.accentTint);
    } else if (hover || option->state.testFlag(State_Sunken)) {
        strokeRounded(painter, rect, controlRadius, QColor(), t.hover);
    } else if (!option->state.testFlag(State_AutoRaise)) {
        strokeRounded(painter, rect, controlRadius, t.border2, t.raised);
    }
    if (showsFocus(option)) {
        strokeFocus(painter, rect, controlRadius, t.accent);
    }
}

bool Style::drawControlPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                 const QWidget *widget) const
{
    const Tokens &t = tokens();
    switch (element) {
    case PE_PanelLineEdit:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option)) {
            if (frame->lineWidth > 0) {
                drawField(option, painter, widget);
            } else if (qobject_cast<const QAbstractItemView *>(widget ? widget->parentWidget() : nullptr)
                       || (widget
                           && qobject_cast<const QAbstractItemView *>(
                               widget->parentWidget() ? widget->parentWidget()->parentWidget() : nullptr))) {
                strokeRounded(painter, option->rect, 4, t.accent, t.field); // an editor in a list
            }
        }
        return true;
    case PE_FrameLineEdit: return true; // drawn with the panel
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck: drawCheckBox(option, painter); return true;
    case PE_IndicatorRadioButton: drawRadioButton(option, painter); return true;
    case PE_PanelButtonTool: drawToolButtonPanel(option, painter); return true;
    case PE_PanelButtonCommand: drawButtonBevel(option, painter, widget); return true;
    case PE_FrameFocusRect:
        // Buttons and inputs draw the ring themselves; item views mark the current row by its fill.
        if (!qobject_cast<const QAbstractItemView *>(widget) && !qobject_cast<const QPushButton *>(widget)) {
            strokeFocus(painter, option->rect, 5, t.accent);
        }
        return true;
    case PE_IndicatorArrowDown: drawIcon(painter, option->rect, "chevron-down", t.text2, 14); return true;
    case PE_IndicatorArrowRight: drawIcon(painter, option->rect, "chevron-right", t.text2, 14); return true;
    case PE_Frame:
        if (qobject_cast<const QPlainTextEdit *>(widget) || qobject_cast<const QTextEdit *>(widget)) {
            const bool focus = option->state.testFlag(State_HasFocus);
            strokeRounded(painter, option->rect, 3, focus ? t.accent : t.fieldBorder, QColor());
            return true;
        }
        strokeRounded(painter, option->rect, 0, t.border, QColor());
        return true;
    default: return false;
    }
}

} // namespace stagewright
