// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "theme/Style.h"

#include "theme/Theme.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <QStyleOption>
#include <QTabBar>

namespace stagewright {

void strokeRounded(QPainter *painter, const QRectF &rect, double radius, const QColor &line, const QColor &fill,
                   double width)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(line.isValid() ? QPen(line, width) : QPen(Qt::NoPen));
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    const double inset = line.isValid() ? width / 2 : 0;
    painter->drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius);
    painter->restore();
}

void strokeFocus(QPainter *painter, const QRectF &rect, double radius, const QColor &accent)
{
    QColor halo = accent;
    halo.setAlphaF(0.3F);
    strokeRounded(painter, rect.adjusted(1, 1, -1, -1), radius - 1, halo, QColor(), 2);
    strokeRounded(painter, rect, radius, accent, QColor(), 1);
}

Style::Style(const Theme &theme)
    : QProxyStyle(QStringLiteral("Fusion"))
    , m_theme(theme)
{
}

const Tokens &Style::tokens() const
{
    return m_theme.tokens();
}

void Style::drawIcon(QPainter *painter, const QRect &rect, const char *name, const QColor &colour, int size) const
{
    const qreal dpr = painter->device() ? painter->device()->devicePixelRatioF() : 1;
    const QPixmap pixmap = m_theme.pixmap(QString::fromLatin1(name), colour, size, dpr);
    painter->drawPixmap(rect.x() + (rect.width() - size) / 2, rect.y() + (rect.height() - size) / 2, pixmap);
}

void Style::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget)
        || qobject_cast<QScrollBar *>(widget) || qobject_cast<QTabBar *>(widget) || qobject_cast<QHeaderView *>(widget)
        || qobject_cast<QLineEdit *>(widget)) {
        widget->setAttribute(Qt::WA_Hover);
    }
    if (auto *view = qobject_cast<QAbstractItemView *>(widget)) {
        view->viewport()->setAttribute(Qt::WA_Hover);
    }
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_DefaultFrameWidth: return 1;
    case PM_ToolTipLabelFrameWidth: return 7;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ListViewIconSize:
    case PM_TabBarIconSize: return 16;
    case PM_ToolBarIconSize: return 17;
    case PM_ToolBarItemSpacing: return 2;
    case PM_ToolBarItemMargin: return 7; // 28 high buttons in a bar of 42
    case PM_ToolBarFrameWidth: return 0;
    case PM_ToolBarSeparatorExtent: return 17;
    case PM_ToolBarExtensionExtent: return 22;
    case PM_ScrollBarExtent: return 11;
    case PM_ScrollBarSliderMin: return 28;
    case PM_ScrollView_ScrollBarSpacing:
    case PM_ScrollView_ScrollBarOverlap: return 0;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight: return 16;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing: return 8;
    case PM_DockWidgetSeparatorExtent: return 3;
    case PM_SplitterWidth: return 1;
    case PM_DockWidgetFrameWidth:
    case PM_DockWidgetTitleMargin: return 0;
    case PM_TabBarTabOverlap:
    case PM_TabBarBaseOverlap:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal: return 0;
    case PM_TabBarTabHSpace: return 28;
    case PM_TabBarTabVSpace: return 14;
    case PM_TabCloseIndicatorWidth:
    case PM_TabCloseIndicatorHeight: return 18;
    case PM_MenuPanelWidth: return 1;
    case PM_MenuHMargin:
    case PM_MenuVMargin: return 4;
    case PM_MenuBarItemSpacing: return 0;
    case PM_MenuBarHMargin: return 6;
    case PM_MenuBarVMargin:
    case PM_MenuBarPanelWidth: return 0;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical: return 0;
    case PM_FocusFrameHMargin:
        // The margin of a list's texts: a combo box's list stands under the text of its field.
        return widget && widget->inherits("QComboBoxListView") ? 6 : QProxyStyle::pixelMetric(metric, option, widget);
    case PM_HeaderMargin: return 8;
    case PM_HeaderMarkSize: return 12;
    case PM_LayoutLeftMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutBottomMargin: return 12;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing: return 8;
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *data) const
{
    switch (hint) {
    case SH_ComboBox_Popup: return 0;
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_UnderlineShortcut: // shown while Alt is held is not possible here; the mockup has none
    case SH_ScrollBar_Transient: return 0;
    case SH_MenuBar_MouseTracking:
    case SH_ComboBox_ListMouseTracking:
    case SH_Menu_MouseTracking:
    case SH_ItemView_ShowDecorationSelected: return 1;
    case SH_TabBar_CloseButtonPosition: return QTabBar::RightSide;
    case SH_Widget_Animate:
    case SH_Widget_Animation_Duration: return 0; // Fusion fades its own controls; hover is instant here
    case SH_ToolTip_WakeUpDelay: return 500;
    default: return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                              const QWidget *widget) const
{
    const bool isSmall = widget && widget->property("small").toBool();
    switch (type) {
    case CT_PushButton: {
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        int width = size.width() + (isSmall ? 18 : 28);
        if (button && !button->icon.isNull()) {
            width += 4;
        }
        return {width, std::max(isSmall ? 22 : 28, size.height() + (isSmall ? 2 : 8))};
    }
    case CT_LineEdit: return {size.width() + 16, std::max(28, size.height() + 8)};
    case CT_ComboBox: return {size.width() + 40, std::max(28, size.height() + 8)};
    case CT_ToolButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option)) {
            const bool text = button->toolButtonStyle == Qt::ToolButtonTextBesideIcon
                || button->toolButtonStyle == Qt::ToolButtonTextOnly;
            return {size.width() + (text ? 16 : 10), std::max(isSmall ? 22 : 28, size.height() + 6)};
        }
        return size;
    case CT_MenuBarItem: return {size.width() + 18, 28};
    case CT_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option)) {
            if (item->menuItemType == QStyleOptionMenuItem::Separator) {
                return {size.width(), 9};
            }
            const bool tabbed = item->text.contains(QLatin1Char('\t'));
            const int extra = tabbed ? 28 : item->menuItemType == QStyleOptionMenuItem::SubMenu ? 24 : 12;
            return {size.width() + 36 + extra, std::max(27, size.height())};
        }
        return size;
    case CT_TabBarTab: {
        QSize tab(size.width() + 6, 32); // the selected label is bold and a little wider
        if (const auto *o = qstyleoption_cast<const QStyleOptionTab *>(option);
            o && (o->shape == QTabBar::RoundedWest || o->shape == QTabBar::RoundedEast)) {
            tab = {32, size.height() + 6};
        }
        return tab;
    }
    case CT_HeaderSection: return {size.width(), 25};
    case CT_ItemViewItem: {
        const QSize item = QProxyStyle::sizeFromContents(type, option, size, widget);
        return {item.width(), std::max(widget && widget->inherits("QComboBoxListView") ? 27 : 23, item.height())};
    }
    default: return QProxyStyle::sizeFromContents(type, option, size, widget);
    }
}

QRect Style::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    switch (element) {
    case SE_LineEditContents:
        // A bare line edit (inside an item view or a combo box) has no frame to keep clear of.
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option); frame && frame->lineWidth <= 0) {
            return option->rect.adjusted(2, 0, -2, 0);
        }
        return option->rect.adjusted(7, 1, -7, -1);
    case SE_PushButtonContents:
    case SE_PushButtonFocusRect: return option->rect.adjusted(4, 1, -4, -1);
    case SE_TabBarTearIndicator: return {};
    default: return QProxyStyle::subElementRect(element, option, widget);
    }
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl sub,
                            const QWidget *widget) const
{
    if (control == CC_ComboBox) {
        const QRect &r = option->rect;
        switch (sub) {
        case SC_ComboBoxFrame: return r;
        case SC_ComboBoxArrow: return visualRect(option->direction, r, {r.right() - 27, r.y(), 28, r.height()});
        case SC_ComboBoxEditField:
            if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option); combo && combo->editable) {
                return visualRect(option->direction, r,
                                  r.adjusted(4, 2, -28, -2)); // the line edit has a margin of its own
            }
            return visualRect(option->direction, r, r.adjusted(8, 2, -28, -2));
        default: break;
        }
    }
    if (control == CC_ScrollBar) {
        const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
        if (bar) {
            const bool horizontal = bar->orientation == Qt::Horizontal;
            const int length = horizontal ? bar->rect.width() : bar->rect.height();
            const qint64 range = qint64(bar->maximum) - bar->minimum;
            int thumb = length;
            if (range > 0) {
                thumb = int(qint64(bar->pageStep) * length / (range + bar->pageStep));
                thumb = std::clamp(thumb, std::min(28, length), length);
            }
            const int start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - thumb,
                                                      bar->upsideDown);
            const auto part = [&](int from, int size) {
                return horizontal ? QRect(bar->rect.x() + from, bar->rect.y(), size, bar->rect.height())
                                  : QRect(bar->rect.x(), bar->rect.y() + from, bar->rect.width(), size);
            };
            switch (sub) {
            case SC_ScrollBarGroove: return part(0, length);
            case SC_ScrollBarSlider: return part(start, thumb);
            case SC_ScrollBarSubPage: return part(0, start);
            case SC_ScrollBarAddPage: return part(start + thumb, length - start - thumb);
            default: return {}; // no arrow buttons
            }
        }
    }
    return QProxyStyle::subControlRect(control, option, sub, widget);
}

QIcon Style::standardIcon(StandardPixmap which, const QStyleOption *option, const QWidget *widget) const
{
    switch (which) {
    case SP_LineEditClearButton:
    case SP_TitleBarCloseButton:
    case SP_DockWidgetCloseButton: return m_theme.icon(QStringLiteral("x"));
    case SP_TitleBarNormalButton: return m_theme.icon(QStringLiteral("picture-in-picture-2"));
    case SP_ToolBarHorizontalExtensionButton: return m_theme.icon(QStringLiteral("chevron-right"));
    default: return QProxyStyle::standardIcon(which, option, widget);
    }
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    if (!drawControlPrimitive(element, option, painter, widget)
        && !drawChromePrimitive(element, option, painter, widget)) {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                        const QWidget *widget) const
{
    const Tokens &t = tokens();
    switch (element) {
    case CE_PushButtonBevel: return drawButtonBevel(option, painter, widget);
    case CE_PushButtonLabel: return drawButtonLabel(option, painter, widget);
    case CE_ComboBoxLabel: return drawComboLabel(option, painter);
    case CE_MenuItem: return drawMenuItem(option, painter);
    case CE_MenuBarItem: return drawMenuBarItem(option, painter);
    case CE_MenuBarEmptyArea:
    case CE_ToolBar: painter->fillRect(option->rect, t.window); return;
    case CE_MenuEmptyArea: return;
    case CE_TabBarTabShape: return drawTabShape(option, painter);
    case CE_TabBarTabLabel: return drawTabLabel(option, painter, widget);
    case CE_HeaderSection:
    case CE_HeaderEmptyArea: return drawHeaderSection(option, painter);
    case CE_HeaderLabel: return drawHeaderLabel(option, painter);
    case CE_Splitter: painter->fillRect(option->rect, t.border); return;
    default: QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                               const QWidget *widget) const
{
    switch (control) {
    case CC_ComboBox: return drawComboBox(option, painter);
    case CC_ScrollBar: return drawScrollBar(option, painter);
    default: QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

} // namespace stagewright
