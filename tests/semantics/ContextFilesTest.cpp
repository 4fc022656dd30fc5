// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/ContextFiles.h"
#include "semantics/BuildGraph.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace stagewright;
using namespace Qt::StringLiterals;

class ContextFilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsWhatIsThere();
    void staysInside();
    void leavesAloneWhatIsNoShortText();
    void seesChanges();
    void dockerignoreCounts();
    void contextOfAFile();

private:
    void write(const QString &name, const QByteArray &bytes) const
    {
        const QString path = m_folder->filePath(name);
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<const ContextFiles> m_files;
};

void ContextFilesTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir(m_folder->path()).mkpath(u"context"_s));
    m_files = filesOnDisk(m_folder->filePath(u"context"_s).toStdString());
    QVERIFY(m_files);
}

void ContextFilesTest::readsWhatIsThere()
{
    write(u"context/a/start.sh"_s, "#!/bin/sh\n");
    QCOMPARE(m_files->read("a/start.sh").value_or("none"), "#!/bin/sh\n");
    QCOMPARE(m_files->read("./a/start.sh").value_or("none"), "#!/bin/sh\n");
    QCOMPARE(m_files->presence("a"), ContextFiles::Presence::Present);
    QCOMPARE(m_files->presence("b"), ContextFiles::Presence::Absent);
    QVERIFY(!m_files->read("a"));
    QVERIFY(!m_files->read("b"));
    QVERIFY(!m_files->read(""));
    QVERIFY(!filesOnDisk(m_folder->filePath(u"nothing"_s).toStdString()));
    QVERIFY(!filesOnDisk({}));
}

void ContextFilesTest::staysInside()
{
    write(u"secret"_s, "outside\n");
    write(u"context/inside"_s, "inside\n");
    QVERIFY(QFile::link(m_folder->filePath(u"secret"_s), m_folder->filePath(u"context/out"_s)));
    QVERIFY(QFile::link(m_folder->path(), m_folder->filePath(u"context/up"_s)));
    QVERIFY(QFile::link(m_folder->filePath(u"context/inside"_s), m_folder->filePath(u"context/link"_s)));
    QVERIFY(!m_files->read("out"));
    QVERIFY(!m_files->read("up/secret"));
    QVERIFY(!m_files->read("../secret"));
    QVERIFY(!m_files->read("a/../../secret"));
    QCOMPARE(m_files->presence("../secret"), ContextFiles::Presence::Unknown);
    QCOMPARE(m_files->read("link").value_or("none"), "inside\n");
    // A slash in front is the context's own.
    QCOMPARE(m_files->read("/inside").value_or("none"), "inside\n");
}

void ContextFilesTest::leavesAloneWhatIsNoShortText()
{
    write(u"context/long"_s, QByteArray(qsizetype(ContextFiles::LargestFile) + 1, 'x'));
    write(u"context/program"_s,
          QByteArray("\x7f"
                     "ELF\0\0",
                     6));
    QVERIFY(!m_files->read("long"));
    QVERIFY(!m_files->read("program"));
    QCOMPARE(m_files->presence("long"), ContextFiles::Presence::Present);
    QVERIFY(!m_files->read("*.sh"));
    QVERIFY(!m_files->read("$FILE"));
}

void ContextFilesTest::seesChanges()
{
    write(u"context/list"_s, "one\n");
    QCOMPARE(m_files->read("list").value_or("none"), "one\n");
    write(u"context/list"_s, "one and two\n");
    QCOMPARE(m_files->read("list").value_or("none"), "one and two\n");
    QVERIFY(QFile::remove(m_folder->filePath(u"context/list"_s)));
    QVERIFY(!m_files->read("list"));
}

void ContextFilesTest::dockerignoreCounts()
{
    write(u"context/a/x"_s, "x\n");
    AnalysisOptions options;
    QVERIFY(!readFromContext(options, "a/x"));
    QCOMPARE(presenceInContext(options, "a/x"), ContextFiles::Presence::Unknown);
    options.context = m_files;
    QCOMPARE(readFromContext(options, "a/x").value_or("none"), "x\n");
    options.ignoreFile = "a\n";
    QVERIFY(!readFromContext(options, "a/x"));
    QCOMPARE(presenceInContext(options, "a/x"), ContextFiles::Presence::Unknown);
}

void ContextFilesTest::contextOfAFile()
{
    write(u"context/Dockerfile"_s, "FROM scratch\n");
    write(u"context/.dockerignore"_s, "beside\n");
    write(u"other/.dockerignore"_s, "elsewhere\n");
    const std::string dockerfile = m_folder->filePath(u"context/Dockerfile"_s).toStdString();
    AnalysisOptions options;
    takeContext(options, dockerfile);
    QVERIFY(options.context && options.context->read("Dockerfile"));
    QCOMPARE(options.ignoreFile.value_or("none"), "beside\n");

    AnalysisOptions other;
    other.context = filesOnDisk(m_folder->filePath(u"other"_s).toStdString());
    takeContext(other, dockerfile);
    QVERIFY(!other.context->read("Dockerfile"));
    QCOMPARE(other.ignoreFile.value_or("none"), "elsewhere\n");
    write(u"context/Dockerfile.dockerignore"_s, "own\n");
    takeContext(other, dockerfile);
    QCOMPARE(other.ignoreFile.value_or("none"), "own\n");

    AnalysisOptions none;
    takeContext(none, "-");
    QVERIFY(!none.context && !none.ignoreFile);
}

QTEST_GUILESS_MAIN(ContextFilesTest)
#include "ContextFilesTest.moc"
