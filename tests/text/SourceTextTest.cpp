// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "text/SourceText.h"

#include <QTest>

#include <random>

using namespace stagewright;

namespace {

SourceText textOf(std::string bytes)
{
    std::expected<SourceText, DecodeError> text = SourceText::fromBytes(std::move(bytes));
    return text ? *text : SourceText();
}

/// Valid UTF-8 with everything that makes mapping hard.
std::string oddText(std::mt19937 &random)
{
    static constexpr std::string_view Pieces[]
        = {"a", "bc", "\n", "\r\n", "\r", " ", "é", "漢", "😀", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xC2\xA0", "\\"};
    std::string text = random() % 4 == 0 ? "\xEF\xBB\xBF" : "";
    const std::size_t count = random() % 40;
    for (std::size_t i = 0; i < count; ++i)
        text += Pieces[random() % std::size(Pieces)];
    return text;
}

} // namespace

class SourceTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lines();
    void empty();
    void byteOrderMark();
    void endings_data();
    void endings();
    void refuses_data();
    void refuses();
    void lossy();
    void positions();
    void display();
    void displayRoundTrip();
};

void SourceTextTest::lines()
{
    const SourceText text = textOf("ab\nc\r\n\n d");
    QCOMPARE(text.lineCount(), 4U);
    QCOMPARE(text.line(1), (TextRange{0, 2}));
    QCOMPARE(text.lineWithEnding(1), (TextRange{0, 3}));
    QCOMPARE(text.line(2), (TextRange{3, 4}));
    QCOMPARE(text.lineWithEnding(2), (TextRange{3, 6}));
    QCOMPARE(text.line(3), (TextRange{6, 6}));
    QCOMPARE(text.line(4), (TextRange{7, 9}));
    QCOMPARE(text.lineAt(0), 1U);
    QCOMPARE(text.lineAt(2), 1U);
    QCOMPARE(text.lineAt(3), 2U);
    QCOMPARE(text.lineAt(99), 4U);
    QCOMPARE(text.slice({3, 4}), "c");
    QCOMPARE(text.slice({7, 99}), " d");
    // The CR of an empty CR LF line belongs to the ending; two lines of only that do not share it.
    const SourceText bare = textOf("\r\n\r\n");
    QCOMPARE(bare.line(1), (TextRange{0, 0}));
    QCOMPARE(bare.line(2), (TextRange{2, 2}));
    QCOMPARE(textOf("a\rb\n").line(1), (TextRange{0, 3}));
}

void SourceTextTest::empty()
{
    const SourceText text;
    QVERIFY(text.isEmpty());
    QCOMPARE(text.lineCount(), 1U);
    QCOMPARE(text.line(1), (TextRange{0, 0}));
    QCOMPARE(text.displayText(), QString());
    QCOMPARE(text.newline(), "\n");
    QCOMPARE(text.positionAt(5), (LineColumn{1, 1}));
    QVERIFY(text == textOf(""));
    QCOMPARE(textOf("a\n").lineCount(), 2U);
}

void SourceTextTest::byteOrderMark()
{
    const SourceText text = textOf("\xEF\xBB\xBF"
                                   "FROM a\nb");
    QVERIFY(text.hasByteOrderMark());
    QCOMPARE(text.line(1), (TextRange{3, 9}));
    QCOMPARE(text.positionAt(3), (LineColumn{1, 1}));
    QCOMPARE(text.positionAt(0), (LineColumn{1, 1}));
    QCOMPARE(text.offsetAt({1, 1}), 3U);
    QCOMPARE(text.displayText(), QStringLiteral("FROM a\nb"));
    QCOMPARE(text.displayPosition(3), 0);
    QCOMPARE(text.displayPosition(0), 0);
    QCOMPARE(text.offsetAtDisplay(0), 3U);
    QCOMPARE(text.offsetAtDisplay(7), 10U);
    QCOMPARE(text.bytes().size(), 11U);
}

void SourceTextTest::endings_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("crLf");
    QTest::addColumn<bool>("mixed");
    QTest::newRow("none") << QByteArray("a") << false << false;
    QTest::newRow("lf") << QByteArray("a\nb\n") << false << false;
    QTest::newRow("crlf") << QByteArray("a\r\nb\r\n") << true << false;
    QTest::newRow("mostly crlf") << QByteArray("a\r\nb\r\nc\n") << true << true;
    QTest::newRow("mostly lf") << QByteArray("a\r\nb\nc\n") << false << true;
    QTest::newRow("lone cr") << QByteArray("a\rb\n") << false << false;
}

void SourceTextTest::endings()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, crLf);
    QFETCH(bool, mixed);
    const SourceText text = textOf(bytes.toStdString());
    QCOMPARE(text.dominantLineEnding() == LineEnding::CrLf, crLf);
    QCOMPARE(text.newline(), crLf ? "\r\n" : "\n");
    QCOMPARE(text.hasMixedLineEndings(), mixed);
    QCOMPARE(text.bytes(), std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

void SourceTextTest::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("offset");
    QTest::addColumn<int>("line");
    const int invalid = static_cast<int>(DecodeError::Kind::InvalidUtf8);
    QTest::newRow("latin1") << QByteArray("FROM a\n# caf\xE9\n") << invalid << 12 << 2;
    QTest::newRow("lone continuation") << QByteArray("\x80") << invalid << 0 << 1;
    QTest::newRow("overlong 2") << QByteArray("a\xC0\xAF") << invalid << 1 << 1;
    QTest::newRow("overlong 3") << QByteArray("\xE0\x80\xAF") << invalid << 0 << 1;
    QTest::newRow("overlong 4") << QByteArray("\xF0\x80\x80\xAF") << invalid << 0 << 1;
    QTest::newRow("surrogate") << QByteArray("12345678\xED\xA0\x80") << invalid << 8 << 1;
    QTest::newRow("too big") << QByteArray("\xF4\x90\x80\x80") << invalid << 0 << 1;
    QTest::newRow("cut off") << QByteArray("\n\n\xE2\x82") << invalid << 2 << 3;
    QTest::newRow("utf16") << QByteArray("\xFF\xFE"
                                         "F\0",
                                         4)
                           << invalid << 0 << 1;
    QTest::newRow("nul") << QByteArray("ab\n\0c", 5) << static_cast<int>(DecodeError::Kind::Binary) << 3 << 2;
}

void SourceTextTest::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, kind);
    QFETCH(int, offset);
    QFETCH(int, line);
    const std::expected<SourceText, DecodeError> text = SourceText::fromBytes(bytes.toStdString());
    QVERIFY(!text.has_value());
    QCOMPARE(static_cast<int>(text.error().kind), kind);
    QCOMPARE(static_cast<int>(text.error().offset), offset);
    QCOMPARE(static_cast<int>(text.error().where.line), line);
    QVERIFY(text.error().message.contains("line " + std::to_string(line)));
}

void SourceTextTest::lossy()
{
    const SourceText text = SourceText::fromBytesLossy("a\xFF\xFE"
                                                       "b\xC3\xA9\xE2\x82");
    QCOMPARE(text.bytes(), "a\uFFFD\uFFFDb\u00E9\uFFFD\uFFFD");
    QCOMPARE(SourceText::fromBytesLossy("plain\n").bytes(), "plain\n");
}

void SourceTextTest::positions()
{
    const SourceText text = textOf("aé😀b\r\nx");
    QCOMPARE(text.positionAt(0), (LineColumn{1, 1}));
    QCOMPARE(text.positionAt(1), (LineColumn{1, 2}));
    QCOMPARE(text.positionAt(3), (LineColumn{1, 3}));
    QCOMPARE(text.positionAt(7), (LineColumn{1, 4}));
    QCOMPARE(text.positionAt(9), (LineColumn{1, 5}));
    QCOMPARE(text.positionAt(10), (LineColumn{2, 1}));
    QCOMPARE(text.offsetAt({1, 4}), 7U);
    QCOMPARE(text.offsetAt({1, 99}), 8U);
    QCOMPARE(text.offsetAt({2, 2}), 11U);
    QCOMPARE(text.offsetAt({9, 1}), 10U);
}

void SourceTextTest::display()
{
    const SourceText text = textOf("aé\r\n\rb\u2028😀\u00A0c");
    const QString shown = text.displayText();
    QCOMPARE(shown.count(QLatin1Char('\n')), 1);
    QVERIFY(!shown.contains(QLatin1Char('\r')));
    QVERIFY(!shown.contains(QChar(0x2028)));
    QVERIFY(shown.contains(QChar(0x00A0)));
    QCOMPARE(shown.size(), 10);
    QCOMPARE(text.displayPosition(text.size()), shown.size());
    QCOMPARE(text.displayPosition(3), 2); // the CR of the line ending
    QCOMPARE(text.displayPosition(5), 3);
    QCOMPARE(text.displayPosition(1000), shown.size());
    // Between the two halves of a surrogate pair there is no byte: the position in front of it is taken.
    QCOMPARE(text.offsetAtDisplay(7), text.offsetAtDisplay(6));
}

void SourceTextTest::displayRoundTrip()
{
    std::mt19937 random(20240917);
    for (int round = 0; round < 3000; ++round) {
        const SourceText text = textOf(oddText(random));
        const QString shown = text.displayText();
        QCOMPARE(text.displayPosition(text.size()), shown.size());
        for (qsizetype at = 0; at <= shown.size(); ++at) {
            const bool isInside = at > 0 && at < shown.size() && shown[at].isLowSurrogate();
            QCOMPARE(text.displayPosition(text.offsetAtDisplay(at)), isInside ? at - 1 : at);
        }
        QCOMPARE(shown.count(QLatin1Char('\n')), static_cast<qsizetype>(text.lineCount()) - 1);
    }
}

QTEST_GUILESS_MAIN(SourceTextTest)
#include "SourceTextTest.moc"
