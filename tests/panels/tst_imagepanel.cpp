// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "ImageFixture.h"

#include "image/ExposureModel.h"
#include "image/FilePreview.h"
#include "image/ImageFilesView.h"
#include "image/ImagePanel.h"
#include "image/ImageTreeModel.h"
#include "image/WastedModel.h"
#include "layers/EmptyState.h"
#include "theme/Theme.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace stagewright;

namespace {

std::shared_ptr<const engine::ImageTree> treeOf(const engine::ImageContents &contents, engine::ImageScope scope)
{
    return std::make_shared<const engine::ImageTree>(contents, scope);
}

QStringList childrenOf(const ImageTreeModel &model, const QModelIndex &folder = {})
{
    QStringList names;
    for (int row = 0; row < model.rowCount(folder); ++row)
        names << model.index(row, 0, folder).data().toString();
    return names;
}

} // namespace

/// What is inside an image: models by themselves, and the panel as somebody uses it.
class ImagePanelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tree();
    void treeIsFiltered();
    void sortingKeepsWhatIsExpanded();
    void aHundredThousandFiles();
    void modes();
    void wasted();
    void exposure();
    void exposureOfUnknownPackages();
    void history();
    void previews();
    void asksForTheImageWhenShown();
    void layersAndFiles();
    void searching();
    void oneFile();
    void failedAndCancelled();
    void comparesWithTheBuilder();
    void anotherBuildForgets();

private:
    std::vector<LayerOrigin> originsOf(const engine::ImageContents &contents, std::size_t base)
    {
        std::vector<LayerOrigin> origins;
        for (std::size_t i = 0; i < contents.layers.size(); ++i)
            origins.push_back({plainHistory(QString::fromStdString(contents.layers[i].createdBy)),
                               i < base ? InstructionId::None : InstructionId(static_cast<int>(i))});
        return origins;
    }
    void give(ImagePanel &panel, int image, const std::shared_ptr<engine::ImageContents> &contents)
    {
        QSignalSpy inspected(&panel, &ImagePanel::inspected);
        QSignalSpy shown(&panel, &ImagePanel::treeShown);
        panel.setContents(image, contents, originsOf(*contents, 1));
        QVERIFY(inspected.wait());
        if (image == panel.image() && shown.isEmpty())
            QVERIFY(shown.wait());
    }

    Theme theme;
};

void ImagePanelTest::tree()
{
    ImageTreeModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto contents = imageWithShell();
    model.setTree(treeOf(*contents, {.first = 0, .last = 2}), {QStringLiteral("1"), QStringLiteral("2")});
    QCOMPARE(
        childrenOf(model),
        (QStringList{QStringLiteral("app"), QStringLiteral("bin"), QStringLiteral("sbin"), QStringLiteral("etc")}));
    model.sort(ImageTreeModel::NameColumn, Qt::AscendingOrder);
    QCOMPARE(childrenOf(model).front(), QStringLiteral("app"));
    QCOMPARE(childrenOf(model).back(), QStringLiteral("sbin"));
    const QModelIndex app = model.index(0, 0);
    QCOMPARE(app.siblingAtColumn(ImageTreeModel::SizeColumn).data().toString(), QStringLiteral("2.0 MB"));
    QCOMPARE(childrenOf(model, app), (QStringList{QStringLiteral("node_modules"), QStringLiteral("main.js")}));
    QCOMPARE(model.pathOf(model.index(1, 0, app)), QStringLiteral("/app/main.js"));

    model.setTree(treeOf(*contents, {.first = 2, .last = 2, .onlyChanges = true}), {});
    const auto removed = model.tree().find("/root/.npm/cache");
    QVERIFY(removed);
    const QModelIndex cache = model.indexOf(*removed);
    QCOMPARE(cache.siblingAtColumn(ImageTreeModel::ChangeColumn).data().toString(), QStringLiteral("removed"));
    QCOMPARE(cache.data(ImageTreeModel::ChangeRole).toInt(), static_cast<int>(engine::Change::Removed));
    QVERIFY(cache.data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("removed")));
    model.setTree(nullptr, {});
    QCOMPARE(model.rowCount(), 0);
}

void ImagePanelTest::treeIsFiltered()
{
    ImageTreeModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto contents = imageWithShell();
    model.setTree(treeOf(*contents, {.first = 0, .last = 2}), {});
    model.setFilter(QStringLiteral("MAIN"));
    QCOMPARE(model.matches(), 1);
    QCOMPARE(childrenOf(model), QStringList{QStringLiteral("app")});
    QCOMPARE(childrenOf(model, model.index(0, 0)), QStringList{QStringLiteral("main.js")});
    QCOMPARE(model.pathOf(model.firstMatches(5).front()), QStringLiteral("/app/main.js"));
    model.setFilter(QStringLiteral("node_modules")); // a folder, with what is in it
    QCOMPARE(model.matches(), 1);
    QCOMPARE(childrenOf(model, model.index(0, 0, model.index(0, 0))), QStringList{QStringLiteral("big.js")});
    model.setFilter(QStringLiteral("bin/sh"));
    QCOMPARE(model.matches(), 1);
    model.setFilter(QStringLiteral("nowhere"));
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.matches(), 0);
    model.setFilter({});
    QCOMPARE(model.rowCount(), 4);
}

void ImagePanelTest::sortingKeepsWhatIsExpanded()
{
    ImageTreeModel model;
    const auto contents = imageWithShell();
    model.setTree(treeOf(*contents, {.first = 0, .last = 2}), {});
    const QPersistentModelIndex script(model.indexOf(*model.tree().find("/app/main.js")));
    const QPersistentModelIndex folder(model.indexOf(*model.tree().find("/sbin")));
    for (const int column : {ImageTreeModel::NameColumn, ImageTreeModel::ModeColumn, ImageTreeModel::OwnerColumn,
                             ImageTreeModel::LayerColumn, ImageTreeModel::ChangeColumn, ImageTreeModel::SizeColumn}) {
        model.sort(column, Qt::DescendingOrder);
        model.sort(column, Qt::AscendingOrder);
        QCOMPARE(model.pathOf(script), QStringLiteral("/app/main.js"));
        QCOMPARE(model.pathOf(folder), QStringLiteral("/sbin"));
        QCOMPARE(model.index(folder.row(), 0), QModelIndex(folder));
    }
}

void ImagePanelTest::aHundredThousandFiles()
{
    engine::ImageContents contents;
    contents.layers.resize(1);
    engine::FileTree &files = contents.layers.front().files;
    for (int folder = 0; folder < 1000; ++folder) {
        const std::string path = "/usr/lib/d" + std::to_string(folder);
        files.emplace(path, plainFolder());
        for (int file = 0; file < 100; ++file)
            files.emplace(path + "/f" + std::to_string(file), plainFile(static_cast<std::uint64_t>(file)));
    }
    ImageTreeModel model;
    model.setTree(treeOf(contents, {}), {});
    QCOMPARE(model.tree().node(0).files, 100'000U);
    const QModelIndex lib = model.indexOf(*model.tree().find("/usr/lib"));
    QCOMPARE(model.rowCount(lib), 1000);
    model.setFilter(QStringLiteral("f99"));
    QCOMPARE(model.matches(), 1000);
    QCOMPARE(model.firstMatches(10).size(), 10);
}

void ImagePanelTest::modes()
{
    QCOMPARE(modeText(0755), QStringLiteral("rwxr-xr-x"));
    QCOMPARE(modeText(04755), QStringLiteral("rwsr-xr-x"));
    QCOMPARE(modeText(02640), QStringLiteral("rw-r-S---"));
    QCOMPARE(modeText(01777), QStringLiteral("rwxrwxrwt"));
}

void ImagePanelTest::wasted()
{
    WastedModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setPaths(imageWithShell()->wasted());
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.pathAt(0), QStringLiteral("/root/.npm/cache"));
    QCOMPARE(model.index(0, WastedModel::BytesColumn).data().toString(), QStringLiteral("700 kB"));
    QCOMPARE(model.index(1, WastedModel::CopiesColumn).data().toString(), QStringLiteral("2"));
}

void ImagePanelTest::exposure()
{
    ExposureModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setImages(imageWithoutShell()->exposure(), QStringLiteral("stage-2"), imageWithShell()->exposure(),
                    QStringLiteral("build"));
    const auto row = [&](int r) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells << model.index(r, column).data().toString();
        return cells;
    };
    QCOMPARE(row(0),
             (QStringList{QStringLiteral("Shell"), QStringLiteral("/bin/sh"), QStringLiteral("none"),
                          QStringLiteral("gone")}));
    QCOMPARE(row(1)[1], QStringLiteral("apk"));
    QCOMPARE(row(3),
             (QStringList{QStringLiteral("Executables"), QStringLiteral("3"), QStringLiteral("1"),
                          QStringLiteral("−67 %")}));
    QCOMPARE(row(4)[3], QStringLiteral("−100 %"));
    QCOMPARE(row(6)[2], QStringLiteral("nonroot"));
    QCOMPARE(model.index(0, 0).data(ExposureModel::ToneRole).toInt(), static_cast<int>(ExposureModel::Tone::Good));
    QVERIFY(model.headline().startsWith(QStringLiteral("Smaller attack surface than build: 67 % fewer executables")));
    // The other way round it is no smaller
    model.setImages(imageWithShell()->exposure(), QStringLiteral("b"), imageWithoutShell()->exposure(),
                    QStringLiteral("a"));
    QCOMPARE(row(0)[3], QStringLiteral("new"));
    QVERIFY(!model.headline().contains(QStringLiteral("Smaller")));
    model.setImages(std::nullopt, {}, std::nullopt, {});
    QCOMPARE(model.rowCount(), 0);
}

void ImagePanelTest::exposureOfUnknownPackages()
{
    engine::Exposure rpm;
    rpm.packages = std::nullopt;
    ExposureModel model;
    model.setImages(rpm, QStringLiteral("a"), imageWithShell()->exposure(), QStringLiteral("b"));
    QCOMPARE(model.index(2, ExposureModel::FinalColumn).data().toString(), QStringLiteral("unknown"));
    QCOMPARE(model.index(2, ExposureModel::ChangeColumn).data().toString(), QString());
}

void ImagePanelTest::history()
{
    QCOMPARE(plainHistory(QStringLiteral("RUN /bin/sh -c npm ci # buildkit")), QStringLiteral("RUN npm ci"));
    QCOMPARE(plainHistory(QStringLiteral("RUN |1 A=1 /bin/sh -c make # buildkit")), QStringLiteral("RUN make"));
    QCOMPARE(plainHistory(QStringLiteral("/bin/sh -c #(nop) ADD file:ab in / ")), QStringLiteral("ADD file:ab in /"));
    QCOMPARE(plainHistory(QStringLiteral("COPY /app /app # buildkit")), QStringLiteral("COPY /app /app"));
    QCOMPARE(plainHistory({}), QString());
}

void ImagePanelTest::previews()
{
    QVERIFY(looksLikeText("a\nb\xC3\xA4"));
    QVERIFY(looksLikeText("a\nb\xC3")); // cut off in a character
    QVERIFY(looksLikeText({}));
    QVERIFY(!looksLikeText(QByteArray("\x7f"
                                      "ELF\0\0",
                                      6)));
    QVERIFY(!looksLikeText("\xFF\xFE\xFA\xFB\xFC"));
    const QString dump = hexDump(QByteArray("ELF\0!", 5), 100);
    QVERIFY(dump.startsWith(QStringLiteral("00000000  45 4c 46 00 21 ")));
    QVERIFY(dump.contains(QStringLiteral(" ELF.!")));
    QCOMPARE(hexDump(QByteArray(64, 'x'), 32).count(u'\n'), 2);
}

void ImagePanelTest::asksForTheImageWhenShown()
{
    ImagePanel panel(theme);
    QSignalSpy wanted(&panel, &ImagePanel::readRequested);
    panel.setImages({{QStringLiteral("stage-1"), StageRole::Final, 131'000'000}});
    QVERIFY(wanted.isEmpty()); // nobody looks yet
    QVERIFY(panel.isEmpty());
    panel.resize(1000, 300);
    panel.show();
    QCOMPARE(wanted.size(), 1);
    panel.setReading(0, 40'000'000);
    QVERIFY(panel.emptyState().isBusy());
    QVERIFY(panel.emptyState().text().contains(QStringLiteral("40 MB")));
    QSignalSpy cancelled(&panel, &ImagePanel::cancelRequested);
    panel.emptyState().button().click();
    QCOMPARE(cancelled.size(), 1);
    give(panel, 0, imageWithShell());
    QVERIFY(!panel.isEmpty());
}

void ImagePanelTest::layersAndFiles()
{
    ImagePanel panel(theme);
    panel.setImages({{QStringLiteral("stage-1"), StageRole::Final, 0}});
    panel.resize(1000, 300);
    panel.show();
    give(panel, 0, imageWithShell());
    // What the file does to its base comes first: the base is known
    QCOMPARE(panel.layerBox().currentIndex(), 1);
    QVERIFY(!panel.fileModel().tree().find("/bin/sh"));
    QVERIFY(panel.fileModel().tree().find("/app/main.js"));
    QSignalSpy shown(&panel, &ImagePanel::treeShown);
    QSignalSpy chosen(&panel, &ImagePanel::layerChosen);
    panel.layerBox().setCurrentIndex(4);
    QVERIFY(shown.wait());
    QCOMPARE(chosen.front().front().value<InstructionId>(), InstructionId(2));
    const auto cache = panel.fileModel().tree().find("/root/.npm/cache");
    QVERIFY(cache);
    QVERIFY(panel.fileModel().tree().node(*cache).isRemoved());
    panel.files().setCurrentIndex(panel.fileModel().indexOf(*cache));
    QVERIFY(!panel.preview().saveButton().isVisible()); // it is not there any more
    panel.layerBox().setCurrentIndex(0);
    QVERIFY(shown.wait());
    QVERIFY(panel.fileModel().tree().find("/bin/sh"));
    QVERIFY(panel.factsText().contains(QStringLiteral("% efficient · 712 kB wasted")));
}

void ImagePanelTest::searching()
{
    ImagePanel panel(theme);
    panel.setImages({{QStringLiteral("stage-1"), StageRole::Final, 0}});
    panel.resize(1000, 300);
    panel.show();
    give(panel, 0, imageWithShell());
    panel.filter().setFocus();
    QTest::keyClicks(&panel.filter(), QStringLiteral("big"));
    QTRY_COMPARE(panel.fileModel().matches(), 1);
    QCOMPARE(panel.factsText(), QStringLiteral("1 match"));
    const QModelIndex found = panel.fileModel().firstMatches(1).front();
    QVERIFY(panel.files().isExpanded(found.parent()));
    QTest::keyClick(&panel.filter(), Qt::Key_Return);
    QCOMPARE(panel.files().currentIndex(), found);
    panel.filter().clear();
    QTRY_VERIFY(panel.fileModel().matches() > 1);
}

void ImagePanelTest::oneFile()
{
    ImagePanel panel(theme);
    panel.setImages({{QStringLiteral("stage-1"), StageRole::Final, 0}});
    panel.resize(1000, 300);
    panel.show();
    give(panel, 0, imageWithShell());
    QSignalSpy wanted(&panel, &ImagePanel::fileRequested);
    QSignalSpy saved(&panel, &ImagePanel::saveRequested);
    const QString path = QStringLiteral("/app/main.js");
    panel.files().setCurrentIndex(panel.fileModel().indexOf(*panel.fileModel().tree().find("/app/main.js")));
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.front()[1].toString(), path);
    panel.showFile(0, QStringLiteral("/other"), "no"); // came too late
    QCOMPARE(panel.preview().text(), QString());
    panel.showFile(0, path, "console.log(1)\n");
    QCOMPARE(panel.preview().text(), QStringLiteral("console.log(1)\n"));
    panel.showFile(0, path, QByteArray("\0\1", 2));
    QVERIFY(panel.preview().text().startsWith(QStringLiteral("00000000  00 01")));
    panel.preview().saveButton().click();
    QCOMPARE(saved.front()[1].toString(), path);
    panel.files().setCurrentIndex(panel.fileModel().indexOf(*panel.fileModel().tree().find("/app")));
    QVERIFY(panel.preview().path().isEmpty());
    QCOMPARE(wanted.size(), 1);
}

void ImagePanelTest::failedAndCancelled()
{
    ImagePanel panel(theme);
    QCOMPARE(panel.emptyState().title(), QStringLiteral("No image to look into yet"));
    panel.setNotice(QStringLiteral("circle-x"), QStringLiteral("No engine was found"), QStringLiteral("Install one"));
    QCOMPARE(panel.emptyState().title(), QStringLiteral("No engine was found"));
    panel.setImages({{QStringLiteral("stage-1"), StageRole::Final, 0}});
    panel.show();
    panel.setFailed(0, QStringLiteral("no such image"));
    QVERIFY(panel.isEmpty());
    QCOMPARE(panel.emptyState().text(), QStringLiteral("no such image"));
    QSignalSpy wanted(&panel, &ImagePanel::readRequested);
    panel.emptyState().button().click(); // again
    QCOMPARE(wanted.size(), 1);
}

void ImagePanelTest::comparesWithTheBuilder()
{
    ImagePanel panel(theme);
    panel.setImages(
        {{QStringLiteral("stage-2"), StageRole::Final, 0}, {QStringLiteral("build"), StageRole::Builder, 0}});
    panel.show();
    give(panel, 0, imageWithoutShell());
    QSignalSpy wanted(&panel, &ImagePanel::readRequested);
    panel.setView(ImagePanel::View::Exposure);
    QCOMPARE(wanted.size(), 1); // the builder is read only when somebody compares
    QCOMPARE(wanted.front().front().toInt(), 1);
    give(panel, 1, imageWithShell());
    QVERIFY(panel.exposureModel().headline().contains(QStringLiteral("no shell")));
    QCOMPARE(panel.image(), 0);
    panel.setImage(1);
    QTRY_VERIFY(panel.fileModel().tree().find("/app/node_modules"));
    QCOMPARE(wanted.size(), 1); // it is there already
}

void ImagePanelTest::anotherBuildForgets()
{
    ImagePanel panel(theme);
    panel.setImages({{QStringLiteral("stage-1"), StageRole::Final, 0}});
    panel.show();
    panel.setContents(0, imageWithShell(), {});
    panel.setImages({{QStringLiteral("other"), StageRole::Final, 0}}); // before the first was worked out
    QSignalSpy inspected(&panel, &ImagePanel::inspected);
    QVERIFY(!inspected.wait(100));
    QVERIFY(!panel.read(0));
    panel.setImages({});
    QVERIFY(panel.isEmpty());
}

QTEST_MAIN(ImagePanelTest)
#include "tst_imagepanel.moc"
