// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
// The real window with mouse and keys: text and graph follow each other, fixes, undo, target, themes.
#include "WindowFixture.h"

#include "graph/GraphScene.h"
#include "graph/GraphView.h"
#include "panels/FixPopup.h"
#include "panels/PalettePanel.h"
#include "panels/PropertiesPanel.h"
#include "panels/PropertyForm.h"
#include "panels/StartPage.h"
#include "text/CodeEdit.h"
#include "text/TextPane.h"

#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QDockWidget>
#include <QImage>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QUndoStack>

#include <set>

using namespace stagewright;

namespace {

constexpr char three[] = "FROM node:22-alpine AS build\n"
                         "WORKDIR /app\n"
                         "RUN npm ci\n"
                         "\n"
                         "FROM build AS test\n"
                         "RUN npm test\n"
                         "\n"
                         "FROM gcr.io/distroless/nodejs22-debian12\n"
                         "COPY --from=build /app /app\n"
                         "RUN mkdir /data\n"
                         "CMD [\"/app/server.js\"]\n";

bool hasShellError(const DocumentSession &session)
{
    return std::ranges::any_of(session.diagnostics(), [](const Diagnostic &d) {
        return d.severity == Severity::Error && d.ruleId.starts_with("SW");
    });
}

/// How many colours a picture has, at most @p most: a window that was not painted has one.
std::size_t coloursIn(const QImage &image, std::size_t most)
{
    std::set<QRgb> colours;
    for (int y = 0; y < image.height() && colours.size() < most; y += 3) {
        for (int x = 0; x < image.width() && colours.size() < most; x += 3) {
            colours.insert(image.pixel(x, y));
        }
    }
    return colours.size();
}

} // namespace

class MainWindowTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        f = std::make_unique<WindowFixture>();
        path = f->write(QStringLiteral("Dockerfile"), three);
    }
    void cleanup()
    {
        QTest::qWait(0); // deferred deletes see a live window
        f.reset();
    }

    void startPageFirstThenDocks()
    {
        QVERIFY(f->window->documents().startPage().isVisible());
        QVERIFY(!dock("palette")->isVisible());
        f->window->openFiles({path});
        QVERIFY(dock("palette")->isVisible());
        QVERIFY(dock("inspector")->isVisible());
        QVERIFY(!f->window->documents().startPage().isVisible());
        f->window->actions().close->trigger();
        QVERIFY(!dock("palette")->isVisible());
        QVERIFY(f->window->documents().startPage().isVisible());
    }

    void templateOpensFromItsCard()
    {
        StartPage &start = f->window->documents().startPage();
        QVERIFY(start.shownTemplates() >= 4);
        auto *card = start.findChild<QAbstractButton *>(QStringLiteral("template-node-distroless-broken"));
        QVERIFY(card);
        card->click();
        QVERIFY(f->page());
        QVERIFY(hasShellError(f->page()->session()));
        QVERIFY(!f->page()->file().isModified());
    }

    void typingChangesTheGraphInTheSameEvent()
    {
        open();
        CodeEdit &editor = f->window->panels().text()->editor();
        const int end = static_cast<int>(editor.toPlainText().size());
        QTextCursor cursor = editor.textCursor();
        cursor.setPosition(end);
        editor.setTextCursor(cursor);
        editor.setFocus();
        QCOMPARE(graph()->graphScene()->nodeItem(NodeRef::stage(static_cast<StageId>(3))), nullptr);
        QTest::keyClicks(&editor, QStringLiteral("FROM scratch"));
        // No event loop ran since the last key.
        QVERIFY(graph()->graphScene()->nodeItem(NodeRef::stage(static_cast<StageId>(3))));
        QVERIFY(f->window->statusLine().summary().startsWith(QStringLiteral("4 stages")));
        QVERIFY(f->text().endsWith("FROM scratch"));
    }

    void draggingAConnectionChangesTheText_data()
    {
        QTest::addColumn<int>("beside");
        QTest::newRow("on the card") << 3;
        QTest::newRow("on the half of the port that is outside") << -3;
    }

    void draggingAConnectionChangesTheText()
    {
        QFETCH(int, beside);
        open();
        const QPoint from = graph()->mapFromScene(stage(1)->outPort());
        const QPoint to = graph()->mapFromScene(stage(2)->inPort(1)) + QPoint(beside, 0); // the COPY
        QTest::mousePress(graph()->viewport(), Qt::LeftButton, Qt::NoModifier, from);
        QTest::mouseMove(graph()->viewport(), from + QPoint(20, 10));
        QTest::mouseMove(graph()->viewport(), (from + to) / 2);
        QTest::mouseMove(graph()->viewport(), to);
        QTest::mouseRelease(graph()->viewport(), Qt::LeftButton, Qt::NoModifier, to);
        QByteArray expected(three);
        expected.replace("COPY --from=build", "COPY --from=test");
        QCOMPARE(f->text(), expected);
        QCOMPARE(f->window->panels().text()->editor().toPlainText(), QString::fromUtf8(expected));
        QVERIFY(f->window->actions().undo->isEnabled());
        f->window->actions().undo->trigger();
        QCOMPARE(f->text(), QByteArray(three));
    }

    void fixFromThePopupAndBack()
    {
        open();
        QVERIFY(hasShellError(f->page()->session()));
        select("RUN mkdir /data");
        graph()->setFocus();
        f->window->actions().quickFix->trigger();
        FixPopup *popup = nullptr;
        QTRY_VERIFY((popup = f->window->findChild<FixPopup *>()) != nullptr);
        QVERIFY(!popup->fixes().empty());
        popup->apply(0);
        QVERIFY(!hasShellError(f->page()->session()));
        QVERIFY(f->text() != QByteArray(three));
        QVERIFY(f->window->actions().undo->text().size() > 5); // names the step
        f->window->actions().undo->trigger();
        QCOMPARE(f->text(), QByteArray(three));
        QVERIFY(hasShellError(f->page()->session()));
    }

    void manyEditsUndoToTheOriginalBytes()
    {
        open();
        Actions &a = f->window->actions();
        selectStage(0);
        a.duplicateStage->trigger();
        selectStage(1);
        a.moveStageDown->trigger();
        type(QStringLiteral("# hello\n"));
        f->window->panels().palette().findChild<QLineEdit *>()->setText(QStringLiteral("user"));
        Q_EMIT f->window->panels().palette().instructionActivated(QStringLiteral("USER 1000"));
        Q_EMIT f->window->panels().palette().imageActivated(QStringLiteral("alpine:3.22"));
        QVERIFY(f->text().contains("FROM alpine:3.22 AS stage"));
        QVERIFY(f->text().contains("USER 1000"));
        a.save->trigger();
        QCOMPARE(f->read(path), f->text());
        int steps = 0;
        while (a.undo->isEnabled() && steps < 100) {
            a.undo->trigger();
            ++steps;
        }
        QVERIFY(steps >= 4);
        QCOMPARE(f->text(), QByteArray(three));
        QVERIFY(f->page()->file().isModified()); // it is not what was saved last
        a.save->trigger();
        QCOMPARE(f->read(path), QByteArray(three));
    }

    void targetDimsWithoutChangingTheText()
    {
        open();
        auto *box = f->window->findChild<QComboBox *>(QStringLiteral("targetBox"));
        QCOMPARE(box->count(), 4); // default and three stages
        QVERIFY(stage(1)->view().dimmed);
        box->setCurrentIndex(box->findData(QStringLiteral("test")));
        Q_EMIT box->activated(box->currentIndex());
        QVERIFY(!stage(1)->view().dimmed);
        QVERIFY(stage(2)->view().dimmed);
        QCOMPARE(f->text(), QByteArray(three));
        QVERIFY(!f->page()->file().isModified());
        selectStage(1);
        QVERIFY(f->window->actions().setTarget->isChecked());
        f->window->actions().setTarget->trigger(); // off: the default again
        QVERIFY(stage(1)->view().dimmed);
    }

    void deletingAUsedStageAsks()
    {
        open();
        selectStage(0);
        f->prompts.confirms.push_back(false);
        f->window->actions().deleteStage->trigger();
        QCOMPARE(f->text(), QByteArray(three));
        f->prompts.confirms.push_back(true);
        f->window->actions().deleteStage->trigger();
        QVERIFY(!f->text().contains("AS build"));
        f->window->actions().undo->trigger();
        QCOMPARE(f->text(), QByteArray(three));
    }

    void copyAndPasteGoWhereTheFocusIs()
    {
        open();
        CodeEdit &editor = f->window->panels().text()->editor();
        editor.setFocus();
        QTRY_VERIFY(editor.hasFocus());
        f->window->actions().selectAll->trigger();
        QCOMPARE(editor.textCursor().selectedText().size(), editor.toPlainText().size());
        f->window->actions().copy->trigger();
        f->window->actions().newFile->trigger();
        CodeEdit &other = f->window->panels().text()->editor();
        other.setFocus();
        QTRY_VERIFY(other.hasFocus());
        f->window->actions().paste->trigger();
        QCOMPARE(f->text(), QByteArray(three));
        f->prompts.unsaved.push_back(Prompts::Unsaved::Discard);
        f->window->actions().close->trigger();
        QCOMPARE(f->text(), QByteArray(three));
    }

    void formatIsOneStep()
    {
        const QString messy = f->write(QStringLiteral("messy.Dockerfile"), "from alpine:3.22   \n\n\n\nrun true\n");
        f->window->openFiles({messy});
        f->window->actions().format->trigger();
        QVERIFY2(f->text().contains("FROM alpine:3.22\n"), f->text().constData());
        QCOMPARE(f->page()->session().undoStack()->count(), 1);
        f->window->actions().undo->trigger();
        QCOMPARE(f->text(), QByteArray("from alpine:3.22   \n\n\n\nrun true\n"));
    }

    void propertiesOfWhatIsSelected()
    {
        open();
        select("COPY --from=build /app /app");
        f->window->panels().showProperties();
        auto *source
            = qobject_cast<QLineEdit *>(f->window->panels().properties().form().editor(QStringLiteral("source")));
        QVERIFY(source);
        QVERIFY(source->isVisible());
        source->setFocus();
        source->selectAll();
        QTest::keyClicks(source, QStringLiteral("/app/dist"));
        QTest::keyClick(source, Qt::Key_Return);
        QVERIFY(f->text().contains("COPY --from=build /app/dist /app\n"));
        f->window->actions().undo->trigger();
        QCOMPARE(f->text(), QByteArray(three));
    }

    void exportWritesPictures()
    {
        open();
        for (const char *suffix : {"svg", "png", "pdf"}) {
            const QString picture = f->folder.filePath(QStringLiteral("graph.") + QString::fromLatin1(suffix));
            f->prompts.exports.push_back(picture);
            f->window->actions().exportGraph->trigger();
            QVERIFY2(f->read(picture).size() > 500, suffix);
        }
    }

    void docksFollowTheDocument()
    {
        open();
        const QString other = f->write(QStringLiteral("other.Dockerfile"), "FROM scratch\n");
        f->window->openFiles({other});
        QCOMPARE(f->window->panels().text()->editor().toPlainText(), QStringLiteral("FROM scratch\n"));
        QVERIFY(f->window->statusLine().summary().startsWith(QStringLiteral("1 stage,")));
        f->window->actions().previousDocument->trigger();
        QVERIFY(f->window->panels().text()->editor().toPlainText().contains(QStringLiteral("npm ci")));
        type(QStringLiteral("# x\n"));
        QVERIFY(f->text().startsWith("# x\n"));
        f->window->actions().nextDocument->trigger();
        QVERIFY(!f->window->actions().undo->isEnabled()); // each document has its own
    }

    void helpOpens()
    {
        f->window->actions().shortcuts->trigger();
        QVERIFY(f->window->findChild<QDialog *>());
        f->window->findChild<QDialog *>()->close();
        QTest::qWait(0);
        f->window->actions().about->trigger();
        auto *about = f->window->findChild<QDialog *>();
        QVERIFY(about && about->isVisible());
        about->close();
    }

    void noTwoCommandsHaveTheSameKeys()
    {
        QHash<QString, QString> owners;
        const auto actions = f->window->actions().findChildren<QAction *>();
        for (const QAction *action : actions) {
            const auto keys = action->shortcuts();
            for (const QKeySequence &key : keys) {
                QVERIFY2(!owners.contains(key.toString()),
                         qPrintable(action->text() + QStringLiteral(" and ") + owners.value(key.toString())));
                owners.insert(key.toString(), action->text());
            }
        }
        QVERIFY(owners.size() > 25);
    }

    void picturesInBothThemes_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QSize>("size");
        QTest::newRow("light") << false << QSize(1600, 1000);
        QTest::newRow("dark") << true << QSize(1600, 1000);
        QTest::newRow("light-small") << false << QSize(1200, 800);
        QTest::newRow("dark-small") << true << QSize(1200, 800);
    }
    void picturesInBothThemes()
    {
        QFETCH(bool, dark);
        QFETCH(QSize, size);
        applyTheme(f->theme);
        f->theme.setMode(dark ? ThemeMode::Dark : ThemeMode::Light);
        f->window->resize(size);
        const QImage start = grab("start");
        open();
        select("RUN mkdir /data");
        f->window->panels().showText();
        const QImage text = grab("document");
        select("COPY --from=build /app /app");
        f->window->panels().showProperties();
        const QImage properties = grab("properties");
        for (const QImage &image : {start, text, properties}) {
            QCOMPARE(image.size(), size);
            QVERIFY(coloursIn(image, 200) > 60);
            const QColor corner = image.pixelColor(2, 2); // of the menu bar
            QCOMPARE(corner.name(), tokensFor(dark).window.name());
        }
        QVERIFY(text != properties);
        // The graph keeps more than a third of the width also in a small window.
        QVERIFY(graph()->width() * 3 > size.width());
        QApplication::setStyle(QStringLiteral("Fusion")); // the style looks at this theme
    }

private:
    void open()
    {
        f->window->openFiles({path});
        QVERIFY(QTest::qWaitForWindowActive(f->window.get()));
        QTRY_VERIFY(graph()->width() > 300);
        graph()->fitAll();
    }
    [[nodiscard]] GraphView *graph() const { return f->page()->graph(); }
    [[nodiscard]] QDockWidget *dock(const char *name) const
    {
        return f->window->findChild<QDockWidget *>(QString::fromLatin1(name));
    }
    [[nodiscard]] NodeItem *stage(int index) const
    {
        return graph()->graphScene()->nodeItem(NodeRef::stage(static_cast<StageId>(index)));
    }
    void selectStage(int index)
    {
        Selection selection;
        selection.nodes.push_back({NodeKind::Stage, index});
        f->page()->session().select(selection, this);
    }
    void select(const char *text)
    {
        const auto at = static_cast<Offset>(f->text().indexOf(text));
        f->page()->session().reveal({at, at + static_cast<Offset>(qstrlen(text))}, this);
    }
    /// At the start of the text, with keys.
    void type(const QString &text)
    {
        CodeEdit &editor = f->window->panels().text()->editor();
        editor.setFocus();
        editor.moveCursor(QTextCursor::Start);
        for (const QChar c : text) {
            c == QLatin1Char('\n') ? QTest::keyClick(&editor, Qt::Key_Return) : QTest::keyClicks(&editor, c);
        }
    }
    /// With STAGEWRIGHT_SCREENSHOTS set to a folder, also writes the picture there, to be looked at.
    QImage grab(const char *name)
    {
        QTest::qWait(50); // lets the layout and the first fit happen
        const QImage image = f->window->grab().toImage();
        if (const QString target = qEnvironmentVariable("STAGEWRIGHT_SCREENSHOTS"); !target.isEmpty()) {
            image.save(QStringLiteral("%1/%2-%3.png")
                           .arg(target, QString::fromLatin1(QTest::currentDataTag()), QString::fromLatin1(name)));
        }
        return image;
    }

    std::unique_ptr<WindowFixture> f;
    QString path;
};

QTEST_MAIN(MainWindowTest)
#include "tst_mainwindow.moc"
