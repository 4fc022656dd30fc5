// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "EditCase.h"

using namespace stagewright;
using namespace stagewright::edit;

namespace {

constexpr StageId S0{0};
constexpr StageId S1{1};
constexpr StageId S2{2};

auto add(NewStage stage, std::optional<std::size_t> index = {})
{
    return [stage, index](const Snapshot &s) { return addStage(s, stage, index); };
}
auto rename(StageId id, std::string name)
{
    return [id, name](const Snapshot &s) { return renameStage(s, id, name); };
}
auto del(StageId id, bool cascade = false)
{
    return [id, cascade](const Snapshot &s) { return deleteStage(s, id, cascade); };
}
auto move(StageId id, std::size_t index)
{
    return [id, index](const Snapshot &s) { return moveStage(s, id, index); };
}
auto duplicate(StageId id, std::string name)
{
    return [id, name](const Snapshot &s) { return duplicateStage(s, id, name); };
}

NewStage stage(std::string base, std::string name = {}, std::vector<std::string> instructions = {},
               std::string comment = {})
{
    return {std::move(base), std::move(name), std::move(instructions), std::move(comment)};
}

const std::vector<EditCase> &addCases()
{
    static const std::vector<EditCase> cases = {
        {"empty file", "", add(stage("alpine", "build")), "FROM alpine AS build\n"},
        {"empty file, comment like a directive", "", add(stage("alpine", {}, {}, "escape=`")),
         "\n# escape=`\nFROM alpine\n"},
        {"only a byte order mark", "\xEF\xBB\xBF", add(stage("alpine")),
         "\xEF\xBB\xBF"
         "FROM alpine\n"},
        {"only blank lines", "\n\n", add(stage("alpine")), "\n\nFROM alpine\n"},
        {"directive first", "# syntax=docker/dockerfile:1\n", add(stage("alpine")),
         "# syntax=docker/dockerfile:1\n\nFROM alpine\n"},
        {"directive without newline", "# syntax=docker/dockerfile:1", add(stage("alpine")),
         "# syntax=docker/dockerfile:1\n\nFROM alpine"},
        {"only comments", "# mine\n\n# still mine\n", add(stage("alpine")), "# mine\n\n# still mine\n\nFROM alpine\n"},
        {"behind a global ARG", "ARG V=1\n", add(stage("alpine:${V}")), "ARG V=1\nFROM alpine:${V}\n"},
        {"at the end", "FROM a\nRUN b\n", add(stage("c", "d", {"RUN e", "CMD [\"f\"]"})),
         "FROM a\nRUN b\n\nFROM c AS d\nRUN e\nCMD [\"f\"]\n"},
        {"with a comment", "FROM a\n", add(stage("c", {}, {}, "one\n\ntwo")), "FROM a\n\n# one\n#\n# two\nFROM c\n"},
        {"FROM on the last line", "FROM a", add(stage("c")), "FROM a\n\nFROM c"},
        {"lower case", "from a as x\nrun b\n", add(stage("c", "d", {"RUN e"})),
         "from a as x\nrun b\n\nfrom c as d\nrun e\n"},
        {"CR LF", "FROM a\r\nRUN b\r\n", add(stage("c", "d", {"RUN e \\\n    f"})),
         "FROM a\r\nRUN b\r\n\r\nFROM c AS d\r\nRUN e \\\r\n    f\r\n"},
        {"mixed endings, mostly CR LF", "FROM a\r\nRUN b\nRUN c\r\n", add(stage("d")),
         "FROM a\r\nRUN b\nRUN c\r\n\r\nFROM d\r\n"},
        {"file without gaps", "FROM a AS x\nFROM b AS y\n", add(stage("c")), "FROM a AS x\nFROM b AS y\nFROM c\n"},
        {"file with two blank lines", "FROM a AS x\n\n\nFROM b AS y\n", add(stage("c")),
         "FROM a AS x\n\n\nFROM b AS y\n\n\nFROM c\n"},
        {"comment glued to the end", "FROM a\nRUN b\n# RUN off\n\n# vim: ft=dockerfile\n", add(stage("c")),
         "FROM a\nRUN b\n# RUN off\n\nFROM c\n\n# vim: ft=dockerfile\n"},
        {"in front", "ARG V=1\n\n# first\nFROM a:${V}\n", add(stage("c"), 0),
         "ARG V=1\n\nFROM c\n\n# first\nFROM a:${V}\n"},
        {"in the middle, numbers shift", "FROM a\n\nFROM b\n\nFROM c\nCOPY --from=0 /x /x\nCOPY --from=1 /y /y\n",
         add(stage("m"), 1), "FROM a\n\nFROM m\n\nFROM b\n\nFROM c\nCOPY --from=0 /x /x\nCOPY --from=2 /y /y\n"},
        {"in front of a heading", "FROM a\n\n# ---- two ----\n\nFROM b\n", add(stage("m"), 1),
         "FROM a\n\nFROM m\n\n# ---- two ----\n\nFROM b\n"},
        {"heredoc at the end", "FROM a\nRUN <<EOF\necho\nEOF", add(stage("c")),
         "FROM a\nRUN <<EOF\necho\nEOF\n\nFROM c"},
        {"open heredoc", "FROM a\nRUN <<EOF\necho\n", add(stage("c")), "!"},
        {"dangling continuation", "FROM a\nRUN b \\\n", add(stage("c")), "!"},
        {"name is taken", "FROM a AS x\n", add(stage("c", "x")), "!already"},
        {"name is upper case", "FROM a\n", add(stage("c", "Build")), "!'build'"},
        {"name would capture an image", "FROM a\nCOPY --from=busybox /x /x\n", add(stage("c", "busybox")), "!busybox"},
        {"later FROM would be captured", "FROM a\n\nFROM busybox\n", add(stage("c", "busybox"), 0), "!"},
        {"same name as an earlier image", "FROM busybox\n", add(stage("c", "busybox")),
         "FROM busybox\n\nFROM c AS busybox\n"},
        {"two bases", "FROM a\n", add(stage("c d")), "!one image"},
        {"FROM among the instructions", "FROM a\n", add(stage("c", {}, {"FROM x"})), "!another stage"},
        {"instruction is not finished", "FROM a\n", add(stage("c", {}, {"RUN x \\"})), "!"},
        {"escape directive", "# escape=`\nFROM a\n", add(stage("c", {}, {"RUN x `\n  y"})),
         "# escape=`\nFROM a\n\nFROM c\nRUN x `\n  y\n"},
    };
    return cases;
}

const std::vector<EditCase> &renameCases()
{
    static const std::vector<EditCase> cases = {
        {"everything that names it",
         "FROM a AS x\nFROM x AS y\nFROM b\nCOPY --from=x /a /a\nRUN --mount=type=bind,from=x,target=/m ls\n",
         rename(S0, "n"),
         "FROM a AS n\nFROM n AS y\nFROM b\nCOPY --from=n /a /a\nRUN --mount=type=bind,from=n,target=/m ls\n"},
        {"casing of the reference does not matter", "FROM a AS Builder\nFROM b\nCOPY --from=BUILDER /a /a\n",
         rename(S0, "n"), "FROM a AS n\nFROM b\nCOPY --from=n /a /a\n"},
        {"numbers stay", "FROM a AS x\nFROM b\nCOPY --from=0 /a /a\n", rename(S0, "n"),
         "FROM a AS n\nFROM b\nCOPY --from=0 /a /a\n"},
        {"quotes stay", "FROM a AS x\nFROM b\nCOPY --from=\"x\" /a /a\nRUN --mount=from='x',target=/m ls\n",
         rename(S0, "n"), "FROM a AS n\nFROM b\nCOPY --from=\"n\" /a /a\nRUN --mount=from='n',target=/m ls\n"},
        {"inside ONBUILD",
         "FROM a AS x\nFROM b\nONBUILD COPY --from=x /a /a\nONBUILD RUN --mount=from=x,target=/m ls\n", rename(S0, "n"),
         "FROM a AS n\nFROM b\nONBUILD COPY --from=n /a /a\nONBUILD RUN --mount=from=n,target=/m ls\n"},
        {"words that only look alike", "FROM a AS x\n# x\nRUN echo x --from=x\nFROM b\nCOPY --from=x x x\n",
         rename(S0, "n"), "FROM a AS n\n# x\nRUN echo x --from=x\nFROM b\nCOPY --from=n x x\n"},
        {"heredoc is not touched", "FROM a AS x\nFROM b\nCOPY <<EOF /f\nFROM x\nCOPY --from=x\nEOF\n", rename(S0, "n"),
         "FROM a AS n\nFROM b\nCOPY <<EOF /f\nFROM x\nCOPY --from=x\nEOF\n"},
        {"across a continuation", "FROM a \\\n # why\n  as x\nFROM b\nCOPY \\\n  --from=x \\\n /a /a\n",
         rename(S0, "n"), "FROM a \\\n # why\n  as n\nFROM b\nCOPY \\\n  --from=n \\\n /a /a\n"},
        {"first name", "FROM a\nRUN b\n", rename(S0, "n"), "FROM a AS n\nRUN b\n"},
        {"first name, lower case", "from a\nrun b\n", rename(S0, "n"), "from a as n\nrun b\n"},
        {"first name, no newline", "FROM a", rename(S0, "n"), "FROM a AS n"},
        {"first name, trailing blanks and CR LF", "FROM a  \r\nRUN b\r\n", rename(S0, "n"),
         "FROM a AS n  \r\nRUN b\r\n"},
        {"through an ARG", "ARG BASE=x\nFROM a AS x\nFROM ${BASE}\n", rename(S0, "n"),
         "ARG BASE=n\nFROM a AS n\nFROM ${BASE}\n"},
        {"through a quoted ARG beside another", "ARG V=1 BASE=\"x\"\nFROM a:$V AS x\nFROM $BASE\n", rename(S0, "n"),
         "ARG V=1 BASE=\"n\"\nFROM a:$V AS n\nFROM $BASE\n"},
        {"through an ARG, twice", "ARG BASE=x\nFROM a AS x\nFROM ${BASE} AS y\nFROM ${BASE}\n", rename(S0, "n"),
         "ARG BASE=n\nFROM a AS n\nFROM ${BASE} AS y\nFROM ${BASE}\n"},
        {"through a fallback", "ARG BASE\nFROM a AS x\nFROM ${BASE:-x}\n", rename(S0, "n"),
         "ARG BASE\nFROM a AS n\nFROM ${BASE:-n}\n"},
        {"ARG has another use", "ARG BASE=x\nFROM a AS x\nFROM ${BASE}\nARG BASE\nRUN echo $BASE\n", rename(S0, "n"),
         "!ARG BASE"},
        {"ARG used in another ARG", "ARG BASE=x\nARG IMAGE=r/$BASE\nFROM a AS x\nFROM ${BASE} AS y\nFROM $IMAGE\n",
         rename(S0, "n"), "!ARG BASE"},
        {"put together from ARGs", "ARG A=x\nARG B=y\nFROM a AS xy\nFROM $A$B\n", rename(S0, "n"), "!variables"},
        {"name away", "FROM a AS x\nFROM b\nCOPY --from=x /a /a\n", rename(S0, ""),
         "FROM a\nFROM b\nCOPY --from=0 /a /a\n"},
        {"name away, FROM needs it", "FROM a AS x\nFROM x\n", rename(S0, ""), "!FROM on line 2"},
        {"name away, mount needs it", "FROM a AS x\nFROM b\nRUN --mount=from=x,target=/m ls\n", rename(S0, ""),
         "!line 3"},
        {"same name", "FROM a AS x\n", rename(S0, "x"), "FROM a AS x\n"},
        {"only the casing", "FROM a AS Xy\nFROM b\nCOPY --from=Xy / /\n", rename(S0, "xy"),
         "FROM a AS xy\nFROM b\nCOPY --from=xy / /\n"},
        {"taken", "FROM a AS x\nFROM b AS y\n", rename(S0, "y"), "!already"},
        {"reserved", "FROM a AS x\nFROM scratch\n", rename(S0, "scratch"), "!reserved"},
        {"starts with a digit", "FROM a AS x\n", rename(S0, "1x"), "!letter"},
        {"blank inside", "FROM a AS x\n", rename(S0, "a b"), "!Invalid"},
        {"captures a later image", "FROM a AS x\nFROM debian\n", rename(S0, "debian"), "!debian"},
        {"two of one name", "FROM a AS x\nFROM x AS y\nFROM b AS x\nFROM x\nCOPY --from=x /a /a\n", rename(S0, "n"),
         "FROM a AS n\nFROM n AS y\nFROM b AS x\nFROM x\nCOPY --from=x /a /a\n"},
        {"not there", "FROM a\n", rename(S2, "n"), "!not there"},
    };
    return cases;
}

const std::vector<EditCase> &deleteCases()
{
    static const std::vector<EditCase> cases = {
        {"middle", "FROM a\n\nFROM b\nRUN c\n\nFROM d\n", del(S1), "FROM a\n\nFROM d\n"},
        {"first", "# syntax=docker/dockerfile:1\n\nFROM a\nRUN b\n\nFROM c\n", del(S0),
         "# syntax=docker/dockerfile:1\n\nFROM c\n"},
        {"first at the top", "FROM a\n\n\nFROM c\n", del(S0), "FROM c\n"},
        {"last", "FROM a\n\nFROM b\nRUN c\n", del(S1), "FROM a\n"},
        {"last without newline", "FROM a\n\nFROM b\nRUN c", del(S1), "FROM a"},
        {"last with blanks at the end", "FROM a\n\nFROM b\n\n", del(S1), "FROM a\n\n"},
        {"only", "# syntax=docker/dockerfile:1\nARG V\nFROM a\nRUN b\n", del(S0),
         "# syntax=docker/dockerfile:1\nARG V\n"},
        {"its comments go, others stay",
         "FROM a\n# off\n\n# alone\n\n# about b\n# more\nFROM b\nRUN c\n# glued\n\nFROM d\n", del(S1),
         "FROM a\n# off\n\n# alone\n\nFROM d\n"},
        {"a licence stays", "# Copyright (c) someone\nFROM a\n\nFROM b\n", del(S0),
         "# Copyright (c) someone\n\nFROM b\n"},
        {"directive stays", "# escape=`\n# about a\nFROM a\n\nFROM b\n", del(S0), "# escape=`\n\nFROM b\n"},
        {"numbers shift", "FROM a\nFROM b\nFROM c\nCOPY --from=1 / /\n", del(S0),
         "FROM b\nFROM c\nCOPY --from=0 / /\n"},
        {"used by FROM", "FROM a AS x\nFROM x\n", del(S0), "!FROM on line 2"},
        {"used by two", "FROM a AS x\nFROM b\nCOPY --from=x / /\nRUN --mount=from=x,target=/m ls\n", del(S0),
         "!1 more"},
        {"used by a number", "FROM a\nFROM b\nCOPY --from=0 / /\n", del(S0), "!COPY --from on line 3"},
        {"cascade",
         "FROM --platform=$BUILDPLATFORM a AS x\nRUN y\n\nFROM x AS z\n\nFROM b\n# from x\nCOPY --from=x / /\nRUN "
         "--mount=from=x,target=/m ls\nRUN keep\n",
         del(S0, true), "FROM --platform=$BUILDPLATFORM a AS z\n\nFROM b\nRUN ls\nRUN keep\n"},
        {"cascade shifts too", "FROM a\nFROM b AS k\nFROM c\nCOPY --from=0 /a /a\nCOPY --from=1 /b /b\n", del(S0, true),
         "FROM b AS k\nFROM c\nCOPY --from=0 /b /b\n"},
        {"CR LF", "FROM a\r\n\r\nFROM b\r\nRUN c\r\n\r\nFROM d\r\n", del(S1), "FROM a\r\n\r\nFROM d\r\n"},
        {"would uncover a directive", "# note\nFROM a\n\n# syntax=docker/dockerfile:1\nFROM b\n", del(S0),
         "!directives"},
        {"with heredoc", "FROM a\nRUN <<EOF\nFROM z\nEOF\n\nFROM b\n", del(S0), "FROM b\n"},
    };
    return cases;
}

const std::vector<EditCase> &moveCases()
{
    static const std::vector<EditCase> cases = {
        {"down", "FROM a AS x\nRUN 1\n\nFROM b AS y\nRUN 2\n\nFROM c\n", move(S0, 1),
         "FROM b AS y\nRUN 2\n\nFROM a AS x\nRUN 1\n\nFROM c\n"},
        {"up", "FROM a AS x\nRUN 1\n\nFROM b AS y\nRUN 2\n\nFROM c\n", move(S1, 0),
         "FROM b AS y\nRUN 2\n\nFROM a AS x\nRUN 1\n\nFROM c\n"},
        {"to the end", "FROM a\n\nFROM b\n\nFROM c\n", move(S0, 9), "FROM b\n\nFROM c\n\nFROM a\n"},
        {"to the end without newline", "FROM a\n\nFROM b", move(S0, 1), "FROM b\n\nFROM a"},
        {"from the end without newline", "FROM a\n\nFROM b", move(S1, 0), "FROM b\n\nFROM a"},
        {"without gaps", "FROM a\nFROM b\n", move(S1, 0), "FROM b\nFROM a\n"},
        {"behind directive and ARG", "# syntax=docker/dockerfile:1\nARG V=1\nFROM a:$V\n\nFROM b\n", move(S1, 0),
         "# syntax=docker/dockerfile:1\nARG V=1\nFROM b\n\nFROM a:$V\n"},
        {"comments go along", "FROM a\n\n# ==== b ====\n\n# b\nFROM b\n# glued\n\n# ==== c ====\n\nFROM c\n",
         move(S1, 2), "FROM a\n\n# ==== c ====\n\nFROM c\n\n# ==== b ====\n\n# b\nFROM b\n# glued\n"},
        {"numbers follow", "FROM a\nFROM b\nCOPY --from=0 / /\nFROM c\nFROM d\nCOPY --from=2 / /\nCOPY --from=+1 / /\n",
         move(S2, 0), "FROM c\nFROM a\nFROM b\nCOPY --from=1 / /\nFROM d\nCOPY --from=0 / /\nCOPY --from=2 / /\n"},
        {"past the end is the end", "FROM a\nFROM b\nFROM c\nCOPY --from=1 / /\n", move(S2, 9),
         "FROM a\nFROM b\nFROM c\nCOPY --from=1 / /\n"},
        {"a number in the stage that moves", "FROM a\n\nFROM b\n\nFROM c\nCOPY --from=1 / /\n\nFROM d\n", move(S0, 3),
         "FROM b\n\nFROM c\nCOPY --from=0 / /\n\nFROM d\n\nFROM a\n"},
        {"would point forward", "FROM a AS x\nFROM b\nCOPY --from=x / /\n", move(S0, 1), "!needs stage 'x'"},
        {"FROM would point forward", "FROM a AS x\nFROM x AS y\n", move(S1, 0), "!needs stage 'x'"},
        {"image would be captured", "FROM y AS x\nFROM b AS y\n", move(S1, 0), "!"},
        {"own place", "FROM a\nFROM b\n", move(S1, 1), "FROM a\nFROM b\n"},
        {"mixed endings go along", "FROM a\r\n\nFROM b\r\n", move(S0, 1), "FROM b\r\n\nFROM a\r\n"},
    };
    return cases;
}

const std::vector<EditCase> &duplicateCases()
{
    static const std::vector<EditCase> cases = {
        {"behind itself", "# x\nFROM a AS x\nRUN 1\n\nFROM b\nCOPY --from=0 / /\n", duplicate(S0, "n"),
         "# x\nFROM a AS x\nRUN 1\n\n# x\nFROM a AS n\nRUN 1\n\nFROM b\nCOPY --from=0 / /\n"},
        {"the last stays the last", "FROM a AS x\n\nFROM b AS y\nCOPY --from=0 / /\n", duplicate(S1, "n"),
         "FROM a AS x\n\nFROM b AS n\nCOPY --from=0 / /\n\nFROM b AS y\nCOPY --from=0 / /\n"},
        {"name is made", "FROM a AS x\nFROM b\n", duplicate(S0, ""), "FROM a AS x\nFROM a AS x-2\nFROM b\n"},
        {"no name stays none", "FROM a\n\nFROM b\nCOPY --from=0 / /\n", duplicate(S0, ""),
         "FROM a\n\nFROM a\n\nFROM b\nCOPY --from=0 / /\n"},
        {"first name", "from a\nrun 1", duplicate(S0, "n"), "from a as n\nrun 1\n\nfrom a\nrun 1"},
        {"numbers shift", "FROM a\nFROM b\nFROM c\nCOPY --from=1 / /\n", duplicate(S0, "n"),
         "FROM a\nFROM a AS n\nFROM b\nFROM c\nCOPY --from=2 / /\n"},
        {"taken", "FROM a AS x\n", duplicate(S0, "x"), "!already"},
    };
    return cases;
}

const std::vector<EditCase> &baseCases()
{
    const auto base
        = [](StageId id, std::string text) { return [=](const Snapshot &s) { return setBase(s, id, text); }; };
    const auto platform
        = [](StageId id, std::string text) { return [=](const Snapshot &s) { return setPlatform(s, id, text); }; };
    static const std::vector<EditCase> cases = {
        {"image", "FROM node:16 AS x\n", base(S0, "node:22-alpine"), "FROM node:22-alpine AS x\n"},
        {"keeps flags and comments", "FROM --platform=linux/amd64 \\\n  # why\n  a  AS  x\n", base(S0, "b"),
         "FROM --platform=linux/amd64 \\\n  # why\n  b  AS  x\n"},
        {"stage", "FROM a AS x\nFROM b\n", base(S1, "x"), "FROM a AS x\nFROM x\n"},
        {"nothing there yet", "FROM\nRUN x\n", base(S0, "a"), "FROM a\nRUN x\n"},
        {"blank", "FROM a\n", base(S0, "a b"), "!no blanks"},
        {"empty", "FROM a\n", base(S0, "  "), "!"},
        {"platform", "FROM a AS x\n", platform(S0, "linux/arm64"), "FROM --platform=linux/arm64 a AS x\n"},
        {"other platform", "FROM --platform=linux/amd64 a\n", platform(S0, "$BUILDPLATFORM"),
         "FROM --platform=$BUILDPLATFORM a\n"},
        {"no platform", "from --platform=linux/amd64   a\n", platform(S0, ""), "from   a\n"},
        {"no platform to remove", "FROM a\n", platform(S0, ""), "FROM a\n"},
    };
    return cases;
}

} // namespace

class TestStageEdits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void add_data() { addRows(addCases()); }
    void add() { runRow(addCases()); }
    void rename_data() { addRows(renameCases()); }
    void rename() { runRow(renameCases()); }
    void remove_data() { addRows(deleteCases()); }
    void remove() { runRow(deleteCases()); }
    void move_data() { addRows(moveCases()); }
    void move() { runRow(moveCases()); }
    void duplicate_data() { addRows(duplicateCases()); }
    void duplicate() { runRow(duplicateCases()); }
    void base_data() { addRows(baseCases()); }
    void base() { runRow(baseCases()); }
    void names();
};

void TestStageEdits::names()
{
    const auto s = snapshotOf("FROM debian AS build\nFROM alpine AS build-2\nCOPY --from=busybox / /\n");
    QCOMPARE(freeStageName(*s, "test"), std::string("test"));
    QCOMPARE(freeStageName(*s, "build"), std::string("build-3"));
    QCOMPARE(freeStageName(*s, "My App (1)"), std::string("my-app-1"));
    QCOMPARE(freeStageName(*s, "22 things"), std::string("things"));
    QCOMPARE(freeStageName(*s, "!"), std::string("stage"));
    QCOMPARE(freeStageName(*s, "scratch"), std::string("scratch-2"));
    QCOMPARE(freeStageName(*s, "busybox"), std::string("busybox-2"));
    for (const char *good : {"a", "a1", "a-b_c.d", "z9"})
        QVERIFY2(!whyNotStageName(*s, good), good);
    for (const char *bad : {"", "1a", "-a", "A", "a b", "a/b", "ä", "build", "scratch", "context"})
        QVERIFY2(whyNotStageName(*s, bad), bad);
    QVERIFY(!whyNotStageName(*s, "build", S0));

    AnalysisOptions options;
    options.target = "build";
    const auto targeted = snapshotOf("FROM a AS build\nFROM b\n", options);
    QVERIFY(renameStage(*targeted, S0, "other"));
}

QTEST_APPLESS_MAIN(TestStageEdits)
#include "TestStageEdits.moc"
