// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/CommandLine.h"

#include <QTest>

using namespace stagewright;

class CommandLineWordsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void words_data();
    void words();
    void refusals_data();
    void refusals();
    void lists();
};

void CommandLineWordsTest::words_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("list");
    const auto row = [](const char *text, const char *list) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(list);
    };
    row("/app", R"(["/app"])");
    row("  /app   --x\t1 ", R"(["/app", "--x", "1"])");
    row("/app \"two words\" 'and $more'", R"(["/app", "two words", "and $more"])");
    row("/app --name=\"a b\"'c'd", R"(["/app", "--name=a bcd"])");
    row("/app \"\" ''", R"(["/app", "", ""])");
    row("/app a\\ b \\$HOME \"\\$x \\\" \\n\"", R"(["/app", "a b", "$HOME", "$x \" \\n"])");
    row("exec /app a", R"(["/app", "a"])");
    row("/app a=b x#y a~b", R"(["/app", "a=b", "x#y", "a~b"])");
    row("/app '*' \"[a]\" '{}'", R"(["/app", "*", "[a]", "{}"])");
    row("/app grüße", R"(["/app", "grüße"])");
    row("java -Xmx1g -jar /a.jar", R"(["java", "-Xmx1g", "-jar", "/a.jar"])");
    row("/app %d !x", R"(["/app", "%d", "!x"])");
}

void CommandLineWordsTest::words()
{
    QFETCH(QString, text);
    QFETCH(QString, list);
    const lint::ExecForm form = lint::readExecForm(text.toStdString());
    QCOMPARE(QString::fromStdString(form.refusal), QString());
    QCOMPARE(QString::fromStdString(lint::jsonList(form.words)), list);
}

void CommandLineWordsTest::refusals_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *text, const char *reason) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(reason);
    };
    row("", "no command");
    row("/app $HOME", "$HOME");
    row("/app \"${X:-y}\"", "${X:-y}");
    row("/app \"$@\"", "$@");
    row("/app $(date)", "$(");
    row("/app `date`", "backquotes");
    row("a && b", "several");
    row("a; b", "several");
    row("a || b", "||");
    row("a | b", "pipes");
    row("a &", "background");
    row("a > b", "redirects");
    row("a 2> b", "redirects");
    row("a < b", "redirects");
    row("a *.c", "*");
    row("a [x]", "[");
    row("a ?", "?");
    row("a ~/x", "home");
    row("a # b", "comment");
    row("(a)", "parentheses");
    row("{ a; }", "braces");
    row("X=1 a", "sets X");
    row("if a", "if");
    row("! a", "!");
    row("cd /app", "cd");
    row("exec", "exec");
    row("exec -a x y", "option");
    row("a 'b", "not closed");
    row("a \"b", "not closed");
    row("a \\", "backslash");
    row("a &&", "missing");
    row("a >", "names no file");
}

void CommandLineWordsTest::refusals()
{
    QFETCH(QString, text);
    QFETCH(QString, reason);
    const lint::ExecForm form = lint::readExecForm(text.toStdString());
    QVERIFY2(QString::fromStdString(form.refusal).contains(reason), form.refusal.c_str());
    QVERIFY(form.words.empty());
}

void CommandLineWordsTest::lists()
{
    const lint::CommandList list = lint::readCommands("mkdir -p /a && echo x > /a/b; echo y >> /a/b\ntouch /c\n");
    QCOMPARE(list.refusal, std::string());
    QCOMPARE(list.commands.size(), std::size_t(4));
    QCOMPARE(list.commands[1].outputFile, std::string("/a/b"));
    QVERIFY(!list.commands[1].append);
    QVERIFY(list.commands[2].append);
    QCOMPARE(list.commands[3].words, (std::vector<std::string>{"touch", "/c"}));
}

QTEST_GUILESS_MAIN(CommandLineWordsTest)
#include "tst_command_line_words.moc"
