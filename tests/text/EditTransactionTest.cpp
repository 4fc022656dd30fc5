// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "text/EditTransaction.h"

#include <QTest>

#include <random>

using namespace stagewright;

namespace {

SourceText textOf(std::string bytes)
{
    return SourceText::fromBytes(std::move(bytes)).value_or(SourceText());
}

} // namespace

class EditTransactionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void order();
    void touches();
    void mapsOffsets();
    void mapsRanges();
    void difference_data();
    void difference();
    void inverseIsIdentity();
};

void EditTransactionTest::order()
{
    EditTransaction edit(std::string("Label"));
    QVERIFY(edit.isEmpty());
    edit.replace({4, 6}, "EF");
    edit.insert(2, "1");
    edit.insert(4, "x"); // in front of the replacement that begins there
    edit.insert(2, "2"); // behind the first insertion
    edit.insert(6, "y");
    edit.remove({0, 1});
    edit.insert(3, "");
    QCOMPARE(edit.edits().size(), 6U);
    QCOMPARE(edit.applyTo(textOf("abcdefgh")).bytes(), "b12cdxEFygh");
    QCOMPARE(edit.label(), "Label");
    QCOMPARE(edit.inverse(textOf("abcdefgh")).label(), "Label");
}

void EditTransactionTest::touches()
{
    EditTransaction edit;
    edit.replace({4, 6}, "x");
    edit.insert(8, "y");
    QVERIFY(edit.touches({5, 6}));
    QVERIFY(edit.touches({3, 5}));
    QVERIFY(edit.touches({0, 9}));
    QVERIFY(edit.touches({7, 9}));
    QVERIFY(edit.touches(TextRange::at(5)));
    QVERIFY(!edit.touches({2, 4}));
    QVERIFY(!edit.touches({6, 8}));
    QVERIFY(!edit.touches({8, 9}));
    QVERIFY(!edit.touches(TextRange::at(4)));
    QVERIFY(!edit.touches(TextRange::at(6)));
    QVERIFY(!edit.touches(TextRange::at(8)));
}

void EditTransactionTest::mapsOffsets()
{
    EditTransaction edit;
    edit.insert(2, "++");
    edit.replace({4, 6}, "z");
    QCOMPARE(edit.mapOffset(1), 1U);
    QCOMPARE(edit.mapOffset(2, true), 4U);
    QCOMPARE(edit.mapOffset(2, false), 2U);
    QCOMPARE(edit.mapOffset(4), 6U);
    QCOMPARE(edit.mapOffset(5), 7U); // inside: behind the replacement
    QCOMPARE(edit.mapOffset(6), 7U);
    QCOMPARE(edit.mapOffset(9), 10U);
}

void EditTransactionTest::mapsRanges()
{
    EditTransaction edit;
    edit.insert(2, "++");
    edit.insert(5, "--");
    QCOMPARE(edit.mapRange({2, 5}), (TextRange{4, 7}));
    QCOMPARE(edit.mapRange({0, 2}), (TextRange{0, 2}));
    QCOMPARE(edit.mapRange({1, 6}), (TextRange{1, 10}));
    QCOMPARE(edit.mapRange(TextRange::at(2)), TextRange::at(4));
    EditTransaction removal;
    removal.remove({1, 8});
    QCOMPARE(removal.mapRange({2, 4}), TextRange::at(1));
}

void EditTransactionTest::difference_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<int>("begin");
    QTest::addColumn<int>("end");
    QTest::newRow("equal") << QStringLiteral("abc") << QStringLiteral("abc") << -1 << -1;
    QTest::newRow("insert") << QStringLiteral("ac") << QStringLiteral("abc") << 1 << 1;
    QTest::newRow("remove") << QStringLiteral("abc") << QStringLiteral("ac") << 1 << 2;
    QTest::newRow("repeated") << QStringLiteral("aaa") << QStringLiteral("aaaa") << 3 << 3;
    QTest::newRow("everything") << QStringLiteral("ab") << QStringLiteral("xy") << 0 << 2;
    QTest::newRow("from empty") << QString() << QStringLiteral("xy") << 0 << 0;
    // é and è share their first byte, é and © their last: the edit must not cut either.
    QTest::newRow("first byte equal") << QStringLiteral("aéb") << QStringLiteral("aèb") << 1 << 3;
    QTest::newRow("last byte equal") << QStringLiteral("aéb") << QStringLiteral("a©b") << 1 << 3;
}

void EditTransactionTest::difference()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(int, begin);
    QFETCH(int, end);
    const SourceText old = textOf(before.toStdString());
    const SourceText now = textOf(after.toStdString());
    const EditTransaction edit = EditTransaction::difference(old, now);
    QVERIFY(edit.applyTo(old) == now);
    QCOMPARE(edit.isEmpty(), begin < 0);
    if (begin >= 0) {
        QCOMPARE(edit.edits().size(), 1U);
        QCOMPARE(edit.edits().front().range, (TextRange{static_cast<Offset>(begin), static_cast<Offset>(end)}));
    }
}

void EditTransactionTest::inverseIsIdentity()
{
    std::mt19937 random(7);
    for (int round = 0; round < 5000; ++round) {
        std::string bytes;
        for (std::size_t i = random() % 30; i > 0; --i)
            bytes += static_cast<char>('a' + random() % 26);
        const SourceText before = textOf(bytes);
        EditTransaction edit;
        for (int i = 0; i < 8; ++i) {
            const Offset begin = static_cast<Offset>(random() % (before.size() + 1));
            const Offset end = std::min<Offset>(before.size(), begin + static_cast<Offset>(random() % 4));
            if (!edit.touches({begin, end}))
                edit.replace({begin, end}, std::string(random() % 3, static_cast<char>('A' + i)));
        }
        const SourceText after = edit.applyTo(before);
        QCOMPARE(edit.inverse(before).applyTo(after).bytes(), before.bytes());
        QVERIFY(edit.inverse(before).inverse(after).applyTo(before) == after);
        QCOMPARE(edit.mapOffset(before.size(), true), after.size());
        QVERIFY(EditTransaction::difference(before, after).applyTo(before) == after);
        // What lies between the edits is found at its mapped place.
        for (Offset at = 0; at + 1 <= before.size(); ++at) {
            if (!edit.touches({at, at + 1}))
                QCOMPARE(after.slice(edit.mapRange({at, at + 1})), before.slice({at, at + 1}));
        }
    }
}

QTEST_GUILESS_MAIN(EditTransactionTest)
#include "EditTransactionTest.moc"
