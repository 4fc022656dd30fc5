// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "theme/Theme.h"

#include "theme/Style.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPointer>
#include <QRegularExpression>
#include <QScreen>
#include <QStyleHints>
#include <QSvgRenderer>
#include <QToolTip>
#include <QWidget>

#include <cmath>

// Outside the namespace, as Q_INIT_RESOURCE wants it: resources of a static library are not registered otherwise.
static void initIconResources()
{
#ifdef STAGEWRIGHT_HAS_ICONS
    Q_INIT_RESOURCE(stagewright_icons);
#endif
}

namespace stagewright {

struct Theme::IconCache
{
    QHash<QString, QByteArray> sources;
    QHash<QString, QPixmap> pixmaps;
};

namespace {

/// An icon whose colours are looked up when it is painted, so that actions need no new icon for a new theme.
class ThemeIconEngine : public QIconEngine
{
public:
    ThemeIconEngine(const Theme *theme, QString name, QColor colour)
        : m_theme(theme)
        , m_name(std::move(name))
        , m_colour(std::move(colour))
    {
    }

    QIconEngine *clone() const override { return new ThemeIconEngine(*this); }
    QString key() const override { return QStringLiteral("stagewright"); }
    bool isNull() override { return !m_theme; }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal dpr = painter->device() ? painter->device()->devicePixelRatioF() : 1;
        const int side = std::min(rect.width(), rect.height());
        const QRect target(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, side, side);
        painter->drawPixmap(target, scaledPixmap(target.size() * dpr, mode, state, dpr));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1);
    }
    /// @p size is in device pixels.
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        if (!m_theme) {
            return {};
        }
        const Tokens &t = m_theme->tokens();
        QColor colour = m_colour.isValid() ? m_colour : t.text2;
        if (mode == QIcon::Disabled) {
            colour = t.edgeDim;
        } else if (!m_colour.isValid() && mode != QIcon::Normal) {
            colour = t.text;
        }
        const qreal dpr = scale > 0 ? scale : 1;
        const int side = static_cast<int>(std::lround(std::min(size.width(), size.height()) / dpr));
        return m_theme->pixmap(m_name, colour, side, dpr);
    }

private:
    QPointer<const Theme> m_theme;
    QString m_name;
    QColor m_colour; ///< Invalid: by the theme.
};

QString firstInstalled(std::initializer_list<const char *> families)
{
    for (const char *family : families) {
        const QString name = QString::fromLatin1(family);
        if (QFontDatabase::hasFamily(name)) {
            return name;
        }
    }
    return {};
}

/// Whole pixels are set as pixels (they mean the same on every paint device, also in an exported picture);
/// a fraction is only possible in points.
void setSize(QFont &font, double px)
{
    const double whole = std::round(px);
    if (std::abs(px - whole) < 0.01) {
        font.setPixelSize(std::max(1, static_cast<int>(whole)));
        return;
    }
    const QScreen *screen = QGuiApplication::primaryScreen();
    const double dpi = screen ? screen->logicalDotsPerInchY() : 96.0;
    font.setPointSizeF(px * 72.0 / dpi);
}

void setFeature([[maybe_unused]] QFont &font, [[maybe_unused]] const char *tag, [[maybe_unused]] quint32 value)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    if (const auto feature = QFont::Tag::fromString(QLatin1StringView(tag))) {
        font.setFeature(*feature, value);
    }
#endif
}

} // namespace

QColor mixed(const QColor &a, const QColor &b, double share)
{
    return QColor::fromRgbF(static_cast<float>(a.redF() * share + b.redF() * (1 - share)),
                            static_cast<float>(a.greenF() * share + b.greenF() * (1 - share)),
                            static_cast<float>(a.blueF() * share + b.blueF() * (1 - share)));
}

Theme::Theme(QObject *parent)
    : QObject(parent)
    , m_icons(std::make_unique<IconCache>())
{
    initIconResources();
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, &Theme::resolve);
    m_tokens = tokensFor(false);
    resolve();
}

Theme::~Theme() = default;

void Theme::setMode(ThemeMode mode)
{
    if (mode == m_mode) {
        return;
    }
    m_mode = mode;
    resolve();
}

void Theme::setMotionEnabled(bool enabled)
{
    if (enabled != m_motion) {
        m_motion = enabled;
        Q_EMIT changed();
    }
}

void Theme::resolve()
{
    const bool dark = m_mode == ThemeMode::Dark
        || (m_mode == ThemeMode::System && QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark);
    if (dark == m_dark) {
        return;
    }
    m_dark = dark;
    m_tokens = tokensFor(dark);
    m_icons->pixmaps.clear();
    Q_EMIT changed();
}

QFont Theme::uiFont(double px, int weight) const
{
    static const QString family = firstInstalled({"Inter", "Inter Variable"});
    QFont font = family.isEmpty() ? QFontDatabase::systemFont(QFontDatabase::GeneralFont) : QFont(family);
    setSize(font, px);
    font.setWeight(static_cast<QFont::Weight>(weight));
    setFeature(font, "tnum", 1); // figures in columns: counts, lines, sizes
    return font;
}

QFont Theme::monoFont(double px, int weight) const
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    static const QString family = firstInstalled({"JetBrains Mono", "JetBrains Mono NL"});
#else
    static const QString family = firstInstalled({"JetBrains Mono NL", "JetBrains Mono"}); // NL: no ligatures
#endif
    QFont font = family.isEmpty() ? QFontDatabase::systemFont(QFontDatabase::FixedFont) : QFont(family);
    setSize(font, px);
    font.setWeight(static_cast<QFont::Weight>(weight));
    font.setStyleHint(QFont::Monospace);
    // A file is read character by character: "--" and "!=" must not melt into one glyph.
    setFeature(font, "liga", 0);
    setFeature(font, "calt", 0);
    return font;
}

QPixmap Theme::pixmap(const QString &name, const QColor &colour, int size, qreal dpr) const
{
    const QString key = QStringLiteral("%1/%2/%3/%4").arg(name, colour.name(QColor::HexArgb)).arg(size).arg(dpr);
    if (const auto it = m_icons->pixmaps.constFind(key); it != m_icons->pixmaps.cend()) {
        return *it;
    }
    auto source = m_icons->sources.find(name);
    if (source == m_icons->sources.end()) {
        QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
        QByteArray svg;
        if (file.open(QIODevice::ReadOnly)) {
            svg = file.readAll();
        } else {
            qWarning("Stagewright has no icon called %s", qPrintable(name));
        }
        source = m_icons->sources.insert(name, svg);
    }
    const int side = std::max(1, static_cast<int>(std::lround(size * dpr)));
    QPixmap pixmap(side, side);
    pixmap.fill(Qt::transparent);
    if (!source->isEmpty()) {
        QByteArray svg = *source;
        svg.replace("currentColor", colour.name(QColor::HexRgb).toLatin1());
        if (size <= 13) {
            svg.replace("stroke-width=\"1.8\"", "stroke-width=\"2.1\""); // thin lines vanish at small sizes
        }
        QSvgRenderer renderer(svg);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setOpacity(colour.alphaF());
        renderer.render(&painter, QRectF(0, 0, side, side));
    }
    pixmap.setDevicePixelRatio(dpr);
    m_icons->pixmaps.insert(key, pixmap);
    return pixmap;
}

QIcon Theme::icon(const QString &name) const
{
    return QIcon(new ThemeIconEngine(this, name, QColor()));
}

QIcon Theme::icon(const QString &name, const QColor &colour) const
{
    return QIcon(new ThemeIconEngine(this, name, colour));
}

namespace {

QPalette paletteFor(const Tokens &t)
{
    QPalette p;
    const auto all = [&p](QPalette::ColorRole role, const QColor &colour) { p.setColor(role, colour); };
    all(QPalette::Window, t.dock);
    all(QPalette::WindowText, t.text);
    all(QPalette::Base, t.field);
    all(QPalette::AlternateBase, t.alt);
    all(QPalette::Text, t.text);
    all(QPalette::PlaceholderText, t.text3);
    all(QPalette::Button, t.raised);
    all(QPalette::ButtonText, t.text);
    all(QPalette::BrightText, t.error);
    all(QPalette::Highlight, t.accentSel);
    all(QPalette::HighlightedText, t.text);
    all(QPalette::ToolTipBase, t.raised);
    all(QPalette::ToolTipText, t.text);
    all(QPalette::Link, t.accent);
    all(QPalette::LinkVisited, t.accent);
    all(QPalette::Light, t.raised);
    all(QPalette::Midlight, t.hover);
    all(QPalette::Mid, t.border);
    all(QPalette::Dark, t.border2);
    all(QPalette::Shadow, t.border2);
#if QT_VERSION >= QT_VERSION_CHECK(6, 6, 0)
    all(QPalette::Accent, t.accentFill);
#endif
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText}) {
        p.setColor(QPalette::Disabled, role, t.edgeDim);
    }
    p.setColor(QPalette::Disabled, QPalette::Base, t.alt);
    p.setColor(QPalette::Disabled, QPalette::Highlight, t.hover);
    return p;
}

void applyNow(const Theme &theme)
{
    const QPalette palette = paletteFor(theme.tokens());
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    QToolTip::setFont(theme.uiFont(12));
    const auto widgets = QApplication::allWidgets();
    for (QWidget *widget : widgets) {
        widget->update();
    }
}

} // namespace

void applyTheme(const Theme &theme)
{
    QApplication::setStyle(new Style(theme)); // the application owns it
    QApplication::setFont(theme.uiFont(12.5));
    QApplication::setFont(theme.uiFont(13), "QMenu");
    QApplication::setFont(theme.uiFont(13), "QMenuBar");
    applyNow(theme);
    QObject::connect(&theme, &Theme::changed, qApp, [&theme] { applyNow(theme); });
}

} // namespace stagewright
