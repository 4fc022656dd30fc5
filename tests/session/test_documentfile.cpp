// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/Linter.h"
#include "session/DocumentFile.h"
#include "session/DocumentSession.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

using namespace stagewright;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("<cannot read>");
}

bool put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

} // namespace

class TestDocumentFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void untouchedStaysIdentical_data();
    void untouchedStaysIdentical();
    void refuses_data();
    void refuses();
    void invalidUtf8IsReadOnly();
    void modifiedFollowsTheText();
    void savesThroughLinks();
    void keepsPermissions();
    void writeProtected();
    void missingFolder();
    void saveAs();
    void noticesChanges();
    void ownSavesAreNoChange();
    void deletedAndBack();
    void ignoredChange();
    void reloadIsOneStep();
    void recoversAfterACrash();
    void recoveryIsRemoved();
    void recoveryOfOthersIsLeft();
    void ignoreFileIsRead();
    void positionsAreKept();
    void brokenPositionsAreIgnored();

private:
    struct Opened
    {
        explicit Opened(const Linter &linter, const QString &data)
            : session(linter)
            , file(session, data)
        {
            file.setRecoveryDelay(1);
        }
        void type(const char *text)
        {
            EditTransaction edits;
            edits.insert(session.snapshot()->text().size(), text);
            session.push(std::move(edits), Origin::Text);
        }
        DocumentSession session;
        DocumentFile file;
    };
    QString path(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    std::unique_ptr<Opened> make() const { return std::make_unique<Opened>(m_linter, path("data")); }

    Linter m_linter{Catalog::builtIn()};
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestDocumentFile::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestDocumentFile::untouchedStaysIdentical_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("crlf") << QByteArray("FROM a\r\nRUN b\r\n");
    QTest::newRow("mixed, no final newline") << QByteArray("FROM a\r\nRUN b\n\n  RUN c \t");
    QTest::newRow("bom") << QByteArray("\xEF\xBB\xBF"
                                       "FROM a\n");
    QTest::newRow("odd characters") << QByteArray("FROM a\n# \xC2\xA0 \xE2\x80\xA8 \xF0\x9F\x90\xB3 a\rb\n");
}

void TestDocumentFile::untouchedStaysIdentical()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(put(path("Dockerfile"), bytes));
    const auto opened = make();
    QVERIFY(opened->file.open(path("Dockerfile")));
    QVERIFY(!opened->file.isModified());
    QVERIFY(opened->file.save());
    QCOMPARE(contentOf(path("Dockerfile")), bytes);
}

void TestDocumentFile::refuses_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("says");
    using Kind = FileError::Kind;
    QTest::newRow("missing") << "missing" << int(Kind::NotFound) << "no file";
    QTest::newRow("folder") << "folder" << int(Kind::NotAFile) << "folder/Dockerfile";
    QTest::newRow("device") << "/dev/null" << int(Kind::NotAFile) << "/dev/null";
    QTest::newRow("pipe") << "pipe" << int(Kind::NotAFile) << "pipe";
    QTest::newRow("binary") << "binary" << int(Kind::Binary) << "line 2";
    QTest::newRow("utf-16") << "utf16" << int(Kind::Binary) << "UTF-16";
    QTest::newRow("dangling link") << "dangling" << int(Kind::NotFound) << "link";
    QTest::newRow("huge") << "huge" << int(Kind::TooLarge) << "too large";
}

void TestDocumentFile::refuses()
{
    QFETCH(QString, name);
    QFETCH(int, kind);
    QFETCH(QString, says);
    QDir(m_folder->path()).mkdir(QStringLiteral("folder"));
    QVERIFY(put(path("folder/Dockerfile"), "FROM a\n"));
    QVERIFY(put(path("binary"), QByteArray("FROM a\nRUN \0b\n", 14)));
    QVERIFY(put(path("utf16"),
                QByteArray("\xFF\xFE"
                           "F\0R\0O\0M\0",
                           10)));
    QVERIFY(QFile::link(path("nowhere"), path("dangling")));
    QCOMPARE(QProcess::execute(QStringLiteral("mkfifo"), {path("pipe")}), 0);
    QFile huge(path("huge"));
    QVERIFY(huge.open(QIODevice::WriteOnly) && huge.resize(MaximumFileSize + 1));

    const auto opened = make();
    QVERIFY(put(path("before"), "FROM kept\n"));
    QVERIFY(opened->file.open(path("before")));
    const auto result = opened->file.open(name.startsWith(u'/') ? name : m_folder->filePath(name));
    QVERIFY(!result);
    QCOMPARE(int(result.error().kind), kind);
    QVERIFY2(result.error().message.contains(says), qPrintable(result.error().message));
    QCOMPARE(opened->file.name(), QStringLiteral("before"));
    QCOMPARE(opened->session.snapshot()->text().bytes(), std::string_view("FROM kept\n"));
}

void TestDocumentFile::invalidUtf8IsReadOnly()
{
    const QByteArray bytes("FROM a\nRUN caf\xE9\n");
    QVERIFY(put(path("Dockerfile"), bytes));
    const auto opened = make();
    QVERIFY(opened->file.open(path("Dockerfile")));
    QVERIFY(opened->session.isReadOnly());
    QVERIFY2(opened->file.notice().contains(QStringLiteral("line 2")), qPrintable(opened->file.notice()));
    opened->type("x");
    QVERIFY(!opened->file.save());
    QVERIFY(!opened->file.saveAs(path("copy")));
    QCOMPARE(contentOf(path("Dockerfile")), bytes);
}

void TestDocumentFile::modifiedFollowsTheText()
{
    QVERIFY(put(path("Dockerfile"), "FROM a\n"));
    const auto opened = make();
    QVERIFY(opened->file.open(path("Dockerfile")));
    QSignalSpy modified(&opened->file, &DocumentFile::modifiedChanged);
    opened->type("RUN b\n");
    QVERIFY(opened->file.isModified());
    opened->session.undoStack()->undo();
    QVERIFY(!opened->file.isModified());
    opened->session.moveNodes({{QStringLiteral("context"), {1, 2}}}, QStringLiteral("Move"));
    QVERIFY(!opened->file.isModified()); // Positions are not in the file.
    opened->type("RUN c\n");
    QVERIFY(opened->file.save());
    QVERIFY(!opened->file.isModified());
    QVERIFY(opened->session.undoStack()->isClean());
    opened->session.undoStack()->undo();
    QVERIFY(opened->file.isModified());
    QCOMPARE(modified.count(), 5);
}

void TestDocumentFile::savesThroughLinks()
{
    QDir(m_folder->path()).mkdir(QStringLiteral("real"));
    QVERIFY(put(path("real/file"), "FROM a\n"));
    QVERIFY(QFile::link(path("real/file"), path("Dockerfile")));
    const auto opened = make();
    QVERIFY(opened->file.open(path("Dockerfile")));
    opened->type("RUN b\n");
    QVERIFY(opened->file.save());
    QVERIFY(QFileInfo(path("Dockerfile")).isSymLink());
    QCOMPARE(contentOf(path("real/file")), QByteArray("FROM a\nRUN b\n"));
    QCOMPARE(opened->file.path(), path("Dockerfile"));
}

void TestDocumentFile::keepsPermissions()
{
    QVERIFY(put(path("Dockerfile"), "FROM a\n"));
    const QFile::Permissions wanted = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ReadGroup;
    QVERIFY(QFile::setPermissions(path("Dockerfile"), wanted));
    const auto opened = make();
    QVERIFY(opened->file.open(path("Dockerfile")));
    opened->type("RUN b\n");
    QVERIFY(opened->file.save());
    const QFile::Permissions bits
        = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ReadGroup | QFile::ReadOther;
    QCOMPARE(QFile::permissions(path("Dockerfile")) & bits, wanted);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files),
             QStringList{QStringLiteral("Dockerfile")}); // No temporary file is left.
}

void TestDocumentFile::writeProtected()
{
    QVERIFY(put(path("Dockerfile"), "FROM a\n"));
    QVERIFY(QFile::setPermissions(path("Dockerfile"), QFile::ReadOwner));
    const auto opened = make();
    QVERIFY(opened->file.open(path("Dockerfile")));
    opened->type("RUN b\n");
    const auto result = opened->file.save();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, FileError::Kind::NotWritable);
    QVERIFY(result.error().message.contains(QStringLiteral("write-protected")));
    QVERIFY(opened->file.isModified());
    QCOMPARE(contentOf(path("Dockerfile")), QByteArray("FROM a\n"));
    QVERIFY(opened->file.saveAs(path("copy")));
    QCOMPARE(contentOf(path("copy")), QByteArray("FROM a\nRUN b\n"));
}

void TestDocumentFile::missingFolder()
{
    const auto opened = make();
    opened->file.openUntitled({}, QStringLiteral("New"));
    opened->type("FROM a\n");
    QVERIFY(!opened->file.save());
    const auto result = opened->file.saveAs(path("no/such/folder/Dockerfile"));
    QVERIFY(!result);
    QVERIFY(result.error().message.contains(QStringLiteral("no/such/folder")));
    QVERIFY(opened->file.path().isEmpty());
    QVERIFY(opened->file.isModified());
}

void TestDocumentFile::saveAs()
{
    const auto opened = make();
    QSignalSpy paths(&opened->file, &DocumentFile::pathChanged);
    opened->file.openUntitled({}, QStringLiteral("Untitled"));
    QCOMPARE(opened->file.name(), QStringLiteral("Untitled"));
    QVERIFY(!opened->file.isModified());
    opened->type("FROM a\n");
    QVERIFY(opened->file.saveAs(path("new.Dockerfile")));
    QCOMPARE(paths.count(), 1);
    QCOMPARE(opened->file.name(), QStringLiteral("new.Dockerfile"));
    QVERIFY(!opened->file.isModified());
    opened->type("RUN b\n");
    QVERIFY(opened->file.save());
    QCOMPARE(contentOf(path("new.Dockerfile")), QByteArray("FROM a\nRUN b\n"));
}

void TestDocumentFile::noticesChanges()
{
    QVERIFY(put(path("Dockerfile"), "FROM a\n"));
    const auto opened = make();
    QVERIFY(opened->file.open(path("Dockerfile")));
    QSignalSpy states(&opened->file, &DocumentFile::diskStateChanged);
    // As other programs save: a new file takes the name.
    QVERIFY(put(path("other"), "FROM b\n"));
    QVERIFY(QFile::remove(path("Dockerfile")) && QFile::rename(path("other"), path("Dockerfile")));
    QTRY_COMPARE(opened->file.diskState(), DiskState::Changed);
    opened->type("RUN mine\n");
    const auto result = opened->file.save();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, FileError::Kind::ChangedOnDisk);
    QCOMPARE(contentOf(path("Dockerfile")), QByteArray("FROM b\n"));
    QVERIFY(opened->file.save(DocumentFile::Overwrite::Yes));
    QCOMPARE(contentOf(path("Dockerfile")), QByteArray("FROM a\nRUN mine\n"));
    QCOMPARE(opened->file.diskState(), DiskState::Same);
    // And again, in place.
    QVERIFY(put(path("Dockerfile"), "FROM c\n"));
    QTRY_COMPARE(opened->file.diskState(), DiskState::Changed);
}

void TestDocumentFile::ownSavesAreNoChange()
{
    QVERIFY(put(path("Dockerfile"), "FROM a\n"));
    const auto opened = make();
    QVERIFY(opened->file.open(path("Dockerfile")));
    QSignalSpy states(&opened->file, &DocumentFile::diskStateChanged);
    for (int i = 0; i < 3; ++i) {
        opened->type("RUN b\n");
        QVERIFY(opened->file.save());
        opened->file.checkDisk();
    }
    // The same bytes written by somebody else are no change either.
    QVERIFY(put(path("Dockerfile"), contentOf(path("Dockerfile"))));
    opened->file.checkDisk();
    QCOMPARE(states.count(), 0);
}

void TestDocumentFile::deletedAndBack()
{
    QVERIFY(put(path("Dockerfile"), "FROM a\n"));
    const auto opened = make();
    QVERIFY(opened->file.open(path("Dockerfile")));
    QVERIFY(QFile::remove(path("Dockerfile")));
    QTRY_COMPARE(opened->file.diskState(), DiskState::Deleted);
    QVERIFY(opened->file.isModified()); // The text is only here now.
    QVERIFY(opened->file.save());
    QCOMPARE(contentOf(path("Dockerfile")), QByteArray("FROM a\n"));
    QCOMPARE(opened->file.diskState(), DiskState::Same);
    QVERIFY(!opened->file.isModified());
}

void TestDocumentFile::ignoredChange()
{
    QVERIFY(put(path("Dockerfile"), "FROM a\n"));
    const auto opened = make();
    QVERIFY(opened->file.open(path("Dockerfile")));
    QVERIFY(put(path("Dockerfile"), "FROM b\n"));
    opened->file.checkDisk();
    QCOMPARE(opened->file.diskState(), DiskState::Changed);
    opened->file.ignoreDiskChange();
    QCOMPARE(opened->file.diskState(), DiskState::Same);
    QVERIFY(opened->file.isModified());
    opened->file.checkDisk();
    QCOMPARE(opened->file.diskState(), DiskState::Same);
    QVERIFY(put(path("Dockerfile"), "FROM c\n"));
    opened->file.checkDisk();
    QCOMPARE(opened->file.diskState(), DiskState::Changed); // Another change is announced again.
    opened->file.ignoreDiskChange();
    QVERIFY(opened->file.save());
    QCOMPARE(contentOf(path("Dockerfile")), QByteArray("FROM a\n"));
}

void TestDocumentFile::reloadIsOneStep()
{
    QVERIFY(put(path("Dockerfile"), "FROM a\n"));
    const auto opened = make();
    QVERIFY(opened->file.open(path("Dockerfile")));
    opened->type("RUN mine\n");
    QVERIFY(put(path("Dockerfile"), "FROM b\n"));
    QVERIFY(opened->file.reload());
    QCOMPARE(opened->session.snapshot()->text().bytes(), std::string_view("FROM b\n"));
    QVERIFY(!opened->file.isModified());
    opened->session.undoStack()->undo();
    QCOMPARE(opened->session.snapshot()->text().bytes(), std::string_view("FROM a\nRUN mine\n"));
    QVERIFY(opened->file.isModified());
}

void TestDocumentFile::recoversAfterACrash()
{
    QVERIFY(put(path("Dockerfile"), "FROM a\r\n"));
    const QString recoveries = path("data/recovery");
    {
        const auto opened = make();
        QVERIFY(opened->file.open(path("Dockerfile")));
        opened->type("RUN \xF0\x9F\x90\xB3\r\n");
        QTRY_COMPARE(QDir(recoveries).entryList({QStringLiteral("*.recovery")}).size(), 1);
        // Nobody takes what an open document holds.
        QVERIFY(opened->file.recoveryStore().abandoned().empty());
        // The crash: the files as they are now, in the folder of the next run; the lock's process is gone.
        QDir(m_folder->path()).mkpath(QStringLiteral("next/recovery"));
        for (const QString &name : QDir(recoveries).entryList({QStringLiteral("*.recovery")}, QDir::Files))
            QVERIFY(QFile::copy(recoveries + u'/' + name, path("next/recovery/") + name));
    }
    const auto opened = std::make_unique<Opened>(m_linter, path("next"));
    const auto left = opened->file.recoveryStore().abandoned();
    QCOMPARE(left.size(), 1U);
    QCOMPARE(left[0].path, path("Dockerfile"));
    QVERIFY(opened->file.openRecovered(left[0]));
    QCOMPARE(opened->session.snapshot()->text().bytes(), std::string_view("FROM a\r\nRUN \xF0\x9F\x90\xB3\r\n"));
    QCOMPARE(opened->file.path(), path("Dockerfile"));
    QVERIFY(opened->file.isModified());
    QVERIFY(opened->file.recoveryStore().abandoned().empty()); // Claimed.
    opened->session.undoStack()->undo();
    QCOMPARE(opened->session.snapshot()->text().bytes(), std::string_view("FROM a\r\n"));
    opened->session.undoStack()->redo();
    QVERIFY(opened->file.save());
    QVERIFY(QDir(path("next/recovery")).entryList(QDir::Files).isEmpty());
}

void TestDocumentFile::recoveryIsRemoved()
{
    QVERIFY(put(path("Dockerfile"), "FROM a\n"));
    const auto files = [this] { return QDir(path("data/recovery")).entryList(QDir::Files); };
    auto opened = make();
    QVERIFY(opened->file.open(path("Dockerfile")));
    opened->type("RUN b\n");
    QTRY_VERIFY(!files().isEmpty());
    opened->session.undoStack()->undo(); // Nothing to recover any more.
    QTRY_VERIFY(files().isEmpty());
    opened->session.undoStack()->redo();
    QTRY_VERIFY(!files().isEmpty());
    opened.reset(); // Closed properly: the person decided.
    QVERIFY(files().isEmpty());
}

void TestDocumentFile::recoveryOfOthersIsLeft()
{
    const RecoveryStore store(path("shared"));
    const auto theirs = store.newSlot();
    QVERIFY(theirs && theirs->write(QStringLiteral("/x/Dockerfile"), "FROM a\n"));
    QVERIFY(store.abandoned().empty());
    store.discard(theirs->id());
    QVERIFY(!store.claim(theirs->id()));
    QVERIFY(store.read(theirs->id()).has_value());
    QVERIFY(!store.claim(QStringLiteral("../elsewhere")));
    const QFile::Permissions others = QFile::ReadGroup | QFile::ReadOther;
    for (const QFileInfo &info : QDir(path("shared")).entryInfoList({QStringLiteral("*.recovery")}))
        QVERIFY(!(info.permissions() & others));
}

void TestDocumentFile::positionsAreKept()
{
    QVERIFY(put(path("Dockerfile"), "FROM a AS x\n"));
    const std::map<QString, QPointF> positions{{QStringLiteral("stage:x"), {12.5, -3}}};
    {
        const auto opened = make();
        QVERIFY(opened->file.open(path("Dockerfile")));
        QVERIFY(opened->session.nodePositions().empty());
        opened->session.moveNodes(positions, QStringLiteral("Move"));
    }
    QVERIFY(QFile::link(path("Dockerfile"), path("link")));
    const auto opened = make();
    QVERIFY(opened->file.open(path("link"))); // The same file by another name.
    QCOMPARE(opened->session.nodePositions(), positions);
    QVERIFY(!opened->session.undoStack()->canUndo());
    QCOMPARE(contentOf(path("Dockerfile")), QByteArray("FROM a AS x\n"));
    opened->session.moveNodes({}, QStringLiteral("Automatic"));
    QVERIFY(opened->file.save());
    QVERIFY(QDir(path("data/layout")).entryList(QDir::Files).isEmpty());
}

void TestDocumentFile::ignoreFileIsRead()
{
    QVERIFY(put(path("Dockerfile"), "FROM scratch\nCOPY secret /\n"));
    QVERIFY(put(path(".dockerignore"), "secret\n"));
    QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("other")));
    const auto opened = make();
    const auto findings = [&] {
        return std::ranges::count(opened->session.diagnostics(), std::string("CopyIgnoredFile"), &Diagnostic::ruleId);
    };
    QVERIFY(opened->file.open(path("Dockerfile")));
    QCOMPARE(findings(), 1);
    AnalysisOptions options = opened->session.options();
    options.buildArgs["A"] = "b";
    opened->session.setOptions(options);
    QVERIFY(opened->file.saveAs(path("other/Dockerfile"))); // another folder, which leaves nothing out
    QCOMPARE(findings(), 0);
    QVERIFY(opened->session.options().buildArgs.contains("A"));
    QVERIFY(put(path("other/Dockerfile.dockerignore"), "sec*\n"));
    QVERIFY(opened->file.reload());
    QCOMPARE(findings(), 1);
}

void TestDocumentFile::brokenPositionsAreIgnored()
{
    const LayoutStore store(path("layout"));
    QVERIFY(store.write(QStringLiteral("/a"), {{{QStringLiteral("context"), {1, 2}}}, {}}));
    const QString file = path("layout/") + QDir(path("layout")).entryList(QDir::Files).constFirst();
    QVERIFY(put(file, R"({"file":"/a","nodes":{"context":[1e99,2],"stage:x":"no","image:y":[1],"ok":[3,4]}})"));
    QCOMPARE(store.read(QStringLiteral("/a")).positions, (std::map<QString, QPointF>{{QStringLiteral("ok"), {3, 4}}}));
    QVERIFY(put(file, "{ not json"));
    QCOMPARE(store.read(QStringLiteral("/a")), KeptView());
}

QTEST_MAIN(TestDocumentFile)
#include "test_documentfile.moc"
