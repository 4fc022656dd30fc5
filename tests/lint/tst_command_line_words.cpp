// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/CommandLine.h"
#include "lint/ExecList.h"

#include <QTest>

using namespace stagewright;
using namespace Qt::StringLiterals;

class CommandLineWordsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void words_data();
    void words();
    void refusals_data();
    void refusals();
    void lists();
    void calls_data();
    void calls();
    void brokenLists_data();
    void brokenLists();
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

void CommandLineWordsTest::calls_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("programs"); // ? conditional, ~ a failure is not noticed
    const auto row = [](const char *text, const char *programs) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(programs);
    };
    row("", "");
    row("a && b", "a b");
    row("a; b", "~a b");
    row("set -e; a; b", "set a b");
    row("a || b", "~a ?b");
    row("a | b && c", "~a b c");
    row("[ -f x ] && a; b", "~[ ?~a b");
    row("which a && a", "which ?a");
    row("if a; then b; fi; c", "?~a ?~b ?c");
    row("A=1 B=\"x y\" sudo -E a --x", "a");
    row("env -i A=1 a", "a");
    row("command -v a", "command");
    row("command a", "a");
    row("(a) && b", "~a b");
    row("x=$(a; b) c", "c");
    row("a 2>/dev/null >b && c", "a c");
    row("echo 'b && c' \"d; e\"", "echo");
    row("a # b && c\nd", "~a d");
    row("a \\\n b", "a");
    row("a &", "a");
    row("a `b; c` d", "a");
    row("a ${b", "a");
    row("'a", "a");
}

void CommandLineWordsTest::calls()
{
    QFETCH(QString, text);
    QFETCH(QString, programs);
    QString have;
    for (const lint::CalledCommand &command : lint::calledCommands(text.toStdString())) {
        have += (have.isEmpty() ? QString() : u" "_s) + (command.conditional ? u"?"_s : QString())
            + (command.ignored ? u"~"_s : QString()) + QString::fromStdString(command.program().front());
        QVERIFY(command.begin < command.end && command.end <= text.toStdString().size());
    }
    QCOMPARE(have, programs);
}

void CommandLineWordsTest::brokenLists_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("list"); // "" when it is none
    const auto row = [](const char *text, const char *list) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(list);
    };
    row("['a', 'b c']", R"(["a", "b c"])");
    row("[\"a\", \"b\",]", R"(["a", "b"])");
    row("[\"a\",, \"b\"]", R"(["a", "b"])");
    row("[\"a\" \"b\"]", R"(["a", "b"])");
    row("[\"a\", 'b', c]", R"(["a", "b", "c"])");
    row("[“a”, ”b“]", R"(["a", "b"])");
    row("[a,b]", R"(["a", "b"])");
    row("[a]", R"(["a"])");
    row("[\"C:\\d\"]", R"(["C:\\d"])");
    row("[\"a\", \"b\"", R"(["a", "b"])");
    row("[\"a\"]", "");
    row("[\"a\"] && b", "");
    row("[ -f x ]", "");
    row("[ a = b ]", "");
    row("[ \"$a\" = 'b' ]", "");
    row("[[ -f x ]]", "");
    row("[", "");
    row("[]", "");
    row("['a", "");
    row("[a b", "");
    row("a", "");
}

void CommandLineWordsTest::brokenLists()
{
    QFETCH(QString, text);
    QFETCH(QString, list);
    const auto broken = lint::readBrokenList(text.toStdString());
    QCOMPARE(broken ? QString::fromStdString(lint::jsonList(broken->words)) : QString(), list);
    QVERIFY(!broken || !broken->fault.empty());
}

QTEST_GUILESS_MAIN(CommandLineWordsTest)
#include "tst_command_line_words.moc"
