// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "catalog/Siblings.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <map>

using namespace stagewright;
using namespace Qt::StringLiterals;

namespace {

const Sibling *find(const Siblings &siblings, std::string_view reference)
{
    const auto found = std::ranges::find(siblings.images, reference, &Sibling::reference);
    return found == siblings.images.end() ? nullptr : &*found;
}

} // namespace

class SiblingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void families_data();
    void families();
    void acrossRepositories();
    void theOneAskedIsAmongThem();
    void nobodyKnowsIt_data();
    void nobodyKnowsIt();
    void everyImageOfAFamilyIsKnown();
};

void SiblingsTest::families_data()
{
    QTest::addColumn<QString>("reference");
    QTest::addColumn<QString>("title");
    const auto row = [](const char *reference, const char *title) {
        QTest::newRow(reference) << QString::fromLatin1(reference) << QString::fromLatin1(title);
    };
    row("node:22", "Node.js 22");
    row("node:22.12.0-alpine3.21", "Node.js 22");
    row("docker.io/library/node:22-bookworm-slim", "Node.js 22");
    row("gcr.io/distroless/nodejs22-debian13:nonroot", "Node.js 22");
    row("gcr.io/distroless/nodejs22", "Node.js 22");
    row("node:lts", "Node.js 24"); // by what is made for it
    row("node@sha256:0123456789012345678901234567890123456789012345678901234567890123", "");
    row("python:3.13-slim", "Python 3.13");
    row("python:3", "Python 3.13");
    row("gcr.io/distroless/python3-debian12:debug", "Python 3.11");
    row("maven:3.9-eclipse-temurin-21", "Java 21, to build");
    row("gradle:8.10-jdk17", "Java 17, to build");
    row("eclipse-temurin:21-jre-alpine", "Java 21, to run");
    row("eclipse-temurin:21.0.4_7-jre", "Java 21, to run");
    row("eclipse-temurin:21-jdk", "Java 21, to build");
    row("gcr.io/distroless/java17-debian13", "Java 17, to run");
    row("golang:1.27-alpine", "Go 1.27");
    row("mcr.microsoft.com/dotnet/aspnet:8.0", "ASP.NET 8.0");
    row("mcr.microsoft.com/dotnet/sdk:10.0-noble", ".NET SDK 10.0");
    row("scratch", "For programs that need no runtime");
    row("alpine", "For programs that need no runtime");
    row("gcr.io/distroless/cc-debian13:debug", "For programs that need no runtime");
}

void SiblingsTest::families()
{
    QFETCH(QString, reference);
    QFETCH(QString, title);
    QCOMPARE(QString::fromStdString(siblingsOf(Catalog::builtIn(), reference.toStdString()).title), title);
}

void SiblingsTest::acrossRepositories()
{
    const Siblings siblings = siblingsOf(Catalog::builtIn(), "node:22");
    const Sibling *debian = find(siblings, "node:22");
    const Sibling *alpine = find(siblings, "node:22-alpine");
    const Sibling *distroless = find(siblings, "gcr.io/distroless/nodejs22-debian13");
    QVERIFY(debian && alpine && distroless);
    QVERIFY(debian->asked && !alpine->asked && !distroless->asked);
    QCOMPARE(debian->facts.packageManager, "apt");
    QCOMPARE(alpine->facts.libc, "musl");
    QCOMPARE(distroless->facts.hasShell, Known::No);
    for (const Sibling &sibling : siblings.images) {
        QVERIFY2(sibling.reference.find("24") == std::string::npos, sibling.reference.c_str());
        QVERIFY2(!sibling.facts.byNameOnly, sibling.reference.c_str());
    }
}

void SiblingsTest::theOneAskedIsAmongThem()
{
    for (const std::string_view reference : {"node:22.12.0-alpine3.21", "gcr.io/distroless/nodejs22-debian12:debug"}) {
        const Siblings siblings = siblingsOf(Catalog::builtIn(), reference);
        const auto asked = std::ranges::count_if(siblings.images, &Sibling::asked);
        QCOMPARE(asked, 1);
        QCOMPARE(find(siblings, reference), &siblings.images.front()); // no family lists it, so it comes first
    }
}

void SiblingsTest::nobodyKnowsIt_data()
{
    QTest::addColumn<QString>("reference");
    for (const char *reference : {"registry.example/team/app:1", "node-exporter:22", "", "mongo:8", "someone/node:22"})
        QTest::newRow(reference) << QString::fromLatin1(reference);
}

void SiblingsTest::nobodyKnowsIt()
{
    QFETCH(QString, reference);
    const Siblings siblings = siblingsOf(Catalog::builtIn(), reference.toStdString());
    QVERIFY(siblings.images.empty());
    QVERIFY(siblings.title.empty());
}

/// What the file lists for versions that are current exists in the catalogue: a typing error would go unseen.
void SiblingsTest::everyImageOfAFamilyIsKnown()
{
    QFile file(QStringLiteral(STAGEWRIGHT_SOURCE_DIR "/resources/catalog/families/families.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray families = QJsonDocument::fromJson(file.readAll()).object()["families"_L1].toArray();
    QVERIFY(families.size() > 10);
    const std::map<QString, QString> versions{
        {u"Node.js {version}"_s, u"24"_s},      {u"Python {version}"_s, u"3.13"_s},
        {u"Java {version}, to run"_s, u"21"_s}, {u"Java {version}, to build"_s, u"21"_s},
        {u"Go {version}"_s, u"1.27"_s},         {u"Rust {version}"_s, u"1"_s},
        {u"ASP.NET {version}"_s, u"10.0"_s},    {u".NET runtime {version}"_s, u"10.0"_s},
        {u".NET SDK {version}"_s, u"10.0"_s},   {u"PHP {version}"_s, u"8.4"_s},
        {u"Ruby {version}"_s, u"3.4"_s},
    };
    for (const QJsonValue &family : families) {
        const QString title = family["title"_L1].toString();
        const auto version = versions.find(title);
        QVERIFY2(!title.contains(u'{') || version != versions.end(), qPrintable(title));
        for (const QJsonValue &image : family["images"_L1].toArray()) {
            QString reference = image.toString();
            if (version != versions.end())
                reference.replace(u"{version}"_s, version->second);
            const auto facts = Catalog::builtIn().lookup(reference.toStdString());
            QVERIFY2(facts && !facts->byNameOnly, qPrintable(reference));
            QVERIFY2(facts->status != ImageStatus::NeverPublished, qPrintable(reference));
        }
    }
}

QTEST_GUILESS_MAIN(SiblingsTest)
#include "tst_siblings.moc"
