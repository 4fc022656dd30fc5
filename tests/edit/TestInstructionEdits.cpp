// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "EditCase.h"

using namespace stagewright;
using namespace stagewright::edit;

namespace {

constexpr StageId S0{0};
constexpr StageId S1{1};

auto add(Place place, std::string text)
{
    return [place, text](const Snapshot &s) { return addInstruction(s, place, text); };
}
auto edit(int id, std::string text)
{
    return [id, text](const Snapshot &s) { return editInstruction(s, InstructionId{id}, text); };
}
auto del(std::vector<int> ids)
{
    return [ids](const Snapshot &s) {
        std::vector<InstructionId> list;
        for (const int id : ids)
            list.push_back(InstructionId{id});
        return deleteInstructions(s, list);
    };
}
auto move(int id, Place place)
{
    return [id, place](const Snapshot &s) { return moveInstruction(s, InstructionId{id}, place); };
}
auto flag(int id, std::string name, std::optional<std::string> value, bool bare = false)
{
    return [=](const Snapshot &s) {
        return setFlag(s, InstructionId{id}, name, value ? std::optional<std::string_view>(*value) : std::nullopt,
                       bare);
    };
}

const std::vector<EditCase> &addCases()
{
    static const std::vector<EditCase> cases = {
        {"in front", "FROM a\nRUN b\n", add({S0, 0}, "RUN x"), "FROM a\nRUN x\nRUN b\n"},
        {"at the end", "FROM a\nRUN b\n\nFROM c\n", add({S0, 1}, "RUN x"), "FROM a\nRUN b\nRUN x\n\nFROM c\n"},
        {"past the end", "FROM a\nRUN b\n", add({S0, 99}, "RUN x"), "FROM a\nRUN b\nRUN x\n"},
        {"into an empty stage", "FROM a\n\nFROM c\n", add({S0, 0}, "RUN x"), "FROM a\nRUN x\n\nFROM c\n"},
        {"into the last empty stage", "FROM a", add({S0, 0}, "RUN x"), "FROM a\nRUN x"},
        {"no final newline", "FROM a\nRUN b", add({S0, 1}, "RUN x"), "FROM a\nRUN b\nRUN x"},
        {"no final newline, CR LF", "FROM a\r\nRUN b", add({S0, 1}, "RUN x \\\n y"),
         "FROM a\r\nRUN b\r\nRUN x \\\r\n y"},
        {"in front of the comment", "FROM a\nRUN b\n\n# about c\nRUN c\n", add({S0, 1}, "RUN x"),
         "FROM a\nRUN b\n\nRUN x\n# about c\nRUN c\n"},
        {"a trailing comment stays behind", "FROM a\nRUN b\n# off\n", add({S0, 1}, "RUN x"),
         "FROM a\nRUN b\nRUN x\n# off\n"},
        {"lower case neighbours", "from a\nrun b\nRUN c\n", add({S0, 0}, "COPY . ."),
         "from a\ncopy . .\nrun b\nRUN c\n"},
        {"upper case neighbours", "FROM a\nRUN b\n", add({S0, 0}, "copy . ."), "FROM a\nCOPY . .\nRUN b\n"},
        {"mixed casing stays", "FROM a\nRUN b\n", add({S0, 0}, "Copy . ."), "FROM a\nCopy . .\nRUN b\n"},
        {"inner keyword of ONBUILD", "from a\n", add({S0, 0}, "ONBUILD RUN x"), "from a\nonbuild run x\n"},
        {"several with a comment", "FROM a\n", add({S0, 0}, "\n# why\nRUN x\n\nRUN y\n\n"),
         "FROM a\n# why\nRUN x\n\nRUN y\n"},
        {"a heredoc", "FROM a\r\nRUN b\r\n", add({S0, 0}, "COPY <<EOF /f\none\n\ntwo\nEOF"),
         "FROM a\r\nCOPY <<EOF /f\r\none\r\n\r\ntwo\r\nEOF\r\nRUN b\r\n"},
        {"text with CR LF", "FROM a\n", add({S0, 0}, "RUN x \\\r\n y\r\n"), "FROM a\nRUN x \\\n y\n"},
        {"global ARG", "# syntax=docker/dockerfile:1\nFROM a\n", add({StageId::None, 0}, "ARG V=1"),
         "# syntax=docker/dockerfile:1\nARG V=1\nFROM a\n"},
        {"second global ARG", "ARG A\nFROM a\n", add({StageId::None, 5}, "ARG B"), "ARG A\nARG B\nFROM a\n"},
        {"global ARG in an empty file", "", add({StageId::None, 0}, "ARG B"), "ARG B\n"},
        {"global RUN", "FROM a\n", add({StageId::None, 0}, "RUN x"), "!Only ARG"},
        {"no stage", "FROM a\n", add({S1, 0}, "RUN x"), "!not there"},
        {"nothing", "FROM a\n", add({S0, 0}, " \n "), "!no instruction"},
        {"only a comment", "FROM a\n", add({S0, 0}, "# hm"), "!no instruction"},
        {"FROM", "FROM a\n", add({S0, 0}, "FROM b"), "!stage"},
        {"unfinished", "FROM a\nRUN b\n", add({S0, 0}, "RUN x \\"), "!goes on"},
        {"unfinished with a comment", "FROM a\nRUN b\n", add({S0, 0}, "RUN x \\\n# y"), "!goes on"},
        {"open heredoc", "FROM a\nRUN b\n", add({S0, 0}, "RUN <<EOF\nx"), "!never closed"},
        {"behind an open heredoc", "FROM a\nRUN <<EOF\nb\n", add({S0, 1}, "RUN x"), "!"},
        {"behind a dangling continuation", "FROM a\nRUN b \\\n", add({S0, 1}, "RUN x"), "!"},
        {"in front of a dangling continuation", "FROM a\nRUN b \\\n", add({S0, 0}, "RUN x"),
         "FROM a\nRUN x\nRUN b \\\n"},
        {"byte order mark",
         "\xEF\xBB\xBF"
         "FROM a\r\n",
         add({StageId::None, 0}, "ARG B"),
         "\xEF\xBB\xBF"
         "ARG B\r\nFROM a\r\n"},
        {"other escape", "# escape=`\nFROM a\n", add({S0, 0}, "RUN dir C:\\"), "# escape=`\nFROM a\nRUN dir C:\\\n"},
        {"text of another escape", "# escape=`\nFROM a\n", add({S0, 0}, "RUN x && \\\n    # why\n    y\\z"),
         "# escape=`\nFROM a\nRUN x && `\n    # why\n    y\\z\n"},
        {"unicode", "FROM a\nRUN echo ä\xC2\xA0ö\n", add({S0, 1}, "RUN echo “ü”"),
         "FROM a\nRUN echo ä\xC2\xA0ö\nRUN echo “ü”\n"},
    };
    return cases;
}

const std::vector<EditCase> &editCases()
{
    static const std::vector<EditCase> cases = {
        {"a word", "FROM a\nRUN make all # x\nCMD y\n", edit(1, "RUN make install # x"),
         "FROM a\nRUN make install # x\nCMD y\n"},
        {"same text", "FROM a\nrun  make\n", edit(1, "run  make"), "FROM a\nrun  make\n"},
        {"indented", "FROM a\n  RUN b\n", edit(1, "RUN c"), "FROM a\n  RUN c\n"},
        {"a line more", "FROM a\r\nRUN b && \\\r\n    c\r\n", edit(1, "RUN b && \\\n    d && \\\n    c"),
         "FROM a\r\nRUN b && \\\r\n    d && \\\r\n    c\r\n"},
        {"a line less", "FROM a\nRUN b && \\\n    c && \\\n    d\n", edit(1, "RUN b && \\\n    d"),
         "FROM a\nRUN b && \\\n    d\n"},
        {"last line less", "FROM a\nRUN b\n", edit(1, "RUN b \\\n c"), "FROM a\nRUN b \\\n c\n"},
        {"inner endings stay", "FROM a\nRUN b \\\r\n c \\\n d\n", edit(1, "RUN b \\\n cc \\\n d"),
         "FROM a\nRUN b \\\r\n cc \\\n d\n"},
        {"no final newline", "FROM a\nRUN b", edit(1, "RUN c"), "FROM a\nRUN c"},
        {"umlauts are not split", "FROM a\nRUN echo ä\n", edit(1, "RUN echo ö"), "FROM a\nRUN echo ö\n"},
        {"heredoc body", "FROM a\nCOPY <<EOF /f\none\ntwo\nEOF\nRUN b\n", edit(1, "COPY <<EOF /f\none\n2\nEOF"),
         "FROM a\nCOPY <<EOF /f\none\n2\nEOF\nRUN b\n"},
        {"a dangling continuation ends", "FROM a\nRUN b \\\n", edit(1, "RUN b"), "FROM a\nRUN b\n"},
        {"into two", "FROM a\nRUN b\nRUN d\n", edit(1, "RUN b\nRUN c"), "FROM a\nRUN b\nRUN c\nRUN d\n"},
        {"FROM", "FROM a AS x\n", edit(0, "FROM b AS x"), "FROM b AS x\n"},
        {"FROM becomes RUN", "FROM a AS x\n", edit(0, "RUN b"), "!starts with FROM"},
        {"RUN becomes FROM", "FROM a AS x\nRUN b\n", edit(1, "FROM b"), "!stage"},
        {"nothing", "FROM a\nRUN b\n", edit(1, ""), "!no instruction"},
        {"unfinished", "FROM a\nRUN b\nRUN c\n", edit(1, "RUN b \\"), "!goes on"},
        {"not there", "FROM a\n", edit(7, "RUN b"), "!not there"},
    };
    return cases;
}

const std::vector<EditCase> &deleteCases()
{
    static const std::vector<EditCase> cases = {
        {"one", "FROM a\nRUN b\nRUN c\n", del({1}), "FROM a\nRUN c\n"},
        {"with its comment", "FROM a\n# other\n\n# about b\n# more\nRUN b\n# about c\nRUN c\n", del({1}),
         "FROM a\n# other\n\n# about c\nRUN c\n"},
        {"gaps do not double", "FROM a\nRUN b\n\nRUN c\n\nRUN d\n", del({2}), "FROM a\nRUN b\n\nRUN d\n"},
        {"last of a stage", "FROM a\nRUN b\n\nRUN c\n\nFROM d\n", del({2}), "FROM a\nRUN b\n\nFROM d\n"},
        {"last of the file", "FROM a\nRUN b\n\nRUN c\n", del({2}), "FROM a\nRUN b\n"},
        {"last without newline", "FROM a\r\nRUN b\r\nRUN c", del({2}), "FROM a\r\nRUN b"},
        {"with heredoc and continuation", "FROM a\nRUN <<A <<B\n1\nA\n2\nB\nRUN b \\\n  # c\n\n  d\nCMD e\n",
         del({1, 2}), "FROM a\nCMD e\n"},
        {"several apart", "FROM a\nRUN b\nRUN c\nRUN d\nRUN e\n", del({1, 3}), "FROM a\nRUN c\nRUN e\n"},
        {"several with gaps", "FROM a\n\nRUN b\n\nRUN c\n\nRUN d\n", del({2, 1, 1}), "FROM a\n\nRUN d\n"},
        {"a dangling continuation", "FROM a\nRUN b \\\n\n", del({1}), "FROM a\n"},
        {"FROM", "FROM a\n", del({0}), "!delete the stage"},
        {"ARG that FROM needs", "ARG V\nARG W=1\nFROM $W\n", del({1}), "!base name"},
        {"ARG that nothing needs", "ARG V\nARG W=1\nFROM $W\n", del({0}), "ARG W=1\nFROM $W\n"},
        {"would uncover a directive", "# note\nARG V\n# escape=`\nFROM a\n", del({0}), "!directives"},
        {"licence stays", "# SPDX-License-Identifier: MIT\nARG V\nFROM a\n", del({0}),
         "# SPDX-License-Identifier: MIT\nFROM a\n"},
    };
    return cases;
}

const std::vector<EditCase> &moveCases()
{
    static const std::vector<EditCase> cases = {
        {"up", "FROM a\nRUN b\nRUN c\n", move(2, {S0, 0}), "FROM a\nRUN c\nRUN b\n"},
        {"down", "FROM a\nRUN b\nRUN c\nRUN d\n", move(1, {S0, 2}), "FROM a\nRUN c\nRUN b\nRUN d\n"},
        {"to the end without newline", "FROM a\nRUN b\nRUN c", move(1, {S0, 2}), "FROM a\nRUN c\nRUN b"},
        {"from the end without newline", "FROM a\nRUN b\nRUN c", move(2, {S0, 0}), "FROM a\nRUN c\nRUN b"},
        {"own place", "FROM a\nRUN b\nRUN c\n", move(1, {S0, 1}), "FROM a\nRUN b\nRUN c\n"},
        {"own place, past the end", "FROM a\nRUN b\nRUN c\n", move(2, {S0, 7}), "FROM a\nRUN b\nRUN c\n"},
        {"with its comment", "FROM a\nRUN b\n\n# about c\nRUN c\n\nRUN d\n", move(2, {S0, 0}),
         "FROM a\n# about c\nRUN c\nRUN b\n\nRUN d\n"},
        {"to another stage", "FROM a\nRUN b\n\nFROM c\nRUN d\n", move(1, {S1, 1}), "FROM a\n\nFROM c\nRUN d\nRUN b\n"},
        {"to an empty stage", "FROM a\n\nFROM c\nRUN d\n", move(2, {S0, 0}), "FROM a\nRUN d\n\nFROM c\n"},
        {"heredoc and continuation", "FROM a\nRUN <<EOF\nx\n\nEOF\nRUN b \\\n  # why\n  c\n", move(2, {S0, 0}),
         "FROM a\nRUN b \\\n  # why\n  c\nRUN <<EOF\nx\n\nEOF\n"},
        {"keeps casing and indent", "FROM a\nRUN b\n\trun c\n", move(2, {S0, 0}), "FROM a\n\trun c\nRUN b\n"},
        {"dangling continuation", "FROM a\nRUN b\nRUN c \\\n", move(2, {S0, 0}), "!"},
        {"COPY in front of its source", "FROM a\nFROM b AS x\nFROM c\nCOPY --from=x / /\n", move(3, {S0, 0}), "!"},
        {"FROM", "FROM a\nRUN b\n", move(0, {S0, 1}), "!move the stage"},
        {"RUN out of the stages", "FROM a\nRUN b\n", move(1, {StageId::None, 0}), "!Only ARG"},
        {"ARG out of the stages", "FROM a\nARG b\n", move(1, {StageId::None, 0}), "ARG b\nFROM a\n"},
    };
    return cases;
}

const std::vector<EditCase> &flagCases()
{
    static const std::vector<EditCase> cases = {
        {"new", "FROM a\nCOPY x y\n", flag(1, "chown", "1:1"), "FROM a\nCOPY --chown=1:1 x y\n"},
        {"behind others", "FROM a\nCOPY --link   x y\n", flag(1, "chown", "1:1"),
         "FROM a\nCOPY --link --chown=1:1   x y\n"},
        {"other value", "FROM a\nCOPY --chown=1:1 --link x y\n", flag(1, "chown", "app"),
         "FROM a\nCOPY --chown=app --link x y\n"},
        {"same value", "FROM a\nCOPY --chown=\"app\" x y\n", flag(1, "chown", "app"),
         "FROM a\nCOPY --chown=\"app\" x y\n"},
        {"bare", "FROM a\nCOPY x y\n", flag(1, "link", "", true), "FROM a\nCOPY --link x y\n"},
        {"value becomes bare", "FROM a\nCOPY --link=false x y\n", flag(1, "link", "", true),
         "FROM a\nCOPY --link x y\n"},
        {"bare becomes value", "FROM a\nCOPY --link x y\n", flag(1, "link", "false"),
         "FROM a\nCOPY --link=false x y\n"},
        {"removed", "FROM a\nCOPY --link   --chown=1 x y\n", flag(1, "link", std::nullopt),
         "FROM a\nCOPY   --chown=1 x y\n"},
        {"removed twice",
         "FROM a\nRUN --mount=type=cache,target=/a \\\n    --mount=type=cache,target=/b \\\n    make\n",
         flag(1, "mount", std::nullopt), "FROM a\nRUN \\\n    make\n"},
        {"removed, own line", "FROM a\nRUN \\\n    --network=none \\\n    make\n", flag(1, "network", std::nullopt),
         "FROM a\nRUN \\\n    make\n"},
        {"removed, comment stays", "FROM a\nRUN --network=none \\\n    # why\n    make\n",
         flag(1, "network", std::nullopt), "FROM a\nRUN \\\n    # why\n    make\n"},
        {"not there to remove", "FROM a\nCOPY x y\n", flag(1, "link", std::nullopt), "FROM a\nCOPY x y\n"},
        {"before a continuation", "FROM a\nRUN \\\n  make\n", flag(1, "network", "none"),
         "FROM a\nRUN --network=none \\\n  make\n"},
        {"value with blanks", "FROM a\nCOPY x y\n", flag(1, "exclude", "a \"b\""),
         "FROM a\nCOPY --exclude=\"a \\\"b\\\"\" x y\n"},
        {"inside ONBUILD", "FROM a\nONBUILD COPY x y\n", flag(1, "chown", "1"), "FROM a\nONBUILD COPY --chown=1 x y\n"},
        {"HEALTHCHECK", "FROM a\nHEALTHCHECK CMD x\n", flag(1, "interval", "5s"),
         "FROM a\nHEALTHCHECK --interval=5s CMD x\n"},
        {"no such flag", "FROM a\nCOPY x y\n", flag(1, "mount", "x"), "!no flag --mount"},
        {"no flags at all", "FROM a\nCMD x\n", flag(1, "link", "", true), "!takes no flags"},
        {"several of it", "FROM a\nRUN --mount=type=tmpfs,target=/a --mount=type=tmpfs,target=/b x\n",
         flag(1, "mount", "type=cache"), "!several"},
        {"line break", "FROM a\nCOPY x y\n", flag(1, "chown", "a\nb"), "!one line"},
        {"from a later stage", "FROM a\nCOPY x y\nFROM b AS z\n", flag(1, "from", "z"), "!"},
        {"no final newline", "FROM a\nRUN", flag(1, "network", "none"), "FROM a\nRUN --network=none"},
    };
    return cases;
}

} // namespace

class TestInstructionEdits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void add_data() { addRows(addCases()); }
    void add() { runRow(addCases()); }
    void edit_data() { addRows(editCases()); }
    void edit() { runRow(editCases()); }
    void remove_data() { addRows(deleteCases()); }
    void remove() { runRow(deleteCases()); }
    void move_data() { addRows(moveCases()); }
    void move() { runRow(moveCases()); }
    void flag_data() { addRows(flagCases()); }
    void flag() { runRow(flagCases()); }
    void onlyDifferentCharacters();
    void labels();
};

void TestInstructionEdits::onlyDifferentCharacters()
{
    const auto s = snapshotOf("FROM a\nRUN apt-get update && \\\n    apt-get install -y curl && \\\n    rm -rf /x\n");
    const auto result = editInstruction(*s, InstructionId{1},
                                        "RUN apt-get update && \\\n    apt-get install -y git && \\\n    rm -rf /y");
    QVERIFY(result);
    QCOMPARE(result->edits().size(), std::size_t(2));
    QCOMPARE(result->edits()[0].replacement, std::string("git"));
    QCOMPARE(result->edits()[1].replacement, std::string("y"));

    const auto same
        = editInstruction(*s, InstructionId{1}, s->text().slice(s->tree().instruction(InstructionId{1}).range));
    QVERIFY(same && same->isEmpty());
    const auto flags = snapshotOf("FROM a\nCOPY --chown=app --link x y\n");
    const auto changed = setFlag(*flags, InstructionId{1}, "chown", "1000");
    QVERIFY(changed);
    QCOMPARE(changed->edits().size(), std::size_t(1));
    QCOMPARE(flags->text().slice(changed->edits()[0].range), std::string_view("app"));
}

void TestInstructionEdits::labels()
{
    const auto s
        = snapshotOf("FROM a\nRUN echo a very long command that would never fit into a menu \\\n  at all\nRUN x\n");
    QCOMPARE(deleteInstruction(*s, InstructionId{2})->label(), std::string("Delete RUN x"));
    QCOMPARE(deleteInstructions(*s, {InstructionId{1}, InstructionId{2}})->label(),
             std::string("Delete 2 instructions"));
    const std::string label = deleteInstruction(*s, InstructionId{1})->label();
    QVERIFY2(label.size() < 60 && label.ends_with("…") && !label.contains('\n'), label.c_str());
}

QTEST_APPLESS_MAIN(TestInstructionEdits)
#include "TestInstructionEdits.moc"
