// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/FileEffects.h"
#include "lint/ShellStates.h"
#include "../support/CpuTimer.h"

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
    const auto row = [](const char *line, Known expected) { QTest::newRow(line) << QString::fromLatin1(line) << expected; };
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
    const SnapshotPtr snapshot = snapshotOf("FROM alpine AS build\nFROM scratch\nWORKDIR /srv\n" + line.toStdString() + "\nRUN ls\n");
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
    QCOMPARE(last.chain, (std::vector<StageId>{StageId(2), StageId(1), StageId(0)}));
    QCOMPARE(last.rootReference, "gcr.io/distroless/base-debian12:debug");
    QCOMPARE(last.shellAtEnd.program(), "/busybox/sh");
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
