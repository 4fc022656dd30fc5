// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "catalog/Catalog.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <set>

using namespace stagewright;
using namespace Qt::StringLiterals;

namespace {

const QString catalogFolder = QStringLiteral(STAGEWRIGHT_SOURCE_DIR "/resources/catalog");

QJsonDocument readJson(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll());
}

/// The facts that the catalogue was made from, where the workplace has them.
QJsonArray referenceEntries()
{
    const QString conformance = qEnvironmentVariable("STAGEWRIGHT_CONFORMANCE",
                                                     QStringLiteral(STAGEWRIGHT_SOURCE_DIR "/../shared/conformance"));
    return readJson(conformance + u"/../catalogue/images.json"_s).array();
}

Known known(const QJsonValue &value)
{
    return value.isBool() ? (value.toBool() ? Known::Yes : Known::No) : Known::Unknown;
}

std::string text(const QJsonValue &value)
{
    return value.toString().toStdString();
}

std::vector<std::string> texts(const QJsonValue &value)
{
    std::vector<std::string> result;
    for (const QJsonValue &item : value.toArray())
        result.push_back(text(item));
    return result;
}

std::optional<std::vector<std::string>> optionalTexts(const QJsonValue &value)
{
    return value.isNull() ? std::nullopt : std::optional(texts(value));
}

} // namespace

class CatalogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void globs_data();
    void globs();
    void everyFileFollowsTheSchema();
    void everyFileIsCompiledIn();
    void partsCoverTheirEntries();
    void entriesKeepTheirFacts();
    void firstMatchWins();
    void lookups_data();
    void lookups();
    void digestKeepsSharedFacts();
    void unknownStaysUnknown_data();
    void unknownStaysUnknown();
    void brokenFilesAreRefused_data();
    void brokenFilesAreRefused();
    void offersAreKnown();
    void buildersHaveShells();
    void runtimesHaveNone();
};

void CatalogTest::globs_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *pattern, const char *text, bool expected) {
        QTest::addRow("%s / %s", pattern, text)
            << QString::fromLatin1(pattern) << QString::fromLatin1(text) << expected;
    };
    row("*", "", true);
    row("", "", true);
    row("", "a", false);
    row("a*c", "abbc", true);
    row("a*c", "abbd", false);
    row("*-chiseled", "10.0-noble-chiseled", true);
    row("*-chiseled", "10.0-noble-chiseled-extra", false);
    row("a*b*c", "a1b2b3c", true);
    row("gcr.io/distroless/*", "gcr.io/distroless/java/jetty", true);
    row("????", "abcd", true);
    row("????", "abc", false);
    row("debian1[01]", "debian11", true);
    row("debian1[01]", "debian12", false);
    row("[0-9]*", "3.1", true);
    row("[0-9]*", "latest", false);
    row("[!0-9]*", "latest", true);
    row("[", "[", true);
    row("NODE", "node", false);
}

void CatalogTest::globs()
{
    QFETCH(QString, pattern);
    QFETCH(QString, text);
    QFETCH(bool, expected);
    QCOMPARE(Catalog::globMatches(pattern.toStdString(), text.toStdString()), expected);
}

namespace {

/// As much of JSON Schema as schema.json uses.
QString violation(const QJsonValue &value, const QJsonObject &schema, const QJsonObject &root, const QString &path)
{
    if (const QString ref = schema["$ref"_L1].toString(); !ref.isEmpty())
        return violation(value, root["$defs"_L1][ref.section(u'/', -1)].toObject(), root, path);
    if (schema.contains("oneOf"_L1)) {
        int fits = 0;
        for (const QJsonValue &one : schema["oneOf"_L1].toArray())
            fits += violation(value, one.toObject(), root, path).isEmpty() ? 1 : 0;
        return fits == 1 ? QString() : path + u": fits "_s + QString::number(fits) + u" alternatives"_s;
    }
    if (schema.contains("enum"_L1) && !schema["enum"_L1].toArray().contains(value))
        return path + u": not one of the allowed values"_s;
    const QString type = schema["type"_L1].toString();
    const bool fits = type.isEmpty() || (type == "object"_L1 && value.isObject())
        || (type == "array"_L1 && value.isArray()) || (type == "string"_L1 && value.isString())
        || (type == "boolean"_L1 && value.isBool()) || (type == "null"_L1 && value.isNull())
        || ((type == "number"_L1 || type == "integer"_L1) && value.isDouble());
    if (!fits)
        return path + u": not of type "_s + type;
    if (type == "array"_L1) {
        const QJsonArray items = value.toArray();
        if (items.size() < schema["minItems"_L1].toInt())
            return path + u": too few items"_s;
        for (qsizetype i = 0; i < items.size(); ++i) {
            const QString at = path + u'/' + QString::number(i);
            if (const QString bad = violation(items[i], schema["items"_L1].toObject(), root, at); !bad.isEmpty())
                return bad;
        }
    }
    if (type == "object"_L1) {
        const QJsonObject object = value.toObject();
        const QJsonObject properties = schema["properties"_L1].toObject();
        for (const QJsonValue &key : schema["required"_L1].toArray()) {
            if (!object.contains(key.toString()))
                return path + u": lacks "_s + key.toString();
        }
        for (auto it = object.begin(); it != object.end(); ++it) {
            QJsonValue member = properties[it.key()];
            if (member.isUndefined())
                member = schema["additionalProperties"_L1];
            if (!member.isObject())
                return path + u": unexpected key "_s + it.key();
            if (const QString bad = violation(it.value(), member.toObject(), root, path + u'/' + it.key());
                !bad.isEmpty())
                return bad;
        }
    }
    return {};
}

} // namespace

void CatalogTest::everyFileFollowsTheSchema()
{
    const QJsonObject schema = readJson(catalogFolder + u"/schema.json"_s).object();
    QVERIFY(!schema.isEmpty());
    // The checker itself must be able to say no.
    QVERIFY(!violation(QJsonObject{{u"title"_s, 3}, {u"images"_s, QJsonArray()}}, schema, schema, {}).isEmpty());
    int files = 0;
    for (const QString &name : QDir(catalogFolder).entryList({u"*.json"_s})) {
        if (name == "schema.json"_L1 || name == "index.json"_L1 || name == "releases.json"_L1)
            continue;
        QCOMPARE(name + violation(readJson(catalogFolder + u'/' + name).object(), schema, schema, {}), name);
        ++files;
    }
    QVERIFY(files > 5);
    const QJsonObject releases = schema["$defs"_L1]["releases"_L1].toObject();
    QVERIFY(!releases.isEmpty());
    QCOMPARE(violation(readJson(catalogFolder + u"/releases.json"_s).object(), releases, schema, {}), QString());
}

void CatalogTest::everyFileIsCompiledIn()
{
    // Reading a file of the built-in catalogue never fails, so what it holds must be what the files hold.
    std::size_t entries = 0;
    std::set<QString> listed;
    for (const QJsonValue &part : readJson(catalogFolder + u"/index.json"_s)["parts"_L1].toArray()) {
        const QString name = part["file"_L1].toString();
        QVERIFY2(listed.insert(name).second, qPrintable(name));
        QFile file(catalogFolder + u'/' + name);
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(name));
        const auto catalog = Catalog::fromJson(file.readAll(), name.toStdString());
        QVERIFY2(catalog, catalog ? "" : catalog.error().text().c_str());
        entries += catalog->entries().size();
    }
    QCOMPARE(Catalog::builtIn().entries().size(), entries);
    for (const QString &name : QDir(catalogFolder).entryList({u"*.json"_s}))
        QVERIFY2(listed.contains(name) || name == "schema.json"_L1 || name == "index.json"_L1
                     || name == "releases.json"_L1,
                 qPrintable(name));
}

void CatalogTest::partsCoverTheirEntries()
{
    for (const QJsonValue &part : readJson(catalogFolder + u"/index.json"_s)["parts"_L1].toArray()) {
        const std::vector<std::string> covers = texts(part["repositories"_L1]);
        for (const QJsonValue &image :
             readJson(catalogFolder + u'/' + part["file"_L1].toString())["images"_L1].toArray()) {
            for (const std::string &repository : texts(image["match"_L1])) {
                const bool covered = std::ranges::any_of(
                    covers, [&](const std::string &glob) { return Catalog::globMatches(glob, repository); });
                QVERIFY2(covered,
                         (part["file"_L1].toString().toStdString() + " is not asked for " + repository).c_str());
            }
        }
    }
}

void CatalogTest::entriesKeepTheirFacts()
{
    const QJsonArray reference = referenceEntries();
    if (reference.isEmpty())
        QSKIP("the facts that the catalogue was made from are not here");
    const std::vector<const Catalog::Entry *> entries = Catalog::builtIn().entries();
    std::size_t next = 0; // The order must be the same; entries of our own may stand in between.
    for (qsizetype i = 0; i < reference.size(); ++i) {
        const QJsonObject want = reference[i].toObject();
        const QByteArray where = "entry " + QByteArray::number(i) + ' ' + want["match"_L1].toString().toUtf8();
        std::vector<std::string> repositories = texts(want["match_also"_L1]);
        repositories.insert(repositories.begin(), text(want["match"_L1]));
        const std::vector<std::string> tags = texts(want["tags"_L1]);
        while (next < entries.size() && (*entries[next]->repositories != repositories || entries[next]->tags != tags))
            ++next;
        QVERIFY2(next < entries.size(), where + " is missing or out of order");
        const ImageFacts &have = entries[next++]->facts;
        const bool shellKnown = want["shell_known"_L1].toBool();
        QVERIFY2(have.shell == text(want["shell"_L1]), where);
        QVERIFY2(have.hasShell == (!shellKnown ? Known::Unknown : have.shell.empty() ? Known::No : Known::Yes), where);
        QVERIFY2(have.shellFormWorks == known(want["run_shell_form_works"_L1]), where);
        QVERIFY2(have.packageManager == text(want["package_manager"_L1]), where);
        QVERIFY2(have.hasPackageManager
                     == (!want["package_manager_known"_L1].toBool() ? Known::Unknown
                             : have.packageManager.empty()          ? Known::No
                                                                    : Known::Yes),
                 where);
        QVERIFY2(have.libc == text(want["libc"_L1]), where);
        // What was not known then may have been found out since.
        const auto isTold = [&](QLatin1StringView key) { return !want[key].isNull() && !want[key].isUndefined(); };
        QVERIFY2(!isTold("user"_L1) || have.user == text(want["user"_L1]), where);
        QVERIFY2(!isTold("uid"_L1) || (have.uid && int(*have.uid) == want["uid"_L1].toInt(-1)), where);
        QVERIFY2(!isTold("entrypoint"_L1) || have.entrypoint == optionalTexts(want["entrypoint"_L1]), where);
        QVERIFY2(!isTold("cmd"_L1) || have.cmd == optionalTexts(want["cmd"_L1]), where);
        QVERIFY2(!isTold("workdir"_L1) || have.workdir == text(want["workdir"_L1]), where);
        QVERIFY2(have.sizeMb.has_value() == want["size_mb_compressed"_L1].isDouble(), where);
        QVERIFY2(!have.sizeMb || *have.sizeMb == want["size_mb_compressed"_L1].toDouble(), where);
        std::map<std::string, bool, std::less<>> provides;
        const QJsonObject wanted = want["provides"_L1].toObject();
        for (auto it = wanted.begin(); it != wanted.end(); ++it) {
            if (it.value().isBool())
                provides.emplace(it.key().toStdString(), it.value().toBool());
            else if (it.value().isString()) // where BusyBox is: the shell's folder
                QVERIFY2(have.shell.starts_with(text(it.value()) + '/'), where);
        }
        auto data = have.provides; // programs that are not there stand among what is lacking
        std::erase_if(data, [&](const auto &item) { return !item.second && !provides.contains(item.first); });
        QVERIFY2(data == provides, where);
        const QString status = want["status"_L1].toString();
        QVERIFY2(have.status
                     == (status == "current"_L1             ? ImageStatus::Current
                             : status == "deprecated"_L1    ? ImageStatus::Deprecated
                             : status == "never-existed"_L1 ? ImageStatus::NeverPublished
                                                            : ImageStatus::Unknown),
                 where);
    }
}

void CatalogTest::firstMatchWins()
{
    const auto catalog = Catalog::fromJson(R"({"title": "t", "images": [
        {"match": ["docker.io/library/a"], "tags": ["1"], "libc": "musl"},
        {"match": ["docker.io/library/a"], "user": "app", "variants": [
            {"tags": ["1", "2"], "libc": "glibc"}, {"tags": ["*"], "libc": "none", "user": "root"}]},
        {"match": ["docker.io/library/*"], "tags": ["*"], "libc": "uclibc"}]})",
                                           "test");
    QVERIFY(catalog);
    QCOMPARE(catalog->lookup("docker.io/library/a:1")->libc, "musl");
    QCOMPARE(catalog->lookup("a:2")->libc, "glibc");
    QCOMPARE(catalog->lookup("a:2")->user, "app");
    QCOMPARE(catalog->lookup("a")->libc, "none");
    QCOMPARE(catalog->lookup("a")->user, "root");
    QCOMPARE(catalog->lookup("b")->libc, "uclibc");
    QVERIFY(!catalog->lookup("example.com/b"));
}

void CatalogTest::lookups_data()
{
    QTest::addColumn<QString>("reference");
    QTest::addColumn<Known>("hasShell");
    QTest::addColumn<QString>("shell");
    QTest::addColumn<Known>("shellForm");
    const auto row = [](const char *reference, Known hasShell, const char *shell, Known works) {
        QTest::newRow(reference) << QString::fromLatin1(reference) << hasShell << QString::fromLatin1(shell) << works;
    };
    row("scratch", Known::No, "", Known::No);
    row("gcr.io/distroless/static", Known::No, "", Known::No);
    row("gcr.io/distroless/static-debian12:nonroot", Known::No, "", Known::No);
    row("gcr.io/distroless/static-debian12:debug", Known::Yes, "/busybox/sh", Known::No);
    row("gcr.io/distroless/base:debug-nonroot", Known::Yes, "/busybox/sh", Known::No);
    row("gcr.io/distroless/nodejs:16", Known::No, "", Known::No);
    row("gcr.io/distroless/nodejs22-debian12:debug", Known::Yes, "/busybox/sh", Known::No);
    row("gcr.io/distroless/static-debian11:debug-nonroot", Known::Yes, "/busybox/sh", Known::No);
    row("gcr.io/distroless/python3-debian11:debug", Known::Yes, "/bin/sh", Known::Yes);
    row("gcr.io/distroless/static-debian13:0123456789012345678901234567890123456789", Known::No, "", Known::No);
    row("gcr.io/kaniko-project/executor:debug", Known::Yes, "/busybox/sh", Known::Yes);
    row("cgr.dev/chainguard/static:latest", Known::No, "", Known::No);
    row("cgr.dev/chainguard/static", Known::No, "", Known::No);
    row("cgr.dev/chainguard/node:latest-dev", Known::Yes, "/bin/sh", Known::Yes);
    row("mcr.microsoft.com/dotnet/runtime-deps:8.0-jammy-chiseled", Known::No, "", Known::No);
    row("mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra", Known::No, "", Known::No);
    row("mcr.microsoft.com/dotnet/aspnet:8.0", Known::Yes, "/bin/sh", Known::Yes);
    row("node", Known::Yes, "/bin/sh", Known::Yes);
    row("docker.io/library/node:16", Known::Yes, "/bin/sh", Known::Yes);
    row("docker.io/library/alpine:3.20.3", Known::Yes, "/bin/sh", Known::Yes);
    row("alpine@sha256:aaaa", Known::Yes, "/bin/sh", Known::Yes);
    row("node:22-alpine@sha256:aaaa", Known::Yes, "/bin/sh", Known::Yes);
}

void CatalogTest::lookups()
{
    QFETCH(QString, reference);
    QFETCH(Known, hasShell);
    QFETCH(QString, shell);
    QFETCH(Known, shellForm);
    const auto facts = Catalog::builtIn().lookup(reference.toStdString());
    QVERIFY(facts);
    QCOMPARE(facts->hasShell, hasShell);
    QCOMPARE(QString::fromStdString(facts->shell), shell);
    QCOMPARE(facts->shellFormWorks, shellForm);
}

void CatalogTest::digestKeepsSharedFacts()
{
    // :latest has no shell and :debug has one, but in none of them does RUN's default shell start.
    const auto facts = Catalog::builtIn().lookup("gcr.io/distroless/static-debian12@sha256:0123");
    QVERIFY(facts);
    QCOMPARE(facts->hasShell, Known::Unknown);
    QCOMPARE(facts->shellFormWorks, Known::No);
    QCOMPARE(facts->libc, "none");
    QVERIFY(facts->user.empty());
    const auto tagged = Catalog::builtIn().lookup("gcr.io/distroless/static-debian12:nonroot@sha256:0123");
    QVERIFY(tagged);
    QCOMPARE(tagged->hasShell, Known::No);
    QCOMPARE(tagged->user, "65532");
}

void CatalogTest::unknownStaysUnknown_data()
{
    QTest::addColumn<QString>("reference");
    for (const char *reference : {"example.com/app", "myorg/app:1", "ghcr.io/someone/thing:v2", "localhost:5000/base",
                                  "registry.example.com:5000/team/distroless", "", ":", "@", "/",
                                  "docker.io/library/zzz", "example.com/app@sha256:0123", "quay.io/team/static:latest"})
        QTest::newRow(reference) << QString::fromLatin1(reference);
}

void CatalogTest::unknownStaysUnknown()
{
    QFETCH(QString, reference);
    const auto facts = Catalog::builtIn().lookup(reference.toStdString());
    QVERIFY(!facts || facts->hasShell == Known::Unknown);
    QVERIFY(!facts || facts->shellFormWorks == Known::Unknown);
}

void CatalogTest::brokenFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no object") << QByteArray("[]");
    QTest::newRow("no images") << QByteArray("{}");
    QTest::newRow("images no list") << QByteArray(R"({"images": {}})");
    QTest::newRow("no match") << QByteArray(R"({"images": [{"tags": ["*"]}]})");
    QTest::newRow("empty match") << QByteArray(R"({"images": [{"match": [], "tags": ["*"]}]})");
    QTest::newRow("no tags") << QByteArray(R"({"images": [{"match": ["a"]}]})");
    QTest::newRow("both") << QByteArray(R"({"images": [{"match": ["a"], "tags": ["*"], "variants": []}]})");
    QTest::newRow("tag set") << QByteArray(R"({"images": [{"match": ["a"], "tags": "@x"}]})");
    QTest::newRow("variant") << QByteArray(R"({"images": [{"match": ["a"], "variants": [3]}]})");
    QTest::newRow("unknown key") << QByteArray(R"({"images": [{"match": ["a"], "tags": ["*"], "shel": null}]})");
    QTest::newRow("wrong type") << QByteArray(R"({"images": [{"match": ["a"], "tags": ["*"], "uid": "0"}]})");
    QTest::newRow("status") << QByteArray(R"({"images": [{"match": ["a"], "tags": ["*"], "status": "new"}]})");
}

void CatalogTest::brokenFilesAreRefused()
{
    QFETCH(QByteArray, json);
    const auto catalog = Catalog::fromJson(json, "file.json");
    QVERIFY(!catalog);
    QVERIFY2(catalog.error().text().starts_with("file.json:1:"), catalog.error().text().c_str());
}

void CatalogTest::offersAreKnown()
{
    const auto offers = Catalog::builtIn().offers();
    QVERIFY(offers.size() >= 20);
    std::set<std::string> seen;
    for (const Catalog::Offer &offer : offers) {
        QVERIFY2(seen.insert(offer.reference).second, offer.reference.c_str());
        QVERIFY2(!offer.title.empty(), offer.reference.c_str());
        QVERIFY2(offer.facts.hasShell != Known::Unknown, offer.reference.c_str());
        QVERIFY2(offer.facts.status == ImageStatus::Current, offer.reference.c_str());
    }
    QCOMPARE(offers.front().facts.hasShell, Known::No);
}

void CatalogTest::buildersHaveShells()
{
    const Catalog &catalog = Catalog::builtIn();
    for (const Catalog::Entry *entry : catalog.entries()) {
        if (entry->facts.shellFormWorks != Known::No || entry->facts.byNameOnly)
            continue;
        // A repository and a tag that the entry's patterns stand for.
        std::string repository = entry->repositories->front();
        std::string tag = entry->tags.front();
        std::ranges::replace(repository, '*', 'x');
        std::ranges::replace(tag, '*', 'x');
        const std::string builder = catalog.builderFor(repository + ":" + tag);
        const auto facts = catalog.lookup(builder);
        QVERIFY2(facts, (repository + " -> " + builder).c_str());
        QVERIFY2(facts->shellFormWorks == Known::Yes, (repository + " -> " + builder).c_str());
    }
    QCOMPARE(catalog.builderFor("gcr.io/distroless/nodejs22-debian12:nonroot"), "node:22-bookworm-slim");
    QCOMPARE(catalog.builderFor("cgr.dev/chainguard/ruby"), "cgr.dev/chainguard/ruby:latest-dev");
}

void CatalogTest::runtimesHaveNone()
{
    const Catalog &catalog = Catalog::builtIn();
    const QJsonArray rows = readJson(catalogFolder + u"/index.json"_s).object()["runtimes"_L1].toArray();
    QVERIFY(rows.size() > 10);
    for (const QJsonValue &row : rows) {
        const std::string runtime = row["use"_L1].toString().toStdString();
        const auto facts = catalog.lookup(runtime);
        QVERIFY2(facts, runtime.c_str());
        QVERIFY2(facts->hasShell == Known::No && !facts->byNameOnly, runtime.c_str());
        QVERIFY2(facts->status == ImageStatus::Current, runtime.c_str());
    }
    QCOMPARE(catalog.runtimeFor("node:22-alpine"), "gcr.io/distroless/nodejs22-debian13:nonroot");
    QCOMPARE(catalog.runtimeFor("node:22.1.0-bookworm-slim"), "gcr.io/distroless/nodejs22-debian13:nonroot");
    QCOMPARE(catalog.runtimeFor("maven:3.9-eclipse-temurin-21-alpine"), "gcr.io/distroless/java21-debian13:nonroot");
    QCOMPARE(catalog.runtimeFor("golang"), "gcr.io/distroless/static-debian13:nonroot");
    QCOMPARE(catalog.runtimeFor("node:20"), ""); // no longer published
    QCOMPARE(catalog.runtimeFor("python:3.12"), "");
    QCOMPARE(catalog.runtimeFor("node@sha256:0123456789012345678901234567890123456789012345678901234567890123"), "");
}

QTEST_GUILESS_MAIN(CatalogTest)
#include "tst_catalog.moc"
