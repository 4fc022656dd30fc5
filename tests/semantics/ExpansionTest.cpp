// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/Expansion.h"
#include "../support/CpuTimer.h"
#include "semantics/Environment.h"
#include "semantics/Pattern.h"

#include <QTest>

using namespace stagewright;

class ExpansionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void expands_data();
    void expands();
    void refuses_data();
    void refuses();
    void usesTheFilesEscape();
    void keepsQuotesInHeredocs();
    void splitsWords_data();
    void splitsWords();
    void tellsWhatWasUsed();
    void replacesPatterns_data();
    void replacesPatterns();
    void staysLinear();
    void staysSmall();
    void takesVariablesBack();

private:
    static VariableTable variables();
};

VariableTable ExpansionTest::variables()
{
    VariableTable table;
    table.set("V", "value");
    table.set("EMPTY", "");
    table.set("PATHS", "/usr/lib/app/lib.so");
    table.set("SPACED", "a  b");
    table.set("LINES", "a\nb");
    table.set("\xc3\xa9t\xc3\xa9", "summer");
    table.set("STARS", "a*b*c");
    return table;
}

void ExpansionTest::expands_data()
{
    QTest::addColumn<std::string>("word");
    QTest::addColumn<std::string>("expected");
    const auto row = [](const char *word, const char *expected) {
        QTest::newRow(word) << std::string(word) << std::string(expected);
    };
    row("plain", "plain");
    row("$V", "value");
    row("${V}", "value");
    row("a$V/b", "avalue/b");
    row("$V-x", "value-x");
    row("$Vx", "");
    row("$", "$");
    row("a$", "a$");
    row("$.", "$.");
    row("$1x", "x");
    row("$$", "");
    row("'$V'", "$V");
    row("\"$V\"", "value");
    row("\"a'b\"", "a'b");
    row("'a\"b'", "a\"b");
    row("\\$V", "$V");
    row("\"\\$V\"", "$V");
    row("\"\\V\"", "\\V");
    row("\\V", "V");
    row("a\\", "a");
    row("\"a\\\\b\"", "a\\b");
    row("${NO:-x}", "x");
    row("${NO-x}", "x");
    row("${EMPTY:-x}", "x");
    row("${EMPTY-x}", "");
    row("${V:+x}", "x");
    row("${EMPTY:+x}", "");
    row("${EMPTY+x}", "x");
    row("${NO+x}", "");
    row("${V:?no}", "value");
    row("${EMPTY?no}", "");
    row("${NO:-${V:-y}}", "value");
    row("${NO:-'a}b'}", "a}b");
    row("${NO:-\"$V\"}", "value");
    row("${NO:-a\\}b}", "a}b");
    row("${PATHS#/*/}", "lib/app/lib.so");
    row("${PATHS##*/}", "lib.so");
    row("${PATHS%/*}", "/usr/lib/app");
    row("${PATHS%%/*}", "");
    row("${PATHS%.so}", "/usr/lib/app/lib");
    row("${PATHS#?}", "usr/lib/app/lib.so");
    row("${PATHS#nope}", "/usr/lib/app/lib.so");
    row("${NO#x}", "");
    row("${PATHS/lib/LIB}", "/usr/LIB/app/lib.so");
    row("${PATHS//lib/LIB}", "/usr/LIB/app/LIB.so");
    row("${PATHS/\\/usr/}", "/lib/app/lib.so");
    row("${PATHS//l?b/x}", "/usr/x/app/x.so");
    row("${STARS//\\*/-}", "a-b-c");
    row("${LINES#*b}", "a\nb"); // wildcards stop at line endings
    row("$\xc3\xa9t\xc3\xa9", "summer");
    row("${V}${V}", "valuevalue");
}

void ExpansionTest::expands()
{
    QFETCH(std::string, word);
    QFETCH(std::string, expected);
    const auto value = WordExpander('\\').expand(word, variables());
    QVERIFY2(value.has_value(), value ? "" : value.error().c_str());
    QCOMPARE(*value, expected);
}

void ExpansionTest::refuses_data()
{
    QTest::addColumn<std::string>("word");
    QTest::addColumn<std::string>("reason");
    const auto row
        = [](const char *word, const char *reason) { QTest::newRow(word) << std::string(word) << std::string(reason); };
    row("${", "syntax error: missing '}'");
    row("${}", "syntax error: bad substitution");
    row("${:-x}", "syntax error: bad substitution");
    row("${{V}}", "syntax error: bad substitution");
    row("${V", "unsupported modifier (\xef\xbf\xbd) in substitution");
    row("${V^}", "unsupported modifier (^) in substitution");
    row("${V:^x}", "unsupported modifier (:^) in substitution");
    row("${V:#x}", "unsupported modifier (:#) in substitution");
    row("${V:}", "syntax error: missing '}'");
    row("${V:-x", "syntax error: missing '}'");
    row("${V/a", "syntax error: missing '/' in ${}");
    row("${V/a/b", "syntax error: missing '}'");
    row("${V#\\a}", "invalid pattern (\\a) in substitution: invalid escape '\\a'");
    row("${NO:?need it}", "NO: need it");
    row("${NO?}", "NO: is not allowed to be unset");
    row("${EMPTY:?}", "EMPTY: is not allowed to be empty");
    row("'open", "unexpected end of statement while looking for matching single-quote");
    row("a\"open", "unexpected end of statement while looking for matching double-quote");
    row("${NO:-'open}", "syntax error: missing '}'");
}

void ExpansionTest::refuses()
{
    QFETCH(std::string, word);
    QFETCH(std::string, reason);
    const auto value = WordExpander('\\').expand(word, variables());
    QVERIFY(!value);
    const std::string prefix = "failed to process \"";
    QVERIFY2(value.error().starts_with(prefix), value.error().c_str());
    QVERIFY2(value.error().ends_with("\": " + reason), value.error().c_str());
}

void ExpansionTest::usesTheFilesEscape()
{
    const WordExpander expander('`');
    QCOMPARE(*expander.expand("c:\\$V", variables()), "c:\\value");
    QCOMPARE(*expander.expand("`$V", variables()), "$V");
}

void ExpansionTest::keepsQuotesInHeredocs()
{
    const WordExpander raw = WordExpander('\\').keepQuotes();
    QCOMPARE(*raw.expand("it's \"$V\" \\$V", variables()), "it's \"value\" $V");
}

void ExpansionTest::splitsWords_data()
{
    QTest::addColumn<std::string>("word");
    QTest::addColumn<std::vector<std::string>>("expected");
    using Words = std::vector<std::string>;
    QTest::newRow("one") << std::string("80") << Words{"80"};
    QTest::newRow("variable splits") << std::string("$SPACED") << Words{"a", "b"};
    QTest::newRow("quotes hold together") << std::string("\"$SPACED\"") << Words{"a  b"};
    QTest::newRow("text") << std::string(" a 'b c'd ") << Words{"a", "b cd"};
    QTest::newRow("escaped blank") << std::string("a\\ b") << Words{"a b"};
    QTest::newRow("nothing") << std::string("$NO") << Words{};
    QTest::newRow("default") << std::string("${NO:-80}") << Words{"80"};
}

void ExpansionTest::splitsWords()
{
    QFETCH(std::string, word);
    QFETCH(std::vector<std::string>, expected);
    QCOMPARE(*WordExpander('\\').expandToWords(word, variables()), expected);
}

void ExpansionTest::tellsWhatWasUsed()
{
    VariableUse use;
    QVERIFY(WordExpander('\\').expand("$B$V${A:-$V$C}$B", variables(), &use));
    QCOMPARE(use.matched, std::vector<std::string>{"V"});
    QCOMPARE(use.unmatched, (std::vector<std::string>{"B", "C", "A"}));
}

void ExpansionTest::replacesPatterns_data()
{
    QTest::addColumn<std::string>("value");
    QTest::addColumn<std::string>("pattern");
    QTest::addColumn<std::string>("replacement");
    QTest::addColumn<bool>("all");
    QTest::addColumn<std::string>("expected");
    const auto row = [](const char *value, const char *pattern, const char *replacement, bool all,
                        const char *expected) {
        QTest::addRow("%s /%s/%s", value, pattern, replacement)
            << std::string(value) << std::string(pattern) << std::string(replacement) << all << std::string(expected);
    };
    row("banana", "an", "AN", false, "bANana");
    row("banana", "an", "AN", true, "bANANa");
    row("banana", "a*", "-", false, "b-");
    row("banana", "a?", "", true, "ba"); // "an", "an", then a lone a
    row("abc", "*", "x", true, "x");
    row("abc", "", "-", true, "-a-b-c-");
    row("abc", "", "-", false, "-abc");
    row("abc", "z", "-", true, "abc");
    row("abc", "b", "[$0]", true, "a[b]c"); // Go fills in the match
    row("abc", "b", "$x", true, "ac");
    row("abc", "b", "$$", true, "a$c");
    row("abc", "b", "$0", false, "a$0c"); // but not for a single replacement
    row("a/b", "\\/", "-", false, "a-b");
}

void ExpansionTest::replacesPatterns()
{
    QFETCH(std::string, value);
    QFETCH(std::string, pattern);
    QFETCH(std::string, replacement);
    QFETCH(bool, all);
    QFETCH(std::string, expected);
    QCOMPARE(*withReplacement(value, pattern, replacement, all, 1024 * 1024), expected);
}

/// Patterns and nesting that make backtracking or copying implementations explode.
void ExpansionTest::staysLinear()
{
    VariableTable table;
    table.set("A", std::string(60000, 'a'));
    const WordExpander expander('\\');
    const test::CpuTimer clock;
    std::string stars;
    for (int i = 0; i < 60; ++i)
        stars += "*a";
    QCOMPARE(expander.expand("${A##" + stars + "b}", table)->size(), std::size_t{60000});
    QCOMPARE(expander.expand("${A//" + stars + "b/x}", table)->size(), std::size_t{60000});
    QVERIFY(expander.expand("${A%%" + stars + "}", table)->empty());
    std::string manyUses;
    for (int i = 0; i < 60000; ++i)
        manyUses += "$X" + std::to_string(i % 30000);
    VariableUse use;
    QVERIFY(expander.expand(manyUses, table, &use));
    QCOMPARE(use.unmatched.size(), std::size_t{30000});
    std::string nested = "x";
    for (int i = 0; i < 300; ++i)
        nested = "${N:-" + nested + "}";
    QCOMPARE(*expander.expand(nested, table), "x");
    // That it ends is the test; how fast counts only where it is asked for. A second or so even under sanitizers.
    if (qEnvironmentVariableIsSet("STAGEWRIGHT_TIMED_TESTS"))
        QVERIFY2(clock.milliseconds() < 20000, "takes too long");
}

void ExpansionTest::staysSmall()
{
    {
        // A million times a million: it must not even be tried.
        VariableTable big;
        big.set("L", std::string(1'000'000, 'l'));
        QVERIFY(WordExpander('\\').expand("${L//l/$L}", big)->size() <= 1024 * 1024);
        QVERIFY(WordExpander('\\').expand("${L//l/\\${0\\}\\${0\\}}", big).has_value());
    }
    VariableTable table;
    table.set("A", std::string(1000, 'a'));
    const WordExpander expander('\\');
    for (int i = 0; i < 40; ++i)
        table.set("A", *expander.expand("$A$A", table));
    QVERIFY(table.find("A")->size() <= 64 * 1024);
    std::string word;
    for (int i = 0; i < 2000; ++i)
        word += "$A";
    QVERIFY(expander.expand(word, table)->size() <= 1024 * 1024);
    std::string deep(100000, '{');
    for (std::size_t i = 0; i + 5 < deep.size(); i += 5)
        deep.replace(i, 5, "${N:-");
    QVERIFY(!expander.expand(deep, table)); // an error, not a stack overflow
}

void ExpansionTest::takesVariablesBack()
{
    VariableTable table;
    table.set("A", "1");
    const VariableTable::Mark mark = table.mark();
    table.set("A", "2");
    for (int i = 0; i < 50; ++i)
        table.set("B" + std::to_string(i), "x");
    QCOMPARE(*table.find("B49"), "x");
    table.rollBack(mark);
    QCOMPARE(*table.find("A"), "1");
    QVERIFY(!table.find("B0"));
    table.set("B0", "again");
    QCOMPARE(*table.find("B0"), "again");
    QCOMPARE(table.names(), (std::vector<std::string_view>{"A", "B0"}));
}

QTEST_GUILESS_MAIN(ExpansionTest)
#include "ExpansionTest.moc"
