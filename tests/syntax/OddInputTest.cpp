// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "TreeHelpers.h"

#include "syntax/InstructionCheck.h"

#include <QTest>

#include <random>

using namespace stagewright;
using namespace stagewright::test;

namespace {

std::string repeated(std::string_view piece, std::size_t times)
{
    std::string all;
    all.reserve(piece.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        all += piece;
    return all;
}

/// A file of pieces that mean something to the parser, in an order that mostly makes no sense.
std::string oddFile(std::mt19937 &random)
{
    static constexpr std::string_view Pieces[] = {
        "FROM ",
        "RUN ",
        "COPY ",
        "ADD ",
        "ENV ",
        "LABEL ",
        "ARG ",
        "ONBUILD ",
        "HEALTHCHECK ",
        "CMD ",
        "SHELL ",
        "VOLUME ",
        "FOO ",
        "# ",
        "#",
        "# escape=`",
        "# syntax=x",
        "# check=y",
        "\n",
        "\n",
        "\n",
        "\r\n",
        "\r",
        "\\\n",
        "\\ \n",
        "`\n",
        "\\",
        "`",
        "\"",
        "'",
        "$",
        "${",
        "}",
        "${a:-",
        "<<EOF",
        "<<-E",
        "<<'E F'",
        "\nEOF\n",
        "\nE\n",
        "[",
        "]",
        "[\"a\", \"b\"]",
        ",",
        "--a=b ",
        "--",
        " ",
        "\t",
        "\f",
        "a",
        "b=c",
        "=",
        "é",
        "\xC2\xA0",
        "漢",
        "\xE2\x80\xA8",
        "😀",
        "{",
        "[1",
        "null",
        "\\u",
        "CMD",
        "NONE",
        "AS ",
        "\xEF\xBB\xBF",
        "3<<X ",
        "\xC2\x85",
    };
    std::string file = random() % 8 == 0 ? "\xEF\xBB\xBF" : "";
    for (std::size_t i = random() % 60; i > 0; --i)
        file += Pieces[random() % std::size(Pieces)];
    return file;
}

/// Everything that holds for any tree; empty if it does.
QByteArray brokenPromise(const SyntaxTree &tree)
{
    if (const QByteArray problem = tilingProblem(tree); !problem.isEmpty())
        return "tokens " + problem;
    const SourceText &text = tree.text();
    const TextRange all{0, text.size()};
    std::uint32_t line = 0;
    for (const Instruction &outer : tree.instructions()) {
        if (outer.firstLine <= line || outer.lastLine < outer.firstLine || outer.lastLine > text.lineCount())
            return "lines";
        line = outer.lastLine;
        for (const Instruction *one = &outer; one != nullptr; one = one->inner) {
            if (!all.contains(one->range) || !one->range.contains(one->keywordRange))
                return "ranges";
            if (one->argumentsRange.begin > one->argumentsRange.end || !all.contains(one->argumentsRange))
                return "argument range";
            for (const Argument &argument : one->args) {
                if (!one->argumentsRange.contains(argument.range))
                    return "argument outside";
                const bool isOneLine = text.lineAt(argument.range.begin) == text.lineAt(argument.range.end);
                if (isOneLine && !one->execForm && text.slice(argument.range) != argument.value)
                    return "argument value";
            }
            for (const Flag &flag : one->flags) {
                if (!one->range.contains(flag.range) || !flag.range.contains(flag.valueRange))
                    return "flag range";
            }
            for (const Heredoc &heredoc : one->heredocs) {
                if (!outer.range.contains(heredoc.marker) || heredoc.body.end > heredoc.terminator.begin
                    || !all.contains(heredoc.terminator))
                    return "heredoc range";
            }
        }
    }
    for (const SyntaxError &error : tree.errors()) {
        if (!all.contains(error.range) || error.message.empty() || error.lastLine < error.firstLine)
            return "error range";
    }
    for (const InstructionError &error : instructionErrors(tree)) {
        if (!all.contains(error.range) || error.message.empty())
            return "instruction error range";
    }
    return {};
}

} // namespace

class OddInputTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void generated();
    void cutOff();
    void traps_data();
    void traps();
    void deepNesting();
    void longLine();
};

void OddInputTest::generated()
{
    std::mt19937 random(4711);
    for (int round = 0; round < 20000; ++round) {
        const std::string file = oddFile(random);
        const SyntaxTree tree = treeOf(file);
        const QByteArray problem = brokenPromise(tree);
        QVERIFY2(problem.isEmpty(), problem + " in " + QByteArray::fromStdString(file).toPercentEncoding());
    }
}

/// While somebody types, every prefix of a file is a file.
void OddInputTest::cutOff()
{
    const std::string file = "# syntax=docker/dockerfile:1\n# escape=`\nARG A=1\nFROM --platform=$B x:${A} AS y\n"
                             "COPY --from=a --chmod=0755 <<-\"E 1\" `\r\n\t# c\n\n  <<b /d/\n1\n\tE 1\nb\n"
                             "ONBUILD HEALTHCHECK --interval=1s CMD [\"a\", \"\\u00e9\"]\nENV a=\"b `\" c\" d='e'\n";
    for (std::size_t length = 0; length <= file.size(); ++length) {
        const QByteArray problem = brokenPromise(treeOf(file.substr(0, length)));
        QVERIFY2(problem.isEmpty(), problem + " at length " + QByteArray::number(length));
    }
}

void OddInputTest::traps_data()
{
    QTest::addColumn<QByteArray>("file");
    const auto row
        = [](const char *name, const std::string &file) { QTest::newRow(name) << QByteArray::fromStdString(file); };
    const std::size_t megabyte = 1 << 20;
    row("backslashes", "RUN " + repeated("\\", megabyte));
    row("backslash lines", "RUN " + repeated("\\\n", megabyte / 2));
    row("double quotes", "ENV a=" + repeated("\"", megabyte));
    row("double quotes in RUN", "RUN <<" + repeated("\"", megabyte));
    row("single quotes", "RUN <<" + repeated("'", megabyte));
    row("dollars", "RUN <<a " + repeated("$", megabyte));
    row("open substitutions", "RUN <<a " + repeated("${a:-", megabyte / 5));
    row("closed substitutions", "RUN <<a " + repeated("x${a:-", megabyte / 12) + repeated("}", megabyte / 12));
    row("quoted substitutions", "RUN <<a " + repeated("\"${a:-", megabyte / 8));
    row("substitutions in a word", "RUN <<a" + repeated("b${a:-c}", megabyte / 8));
    row("heredocs on one line", "RUN " + repeated("<<A ", megabyte / 4) + "\n");
    row("heredocs with ends", "RUN " + repeated("<<A ", 50000) + "\n" + repeated("A\n", 50000));
    row("heredoc lines", repeated("RUN <<A\nA\n", 100000));
    row("continuations", "RUN a" + repeated(" \\\n b", 100000) + "\n");
    row("continued words", "ENV " + repeated("a=b\\\nc ", 100000));
    row("continued commands", "CMD [\"a\"" + repeated(",\\\n\"b\"", 100000) + "]");
    row("comments inside", "RUN a \\\n" + repeated("# c\n\n", 100000) + " b");
    row("ONBUILD chain", repeated("ONBUILD ", 100000) + "RUN a");
    row("ONBUILD lines", repeated("ONBUILD RUN a\n", 100000));
    row("open brackets", "CMD " + repeated("[", megabyte));
    row("objects", "CMD [" + repeated("{\"a\":", megabyte / 5));
    row("flags", "RUN " + repeated("--a=b ", megabyte / 6));
    row("open flag", "RUN --a=\"" + repeated("b ", megabyte / 2));
    row("words", "COPY " + repeated("a ", megabyte / 2));
    row("words without =", "ENV a=b " + repeated("c ", megabyte / 2));
    row("keyword", repeated("R", megabyte));
    row("blank lines", repeated("\n", megabyte));
    row("comment lines", repeated("#\n", megabyte / 2));
    row("directives", repeated("# syntax=a\n", 100000));
    row("unknown instructions", repeated("FOO a\n", 100000));
    row("stages", repeated("FROM a AS b\nRUN c\n", 50000));
    row("carriage returns", "FROM a" + repeated("\r", megabyte));
    row("white space", "RUN a" + repeated(" ", megabyte) + "\\" + repeated(" ", megabyte));
    row("byte order marks", repeated("\xEF\xBB\xBF", megabyte / 3));
    row("ideographic spaces", "ENV a" + repeated("\xE3\x80\x80", megabyte / 3));
}

/// Each of these is far under a second when nothing is quadratic, and longer than the time limit of the test when
/// something is.
void OddInputTest::traps()
{
    QFETCH(QByteArray, file);
    const SyntaxTree tree = treeOf(file.toStdString());
    const QByteArray problem = brokenPromise(tree);
    QVERIFY2(problem.isEmpty(), problem);
}

void OddInputTest::deepNesting()
{
    const SyntaxTree tree = treeOf(repeated("ONBUILD ", 5000) + "ENV a");
    std::size_t depth = 0;
    for (const Instruction *one = &tree.instructions()[0]; one != nullptr; one = one->inner)
        ++depth;
    QCOMPARE(depth, 5001U);
    QCOMPARE(tree.errors().size(), 1U);
    QCOMPARE(tree.errors()[0].message, "ENV must have two arguments");
    QVERIFY(treeOf("CMD " + repeated("[", 9999) + repeated("]", 9999)).errors().size() == 1);
    QVERIFY(treeOf("CMD " + repeated("[", 10001) + repeated("]", 10001)).errors().empty());
}

void OddInputTest::longLine()
{
    const std::string longest = "RUN " + repeated("a", 65531);
    QVERIFY(treeOf("FROM x\n" + longest + "\nRUN b\n").errors().empty());
    QVERIFY(treeOf("FROM x\n" + longest).errors().empty());
    const SyntaxTree tree = treeOf("FROM x\n" + longest + "a\nRUN b\n");
    QCOMPARE(tree.errors().size(), 1U);
    QCOMPARE(tree.errors()[0].message, "dockerfile line greater than max allowed size of 65535");
    QCOMPARE(tree.errors()[0].firstLine, 1U);
    QCOMPARE(tree.instructions().size(), 3U); // the rest of the file stays usable
    const SyntaxTree first = treeOf("# c\n" + longest + "a\n");
    QCOMPARE(first.errors()[0].message, "file with no instructions");
    QCOMPARE(first.errors()[0].firstLine, 1U);
    const SyntaxTree heredoc = treeOf("FROM x\nRUN <<E\n" + repeated("a", 65536) + "\nE\n");
    QCOMPARE(heredoc.errors()[0].message, "unterminated heredoc");
    QCOMPARE(heredoc.errors()[0].lastLine, 2U);
    QCOMPARE(heredoc.errors().size(), 2U);
    QVERIFY(heredoc.instructions()[1].heredocs[0].terminated);
}

QTEST_GUILESS_MAIN(OddInputTest)
#include "OddInputTest.moc"
