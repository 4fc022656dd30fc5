// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
// Menus, tool bars, tabs, headers, item views, status bar.
#include "theme/Style.h"
#include "theme/Theme.h"

#include <QPainter>
#include <QStyleOption>
#include <QTabBar>
#include <QTreeView>

namespace stagewright {

void Style::drawMenuItem(const QStyleOption *option, QPainter *painter) const
{
    const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
    if (!item) {
        return;
    }
    const Tokens &t = tokens();
    const QRect r = item->rect;
    if (item->menuItemType == QStyleOptionMenuItem::Separator) {
        painter->fillRect(QRect(r.x() + 6, r.center().y(), r.width() - 12, 1), t.border);
        return;
    }
    const bool enabled = item->state.testFlag(State_Enabled);
    const bool selected = item->state.testFlag(State_Selected) && enabled;
    if (selected) {
        strokeRounded(painter, r.adjusted(1, 0, -1, 0), 5, QColor(), t.accentSel);
    }
    const QRect iconRect(r.x() + 8, r.y(), 18, r.height());
    if (item->checkType != QStyleOptionMenuItem::NotCheckable && item->checked) {
        drawIcon(painter, iconRect, "check", enabled ? t.accent : t.edgeDim, 14);
    } else if (!item->icon.isNull()) {
        item->icon.paint(painter, iconRect.adjusted(1, (r.height() - 16) / 2, -1, -(r.height() - 16) / 2),
                         Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
    }
    painter->save();
    painter->setFont(item->font);
    const QStringList parts = item->text.split(QLatin1Char('\t'));
    const QRect textRect = r.adjusted(34, 0, -12, 0);
    painter->setPen(enabled ? t.text : t.edgeDim);
    painter->drawText(textRect, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextHideMnemonic | Qt::TextSingleLine,
                      parts.value(0));
    if (parts.size() > 1) {
        painter->setPen(!enabled ? t.edgeDim : selected ? t.text2 : t.text3);
        painter->drawText(textRect, Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, parts.value(1));
    }
    painter->restore();
    if (item->menuItemType == QStyleOptionMenuItem::SubMenu) {
        drawIcon(painter, {r.right() - 24, r.y(), 18, r.height()}, "chevron-right", enabled ? t.text2 : t.edgeDim, 14);
    }
}

void Style::drawMenuBarItem(const QStyleOption *option, QPainter *painter) const
{
    const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
    if (!item) {
        return;
    }
    const Tokens &t = tokens();
    painter->fillRect(item->rect, t.window);
    const bool active = item->state.testFlag(State_Selected) || item->state.testFlag(State_Sunken);
    if (active) {
        strokeRounded(painter, item->rect.adjusted(1, 2, -1, -2), 5, QColor(), t.hover);
    }
    painter->save();
    painter->setFont(m_theme.uiFont(13));
    painter->setPen(item->state.testFlag(State_Enabled) ? t.text : t.edgeDim);
    painter->drawText(item->rect, Qt::AlignCenter | Qt::TextHideMnemonic | Qt::TextSingleLine, item->text);
    painter->restore();
}

void Style::drawTabShape(const QStyleOption *option, QPainter *painter) const
{
    const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option);
    if (!tab) {
        return;
    }
    const Tokens &t = tokens();
    const QRect r = tab->rect;
    const bool selected = tab->state.testFlag(State_Selected);
    painter->fillRect(r, t.window);
    if (selected) {
        // The tab and what is below it are one surface: no line in between.
        painter->fillRect(r, t.dock);
        painter->fillRect(QRect(r.x(), r.y(), r.width(), 2), t.accent);
        painter->fillRect(QRect(r.right(), r.y(), 1, r.height()), t.border);
        if (tab->position != QStyleOptionTab::Beginning && tab->position != QStyleOptionTab::OnlyOneTab) {
            painter->fillRect(QRect(r.x(), r.y(), 1, r.height()), t.border);
        }
    } else {
        if (tab->state.testFlag(State_MouseOver) && tab->state.testFlag(State_Enabled)) {
            painter->fillRect(r, t.hover);
        }
        painter->fillRect(QRect(r.x(), r.bottom(), r.width(), 1), t.border);
    }
    if (tab->state.testFlag(State_HasFocus) && tab->state.testFlag(State_KeyboardFocusChange)) {
        strokeFocus(painter, r.adjusted(3, 4, -3, -3), 5, t.accent);
    }
}

void Style::drawTabLabel(const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option);
    if (!tab) {
        return;
    }
    const Tokens &t = tokens();
    const bool selected = tab->state.testFlag(State_Selected);
    QRect r = tab->rect.adjusted(14, 2, -12, 0);
    painter->save();
    if (!tab->icon.isNull()) {
        const int side = tab->iconSize.isValid() ? tab->iconSize.width() : 16;
        tab->icon.paint(painter, QRect(r.x(), r.y(), side, r.height()), Qt::AlignCenter, QIcon::Normal);
        r.setLeft(r.left() + side + 8);
    }
    if (!tab->rightButtonSize.isEmpty()) {
        r.setRight(r.right() - tab->rightButtonSize.width());
    }
    QFont font = widget ? widget->font() : painter->font();
    font.setWeight(selected ? QFont::DemiBold : QFont::Normal);
    painter->setFont(font);
    painter->setPen(selected ? t.text : t.text2);
    painter->drawText(r, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextHideMnemonic | Qt::TextSingleLine,
                      QFontMetrics(font).elidedText(tab->text, Qt::ElideRight, r.width() + 6, Qt::TextShowMnemonic));
    painter->restore();
}

void Style::drawHeaderSection(const QStyleOption *option, QPainter *painter) const
{
    const Tokens &t = tokens();
    const QRect r = option->rect;
    painter->fillRect(r, t.alt);
    painter->fillRect(QRect(r.x(), r.bottom(), r.width(), 1), t.border);
    const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
    if (header && header->position != QStyleOptionHeader::End
        && header->position != QStyleOptionHeader::OnlyOneSection) {
        painter->fillRect(QRect(r.right(), r.y() + 5, 1, r.height() - 10), t.border2);
    }
}

void Style::drawHeaderLabel(const QStyleOption *option, QPainter *painter) const
{
    const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
    if (!header) {
        return;
    }
    const Tokens &t = tokens();
    painter->save();
    painter->setFont(m_theme.uiFont(12, QFont::Medium));
    painter->setPen(t.text2);
    QRect r = header->rect.adjusted(8, 0, -8, 0);
    if (header->sortIndicator != QStyleOptionHeader::None) {
        const QRect mark(r.right() - 12, r.y(), 12, r.height());
        drawIcon(painter, mark, header->sortIndicator == QStyleOptionHeader::SortDown ? "chevron-up" : "chevron-down",
                 t.text3, 12);
        r.setRight(mark.left() - 2);
    }
    painter->drawText(r, int(header->textAlignment) | Qt::TextSingleLine | Qt::TextDontClip,
                      painter->fontMetrics().elidedText(header->text, Qt::ElideRight, r.width()));
    painter->restore();
}

void Style::drawItemBackground(const QStyleOption *option, QPainter *painter, bool row) const
{
    const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option);
    if (!item) {
        return;
    }
    const Tokens &t = tokens();
    if (!row && item->backgroundBrush.style() != Qt::NoBrush) {
        painter->fillRect(item->rect, item->backgroundBrush);
    }
    if (item->state.testFlag(State_Selected)) {
        painter->fillRect(item->rect, t.accentSel);
    } else if (item->state.testFlag(State_MouseOver) && item->state.testFlag(State_Enabled)) {
        painter->fillRect(item->rect, t.hover);
    } else if (row && item->features.testFlag(QStyleOptionViewItem::Alternate)) {
        painter->fillRect(item->rect, t.alt);
    }
}

bool Style::drawChromePrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                const QWidget *widget) const
{
    const Tokens &t = tokens();
    const QRect r = option->rect;
    switch (element) {
    case PE_PanelMenu: painter->fillRect(r, t.raised); return true;
    case PE_FrameMenu: strokeRounded(painter, r, 0, t.border2, QColor()); return true;
    case PE_PanelMenuBar:
    case PE_PanelToolBar: painter->fillRect(r, t.window); return true;
    case PE_IndicatorToolBarSeparator:
        if (option->state.testFlag(State_Horizontal)) {
            painter->fillRect(QRect(r.center().x(), r.center().y() - 9, 1, 20), t.border);
        } else {
            painter->fillRect(QRect(r.center().x() - 9, r.center().y(), 20, 1), t.border);
        }
        return true;
    case PE_PanelStatusBar:
        painter->fillRect(r, t.window);
        painter->fillRect(QRect(r.x(), r.y(), r.width(), 1), t.border);
        return true;
    case PE_FrameStatusBarItem:
    case PE_FrameDockWidget:
    case PE_IndicatorTabTear: return true;
    case PE_IndicatorDockWidgetResizeHandle: {
        painter->fillRect(r, t.window);
        const QRect line = r.width() < r.height() ? QRect(r.center().x(), r.y(), 1, r.height())
                                                  : QRect(r.x(), r.center().y(), r.width(), 1);
        painter->fillRect(line, t.border);
        return true;
    }
    case PE_FrameTabBarBase: painter->fillRect(QRect(r.x(), r.bottom(), r.width(), 1), t.border); return true;
    case PE_IndicatorTabClose:
        if (option->state.testFlag(State_MouseOver)) {
            strokeRounded(painter, r, 5, QColor(), t.border);
        }
        drawIcon(painter, r, "x", option->state.testFlag(State_MouseOver) ? t.text : t.text3, 12);
        return true;
    case PE_PanelTipLabel:
        painter->fillRect(r, t.raised);
        strokeRounded(painter, r, 0, t.border2, QColor());
        return true;
    case PE_PanelItemViewRow: drawItemBackground(option, painter, true); return true;
    case PE_PanelItemViewItem: drawItemBackground(option, painter, false); return true;
    case PE_IndicatorBranch:
        if (option->state.testFlag(State_Children)) {
            drawIcon(painter, r, option->state.testFlag(State_Open) ? "chevron-down" : "chevron-right", t.text3, 12);
        }
        return true;
    case PE_IndicatorHeaderArrow: return true; // drawn with the label
    default: static_cast<void>(widget); return false;
    }
}

} // namespace stagewright
