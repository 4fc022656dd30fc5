// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/ImageArchive.h"

#include <QFile>
#include <QTest>

#include <archive.h>
#include <archive_entry.h>

#include <cstring>
#include <vector>

using namespace stagewright::engine;

/// Saved images, made here with libarchive, read as a stream.
class ImageContentsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void layersInOrder_data();
    void layersInOrder();
    void whiteouts();
    void waste();
    void exposure();
    void packagesOfRpm();
    void noShell();
    void linkedFolders();
    void oneFile();
    void damaged();
};

namespace {

struct File
{
    std::string path;
    std::string text;
    std::uint32_t mode = 0644;
    std::string link{}; ///< Symbolic.
};

std::string tarOf(const std::vector<File> &files, bool gzip = false)
{
    std::string bytes(8 << 20, '\0');
    std::size_t used = 0;
    archive *a = archive_write_new();
    archive_write_set_format_pax_restricted(a);
    if (gzip)
        archive_write_add_filter_gzip(a);
    archive_write_open_memory(a, bytes.data(), bytes.size(), &used);
    for (const File &file : files) {
        archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, file.path.c_str());
        archive_entry_set_filetype(entry,
                                   !file.link.empty()             ? AE_IFLNK
                                       : file.path.ends_with('/') ? AE_IFDIR
                                                                  : AE_IFREG);
        if (!file.link.empty())
            archive_entry_set_symlink(entry, file.link.c_str());
        archive_entry_set_perm(entry, file.mode);
        archive_entry_set_size(entry, la_int64_t(file.text.size()));
        archive_write_header(a, entry);
        archive_write_data(a, file.text.data(), file.text.size());
        archive_entry_free(entry);
    }
    archive_write_close(a);
    archive_write_free(a);
    bytes.resize(used);
    return bytes;
}

/// As `docker save` lays it out; the manifest comes last.
std::string imageOf(const std::vector<std::vector<File>> &layers, bool gzip = false, const std::string &user = "")
{
    std::vector<File> files;
    std::string names;
    std::string history = R"({"created_by":"settings","empty_layer":true})";
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const std::string name = "blobs/sha256/" + std::to_string(i);
        files.push_back({name, tarOf(layers[i], gzip)});
        names += (i ? ",\"" : "\"") + name + "\"";
        history += ",{\"created_by\":\"step " + std::to_string(i) + "\"}";
    }
    files.push_back({"config.json", "{\"config\":{\"User\":\"" + user + "\"},\"history\":[" + history + "]}"});
    files.push_back({"manifest.json", "[{\"Config\":\"config.json\",\"Layers\":[" + names + "]}]"});
    return tarOf(files);
}

ByteSource sourceOf(const std::string &bytes, std::size_t piece = 1000)
{
    return [&bytes, piece, at = std::size_t(0)](std::span<char> buffer) mutable -> std::ptrdiff_t {
        const std::size_t size = std::min({piece, buffer.size(), bytes.size() - at});
        std::memcpy(buffer.data(), bytes.data() + at, size);
        at += size;
        return std::ptrdiff_t(size);
    };
}

ImageContents contentsOf(const std::string &bytes)
{
    auto contents = readImageArchive(sourceOf(bytes));
    if (!contents)
        qFatal("%s", contents.error().c_str());
    return std::move(*contents);
}

} // namespace

void ImageContentsTest::layersInOrder_data()
{
    QTest::addColumn<bool>("gzip");
    QTest::newRow("plain") << false;
    QTest::newRow("gzip") << true;
}

void ImageContentsTest::layersInOrder()
{
    QFETCH(bool, gzip);
    const std::string bytes
        = imageOf({{{"a/", ""}, {"a/x", "123"}}, {{"./a/y", std::string(100'000, 'y'), 0755}}}, gzip, "app");
    const ImageContents contents = contentsOf(bytes);
    QCOMPARE(contents.layers.size(), 2U);
    QCOMPARE(contents.layers[0].createdBy, "step 0");
    QCOMPARE(contents.layers[1].createdBy, "step 1");
    QCOMPARE(contents.layers[0].bytes(), 3U);
    QCOMPARE(contents.layers[1].bytes(), 100'000U);
    QCOMPARE(contents.user, "app");
    const FileTree tree = contents.merged();
    QCOMPARE(tree.size(), 3U);
    QCOMPARE(tree.at("/a/y").mode, 0755U);
    QCOMPARE(tree.at("/a").kind, FileKind::Folder);
    QCOMPARE(contents.changes(1), (std::map<std::string, Change, std::less<>>{{"/a/y", Change::Added}}));
}

void ImageContentsTest::whiteouts()
{
    const ImageContents contents = contentsOf(imageOf({
        {{"a/", ""}, {"a/x", "1"}, {"a/y", "2"}, {"b/", ""}, {"b/z", "3"}, {"c", "4"}, {"d/", ""}, {"d/e", "5"}},
        {{"a/.wh.x", ""}, {"b/.wh..wh..opq", ""}, {"b/new", "6"}, {"c", "44"}, {".wh.d", ""}},
    }));
    const FileTree tree = contents.merged();
    std::vector<std::string> names;
    for (const auto &[path, file] : tree)
        names.push_back(path);
    QCOMPARE(names, (std::vector<std::string>{"/a", "/a/y", "/b", "/b/new", "/c"}));
    using Changes = std::map<std::string, Change, std::less<>>;
    QCOMPARE(contents.changes(1),
             (Changes{{"/a/x", Change::Removed},
                      {"/b/z", Change::Removed},
                      {"/b/new", Change::Added},
                      {"/c", Change::Changed},
                      {"/d", Change::Removed},
                      {"/d/e", Change::Removed}}));
}

void ImageContentsTest::waste()
{
    const ImageContents contents = contentsOf(imageOf({
        {{"big", std::string(1000, 'a')}, {"gone", std::string(300, 'b')}, {"kept", std::string(10, 'c')}},
        {{"big", std::string(900, 'a')}, {".wh.gone", ""}},
        {{"big", std::string(900, 'a')}},
    }));
    const std::vector<WastedPath> wasted = contents.wasted();
    QCOMPARE(wasted.size(), 2U);
    QCOMPARE(wasted[0].path, "/big");
    QCOMPARE(wasted[0].bytes, 1900U); // all copies but the one that is seen
    QCOMPARE(wasted[0].copies, 3U);
    QCOMPARE(wasted[1].path, "/gone");
    QCOMPARE(wasted[1].bytes, 300U);
    QCOMPARE(contents.bytes(), 3110U);
    QCOMPARE(contents.wastedBytes(), 2200U);
    QCOMPARE(contents.efficiency(), 910.0 / 3110.0);
    QCOMPARE(ImageContents().efficiency(), 1.0);
}

void ImageContentsTest::exposure()
{
    const ImageContents contents
        = contentsOf(imageOf({{
                                 {"bin", "", 0777, "usr/bin"},
                                 {"usr/bin/dash", "x", 0755},
                                 {"usr/bin/sh", "", 0777, "dash"},
                                 {"usr/bin/apt-get", "x", 0755},
                                 {"usr/bin/su", "x", 04755},
                                 {"etc/passwd", "root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/:\n"},
                                 {"var/lib/dpkg/status", "Package: a\nStatus: x\n\nPackage: b\n"},
                             }},
                             false, "1000"));
    const Exposure found = contents.exposure();
    QCOMPARE(found.shell, "/bin/sh");
    QCOMPARE(found.packageManager, "apt");
    QCOMPARE(found.packages, 2U);
    QCOMPARE(found.executables, 3U);
    QCOMPARE(found.setuid, 1U);
    QCOMPARE(found.users, 2U);
    QCOMPARE(found.user, "1000");
}

void ImageContentsTest::packagesOfRpm()
{
    QFile file(QStringLiteral(STAGEWRIGHT_TEST_DATA "/databases/rpmdb.sqlite.z"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const std::string database = qUncompress(file.readAll()).toStdString();
    const ImageContents contents = contentsOf(imageOf({
        {{"var/lib/rpm/rpmdb.sqlite", database.substr(0, 4096)}},
        {{"var/lib/rpm/rpmdb.sqlite", database}},
    }));
    QCOMPARE(contents.exposure().packages, 6U);
    QCOMPARE(contentsOf(imageOf({{{"var/lib/rpm/rpmdb.sqlite", "x"}}})).exposure().packages, std::nullopt);
}

void ImageContentsTest::noShell()
{
    // As distroless keeps its packages; a shell that a later layer takes away does not count.
    const ImageContents contents = contentsOf(imageOf({
        {{"bin/sh", "x", 0755},
         {"var/lib/dpkg/status.d/base", "Package: base-files\n"},
         {"var/lib/dpkg/status.d/tz", "Package: tzdata\n"},
         {"var/lib/dpkg/status.d/tz.md5sums", "Package: no\n"}},
        {{"bin/.wh.sh", ""}, {"app", "x", 0755}},
    }));
    const Exposure found = contents.exposure();
    QCOMPARE(found.shell, "");
    QCOMPARE(found.packageManager, "");
    QCOMPARE(found.packages, 2U);
    QCOMPARE(found.executables, 1U);
    QCOMPARE(found.users, 0U);
}

void ImageContentsTest::linkedFolders()
{
    // Links in a circle end somewhere.
    const ImageContents contents = contentsOf(imageOf({{{"bin", "", 0777, "bin"}, {"usr/bin", "", 0777, "../bin"}}}));
    QCOMPARE(contents.exposure().shell, "");
}

void ImageContentsTest::oneFile()
{
    const std::string bytes = imageOf({{{"a/x", "old"}, {"b/y", "gone"}}, {{"a/x", "new"}, {".wh.b", ""}}});
    QCOMPARE(readFileOfImage(sourceOf(bytes), "/a/x", 100).value().value(), "new");
    QCOMPARE(readFileOfImage(sourceOf(bytes), "/a/x", 2).value().value(), "ne");
    QVERIFY(!readFileOfImage(sourceOf(bytes), "/b/y", 100).value().has_value());
    QVERIFY(!readFileOfImage(sourceOf(bytes), "/c", 100).value().has_value());
}

void ImageContentsTest::damaged()
{
    const std::string bytes = imageOf({{{"a", std::string(50'000, 'x')}}});
    QVERIFY(!readImageArchive(sourceOf(bytes.substr(0, 20'000))));
    QVERIFY(!readImageArchive(sourceOf("this is no archive at all, is it?")));
    QVERIFY(!readImageArchive(sourceOf("")));
    QVERIFY(!readImageArchive([](std::span<char>) -> std::ptrdiff_t { return -1; }));
    QVERIFY(!readImageArchive(sourceOf(tarOf({{"manifest.json", "[1]"}}))));
    QVERIFY(!readImageArchive(sourceOf(tarOf({{"other.json", "{}"}}))));
}

QTEST_GUILESS_MAIN(ImageContentsTest)
#include "tst_image_contents.moc"
