// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
// What a project and a person say, put together: which wins, what is said about mistakes, what has to be watched.
#include "config/Configuration.h"
#include "lint/Linter.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace stagewright;
using namespace Qt::StringLiterals;

class ConfigurationTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void nothingIsTheBuiltIn();
    void projectWinsOverPreferences();
    void cataloguesLieOverEachOther();
    void ownImagesInFindings();
    void unknownStaysUnknown();
    void repositoriesAsPeopleWriteThem();
    void digests();
    void catalogueMistakes_data();
    void catalogueMistakes();
    void goodEntriesCount();
    void missingFiles();
    void whatIsWatched();
    void newCatalogueIsValid();

private:
    std::string write(const QString &name, const QByteArray &bytes)
    {
        const QString path = folder->filePath(name);
        QFile file(path);
        if (!QDir().mkpath(QFileInfo(path).path()) || !file.open(QIODevice::WriteOnly)
            || file.write(bytes) != bytes.size())
            qFatal("cannot write %s", qPrintable(path));
        return path.toStdString();
    }
    std::unique_ptr<QTemporaryDir> folder;
};

namespace {

QByteArray catalog(const char *match, const char *facts)
{
    return QByteArray("{\"title\": \"t\", \"images\": [{\"match\": [\"") + match + "\"], \"tags\": [\"*\"], " + facts
        + "}]}";
}

std::string shellOf(const Catalog &catalog, std::string_view image)
{
    const auto facts = catalog.lookup(image);
    return !facts ? "no entry" : facts->hasShell == Known::No ? "none" : facts->shell;
}

} // namespace

void ConfigurationTest::init()
{
    folder = std::make_unique<QTemporaryDir>();
    write(u"repo/.git/HEAD"_s, "");
}

void ConfigurationTest::nothingIsTheBuiltIn()
{
    const Configuration c = loadConfiguration({});
    QVERIFY(c.problems.empty() && c.lint == LintConfig() && c.projectFile.empty() && !c.failOn);
    QCOMPARE(c.catalog.entries().size(), Catalog::builtIn().entries().size());
}

void ConfigurationTest::projectWinsOverPreferences()
{
    const std::string file = write(u"repo/.stagewright.json"_s, R"({"rules": {"SW001": "info"}, "failOn": "error"})");
    const RuleLevelMap preferences{{"SW001", RuleLevel::Off}, {"SW002", RuleLevel::Warning}};
    const Configuration c = loadConfiguration({.folder = folder->filePath(u"repo/a/b"_s).toStdString(),
                                               .projectFile = {},
                                               .preferences = preferences,
                                               .personalCatalog = {},
                                               .catalogs = {}});
    QCOMPARE(c.projectFile, file);
    QCOMPARE(c.lint.levels, (RuleLevelMap{{"SW001", RuleLevel::Info}, {"SW002", RuleLevel::Warning}}));
    QCOMPARE(c.projectLevels, (RuleLevelMap{{"SW001", RuleLevel::Info}}));
    QCOMPARE(c.failOn, std::optional(Severity::Error));
    // A file that is given counts instead of what would be found.
    const std::string other = write(u"other.json"_s, R"({"rules": {"SW003": "off"}})");
    const Configuration given = loadConfiguration(
        {.folder = {}, .projectFile = other, .preferences = preferences, .personalCatalog = {}, .catalogs = {}});
    QCOMPARE(given.projectLevels, (RuleLevelMap{{"SW003", RuleLevel::Off}}));
    QCOMPARE(given.lint.levels.at("SW001"), RuleLevel::Off);
}

void ConfigurationTest::cataloguesLieOverEachOther()
{
    write(u"repo/.stagewright.json"_s, R"({"catalog": ["a.json", "b.json"]})");
    write(u"repo/a.json"_s, catalog("acme/one", "\"shell\": \"/a\""));
    write(u"repo/b.json"_s, catalog("acme/*", "\"shell\": \"/b\""));
    const std::string own = write(u"config/catalog.json"_s, catalog("*/acme/*", "\"shell\": \"/own\""));
    const std::string given = write(u"given.json"_s, catalog("acme/four", "\"shell\": null"));
    ConfigurationSources sources;
    sources.folder = folder->filePath(u"repo"_s).toStdString();
    sources.personalCatalog = own;
    sources.catalogs = {given};
    const Configuration c = loadConfiguration(sources);
    QVERIFY2(c.problems.empty(), c.problems.empty() ? "" : c.problems.front().text().c_str());
    QCOMPARE(shellOf(c.catalog, "acme/one"), "/a");
    QCOMPARE(shellOf(c.catalog, "acme/two:3"), "/b");
    QCOMPARE(shellOf(c.catalog, "ghcr.io/acme/two"), "/own");
    QCOMPARE(shellOf(c.catalog, "acme/four"), "none");
    QCOMPARE(shellOf(c.catalog, "debian"), "/bin/sh");
    QCOMPARE(c.catalog.lookup("acme/one")->origin, FactsOrigin::Project);
    QCOMPARE(c.catalog.lookup("ghcr.io/acme/two")->origin, FactsOrigin::Person);
    QCOMPARE(c.catalog.lookup("debian")->origin, FactsOrigin::BuiltIn);
    QCOMPARE(c.catalogFiles.size(), std::size_t(4));
    QCOMPARE(c.catalogFiles.front().path, own);
    QCOMPARE(c.catalogFiles.front().entries, std::size_t(1));
    // What the built-in one offers is still offered.
    QCOMPARE(c.catalog.offers().size(), Catalog::builtIn().offers().size());
    QCOMPARE(c.catalog.builderFor("gcr.io/distroless/java21"),
             Catalog::builtIn().builderFor("gcr.io/distroless/java21"));
}

void ConfigurationTest::ownImagesInFindings()
{
    const std::string own = write(u"catalog.json"_s,
                                  R"({"title": "t", "images": [
        {"match": ["registry.example:5000/run"], "shell": null, "shellForm": false},
        {"match": ["busybox"], "tags": ["none-*"], "shell": null, "shellForm": false}]})");
    ConfigurationSources sources;
    sources.personalCatalog = own;
    const auto count = [&](const char *image, const Catalog &catalog) {
        const auto text = SourceText::fromBytes("FROM " + std::string(image) + "\nRUN make\nUSER 1\n");
        const auto found = Linter(catalog).check(*Snapshot::make(text.value()));
        return std::ranges::count(found, "SW001", &Diagnostic::ruleId);
    };
    const Configuration c = loadConfiguration(sources);
    QVERIFY2(c.problems.empty(), c.problems.empty() ? "" : c.problems.front().text().c_str());
    QCOMPARE(count("registry.example:5000/run:7", c.catalog), 1);
    QCOMPARE(count("registry.example:5000/run:7", Catalog::builtIn()), 0);
    QCOMPARE(count("busybox:none-1", c.catalog), 1);
    QCOMPARE(count("busybox:none-1", Catalog::builtIn()), 0);
    QCOMPARE(count("busybox:1", c.catalog), 0);
}

void ConfigurationTest::unknownStaysUnknown()
{
    ConfigurationSources sources;
    sources.personalCatalog = write(u"catalog.json"_s, catalog("acme/app", "\"user\": \"1\""));
    const Configuration c = loadConfiguration(sources);
    QCOMPARE(c.catalog.lookup("acme/app")->hasShell, Known::Unknown);
    QVERIFY(!c.catalog.lookup("acme/other"));
}

void ConfigurationTest::repositoriesAsPeopleWriteThem()
{
    const std::pair<const char *, const char *> cases[]{{"node", "docker.io/library/node"},
                                                        {"acme/app", "docker.io/acme/app"},
                                                        {"acme/*", "docker.io/acme/x"},
                                                        {"quay.io/a/b", "quay.io/a/b"},
                                                        {"localhost/a", "localhost/a"},
                                                        {"registry:5000/a", "registry:5000/a"},
                                                        {"*/a", "quay.io/a"},
                                                        {"*.example/a", "x.example/a"},
                                                        {"scratch", "scratch"}};
    for (const auto &[match, image] : cases) {
        std::vector<FileProblem> problems;
        const Catalog own
            = Catalog::fromPerson(catalog(match, "\"shell\": \"/x\""), "f", FactsOrigin::Person, problems);
        QVERIFY2(problems.empty(), match);
        QVERIFY2(shellOf(own, image) == "/x", match);
    }
}

void ConfigurationTest::digests()
{
    std::vector<FileProblem> problems;
    const Catalog all = Catalog::fromPerson(catalog("debian", "\"shell\": \"/x\""), "f", FactsOrigin::Person, problems);
    // An own entry for every tag stands for every build of the repository; one for some tags does not.
    QCOMPARE(shellOf(all.over(Catalog::builtIn()), "debian@sha256:0"), "/x");
    const Catalog some = Catalog::fromPerson(R"({"images": [{"match": ["debian"], "tags": ["ours"], "shell": "/x"}]})",
                                             "f", FactsOrigin::Person, problems);
    QCOMPARE(shellOf(some.over(Catalog::builtIn()), "debian:ours"), "/x");
    QVERIFY(shellOf(some.over(Catalog::builtIn()), "debian@sha256:0") != "/x");
    QVERIFY(problems.empty());
}

void ConfigurationTest::catalogueMistakes_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const QByteArray &json, const char *place, const char *words) {
        QTest::newRow(name) << json << QString::fromUtf8(place) << QString::fromUtf8(words);
    };
    row("not closed", "{\"images\": [", "1:13", "this is no JSON");
    row("a list", "[]", "1:1", "expected an object");
    row("no images", "{\n\"title\": \"x\"}", "1:1", "/images: expected a list");
    row("images no list", "{\n\"images\": {}}", "2:11", "/images: expected a list");
    row("misspelt key", "{\"images\": [],\n \"tagsets\": {}}", "2:2", "/tagsets: unknown key");
    row("no match", "{\"images\": [\n  {\"tags\": [\"*\"]}]}", "2:3", "expected an object with \"match\"");
    row("tag in match", "{\"images\": [\n  {\"match\": [\"node:22\"]}]}", "2:14", "a tag belongs into \"tags\"");
    row("digest in match", "{\"images\": [\n  {\"match\": [\"a/b@sha256:0\"]}]}", "2:14", "a tag belongs");
    row("fact", "{\"images\": [\n  {\"match\": [\"a\"],\n   \"shel\": null}]}", "3:4", "/images/0/shel: unknown key");
    row("status", "{\"images\": [{\"match\": [\"a\"], \"status\": \"old\"}]}", "1:40", "unknown status 'old'");
    row("text", "{\"images\": [{\"match\": [\"a\"], \"libc\": 3}]}", "1:38", "expected a string");
    row("uid", "{\"images\": [{\"match\": [\"a\"], \"uid\": 4294967296}]}", "1:37", "expected a number from 0");
    row("list", "{\"images\": [{\"match\": [\"a\"], \"cmd\": [\"a\", 2]}]}", "1:43", "expected a string");
    row("variants", "{\"images\": [{\"match\": [\"a\"], \"variants\": 3}]}", "1:42", "expected a list");
    row("variant", "{\"images\": [{\"match\": [\"a\"], \"variants\": [{\"tags\": [\"*\"], \"libc\": []}]}]}", "1:67",
        "/images/0/variants/0/libc: expected a string");
    row("tag set", "{\"images\": [{\"match\": [\"a\"], \"tags\": \"@x\"}]}", "1:38", "no tag set");
    row("twice", "{\"images\": [{\"match\": [\"a\"], \"libc\": \"musl\",\n\"libc\": \"glibc\"}]}", "2:1",
        "\"libc\" is there twice");
    row("deep", "{\"images\": " + QByteArray(100'000, '['), "1:75", "nested too deeply");
    row("no UTF-8", "{\"images\": \"\xC3\"}", "1:13", "UTF-8");
}

void ConfigurationTest::catalogueMistakes()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, place);
    QFETCH(QString, words);
    std::vector<FileProblem> problems;
    const Catalog own = Catalog::fromPerson(json, "f", FactsOrigin::Project, problems);
    QVERIFY(!problems.empty());
    const QString text = QString::fromStdString(problems.front().text());
    QVERIFY2(text.startsWith(u"f:"_s + place + u": "_s) && text.contains(words), qPrintable(text));
    QCOMPARE(problems.size(), std::size_t(1));
    QVERIFY(own.over(Catalog::builtIn()).lookup("debian"));
}

void ConfigurationTest::goodEntriesCount()
{
    std::vector<FileProblem> problems;
    const Catalog own = Catalog::fromPerson(R"({"images": [
        {"match": ["one"], "shell": 3},
        {"match": ["two"], "shell": "/x"},
        {"match": ["three"], "variants": [{"tags": ["a"], "shell": "/x"}, {"tags": ["b"], "sh": 1}]}]})",
                                            "f", FactsOrigin::Person, problems);
    QCOMPARE(problems.size(), std::size_t(2));
    QCOMPARE(own.entries().size(), std::size_t(1));
    QCOMPARE(shellOf(own, "two"), "/x");
}

void ConfigurationTest::missingFiles()
{
    write(u"repo/.stagewright.json"_s, "{\n  \"catalog\": [\n    \"none.json\"]}");
    ConfigurationSources sources;
    sources.folder = folder->filePath(u"repo"_s).toStdString();
    sources.personalCatalog = folder->filePath(u"nowhere/catalog.json"_s).toStdString(); // need not be there
    const Configuration c = loadConfiguration(sources);
    QCOMPARE(c.problems.size(), std::size_t(1));
    QCOMPARE(c.problems.front().where, (LineColumn{3, 5}));
    QVERIFY(c.problems.front().message.ends_with("none.json: there is no such file"));
    sources.folder.clear();
    sources.projectFile = folder->filePath(u"gone.json"_s).toStdString();
    sources.catalogs = {folder->filePath(u"repo"_s).toStdString()};
    const Configuration d = loadConfiguration(sources);
    QCOMPARE(d.problems.size(), std::size_t(2));
    QCOMPARE(d.problems[0].text(), sources.projectFile + ": there is no such file");
    QCOMPARE(d.problems[1].text(), sources.catalogs[0] + ": this is no file");
}

void ConfigurationTest::whatIsWatched()
{
    ConfigurationSources sources;
    sources.folder = folder->filePath(u"repo/a/b"_s).toStdString();
    sources.personalCatalog = folder->filePath(u"config/catalog.json"_s).toStdString();
    const Configuration none = loadConfiguration(sources);
    QCOMPARE(none.folders.size(), std::size_t(3)); // b, a, repo
    QCOMPARE(none.files, std::vector<std::string>{sources.personalCatalog});
    const std::string project = write(u"repo/.stagewright.json"_s, R"({"catalog": ["a.json"]})");
    const Configuration some = loadConfiguration(sources);
    QCOMPARE(
        some.files,
        (std::vector<std::string>{sources.personalCatalog, project, folder->filePath(u"repo/a.json"_s).toStdString()}));
}

void ConfigurationTest::newCatalogueIsValid()
{
    std::vector<FileProblem> problems;
    const std::string_view text = newCatalogText();
    const QByteArray json(text.data(), qsizetype(text.size()));
    const Catalog own = Catalog::fromPerson(json, "f", FactsOrigin::Person, problems);
    QVERIFY2(problems.empty(), problems.empty() ? "" : problems.front().text().c_str());
    QCOMPARE(own.entries().size(), std::size_t(1));
    QCOMPARE(shellOf(own, "registry.example/team/runtime"), "none");
}

QTEST_GUILESS_MAIN(ConfigurationTest)
#include "tst_configuration.moc"
