// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "catalog/Releases.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace stagewright;

/// Which distribution and release an image is made from.
class ReleasesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFileIsRead();
    void brokenFilesAreNamed_data();
    void brokenFilesAreNamed();
    void releases_data();
    void releases();
    void languages_data();
    void languages();
    void agreesWithTheCatalogue();
};

void ReleasesTest::theFileIsRead()
{
    QFile file(QStringLiteral(STAGEWRIGHT_SOURCE_DIR "/resources/catalog/releases.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto error = releasesError(file.readAll());
    QVERIFY2(!error, error ? error->message.c_str() : "");
}

void ReleasesTest::brokenFilesAreNamed_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("no JSON") << QByteArray("{");
    QTest::newRow("nothing in it") << QByteArray("{}");
    QTest::newRow("unknown distribution") << QByteArray(
        R"({"distributions": [], "named": [], "defaults": [{"for": ["*"], "use": "plan 9"}], "languages": []})");
}

void ReleasesTest::brokenFilesAreNamed()
{
    QFETCH(QByteArray, json);
    const auto error = releasesError(json);
    QVERIFY(error);
    QVERIFY(!error->message.empty());
}

void ReleasesTest::releases_data()
{
    QTest::addColumn<QString>("reference");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("libc");
    QTest::addColumn<int>("glibcMinor");
    const auto row = [](const char *reference, const char *title, const char *libc, int minor) {
        QTest::newRow(reference) << QString::fromLatin1(reference) << QString::fromLatin1(title)
                                 << QString::fromLatin1(libc) << minor;
    };
    row("gcr.io/distroless/nodejs22-debian12", "Debian 12 (bookworm)", "glibc", 36);
    row("gcr.io/distroless/cc", "Debian 13 (trixie)", "glibc", 41);
    row("node:22-alpine", "Alpine", "musl", 0);
    row("node:22-alpine3.24", "Alpine 3.24", "musl", 0);
    row("node:22", "Debian 12 (bookworm)", "glibc", 36);
    row("node:22-trixie-slim", "Debian 13 (trixie)", "glibc", 41);
    row("golang:1.27", "Debian 13 (trixie)", "glibc", 41);
    row("golang:1.27.3", "Debian 13 (trixie)", "glibc", 41);
    row("golang:1.19", "Debian", "glibc", 0);
    row("golang:1.19-alpine", "Alpine", "musl", 0);
    row("rust:1.70-bullseye", "Debian 11 (bullseye)", "glibc", 31);
    row("debian:12.5-slim", "Debian 12 (bookworm)", "glibc", 36);
    row("debian:bookworm-20240701-slim", "Debian 12 (bookworm)", "glibc", 36);
    row("debian", "Debian 13 (trixie)", "glibc", 41);
    row("debian:forky", "Debian", "glibc", 0);
    row("ubuntu:22.04", "Ubuntu 22.04 (jammy)", "glibc", 35);
    row("ubuntu:noble-20240605", "Ubuntu 24.04 (noble)", "glibc", 39);
    row("alpine", "Alpine", "musl", 0);
    row("alpine:3.20.3", "Alpine 3.20.3", "musl", 0);
    row("alpine:edge", "Alpine", "musl", 0);
    row("eclipse-temurin:21-jre-alpine", "Alpine", "musl", 0);
    row("eclipse-temurin:21-jdk", "Ubuntu 26.04 (resolute)", "glibc", 43);
    row("maven:3-eclipse-temurin-21", "Ubuntu 24.04 (noble)", "glibc", 39);
    row("mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled", "Ubuntu 22.04 (jammy)", "glibc", 35);
    row("mcr.microsoft.com/dotnet/runtime:8.0", "Debian 12 (bookworm)", "glibc", 36);
    row("mcr.microsoft.com/dotnet/runtime:8.0-alpine3.20", "Alpine 3.20", "musl", 0);
    row("registry.access.redhat.com/ubi9/ubi-minimal:9.4", "Red Hat Enterprise Linux 9", "glibc", 34);
    row("amazoncorretto:21-al2023", "Amazon Linux 2023", "glibc", 34);
    row("amazonlinux:2023", "Amazon Linux 2023", "glibc", 34);
    row("cgr.dev/chainguard/node:latest", "Wolfi", "glibc", 0);
    row("mcr.microsoft.com/azurelinux/base/core:3.0", "Azure Linux 3.0", "glibc", 38);
    // What nobody wrote down stays unknown, however the name sounds.
    row("example.com/team/image:1-bookworm", "", "", 0);
    row("example.com/team/image", "", "", 0);
    row("node@sha256:0123456789012345678901234567890123456789012345678901234567890123", "", "", 0);
    row("node:22-alpine@sha256:0123456789012345678901234567890123456789012345678901234567890123", "Alpine", "musl", 0);
    row("scratch", "", "", 0);
    row("not a reference", "", "", 0);
    row("", "", "", 0);
}

void ReleasesTest::releases()
{
    QFETCH(QString, reference);
    QFETCH(QString, title);
    QFETCH(QString, libc);
    QFETCH(int, glibcMinor);
    const ImageRelease release = releaseOf(reference.toStdString());
    QCOMPARE(QString::fromStdString(release.title), title);
    QCOMPARE(QString::fromStdString(release.libc), libc);
    QCOMPARE(release.glibc.second, glibcMinor);
    QCOMPARE(release.glibc.first, glibcMinor > 0 ? 2 : 0);
}

void ReleasesTest::languages_data()
{
    QTest::addColumn<QString>("reference");
    QTest::addColumn<QString>("version");
    QTest::addColumn<QString>("prefix");
    const auto row = [](const char *reference, const char *version, const char *prefix) {
        QTest::newRow(reference) << QString::fromLatin1(reference) << QString::fromLatin1(version)
                                 << QString::fromLatin1(prefix);
    };
    row("python:3.12-slim", "3.12", "/usr/local");
    row("python:3.11.9-slim-bookworm", "3.11", "/usr/local");
    row("python:3.10", "3.10", "/usr/local");
    row("python", "3.14", "/usr/local");
    row("python:slim", "3.14", "/usr/local");
    row("gcr.io/distroless/python3-debian12", "3.11", "/usr");
    row("gcr.io/distroless/python3-debian12:nonroot", "3.11", "/usr");
    row("gcr.io/distroless/python3", "3.13", "/usr");
    row("ghcr.io/astral-sh/uv:python3.12-bookworm-slim", "3.12", "/usr/local");
    row("cgr.dev/chainguard/python:latest", "", "");
    row("node:22", "", "");
}

void ReleasesTest::languages()
{
    QFETCH(QString, reference);
    QFETCH(QString, version);
    QFETCH(QString, prefix);
    const ImageRelease release = releaseOf(reference.toStdString());
    QCOMPARE(QString::fromStdString(release.python), version);
    QCOMPARE(QString::fromStdString(release.pythonPrefix), prefix);
}

/// The C library that follows from the release is that of the catalogue, wherever both know one.
void ReleasesTest::agreesWithTheCatalogue()
{
    const Catalog &catalog = Catalog::builtIn();
    int compared = 0;
    for (const Catalog::Entry *entry : catalog.entries()) {
        for (const std::string &repository : *entry->repositories) {
            for (const std::string &tag : entry->tags) {
                const std::string reference = repository + ':' + tag;
                if (reference.find_first_of("*?[ ") != std::string::npos)
                    continue;
                const auto facts = catalog.lookup(reference);
                const ImageRelease release = releaseOf(reference);
                if (!facts || facts->libc.empty() || facts->libc == "none" || release.libc.empty())
                    continue;
                QVERIFY2(facts->libc == release.libc, (reference + ": " + facts->libc + ", " + release.title).c_str());
                ++compared;
            }
        }
    }
    QVERIFY(compared > 1000);
}

QTEST_GUILESS_MAIN(ReleasesTest)
#include "tst_releases.moc"
