// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
// Files and tabs of the real window: open, save, close, drop, change on disk, recover.
#include "WindowFixture.h"

#include <QAction>
#include <QDropEvent>
#include <QFileInfo>
#include <QMimeData>
#include <QPushButton>
#include <QTabBar>
#include <QUndoStack>

using namespace stagewright;
using Subject = MessageBars::Subject;

namespace {
// CRLF, trailing blanks, odd case, no newline at the end: what a careless editor would "clean up".
constexpr char odd[] = "# syntax=docker/dockerfile:1\r\nfrom node:22-alpine   as Build\r\nRUN  npm ci  \r\n\r\nFROM "
                       "scratch\r\nCOPY --from=build /a /a";
constexpr char plain[] = "FROM alpine:3.22\nRUN true\n";

QPushButton *buttonOf(MessageBar *bar, const QString &text)
{
    const auto buttons = bar->findChildren<QPushButton *>();
    for (QPushButton *button : buttons) {
        if (button->text() == text) {
            return button;
        }
    }
    return nullptr;
}
} // namespace

class DocumentsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { f = std::make_unique<WindowFixture>(); }
    void cleanup() { f.reset(); }

    void untouchedFileIsSavedByteForByte()
    {
        const QString path = f->write(QStringLiteral("Dockerfile"), odd);
        f->window->openFiles({path});
        QVERIFY(f->page());
        QVERIFY(!f->page()->file().isModified());
        f->window->actions().save->trigger();
        QCOMPARE(f->read(path), QByteArray(odd));
    }

    void editAndUndoGiveTheSameBytes()
    {
        const QString path = f->write(QStringLiteral("Dockerfile"), odd);
        f->window->openFiles({path});
        edit("RUN  npm ci", "RUN  npm install");
        QVERIFY(f->page()->file().isModified());
        QVERIFY(tabs()->tabText(0).contains(QStringLiteral("●")));
        f->window->actions().undo->trigger();
        QCOMPARE(f->text(), QByteArray(odd));
        QVERIFY(!f->page()->file().isModified());
        f->window->actions().redo->trigger();
        f->window->actions().save->trigger();
        QByteArray expected(odd);
        expected.replace("npm ci", "npm install");
        QCOMPARE(f->read(path), expected);
    }

    void severalFilesAndOnceOnly()
    {
        const QString a = f->write(QStringLiteral("a.Dockerfile"), plain);
        const QString b = f->write(QStringLiteral("b.Dockerfile"), plain);
        f->prompts.opens.push_back({a, b});
        f->window->actions().open->trigger();
        QCOMPARE(tabs()->count(), 2);
        f->window->openFiles({a});
        QCOMPARE(tabs()->count(), 2);
        QCOMPARE(f->page()->file().path(), a);
        f->window->actions().nextDocument->trigger();
        QCOMPARE(f->page()->file().path(), b);
        const auto recent = f->settings.recentFiles();
        QCOMPARE(recent.size(), 2U);
        QCOMPARE(recent.front().path, b);
    }

    void closingAsks()
    {
        const QString path = f->write(QStringLiteral("Dockerfile"), plain);
        f->window->openFiles({path});
        edit("true", "false");
        f->prompts.unsaved.push_back(Prompts::Unsaved::Cancel);
        f->window->actions().close->trigger();
        QVERIFY(f->page());
        QCOMPARE(f->prompts.asked, QStringList{QStringLiteral("Dockerfile")});
        f->prompts.unsaved.push_back(Prompts::Unsaved::Discard);
        f->window->actions().close->trigger();
        QVERIFY(!f->page());
        QCOMPARE(f->read(path), QByteArray(plain));

        f->window->openFiles({path});
        edit("true", "false");
        f->prompts.unsaved.push_back(Prompts::Unsaved::Save);
        QVERIFY(f->window->close());
        QVERIFY(f->read(path).contains("RUN false"));
    }

    void closingTheWindowCanBeCancelled()
    {
        f->window->actions().newFile->trigger();
        edit("", "FROM scratch\n");
        f->prompts.unsaved.push_back(Prompts::Unsaved::Save);
        f->prompts.saves.push_back({}); // the file dialog is cancelled
        QVERIFY(!f->window->close());
        QVERIFY(f->page());
        f->prompts.unsaved.push_back(Prompts::Unsaved::Discard);
        QVERIFY(f->window->close());
    }

    void newDocumentIsSavedWhereOneSays()
    {
        f->window->actions().newFile->trigger();
        edit("", "FROM scratch\n");
        const QString path = f->folder.filePath(QStringLiteral("New.Dockerfile"));
        f->prompts.saves.push_back(path);
        f->window->actions().save->trigger();
        QCOMPARE(f->read(path), QByteArray("FROM scratch\n"));
        QCOMPARE(f->page()->file().path(), path);
        QVERIFY(!f->window->isWindowModified());
        QCOMPARE(f->settings.recentFiles().front().path, path);
    }

    void filesAreDroppedAnywhere()
    {
        const QString a = f->write(QStringLiteral("a.Dockerfile"), plain);
        const QString b = f->write(QStringLiteral("b.Dockerfile"), plain);
        dropOn(f->window.get(), {a});
        QCOMPARE(tabs()->count(), 1);
        const auto viewports = f->window->findChildren<QWidget *>(QStringLiteral("qt_scrollarea_viewport"));
        QVERIFY(!viewports.isEmpty());
        dropOn(viewports.last(), {b}); // inside an editor or a view, which takes drops of its own
        QCOMPARE(tabs()->count(), 2);
        QCOMPARE(f->text(), QByteArray(plain));
    }

    void whatCannotBeOpenedIsSaid_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("opens");
        QTest::newRow("binary") << QByteArray("FROM\0\x01\x02scratch", 14) << false;
        QTest::newRow("latin1") << QByteArray("FROM scratch\n# caf\xe9\n") << true;
    }
    void whatCannotBeOpenedIsSaid()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, opens);
        const QString path = f->write(QStringLiteral("Dockerfile"), bytes);
        f->window->openFiles({path});
        if (opens) { // read-only, and says in which line
            QVERIFY(f->page()->session().isReadOnly());
            MessageBar *bar = f->page()->bars().bar(Subject::ReadOnly);
            QVERIFY(bar);
            QVERIFY2(bar->text().contains(QStringLiteral("2")), qPrintable(bar->text()));
            QVERIFY(!f->window->actions().save->isEnabled());
        } else {
            QVERIFY(!f->page());
            QVERIFY(f->window->documents().bars().bar(Subject::Open));
        }
        QCOMPARE(f->read(path), bytes);
    }

    void missingFilesAndFoldersAreSaid()
    {
        f->window->openFiles({f->folder.filePath(QStringLiteral("nothing")), f->folder.path()});
        QVERIFY(!f->page());
        MessageBar *bar = f->window->documents().bars().bar(Subject::Open);
        QVERIFY(bar);
        QCOMPARE(bar->text().count(QLatin1Char('\n')), 1); // one line for each
        const QString good = f->write(QStringLiteral("Dockerfile"), plain);
        f->window->openFiles({good});
        QVERIFY(!f->window->documents().bars().bar(Subject::Open));
    }

    void changeOnDiskIsNoticed()
    {
        const QString path = f->write(QStringLiteral("Dockerfile"), plain);
        f->window->openFiles({path});
        edit("true", "mine");
        f->write(QStringLiteral("Dockerfile"), "FROM alpine:3.22\nRUN theirs\n");
        f->page()->file().checkDisk();
        MessageBar *bar = f->page()->bars().bar(Subject::Disk);
        QVERIFY(bar);
        QVERIFY(buttonOf(bar, QStringLiteral("Keep mine")));

        buttonOf(bar, QStringLiteral("Show"))->click();
        QCOMPARE(tabs()->count(), 2);
        QVERIFY(f->text().contains("theirs"));
        QVERIFY(f->page()->session().isReadOnly());
        f->window->actions().close->trigger();

        bar = f->page()->bars().bar(Subject::Disk);
        QVERIFY(bar);
        buttonOf(bar, QStringLiteral("Reload"))->click();
        QVERIFY(f->text().contains("theirs"));
        f->window->actions().undo->trigger(); // nothing is lost
        QVERIFY(f->text().contains("mine"));
    }

    void savingOverSomebodyElseAsks()
    {
        const QString path = f->write(QStringLiteral("Dockerfile"), plain);
        f->window->openFiles({path});
        edit("true", "mine");
        f->write(QStringLiteral("Dockerfile"), "FROM alpine:3.22\nRUN theirs\n");
        f->window->actions().save->trigger();
        QVERIFY(f->read(path).contains("theirs"));
        MessageBar *bar = f->page()->bars().bar(Subject::Save);
        QVERIFY(bar);
        buttonOf(bar, QStringLiteral("Overwrite"))->click();
        QVERIFY(f->read(path).contains("mine"));
    }

    void keepingMineOverwritesWithTheNextSave()
    {
        const QString path = f->write(QStringLiteral("Dockerfile"), plain);
        f->window->openFiles({path});
        edit("true", "mine");
        f->write(QStringLiteral("Dockerfile"), "FROM alpine:3.22\nRUN theirs\n");
        f->page()->file().checkDisk();
        buttonOf(f->page()->bars().bar(Subject::Disk), QStringLiteral("Keep mine"))->click();
        QVERIFY(!f->page()->bars().bar(Subject::Disk));
        f->window->actions().save->trigger();
        QVERIFY(f->read(path).contains("mine"));
    }

    void crashIsRecovered()
    {
        const QString path = f->write(QStringLiteral("Dockerfile"), plain);
        // What a program that was killed leaves: a recovery file without a living owner.
        const QString store = f->folder.filePath(QStringLiteral("data/recovery"));
        {
            const RecoveryStore recoveries(store);
            const auto slot = recoveries.newSlot();
            QVERIFY(slot && slot->write(path, QByteArray("FROM alpine:3.22\nRUN unsaved\n")));
        }
        f->window->offerRecovery();
        MessageBar *bar = f->window->documents().bars().bar(Subject::Recovery);
        QVERIFY(bar);
        QVERIFY(bar->text().contains(path));
        buttonOf(bar, QStringLiteral("Recover"))->click();
        QVERIFY(f->page());
        QVERIFY(f->text().contains("unsaved"));
        QVERIFY(f->page()->file().isModified());
        QCOMPARE(f->page()->file().path(), path);
        QCOMPARE(f->read(path), QByteArray(plain));
        f->prompts.unsaved.push_back(Prompts::Unsaved::Discard);
        f->window->close();
        QVERIFY(RecoveryStore(store).abandoned().empty());
    }

    void revertIsOneStep()
    {
        const QString path = f->write(QStringLiteral("Dockerfile"), plain);
        f->window->openFiles({path});
        edit("true", "one");
        edit("one", "two");
        f->window->actions().revert->trigger();
        QCOMPARE(f->text(), QByteArray(plain));
        f->window->actions().undo->trigger();
        QVERIFY(f->text().contains("two"));
    }

    void windowRemembersWhereItWas()
    {
        f->window->openFiles({f->write(QStringLiteral("Dockerfile"), plain)});
        f->window->resize(780, 640); // the offscreen screen is 800 × 800
        const QSize size = f->window->size();
        auto *palette = f->window->findChild<QWidget *>(QStringLiteral("palette"));
        palette->hide();
        QVERIFY(f->window->close());
        f->makeWindow();
        f->window->restoreLayout();
        QCOMPARE(f->window->size(), size);
        f->window->openFiles({f->folder.filePath(QStringLiteral("Dockerfile"))});
        QVERIFY(f->window->findChild<QWidget *>(QStringLiteral("palette"))->isHidden());
        QVERIFY(!f->window->findChild<QWidget *>(QStringLiteral("inspector"))->isHidden());
    }

private:
    void edit(const char *what, const char *with)
    {
        const QByteArray bytes = f->text();
        const auto at = static_cast<Offset>(bytes.indexOf(what));
        EditTransaction transaction("Edit");
        transaction.replace({at, at + static_cast<Offset>(qstrlen(what))}, with);
        f->page()->session().push(transaction, Origin::Graph);
    }
    QTabBar *tabs() const { return f->window->findChild<QTabBar *>(QStringLiteral("documentTabs")); }
    static void dropOn(QWidget *target, const QStringList &paths)
    {
        QMimeData data;
        QList<QUrl> urls;
        for (const QString &path : paths) {
            urls << QUrl::fromLocalFile(path);
        }
        data.setUrls(urls);
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(target, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(target, &drop);
    }
    std::unique_ptr<WindowFixture> f;
};

QTEST_MAIN(DocumentsTest)
#include "tst_documents.moc"
