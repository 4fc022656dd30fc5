// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/ImageTree.h"

#include <QTest>

using namespace stagewright::engine;

namespace {

LayerFile file(std::uint64_t bytes, std::uint32_t mode = 0644)
{
    LayerFile file;
    file.bytes = bytes;
    file.mode = mode;
    return file;
}

LayerFile folder(std::uint32_t mode = 0755)
{
    LayerFile folder;
    folder.kind = FileKind::Folder;
    folder.mode = mode;
    return folder;
}

LayerFile gone()
{
    LayerFile mark;
    mark.kind = FileKind::Other;
    mark.removed = true;
    return mark;
}

/// A base, a layer that adds a cache, one that replaces a file and takes the cache away.
ImageContents sample()
{
    ImageContents contents;
    contents.layers.push_back(
        {"base", {{"/bin", folder()}, {"/bin/sh", file(1000, 0755)}, {"/etc/passwd", file(40)}}, "ADD rootfs.tar"});
    contents.layers.push_back({"install",
                               {{"/app", folder()},
                                {"/app/main", file(500)},
                                {"/cache", folder()},
                                {"/cache/a", file(70)},
                                {"/cache/deep", folder()},
                                {"/cache/deep/b", file(30)}},
                               "RUN install"});
    contents.layers.push_back(
        {"clean", {{"/etc/passwd", file(44)}, {"/cache", gone()}, {"/bin", folder()}}, "RUN clean"});
    return contents;
}

const ImageNode *at(const ImageTree &tree, std::string_view path)
{
    const auto found = tree.find(path);
    return found ? &tree.node(*found) : nullptr;
}

} // namespace

class ImageTreeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everythingThatIsSeen();
    void foldersThatNoLayerMentions();
    void marksOfOneLayer();
    void marksAgainstTheBase();
    void childrenStandTogether();
    void survivesBeingMoved();
    void nothing();
    void whatIsTakenAwayLater();
    void aFolderThatIsEmptied();
};

void ImageTreeTest::everythingThatIsSeen()
{
    const ImageContents contents = sample();
    const ImageTree tree(contents, {.first = 0, .last = 2});
    QCOMPARE(tree.node(0).bytes, 1000U + 500U + 44U);
    QCOMPARE(tree.node(0).files, 3U);
    QVERIFY(!at(tree, "/cache"));
    QCOMPARE(at(tree, "/etc/passwd")->layer, 2U);
    QCOMPARE(at(tree, "/bin/sh")->layer, 0U);
    for (const ImageNode &node : tree.nodes())
        QVERIFY(!node.change);
}

void ImageTreeTest::foldersThatNoLayerMentions()
{
    const ImageContents contents = sample();
    const ImageTree tree(contents, {.first = 0, .last = 2});
    const ImageNode *etc = at(tree, "/etc");
    QVERIFY(etc);
    QCOMPARE(etc->kind, FileKind::Folder);
    QCOMPARE(etc->bytes, 44U);
    QCOMPARE(tree.path(*tree.find("etc/passwd")), std::string("/etc/passwd"));
}

void ImageTreeTest::marksOfOneLayer()
{
    const ImageContents contents = sample();
    const ImageTree tree(contents, {.first = 2, .last = 2, .onlyChanges = true});
    QCOMPARE(at(tree, "/etc/passwd")->change, Change::Changed);
    QCOMPARE(at(tree, "/cache")->change, Change::Removed);
    QCOMPARE(at(tree, "/cache/deep/b")->change, Change::Removed);
    QCOMPARE(at(tree, "/cache/deep/b")->layer, 1U);
    QCOMPARE(at(tree, "/cache/a")->bytes, 70U);
    QCOMPARE(at(tree, "/cache")->bytes, 0U); // what is gone weighs nothing
    QVERIFY(!at(tree, "/bin"));              // mentioned, and the same
    QVERIFY(!at(tree, "/app"));
    QVERIFY(!at(tree, "/etc")->change); // only there for the file in it
}

void ImageTreeTest::marksAgainstTheBase()
{
    const ImageContents contents = sample();
    const ImageTree tree(contents, {.first = 1, .last = 2});
    QCOMPARE(at(tree, "/app/main")->change, Change::Added);
    QCOMPARE(at(tree, "/etc/passwd")->change, Change::Changed);
    QVERIFY(!at(tree, "/bin/sh")->change);
    QVERIFY(!at(tree, "/cache")); // neither before nor after
    QCOMPARE(tree.node(0).bytes, 1544U);
}

void ImageTreeTest::childrenStandTogether()
{
    ImageContents contents;
    contents.layers.push_back(
        {"one", {{"/a", folder()}, {"/a-b", file(1)}, {"/a.c", file(2)}, {"/a/b", file(4)}, {"/a/c", file(8)}}, ""});
    const ImageTree tree(contents, {});
    std::vector<std::string> seen;
    const ImageNode &root = tree.node(0);
    for (const ImageNode &node : tree.nodes().subspan(root.firstChild, root.children))
        seen.emplace_back(node.name);
    QCOMPARE(seen, (std::vector<std::string>{"a", "a-b", "a.c"}));
    QCOMPARE(at(tree, "/a")->bytes, 12U);
    QCOMPARE(at(tree, "/a")->children, 2U);
    QVERIFY(!tree.find("/a/d"));
    QVERIFY(!tree.find("/a/b/x"));
}

void ImageTreeTest::survivesBeingMoved()
{
    ImageContents contents;
    contents.layers.push_back({"one", {{"/x", file(1)}}, ""});
    ImageTree tree(contents, {});
    const ImageTree moved = std::move(tree);
    contents.layers.clear();
    QCOMPARE(moved.path(1), std::string("/x"));
}

void ImageTreeTest::nothing()
{
    const ImageTree empty;
    QCOMPARE(empty.nodes().size(), 1U);
    QCOMPARE(empty.find("/"), std::optional<std::uint32_t>(0));
    const ImageTree none(ImageContents{}, {});
    QCOMPARE(none.node(0).bytes, 0U);
}

void ImageTreeTest::whatIsTakenAwayLater()
{
    const std::vector<LayerDeletion> found = deletions(sample());
    QCOMPARE(found.size(), 1U); // the replaced file is no deletion
    QCOMPARE(found.front().by, 2U);
    QCOMPARE(found.front().from, 1U);
    QCOMPARE(found.front().bytes, 100U);
    QCOMPARE(found.front().files, 2U);
}

void ImageTreeTest::aFolderThatIsEmptied()
{
    ImageContents contents = sample();
    LayerFile opaque = folder();
    opaque.opaque = true;
    contents.layers.push_back({"again", {{"/app", opaque}, {"/app/new", file(5)}}, ""});
    const std::vector<LayerDeletion> found = deletions(contents);
    QCOMPARE(found.size(), 2U);
    QCOMPARE(found.front().bytes, 500U);
    QCOMPARE(found.front().by, 3U);
    const ImageTree tree(contents, {.first = 3, .last = 3, .onlyChanges = true});
    QCOMPARE(at(tree, "/app/main")->change, Change::Removed);
    QCOMPARE(at(tree, "/app/new")->change, Change::Added);
}

QTEST_GUILESS_MAIN(ImageTreeTest)
#include "tst_image_tree.moc"
