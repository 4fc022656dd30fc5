// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QProxyStyle>

namespace stagewright {

class Theme;
struct Tokens;

/// Draws the standard widgets with the theme's tokens, over Fusion. A style rather than a style sheet: it asks
/// the theme for every colour when it paints, so a new theme needs no new style, and it draws icons crisply.
///
/// Dynamic properties that it knows: "primary" (true) on a QPushButton: filled with the accent; "small" (true) on
/// buttons: 22 high; "link" (true) on a flat QPushButton: accent text; "invalid" (true) on a QLineEdit: red outline.
class Style : public QProxyStyle
{
    Q_OBJECT
public:
    explicit Style(const Theme &theme);

    void polish(QWidget *widget) override;
    using QProxyStyle::polish;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *data) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                           const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl sub,
                         const QWidget *widget) const override;
    QIcon standardIcon(StandardPixmap which, const QStyleOption *option, const QWidget *widget) const override;

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;

private:
    const Tokens &tokens() const;
    void drawIcon(QPainter *painter, const QRect &rect, const char *name, const QColor &colour, int size) const;

    // StyleControls.cpp
    void drawButtonBevel(const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    void drawButtonLabel(const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    void drawField(const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    void drawCheckBox(const QStyleOption *option, QPainter *painter) const;
    void drawRadioButton(const QStyleOption *option, QPainter *painter) const;
    void drawComboBox(const QStyleOptionComplex *option, QPainter *painter) const;
    void drawComboLabel(const QStyleOption *option, QPainter *painter) const;
    void drawScrollBar(const QStyleOptionComplex *option, QPainter *painter) const;
    void drawToolButtonPanel(const QStyleOption *option, QPainter *painter) const;
    bool drawControlPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                              const QWidget *widget) const;

    // StyleChrome.cpp
    void drawMenuItem(const QStyleOption *option, QPainter *painter) const;
    void drawMenuBarItem(const QStyleOption *option, QPainter *painter) const;
    void drawTabShape(const QStyleOption *option, QPainter *painter) const;
    void drawTabLabel(const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    void drawHeaderSection(const QStyleOption *option, QPainter *painter) const;
    void drawHeaderLabel(const QStyleOption *option, QPainter *painter) const;
    void drawItemBackground(const QStyleOption *option, QPainter *painter, bool row) const;
    bool drawChromePrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                             const QWidget *widget) const;

    const Theme &m_theme;
};

/// A pen that is one device-independent pixel wide, on a rectangle moved to pixel centres.
void strokeRounded(QPainter *painter, const QRectF &rect, double radius, const QColor &line, const QColor &fill,
                   double width = 1);
/// The focus ring of every control: 1 px accent and 2 px of it at 30 %.
void strokeFocus(QPainter *painter, const QRectF &rect, double radius, const QColor &accent);

} // namespace stagewright
