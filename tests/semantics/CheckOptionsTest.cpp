// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/CheckOptions.h"
#include "catalog/Catalog.h"
#include "lint/Linter.h"
#include "semantics/Snapshot.h"

#include <QTest>

#include <algorithm>

using namespace stagewright;

/// `# check=…`, for the file and for one instruction, and what it does to the checks.
class CheckOptionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads();
    void refuses_data();
    void refuses();
    void filters_data();
    void filters();
    void looksIntoTheIgnoreFile_data();
    void looksIntoTheIgnoreFile();
};

namespace {

/// BuildKit's checks that a text meets, as "Name:line", in the order of the lines.
std::string checksOf(const std::string &text, AnalysisOptions options = {})
{
    static const Linter linter(Catalog::builtIn());
    std::string names;
    for (const Diagnostic &d : linter.check(*Snapshot::make(SourceText::fromBytes(text).value(), std::move(options)))) {
        if (d.source == DiagnosticSource::BuildCheck && !d.unreached)
            names.append(names.empty() ? "" : " ").append(d.ruleId).append(":" + std::to_string(d.line));
    }
    return names;
}

} // namespace

void CheckOptionsTest::reads()
{
    const auto some = CheckOptions::parse(" skip = A, B ; error=T;experimental=X ");
    QVERIFY(some.has_value());
    QVERIFY(some->skips("A") && some->skips("B") && !some->skips("C") && !some->skipAll);
    QVERIFY(some->error && some->enablesExperimental("X") && !some->enablesExperimental("Y"));
    const auto all = CheckOptions::parse("skip=all;experimental=all;error=0;");
    QVERIFY(all && all->skips("anything") && all->enablesExperimental("anything") && !all->error);
    QVERIFY(CheckOptions::parse("")->skip.empty());
    const auto twice = CheckOptions::parse("skip=A;skip=B"); // the last one counts
    QVERIFY(twice && !twice->skips("A") && twice->skips("B"));
}

void CheckOptionsTest::refuses_data()
{
    QTest::addColumn<std::string>("value");
    QTest::addColumn<std::string>("error");
    const auto row = [](const char *value, const char *error) {
        QTest::newRow(value) << std::string(value) << std::string(error);
    };
    row("skip", R"(invalid check option "skip")");
    row("Skip=all", R"(invalid check option "Skip")");
    row("skip=A;foo=bar", R"(invalid check option "foo")");
    row("error=", R"(failed to parse check option "error=": strconv.ParseBool: parsing "": invalid syntax)");
    row("error=yes", R"(failed to parse check option "error=yes": strconv.ParseBool: parsing "yes": invalid syntax)");
}

void CheckOptionsTest::refuses()
{
    QFETCH(std::string, value);
    QFETCH(std::string, error);
    const auto options = CheckOptions::parse(value);
    QVERIFY(!options);
    QCOMPARE(options.error(), error);
}

void CheckOptionsTest::filters_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("checks");
    const auto row = [](const char *name, const char *text, const char *checks) {
        QTest::newRow(name) << std::string(text) << std::string(checks);
    };
    row("nothing skipped", "FROM scratch as B\nWORKDIR a\n", "FromAsCasing:1 StageNameCasing:1 WorkdirRelativePath:2");
    row("one skipped", "# check=skip=FromAsCasing\nFROM scratch as B\nWORKDIR a\n",
        "StageNameCasing:2 WorkdirRelativePath:3");
    row("two skipped", "#check=skip=FromAsCasing , StageNameCasing\nFROM scratch as B\nWORKDIR a\n",
        "WorkdirRelativePath:3");
    row("all skipped", "# check=skip=all\nFROM scratch as B\nWORKDIR a\n", "");
    row("in any case, not the names", "# CHECK=skip=fromascasing\nFROM scratch as b\n", "FromAsCasing:2");
    row("behind a comment it is none", "# note\n\n# check=skip=all\n\nARG A\nFROM scratch as b\n", "FromAsCasing:6");
    row("for one instruction", "FROM scratch\n# check=skip=WorkdirRelativePath\nWORKDIR a\nCMD b\n",
        "JSONArgsRecommended:4");
    row("for the next only", "FROM scratch\n# check=skip=JSONArgsRecommended\nENTRYPOINT a\nCMD b\n",
        "JSONArgsRecommended:4");
    row("for a FROM", "FROM scratch\n# check=skip=all\nFROM scratch as B\n", "");
}

void CheckOptionsTest::filters()
{
    QFETCH(std::string, text);
    QFETCH(std::string, checks);
    QCOMPARE(checksOf(text), checks);
}

void CheckOptionsTest::looksIntoTheIgnoreFile_data()
{
    QTest::addColumn<std::string>("ignoreFile");
    QTest::addColumn<bool>("isFound");
    const auto row
        = [](const char *ignoreFile, bool isFound) { QTest::newRow(ignoreFile) << std::string(ignoreFile) << isFound; };
    row("a/b\n", true);
    row("a\n", true);
    row("/a/\n", true);
    row("**/b\n", true);
    row("a/*\n", true);
    row("*\n", true);
    row("**\n", true);
    row("# a\na/?\n", true);
    row("b\n", false);
    row("a/b/c\n", false);
    row("a/b\n!a/b\n", false);
    row("*\n!x\n", false); // with an exception BuildKit does not look
    row("\n", false);
}

void CheckOptionsTest::looksIntoTheIgnoreFile()
{
    QFETCH(std::string, ignoreFile);
    QFETCH(bool, isFound);
    AnalysisOptions options;
    options.ignoreFile = ignoreFile;
    const std::string text
        = "# check=experimental=CopyIgnoredFile\nFROM scratch\nADD ./a/b /x\nCOPY --from=img a/b /x\n"
          "COPY <<E /y\nE\nADD https://x.org/a/b /z\n";
    QCOMPARE(checksOf(text, options), isFound ? "CopyIgnoredFile:3" : "");
    QCOMPARE(checksOf(text.substr(text.find('\n') + 1), options), "");
}

QTEST_GUILESS_MAIN(CheckOptionsTest)
#include "CheckOptionsTest.moc"
