// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
// Levels of rules and ignore comments: what they take away, and that nothing else changes.
#include "lint/Ignores.h"
#include "lint/Linter.h"
#include "lint/Rule.h"
#include "lint/RuleTable.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

#include <algorithm>

using namespace stagewright;

class IgnoresTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void levels();
    void offRulesAreNotRun();
    void buildErrorsStay();
    void checksOfAFileThatWantsErrors();
    void checksAsTheyAre();
    void ignoreTakesAwayOne_data();
    void ignoreTakesAwayOne();
    void ignoreOfRuleThatIsOff();
    void everyFindingCanBeIgnored();
    void fixPlaces_data();
    void fixPlaces();
    void noFixWhere_data();
    void noFixWhere();
};

namespace {

SnapshotPtr snapshotOf(const std::string &bytes)
{
    return Snapshot::make(SourceText::fromBytes(bytes).value());
}

std::vector<Diagnostic> findings(const std::string &bytes, LintConfig config = {})
{
    return Linter(Catalog::builtIn(), std::move(config)).check(*snapshotOf(bytes));
}

/// "SW001@3 error, …"
QByteArray shortly(const std::vector<Diagnostic> &found)
{
    QByteArrayList parts;
    for (const Diagnostic &d : found)
        parts << QByteArray::fromStdString(std::string(d.ruleId) + "@" + std::to_string(d.line) + " "
                                           + std::string(severityName(d.severity)));
    return parts.join(", ");
}

LintConfig with(RuleLevelMap levels)
{
    return {.levels = std::move(levels), .buildChecksAsTheyAre = false};
}

const std::string two = "FROM gcr.io/distroless/nodejs24-debian13:nonroot\n"
                        "RUN make\n"
                        "CMD echo\n";

} // namespace

void IgnoresTest::levels()
{
    QCOMPARE(shortly(findings(two)), "SW001@2 error, SW009@3 error, JSONArgsRecommended@3 warning");
    QCOMPARE(shortly(findings(two, with({{"SW001", RuleLevel::Info}, {"JSONArgsRecommended", RuleLevel::Error}}))),
             "SW001@2 info, JSONArgsRecommended@3 error, SW009@3 error");
    QCOMPARE(shortly(findings(two, with({{"SW009", RuleLevel::Off}, {"SW001", RuleLevel::Warning}}))),
             "SW001@2 warning, JSONArgsRecommended@3 warning");
    for (const RuleLevel level : RuleLevels)
        QCOMPARE(ruleLevelOf(ruleLevelName(level)), std::optional(level));
    QVERIFY(!ruleLevelOf("Off") && !ruleLevelOf(""));
    QVERIFY(!severityOf(RuleLevel::Off));
}

void IgnoresTest::offRulesAreNotRun()
{
    LintConfig config;
    for (const Rule *rule : ruleTable())
        config.levels.emplace(rule->id, RuleLevel::Off);
    QCOMPARE(shortly(findings(two, config)), "");
    QVERIFY(findings("FROM busybox\nRUNN x\n", config).size() == 1); // BuildKit refuses it all the same
}

void IgnoresTest::buildErrorsStay()
{
    const std::string broken = "# stagewright ignore-file=BuildError no\nFROM busybox\n"
                               "# stagewright ignore=BuildError no\nRUNN x\n";
    QCOMPARE(shortly(findings(broken, with({{"BuildError", RuleLevel::Off}}))),
             "SW090@1 warning, SW090@3 warning, BuildError@4 error");
    QCOMPARE(shortly(findings("FROM busybox\nRUNN x\n", with({{"BuildError", RuleLevel::Info}}))),
             "BuildError@2 error");
}

void IgnoresTest::checksOfAFileThatWantsErrors()
{
    // BuildKit fails this build whatever is off here, and says why.
    const std::string strict = "# check=error=true\nFROM busybox\nCMD echo\n";
    QCOMPARE(shortly(findings(strict)), "BuildError@1 error, JSONArgsRecommended@3 warning");
    QCOMPARE(shortly(findings(strict, with({{"JSONArgsRecommended", RuleLevel::Off}}))), "BuildError@1 error");
    QCOMPARE(shortly(findings("# check=error=true\nFROM busybox\n# stagewright ignore=JSONArgsRecommended it is fine\n"
                              "CMD echo\n")),
             "BuildError@1 error");
}

void IgnoresTest::checksAsTheyAre()
{
    const std::string text = "FROM busybox\n# stagewright ignore=JSONArgsRecommended it is fine\nCMD echo\n";
    LintConfig config = with({{"JSONArgsRecommended", RuleLevel::Off}});
    QCOMPARE(shortly(findings(text, config)), "");
    config.buildChecksAsTheyAre = true;
    QCOMPARE(shortly(findings(text, config)), "JSONArgsRecommended@3 warning");
}

void IgnoresTest::ignoreTakesAwayOne_data()
{
    QTest::addColumn<QByteArray>("comments");
    QTest::addColumn<QByteArray>("rest");
    const auto row = [](const char *name, const char *comments, const char *rest) {
        QTest::newRow(name) << QByteArray(comments) << QByteArray(rest);
    };
    const char *silent = "";
    row("id", "# stagewright ignore=SW001 because\n", silent);
    row("name", "# stagewright ignore=shell-form-run-without-shell because\n", silent);
    row("no blanks", "#stagewright ignore=SW001 because\n", silent);
    row("tabs", "#\tstagewright\tignore\t=\tSW001\tbecause\n", silent);
    row("several comments", "# one\n# stagewright ignore=SW001 because\n# three\n", silent);
    row("two of them", "# stagewright ignore=SW001 because\n# stagewright ignore=SW999 because\n", "SW090@3 warning");
    row("the same twice", "# stagewright ignore=SW001 because\n# stagewright ignore=SW001 because\n", silent);
    row("another one", "# stagewright ignore=SW007 because\n", "SW090@2 warning, SW001@3 error");
    row("no reason", "# stagewright ignore=SW001\n", "SW091@2 info");
    row("blank line", "# stagewright ignore=SW001 because\n\n", "SW090@2 warning, SW001@4 error");
    row("blanks in a line", "# stagewright ignore=SW001 because\n  \n", "SW090@2 warning, SW001@4 error");
    row("bare hash between", "# stagewright ignore=SW001 because\n#\n", silent);
    row("other case", "# Stagewright ignore=SW001 because\n", "SW001@3 error");
    row("other case of the id", "# stagewright ignore=sw001 because\n", "SW090@2 warning, SW001@3 error");
    row("colon", "# stagewright: ignore=SW001 because\n", "SW001@3 error");
    row("semicolon", "# stagewright ignore=SW001; because\n", "SW090@2 warning, SW001@3 error");
    row("comma at the end", "# stagewright ignore=SW001, because\n", "SW090@2 warning, SW091@2 info");
    row("wide letters", "# été\n# stagewright ignore=SW001 à cause\n", silent);
}

void IgnoresTest::ignoreTakesAwayOne()
{
    QFETCH(QByteArray, comments);
    QFETCH(QByteArray, rest);
    const QByteArray head("FROM gcr.io/distroless/nodejs24-debian13:nonroot\n");
    for (const char *run :
         {"RUN make\n", "RUN make \\\n  # stays a comment\n  && make install\n", "RUN --network=none make"}) {
        QByteArray text = head + comments + run;
        QCOMPARE(shortly(findings(text.toStdString())), rest);
        text.replace("\n", "\r\n");
        QCOMPARE(shortly(findings(text.toStdString())), rest);
        text.prepend("\xEF\xBB\xBF");
        QCOMPARE(shortly(findings(text.toStdString())), rest);
    }
}

void IgnoresTest::ignoreOfRuleThatIsOff()
{
    const std::string text = "FROM busybox\n# stagewright ignore=SW001,SW003 because\nRUN true\n";
    QCOMPARE(shortly(findings(text)), "SW090@2 warning, SW090@2 warning");
    QCOMPARE(shortly(findings(text, with({{"SW001", RuleLevel::Off}}))), "SW090@2 warning");
    QCOMPARE(shortly(findings(text, with({{"SW090", RuleLevel::Off}}))), "");
    QCOMPARE(shortly(findings(text, with({{"SW090", RuleLevel::Error}}))), "SW090@2 error, SW090@2 error");
}

/// Over every case of every rule: the comment takes the finding away, adds none but the missing reason, and the build
/// stays what it was.
void IgnoresTest::everyFindingCanBeIgnored()
{
    const Linter linter(Catalog::builtIn());
    int ignored = 0;
    QDirIterator it(QStringLiteral(STAGEWRIGHT_SOURCE_DIR "/tests/lint"), {QStringLiteral("*.Dockerfile")}, QDir::Files,
                    QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto text = SourceText::fromBytes(file.readAll().toStdString());
        const SnapshotPtr before = Snapshot::make(text.value());
        const std::vector<Diagnostic> all = linter.check(*before);
        for (const Diagnostic &d : all) {
            const auto fix = ignoreFix(*before, d);
            if (!fix)
                continue;
            QVERIFY(!fix->safe && fix->transaction.edits().size() == 1);
            const SnapshotPtr after = Snapshot::make(fix->transaction.applyTo(before->text()));
            const std::vector<Diagnostic> left = linter.check(*after);
            const auto countOf = [&](const std::vector<Diagnostic> &list, auto matches) {
                return std::ranges::count_if(list, matches);
            };
            const std::string words = file.fileName().toStdString() + ": " + d.message;
            const auto same
                = [&](const Diagnostic &o) { return o.ruleId == d.ruleId && o.instruction == d.instruction; };
            QVERIFY2(countOf(left, same) == 0, words.c_str());
            const auto other = [&](const Diagnostic &o) { return o.ruleId != "SW091" && !same(o); };
            QVERIFY2(countOf(left, other) <= countOf(all, other), words.c_str());
            QCOMPARE(after->tree().directives().size(), before->tree().directives().size());
            QCOMPARE(after->tree().instructions().size(), before->tree().instructions().size());
            QCOMPARE(after->graph().errors().size(), before->graph().errors().size());
            ++ignored;
        }
    }
    QVERIFY(ignored > 200);
}

void IgnoresTest::fixPlaces_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("rule");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char *name, const char *before, const char *rule, const char *after) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(rule) << QByteArray(after);
    };
    row("behind directives", "# syntax=docker/dockerfile:1\n# escape=`\nFROM gcr.io/distroless/base\n", "SW043",
        "# syntax=docker/dockerfile:1\n# escape=`\n# stagewright ignore=SW043 TODO: say why\nFROM "
        "gcr.io/distroless/base\n");
    row("first line",
        "\xEF\xBB\xBF"
        "FROM gcr.io/distroless/base",
        "SW043", "\xEF\xBB\xBF# stagewright ignore=SW043 TODO: say why\nFROM gcr.io/distroless/base");
    row("a stage's description stays last",
        "# syntax=docker/dockerfile:1\n# base is what we ship\nFROM "
        "gcr.io/distroless/base AS base\n",
        "SW043",
        "# syntax=docker/dockerfile:1\n# stagewright ignore=SW043 TODO: say why\n# base is what we ship\nFROM "
        "gcr.io/distroless/base AS base\n");
    row("indented, CR LF", "FROM scratch\r\n  # hello\r\n  RUN x\r\n", "SW001",
        "FROM scratch\r\n  # hello\r\n  # stagewright ignore=SW001 TODO: say why\r\n  RUN x\r\n");
    row("joins what is there", "FROM scratch\n# stagewright ignore=SW002 why\n# more\nRUN x\n", "SW001",
        "FROM scratch\n# stagewright ignore=SW002,SW001 why\n# more\nRUN x\n");
    row("heredoc", "FROM scratch\nRUN <<E\n# x\nE\n", "SW004",
        "FROM scratch\n# stagewright ignore=SW004 TODO: say why\nRUN <<E\n# x\nE\n");
}

void IgnoresTest::fixPlaces()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, rule);
    QFETCH(QByteArray, after);
    const SnapshotPtr snapshot = snapshotOf(before.toStdString());
    const auto all = Linter(Catalog::builtIn()).check(*snapshot);
    const auto found = std::ranges::find(all, std::string_view(rule), &Diagnostic::ruleId);
    QVERIFY2(found != all.end(), shortly(all).constData());
    const auto fix = ignoreFix(*snapshot, *found);
    QVERIFY(fix);
    QCOMPARE(QByteArray::fromStdString(std::string(fix->transaction.applyTo(snapshot->text()).bytes())), after);
}

void IgnoresTest::noFixWhere_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("build error") << QByteArray("FROM busybox\nRUNN x\n");
    QTest::newRow("empty file") << QByteArray("");
    QTest::newRow("about a comment") << QByteArray("FROM busybox\n# stagewright ignore=SW001 x\nRUN true\n");
    // The comment would be taken for the stage's description.
    QTest::newRow("described stages") << QByteArray("# check=experimental=all\nFROM gcr.io/distroless/base:nonroot\n");
}

void IgnoresTest::noFixWhere()
{
    QFETCH(QByteArray, text);
    const SnapshotPtr snapshot = snapshotOf(text.toStdString());
    const auto all = Linter(Catalog::builtIn()).check(*snapshot);
    QVERIFY(!all.empty());
    for (const Diagnostic &d : all)
        QVERIFY2(!ignoreFix(*snapshot, d), d.message.c_str());
}

QTEST_GUILESS_MAIN(IgnoresTest)
#include "tst_ignores.moc"
