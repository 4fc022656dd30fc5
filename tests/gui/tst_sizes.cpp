// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
// What a build measured, in the real window: tabs, cards, text and selection.
#include "WindowFixture.h"

#include "../panels/ImageFixture.h"
#include "../panels/SizesFixture.h"

#include "BottomTabs.h"
#include "SizePanels.h"
#include "engine/BuildHistory.h"
#include "graph/GraphScene.h"
#include "graph/GraphView.h"
#include "image/FilePreview.h"
#include "image/ImageFilesView.h"
#include "image/ImagePanel.h"
#include "image/ImageTreeModel.h"
#include "layers/EmptyState.h"
#include "layers/LayersPanel.h"
#include "layers/StageBars.h"
#include "text/CodeEdit.h"
#include "text/TextPane.h"

#include <QAction>
#include <QPushButton>
#include <QSignalSpy>
#include <QTextBlock>
#include <QTextDocument>
#include <QUndoStack>

using namespace stagewright;

class SizesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { f.reset(); }

    void beforeABuild();
    void aChosenBarIsChosenEverywhere();
    void cardsShowSizes();
    void anotherDocumentHasItsOwn();
    void anotherDocumentMeasuredTheImage();
    void editingAndUndo();
    void insideTheImage();

private:
    [[nodiscard]] DocumentSession &session() const { return f->page()->session(); }
    [[nodiscard]] InstructionId at(std::uint32_t line) const { return onLine(*session().snapshot(), line); }
    [[nodiscard]] LayersPanel &layers() const { return f->window->panels().sizes().layers(); }
    [[nodiscard]] ImagePanel &image() const { return f->window->panels().sizes().image(); }

    std::unique_ptr<WindowFixture> f;
};

void SizesTest::init()
{
    f = std::make_unique<WindowFixture>();
    QVERIFY(f->window->controller().openFile(
        f->write(QStringLiteral("Dockerfile"), QByteArray::fromStdString(sizesSample))));
}

void SizesTest::beforeABuild()
{
    f->window->actions().showLayers->trigger();
    QVERIFY(f->window->panels().bottom().isShown("layers"));
    QVERIFY(layers().isEmpty());
    QCOMPARE(layers().emptyState().title(), QStringLiteral("Nothing has been built yet"));
    QCOMPARE(layers().emptyState().button().text(), QStringLiteral("Build"));
    f->window->actions().showImage->trigger();
    QVERIFY(f->window->panels().bottom().isShown("image"));
    QVERIFY(image().isEmpty());
    // The catalogue knows the base: an estimate, and said to be one
    const NodeItem *card = f->page()->graph()->graphScene()->nodeItem(NodeRef::stage(StageId(0)));
    QVERIFY(card->view().size.isEmpty() || card->view().size.startsWith(u'≈') || card->view().size.startsWith(u'≥'));
}

void SizesTest::aChosenBarIsChosenEverywhere()
{
    session().setMeasuredBuild(measuredSample());
    f->window->panels().showBottom("layers");
    QVERIFY(!layers().isEmpty());
    layers().bars().setFocus();
    QTest::keyClick(&layers().bars(), Qt::Key_Home);
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(&layers().bars(), Qt::Key_Down);
    QCOMPARE(session().selection().instructions, std::vector{at(5)});
    QCOMPARE(f->window->panels().text()->editor().textCursor().blockNumber(), 4);
    const auto [card, row] = f->page()->graph()->graphScene()->rowOf(at(5));
    QVERIFY(card);
    QCOMPARE(card->state().selectedRows, std::vector<int>{row});
    // From the text into the bars
    CodeEdit &editor = f->window->panels().text()->editor();
    QTextCursor cursor(editor.document()->findBlockByNumber(12));
    editor.setTextCursor(cursor);
    QCOMPARE(layers().bars().current(), (StageBars::Part{1, 1}));
}

void SizesTest::cardsShowSizes()
{
    const int narrow = f->window->panels().text()->editor().gutterWidth();
    session().setMeasuredBuild(measuredSample());
    const NodeItem *card = f->page()->graph()->graphScene()->nodeItem(NodeRef::stage(StageId(0)));
    QCOMPARE(card->view().size, QStringLiteral("412 MB"));
    QCOMPARE(card->view().rows[3].aside, QStringLiteral("206 MB"));
    QVERIFY(f->window->panels().text()->editor().gutterWidth() > narrow);
}

void SizesTest::anotherDocumentHasItsOwn()
{
    session().setMeasuredBuild(measuredSample());
    DocumentPage *first = f->page();
    QVERIFY(f->window->controller().openFile(f->write(QStringLiteral("Other.Dockerfile"), "FROM scratch\n")));
    QVERIFY(layers().isEmpty());
    f->window->documents().activate(first);
    QVERIFY(!layers().isEmpty());
}

void SizesTest::anotherDocumentMeasuredTheImage()
{
    DocumentPage *first = f->page();
    const QByteArray text = "FROM ghcr.io/somebody/something:1\nLABEL a=b\n";
    QVERIFY(f->window->controller().openFile(f->write(QStringLiteral("Other.Dockerfile"), text)));
    const auto size
        = [this] { return f->page()->graph()->graphScene()->nodeItem(NodeRef::stage(StageId(0)))->view().size; };
    QCOMPARE(size(), QString()); // no catalogue knows this image
    DocumentPage *other = f->page();
    f->window->documents().activate(first);
    // A build of a third file, by the command line for instance
    engine::BuildRecord record;
    record.stages.push_back({.index = 0,
                             .name = {},
                             .bytes = 5,
                             .baseBytes = 25'000'000,
                             .base = "ghcr.io/somebody/something:1",
                             .instructions = {}});
    engine::BuildHistory history(f->folder.filePath(QStringLiteral("data/builds")),
                                 f->folder.filePath(QStringLiteral("x")));
    QVERIFY(history.append(record));
    f->window->documents().activate(other);
    QCOMPARE(size(), QStringLiteral("\u2248 25 MB"));
    f->window->actions().showLayers->trigger();
    QVERIFY2(layers().emptyState().text().contains(QStringLiteral("an estimate, not a measurement: \u2248 25 MB")),
             qPrintable(layers().emptyState().text()));
}

void SizesTest::editingAndUndo()
{
    session().setMeasuredBuild(measuredSample());
    CodeEdit &editor = f->window->panels().text()->editor();
    editor.setTextCursor(QTextCursor(editor.document()->findBlockByNumber(4)));
    QTest::keyClick(&editor, Qt::Key_End);
    QTest::keyClicks(&editor, QStringLiteral(" --x"));
    const auto size = [this] {
        return f->page()->graph()->graphScene()->nodeItem(NodeRef::stage(StageId(0)))->view().rows[3].aside;
    };
    QCOMPARE(size(), QString());
    QVERIFY(session().sizes().isOutdated());
    while (session().undoStack()->canUndo())
        session().undoStack()->undo();
    QCOMPARE(size(), QStringLiteral("206 MB"));
}

void SizesTest::insideTheImage()
{
    f->window->panels().showBottom("image");
    const auto contents = imageWithShell();
    std::vector<LayerOrigin> origins{{QStringLiteral("base"), InstructionId::None},
                                     {QStringLiteral("RUN npm ci"), at(5)},
                                     {QStringLiteral("RUN clean"), at(7)}};
    image().setImages({{QStringLiteral("stage-2"), StageRole::Final, 0}});
    QSignalSpy shown(&image(), &ImagePanel::treeShown);
    image().setContents(0, contents, std::move(origins));
    QVERIFY(shown.wait());
    QVERIFY(!image().isEmpty());
    f->prompts.copies.push_back({}); // cancelled: nothing happens
    const auto script = image().fileModel().tree().find("/app/main.js");
    QVERIFY(script);
    image().files().setCurrentIndex(image().fileModel().indexOf(*script));
    image().preview().saveButton().click();
    QVERIFY(f->prompts.copies.empty()); // it was asked where to
    QVERIFY(!image().grab().isNull());
}

QTEST_MAIN(SizesTest)
#include "tst_sizes.moc"
