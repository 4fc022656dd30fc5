// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "TreeHelpers.h"

#include "syntax/FlagValues.h"
#include "syntax/GoText.h"
#include "syntax/InstructionCheck.h"

#include <QTest>

using namespace stagewright;
using namespace stagewright::test;

class SyntaxErrorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parsePhase_data();
    void parsePhase();
    void instructionPhase_data();
    void instructionPhase();
    void accepted_data();
    void accepted();
    void allAtOnce();
    void triggers();
    void quoting();
    void durations_data();
    void durations();
};

void SyntaxErrorTest::parsePhase_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("underlined");
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("last");
    const auto row = [](const char *file, const char *message, const char *underlined, int first, int last) {
        QTest::newRow(file) << QByteArray(file) << QByteArray(message) << QByteArray(underlined) << first << last;
    };
    row("", "the Dockerfile cannot be empty", "", 0, 0);
    row("\n# a\n", "file with no instructions", "", 2, 2);
    row("\xEF\xBB\xBF", "file with no instructions", "", 1, 1);
    row("# escape=\xC3\xA9\nFROM a", "invalid escape token 'é' does not match ` or \\", "\xC3\xA9", 0, 0);
    row("# check=a\n# CHECK=b\nFROM a", "only one check parser directive can be used", "# CHECK=b", 1, 1);
    row("FROM a\nENV x", "ENV must have two arguments", "x", 2, 2);
    row("FROM a\nLABEL x", "LABEL must have two arguments", "x", 2, 2);
    row("FROM a\nENV x=y \\\n \"z q\"\n",
        "Syntax error - can't find = in \"\\\"z q\\\"\". Must be of the form: name=value", "\"z q\"", 2, 3);
    row("FROM a\nRUN [\"a\", {}]", "when using JSON array syntax, arrays must be comprised of strings only",
        "[\"a\", {}]", 2, 2);
    row("FROM a\nCMD [null]", "when using JSON array syntax, arrays must be comprised of strings only", "[null]", 2, 2);
    row("FROM a\nCMD [-1.5e3, true]", "when using JSON array syntax, arrays must be comprised of strings only",
        "[-1.5e3, true]", 2, 2);
    row("FROM a\nHEALTHCHECK CMD [1]", "when using JSON array syntax, arrays must be comprised of strings only", "[1]",
        2, 2);
    row("FROM a\nONBUILD ENV x", "ENV must have two arguments", "x", 2, 2);
    row("FROM a\nRUN <<A\nb", "unterminated heredoc", "<<A", 2, 3);
}

void SyntaxErrorTest::parsePhase()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, underlined);
    QFETCH(int, first);
    QFETCH(int, last);
    const SyntaxTree tree = treeOf(file.toStdString());
    QCOMPARE(tree.errors().size(), 1U);
    const SyntaxError &error = tree.errors()[0];
    QCOMPARE(shown(error.message), message);
    QCOMPARE(shown(tree.text().slice(error.range)), underlined);
    QCOMPARE(static_cast<int>(error.firstLine), first);
    QCOMPARE(static_cast<int>(error.lastLine), last);
    if (first > 1)
        QVERIFY(instructionErrors(tree).empty()); // nothing is said twice
}

void SyntaxErrorTest::instructionPhase_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("underlined");
    const auto row = [](const char *line, const char *message, const char *underlined) {
        QTest::newRow(line) << QByteArray(line) << QByteArray(message) << QByteArray(underlined);
    };
    row("RUNN x", "unknown instruction: RUNN (did you mean RUN?)", "RUNN");
    row("runn x", "unknown instruction: runn (did you mean run?)", "runn");
    row("Runn x", "unknown instruction: Runn (did you mean run?)", "Runn");
    row("é x", "unknown instruction: é", "é");
    row("apt-get x", "unknown instruction: apt-get", "apt-get");
    row("FROM a AS \"b\"",
        "invalid name for build stage: \"\\\"b\\\"\", name can't start with a number or contain symbols", "\"b\"");
    row("FROM a AS é", "invalid name for build stage: \"é\", name can't start with a number or contain symbols", "é");
    row("FROM a b", "FROM requires either one or three arguments", "a b");
    row("FROM", "FROM requires either one or three arguments", "FROM");
    row("FROM --platfrom=x a", "unknown flag: --platfrom (did you mean platform?)", "--platfrom=x");
    row("FROM --platform a", "missing a value on flag: --platform", "--platform");
    row("COPY --link=yes a b", "expecting boolean value for flag --link, not: yes", "yes");
    row("COPY --parents= a b", "missing a value on flag: --parents", "--parents=");
    row("COPY --from=a --from=b c d", "duplicate flag specified: --from", "--from=b");
    row("COPY --keep-git-dir a b", "unknown flag: --keep-git-dir", "--keep-git-dir");
    row("COPY", "COPY requires at least two arguments, but only one was provided. Destination could not be determined",
        "COPY");
    row("ADD [\"a\"]",
        "ADD requires at least two arguments, but only one was provided. Destination could not be determined",
        "[\"a\"]");
    row("COPY x <<E\nE", "COPY cannot accept a heredoc as a destination", "<<E");
    row("RUN --mount=type=bind,from=a$b ls", "'from' doesn't support variable expansion, define alias stage instead",
        "type=bind,from=a$b");
    row("RUN --mount= ls", "failed to parse csv mounts: EOF", "--mount=");
    row("RUN --mount=a\\\"b ls",
        "failed to parse csv mounts: parse error on line 1, column 2: bare \" in non-quoted-field", "a\\\"b");
    row("RUN --mount=\\\"a ls",
        "failed to parse csv mounts: parse error on line 1, column 2: extraneous or missing \" in quoted-field",
        "\\\"a");
    row("RUN --device=a,b ls", "invalid field 'b' must be a key=value pair", "a,b");
    row("RUN --device=name=a,requird=b ls", "unexpected key 'requird' in 'requird=b' (did you mean required?)",
        "name=a,requird=b");
    row("RUN --device=a,required=maybe ls", "invalid value for required: maybe", "a,required=maybe");
    row("RUN --network=Host ls", "invalid network mode \"Host\"", "--network=Host");
    row("RUN --security= ls", "security \"\" is not valid", "--security=");
    row("RUN --network ls", "missing a value on flag: --network", "--network");
    row("CMD --x a", "unknown flag: --x", "--x");
    row("ENTRYPOINT --x [\"a\"]", "unknown flag: --x", "--x");
    row("ENV", "ENV requires at least one argument", "ENV");
    row("ENV =a", "ENV names can not be blank", "=a");
    row("LABEL a=b =c", "LABEL names can not be blank", "=c");
    row("ARG", "ARG requires at least one argument", "ARG");
    row("ARG a =b", "ARG names can not be blank", "=b");
    row("EXPOSE", "EXPOSE requires at least one argument", "EXPOSE");
    row("WORKDIR", "WORKDIR requires exactly one argument", "WORKDIR");
    row("USER --x a", "unknown flag: --x", "--x");
    row("VOLUME [\"/a\", \" \"]", "VOLUME specified can not be an empty string", "\" \"");
    row("SHELL sh", "SHELL requires the arguments to be in JSON form", "sh");
    row("SHELL []", "SHELL requires at least one argument", "[]");
    row("STOPSIGNAL", "STOPSIGNAL requires exactly one argument", "STOPSIGNAL");
    row("ONBUILD", "ONBUILD requires at least one argument", "ONBUILD");
    row("ONBUILD onbuild RUN x", "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed", "onbuild");
    row("ONBUILD from x", "FROM isn't allowed as an ONBUILD trigger", "from");
    row("HEALTHCHECK", "HEALTHCHECK requires at least one argument", "HEALTHCHECK");
    row("HEALTHCHECK none x", "HEALTHCHECK NONE takes no arguments", "x");
    row("HEALTHCHECK curl x", "Unknown type \"CURL\" in HEALTHCHECK (try CMD)", "curl");
    row("HEALTHCHECK CMD []", "Missing command after HEALTHCHECK CMD", "CMD");
    row("HEALTHCHECK --timeout=5x CMD a", "time: unknown unit \"x\" in duration \"5x\"", "5x");
    row("HEALTHCHECK --start-interval=-1s CMD a", "Interval \"start-interval\" cannot be less than 1ms", "-1s");
    row("HEALTHCHECK --retries=99999999999 CMD a", "strconv.ParseInt: parsing \"99999999999\": value out of range",
        "99999999999");
    row("HEALTHCHECK --retries=1.5 CMD a", "strconv.ParseInt: parsing \"1.5\": invalid syntax", "1.5");
    row("\\\n", "unknown instruction: ", "");
}

void SyntaxErrorTest::instructionPhase()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, underlined);
    const SyntaxTree tree = treeOf("FROM base\n\n" + line.toStdString());
    QVERIFY(tree.errors().empty());
    const std::vector<InstructionError> errors = instructionErrors(tree);
    QCOMPARE(errors.size(), 1U);
    QCOMPARE(shown(errors[0].message), "dockerfile parse error on line 3: " + message);
    QCOMPARE(shown(tree.text().slice(errors[0].range)), underlined);
    QCOMPARE(errors[0].firstLine, 3U);
    QCOMPARE(errors[0].lastLine, tree.instructions()[1].lastLine);
    QCOMPARE(errors[0].instruction, InstructionId{1});
}

void SyntaxErrorTest::accepted_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char *line : {"RUN",
                             "CMD",
                             "ENTRYPOINT",
                             "RUN []",
                             "CMD []",
                             "FROM a as B",
                             "FROM a AS b.c-d_1",
                             "COPY --link a b",
                             "COPY --link=TRUE --parents --exclude=a --exclude=b c d",
                             "ADD --unpack=false --checksum=x --keep-git-dir a b",
                             "RUN --mount=type=cache --mount=from=a --network=none --security=insecure ls",
                             "RUN --mount=from=a$ ls",
                             "RUN --device=required=true,name=x ls",
                             "RUN --device=vendor.com/x=all ls",
                             "RUN --mount=type=bind,\\\"from=a,b\\\" ls",
                             "HEALTHCHECK --x=y NONE",
                             "HEALTHCHECK CMD a",
                             "HEALTHCHECK --interval=0s --timeout=1.5h2m --retries=0 CMD a",
                             "HEALTHCHECK --interval= CMD a",
                             "ONBUILD FOO",
                             "ONBUILD COPY a",
                             "ARG --x=y a",
                             "ARG a b=c",
                             "STOPSIGNAL --x 9",
                             "EXPOSE abc",
                             "VOLUME a",
                             "SHELL [\"a\"]",
                             "ENV a=",
                             "MAINTAINER a b",
                             "USER a b",
                             "WORKDIR a b"})
        QTest::newRow(line) << QByteArray(line);
}

void SyntaxErrorTest::accepted()
{
    QFETCH(QByteArray, line);
    const SyntaxTree tree = treeOf("FROM base\n" + line.toStdString());
    QVERIFY(tree.errors().empty());
    const std::vector<InstructionError> errors = instructionErrors(tree);
    QVERIFY2(errors.empty(), errors.empty() ? "" : errors[0].message.c_str());
}

void SyntaxErrorTest::allAtOnce()
{
    const SyntaxTree tree = treeOf("ARG a\nENV b=c\nRUN d\nFROM\nCOPY e\nFOO\n");
    const std::vector<InstructionError> errors = instructionErrors(tree);
    QCOMPARE(errors.size(), 4U);
    QCOMPARE(errors[0].message, "no build stage in current context");
    QCOMPARE(errors[0].firstLine, 2U);
    QCOMPARE(errors[1].firstLine, 4U);
    QCOMPARE(errors[2].firstLine, 5U);
    QCOMPARE(errors[3].firstLine, 6U);
}

void SyntaxErrorTest::triggers()
{
    const SyntaxTree tree = treeOf("FROM a\nONBUILD FOO b\nONBUILD COPY --frm=a b c\nONBUILD RUN x\n");
    QVERIFY(instructionErrors(tree).empty());
    TextRange range;
    QCOMPARE(instructionError(*tree.instructions()[1].inner, &range), "unknown instruction: FOO (did you mean FROM?)");
    QCOMPARE(tree.text().slice(range), "FOO");
    QCOMPARE(instructionError(*tree.instructions()[2].inner), "unknown flag: --frm (did you mean from?)");
    QCOMPARE(instructionError(*tree.instructions()[3].inner), "");
}

void SyntaxErrorTest::quoting()
{
    QCOMPARE(gotext::quote("a\"b\\c\t\x01é\u00A0\u200B\U000E0001"), R"("a\"b\\c\t\x01é\u00a0\u200b\U000e0001")");
    QCOMPARE(gotext::toUpper("straße"), "STRAßE");
    const std::string_view options[] = {"from", "form"};
    QCOMPARE(gotext::suggestion("fram", options, true), " (did you mean from?)");
    QCOMPARE(gotext::suggestion("from", options, true), "");
    QCOMPARE(gotext::suggestion("xyz", options, true), "");
    QCOMPARE(gotext::suggestion("FRM", options, true), "");
    QCOMPARE(gotext::suggestion("FRM", options, false), " (did you mean FROM?)");
}

void SyntaxErrorTest::durations_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("nanoseconds");
    QTest::addColumn<QByteArray>("error");
    const auto row = [](const char *text, qint64 nanoseconds, const char *error = "") {
        QTest::newRow(text) << QByteArray(text) << nanoseconds << QByteArray(error);
    };
    row("0", 0);
    row("+5s", 5'000'000'000);
    row("-1.5h", -5'400'000'000'000);
    row("1h2m3s4ms5us6ns", 3'723'004'005'006);
    row(".5s", 500'000'000);
    row("5.s", 5'000'000'000);
    row("1µs", 1'000);
    row("1μs", 1'000);
    row("0.100000000000000000000h", 360'000'000'000);
    row("", 0, "time: invalid duration \"\"");
    row("s", 0, "time: invalid duration \"s\"");
    row(".s", 0, "time: invalid duration \".s\"");
    row("5", 0, "time: missing unit in duration \"5\"");
    row("5d", 0, "time: unknown unit \"d\" in duration \"5d\"");
    row("5é", 0, "time: unknown unit \"\\xc3\\xa9\" in duration \"5\\xc3\\xa9\"");
    row("9223372036854775808ns", 0, "time: invalid duration \"9223372036854775808ns\"");
    row("99999999999999999999h", 0, "time: invalid duration \"99999999999999999999h\"");
    row("3000000h", 0, "time: invalid duration \"3000000h\"");
}

void SyntaxErrorTest::durations()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, nanoseconds);
    QFETCH(QByteArray, error);
    const std::string given = text.toStdString();
    const flagvalues::Duration duration = flagvalues::parseDuration(given);
    QCOMPARE(shown(duration.error), error);
    QCOMPARE(static_cast<qint64>(duration.nanoseconds), nanoseconds);
}

QTEST_GUILESS_MAIN(SyntaxErrorTest)
#include "SyntaxErrorTest.moc"
