// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/Snapshot.h"

#include <QTest>

#include <algorithm>

using namespace stagewright;

class BuildGraphTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsStages();
    void drawsEdges();
    void leavesOutWhatNeedsNothing();
    void mergesImages();
    void marksWhatTheTargetNeeds();
    void choosesTargets();
    void resolvesNamedContexts();
    void runsTriggersOfTheDirectBase();
    void reportsTriggersAtTheChild();
    void underlinesTheCause_data();
    void underlinesTheCause();
    void reportsEverythingInOrder();
    void takesWhatBuildKitTakes_data();
    void takesWhatBuildKitTakes();
    void saysOneThingAnInstruction();
    void looksOnlyIntoTheTarget();
    void findsTheCycleBehindAChain();
    void countsSourcesInFromIndexes();
    void seesVariablesThroughBases();
    void expandsHeredocs();
    void knowsWindowsPaths();
    void survivesOddInput_data();
    void survivesOddInput();
};

namespace {

SnapshotPtr analyse(std::string text, AnalysisOptions options = {})
{
    return Snapshot::make(SourceText::fromBytes(std::move(text)).value(), std::move(options));
}

std::string nameOf(const BuildGraph &graph, NodeRef node)
{
    const auto index = static_cast<std::size_t>(node.index);
    switch (node.kind) {
    case NodeKind::Stage: return graph.stages()[index].displayName;
    case NodeKind::Image: return graph.images()[index].written;
    case NodeKind::BuildContext: return "context";
    case NodeKind::NamedContext: return "named:" + graph.namedContexts()[index].name;
    case NodeKind::CacheMount: return "cache:" + graph.cacheMounts()[index].name;
    case NodeKind::Remote: return "remote:" + graph.remotes()[index].name;
    }
    return {};
}

/// One line an edge: "source -> stage line kind label [named text]", with a "!" in front if it is not needed.
std::string edgesOf(const Snapshot &snapshot)
{
    std::string out;
    for (const Edge &edge : snapshot.graph().edges()) {
        constexpr std::array<std::string_view, 5> Kinds{"from", "copy", "context", "mount", "add"};
        out += edge.needed ? "" : "!";
        out += nameOf(snapshot.graph(), edge.source) + " -> " + snapshot.graph().stage(edge.target).displayName + " "
            + std::to_string(snapshot.tree().instruction(edge.instruction).firstLine) + " "
            + std::string(Kinds[static_cast<std::size_t>(edge.kind)]) + " '" + edge.label + "' ["
            + std::string(snapshot.text().slice(edge.range)) + "]\n";
    }
    return out;
}

std::vector<std::string> messages(const Snapshot &snapshot)
{
    std::vector<std::string> all;
    for (const BuildError &error : snapshot.graph().errors())
        all.push_back(std::to_string(error.firstLine) + ": " + error.message);
    return all;
}

using Lines = std::vector<std::string>;

} // namespace

void BuildGraphTest::knowsStages()
{
    const auto snapshot
        = analyse("# syntax=docker/dockerfile:1\nARG V=22\nFROM --platform=$BUILDPLATFORM node:${V} AS Build\n"
                  "RUN a \\\n b\n\n# note\nFROM build\nCMD [\"x\"]\n");
    const auto stages = snapshot->graph().stages();
    QCOMPARE(stages.size(), std::size_t{2});
    QCOMPARE(stages[0].name, "build");
    QCOMPARE(stages[0].displayName, "Build");
    QCOMPARE(snapshot->text().slice(stages[0].nameRange), std::string_view("Build"));
    QCOMPARE(stages[0].base.written, std::string_view("node:${V}"));
    QCOMPARE(stages[0].base.resolved, "node:22");
    QCOMPARE(stages[0].base.reference, "docker.io/library/node:22");
    QCOMPARE(stages[0].platform, "linux/amd64");
    QCOMPARE(stages[0].firstLine, 3u);
    QCOMPARE(stages[0].lastLine, 5u);
    QVERIFY(snapshot->text().slice(stages[0].range).ends_with(" b"));
    QCOMPARE(stages[1].displayName, "stage-1");
    QVERIFY(stages[1].nameRange.isEmpty());
    QCOMPARE(stages[1].nameRange.begin, stages[1].base.range.end);
    QCOMPARE(stages[1].base.kind, BaseKind::Stage);
    QVERIFY(stages[1].isTarget && !stages[0].isTarget);
    QCOMPARE(snapshot->instructionsOf(stages[1].id).size(), std::size_t{1});
    QCOMPARE(snapshot->graph().stageOf(InstructionId(0)), StageId::None);
    QCOMPARE(snapshot->graph().stageOf(stages[0].from), stages[0].id);
    QCOMPARE(snapshot->graph().stageOf(stages[1].firstInstruction), stages[1].id);
}

void BuildGraphTest::drawsEdges()
{
    const auto snapshot = analyse(
        "FROM golang AS build\nCOPY go.mod go.sum ./\nRUN --mount=type=cache,target=/go/pkg go build\n"
        "RUN --mount=type=bind,target=/src ls\n"
        "FROM alpine\nARG U=https://example.com\nADD $U/file.tgz https://git.example/x.git /opt/\n"
        "COPY --from=build --chown=1:1 /bin/app /bin/tool /usr/bin/\n"
        "RUN --mount=from=build,source=/etc,target=/etc2 --mount=type=cache,id=apk,target=/var/cache/apk true\n");
    QCOMPARE(
        edgesOf(*snapshot),
        std::string("golang -> build 1 from '' [golang]\n"
                    "context -> build 2 context 'go.mod, go.sum → ./' [go.mod go.sum]\n"
                    "cache:/go/pkg -> build 3 mount '/go/pkg' [type=cache,target=/go/pkg]\n"
                    "context -> build 4 mount '/ → /src' [type=bind,target=/src]\n"
                    "alpine -> stage-1 5 from '' [alpine]\n"
                    "remote:https://example.com/file.tgz -> stage-1 7 add 'file.tgz → /opt/' [$U/file.tgz]\n"
                    "remote:https://git.example/x.git -> stage-1 7 add 'x.git → /opt/' [https://git.example/x.git]\n"
                    "build -> stage-1 8 copy '/bin/app, /bin/tool → /usr/bin/' [build]\n"
                    "build -> stage-1 9 mount '/etc → /etc2' [build]\n"
                    "cache:apk -> stage-1 9 mount '/var/cache/apk' [type=cache,id=apk,target=/var/cache/apk]\n"));
    QVERIFY(snapshot->graph().usesBuildContext());
    QVERIFY(snapshot->graph().buildContextNeeded());
    QVERIFY(messages(*snapshot).empty());
}

void BuildGraphTest::leavesOutWhatNeedsNothing()
{
    const auto snapshot = analyse("FROM scratch\nCOPY <<EOF /a\nhi\nEOF\nCOPY --from=scratch / /x\n"
                                  "RUN --mount=type=secret,id=s --mount=type=ssh --mount=type=tmpfs,target=/t true\n");
    QCOMPARE(edgesOf(*snapshot), std::string());
    QVERIFY(!snapshot->graph().usesBuildContext());
    QCOMPARE(snapshot->graph().references().size(), std::size_t{1});
    QCOMPARE(snapshot->graph().references()[0].kind, ReferenceKind::Scratch);
    const auto mixed = analyse("FROM scratch\nCOPY <<A file <<B /d/\na\nA\nb\nB\n");
    QCOMPARE(edgesOf(*mixed), std::string("context -> stage-0 2 context 'file → /d/' [file]\n"));
}

void BuildGraphTest::mergesImages()
{
    const auto snapshot = analyse(
        "FROM alpine\nFROM docker.io/library/alpine:latest\nCOPY --from=alpine /a /b\nCOPY --from=alpine:3 /a /b\n");
    QCOMPARE(snapshot->graph().images().size(), std::size_t{2});
    QCOMPARE(snapshot->graph().images()[0].reference, "docker.io/library/alpine:latest");
    QCOMPARE(snapshot->graph().images()[0].written, "alpine");
    QCOMPARE(snapshot->graph().references()[0].image, ImageId(0));
    QCOMPARE(snapshot->graph().references()[1].image, ImageId(1));
}

void BuildGraphTest::marksWhatTheTargetNeeds()
{
    const auto snapshot
        = analyse("FROM golang AS unused\nCOPY . .\nFROM node AS a\nFROM a AS b\nFROM scratch\nCOPY --from=b /x /y\n");
    QCOMPARE(edgesOf(*snapshot),
             std::string("!golang -> unused 1 from '' [golang]\n!context -> unused 2 context '. → .' [.]\n"
                         "node -> a 3 from '' [node]\na -> b 4 from '' [a]\nb -> stage-3 6 copy '/x → /y' [b]\n"));
    QVERIFY(snapshot->graph().usesBuildContext() && !snapshot->graph().buildContextNeeded());
    QVERIFY(!snapshot->graph().images()[0].needed && snapshot->graph().images()[1].needed);
}

void BuildGraphTest::choosesTargets()
{
    const std::string text = "FROM alpine AS Build\nFROM alpine AS test\nFROM alpine\n";
    const auto target = [&text](std::string name) {
        return analyse(text, {.target = std::move(name), .buildArgs = {}, .namedContexts = {}});
    };
    QCOMPARE(target("")->graph().target(), StageId(2));
    QCOMPARE(target("BUILD")->graph().target(), StageId(0));
    QCOMPARE(target("#1")->graph().target(), StageId(1));
    QVERIFY(target("test")->graph().stages()[1].isTarget);
    QVERIFY(!target("test")->graph().stages()[2].reachable);
    QCOMPARE(messages(*target("tset")), (Lines{"0: target stage \"tset\" could not be found (did you mean test?)"}));
    QCOMPARE(messages(*target("1")), (Lines{"0: target stage \"1\" could not be found"}));
    QCOMPARE(messages(*target("#3")), (Lines{"0: target stage \"#3\" could not be found"}));
    QCOMPARE(target("#3")->graph().target(), StageId::None);
}

void BuildGraphTest::resolvesNamedContexts()
{
    AnalysisOptions options;
    options.namedContexts
        = {{"alpine", "docker-image://alpine:edge"}, {"build", "../build"}, {"assets", "https://x/y.git"}};
    const auto snapshot
        = analyse("FROM node AS build\nFROM alpine:latest\nCOPY --from=assets a b\nCOPY --from=build c d\n"
                  "RUN --mount=from=assets,target=/m true\nFROM alpine:3\n",
                  options);
    QCOMPARE(
        edgesOf(*snapshot),
        std::string("!named:build -> build 1 from '' [node]\n!named:alpine -> stage-1 2 from '' [alpine:latest]\n"
                    "!named:assets -> stage-1 3 copy 'a → b' [assets]\n!build -> stage-1 4 copy 'c → d' [build]\n"
                    "!named:assets -> stage-1 5 mount '/ → /m' [assets]\nalpine:3 -> stage-2 6 from '' [alpine:3]\n"));
    QCOMPARE(snapshot->graph().stages()[0].base.kind, BaseKind::NamedContext);
    QCOMPARE(snapshot->graph().references()[0].kind, ReferenceKind::NamedContext);
}

void BuildGraphTest::runsTriggersOfTheDirectBase()
{
    const auto snapshot
        = analyse("FROM alpine AS tools\nFROM alpine AS base\nONBUILD COPY --from=tools /a /b\nONBUILD COPY . /src\n"
                  "FROM base AS mid\nCOPY --from=tools /c /d\nFROM mid\n");
    QCOMPARE(edgesOf(*snapshot),
             std::string(
                 "alpine -> tools 1 from '' [alpine]\nalpine -> base 2 from '' [alpine]\nbase -> mid 5 from '' [base]\n"
                 "tools -> mid 5 copy '/a → /b' [tools]\ncontext -> mid 5 context '. → /src' [.]\n"
                 "tools -> mid 6 copy '/c → /d' [tools]\nmid -> stage-3 7 from '' [mid]\n"));
    QCOMPARE(snapshot->graph().references().size(), std::size_t{2});
    QCOMPARE(snapshot->graph().references()[0].instruction, snapshot->graph().stages()[2].from);
}

void BuildGraphTest::reportsTriggersAtTheChild()
{
    const std::string base = "FROM scratch AS a\nONBUILD COPY --from=7 x y\nONBUILD FOO\nONBUILD ENV A=${B\n";
    QVERIFY(messages(*analyse(base)).empty());
    QCOMPARE(messages(*analyse(base + "FROM a\n")),
             (Lines{"5: invalid stage index 7", "5: unknown instruction: FOO (did you mean FROM?)",
                    "5: failed to process \"${B\": unsupported modifier (\xef\xbf\xbd) in substitution"}));
}

void BuildGraphTest::underlinesTheCause_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("underlined");
    QTest::addColumn<std::string>("message");
    const auto row = [](const char *name, const char *text, const char *underlined, const char *message) {
        QTest::newRow(name) << std::string(text) << std::string(underlined) << std::string(message);
    };
    row("base", "FROM Bad AS x\n", "Bad",
        "failed to parse stage name \"Bad\": invalid reference format: repository name (library/Bad) must be "
        "lowercase");
    row("blank", "FROM $X AS x\n", "$X", "base name ($X) should not be blank");
    row("platform", "FROM --platform=bogus alpine\n", "bogus",
        "failed to parse platform bogus: \"bogus\": unknown operating system or architecture: invalid argument");
    row("platform typo", "FROM --platform=$BUILDPLATFROM alpine\n", "$BUILDPLATFROM",
        "empty platform value from expression $BUILDPLATFROM (did you mean BUILDPLATFORM?)");
    row("platform syntax", "FROM --platform=${A alpine\n", "${A",
        "failed to process arguments for platform : failed to process \"${A\": unsupported modifier (\xef\xbf\xbd) in "
        "substitution");
    row("forward", "FROM scratch AS a\nCOPY --chown=1 --from=b x y\nFROM scratch AS b\n", "b",
        "cannot copy from stage \"b\", it needs to be defined before current stage \"a\"");
    row("mount forward", "FROM scratch AS a\nRUN --mount=target=/x,from=b ls\nFROM scratch AS b\n", "target=/x,from=b",
        "cannot mount from stage \"b\" to \"/x\", stage needs to be defined before current command");
    row("mount image", "FROM scratch\nRUN --mount=target=/x,from=B:: ls\n", "B::",
        "failed to parse stage name \"B::\": invalid reference format: repository name (library/B) must be lowercase");
    row("self", "FROM scratch AS a\nCOPY --from=a x y\n", "a", "circular dependency detected on stage: a");
    row("variable", "FROM scratch\nARG S\nCOPY --from=${S} x y\n", "${S}",
        "variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as a "
        "workaround");
    row("global ARG", "ARG A=1 B=${A:?} C=${D:?no D}\nFROM scratch\n", "C=${D:?no",
        "failed to process \"${D:?no\": syntax error: missing '}'");
    row("ENV", "FROM scratch\nENV A=1 B=$'\n", "B=$'",
        "failed to process \"$'\": unexpected end of statement while looking for matching single-quote");
    row("required in ENV", "FROM scratch\nENV A=${B:?missing}\n", "A=${B:?missing}",
        "failed to process \"${B:?missing}\": B: missing");
    row("ARG default", "FROM scratch\nARG A=${B?}\n", "A=${B?}",
        "failed to process \"${B?}\": B: is not allowed to be unset");
    row("expose", "FROM scratch\nEXPOSE 80 x\n", "x", "invalid containerPort: x");
    row("signal", "FROM scratch\nSTOPSIGNAL SIGNOPE\n", "SIGNOPE", "invalid signal: SIGNOPE");
    row("chmod", "FROM scratch\nCOPY --chmod=9 a b\n", "9",
        "invalid chmod parameter: '9'. it should be octal string and between 0 and 07777");
    row("URL", "FROM scratch\nCOPY a https://x/y b\n", "https://x/y", "source can't be a URL for COPY");
    row("late URL", "FROM scratch\nARG U=http://x/y\nCOPY $U b\n", "$U", "source can't be a URL for COPY");
    row("git option", "FROM scratch\nADD a https://x/y.git?ref=a#b /d/\n", "https://x/y.git?ref=a#b",
        "ref conflicts: \"b\" vs \"a\"");
    row("git folder", "FROM scratch\nADD --keep-git-dir https://x/y.git?keep-git-dir=0 /d/\n",
        "https://x/y.git?keep-git-dir=0", "inconsistent keep-git-dir configuration");
    row("git checksum", "FROM scratch\nADD --checksum=a https://x/y.git?commit=b /d/\n", "https://x/y.git?commit=b",
        "checksum mismatch \"a\" != \"b\"");
    row("git checksums", "FROM scratch\nADD https://x/y.git?checksum=a git@x:y?checksum=b /d/\n", "git@x:y?checksum=b",
        "checksum mismatch \"a\" != \"b\"");
    row("kept checksum", "FROM scratch\nADD https://x/y.git?checksum=a https://x/y /d/\n", "https://x/y",
        "invalid checksum digest format");
    row("stage name", "FROM scratch AS a.\n", "a.", "invalid context name a.: invalid reference format");
    row("volume", "FROM scratch\nVOLUME /a $NO\n", "$NO", "VOLUME specified can not be an empty string");
    row("epoch", "ARG SOURCE_DATE_EPOCH=soon\nFROM scratch\n", "", "invalid SOURCE_DATE_EPOCH: soon");
    row("checks", "# check=skip=all;eror=true\nFROM scratch\n", "skip=all;eror=true",
        "failed to parse check options: invalid check option \"eror\"");
}

void BuildGraphTest::underlinesTheCause()
{
    QFETCH(std::string, text);
    QFETCH(std::string, underlined);
    QFETCH(std::string, message);
    const auto snapshot = analyse(text);
    QVERIFY(!snapshot->graph().errors().empty());
    const BuildError &error = snapshot->graph().errors().front();
    QCOMPARE(error.message, message);
    QCOMPARE(std::string(snapshot->text().slice(error.range)), underlined);
    QCOMPARE(snapshot->graph().errors().size(), std::size_t{1});
}

/// The first error is BuildKit's; the rest follows in the order in which BuildKit would meet it.
void BuildGraphTest::reportsEverythingInOrder()
{
    const auto snapshot = analyse("# check=nope\nARG G=${\nFROM Bad AS one\nCOPY --from=9 a b\nEXPOSE x\nFOO\nLABEL\n"
                                  "FROM one AS two\nENV V=${V^}\nFROM --platform=z $NO\nRUN [\"a\", 1]\n");
    QCOMPARE(messages(*snapshot),
             (Lines{"0: failed to parse check options: invalid check option \"nope\"",
                    "11: when using JSON array syntax, arrays must be comprised of strings only",
                    "6: dockerfile parse error on line 6: unknown instruction: FOO (did you mean FROM?)",
                    "7: dockerfile parse error on line 7: LABEL requires at least one argument",
                    "2: failed to process \"${\": syntax error: missing '}'", "10: base name ($NO) should not be blank",
                    "0: invalid stage index 9",
                    "3: failed to parse stage name \"Bad\": invalid reference format: repository name (library/Bad) "
                    "must be lowercase",
                    "5: invalid containerPort: x",
                    "9: failed to process \"${V^}\": unsupported modifier (^) in substitution"}));
    using Phase = BuildError::Phase;
    QCOMPARE(snapshot->graph().errors()[0].phase, Phase::Convert);
    QCOMPARE(snapshot->graph().errors()[1].phase, Phase::Parse);
    QCOMPARE(snapshot->graph().errors()[2].phase, Phase::Instructions);
    QCOMPARE(snapshot->graph().errors()[4].phase, Phase::Convert);
}

void BuildGraphTest::takesWhatBuildKitTakes_data()
{
    QTest::addColumn<std::string>("text");
    const auto row = [](const char *name, const char *text) { QTest::newRow(name) << std::string(text); };
    row("patterns are not expanded", "FROM scratch\nCOPY --exclude=${X b /\nADD --exclude=${ c /\n");
    row("git flag and option agree",
        "FROM scratch\nADD --checksum=a --keep-git-dir=true https://x/y.git?keep-git-dir&commit=a /\n");
    row("git flag without git", "FROM scratch\nADD --keep-git-dir https://x/y /\n");
}

void BuildGraphTest::takesWhatBuildKitTakes()
{
    QFETCH(std::string, text);
    QCOMPARE(messages(*analyse(text)), Lines());
}

void BuildGraphTest::saysOneThingAnInstruction()
{
    const auto snapshot
        = analyse("FROM scratch AS a\nCOPY --from=a --chmod=zz https://x/y b\nFROM\nFROM scratch AS 1x\nEXPOSE y\n");
    Lines lines;
    for (const BuildError &error : snapshot->graph().errors())
        lines.push_back(std::to_string(static_cast<int>(error.instruction)));
    std::ranges::sort(lines);
    QCOMPARE(lines, (Lines{"1", "2", "3", "4"}));
}

void BuildGraphTest::looksOnlyIntoTheTarget()
{
    const std::string text = "FROM scratch AS a\nEXPOSE x\nFROM scratch AS b\nEXPOSE y\n";
    QCOMPARE(messages(*analyse(text)).size(), std::size_t{2});
    AnalysisOptions options;
    options.target = "a";
    QCOMPARE(messages(*analyse(text, options)), (Lines{"2: invalid containerPort: x"}));
}

void BuildGraphTest::findsTheCycleBehindAChain()
{
    const auto snapshot
        = analyse("FROM scratch AS top\nCOPY --from=one a b\nFROM scratch AS one\nCOPY --from=two a b\n"
                  "FROM scratch AS two\nRUN --mount=from=one,target=/x ls\nFROM scratch AS end\nCOPY --from=top a b\n");
    QCOMPARE(snapshot->graph().errors().front().message, "circular dependency detected on stage: top");
    QCOMPARE(snapshot->graph().errors().front().firstLine, 2u);
    QCOMPARE(std::ranges::count_if(snapshot->graph().errors(),
                                   [](const BuildError &e) { return e.message.starts_with("circular"); }),
             1);
}

/// BuildKit counts what `--from` names behind the stages, and "scratch" for every mount without a source.
void BuildGraphTest::countsSourcesInFromIndexes()
{
    const auto snapshot = analyse("FROM alpine\nRUN --mount=type=cache,target=/c true\nCOPY --from=nginx a b\nCOPY "
                                  "--from=1 a b\nCOPY --from=+2 a b\n");
    const auto references = snapshot->graph().references();
    QCOMPARE(references.size(), std::size_t{3});
    QCOMPARE(references[1].kind, ReferenceKind::Scratch);
    QCOMPARE(references[2].kind, ReferenceKind::Image);
    QCOMPARE(snapshot->graph().image(references[2].image).written, "nginx");
}

void BuildGraphTest::seesVariablesThroughBases()
{
    AnalysisOptions options;
    options.buildArgs = {{"GIVEN", "from outside"}};
    const auto snapshot
        = analyse("ARG GLOBAL=g\nFROM scratch AS a\nARG GLOBAL GIVEN=x\nENV E=$GLOBAL W=${GIVEN:?}\nWORKDIR /work\n"
                  "FROM scratch AS other\nENV E=other\nFROM a\nARG X=${E:?} Y=${X:?} Z=$GLOBAL\n"
                  "ENV E=new F=${E}\nRUN --mount=type=cache,target=../ true\nFROM a\nARG N=${F:?sibling}\n"
                  "FROM other\nARG N=${GLOBAL:?undeclared}\n",
                  options);
    QCOMPARE(messages(*snapshot),
             (Lines{"11: invalid mount target \"/\"", "13: failed to process \"${F:?sibling}\": F: sibling",
                    "15: failed to process \"${GLOBAL:?undeclared}\": GLOBAL: undeclared"}));
    QCOMPARE(messages(*analyse("FROM scratch\nARG N=$X\nENV A=${N:?empty}\n")),
             (Lines{"3: failed to process \"${N:?empty}\": N: empty"}));
}

void BuildGraphTest::expandsHeredocs()
{
    const auto snapshot = analyse("FROM scratch\nCOPY <<A <<'B' /d/\n${X^}\nA\n${Y^}\nB\nRUN <<C\n${Z^}\nC\n");
    QCOMPARE(messages(*snapshot).size(), std::size_t{1});
    QCOMPARE(std::string(snapshot->text().slice(snapshot->graph().errors()[0].range)), std::string("${X^}\n"));
}

void BuildGraphTest::knowsWindowsPaths()
{
    const auto snapshot
        = analyse("FROM --platform=windows/amd64 img AS w\nWORKDIR D:\\x\nFROM w\nCOPY a \\\\\\\\host\\\\share\n"
                  "FROM img\nWORKDIR D:\\\\x\n");
    QCOMPARE(messages(*snapshot),
             (Lines{"2: normalizing workdir: normalizing working directory: removing drive letter: The specified path "
                    "is not on the system drive (C:)",
                    "4: removing drive letter: UNC paths are not supported"}));
}

void BuildGraphTest::survivesOddInput_data()
{
    QTest::addColumn<std::string>("text");
    const auto row = [](const char *name, std::string text) { QTest::newRow(name) << std::move(text); };
    row("empty", "");
    row("blank", "\n\n");
    row("bare FROM", "FROM");
    row("FROM words", "FROM a b\nFROM a AS b c\nFROM AS\nFROM --platform\n");
    row("no FROM", "RUN a\nCOPY --from=x a b\nARG X=${\n");
    row("bare instructions",
        "FROM a\nCOPY\nADD\nCOPY --from=\nCOPY --from=0\nENV\nARG\nLABEL\nWORKDIR\nUSER\nVOLUME\nEXPOSE\nRUN "
        "--mount\nRUN --mount=\nONBUILD\nONBUILD ONBUILD\nSTOPSIGNAL\n");
    row("one argument", "FROM a\nCOPY x\nADD --checksum=x y\nCOPY <<EOF\nx\nEOF\n");
    row("flags alone", "FROM a\nCOPY --chmod= --from=b a b\nADD --checksum= a b\nRUN --mount=type=cache,from= x\n");
    row("ONBUILD everything",
        "FROM a AS b\nONBUILD COPY\nONBUILD RUN --mount=from=zz,target=/x y\nONBUILD FROM x\nFROM b\nFROM b\n");
    row("quotes in mounts", "FROM a\nRUN --mount=\"type=cache\",target=\"/x\" y\nRUN --mount=type=\"cache y\n");
    row("names",
        "FROM a AS scratch\nFROM scratch AS context\nFROM context AS 0\nFROM 0 AS stage-0\nCOPY --from=stage-0 a b\n");
    row("huge index", "FROM a\nCOPY --from=99999999999999999999 a b\nCOPY --from=2147483648 a b\n");
}

void BuildGraphTest::survivesOddInput()
{
    QFETCH(std::string, text);
    AnalysisOptions target;
    target.target = "b";
    for (const AnalysisOptions &options : {AnalysisOptions(), target}) {
        const auto snapshot = analyse(text, options);
        const BuildGraph &graph = snapshot->graph();
        for (const Edge &edge : graph.edges()) {
            QVERIFY(edge.range.end <= snapshot->text().size());
            QVERIFY(static_cast<std::size_t>(edge.target) < graph.stages().size());
            QVERIFY(!nameOf(graph, edge.source).empty());
        }
        for (const BuildError &error : graph.errors()) {
            QVERIFY(!error.message.empty());
            QVERIFY(error.range.begin <= error.range.end && error.range.end <= snapshot->text().size());
        }
    }
}

QTEST_GUILESS_MAIN(BuildGraphTest)
#include "BuildGraphTest.moc"
