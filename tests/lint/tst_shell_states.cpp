// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "../support/CpuTimer.h"
#include "lint/FileEffects.h"
#include "lint/ShellStates.h"

#include <QTest>

using namespace stagewright;
using namespace Qt::StringLiterals;

class ShellStatesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void copyEffects_data();
    void copyEffects();
    void paths();
    void expansion();
    void inheritance();
    void triggersOfTheParent();
    void users();
    void accounts_data();
    void accounts();
    void environment();
    void whatStarts();
    void whereFilesComeFrom();
    void programsOfAnImage_data();
    void programsOfAnImage();
    void manyCopiesAreQuick();
};

namespace {

SnapshotPtr snapshotOf(std::string bytes)
{
    return Snapshot::make(*SourceText::fromBytes(std::move(bytes)));
}

} // namespace

void ShellStatesTest::copyEffects_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<Known>("expected");
    const auto row
        = [](const char *line, Known expected) { QTest::newRow(line) << QString::fromLatin1(line) << expected; };
    row("COPY --from=busybox:musl /bin/sh /bin/sh", Known::Yes);
    row("COPY --from=busybox:musl /bin/busybox /bin/sh", Known::Yes);
    row("COPY --from=busybox:musl /bin/sh /bin/", Known::Yes);
    row("COPY --from=busybox:musl /bin/sh /usr/bin/sh", Known::Yes);
    row("COPY --from=busybox:musl [\"/bin/sh\", \"/bin/sh\"]", Known::Yes);
    row("COPY --from=busybox:musl --parents /bin/sh /", Known::Yes);
    row("COPY --from=busybox:musl /bin /bin", Known::Unknown);
    row("COPY --from=build / /", Known::Unknown);
    row("COPY --from=build /rootfs /", Known::Unknown);
    row("COPY --from=build /rootfs/ /", Known::Unknown);
    row("COPY . /", Known::Unknown);
    row("COPY * /", Known::Unknown);
    row("COPY bin/ /usr", Known::Unknown);
    row("COPY x $DEST", Known::Unknown);
    row("ADD rootfs.tar.gz /", Known::Unknown);
    row("ADD https://example.com/rootfs.tar.gz /", Known::Unknown);
    row("ADD alpine.tar /bin", Known::Unknown);
    row("COPY rootfs.tar.gz /", Known::No);
    row("COPY --from=build /app/server /", Known::No);
    row("COPY hello /", Known::No);
    row("COPY hello /$NAME", Known::No);
    row("COPY . /app", Known::No);
    row("COPY . .", Known::No);
    row("COPY --from=build /rootfs /srv/", Known::No);
    row("COPY sh /app/sh", Known::No);
    row("COPY tool /bin/tool", Known::No);
    row("COPY tool /bin/", Known::No);
    row("ADD rootfs.tar.gz /srv", Known::No);
    row("COPY <<EOF /etc/profile\nx\nEOF", Known::No);
}

void ShellStatesTest::copyEffects()
{
    QFETCH(QString, line);
    QFETCH(Known, expected);
    const SnapshotPtr snapshot
        = snapshotOf("FROM alpine AS build\nFROM scratch\nWORKDIR /srv\n" + line.toStdString() + "\nRUN ls\n");
    const ShellStates states = ShellStates::compute(*snapshot, Catalog::builtIn());
    const Instruction &run = snapshot->tree().instructions().back();
    QCOMPARE(run.kind, InstructionKind::Run);
    QCOMPARE(states.at(run.id).binSh, expected);
    QCOMPARE(states.at(run.id).shellForm, expected);
    QCOMPARE(*states.at(run.id).workdir, "/srv");
    QCOMPARE(states.hasProgram(run.id, "/bin/sh"), expected);
    QCOMPARE(states.stage(StageId(1)).binShAtEnd, expected == Known::No ? Known::No : expected);
}

void ShellStatesTest::paths()
{
    QCOMPARE(lint::joinPath("/app", "x/../y/./z/"), "/app/y/z");
    QCOMPARE(lint::joinPath("/app", "/x"), "/x");
    QCOMPARE(lint::joinPath("", ".."), "/");
    QVERIFY(lint::isAtOrAbove("/", "/x"));
    QVERIFY(lint::isAtOrAbove("/x", "/x/y"));
    QVERIFY(!lint::isAtOrAbove("/x", "/xy"));
    QVERIFY(!lint::isAtOrAbove("/x/y", "/x"));
    QCOMPARE(lint::canonicalProgram("/usr/bin/sh"), "/bin/sh");
    QCOMPARE(lint::canonicalProgram("/usr/binary"), "/usr/binary");
}

void ShellStatesTest::expansion()
{
    const lint::Variables variables{{"A", "1"}, {"B", ""}};
    QCOMPARE(lint::expandKnown("$A-${A}-${A:-x}-$B|", variables), "1-1-1-|");
    QCOMPARE(lint::expandKnown("${C:-x}/${C-y}", variables), "x/y");
    QCOMPARE(lint::expandKnown("$C ${C} $ ${ ${C%x}", variables), "$C ${C} $ ${ ${C%x}");
}

void ShellStatesTest::inheritance()
{
    const SnapshotPtr snapshot = snapshotOf(R"(FROM gcr.io/distroless/base-debian12:debug AS base
SHELL ["/busybox/sh", "-c"]
USER 65532
WORKDIR /srv
CMD ["a"]
FROM base AS middle
WORKDIR data
FROM middle
ENTRYPOINT ["b"]
RUN ls
)");
    const ShellStates states = ShellStates::compute(*snapshot, Catalog::builtIn());
    const StageState &last = states.stage(StageId(2));
    QCOMPARE(last.chain.fromRoot(), (std::vector<StageId>{StageId(0), StageId(1), StageId(2)}));
    QCOMPARE(last.chain.back(), StageId(0));
    QCOMPARE(last.chain.parent(), StageId(1));
    QCOMPARE(last.chain.size(), std::size_t(3));
    QCOMPARE(last.rootReference, "gcr.io/distroless/base-debian12:debug");
    QCOMPARE(last.shellAtEnd->program(), "/busybox/sh");
    QCOMPARE(last.workdirAtEnd, "/srv/data");
    QCOMPARE(last.cmd, InstructionId::None); // ENTRYPOINT resets what was inherited
    QVERIFY(last.user != InstructionId::None);
    QVERIFY(last.decisive && !last.builtUpon);
    QVERIFY(states.stage(StageId(0)).builtUpon && !states.stage(StageId(0)).decisive);
    const InstructionState &run = states.at(snapshot->tree().instructions().back().id);
    QCOMPARE(run.shellForm, Known::Yes);
    QCOMPARE(run.binSh, Known::No);
    QCOMPARE(*run.workdir, "/srv/data");
}

void ShellStatesTest::triggersOfTheParent()
{
    const SnapshotPtr snapshot = snapshotOf("FROM scratch AS base\nONBUILD COPY --from=busybox:musl /bin/sh /bin/sh\n"
                                            "FROM base\nRUN ls\n");
    const ShellStates states = ShellStates::compute(*snapshot, Catalog::builtIn());
    QCOMPARE(states.stage(StageId(0)).binShAtEnd, Known::No);
    QCOMPARE(states.at(snapshot->tree().instructions().back().id).shellForm, Known::Yes);
}

void ShellStatesTest::users()
{
    const SnapshotPtr snapshot = snapshotOf(R"(FROM gcr.io/distroless/static-debian13:nonroot AS base
ARG NAME=app
RUN ["/a"]
USER ${NAME}:staff
RUN ["/b"]
USER $OTHER
FROM base
USER 1001
RUN ["/c"]
)");
    const ShellStates states = ShellStates::compute(*snapshot, Catalog::builtIn());
    const auto instructions = snapshot->tree().instructions();
    const UserState &image = *states.at(instructions[2].id).user;
    QCOMPARE(image.user, "65532");
    QVERIFY(image.isNumber() && image.known && image.uid == 65532U && image.setBy == InstructionId::None);
    const UserState &named = *states.at(instructions[4].id).user;
    QCOMPARE(named.user, "app");
    QCOMPARE(named.group, "staff");
    QVERIFY(named.known && !named.uid && !named.isNumber() && named.setBy == instructions[3].id);
    QVERIFY(!states.stage(StageId(0)).userAtEnd.known);
    QCOMPARE(states.stage(StageId(1)).userAtEnd.uid, 1001U);
}

void ShellStatesTest::accounts_data()
{
    QTest::addColumn<QString>("lines");
    QTest::addColumn<Known>("expected");
    const auto row
        = [](const char *lines, Known expected) { QTest::newRow(lines) << QString::fromLatin1(lines) << expected; };
    row("FROM scratch", Known::No);
    row("FROM gcr.io/distroless/static-debian13", Known::No);
    row("FROM alpine:3.22", Known::No);
    row("FROM somebody/thing", Known::Unknown);
    row("FROM alpine:3.22\nRUN adduser -D app", Known::Yes);
    row("FROM alpine:3.22\nRUN adduser -D apple", Known::Unknown);
    row("FROM alpine:3.22\nRUN npm ci", Known::No);
    row("FROM alpine:3.22\nRUN apk add app", Known::Unknown);
    row("FROM alpine:3.22\nRUN ./setup", Known::Unknown);
    row("FROM scratch\nCOPY --from=x /etc/passwd /etc/", Known::Unknown);
    row("FROM scratch\nCOPY server /app", Known::No);
    row("FROM alpine:3.22 AS a\nRUN useradd app\nFROM a", Known::Yes);
}

void ShellStatesTest::accounts()
{
    QFETCH(QString, lines);
    QFETCH(Known, expected);
    const SnapshotPtr snapshot = snapshotOf(lines.toStdString() + "\nUSER app\n");
    const ShellStates states = ShellStates::compute(*snapshot, Catalog::builtIn());
    QCOMPARE(states.hasUser(snapshot->tree().instructions().back().id, "app"), expected);
    QCOMPARE(states.hasUserAtEnd(snapshot->graph().stages().back().id, "app"), expected);
}

void ShellStatesTest::environment()
{
    const SnapshotPtr snapshot
        = snapshotOf("FROM scratch AS a\nENV A=1 B=$A\nENV A=2 C=${A} D=$X\nFROM a\nARG A=9\nRUN [\"x\"]\n");
    const ShellStates states = ShellStates::compute(*snapshot, Catalog::builtIn());
    const InstructionId run = snapshot->tree().instructions().back().id;
    QCOMPARE(states.env(run, "A")->value, "2");
    QCOMPARE(states.env(run, "B")->value, "$A"); // one ENV sees the variables as they were in front of it
    QVERIFY(!states.env(run, "B")->known);
    QCOMPARE(states.env(run, "C")->value, "1");
    QVERIFY(!states.env(run, "E"));
    QCOMPARE(states.expanded(StageId(1), "$A"), "2"); // ENV wins over ARG
    QCOMPARE(states.envAtEnd(StageId(0), "A")->setBy, snapshot->tree().instructions()[2].id);
}

void ShellStatesTest::whatStarts()
{
    const SnapshotPtr snapshot = snapshotOf(R"(FROM gcr.io/distroless/nodejs22-debian13 AS image
FROM image AS own
CMD ["app.js"]
FROM own AS reset
ENTRYPOINT node server.js
FROM somebody/thing AS unknown
)");
    const ShellStates states = ShellStates::compute(*snapshot, Catalog::builtIn());
    const StageState &own = states.stage(StageId(1));
    QCOMPARE(own.entrypointAtEnd.words, (std::vector<std::string>{"/nodejs/bin/node"}));
    QCOMPARE(own.entrypointAtEnd.setBy, InstructionId::None);
    QCOMPARE(own.cmdAtEnd.words, (std::vector<std::string>{"app.js"}));
    const StageState &reset = states.stage(StageId(2));
    QVERIFY(reset.entrypointAtEnd.shellForm);
    QCOMPARE(reset.entrypointAtEnd.words, (std::vector<std::string>{"/bin/sh", "-c", "node server.js"}));
    QVERIFY(reset.cmdAtEnd.isNothing());
    QVERIFY(!states.stage(StageId(3)).cmdAtEnd.known);
}

void ShellStatesTest::whereFilesComeFrom()
{
    const SnapshotPtr snapshot = snapshotOf(R"(FROM golang AS build
FROM scratch
WORKDIR /srv
COPY . .
COPY --from=build /out/server /usr/bin/
COPY --from=build /out/web ./web
COPY --from=busybox:musl /bin/busybox /bin/sh
COPY --from=0 / /root
)");
    const ShellStates states = ShellStates::compute(*snapshot, Catalog::builtIn());
    const std::vector<CopiedFiles> copies = states.copies(StageId(1));
    QCOMPARE(copies.size(), 5U);
    QCOMPARE(copies[0].from, StageId::None);
    QCOMPARE(copies[0].destination, "/srv");
    QCOMPARE(copies[1].from, StageId(0));
    QVERIFY(copies[1].intoFolder && !copies[2].intoFolder);
    QCOMPARE(copies[2].destination, "/srv/web");
    QCOMPARE(copies[3].image, "docker.io/library/busybox:musl");
    const auto origin = [&](std::string_view path) {
        const auto found = states.originOf(StageId(1), InstructionId::None, path);
        return found ? found->path : std::string("nowhere");
    };
    QCOMPARE(origin("/usr/bin/server"), "/out/server");
    QCOMPARE(origin("/srv/web/index.html"), "/out/web/index.html");
    QCOMPARE(origin("/srv/app.js"), "app.js");
    QCOMPARE(origin("/bin/sh"), "/bin/busybox");
    QCOMPARE(origin("/root/etc/passwd"), "/etc/passwd");
    QCOMPARE(origin("/opt/x"), "nowhere");
    // In front of the copies nothing is there.
    QVERIFY(!states.originOf(StageId(1), copies[0].at, "/srv/app.js"));
}

void ShellStatesTest::programsOfAnImage_data()
{
    QTest::addColumn<QString>("image");
    QTest::addColumn<QString>("program");
    QTest::addColumn<Known>("expected");
    const auto row = [](const char *image, const char *program, Known expected) {
        QTest::addRow("%s %s", image, program)
            << QString::fromLatin1(image) << QString::fromLatin1(program) << expected;
    };
    row("scratch", "mkdir", Known::No);
    row("scratch", "/usr/bin/curl", Known::No);
    row("scratch", "/opt/curl", Known::No);
    row("gcr.io/distroless/nodejs22-debian13", "apt-get", Known::No);
    row("gcr.io/distroless/nodejs22-debian13", "node", Known::No); // not on PATH
    row("gcr.io/distroless/nodejs22-debian13", "/nodejs/bin/node", Known::Yes);
    row("gcr.io/distroless/java21-debian13", "java", Known::Unknown);
    row("alpine:3.22", "bash", Known::No);
    row("node:22-alpine", "bash", Known::No);
    row("cgr.dev/chainguard/curl", "curl", Known::Unknown);
    row("alpine:3.22", "apk", Known::Yes);
    row("alpine:3.22", "apt-get", Known::No);
    row("debian:13", "dpkg", Known::Yes);
    row("debian:13", "apk", Known::No);
    row("debian:13", "mkdir", Known::Unknown);
    row("busybox:1.37", "apt", Known::No);
    row("somebody/thing", "apt", Known::Unknown);
}

void ShellStatesTest::programsOfAnImage()
{
    QFETCH(QString, image);
    QFETCH(QString, program);
    QFETCH(Known, expected);
    QCOMPARE(lint::imageHas(Catalog::builtIn().lookup(image.toStdString()), program.toStdString()), expected);
}

void ShellStatesTest::manyCopiesAreQuick()
{
    std::string text = "FROM scratch\n";
    for (int i = 0; i < 20'000; ++i)
        text += "COPY a" + std::to_string(i) + " /srv/\nRUN ls\n";
    const SnapshotPtr snapshot = snapshotOf(text);
    const test::CpuTimer timer;
    const ShellStates states = ShellStates::compute(*snapshot, Catalog::builtIn());
    QCOMPARE(states.at(snapshot->tree().instructions().back().id).shellForm, Known::No);
    if (qEnvironmentVariableIsSet("STAGEWRIGHT_TIMED_TESTS")) // a busy machine would fail it
        QVERIFY2(timer.milliseconds() < 5'000, qPrintable(QString::number(timer.milliseconds())));
}

QTEST_GUILESS_MAIN(ShellStatesTest)
#include "tst_shell_states.moc"
