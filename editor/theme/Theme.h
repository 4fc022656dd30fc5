// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPixmap>
#include <QString>

#include <cstdint>
#include <memory>

namespace stagewright {

/// The colours of one theme. All solid; the comment says what each is for.
struct Tokens
{
    QColor window, dock, field, raised, hover, alt; // surfaces
    QColor canvas, dot, card, cardAlt;              // graph
    QColor border, border2, fieldBorder;            // lines
    QColor text, text2, text3;                      // text: primary, secondary, captions
    QColor accent, accentFill, onAccent, accentTint, accentSel;
    QColor error, errorTint, errorLine, warn, warnTint, warnLine, ok, okTint, okLine; // status
    QColor builder, builderTint, builderLine, test, testTint, testLine;               // roles
    QColor final_, finalTint, finalLine, ext, extTint, extLine;
    QColor edge, edgeDim;
    QColor synKw, synFlag, synStr, synCom, synImg, synStage; // syntax
    QColor onRole;                                           // on a solid role or status colour
};

/// The light or the dark set.
[[nodiscard]] Tokens tokensFor(bool dark);

/// @p share (0 to 1) of @p a over @p b, as one solid colour.
[[nodiscard]] QColor mixed(const QColor &a, const QColor &b, double share);

enum class ThemeMode : std::uint8_t { System, Light, Dark };

/// Colours, fonts and icons of the program. One object, made in main and passed to whoever paints.
class Theme : public QObject
{
    Q_OBJECT
public:
    explicit Theme(QObject *parent = nullptr);
    ~Theme() override;

    [[nodiscard]] ThemeMode mode() const { return m_mode; }
    void setMode(ThemeMode mode);
    [[nodiscard]] bool isDark() const { return m_dark; }
    [[nodiscard]] const Tokens &tokens() const { return m_tokens; }

    /// Inter when installed, otherwise the system's. @p px is the pixel size at 100 % (12.5 is fine).
    [[nodiscard]] QFont uiFont(double px = 13, int weight = QFont::Normal) const;
    /// JetBrains Mono when installed (ligatures off), otherwise the system's fixed font.
    [[nodiscard]] QFont monoFont(double px = 12, int weight = QFont::Normal) const;

    /// An icon of resources/icons/NAME.svg drawn in @p colour; crisp at @p dpr. Cached.
    [[nodiscard]] QPixmap pixmap(const QString &name, const QColor &colour, int size, qreal dpr) const;
    /// For actions: normal in text2, disabled in edgeDim. Follows the theme without being set again.
    [[nodiscard]] QIcon icon(const QString &name) const;
    [[nodiscard]] QIcon icon(const QString &name, const QColor &colour) const;

    /// False when the person or the platform asks for reduced motion: durations are 0 then.
    [[nodiscard]] bool motionEnabled() const { return m_motion; }
    void setMotionEnabled(bool enabled);

Q_SIGNALS:
    void changed();

private:
    void resolve();
    struct IconCache;
    std::unique_ptr<IconCache> m_icons;
    ThemeMode m_mode = ThemeMode::System;
    bool m_dark = false;
    bool m_motion = true;
    Tokens m_tokens;
};

/// Style, palette and fonts of the application for @p theme, and again whenever the theme changes. Once, in main.
void applyTheme(const Theme &theme);

} // namespace stagewright
