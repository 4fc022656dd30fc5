// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "Command.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <sstream>

using namespace stagewright::cli;
using nlohmann::json;

namespace {

/// An error in line 3; with "CMD x" in another stage it would be a build check's warning as well.
const std::string shellLess = "FROM scratch\n"
                              "COPY app /\n"
                              "RUN  mkdir /data\n"
                              "ENTRYPOINT [\"/app\"]\n";
const std::string warningOnly = "FROM busybox\n"
                                "CMD sleep 1\n";
const std::string clean = "FROM busybox\n"
                          "CMD [\"sleep\", \"1\"]\n";

struct Outcome
{
    int code = -1;
    std::string out;
    std::string err;
};

Outcome check(std::vector<std::string> arguments, const std::string &input, bool colour = false)
{
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    Streams streams{in, out, err, colour};
    arguments.emplace_back("-");
    const int code = checkCommand.run(arguments, streams);
    return {code, out.str(), err.str()};
}

std::vector<std::string> linesOf(const std::string &text)
{
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

} // namespace

class TestCheckCommand : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void textNamesPlaceRuleAndRemedy();
    void underlineFollowsTabsAndWideText();
    void reasonOnlyWhenAskedFor();
    void nothingToSayIsSilent();
    void levelDecidesTheExitCode_data();
    void levelDecidesTheExitCode();
    void jsonHasEverything();
    void jsonNamesFilesThatCannotBeRead();
    void sarifHasRulesPlacesAndFixes();
    void gitHubCommandsAreEscaped();
    void manyFilesEndInASummary();
    void targetChoosesTheStage();
    void controlCharactersDoNotReachTheTerminal();
    void longLinesAreCutOff();
    void ignoreFileBesideTheFileCounts();
    void refusesBadOptions_data();
    void refusesBadOptions();
};

void TestCheckCommand::textNamesPlaceRuleAndRemedy()
{
    const Outcome outcome = check({}, shellLess);
    QCOMPARE(outcome.code, int(Findings));
    QCOMPARE(outcome.err, std::string());
    const auto lines = linesOf(outcome.out);
    QVERIFY(lines.size() >= 4);
    QVERIFY2(lines[0].starts_with("-:3:1: error: "), lines[0].c_str());
    QVERIFY2(lines[0].ends_with(" [SW001]"), lines[0].c_str());
    QCOMPARE(lines[1], std::string("    3 | RUN  mkdir /data"));
    QCOMPARE(lines[2], std::string("      | ^~~~~~~~~~~~~~~~"));
    QVERIFY2(lines[3].starts_with("  how: "), lines[3].c_str());
    for (const std::string &line : lines)
        QVERIFY2(!line.empty() && !line.ends_with(' '), line.c_str());
}

void TestCheckCommand::underlineFollowsTabsAndWideText()
{
    const Outcome outcome = check({}, "FROM scratch\n\tRUN echo 'ä€' > /x\n");
    const auto lines = linesOf(outcome.out);
    QVERIFY(lines.size() >= 3);
    QCOMPARE(lines[1], std::string("    2 | \tRUN echo 'ä€' > /x"));
    QVERIFY2(lines[2].starts_with("      | \t^~"), lines[2].c_str());
    // One mark a character, not one a byte.
    QCOMPARE(lines[2].size() - std::string("      | \t").size(), std::string("RUN echo 'ab' > /x").size());
}

void TestCheckCommand::reasonOnlyWhenAskedFor()
{
    QVERIFY(check({}, shellLess).out.find("\n  why: ") == std::string::npos);
    QVERIFY(check({"--explain"}, shellLess).out.find("\n  why: ") != std::string::npos);
}

void TestCheckCommand::nothingToSayIsSilent()
{
    const Outcome outcome = check({}, clean);
    QCOMPARE(outcome.code, int(Ok));
    QCOMPARE(outcome.out, std::string());
    QCOMPARE(outcome.err, std::string());
}

void TestCheckCommand::levelDecidesTheExitCode_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("level");
    QTest::addColumn<int>("code");
    QTest::newRow("error, error") << QByteArray::fromStdString(shellLess) << QByteArray("error") << int(Findings);
    QTest::newRow("error, info") << QByteArray::fromStdString(shellLess) << QByteArray("info") << int(Findings);
    QTest::newRow("warning, error") << QByteArray::fromStdString(warningOnly) << QByteArray("error") << int(Ok);
    QTest::newRow("warning, warning") << QByteArray::fromStdString(warningOnly) << QByteArray("warning")
                                      << int(Findings);
    QTest::newRow("warning, default") << QByteArray::fromStdString(warningOnly) << QByteArray() << int(Findings);
    const std::string adviceOnly = "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD [\"node\", \"server.js\"]\n";
    QTest::newRow("advice, default") << QByteArray::fromStdString(adviceOnly) << QByteArray() << int(Ok);
    QTest::newRow("advice, info") << QByteArray::fromStdString(adviceOnly) << QByteArray("info") << int(Findings);
    QTest::newRow("clean, info") << QByteArray::fromStdString(clean) << QByteArray("info") << int(Ok);
}

void TestCheckCommand::levelDecidesTheExitCode()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, level);
    QFETCH(int, code);
    for (const char *format : {"text", "json"}) {
        std::vector<std::string> arguments{"--format", format};
        if (!level.isEmpty())
            arguments.insert(arguments.end(), {"--fail-on", level.toStdString()});
        QCOMPARE(check(arguments, file.toStdString()).code, code);
    }
}

void TestCheckCommand::jsonHasEverything()
{
    const Outcome outcome = check({"--format=json"}, shellLess);
    QCOMPARE(outcome.code, int(Findings));
    const json answer = json::parse(outcome.out);
    QCOMPARE(answer["path"].get<std::string>(), std::string("-"));
    QVERIFY(answer["error"].is_null());
    QCOMPARE(answer["findings"].size(), std::size_t(1));
    const json finding = answer["findings"][0];
    QCOMPARE(finding["rule"].get<std::string>(), std::string("SW001"));
    QCOMPARE(finding["severity"].get<std::string>(), std::string("error"));
    QCOMPARE(finding["line"].get<int>(), 3);
    QCOMPARE(finding["column"].get<int>(), 1);
    QCOMPARE(finding["end_line"].get<int>(), 3);
    QCOMPARE(finding["end_column"].get<int>(), 17);
    QCOMPARE(finding["stage"].get<int>(), 0);
    for (const char *key : {"name", "title", "message", "why", "how"})
        QVERIFY2(!finding[key].get<std::string>().empty(), key);
    QVERIFY(!finding["fixes"].empty());
    QVERIFY(!finding["fixes"][0]["title"].get<std::string>().empty());
    QVERIFY(finding["fixes"][0]["safe"].is_boolean());
    // One object, one line.
    QCOMPARE(linesOf(outcome.out).size(), std::size_t(1));
}

void TestCheckCommand::jsonNamesFilesThatCannotBeRead()
{
    const Outcome outcome = check({"--format", "json", "/nonexistent/Dockerfile"}, clean);
    QCOMPARE(outcome.code, int(CannotRun));
    const auto lines = linesOf(outcome.out);
    QCOMPARE(lines.size(), std::size_t(2));
    QVERIFY(!json::parse(lines[0])["error"].get<std::string>().empty());
    QVERIFY(json::parse(lines[1])["error"].is_null());
    QVERIFY(outcome.err.find("/nonexistent/Dockerfile") != std::string::npos);
}

void TestCheckCommand::sarifHasRulesPlacesAndFixes()
{
    const Outcome outcome = check({"--format=sarif"}, shellLess);
    QCOMPARE(outcome.code, int(Findings));
    const json run = json::parse(outcome.out)["runs"][0];
    const json result = run["results"][0];
    QCOMPARE(result["ruleId"].get<std::string>(), std::string("SW001"));
    QCOMPARE(result["level"].get<std::string>(), std::string("error"));
    const json region = result["locations"][0]["physicalLocation"]["region"];
    QCOMPARE(region["startLine"].get<int>(), 3);
    QCOMPARE(region["endColumn"].get<int>(), 17);
    QVERIFY(!result["fixes"][0]["artifactChanges"][0]["replacements"].empty());
    const auto rules = run["tool"]["driver"]["rules"];
    QVERIFY(std::ranges::any_of(rules, [](const json &rule) {
        return rule["id"] == "SW001" && rule["help"]["markdown"].get<std::string>().starts_with("# SW001");
    }));
    // A clean file still gives a document.
    QVERIFY(json::parse(check({"--format=sarif"}, clean).out)["runs"][0]["results"].empty());
}

void TestCheckCommand::gitHubCommandsAreEscaped()
{
    const Outcome outcome = check({"--format=github"}, "FROM scratch\nRUN echo 100%, ok\n");
    const auto lines = linesOf(outcome.out);
    QCOMPARE(lines.size(), std::size_t(1));
    QVERIFY2(
        lines[0].starts_with("::error file=-,line=2,endLine=2,col=1,endColumn=18,title=SW001%3A RUN needs /bin/sh%2C"),
        lines[0].c_str());
    QVERIFY2(lines[0].find("100%25, ok") != std::string::npos, lines[0].c_str());
    QVERIFY2(lines[0].find("%0A") != std::string::npos, lines[0].c_str());
}

void TestCheckCommand::manyFilesEndInASummary()
{
    const Outcome outcome = check({"-"}, shellLess); // the second reading of standard input is empty
    QVERIFY2(outcome.err.starts_with("2 files: 2 errors, 0 warnings, 0 notes"), outcome.err.c_str());
}

void TestCheckCommand::targetChoosesTheStage()
{
    const std::string file = "FROM busybox AS good\nCMD [\"true\"]\nFROM scratch AS bad\nCMD true\n";
    QCOMPARE(check({"--fail-on", "error", "--target", "bad"}, file).code, int(Findings));
    QCOMPARE(check({"--fail-on", "error", "--target", "nowhere"}, file).code, int(Findings)); // BuildKit's error
}

void TestCheckCommand::controlCharactersDoNotReachTheTerminal()
{
    const Outcome outcome = check({}, "FROM scratch\nRUN echo \x1b[2J\r more\n");
    QVERIFY(!outcome.out.empty());
    QVERIFY(outcome.out.find('\x1b') == std::string::npos);
    QVERIFY(outcome.out.find('\r') == std::string::npos);
    QVERIFY(check({}, shellLess, true).out.find("\x1b[1;31merror\x1b[0m") != std::string::npos);
}

void TestCheckCommand::longLinesAreCutOff()
{
    const Outcome outcome = check({}, "FROM scratch\nRUN " + std::string(50'000, 'x') + "\n");
    const auto lines = linesOf(outcome.out);
    QVERIFY(lines.size() >= 3);
    QVERIFY(lines[1].ends_with("…"));
    QVERIFY(lines[1].size() < 200);
    QVERIFY(lines[2].size() < 200);
}

void TestCheckCommand::ignoreFileBesideTheFileCounts()
{
    const QTemporaryDir folder;
    const auto put = [&](const QString &name, const char *content) {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(content) >= 0;
    };
    const auto finds = [&](const Command &command) {
        std::istringstream in;
        std::ostringstream out;
        std::ostringstream err;
        Streams streams{in, out, err, false};
        const std::vector<std::string> arguments{folder.filePath(QStringLiteral("Dockerfile")).toStdString()};
        command.run(arguments, streams);
        return out.str().contains("CopyIgnoredFile");
    };
    QVERIFY(put(QStringLiteral("Dockerfile"), "FROM scratch\nCOPY secret /\n"));
    QVERIFY(!finds(checkCommand));
    QVERIFY(put(QStringLiteral(".dockerignore"), "# kept at home\nsecret\n"));
    QVERIFY(finds(checkCommand));
    QVERIFY(!finds(inspectCommand)); // inspect prints what BuildKit would, and that has to be asked for
    QVERIFY(put(QStringLiteral("Dockerfile"), "# check=experimental=CopyIgnoredFile\nFROM scratch\nCOPY secret /\n"));
    QVERIFY(finds(inspectCommand));
    QVERIFY(put(QStringLiteral("Dockerfile.dockerignore"), "other\n")); // counts instead of the common one
    QVERIFY(!finds(checkCommand));
    QVERIFY(!finds(inspectCommand));
}

void TestCheckCommand::refusesBadOptions_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("format") << QStringList{QStringLiteral("--format=xml")};
    QTest::newRow("level") << QStringList{QStringLiteral("--fail-on"), QStringLiteral("fatal")};
    QTest::newRow("option") << QStringList{QStringLiteral("--nope")};
}

void TestCheckCommand::refusesBadOptions()
{
    QFETCH(QStringList, arguments);
    std::vector<std::string> strings;
    for (const QString &argument : std::as_const(arguments))
        strings.push_back(argument.toStdString());
    const Outcome outcome = check(strings, shellLess);
    QCOMPARE(outcome.code, int(CannotRun));
    QCOMPARE(outcome.out, std::string());
    QVERIFY2(outcome.err.starts_with("stagewright-cli check: "), outcome.err.c_str());
}

QTEST_GUILESS_MAIN(TestCheckCommand)
#include "tst_checkcommand.moc"
