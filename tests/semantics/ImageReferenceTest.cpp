// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/ImageReference.h"

#include <QTest>

using namespace stagewright;

class ImageReferenceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void normalizes_data();
    void normalizes();
    void refuses_data();
    void refuses();
    void checksDigests();
};

namespace {
const std::string Hash(64, 'a');
}

void ImageReferenceTest::normalizes_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("normalized");
    QTest::addColumn<std::string>("familiar");
    const auto row = [](const char *text, const std::string &normalized, const std::string &familiar) {
        QTest::newRow(text) << std::string(text) << normalized << familiar;
    };
    row("alpine", "docker.io/library/alpine:latest", "alpine");
    row("alpine:3.20", "docker.io/library/alpine:3.20", "alpine:3.20");
    row("docker.io/alpine", "docker.io/library/alpine:latest", "alpine");
    row("index.docker.io/alpine", "docker.io/library/alpine:latest", "alpine");
    row("docker.io/library/alpine", "docker.io/library/alpine:latest", "alpine");
    row("team/app", "docker.io/team/app:latest", "team/app");
    row("library/a/b", "docker.io/library/a/b:latest", "library/a/b");
    row("localhost/app", "localhost/app:latest", "localhost/app");
    row("localhost:5000/app:1", "localhost:5000/app:1", "localhost:5000/app:1");
    row("Registry/app", "Registry/app:latest", "Registry/app");
    row("ghcr.io/a/b_c__d.e--f", "ghcr.io/a/b_c__d.e--f:latest", "ghcr.io/a/b_c__d.e--f");
    row("[2001:db8::1]:80/app", "[2001:db8::1]:80/app:latest", "[2001:db8::1]:80/app");
    row("my_reg.io/app", "my_reg.io/app:latest", "my_reg.io/app"); // no host name, so all of it is the path
    row("0", "docker.io/library/0:latest", "0");
    row("alpine:_x", "docker.io/library/alpine:_x", "alpine:_x");
    QTest::newRow("digest") << "node@sha256:" + Hash << "docker.io/library/node@sha256:" + Hash
                            << "node@sha256:" + Hash;
    QTest::newRow("tag and digest") << "node:22@sha256:" + Hash << "docker.io/library/node:22@sha256:" + Hash
                                    << "node:22@sha256:" + Hash;
    QTest::newRow("63 hex digits") << std::string(63, 'b') << "docker.io/library/" + std::string(63, 'b') + ":latest"
                                   << std::string(63, 'b');
}

void ImageReferenceTest::normalizes()
{
    QFETCH(std::string, text);
    QFETCH(std::string, normalized);
    QFETCH(std::string, familiar);
    const auto reference = ImageReference::parse(text);
    QVERIFY2(reference.has_value(), reference ? "" : reference.error().c_str());
    QCOMPARE(reference->normalized(), normalized);
    QCOMPARE(reference->familiar(), familiar);
    QCOMPARE(ImageReference::parse(reference->normalized())->normalized(), normalized);
}

void ImageReferenceTest::refuses_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("error");
    const std::string invalid = "invalid reference format";
    const auto row = [](const std::string &text, const std::string &error) {
        QTest::newRow(text.substr(0, 40).c_str()) << text << error;
    };
    for (const char *text :
         {"",    ":tag",        "alpine:",      "a//b",        "/a",     "a/",    "-a",   "a-",   "a..b", "a___b",
          "a b", "a@sha256:zz", "a@sha256:abc", "host:port/a", "[::1/a", "a:b:c", "a:t@", "${x}", "a$",   "docker.io/"})
        row(text, invalid);
    row("Alpine", invalid + ": repository name (library/Alpine) must be lowercase");
    row("team/App:1", invalid + ": repository name (team/App) must be lowercase");
    row("Foo/Bar", invalid + ": repository name (Bar) must be lowercase");
    row("\xc3\x89t\xc3\xa9", invalid + ": repository name (library/\xc3\x89t\xc3\xa9) must be lowercase");
    row("alpine:" + std::string(129, 't'), invalid);
    row(Hash, "invalid repository name (" + Hash + "), cannot specify 64-byte hexadecimal strings");
    row("ghcr.io/" + std::string(256, 'a'), "repository name must not be more than 255 characters");
    row("a@sha256:" + std::string(63, 'a'), "invalid checksum digest length");
    row("a@sha256:" + std::string(64, 'A'), "invalid checksum digest format");
    row("a@md5:" + std::string(32, 'a'), "unsupported digest algorithm");
}

void ImageReferenceTest::refuses()
{
    QFETCH(std::string, text);
    QFETCH(std::string, error);
    const auto reference = ImageReference::parse(text);
    QVERIFY(!reference);
    QCOMPARE(reference.error(), error);
}

void ImageReferenceTest::checksDigests()
{
    QCOMPARE(digestError("sha256:" + Hash), "");
    QCOMPARE(digestError("sha512:" + Hash + Hash), "");
    QCOMPARE(digestError("sha256:zz"), "invalid checksum digest length");
    QCOMPARE(digestError("sha256:" + std::string(64, 'g')), "invalid checksum digest format");
    QCOMPARE(digestError("sha256"), "invalid checksum digest format");
    QCOMPARE(digestError("SHA1:" + Hash), "invalid checksum digest format");
    QCOMPARE(digestError("sha1:" + Hash), "unsupported digest algorithm");
}

QTEST_GUILESS_MAIN(ImageReferenceTest)
#include "ImageReferenceTest.moc"
