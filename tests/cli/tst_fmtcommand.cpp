// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "Command.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sstream>

using namespace stagewright::cli;
using namespace Qt::StringLiterals;

namespace {

const std::string uneven = "from a as x\nrun b \\\n  c\nfrom d\n";
const std::string even = "FROM a AS x\nRUN b \\\n    c\n\nFROM d\n";

struct Outcome
{
    int code = -1;
    std::string out;
    std::string err;
};

Outcome fmt(const std::vector<std::string> &arguments, const std::string &input = {})
{
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    Streams streams{in, out, err};
    std::vector<std::string> all{"fmt"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    const int code = runCommandLine(all, streams);
    return {code, out.str(), err.str()};
}

} // namespace

class TestFmtCommand : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void standardInput();
    void rewritesFiles();
    void check();
    void diff();
    void problems();

private:
    std::string file(const char *name, const std::string &text)
    {
        const QString path = m_folder.filePath(QString::fromLatin1(name));
        QFile out(path);
        if (!out.open(QIODevice::WriteOnly) || out.write(text.data(), static_cast<qint64>(text.size())) < 0)
            qFatal("cannot write %s", qPrintable(path));
        return path.toStdString();
    }
    static std::string bytesOf(const std::string &path)
    {
        QFile in(QString::fromStdString(path));
        return in.open(QIODevice::ReadOnly) ? in.readAll().toStdString() : "cannot read";
    }

    QTemporaryDir m_folder;
};

void TestFmtCommand::standardInput()
{
    const Outcome outcome = fmt({"-"}, uneven);
    QCOMPARE(outcome.code, int(Ok));
    QCOMPARE(outcome.out, even);
    QVERIFY(outcome.err.empty());
    QCOMPARE(fmt({"-"}, even).out, even);
}

void TestFmtCommand::rewritesFiles()
{
    const std::string one = file("one", uneven);
    const std::string two = file("two", even);
    QFile::setPermissions(QString::fromStdString(one), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    const Outcome outcome = fmt({one, two});
    QCOMPARE(outcome.code, int(Ok));
    QVERIFY(outcome.out.empty() && outcome.err.empty());
    QCOMPARE(bytesOf(one), even);
    QCOMPARE(bytesOf(two), even);
    QVERIFY(QFileInfo(QString::fromStdString(one)).permissions() & QFile::ExeOwner);
}

void TestFmtCommand::check()
{
    const std::string one = file("one", uneven);
    const std::string two = file("two", even);
    const Outcome outcome = fmt({"--check", two, one});
    QCOMPARE(outcome.code, int(Findings));
    QVERIFY(outcome.err.contains(one) && !outcome.err.contains(two));
    QCOMPARE(bytesOf(one), uneven);
    QCOMPARE(fmt({"--check", two}).code, int(Ok));
}

void TestFmtCommand::diff()
{
    const std::string one = file("one", uneven);
    const Outcome outcome = fmt({"--diff", one});
    QCOMPARE(outcome.code, int(Ok));
    QVERIFY2(outcome.out.contains("-run b \\\n-  c\n") && outcome.out.contains("+RUN b \\\n+    c\n"),
             outcome.out.c_str());
    QCOMPARE(bytesOf(one), uneven);
    const Outcome both = fmt({"--diff", "--check", one});
    QCOMPARE(both.code, int(Findings));
    QCOMPARE(both.out, outcome.out);
    QVERIFY(fmt({"--diff", "-"}, even).out.empty());
}

void TestFmtCommand::problems()
{
    const std::string good = file("good", uneven);
    const std::string bad = file("bad", "FROM a\nRUN \xFF\n");
    const Outcome outcome = fmt({"/no/such/file", bad, m_folder.path().toStdString(), good});
    QCOMPARE(outcome.code, int(CannotRun));
    QVERIFY2(outcome.err.contains("/no/such/file: ") && outcome.err.contains(bad + ":2:"), outcome.err.c_str());
    QCOMPARE(bytesOf(good), even); // The others are done all the same.
    QCOMPARE(bytesOf(bad), std::string("FROM a\nRUN \xFF\n"));
    QCOMPARE(fmt({}).code, int(CannotRun));
    QCOMPARE(fmt({"--chekc", good}).code, int(CannotRun));
    QCOMPARE(fmt({"-", "-"}).code, int(CannotRun));
}

QTEST_APPLESS_MAIN(TestFmtCommand)
#include "tst_fmtcommand.moc"
