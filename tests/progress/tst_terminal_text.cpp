// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/TerminalText.h"

#include <QTest>

using namespace stagewright::engine;

/// What programs write to a terminal: colours, bars that write over themselves, bytes cut anywhere, floods.
class TerminalTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void colours();
    void carriageReturns();
    void barsThatGoUp();
    void sourcesSideBySide();
    void cutAnywhere();
    void garbage();
    void longLines();
    void bounded();
    void changes();

private:
    static QStringList lines(const TerminalText &text)
    {
        QStringList all;
        for (std::uint64_t i = text.first(); i < text.end(); ++i)
            all << QString::fromStdString(text.line(i).text);
        return all;
    }
};

void TerminalTextTest::colours()
{
    TerminalStyle style;
    applySgr(style, "1;31");
    QVERIFY(style.bold);
    QCOMPARE(style.text, (TerminalColour{TerminalColour::Kind::Palette, 1}));
    applySgr(style, "22;38;5;208;48;2;1;2;3");
    QVERIFY(!style.bold);
    QCOMPARE(style.text, (TerminalColour{TerminalColour::Kind::Palette, 208}));
    QCOMPARE(style.background, (TerminalColour{TerminalColour::Kind::Rgb, 0x010203}));
    applySgr(style, "38:2::255:0:16");
    QCOMPARE(style.text, (TerminalColour{TerminalColour::Kind::Rgb, 0xFF0010}));
    applySgr(style, "97");
    QCOMPARE(style.text.value, 15U);
    applySgr(style, "");
    QCOMPARE(style, TerminalStyle());
    applySgr(style, "38;5"); // cut off
    applySgr(style, "38;2;300;300;300");
    QCOMPARE(style.text.value, 0xFFFFFFU);

    TerminalText text;
    text.write(0, "plain \x1B[32mgreen\x1B[0m plain\n");
    const TerminalLine &line = text.line(0);
    QCOMPARE(line.text, "plain green plain");
    QCOMPARE(line.runs.size(), 2U);
    QCOMPARE(line.runs[0].begin, 6U);
    QCOMPARE(line.runs[0].style.text.value, 2U);
    QCOMPARE(line.runs[1].begin, 11U);
    QCOMPARE(line.runs[1].style, TerminalStyle());
}

void TerminalTextTest::carriageReturns()
{
    TerminalText text;
    text.write(0, "10 %\r50 %\r100 %\ndone\n");
    QCOMPARE(lines(text), QStringList({QStringLiteral("100 %"), QStringLiteral("done")}));
    text.clear();
    text.write(0, "abcdef\rxy\x1B[K\n"); // erased behind what was written over
    QCOMPARE(lines(text), QStringList({QStringLiteral("xy")}));
    text.clear();
    text.write(0, "\xC3\xA4\xC3\xB6\xC3\xBC\ra\n"); // characters, not bytes
    QCOMPARE(lines(text), QStringList({QString::fromUtf8("aöü")}));
    text.clear();
    text.write(0, "\r\n\r\nend");
    QCOMPARE(lines(text), QStringList({QString(), QString(), QStringLiteral("end")}));
}

void TerminalTextTest::barsThatGoUp()
{
    TerminalText text;
    text.write(0, "a 1\nb 1\n\x1B[2A\x1B[2Ka 2\n\x1B[2Kb 2\n");
    QCOMPARE(lines(text), QStringList({QStringLiteral("a 2"), QStringLiteral("b 2")}));
    text.write(0, "\x1B[1A\x1B[0Jgone\n");
    QCOMPARE(lines(text), QStringList({QStringLiteral("a 2"), QStringLiteral("gone")}));
    text.write(0, "\x1B[99A\rtop\n"); // not above the first line
    QCOMPARE(lines(text).first(), QStringLiteral("top"));
}

void TerminalTextTest::sourcesSideBySide()
{
    TerminalText text;
    text.write(0, "one\n");
    text.write(1, "two\n");
    text.write(0, "\x1B[1A\rONE\n"); // reaches its own line over that of the other
    QCOMPARE(lines(text), QStringList({QStringLiteral("ONE"), QStringLiteral("two")}));
    QCOMPARE(text.line(1).source, 1);
    text.write(0, "half");
    text.write(1, "other\n");
    text.write(0, " whole\n");
    QCOMPARE(lines(text).mid(2), QStringList({QStringLiteral("half whole"), QStringLiteral("other")}));
}

void TerminalTextTest::cutAnywhere()
{
    const std::string whole = "x\x1B[38;5;1mr\xC3\xA9\xE2\x9C\x94\x1B[0m\r\n\x1B]0;title\x07last\n";
    TerminalText atOnce;
    atOnce.write(0, whole);
    TerminalText bytewise;
    for (const char c : whole)
        bytewise.write(0, {&c, 1});
    QCOMPARE(lines(bytewise), lines(atOnce));
    QCOMPARE(lines(atOnce), QStringList({QString::fromUtf8("xré✔"), QStringLiteral("last")}));
    QCOMPARE(bytewise.line(0).runs.size(), 1U);
}

void TerminalTextTest::garbage()
{
    TerminalText text;
    text.write(0, "a\xFF\xC3z\x1B[999999999999m\x1B[;;;mb\x1B[" + std::string(1000, '1') + "\n");
    QVERIFY(lines(text).first().startsWith(QString::fromUtf8("a\uFFFD\uFFFDzb")));
    text.write(0, "\x1B]8;;http://x\x1B\\link\x1B]8;;\x1B\\\n");
    QCOMPARE(lines(text).last(), QStringLiteral("link"));
}

void TerminalTextTest::longLines()
{
    TerminalText text;
    text.write(0, std::string(10'000, 'x') + "\n");
    QVERIFY(text.end() >= 3);
    std::size_t sum = 0;
    for (std::uint64_t i = 0; i < text.end(); ++i) {
        QVERIFY(text.line(i).text.size() <= TerminalText::longestLine + 256);
        sum += text.line(i).text.size();
    }
    QCOMPARE(sum, 10'000U);
}

void TerminalTextTest::bounded()
{
    TerminalText text(100, 10'000);
    for (int i = 0; i < 1000; ++i)
        text.write(0, "line " + std::to_string(i) + "\n");
    QVERIFY(text.end() - text.first() <= 100);
    QCOMPARE(text.end(), 1000U);
    QCOMPARE(lines(text).last(), QStringLiteral("line 999"));
    text.write(0, "\x1B[200A\rwhere am I\n"); // to lines that are gone
    QVERIFY(text.end() - text.first() <= 100);
    for (int i = 0; i < 100; ++i)
        text.write(1, std::string(3000, 'y') + "\n");
    QVERIFY(text.end() - text.first() <= 5);
}

void TerminalTextTest::changes()
{
    TerminalText text;
    QCOMPARE(text.takeChanged(), text.end());
    text.write(0, "a\nb\nc\n");
    QCOMPARE(text.takeChanged(), 0U);
    QCOMPARE(text.takeChanged(), text.end());
    text.write(0, "\x1B[2A\rB\n");
    QCOMPARE(text.takeChanged(), 1U);
    text.write(0, "");
    QCOMPARE(text.takeChanged(), text.end());
}

QTEST_GUILESS_MAIN(TerminalTextTest)
#include "tst_terminal_text.moc"
