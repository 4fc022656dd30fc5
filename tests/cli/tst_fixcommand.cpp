// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "Command.h"
#include "UnifiedDiff.h"

#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <sstream>

using namespace stagewright::cli;
using namespace Qt::StringLiterals;

namespace {

const std::string broken = "FROM node:22-trixie-slim AS build\n"
                           "WORKDIR /app\n"
                           "COPY . .\n"
                           "\n"
                           "FROM gcr.io/distroless/nodejs22-debian13\n"
                           "WORKDIR /app\n"
                           "COPY --from=build /app /app\n"
                           "CMD node server.js\n";

struct Outcome
{
    int code = -1;
    std::string out;
    std::string err;
};

Outcome fix(const std::vector<std::string> &arguments, const std::string &input = {})
{
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    Streams streams{in, out, err};
    const int code = fixCommand.run(arguments, streams);
    return {code, out.str(), err.str()};
}

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot read");
}

void writeAll(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

std::string randomText(QRandomGenerator &random)
{
    std::string text;
    for (int line = random.bounded(25); line > 0; --line)
        text.append(1, char('a' + random.bounded(5))).append(random.bounded(8) == 0 ? "\r\n" : "\n");
    if (random.bounded(3) == 0 && !text.empty())
        text.pop_back();
    return text;
}

} // namespace

class FixCommandTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void changesOnlyTheFinding();
    void readsStandardInput();
    void dryRunWritesNothing();
    void unsafeFixesAreChosenByRule();
    void outputLeavesTheFileAlone();
    void fileWithoutFindingsIsNotTouched();
    void onlyTheChosenRule();
    void refusesWhatItCannotRead_data();
    void refusesWhatItCannotRead();
    void diffOfEqualTextsIsEmpty();
    void diffShowsThreeLinesOfContext();
    void diffSaysWhenThereIsNoFinalNewline();
    void diffsAreWhatPatchNeeds();
};

void FixCommandTest::changesOnlyTheFinding()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"Dockerfile"_s);
    writeAll(path, QByteArray::fromStdString(broken));
    const Outcome outcome = fix({path.toStdString()});
    QCOMPARE(outcome.code, int(Ok));
    const QByteArray expected = QByteArray::fromStdString(broken).replace("CMD node server.js", R"(CMD ["server.js"])");
    QCOMPARE(readAll(path), expected);
    QVERIFY2(outcome.out.find("-CMD node server.js\n+CMD [") != std::string::npos, outcome.out.c_str());
    QVERIFY2(outcome.err.find(":8: ") != std::string::npos, outcome.err.c_str());
}

void FixCommandTest::readsStandardInput()
{
    const Outcome outcome = fix({"-"}, broken);
    QCOMPARE(outcome.code, int(Ok));
    QVERIFY2(outcome.out.starts_with("FROM node:22-trixie-slim AS build\n"), outcome.out.c_str());
    QVERIFY2(outcome.out.ends_with("CMD [\"server.js\"]\n"), outcome.out.c_str());
}

void FixCommandTest::dryRunWritesNothing()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"Dockerfile"_s);
    writeAll(path, QByteArray::fromStdString(broken));
    const Outcome outcome = fix({"--dry-run", path.toStdString()});
    QCOMPARE(outcome.code, int(Ok));
    QVERIFY(outcome.out.starts_with("--- a/"));
    QCOMPARE(readAll(path), QByteArray::fromStdString(broken));
}

void FixCommandTest::unsafeFixesAreChosenByRule()
{
    const std::string single = "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD [\"node\", \"server.js\"]\n";
    QCOMPARE(fix({"-"}, single).out, single); // it changes what is shipped, so nobody does it unasked
    QCOMPARE(fix({"--unsafe", "-"}, single).code, int(CannotRun));
    const Outcome outcome = fix({"--unsafe", "--rule", "SW053", "-"}, single);
    QCOMPARE(outcome.code, int(Ok));
    QVERIFY2(outcome.out.starts_with("FROM node:22 AS build\n"), outcome.out.c_str());
    QVERIFY2(outcome.out.contains("\nFROM gcr.io/distroless/nodejs22-debian13:nonroot\n"), outcome.out.c_str());
}

void FixCommandTest::outputLeavesTheFileAlone()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"Dockerfile"_s);
    const QString output = folder.filePath(u"fixed"_s);
    writeAll(path, QByteArray::fromStdString(broken));
    QCOMPARE(fix({"--output", output.toStdString(), path.toStdString()}).code, int(Ok));
    QCOMPARE(readAll(path), QByteArray::fromStdString(broken));
    QVERIFY(readAll(output).endsWith("CMD [\"server.js\"]\n"));
}

void FixCommandTest::fileWithoutFindingsIsNotTouched()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"Dockerfile"_s);
    const QByteArray odd = "\xef\xbb\xbf"
                           "from scratch\r\n\r\n\r\n  copy  a   /a";
    writeAll(path, odd);
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner));
    const Outcome outcome = fix({path.toStdString()});
    QCOMPARE(outcome.code, int(Ok));
    QCOMPARE(outcome.out, std::string());
    QCOMPARE(readAll(path), odd);
}

void FixCommandTest::onlyTheChosenRule()
{
    QCOMPARE(fix({"--rule", "SW001", "-"}, broken).out, broken);
    const Outcome unknown = fix({"--rule", "SW999", "-"}, broken);
    QCOMPARE(unknown.code, int(CannotRun));
    QVERIFY(unknown.err.find("SW999") != std::string::npos);
}

void FixCommandTest::refusesWhatItCannotRead_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("input");
    QTest::newRow("no file") << QStringList() << QByteArray();
    QTest::newRow("two files") << QStringList{u"a"_s, u"b"_s} << QByteArray();
    QTest::newRow("unknown option") << QStringList{u"--frobnicate"_s, u"-"_s} << QByteArray();
    QTest::newRow("option without value") << QStringList{u"-"_s, u"--rule"_s} << QByteArray();
    QTest::newRow("missing file") << QStringList{u"/nonexistent/Dockerfile"_s} << QByteArray();
    QTest::newRow("folder") << QStringList{QDir::tempPath()} << QByteArray();
    QTest::newRow("not UTF-8") << QStringList{u"-"_s} << QByteArray("FROM scratch\nLABEL a=\xff\n");
}

void FixCommandTest::refusesWhatItCannotRead()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, input);
    std::vector<std::string> strings;
    for (const QString &argument : std::as_const(arguments))
        strings.push_back(argument.toStdString());
    const Outcome outcome = fix(strings, input.toStdString());
    QCOMPARE(outcome.code, int(CannotRun));
    QCOMPARE(outcome.out, std::string());
    QVERIFY2(outcome.err.starts_with("stagewright-cli fix: "), outcome.err.c_str());
}

void FixCommandTest::diffOfEqualTextsIsEmpty()
{
    QCOMPARE(unifiedDiff("a\nb\n", "a\nb\n", "x", "y"), std::string());
    QCOMPARE(unifiedDiff("", "", "x", "y"), std::string());
}

void FixCommandTest::diffShowsThreeLinesOfContext()
{
    QCOMPARE(unifiedDiff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n", "x", "y"),
             std::string("--- x\n+++ y\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"));
}

void FixCommandTest::diffSaysWhenThereIsNoFinalNewline()
{
    QCOMPARE(unifiedDiff("a", "a\n", "x", "y"),
             std::string("--- x\n+++ y\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"));
}

void FixCommandTest::diffsAreWhatPatchNeeds()
{
    const QString patch = QStandardPaths::findExecutable(u"patch"_s);
    if (patch.isEmpty())
        QSKIP("patch(1) is not installed");
    QTemporaryDir folder;
    QRandomGenerator random(20261123);
    for (int round = 0; round < 60; ++round) {
        const std::string before = randomText(random);
        const std::string after = randomText(random);
        const std::string difference = unifiedDiff(before, after, "a", "b");
        QCOMPARE(difference.empty(), before == after);
        if (difference.empty() || after.empty())
            continue; // patch removes a file that becomes empty
        writeAll(folder.filePath(u"file"_s), QByteArray::fromStdString(before));
        writeAll(folder.filePath(u"diff"_s), QByteArray::fromStdString(difference));
        QProcess process;
        process.setWorkingDirectory(folder.path());
        process.start(patch, {u"--binary"_s, u"-s"_s, u"file"_s, u"diff"_s});
        QVERIFY(process.waitForFinished());
        QVERIFY2(process.exitCode() == 0, difference.c_str());
        QCOMPARE(readAll(folder.filePath(u"file"_s)), QByteArray::fromStdString(after));
    }
}

QTEST_GUILESS_MAIN(FixCommandTest)
#include "tst_fixcommand.moc"
