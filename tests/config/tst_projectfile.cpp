// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
// .stagewright.json: where it is looked for, what is read, where mistakes are said to be, and how a rule is put in.
#include "config/ProjectFile.h"
#include "lint/Rule.h"
#include "lint/RuleTable.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace stagewright;
using namespace Qt::StringLiterals;

class ProjectFileTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsWhatItHolds();
    void mistakes_data();
    void mistakes();
    void theRestCounts();
    void isFoundUpwards();
    void isNoPipe();
    void schemaSaysWhatIsRead();
    void ruleIsPutIn_data();
    void ruleIsPutIn();
    void brokenFilesAreLeftAlone();
    void isWritten();
};

namespace {

QString at(const QTemporaryDir &folder, const QString &name)
{
    return folder.filePath(name);
}

void write(const QString &path, const QByteArray &bytes)
{
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::string found(const QString &folder)
{
    return findProjectFile(folder.toStdString()).value_or("none");
}

} // namespace

void ProjectFileTest::readsWhatItHolds()
{
    const ProjectFile file = parseProjectFile(R"({
        "$schema": "stagewright.schema.json",
        "rules": {"SW025": "off", "shell-form-run-without-shell": "warning", "JSONArgsRecommended": "error",
                  "SW041": "info"},
        "failOn": "error",
        "catalog": ["images.json", "../more/./images.json", "/etc/images.json"]
    })",
                                              "/project/.stagewright.json");
    QVERIFY2(file.problems.empty(), file.problems.empty() ? "" : file.problems.front().text().c_str());
    QCOMPARE(file.levels,
             (RuleLevelMap{{"SW025", RuleLevel::Off},
                           {"SW001", RuleLevel::Warning},
                           {"JSONArgsRecommended", RuleLevel::Error},
                           {"SW041", RuleLevel::Info}}));
    QCOMPARE(file.failOn, std::optional(Severity::Error));
    QCOMPARE(file.catalogs,
             (std::vector<std::string>{"/project/images.json", "/more/images.json", "/etc/images.json"}));
    QCOMPARE(file.catalogPlaces[1], (LineColumn{6, 36}));
    QVERIFY(parseProjectFile("{}", "x").problems.empty());
}

void ProjectFileTest::mistakes_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const QByteArray &json, const char *place, const char *words) {
        QTest::newRow(name) << json << QString::fromUtf8(place) << QString::fromUtf8(words);
    };
    row("empty", "", "1:1", "this is no JSON");
    row("not closed", "{\n  \"rules\": {\n", "3:1", "this is no JSON: syntax error");
    row("comma at the end", "{\n  \"rules\": {\"SW001\": \"off\",}\n}", "2:28", "this is no JSON");
    row("comment", "{\n  // no\n}", "2:3", "this is no JSON");
    row("no UTF-8", "{\n \"a\": \"\xFF\"}", "2:8", "UTF-8");
    row("byte order mark", "\xEF\xBB\xBF{\"rulez\": {}}", "1:2", "(did you mean rules?)");
    row("a list", "[1]", "1:1", "expected an object");
    row("a number too large", "{\"failOn\": 1e999}", "1:1", "this is no JSON");
    row("misspelt setting", "{\n  \"fail-on\": \"error\"\n}", "2:3", "there is no setting \"fail-on\"");
    row("near setting", "{\"failOm\": \"error\"}", "1:2", "(did you mean failOn?)");
    row("rules no object", "{\"rules\": [\"SW001\"]}", "1:11", "expected an object of rules");
    row("unknown rule", "{\"rules\": {\n    \"SW001\": \"off\",\n    \"SW02\": \"off\"\n}}", "3:5",
        "there is no rule \"SW02\" (did you mean SW002?)");
    row("nowhere near", "{\"rules\": {\"pizza\": \"off\"}}", "1:12", "there is no rule \"pizza\"");
    row("misspelt check", "{\"rules\": {\"JSONArgsRecomended\": \"off\"}}", "1:12",
        "(did you mean JSONArgsRecommended?)");
    row("build error", "{\"rules\": {\"BuildError\": \"off\"}}", "1:12", "BuildError cannot be set");
    row("level", "{\"rules\": {\"SW001\": \"warn\"}}", "1:21", "not \"warn\"");
    row("level as a number", "{\"rules\": {\"SW001\":   0}}", "1:23", "not \"0\"");
    row("level off as false", "{\"rules\": {\"SW001\": false}}", "1:21", "not \"false\"");
    row("behind wide letters", "{\"rules\": {\"é\\u00e9\": \"off\", \"SW001\": \"lax\"}}", "1:39", "\"lax\"");
    row("one rule, two names", "{\"rules\": {\"SW001\": \"off\", \"shell-form-run-without-shell\": \"off\"}}", "1:28",
        "SW001 is there under another name too");
    row("twice", "{\"rules\": {\"SW001\": \"off\",\n\"SW001\": \"off\"}}", "2:1", "\"SW001\" is there twice");
    row("fail on off", "{\"failOn\": \"off\"}", "1:12", "the severity is");
    row("fail on a list", "{\"failOn\": [\"error\"]}", "1:12", "the severity is");
    row("catalog no list", "{\"catalog\": \"images.json\"}", "1:13", "expected a list of files");
    row("catalog of numbers", "{\"catalog\": [\"a.json\",\n 3]}", "2:2", "expected the name of a file");
    row("catalog without a name", "{\"catalog\": [\"\"]}", "1:14", "expected the name of a file");
    row("deep", QByteArray("{\"a\":") + QByteArray(100'000, '['), "1:69", "nested too deeply");
}

void ProjectFileTest::mistakes()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, place);
    QFETCH(QString, words);
    const ProjectFile file = parseProjectFile(json, "p/.stagewright.json");
    QVERIFY(!file.problems.empty());
    const bool two = QByteArray(QTest::currentDataTag()) == "behind wide letters";
    const QString text = QString::fromStdString(file.problems[two ? 1 : 0].text());
    QVERIFY2(text.startsWith(u"p/.stagewright.json:"_s + place + u": "_s), qPrintable(text));
    QVERIFY2(text.contains(words), qPrintable(text));
    QCOMPARE(file.problems.size(), std::size_t(two ? 2 : 1));
}

void ProjectFileTest::theRestCounts()
{
    const ProjectFile file = parseProjectFile("{\"rules\": {\"SW999\": \"off\", \"SW001\": \"maybe\", \"SW002\": "
                                              "\"off\"}, \"failOn\": 3, \"catalog\": [1, \"a\"]}",
                                              "/p/f");
    QCOMPARE(file.problems.size(), std::size_t(4));
    QVERIFY(std::ranges::is_sorted(file.problems, {}, &FileProblem::where));
    QCOMPARE(file.levels, (RuleLevelMap{{"SW002", RuleLevel::Off}}));
    QCOMPARE(file.catalogs, std::vector<std::string>{"/p/a"});
    QVERIFY(!file.failOn);
}

void ProjectFileTest::isFoundUpwards()
{
    QTemporaryDir folder;
    QVERIFY(QDir().mkpath(at(folder, u"repo/services/api"_s)));
    write(at(folder, u".stagewright.json"_s), "{}");
    write(at(folder, u"repo/.git"_s), "gitdir: elsewhere"); // a worktree's
    // Not beyond the repository.
    QCOMPARE(found(at(folder, u"repo/services/api"_s)), "none");
    QCOMPARE(projectFileFor(at(folder, u"repo/services/api"_s).toStdString()),
             at(folder, u"repo/.stagewright.json"_s).toStdString());
    write(at(folder, u"repo/.stagewright.json"_s), "{}");
    QCOMPARE(found(at(folder, u"repo/services/api"_s)), at(folder, u"repo/.stagewright.json"_s).toStdString());
    QCOMPARE(found(at(folder, u"repo/services/not-there-yet"_s)),
             at(folder, u"repo/.stagewright.json"_s).toStdString());
    write(at(folder, u"repo/services/api/.stagewright.json"_s), "{}");
    QCOMPARE(found(at(folder, u"repo/services/api/"_s)),
             at(folder, u"repo/services/api/.stagewright.json"_s).toStdString());
    QCOMPARE(projectFileFor(at(folder, u"repo/services/api"_s).toStdString()),
             at(folder, u"repo/services/api/.stagewright.json"_s).toStdString());
    QVERIFY(QFile::remove(at(folder, u"repo/.git"_s)) && QFile::remove(at(folder, u"repo/.stagewright.json"_s)));
    std::vector<std::string> searched;
    QCOMPARE(findProjectFile(at(folder, u"repo/x"_s).toStdString(), &searched).value_or(""),
             at(folder, u".stagewright.json"_s).toStdString());
    QCOMPARE(searched.size(), std::size_t(3));
    // Not beyond the home folder.
    const QByteArray home = qgetenv("HOME");
    qputenv("HOME", at(folder, u"repo"_s).toUtf8());
    QCOMPARE(found(at(folder, u"repo/x"_s)), "none");
    QCOMPARE(projectFileFor(at(folder, u"repo/x"_s).toStdString()),
             at(folder, u"repo/x/.stagewright.json"_s).toStdString());
    qputenv("HOME", home);
}

void ProjectFileTest::isNoPipe()
{
    QTemporaryDir folder;
    QVERIFY(QDir().mkpath(at(folder, u".stagewright.json"_s)));
    const ProjectFile file = readProjectFile(at(folder, u".stagewright.json"_s).toStdString());
    QCOMPARE(file.problems.size(), std::size_t(1));
    QVERIFY(file.problems.front().text().ends_with(".stagewright.json: this is no file"));
    QVERIFY(readProjectFile(at(folder, u"none"_s).toStdString()).problems.front().message == "there is no such file");
    write(at(folder, u"big.json"_s), QByteArray(1024 * 1024 + 1, ' '));
    QVERIFY(readProjectFile(at(folder, u"big.json"_s).toStdString()).problems.front().message.find("larger than")
            != std::string::npos);
}

void ProjectFileTest::schemaSaysWhatIsRead()
{
    const QJsonObject schema
        = QJsonDocument::fromJson(read(QStringLiteral(STAGEWRIGHT_SOURCE_DIR "/resources/stagewright.schema.json")))
              .object();
    QVERIFY(!schema.isEmpty());
    QCOMPARE(schema["additionalProperties"_L1], QJsonValue(false));
    // Every key of the schema is read, with a value of the schema's, and no other one.
    const QJsonObject properties = schema["properties"_L1].toObject();
    const auto problemsOf = [](const QJsonObject &object) {
        return parseProjectFile(QJsonDocument(object).toJson(), "f").problems.size();
    };
    const QJsonObject values{{u"$schema"_s, u"x"_s},
                             {u"rules"_s, QJsonObject{{u"SW001"_s, u"off"_s}}},
                             {u"failOn"_s, u"info"_s},
                             {u"catalog"_s, QJsonArray{u"a"_s}}};
    QCOMPARE(properties.keys(), values.keys());
    QCOMPARE(problemsOf(values), std::size_t(0));
    for (const QString &key : properties.keys())
        QCOMPARE(problemsOf({{key, 3}}), std::size_t(key == "$schema"_L1 ? 0 : 1));
    const QJsonArray levels = schema["$defs"_L1]["level"_L1]["enum"_L1].toArray();
    QCOMPARE(levels.size(), qsizetype(RuleLevels.size()));
    for (const QJsonValue &level : levels)
        QCOMPARE(problemsOf({{u"rules"_s, QJsonObject{{u"SW001"_s, level}}}}), std::size_t(0));
    const QJsonArray severities = properties["failOn"_L1]["enum"_L1].toArray();
    QCOMPARE(severities.size(), qsizetype(3));
    for (const QJsonValue &severity : severities)
        QCOMPARE(problemsOf({{u"failOn"_s, severity}}), std::size_t(0));
    const QRegularExpression pattern(properties["rules"_L1]["propertyNames"_L1]["pattern"_L1].toString());
    QVERIFY(pattern.isValid() && !pattern.match(u"SW 1"_s).hasMatch());
    for (const Rule *rule : ruleTable()) {
        QVERIFY(pattern.match(QString::fromUtf8(rule->id.data(), qsizetype(rule->id.size()))).hasMatch());
        QVERIFY(pattern.match(QString::fromUtf8(rule->name.data(), qsizetype(rule->name.size()))).hasMatch());
    }
}

void ProjectFileTest::ruleIsPutIn_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char *name, const char *before, const char *after) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(after);
    };
    const char *whole = "{\n    \"rules\": {\n        \"SW025\": \"off\"\n    }\n}\n";
    row("new", "", whole);
    row("blank", " \n", whole);
    row("empty object", "{}", "{\n    \"rules\": {\n        \"SW025\": \"off\"\n    }\n}");
    row("other settings", "{\n  \"failOn\": \"error\"\n}\n",
        "{\n  \"failOn\": \"error\",\n  \"rules\": {\n    \"SW025\": \"off\"\n  }\n}\n");
    row("tabs and CR LF", "{\r\n\t\"failOn\": \"error\"\r\n}\r\n",
        "{\r\n\t\"failOn\": \"error\",\r\n\t\"rules\": {\r\n\t\t\"SW025\": \"off\"\r\n\t}\r\n}\r\n");
    row("no rules yet", "{\n  \"rules\": {},\n  \"failOn\": \"error\"\n}",
        "{\n  \"rules\": {\n    \"SW025\": \"off\"\n  },\n  \"failOn\": \"error\"\n}");
    row("behind the last", "{\n  \"rules\": {\n    \"SW099\" : \"info\",\n    \"SW001\":\"off\"   \n  }\n}",
        "{\n  \"rules\": {\n    \"SW099\" : \"info\",\n    \"SW001\":\"off\",\n    \"SW025\": \"off\"   \n  }\n}");
    row("in one line", "{\"rules\": {\"SW001\": \"off\"}}", "{\"rules\": {\"SW001\": \"off\", \"SW025\": \"off\"}}");
    row("one line without", "{\"failOn\": \"error\"}", "{\"failOn\": \"error\", \"rules\": {\"SW025\": \"off\"}}");
    row("another level", "{\n  \"rules\": {\"SW025\" :\t\"error\"}\n}", "{\n  \"rules\": {\"SW025\" :\t\"off\"}\n}");
    row("by name", "{\"rules\": {\"runs-as-root\": \"info\"}}", "{\"rules\": {\"runs-as-root\": \"off\"}}");
    row("braces in texts", "{\"$schema\": \"}{\\\"\", \"rules\": {\"x}\": \"\"}}",
        "{\"$schema\": \"}{\\\"\", \"rules\": {\"x}\": \"\", \"SW025\": \"off\"}}");
}

void ProjectFileTest::ruleIsPutIn()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const auto text = withRuleLevel(before, "f", "SW025", RuleLevel::Off);
    QVERIFY2(text, text ? "" : text.error().text().c_str());
    QCOMPARE(QByteArray::fromStdString(*text), after);
    QCOMPARE(parseProjectFile(after, "f").levels.at("SW025"), RuleLevel::Off);
    // A second time changes nothing.
    QCOMPARE(withRuleLevel(after, "f", "SW025", RuleLevel::Off).value(), *text);
}

void ProjectFileTest::brokenFilesAreLeftAlone()
{
    QVERIFY(!withRuleLevel("{\"rules\": {", "f", "SW025", RuleLevel::Off));
    QVERIFY(!withRuleLevel("[]", "f", "SW025", RuleLevel::Off));
    QVERIFY(!withRuleLevel("{\"rules\": {}, \"rules\": {}}", "f", "SW025", RuleLevel::Off));
    const auto wrong = withRuleLevel("{\n\"rules\": 3}", "f", "SW025", RuleLevel::Off);
    QVERIFY(!wrong && wrong.error().text().starts_with("f:2:10: "));
    QTemporaryDir folder;
    write(at(folder, u".stagewright.json"_s), "{\"rules\": {");
    QVERIFY(!writeRuleLevel(at(folder, u".stagewright.json"_s).toStdString(), "SW025", RuleLevel::Off));
    QCOMPARE(read(at(folder, u".stagewright.json"_s)), QByteArray("{\"rules\": {"));
}

void ProjectFileTest::isWritten()
{
    QTemporaryDir folder;
    const QString path = at(folder, u".stagewright.json"_s);
    QVERIFY(writeRuleLevel(path.toStdString(), "SW025", RuleLevel::Off));
    QVERIFY(writeRuleLevel(path.toStdString(), "SW041", RuleLevel::Error));
    QCOMPARE(readProjectFile(path.toStdString()).levels,
             (RuleLevelMap{{"SW025", RuleLevel::Off}, {"SW041", RuleLevel::Error}}));
    // Nothing beside it is left over.
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{u".stagewright.json"_s});
    // Through a link the file it points to is changed.
    const QString linked = at(folder, u"sub/.stagewright.json"_s);
    QVERIFY(QDir().mkpath(at(folder, u"sub"_s)) && QFile::link(path, linked));
    QVERIFY(writeRuleLevel(linked.toStdString(), "SW001", RuleLevel::Info));
    QVERIFY(QFileInfo(linked).isSymLink());
    QCOMPARE(readProjectFile(path.toStdString()).levels.size(), std::size_t(3));
    const auto refused = writeRuleLevel(at(folder, u"none/.stagewright.json"_s).toStdString(), "SW001", RuleLevel::Off);
    QVERIFY(!refused && refused.error().message.starts_with("the file cannot be written"));
}

QTEST_GUILESS_MAIN(ProjectFileTest)
#include "tst_projectfile.moc"
