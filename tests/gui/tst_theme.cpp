// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "theme/Theme.h"

#include <QApplication>
#include <QDirIterator>
#include <QImage>
#include <QSignalSpy>
#include <QStyle>
#include <QTest>

#include <cmath>

using namespace stagewright;

namespace {

double luminance(const QColor &colour)
{
    const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

/// As WCAG 2.2 defines it.
double contrast(const QColor &a, const QColor &b)
{
    const double x = luminance(a);
    const double y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

} // namespace

class ThemeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void textCanBeRead_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void textCanBeRead()
    {
        QFETCH(bool, dark);
        const Tokens t = tokensFor(dark);
        const std::pair<QColor Tokens::*, std::vector<QColor Tokens::*>> text[] = {
            {&Tokens::text,
             {&Tokens::window, &Tokens::dock, &Tokens::card, &Tokens::canvas, &Tokens::accentSel, &Tokens::errorTint}},
            {&Tokens::text2,
             {&Tokens::window, &Tokens::dock, &Tokens::card, &Tokens::hover, &Tokens::accentSel, &Tokens::extTint}},
            {&Tokens::text3,
             {&Tokens::window, &Tokens::dock, &Tokens::card, &Tokens::canvas, &Tokens::hover, &Tokens::field}},
            {&Tokens::accent, {&Tokens::dock, &Tokens::window, &Tokens::card, &Tokens::canvas}},
            {&Tokens::error, {&Tokens::card, &Tokens::dock, &Tokens::errorTint, &Tokens::accentSel}},
            {&Tokens::warn, {&Tokens::card, &Tokens::dock, &Tokens::warnTint}},
            {&Tokens::ok, {&Tokens::card, &Tokens::dock, &Tokens::okTint}},
            {&Tokens::onAccent, {&Tokens::accentFill}},
            {&Tokens::onRole, {&Tokens::builder, &Tokens::test, &Tokens::final_, &Tokens::ext}},
            {&Tokens::synKw, {&Tokens::field}},
            {&Tokens::synCom, {&Tokens::field}},
        };
        for (const auto &[foreground, backgrounds] : text) {
            for (const auto background : backgrounds) {
                QVERIFY2(contrast(t.*foreground, t.*background) >= 4.5,
                         qPrintable((t.*foreground).name() + QStringLiteral(" on ") + (t.*background).name()));
            }
        }
        for (const auto line :
             {&Tokens::edge, &Tokens::builderLine, &Tokens::testLine, &Tokens::finalLine, &Tokens::errorLine}) {
            QVERIFY(contrast(t.*line, t.canvas) >= 3);
        }
        QVERIFY(contrast(t.fieldBorder, t.field) >= 3);
    }

    void modeDecides()
    {
        Theme theme;
        QSignalSpy changed(&theme, &Theme::changed);
        theme.setMode(ThemeMode::Dark);
        QVERIFY(theme.isDark());
        QCOMPARE(theme.tokens().card, tokensFor(true).card);
        theme.setMode(ThemeMode::Light);
        QVERIFY(!theme.isDark());
        QVERIFY(changed.count() >= 1);
    }

    void everyIconDraws()
    {
        Theme theme;
        QDirIterator icons(QStringLiteral(":/icons"), {QStringLiteral("*.svg")});
        int count = 0;
        while (icons.hasNext()) {
            const QString name = QFileInfo(icons.next()).completeBaseName();
            const QImage image = theme.pixmap(name, Qt::red, 16, 2).toImage();
            QCOMPARE(image.size(), QSize(32, 32));
            bool inked = false;
            for (int y = 0; y < image.height() && !inked; ++y) {
                for (int x = 0; x < image.width() && !inked; ++x) {
                    inked = image.pixelColor(x, y).alpha() > 128;
                }
            }
            QVERIFY2(inked, qPrintable(name));
            ++count;
        }
        QVERIFY(count > 40);
    }

    void iconsFollowTheTheme()
    {
        Theme theme;
        theme.setMode(ThemeMode::Light);
        const QIcon icon = theme.icon(QStringLiteral("square"));
        const QImage light = icon.pixmap(16).toImage();
        theme.setMode(ThemeMode::Dark);
        const QImage dark = icon.pixmap(16).toImage();
        QVERIFY(light != dark);
        QVERIFY(icon.pixmap(16, QIcon::Disabled).toImage() != dark);
    }

    void applicationFollowsTheTheme()
    {
        Theme theme;
        theme.setMode(ThemeMode::Light);
        applyTheme(theme);
        QCOMPARE(QApplication::palette().color(QPalette::Base), tokensFor(false).field);
        theme.setMode(ThemeMode::Dark);
        QCOMPARE(QApplication::palette().color(QPalette::Base), tokensFor(true).field);
        QCOMPARE(QApplication::palette().color(QPalette::Disabled, QPalette::Text), tokensFor(true).edgeDim);
        QApplication::setStyle(QStringLiteral("Fusion")); // the style looks at this theme
    }
};

QTEST_MAIN(ThemeTest)
#include "tst_theme.moc"
