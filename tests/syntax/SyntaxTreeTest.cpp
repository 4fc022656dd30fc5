// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "TreeHelpers.h"

#include <QTest>

using namespace stagewright;
using namespace stagewright::test;

class SyntaxTreeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keywords();
    void arguments_data();
    void arguments();
    void execForms_data();
    void execForms();
    void flags();
    void flagQuirks();
    void directives_data();
    void directives();
    void frontEndDirectives();
    void continuations();
    void lineEndCharacters();
    void ranges();
    void onbuild();
    void healthcheck();
    void comments();
    void commentsAbove();
    void lookup();
    void tokens();
    void moveKeepsViews();
};

void SyntaxTreeTest::keywords()
{
    QCOMPARE(instructionKindOf("workDIR"), InstructionKind::Workdir);
    QCOMPARE(instructionKindOf("WORKDIRS"), InstructionKind::Unknown);
    QCOMPARE(instructionKindOf(""), InstructionKind::Unknown);
    for (int kind = 1; kind <= static_cast<int>(InstructionKind::Workdir); ++kind)
        QCOMPARE(instructionKindOf(keywordOf(static_cast<InstructionKind>(kind))), static_cast<InstructionKind>(kind));
}

void SyntaxTreeTest::arguments_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *line, const char *expected) {
        QTest::newRow(line) << QByteArray(line) << QByteArray(expected);
    };
    row("RUN  make  all ", "<make  all>");
    row("RUN", "");
    row("COPY a  b\tc", "<a><b><c>");
    row("FROM a\vAS\fb", "<a><AS><b>");
    row("EXPOSE 80 443/tcp", "<80><443/tcp>");
    row("USER a b", "<a b>");
    row("WORKDIR /a b ", "</a b>");
    row("STOPSIGNAL 9", "<9>");
    row("MAINTAINER A  B", "<A  B>");
    row("ENV A=b C=d", "<A=b><C=d>");
    row("ENV A=\"b c\" D='e f'", "<A=\"b c\"><D='e f'>");
    row("ENV A=b\\ c D=e", "<A=b\\ c><D=e>");
    row("ENV A='b\\' C=d", "<A='b\\'><C=d>");
    row("ENV A=\"b\\\" c\" D=", "<A=\"b\\\" c\"><D=>");
    row("ENV A=b=c", "<A=b=c>");
    row("ENV A   b  c=d", "<A:b  c=d>");
    row("ENV A \"b c\"", "<A:\"b c\">");
    row("LABEL \"a b\"=c", "<\"a b\"=c>");
    row("ARG A", "<A>");
    row("ARG A B=c D=\"e f\"", "<A><B=c><D=\"e f\">");
    row("ARG A=${B:-c d}", "<A=${B:-c><d}>");
    row("ENV A=\xE3\x80\x80 B=c", "<A=><B=c>"); // an ideographic space parts words
    row("RUN \xC2\xA0x", "<x>");
    row("VOLUME /a /b", "</a></b>");
    row("FOO a b", "");
}

void SyntaxTreeTest::arguments()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, expected);
    const SyntaxTree tree = treeOf(line.toStdString());
    QCOMPARE(tree.instructions().size(), 1U);
    QCOMPARE(argumentsOf(tree.instructions()[0]), expected);
    for (const Argument &argument : tree.instructions()[0].args)
        QCOMPARE(tree.text().slice(argument.range), argument.value);
}

void SyntaxTreeTest::execForms_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<bool>("exec");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *line, bool exec, const char *expected) {
        QTest::newRow(line) << QByteArray(line) << exec << QByteArray(expected);
    };
    row(R"(RUN ["a", "b c"])", true, "<a><b c>");
    row(R"(CMD [ "a" ,"b" ] )", true, "<a><b>");
    row(R"(CMD [])", true, "");
    row(R"(CMD ["a\n\"\\\/\u00e9\ud83d\ude00\ud83dx"])", true, "<a\n\"\\/é😀\uFFFDx>");
    row(R"(CMD ["a",])", false, R"(<["a",]>)");
    row(R"(CMD ['a'])", false, "<['a']>");
    row(R"(CMD ["a"] b)", false, R"(<["a"] b>)");
    row(R"(CMD ["a)", false, R"(<["a>)");
    row(R"(CMD ["a\x"])", false, R"(<["a\x"]>)");
    row("CMD [\"a\tb\"]", false, "<[\"a\tb\"]>");
    row(R"(CMD [-f /x])", false, "<[-f /x]>");
    row(R"(CMD [01])", false, "<[01]>");
    row(R"(COPY ["a b", "c"])", true, "<a b><c>");
    row(R"(ADD [a b])", false, "<[a><b]>");
    row(R"(VOLUME ["/a","/b"])", true, "</a></b>");
    row(R"(SHELL ["sh", "-c"])", true, "<sh><-c>");
    row(R"(ENTRYPOINT ["a"])", true, "<a>");
    row(R"(USER ["a"])", false, R"(<["a"]>)");
    row(R"(EXPOSE ["80"])", false, R"(<["80"]>)");
    row(R"(HEALTHCHECK CMD ["a","b"])", true, "<CMD><a><b>");
}

void SyntaxTreeTest::execForms()
{
    QFETCH(QByteArray, line);
    QFETCH(bool, exec);
    QFETCH(QByteArray, expected);
    const SyntaxTree tree = treeOf(line.toStdString());
    QCOMPARE(tree.instructions()[0].execForm, exec);
    QCOMPARE(argumentsOf(tree.instructions()[0]), expected);
    QVERIFY(tree.errors().empty());
    QCOMPARE(tree.instructions()[0].isShellForm(), !exec && line.startsWith("CMD"));
}

void SyntaxTreeTest::flags()
{
    const SyntaxTree tree = treeOf("COPY --from=a --chown='b c':d --link -- --x y\nCOPY a --from=b c\n");
    const Instruction &copy = tree.instructions()[0];
    QCOMPARE(copy.flags.size(), 3U);
    QCOMPARE(copy.flags[0].name, "from");
    QCOMPARE(copy.flags[0].value, "a");
    QCOMPARE(tree.text().slice(copy.flags[0].range), "--from=a");
    QCOMPARE(tree.text().slice(copy.flags[0].valueRange), "a");
    QCOMPARE(copy.flags[1].value, "b c:d");
    QCOMPARE(tree.text().slice(copy.flags[1].valueRange), "'b c':d");
    QVERIFY(!copy.flags[2].hasValue);
    QCOMPARE(copy.flags[2].valueRange, TextRange::at(copy.flags[2].range.end));
    QCOMPARE(argumentsOf(copy), "<--x><y>");
    QCOMPARE(copy.flag("link"), &copy.flags[2]);
    QCOMPARE(copy.flag("LINK"), nullptr);
    const Instruction &second = tree.instructions()[1];
    QVERIFY(second.flags.empty());
    QCOMPARE(argumentsOf(second), "<a><--from=b><c>");
}

void SyntaxTreeTest::flagQuirks()
{
    // The backslash escapes in flags whatever the file's escape character is, and a flag may be all there is.
    const SyntaxTree tree = treeOf("# escape=`\nRUN --mount=a\\ b --x=\"c\\\"d\" --=y --\nRUN --a=\\\nRUN \"--b\" c\n");
    const Instruction &run = tree.instructions()[0];
    QCOMPARE(run.flags.size(), 3U);
    QCOMPARE(run.flags[0].value, "a b");
    QCOMPARE(run.flags[1].value, "c\"d");
    QCOMPARE(run.flags[2].name, "");
    QCOMPARE(run.flags[2].value, "y");
    QCOMPARE(run.arguments, "");
    QCOMPARE(run.argumentsRange.length(), 0U);
    QCOMPARE(tree.instructions()[1].flags[0].value, "");
    QVERIFY(tree.instructions()[2].flags.empty());
    QCOMPARE(tree.instructions()[2].arguments, "\"--b\" c");
    const SyntaxTree split = treeOf("RUN --network=\\\nnone \\\n  ls\n");
    QCOMPARE(split.instructions()[0].flags[0].value, "none");
    QCOMPARE(split.text().slice(split.instructions()[0].flags[0].range), "--network=\\\nnone");
}

void SyntaxTreeTest::directives_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("expected");
    QTest::addColumn<char>("escape");
    const auto row = [](const char *name, const char *bytes, const char *expected, char escape) {
        QTest::newRow(name) << QByteArray(bytes) << QByteArray(expected) << escape;
    };
    row("three", "# syntax=a/b:1\n#ESCAPE=`\n#  Check = skip=all;error=true  \nFROM a",
        "syntax=a/b:1 escape=` check=skip=all;error=true ", '`');
    row("none", "FROM a", "", '\\');
    row("after a comment", "# x\n# escape=`\nFROM a", "", '\\');
    row("after a blank line", "\n# escape=`\nFROM a", "", '\\');
    row("after an unknown one", "# foo=x\n# escape=`\nFROM a", "", '\\');
    row("after an instruction", "FROM a\n# escape=`\n", "", '\\');
    row("crlf", "# escape=`\r\nFROM a", "escape=` ", '`');
    row("byte order mark", "\xEF\xBB\xBF# escape=`\nFROM a", "escape=` ", '`');
    row("no value", "# escape=\nFROM a", "", '\\');
    row("spaces in the value", "#syntax= a b \nFROM a", "syntax=a b ", '\\');
    row("text behind", "# escape=` # x\nFROM a", "escape=` # x ", '\\');
}

void SyntaxTreeTest::directives()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, expected);
    QFETCH(char, escape);
    const SyntaxTree tree = treeOf(bytes.toStdString());
    QByteArray all;
    for (const Directive &directive : tree.directives()) {
        all += shown(directive.name) + '=' + shown(directive.value) + ' ';
        QCOMPARE(tree.text().slice(directive.valueRange), directive.value);
    }
    QCOMPARE(all, expected);
    QCOMPARE(tree.escapeCharacter(), escape);
    QCOMPARE(tilingProblem(tree), QByteArray());
}

void SyntaxTreeTest::frontEndDirectives()
{
    const SyntaxTree indented = treeOf("# syntax=a\n  # check=b\nFROM a\n");
    QCOMPARE(indented.directives().size(), 2U);
    QVERIFY(indented.frontEndDirective("syntax") != nullptr);
    QCOMPARE(indented.frontEndDirective("check"), nullptr);
    const SyntaxTree shebang = treeOf("#!/bin/x\n# escape=`\n# check=skip=all\nFROM a\n");
    QVERIFY(shebang.directives().empty());
    QCOMPARE(shebang.escapeCharacter(), '\\');
    QVERIFY(shebang.frontEndDirective("check") != nullptr);
    QCOMPARE(shebang.frontEndDirective("check")->value, "skip=all");
}

void SyntaxTreeTest::continuations()
{
    const SyntaxTree tree = treeOf("RU\\\nN a \\ \t\n# c \\\n   # d\n\n\t b\\\\\\\nENV x=`\n\\\nFROM y \\");
    const auto all = tree.instructions();
    QCOMPARE(all.size(), 3U);
    QCOMPARE(all[0].kind, InstructionKind::Run);
    QCOMPARE(all[0].keyword, "RUN");
    QCOMPARE(tree.text().slice(all[0].keywordRange), "RU\\\nN");
    QCOMPARE(all[0].arguments, "a \t b\\\\\\"); // three escape characters do not continue the line
    QCOMPARE(all[0].lastLine, 6U);
    QCOMPARE(all[0].emptyContinuationLine, 6U);
    QCOMPARE(argumentsOf(all[1]), "<x=`>");
    QCOMPARE(all[2].keyword, "FROM");
    QCOMPARE(all[2].firstLine, 8U);
    QCOMPARE(all[2].lastLine, 9U);
    QCOMPARE(argumentsOf(all[2]), "<y>");
    QCOMPARE(tilingProblem(tree), QByteArray());
}

void SyntaxTreeTest::lineEndCharacters()
{
    const SyntaxTree windows = treeOf("# escape=`\r\nRUN a `\r\n  b\r\nRUN dir c:\\\r\nRUN ``\r\nRUN c\r\n");
    QCOMPARE(windows.instructions().size(), 4U);
    QCOMPARE(windows.instructions()[0].arguments, "a   b");
    QCOMPARE(windows.instructions()[1].arguments, "dir c:\\");
    QCOMPARE(windows.instructions()[2].arguments, "``");
    QCOMPARE(windows.text().slice(windows.instructions()[3].range), "RUN c");
    // A CR that ends no line is white space between words; a form feed behind the escape character is not.
    const SyntaxTree odd = treeOf("FROM a\rAS b\nRUN x \\\f\nRUN y\\\r\r\nz\n");
    QCOMPARE(argumentsOf(odd.instructions()[0]), "<a><AS><b>");
    QCOMPARE(odd.instructions()[1].arguments, "x \\");
    QCOMPARE(odd.instructions()[2].arguments, "yz");
    QCOMPARE(tilingProblem(odd), QByteArray());
}

void SyntaxTreeTest::ranges()
{
    const SyntaxTree tree = treeOf("  COPY --link a \\\n  # c\n  b c\\\nd  \n\nFROM x\n");
    const Instruction &copy = tree.instructions()[0];
    QCOMPARE(copy.firstLine, 1U);
    QCOMPARE(copy.lastLine, 4U);
    QCOMPARE(tree.text().slice(copy.range), "COPY --link a \\\n  # c\n  b c\\\nd  ");
    QCOMPARE(tree.text().slice(copy.argumentsRange), "a \\\n  # c\n  b c\\\nd");
    QCOMPARE(copy.arguments, "a   b cd");
    QCOMPARE(tree.text().slice(copy.args[0].range), "a");
    QCOMPARE(tree.text().slice(copy.args[1].range), "b");
    QCOMPARE(tree.text().slice(copy.args[2].range), "c\\\nd");
    QCOMPARE(copy.args[2].value, "cd");
    QCOMPARE(tree.instruction(InstructionId{1}).keyword, "FROM");
}

void SyntaxTreeTest::onbuild()
{
    const SyntaxTree tree = treeOf("ONBUILD --f COPY --from=a b c\nonbuild ONBUILD run [\"a\"]\nONBUILD\n");
    const Instruction &outer = tree.instructions()[0];
    QVERIFY(outer.inner != nullptr);
    QCOMPARE(outer.flags.size(), 1U);
    QCOMPARE(outer.inner->kind, InstructionKind::Copy);
    QCOMPARE(outer.inner->id, outer.id);
    QCOMPARE(outer.inner->flags[0].value, "a");
    QCOMPARE(argumentsOf(*outer.inner), "<b><c>");
    QCOMPARE(tree.text().slice(outer.inner->range), "COPY --from=a b c");
    QVERIFY(outer.args.empty());
    QCOMPARE(outer.arguments, "COPY --from=a b c");
    const Instruction &chain = tree.instructions()[1];
    QCOMPARE(chain.inner->kind, InstructionKind::Onbuild);
    QVERIFY(chain.inner->inner->execForm);
    QVERIFY(!chain.execForm);
    QCOMPARE(tree.instructions()[2].inner, nullptr);
}

void SyntaxTreeTest::healthcheck()
{
    const SyntaxTree tree
        = treeOf("HEALTHCHECK --interval=5s cmd curl x\nHEALTHCHECK NONE\nHEALTHCHECK CMD [\"a\"]\nHEALTHCHECK\n");
    const auto all = tree.instructions();
    QCOMPARE(argumentsOf(all[0]), "<cmd><curl x>");
    QVERIFY(all[0].isShellForm());
    QCOMPARE(all[0].command().size(), 1U);
    QCOMPARE(all[0].command()[0].value, "curl x");
    QVERIFY(!all[1].isShellForm());
    QVERIFY(all[1].command().empty());
    QVERIFY(all[2].execForm);
    QVERIFY(!all[2].isShellForm());
    QVERIFY(all[3].args.empty());
}

void SyntaxTreeTest::comments()
{
    const SyntaxTree tree = treeOf("# syntax=x\n# one\n\n# two\n  # three\nFROM a\nRUN b\n# four\n\nRUN c\n");
    const auto all = tree.instructions();
    QCOMPARE(tree.text().slice(all[0].leadingComment), "# two\n  # three");
    QVERIFY(all[1].leadingComment.isEmpty());
    QVERIFY(all[2].leadingComment.isEmpty());
    QVERIFY(treeOf("# syntax=x\nFROM a").instructions()[0].leadingComment.isEmpty());
}

void SyntaxTreeTest::commentsAbove()
{
    const SyntaxTree tree = treeOf(
        "# syntax=x\n# dropped\n#\n# one \n\n  # two\nFROM a\nRUN b \\\n# inside\n c\n# check=skip=All\nRUN d\n");
    const std::vector<std::string_view> first = tree.commentsAbove(InstructionId{0});
    QCOMPARE(first, (std::vector<std::string_view>{"one", "# two"}));
    QVERIFY(tree.commentsAbove(InstructionId{1}).empty());
    QCOMPARE(tree.commentsAbove(InstructionId{2}), (std::vector<std::string_view>{"check=skip=All"}));
}

void SyntaxTreeTest::lookup()
{
    const SyntaxTree tree = treeOf("# x\nFROM a\n\nRUN <<E\nb\nE\n");
    QCOMPARE(tree.instructionAtLine(1), nullptr);
    QCOMPARE(tree.instructionAtLine(2), &tree.instructions()[0]);
    QCOMPARE(tree.instructionAtLine(3), nullptr);
    QCOMPARE(tree.instructionAtLine(5), &tree.instructions()[1]);
    QCOMPARE(tree.instructionAt(11), nullptr);
    QCOMPARE(tree.instructionAt(21), &tree.instructions()[1]);
    QCOMPARE(tree.instructionAtLine(7), nullptr);
}

void SyntaxTreeTest::tokens()
{
    QCOMPARE(tokensOf(treeOf("\xEF\xBB\xBF# escape=`\n# c\nRUN --a=b c `\n # d\n e\n")),
             "Mark(\xEF\xBB\xBF) Directive(# escape=`) Newline Comment(# c) Newline Keyword(RUN) Flag(--a=b) Word(c) "
             "Continuation(`) Newline Comment(# d) Newline Word(e) Newline");
    QCOMPARE(tokensOf(treeOf("CMD [\"a\", \"b\"]\nHEALTHCHECK CMD [\"c\"]")),
             "Keyword(CMD) Json([\"a\", \"b\"]) Newline Keyword(HEALTHCHECK) Word(CMD) Json([\"c\"])");
    QCOMPARE(tokensOf(treeOf("COPY <<A <<B /\n1\nA\n2\nB\nFROM x")),
             "Keyword(COPY) Marker(<<A) Marker(<<B) Word(/) Newline Body(1\\n) End(A) Newline Body(2\\n) End(B) "
             "Newline Keyword(FROM) Word(x)");
    QCOMPARE(tokensOf(treeOf("ONBUILD RUN a")), "Keyword(ONBUILD) Keyword(RUN) Word(a)");
    QCOMPARE(tokensOf(treeOf("RUN <<A\nx")), "Keyword(RUN) Marker(<<A) Newline Body(x)");
    QCOMPARE(tokensOf(treeOf("RUN <<A")), "Keyword(RUN) Marker(<<A)");
    QCOMPARE(tokensOf(treeOf("")), "");
}

void SyntaxTreeTest::moveKeepsViews()
{
    SyntaxTree first = treeOf("FR\\\nOM a\n");
    const std::string_view keyword = first.instructions()[0].keyword;
    const SyntaxTree second = std::move(first);
    QCOMPARE(second.instructions()[0].keyword.data(), keyword.data());
    QCOMPARE(keyword, "FROM");
}

QTEST_GUILESS_MAIN(SyntaxTreeTest)
#include "SyntaxTreeTest.moc"
