// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/LooseCommands.h"
#include "lint/ShellStates.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace stagewright;
using lint::Linking;
using lint::ProductKind;

Q_DECLARE_METATYPE(stagewright::lint::ProductKind)
Q_DECLARE_METATYPE(stagewright::lint::Linking)

/// What RUNs make, and where COPY takes it.
class BuildProductsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void looseCommands_data();
    void looseCommands();
    void products_data();
    void products();
    void removedProductsAreGone();
    void binariesTravel_data();
    void binariesTravel();
    void loaders_data();
    void loaders();
};

namespace {

SnapshotPtr snapshotOf(const QString &text)
{
    return Snapshot::make(*SourceText::fromBytes(text.toStdString()));
}

} // namespace

void BuildProductsTest::looseCommands_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("commands");
    QTest::newRow("one") << u"go build -o \"/x y\" ."_s << u"go|build|-o|/x y|."_s;
    QTest::newRow("list") << u"a && b; c || d | e\nf"_s << u"a,b,c,d,e,f"_s;
    QTest::newRow("assignments go last") << u"CGO_ENABLED=0 GOOS=linux go build"_s
                                         << u"go|build|CGO_ENABLED=0|GOOS=linux"_s;
    QTest::newRow("an option is no assignment") << u"x --a=b -Dc=d"_s << u"x|--a=b|-Dc=d"_s;
    QTest::newRow("words of the shell") << u"if a; then exec b; else time c; fi"_s << u"a,b,c,fi"_s;
    QTest::newRow("redirection") << u"echo x >> /f"_s << u"echo|x|>|/f"_s;
    QTest::newRow("continued") << u"a \\\n b"_s << u"a|b"_s;
    QTest::newRow("escaped blank") << u"a b\\ c"_s << u"a|b c"_s;
    QTest::newRow("open quote") << u"a 'b c"_s << u"a|b c"_s;
    QTest::newRow("nothing") << u" ; && "_s << QString();
}

void BuildProductsTest::looseCommands()
{
    QFETCH(QString, text);
    QStringList commands;
    for (const lint::Words &words : lint::looseCommands(text.toStdString())) {
        QStringList one;
        for (const std::string &word : words)
            one << QString::fromStdString(word);
        commands << one.join(u'|');
    }
    QTEST(commands.join(u','), "commands");
}

void BuildProductsTest::products_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<ProductKind>("kind");
    QTest::addColumn<QString>("path");
    QTest::addColumn<Linking>("linking");
    const auto row = [](const char *text, ProductKind kind, const char *path, Linking linking) {
        QTest::newRow(text) << QString::fromLatin1(text) << kind << QString::fromLatin1(path) << linking;
    };
    using enum ProductKind;
    row("FROM golang:1.27\nRUN go build -o /app .", GoProgram, "/app", Linking::Unknown);
    row("FROM golang:1.27\nRUN cd /src && go build -o bin/app .", GoProgram, "/src/bin/app", Linking::Unknown);
    row("FROM golang:1.27\nENV CGO_ENABLED=0\nRUN go build -o /app .", GoProgram, "/app", Linking::Static);
    row("FROM golang:1.27\nARG CGO_ENABLED=0\nRUN go build -o /app .", GoProgram, "/app", Linking::Static);
    row("FROM golang:1.27-alpine\nRUN go build -o /app .", GoProgram, "/app", Linking::Static);
    row("FROM golang:1.27-alpine\nRUN apk add build-base\nRUN go build -o /app .", GoProgram, "/app", Linking::Unknown);
    row("FROM golang:1.27\nRUN go install ./...", GoProgram, "/go/bin", Linking::Unknown);
    row("FROM golang:1.27\nWORKDIR /src\nRUN go build ./cmd/server", GoProgram, "/src/server", Linking::Unknown);
    row("FROM gcc:15\nRUN gcc -o /hello hello.c", CProgram, "/hello", Linking::Dynamic);
    row("FROM gcc:15\nRUN gcc $CFLAGS -o /hello hello.c", CProgram, "/hello", Linking::Unknown);
    row("FROM gcc:15\nRUN g++ -static -o /hello hello.cpp", CppProgram, "/hello", Linking::Static);
    row("FROM gcc:15\nRUN gcc -shared -fPIC -o /x.so x.c", SharedLibrary, "/x.so", Linking::Dynamic);
    row("FROM gcc:15\nRUN gcc -o hello hello.c && mv hello /usr/local/bin/", CProgram, "/usr/local/bin/hello",
        Linking::Dynamic);
    row("FROM rust:1\nWORKDIR /src\nRUN cargo build --release", RustProgram, "/src/target", Linking::Dynamic);
    row("FROM rust:1\nWORKDIR /s\nRUN cargo build --target x86_64-unknown-linux-musl", RustProgram,
        "/s/target/x86_64-unknown-linux-musl", Linking::Static);
    row("FROM rust:1-alpine\nWORKDIR /s\nRUN cargo build", RustProgram, "/s/target", Linking::Static);
    row("FROM rust:1-alpine\nENV RUSTFLAGS=\"-C target-feature=-crt-static\"\nWORKDIR /s\nRUN cargo build", RustProgram,
        "/s/target", Linking::Dynamic);
    row("FROM alpine\nRUN apk add cargo\nWORKDIR /s\nRUN cargo build", RustProgram, "/s/target", Linking::Dynamic);
    row("FROM rust:1\nRUN cargo install --root /out x", RustProgram, "/out/bin", Linking::Dynamic);
    row("FROM eclipse-temurin:21\nRUN jlink --output /jre", JavaRuntime, "/jre", Linking::Dynamic);
    row("FROM node:24\nWORKDIR /app\nRUN npm ci", NodeModules, "/app/node_modules", Linking::Unknown);
    row("FROM node:24\nRUN npm --prefix /srv install", NodeModules, "/srv/node_modules", Linking::Unknown);
    row("FROM node:24\nRUN npm install -g pm2", NodeModules, "/usr/local/lib/node_modules", Linking::Unknown);
    row("FROM python:3.13\nRUN python -m venv /venv", PythonEnvironment, "/venv", Linking::Unknown);
    row("FROM python:3.13\nRUN pip install --target=/deps flask", PythonPackages, "/deps", Linking::Unknown);
    row("FROM php:8.5\nRUN docker-php-ext-install pdo_mysql", SharedLibrary, "/usr/local/lib/php/extensions",
        Linking::Dynamic);
}

void BuildProductsTest::products()
{
    QFETCH(QString, text);
    const SnapshotPtr snapshot = snapshotOf(text);
    const ShellStates states = ShellStates::compute(*snapshot, Catalog::builtIn());
    const auto made = states.products(StageId{0});
    QVERIFY(!made.empty());
    QTEST(made.back().kind, "kind");
    QTEST(QString::fromStdString(made.back().path), "path");
    QTEST(made.back().linking, "linking");
}

void BuildProductsTest::removedProductsAreGone()
{
    for (const char *text :
         {"FROM node:24\nWORKDIR /app\nRUN npm ci && rm -rf node_modules", "FROM node:24\nRUN npm run build",
          "FROM golang:1.27\nRUN GOOS=windows go build -o /x.exe .", "FROM gcc:15\nRUN gcc -c x.c",
          "FROM golang:1.27\nRUN go version", "FROM node:24\nRUN export A && npm test"}) {
        const SnapshotPtr snapshot = snapshotOf(QString::fromLatin1(text));
        const ShellStates states = ShellStates::compute(*snapshot, Catalog::builtIn());
        QVERIFY2(states.products(StageId{0}).empty(), text);
    }
}

void BuildProductsTest::binariesTravel_data()
{
    QTest::addColumn<QString>("copies");
    QTest::addColumn<QString>("paths");
    QTest::newRow("a file") << u"COPY --from=build /out/app /app"_s << u"/app"_s;
    QTest::newRow("into a folder") << u"COPY --from=build /out/app /usr/bin/"_s << u"/usr/bin/app"_s;
    QTest::newRow("its folder") << u"COPY --from=build /out /opt/x"_s << u"/opt/x/app"_s;
    QTest::newRow("a pattern") << u"COPY --from=build /out/* /opt/"_s << u"/opt/app"_s;
    QTest::newRow("everything") << u"COPY --from=build / /"_s << u"/out/app"_s;
    QTest::newRow("something else") << u"COPY --from=build /etc /etc"_s << QString();
    QTest::newRow("through a stage") << u"COPY --from=files / /srv"_s << u"/srv/bin/app"_s;
    QTest::newRow("replaced") << u"COPY --from=build /out/app /a\nCOPY --from=other /b /a"_s << u"/a"_s;
}

void BuildProductsTest::binariesTravel()
{
    QFETCH(QString, copies);
    const SnapshotPtr snapshot = snapshotOf(
        u"FROM gcc:15 AS build\nRUN gcc -o /out/app x.c\nFROM alpine:3.23 AS other\nRUN apk add gcc && gcc -o /b x.c\n"
        u"FROM scratch AS files\nCOPY --from=build /out /bin\nFROM alpine:3.23\n"_s
        + copies);
    const ShellStates states = ShellStates::compute(*snapshot, Catalog::builtIn());
    QStringList paths;
    for (const CopiedBinary &binary : states.binaries(StageId{3})) {
        QVERIFY(binary.madeOn);
        paths << QString::fromStdString(binary.path);
    }
    QTEST(paths.join(u' '), "paths");
}

void BuildProductsTest::loaders_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Known>("glibc");
    QTest::newRow("its own") << u"FROM debian:13"_s << Known::Yes;
    QTest::newRow("another") << u"FROM alpine:3.23\nRUN apk add --no-cache ca-certificates"_s << Known::No;
    QTest::newRow("none at all") << u"FROM scratch"_s << Known::No;
    QTest::newRow("installed") << u"FROM alpine:3.23\nRUN apk add gcompat"_s << Known::Unknown;
    QTest::newRow("copied") << u"FROM alpine:3.23\nCOPY --from=debian:13 /lib64/ld-linux-x86-64.so.2 /lib64/"_s
                            << Known::Unknown;
    QTest::newRow("a file system") << u"FROM scratch\nADD rootfs.tar.gz /"_s << Known::Unknown;
    QTest::newRow("unknown image") << u"FROM example.com/x"_s << Known::Unknown;
}

void BuildProductsTest::loaders()
{
    QFETCH(QString, text);
    const SnapshotPtr snapshot = snapshotOf(text);
    const ShellStates states = ShellStates::compute(*snapshot, Catalog::builtIn());
    QTEST(states.hasLoader(StageId{0}, "glibc"), "glibc");
}

QTEST_GUILESS_MAIN(BuildProductsTest)
#include "tst_build_products.moc"
