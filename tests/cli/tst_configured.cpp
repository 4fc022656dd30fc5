// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
// Project files, catalogues and ignore comments on the command line.
#include "Command.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sstream>

using namespace stagewright::cli;
using nlohmann::json;
using namespace Qt::StringLiterals;

namespace {

const QByteArray shellLess = "FROM gcr.io/distroless/nodejs24-debian13:nonroot\n"
                             "RUN make\n";

struct Outcome
{
    int code = -1;
    std::string out;
    std::string err;
};

} // namespace

class ConfiguredTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void levelsReachEveryFormat();
    void offAndFailOn();
    void eachFileHasItsOwnProject();
    void givenAndNone();
    void mistakesAreSaidOnceAndFail();
    void ownCatalogues();
    void fixChangesNothingWhenSomethingIsWrong();
    void fixLeavesIgnoredAndOffAlone();
    void fixRemovesUnusedIgnores();
    void inspectKeepsWhatBuildKitSays();
    void standardInputTakesTheCurrentFolder();
    void helpNamesTheOptions();

private:
    std::string path(const QString &name) const { return folder->filePath(name).toStdString(); }
    void write(const QString &name, const QByteArray &bytes) const
    {
        const QString file = folder->filePath(name);
        QVERIFY(QDir().mkpath(QFileInfo(file).path()));
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size());
    }
    QByteArray read(const QString &name) const
    {
        QFile in(folder->filePath(name));
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }
    static Outcome run(std::vector<std::string> arguments, const std::string &input = {})
    {
        std::istringstream in(input);
        std::ostringstream out;
        std::ostringstream err;
        Streams streams{in, out, err, false};
        const int code = runCommandLine(arguments, streams);
        return {code, out.str(), err.str()};
    }
    std::unique_ptr<QTemporaryDir> folder;
    QByteArray before;
};

void ConfiguredTest::init()
{
    folder = std::make_unique<QTemporaryDir>();
    before = qgetenv("XDG_CONFIG_HOME");
    qputenv("XDG_CONFIG_HOME", folder->filePath(u"home"_s).toUtf8());
    write(u"repo/.git/HEAD"_s, "");
    write(u"repo/Dockerfile"_s, shellLess);
}

void ConfiguredTest::cleanup()
{
    qputenv("XDG_CONFIG_HOME", before);
}

void ConfiguredTest::levelsReachEveryFormat()
{
    write(u"repo/.stagewright.json"_s, R"({"rules": {"SW001": "info"}})");
    const std::string file = path(u"repo/Dockerfile"_s);
    QVERIFY(run({"check", file}).out.find(":2:1: note: ") != std::string::npos
            || run({"check", file}).out.find(":2:1: info: ") != std::string::npos);
    QCOMPARE(run({"check", file}).code, int(Ok));
    QCOMPARE(run({"check", "--fail-on", "info", file}).code, int(Findings));
    const json lines = json::parse(run({"check", "--format", "json", file}).out);
    QCOMPARE(lines["findings"][0]["severity"].get<std::string>(), "info");
    QVERIFY(!lines.contains("config_errors"));
    const json sarif = json::parse(run({"check", "--format", "sarif", file}).out);
    QCOMPARE(sarif["runs"][0]["results"][0]["level"].get<std::string>(), "note");
    const auto configurationOf = [](const json &report, std::string_view id) {
        for (const json &rule : report["runs"][0]["tool"]["driver"]["rules"]) {
            if (rule["id"] == id)
                return rule["defaultConfiguration"];
        }
        return json();
    };
    QCOMPARE(configurationOf(sarif, "SW001")["level"].get<std::string>(), "note");
    QCOMPARE(configurationOf(sarif, "SW002")["level"].get<std::string>(), "error");
    write(u"repo/.stagewright.json"_s, R"({"rules": {"SW001": "off"}})");
    const json off = json::parse(run({"check", "--format", "sarif", file}).out);
    QCOMPARE(configurationOf(off, "SW001")["enabled"].get<bool>(), false);
    write(u"repo/.stagewright.json"_s, R"({"rules": {"SW001": "info"}})");
    QVERIFY(run({"check", "--format", "github", file}).out.starts_with("::notice file="));
}

void ConfiguredTest::offAndFailOn()
{
    const std::string file = path(u"repo/Dockerfile"_s);
    QCOMPARE(run({"check", file}).code, int(Findings));
    write(u"repo/.stagewright.json"_s, R"({"rules": {"SW001": "off"}})");
    const Outcome off = run({"check", file});
    QCOMPARE(off.code, int(Ok));
    QCOMPARE(off.out, "");
    write(u"repo/.stagewright.json"_s, R"({"rules": {"SW001": "warning"}, "failOn": "error"})");
    QCOMPARE(run({"check", file}).code, int(Ok));
    QCOMPARE(run({"check", "--fail-on", "warning", file}).code, int(Findings));
    write(u"repo/.stagewright.json"_s, R"({"rules": {"SW001": "info"}, "failOn": "info"})");
    QCOMPARE(run({"check", file}).code, int(Findings));
}

void ConfiguredTest::eachFileHasItsOwnProject()
{
    write(u"repo/a/.stagewright.json"_s, R"({"rules": {"SW001": "off"}})");
    write(u"repo/a/deep/Dockerfile"_s, shellLess);
    write(u"repo/b/Dockerfile"_s, shellLess);
    const Outcome both
        = run({"check", "--format", "json", path(u"repo/a/deep/Dockerfile"_s), path(u"repo/b/Dockerfile"_s)});
    std::istringstream lines(both.out);
    std::string line;
    QVERIFY(std::getline(lines, line));
    QVERIFY(json::parse(line)["findings"].empty());
    QVERIFY(std::getline(lines, line));
    QCOMPARE(json::parse(line)["findings"].size(), std::size_t(1));
}

void ConfiguredTest::givenAndNone()
{
    write(u"repo/.stagewright.json"_s, R"({"rules": {"SW001": "off"}})");
    write(u"other.json"_s, R"({"rules": {"SW001": "warning"}})");
    const std::string file = path(u"repo/Dockerfile"_s);
    QCOMPARE(run({"check", "--no-config", file}).code, int(Findings));
    QVERIFY(run({"check", "--config", path(u"other.json"_s), file}).out.find("warning") != std::string::npos);
    const Outcome missing = run({"check", "--config=" + path(u"none.json"_s), file});
    QCOMPARE(missing.code, int(CannotRun));
    QCOMPARE(missing.err, path(u"none.json"_s) + ": there is no such file\n");
    QVERIFY(run({"check", "--confg", "x", file}).err.find("did you mean --config?") != std::string::npos);
}

void ConfiguredTest::mistakesAreSaidOnceAndFail()
{
    write(u"repo/.stagewright.json"_s, "{\n  \"rules\": {\"SW01\": \"off\", \"SW001\": \"info\"}\n}");
    write(u"repo/b/Dockerfile"_s, shellLess);
    const Outcome both = run({"check", "--format", "json", path(u"repo/Dockerfile"_s), path(u"repo/b/Dockerfile"_s)});
    QCOMPARE(both.code, int(CannotRun));
    const std::string words = path(u"repo/.stagewright.json"_s) + ":2:13: there is no rule \"SW01\"";
    QVERIFY2(both.err.starts_with(words), both.err.c_str());
    QCOMPARE(both.err.find(words, 1), std::string::npos);
    std::istringstream lines(both.out);
    for (std::string line; std::getline(lines, line);) {
        const json one = json::parse(line);
        QCOMPARE(one["config_errors"][0]["line"].get<int>(), 2);
        QCOMPARE(one["config_errors"][0]["column"].get<int>(), 13);
        QCOMPARE(one["findings"][0]["severity"].get<std::string>(), "info"); // the rest counts
    }
}

void ConfiguredTest::ownCatalogues()
{
    write(u"repo/Dockerfile"_s, "FROM registry.example/run\nRUN make\n");
    const std::string file = path(u"repo/Dockerfile"_s);
    QCOMPARE(run({"check", file}).out, "");
    const QByteArray known
        = R"({"title": "t", "images": [{"match": ["registry.example/run"], "shell": null, "shellForm": false}]})";
    write(u"given.json"_s, known);
    QCOMPARE(run({"check", "--catalog", path(u"given.json"_s), file}).code, int(Findings));
    QCOMPARE(run({"check", "--no-config", "--catalog", path(u"given.json"_s), file}).code, int(Findings));
    write(u"home/stagewright/catalog.json"_s, known);
    QVERIFY(run({"check", file}).out.find("SW001") != std::string::npos);
    QCOMPARE(run({"check", "--no-config", file}).out, "");
    // The project knows better than the person.
    write(u"repo/images.json"_s,
          R"({"title": "t", "images": [{"match": ["registry.example/run"], "shell": "/bin/sh", "shellForm": true}]})");
    write(u"repo/.stagewright.json"_s, R"({"catalog": ["images.json"]})");
    QCOMPARE(run({"check", file}).out, "");
    write(u"repo/images.json"_s, "{\"images\": [\n{\"match\": 3}]}");
    const Outcome broken = run({"check", file});
    QCOMPARE(broken.code, int(CannotRun));
    QVERIFY2(broken.err.starts_with(path(u"repo/images.json"_s) + ":2:11: /images/0/match: expected a list"),
             broken.err.c_str());
}

void ConfiguredTest::fixChangesNothingWhenSomethingIsWrong()
{
    write(u"repo/Dockerfile"_s, "FROM busybox as x\nMAINTAINER me\n");
    write(u"repo/.stagewright.json"_s, "{\"rulez\": 1}");
    const QByteArray text = read(u"repo/Dockerfile"_s);
    const Outcome fixed = run({"fix", path(u"repo/Dockerfile"_s)});
    QCOMPARE(fixed.code, int(CannotRun));
    QVERIFY(fixed.err.find(".stagewright.json:1:2: ") != std::string::npos);
    QCOMPARE(read(u"repo/Dockerfile"_s), text);
    QCOMPARE(run({"fix", "--no-config", path(u"repo/Dockerfile"_s)}).code, int(Ok));
    QVERIFY(read(u"repo/Dockerfile"_s) != text);
}

void ConfiguredTest::fixLeavesIgnoredAndOffAlone()
{
    write(u"repo/Dockerfile"_s, "# stagewright ignore=FromAsCasing old habit\nFROM busybox as x\nMAINTAINER me\n");
    write(u"repo/.stagewright.json"_s, R"({"rules": {"MaintainerDeprecated": "off"}})");
    const QByteArray text = read(u"repo/Dockerfile"_s);
    QCOMPARE(run({"fix", path(u"repo/Dockerfile"_s)}).code, int(Ok));
    QCOMPARE(read(u"repo/Dockerfile"_s), text);
}

void ConfiguredTest::fixRemovesUnusedIgnores()
{
    write(u"repo/Dockerfile"_s, "FROM busybox\n# stagewright ignore=SW001,SW003 gone\nRUN true\n");
    QCOMPARE(run({"fix", path(u"repo/Dockerfile"_s)}).code, int(Ok));
    QCOMPARE(read(u"repo/Dockerfile"_s), QByteArray("FROM busybox\nRUN true\n"));
}

void ConfiguredTest::inspectKeepsWhatBuildKitSays()
{
    write(u"repo/Dockerfile"_s,
          "FROM gcr.io/distroless/nodejs24-debian13:nonroot\n"
          "# stagewright ignore=JSONArgsRecommended,SW009 it is fine\n"
          "CMD echo\nRUN make\n");
    write(u"repo/.stagewright.json"_s, R"({"rules": {"JSONArgsRecommended": "off", "SW001": "off"}})");
    const Outcome seen = run({"inspect", path(u"repo/Dockerfile"_s)});
    QCOMPARE(seen.code, int(Ok));
    const json one = json::parse(seen.out);
    QCOMPARE(one["lint"].size(), std::size_t(1));
    QCOMPARE(one["lint"][0]["rule"].get<std::string>(), "JSONArgsRecommended");
    QCOMPARE(one["findings"].size(), std::size_t(0));
    const json plain = json::parse(run({"inspect", "--no-config", path(u"repo/Dockerfile"_s)}).out);
    QCOMPARE(plain["findings"].size(), std::size_t(1));
}

void ConfiguredTest::standardInputTakesTheCurrentFolder()
{
    write(u"repo/.stagewright.json"_s, R"({"rules": {"SW001": "off"}})");
    const QString was = QDir::currentPath();
    QVERIFY(QDir::setCurrent(folder->filePath(u"repo"_s)));
    const Outcome checked = run({"check", "-"}, shellLess.toStdString());
    QDir::setCurrent(was);
    QCOMPARE(checked.out, "");
}

void ConfiguredTest::helpNamesTheOptions()
{
    for (const char *command : {"check", "fix", "inspect"}) {
        const std::string text = run({"help", command}).out;
        for (const char *option : {"--config", "--no-config", "--catalog"})
            QVERIFY2(text.find(option) != std::string::npos, command);
    }
}

QTEST_GUILESS_MAIN(ConfiguredTest)
#include "tst_configured.moc"
