// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/IgnorePatterns.h"

#include <QTest>

using namespace stagewright;

/// What a .dockerignore leaves out, pattern by pattern.
class IgnorePatternsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void patterns_data();
    void patterns();
    void content();
    void manyStars();
};

void IgnorePatternsTest::patterns_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("left");
    int count = 0;
    const auto row = [&count](const char *pattern, const char *path, bool left) {
        QTest::newRow(
            qPrintable(QStringLiteral("%1: %2 %3").arg(++count).arg(QLatin1String(pattern), QLatin1String(path))))
            << QString::fromLatin1(pattern) << QString::fromLatin1(path) << left;
    };
    row("a.txt", "a.txt", true);
    row("a.txt", "b/a.txt", false);
    row("/a.txt", "a.txt", true);
    row("a/", "a/b/c", true);
    row("a", "ab", false);
    row("*.log", "x.log", true);
    row("*.log", "d/x.log", false);
    row("**/*.log", "d/e/x.log", true);
    row("**/*.log", "x.log", true);
    row("a/**", "a/b/c", true);
    row("a/**", "a", false);
    row("**", "a/b", true);
    row("a**b", "axb", false);
    row("a**b", "ax/b", true);
    row("a/**/b", "a/b", true);
    row("a/**/b", "a/x/y/b", true);
    row("a?c", "abc", true);
    row("a?c", "a/c", false);
    row("[a-c]x", "bx", true);
    row("[a-c]x", "dx", false);
    row("[^a]x", "bx", true);
    row("[^a]x", "ax", false);
    row("a\\*", "a*", true);
    row("a\\*", "ab", false);
    row("./a/../b", "b", true);
    row("*", ".", true);
    row("a", ".", false);
}

void IgnorePatternsTest::patterns()
{
    QFETCH(QString, pattern);
    QFETCH(QString, path);
    QFETCH(bool, left);
    const IgnorePatterns patterns(pattern.toStdString());
    QCOMPARE(!patterns.leavesOut(path.toStdString()).empty(), left);
}

void IgnorePatternsTest::content()
{
    const IgnorePatterns patterns("\xef\xbb\xbf# comment\r\n\r\n  a  \r\n!b\n#c\n");
    QVERIFY(patterns.hasExceptions());
    QCOMPARE(std::string(patterns.leavesOut("a/x")), std::string("a"));
    QVERIFY(patterns.leavesOut("b").empty());
    QVERIFY(patterns.leavesOut("#c").empty());
    QVERIFY(IgnorePatterns("# only\n\n.\n").isEmpty());
}

/// Backtracking would take for ever.
void IgnorePatternsTest::manyStars()
{
    std::string pattern;
    for (int i = 0; i < 200; ++i)
        pattern += "*a";
    QVERIFY(IgnorePatterns(pattern + "b").leavesOut(std::string(1000, 'a')).empty());
}

QTEST_GUILESS_MAIN(IgnorePatternsTest)
#include "IgnorePatternsTest.moc"
