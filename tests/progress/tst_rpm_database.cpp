// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/ImageContents.h"
#include "engine/RpmDatabase.h"

#include <QFile>
#include <QTest>

#include <string>

using namespace stagewright::engine;

namespace {

/// databases/ holds them as qCompress() does: rpmdb.sqlite was made with rpm 4.18 (seven packages in, one out again),
/// deep.sqlite with SQLite and pages of 512 bytes, the Berkeley DBs with db_load.
std::string stored(const QByteArray &name)
{
    QFile file(QStringLiteral(STAGEWRIGHT_TEST_DATA "/databases/") + QString::fromLatin1(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no %s", name.constData());
    return qUncompress(file.readAll()).toStdString();
}

std::string number(std::uint32_t value)
{
    std::string bytes;
    for (int i = 0; i < 4; ++i)
        bytes += static_cast<char>(value >> (8 * i));
    return bytes;
}

/// One page of slots, of which @p used hold a package and one held one.
std::string ndb(std::uint32_t used)
{
    std::string bytes = "RpmP" + number(0) + number(3) + number(1) + number(used + 1) + std::string(12, '\0');
    for (std::uint32_t slot = 0; slot < 4096 / 16 - 2; ++slot)
        bytes += "Slot" + (slot < used ? number(slot + 1) + number(256 + slot) + number(1) : std::string(12, '\0'));
    return bytes + std::string(20'000, 'b');
}

} // namespace

class RpmDatabaseTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void packages_data();
    void packages();
    void damaged_data();
    void damaged();
    void paths();
    void exposure();
};

void RpmDatabaseTest::packages_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<unsigned>("count");
    QTest::newRow("rpm's own") << stored("rpmdb.sqlite.z") << 6U;
    QTest::newRow("interior pages") << stored("deep.sqlite.z") << 1097U;
    QTest::newRow("Berkeley DB") << stored("berkeley.z") << 35U;
    QTest::newRow("Berkeley DB, big endian") << stored("berkeley-big-endian.z") << 35U;
    QTest::newRow("ndb") << ndb(17) << 17U;
    QTest::newRow("ndb, empty") << ndb(0) << 0U;
}

void RpmDatabaseTest::packages()
{
    QFETCH(std::string, bytes);
    QFETCH(unsigned, count);
    QCOMPARE(countRpmPackages(bytes), std::optional<std::uint32_t>(count));
}

void RpmDatabaseTest::damaged_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::newRow("nothing") << std::string();
    QTest::newRow("text") << std::string(5000, 'x');
    for (const char *name : {"rpmdb.sqlite.z", "deep.sqlite.z", "berkeley.z"}) {
        const std::string whole = stored(name);
        for (const std::size_t length : {std::size_t(16), std::size_t(100), std::size_t(4096), whole.size() / 2})
            QTest::newRow(qPrintable(QStringLiteral("%1 cut at %2").arg(QLatin1StringView(name)).arg(length)))
                << whole.substr(0, length);
    }
    std::string circle = stored("deep.sqlite.z");
    for (std::size_t page = 512; page + 512 <= circle.size(); page += 512) {
        if (circle[page] == 5) // every interior page is its own last child
            circle.replace(page + 8, 4,
                           {static_cast<char>((page / 512 + 1) >> 24U), static_cast<char>((page / 512 + 1) >> 16U),
                            static_cast<char>((page / 512 + 1) >> 8U), static_cast<char>(page / 512 + 1)});
    }
    QTest::newRow("in circles") << circle;
    QTest::newRow("slots that are none") << ndb(3).replace(64, 4, "Slat");
    QTest::newRow("slots beyond the end") << ndb(3).substr(0, 2000);
}

void RpmDatabaseTest::damaged()
{
    QFETCH(std::string, bytes);
    QCOMPARE(countRpmPackages(bytes), std::nullopt);
}

void RpmDatabaseTest::paths()
{
    QVERIFY(isRpmDatabase("/var/lib/rpm/rpmdb.sqlite"));
    QVERIFY(isRpmDatabase("/usr/lib/sysimage/rpm/Packages.db"));
    QVERIFY(isRpmDatabase("/var/lib/rpm/Packages"));
    QVERIFY(!isRpmDatabase("/var/lib/rpm/rpmdb.sqlite-wal"));
    QVERIFY(!isRpmDatabase("/srv/data/rpmdb.sqlite"));
}

void RpmDatabaseTest::exposure()
{
    ImageContents contents;
    contents.layers.emplace_back();
    const auto add = [&contents](const char *path, std::uint64_t bytes) {
        contents.layers[0].files[path] = LayerFile{.kind = FileKind::File, .bytes = bytes, .target = {}};
    };
    QCOMPARE(contents.exposure().packages, 0U);
    add("/usr/lib/sysimage/rpm/rpmdb.sqlite", 100'000);
    QCOMPARE(contents.exposure().packages, std::nullopt); // there, and not read
    contents.rpmPackages["/usr/lib/sysimage/rpm/rpmdb.sqlite"] = 148;
    QCOMPARE(contents.exposure().packages, 148U);
    // The old format beside the new one is a leftover.
    add("/usr/lib/sysimage/rpm/Packages", 100'000);
    contents.rpmPackages["/usr/lib/sysimage/rpm/Packages"] = 7;
    QCOMPARE(contents.exposure().packages, 148U);
    add("/usr/lib/sysimage/rpm/rpmdb.sqlite-wal", 0);
    QCOMPARE(contents.exposure().packages, 148U);
    add("/usr/lib/sysimage/rpm/rpmdb.sqlite-wal", 4096);
    QCOMPARE(contents.exposure().packages, std::nullopt);
    // A later layer takes rpm away.
    contents.layers.emplace_back().files["/usr/lib/sysimage"] = LayerFile{.target = {}, .removed = true};
    QCOMPARE(contents.exposure().packages, 0U);
    add("/var/lib/rpmmanifest/container-manifest-2", 20);
    contents.databases["/var/lib/rpmmanifest/container-manifest-2"] = "glibc\t2.38\nopenssl\t3\n";
    QCOMPARE(contents.exposure().packages, 2U);
}

QTEST_GUILESS_MAIN(RpmDatabaseTest)
#include "tst_rpm_database.moc"
