// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "TreeHelpers.h"

#include "syntax/ShellWords.h"

#include <QTest>

using namespace stagewright;
using namespace stagewright::test;

class HeredocTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void found_data();
    void found();
    void several();
    void terminators();
    void endOfFile();
    void crLf();
    void onbuild();
    void words_data();
    void words();
};

void HeredocTest::found_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("names");
    const auto row
        = [](const char *line, const char *names) { QTest::newRow(line) << QByteArray(line) << QByteArray(names); };
    row("RUN <<EOF", "EOF");
    row("RUN <<EOF cat", "EOF");
    row("RUN cat <<EOF > x && ls", "EOF");
    row("RUN <<-EOF", "EOF-");
    row("RUN 3<<EOF", "EOF@3");
    row("RUN <<'EOF'", "EOF'");
    row("RUN <<\"E F\"", "E F'");
    row("RUN <<E\"O\"F", "EOF'");
    row("RUN <<-'E'", "E-'");
    row("RUN <<E\\OF", "EOF");
    row("RUN <<$X", "$X");
    row("RUN <<${X}", "${X}");
    row("RUN <<EOF1 <<EOF2", "EOF1 EOF2");
    row("RUN # <<EOF", "EOF");
    row("RUN echo $((1 <<4))", "4))");
    row("RUN (cat <<EOF)", "EOF)");
    row("RUN cat <<EOF;ls", "EOF;ls");
    row("COPY <<a <<b /c", "a b");
    row("ADD <<a /c", "a");
    row("RUN \"${X:-a}\" <<EOF", "EOF");
    row("RUN a${X:-b} <<EOF", "EOF");
    row("RUN echo ${X:-a <<EOF}", "EOF}");
    row("RUN ${X//a/b} ${X/a/b} ${X#*/} ${X%%.*} <<EOF", "EOF");
    row("RUN $$ $' a' <<EOF", "EOF");
    // Not one:
    row("RUN cat << EOF", "");
    row("RUN cat <<<EOF", "");
    row("RUN cat<<EOF", "");
    row("RUN echo '<<EOF'", "");
    row("RUN echo \"<<EOF\"", "");
    row("RUN echo \\<<EOF", "");
    row("RUN $((1<<4))", "");
    row("RUN <<", "");
    row("RUN <<-", "");
    row("RUN <<''", "");
    row("RUN a <<EOF<<B", "");
    row("RUN don't <<EOF", "");
    row("RUN ${X^^} <<EOF", "");
    row("RUN ${#X} <<EOF", "");
    row("RUN ${X <<EOF", "");
    row("RUN ${X:#a} <<EOF", "");
    row("RUN ${} <<EOF", "");
    row("RUN 3<<${X:-EOF}", "");
    row("RUN [\"cat\", \"<<EOF\"]", "");
    row("CMD cat <<EOF", "");
    row("LABEL a=<<EOF", "");
    row("ENTRYPOINT <<EOF", "");
}

void HeredocTest::found()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, names);
    const SyntaxTree tree = treeOf(line.toStdString());
    QByteArray all;
    for (const Heredoc &heredoc : tree.instructions()[0].heredocs) {
        all += (all.isEmpty() ? "" : " ") + shown(heredoc.name) + (heredoc.stripTabs ? "-" : "")
            + (heredoc.expand ? "" : "'");
        if (heredoc.fileDescriptor != 0)
            all += '@' + QByteArray::number(heredoc.fileDescriptor);
        QVERIFY(tree.text().slice(heredoc.marker).find("<<") != std::string_view::npos);
        QVERIFY(!heredoc.terminated);
    }
    QCOMPARE(all, names);
    QCOMPARE(tree.errors().empty(), names.isEmpty());
    QCOMPARE(tilingProblem(tree), QByteArray());
}

void HeredocTest::several()
{
    const SyntaxTree tree = treeOf("COPY <<a \\\n  <<-\"b\" /d\nFROM x\n\na\n\t1\n\tb\nb\nRUN y\n");
    const auto all = tree.instructions();
    QCOMPARE(all.size(), 3U);
    QCOMPARE(all[0].heredocs.size(), 2U);
    QCOMPARE(tree.text().slice(all[0].heredocs[0].body), "FROM x\n\n");
    QCOMPARE(tree.text().slice(all[0].heredocs[0].terminator), "a");
    QCOMPARE(tree.text().slice(all[0].heredocs[1].marker), "<<-\"b\"");
    QCOMPARE(tree.text().slice(all[0].heredocs[1].body), "\t1\n");
    QCOMPARE(tree.text().slice(all[0].heredocs[1].terminator), "\tb");
    QCOMPARE(all[0].lastLine, 7U);
    QCOMPARE(tree.text().slice(all[0].argumentsRange), "<<a \\\n  <<-\"b\" /d");
    QCOMPARE(all[1].kind, InstructionKind::Unknown); // the second "b" is no terminator any more
    QCOMPARE(all[2].kind, InstructionKind::Run);
    QVERIFY(tree.errors().empty());
}

void HeredocTest::terminators()
{
    // Neither blanks nor, without the dash, tabs may stand beside it; comments are content.
    const SyntaxTree tree = treeOf("RUN <<E\nE \n\tE\n E\n# x\n\\\nE\nRUN z\n");
    QCOMPARE(tree.text().slice(tree.instructions()[0].heredocs[0].body), "E \n\tE\n E\n# x\n\\\n");
    QCOMPARE(tree.instructions().size(), 2U);
    QVERIFY(tree.instructions()[0].heredocs[0].terminated);
}

void HeredocTest::endOfFile()
{
    const SyntaxTree tree = treeOf("FROM x\nRUN <<A <<B\n1\nA\n2");
    const Instruction &run = tree.instructions()[1];
    QVERIFY(run.heredocs[0].terminated);
    QVERIFY(!run.heredocs[1].terminated);
    QCOMPARE(tree.text().slice(run.heredocs[1].body), "2");
    QVERIFY(run.heredocs[1].terminator.isEmpty());
    QCOMPARE(run.range.end, tree.text().size());
    QCOMPARE(tree.errors().size(), 1U);
    QCOMPARE(tree.errors()[0].message, "unterminated heredoc");
    QCOMPARE(tree.errors()[0].firstLine, 2U);
    QCOMPARE(tree.errors()[0].lastLine, 5U);
    QCOMPARE(tree.text().slice(tree.errors()[0].range), "<<B");
}

void HeredocTest::crLf()
{
    const SyntaxTree tree = treeOf("RUN <<E\r\na\r\nE\r\nRUN b\r\n");
    QCOMPARE(tree.text().slice(tree.instructions()[0].heredocs[0].body), "a\r\n");
    QCOMPARE(tree.text().slice(tree.instructions()[0].heredocs[0].terminator), "E");
    QCOMPARE(tree.instructions().size(), 2U);
    QCOMPARE(tilingProblem(tree), QByteArray());
}

void HeredocTest::onbuild()
{
    const SyntaxTree tree = treeOf("ONBUILD RUN <<E\nx\nE\nONBUILD ONBUILD RUN <<E\nONBUILD CMD <<E\n");
    const auto all = tree.instructions();
    QCOMPARE(all.size(), 3U);
    QCOMPARE(all[0].heredocs.size(), 1U);
    QCOMPARE(all[0].inner->heredocs.data(), all[0].heredocs.data());
    QCOMPARE(all[0].inner->lastLine, 3U);
    QVERIFY(all[1].heredocs.empty());
    QVERIFY(all[2].heredocs.empty());
}

void HeredocTest::words_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("raw");
    QTest::addColumn<QByteArray>("plain");
    const auto row = [](const char *text, const char *raw, const char *plain) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(raw) << QByteArray(plain);
    };
    row("a  b\tc", "[a][b][c]", "[a][b][c]");
    row("'a b' \"c d\"", "['a b'][\"c d\"]", "[a b][c d]");
    row("a\\ b", "[a\\ b]", "[a b]");
    row("\"a\\\"b\"", "[\"a\\\"b\"]", "[a\"b]");
    row("\"a\\b\"", "[\"a\\\\b\"]", "[a\\b]"); // kept escapes are doubled in front of other characters
    row("${X:-a\\}b}", "[${X:-a}b}]", "[${X:-a}b}]");
    row("x${X:-b}y", "[${X:-b}y]", "[${X:-b}y]"); // what stood in front is lost
    row("x${X}y", "[x${X}y]", "[x${X}y]");
    row("'' a", "[''][a]", "[a]");
    row("a \\", "[a][\\]", "[a]");
    row("'a", "", "");
    row("\"a", "", "");
    row("${X:-\"a}", "", "");
    row("${X/a}", "", "");
}

void HeredocTest::words()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, raw);
    QFETCH(QByteArray, plain);
    const auto listed = [](const ShellLexing &lexing) {
        QByteArray all;
        for (const ShellWord &word : lexing.words)
            all += '[' + QByteArray::fromStdString(word.text) + ']';
        return all;
    };
    const std::string line = text.toStdString();
    QCOMPARE(listed(lexShellWords(line, true, true, false)), raw);
    QCOMPARE(listed(lexShellWords(line, false, false, false)), plain);
    QCOMPARE(lexShellWords(line, true, true, false).error.empty(), !raw.isEmpty());
}

QTEST_GUILESS_MAIN(HeredocTest)
#include "HeredocTest.moc"
