// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "history/HistoryModel.h"
#include "history/HistoryView.h"
#include "history/SizeChangesModel.h"
#include "theme/Theme.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QTest>
#include <QTreeView>

using namespace stagewright;
using engine::BuildRecord;
using engine::BuildResult;

namespace {

constexpr std::uint64_t mb = 1'000'000;

engine::InstructionRecord row(std::uint64_t hash, std::uint32_t ordinal, const char *text, std::uint64_t bytes)
{
    engine::InstructionRecord record;
    record.hash = hash;
    record.ordinal = ordinal;
    record.line = ordinal + 1;
    record.text = text;
    record.bytes = bytes;
    return record;
}

BuildRecord build(std::int64_t when, std::uint64_t bytes, std::vector<engine::InstructionRecord> rows)
{
    BuildRecord record;
    record.when = when;
    record.engine = "docker 26.1";
    record.bytes = bytes;
    record.seconds = 12.3;
    engine::StageRecord stage;
    stage.name = "app";
    stage.bytes = bytes;
    stage.baseBytes = 100 * mb;
    stage.instructions = std::move(rows);
    record.stages.push_back(std::move(stage));
    return record;
}

/// Two builds, one that failed, and one of another target in between.
std::vector<BuildRecord> sample()
{
    std::vector<BuildRecord> records;
    records.push_back(build(
        1'700'000'000'000, 150 * mb,
        {row(1, 0, "FROM alpine AS app", 0), row(2, 1, "RUN apk add gcc", 40 * mb), row(3, 2, "COPY . .", 10 * mb)}));
    BuildRecord other = build(1'700'000'100'000, 999 * mb, {});
    other.target = "test";
    records.push_back(other);
    BuildRecord failed;
    failed.when = 1'700'000'200'000;
    failed.result = BuildResult::Failed;
    records.push_back(failed);
    records.push_back(
        build(1'700'000'300'000, 121 * mb,
              {row(1, 0, "FROM alpine AS app", 0), row(3, 1, "COPY . .", 12 * mb), row(4, 2, "RUN npm ci", 9 * mb)}));
    return records;
}

} // namespace

class HistoryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void newestFirst();
    void differencesAreOfTheSameTarget();
    void comparison();
    void oneIsComparedWithTheOneBefore();
    void twoAreCompared();
    void nothing();
    void words();

private:
    Theme theme;
};

void HistoryTest::newestFirst()
{
    HistoryModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRecords(sample());
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(model.index(0, HistoryModel::SizeColumn).data().toString(), QStringLiteral("121 MB"));
    QCOMPARE(model.index(1, HistoryModel::ResultColumn).data().toString(), QStringLiteral("failed"));
    QCOMPARE(model.index(1, HistoryModel::SizeColumn).data().toString(), QString());
    QCOMPARE(model.index(2, HistoryModel::ResultColumn).data().toString(), QStringLiteral("test: built"));
    QVERIFY(!model.record(4));
}

void HistoryTest::differencesAreOfTheSameTarget()
{
    HistoryModel model;
    model.setRecords(sample());
    QCOMPARE(model.index(0, 0).data(HistoryModel::DifferenceRole).toLongLong(), -29'000'000LL);
    QCOMPARE(model.index(0, HistoryModel::DifferenceColumn).data().toString(), QStringLiteral("−29 MB"));
    QVERIFY(!model.index(2, 0).data(HistoryModel::DifferenceRole).isValid()); // the first of its target
    QVERIFY(!model.index(1, 0).data(HistoryModel::DifferenceRole).isValid());
}

void HistoryTest::comparison()
{
    SizeChangesModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const std::vector<BuildRecord> records = sample();
    model.setChanges(engine::compareSizes(records[0], records[3]));
    QCOMPARE(model.rowCount(), 3);
    const auto text = [&](int r, int column) { return model.index(r, column).data().toString(); };
    QCOMPARE(text(0, SizeChangesModel::InstructionColumn), QStringLiteral("RUN apk add gcc"));
    QCOMPARE(text(0, SizeChangesModel::KindColumn), QStringLiteral("removed"));
    QCOMPARE(text(0, SizeChangesModel::DifferenceColumn), QStringLiteral("−40 MB"));
    QCOMPARE(text(1, SizeChangesModel::KindColumn), QStringLiteral("added"));
    QCOMPARE(text(1, SizeChangesModel::BeforeColumn), QString());
    QCOMPARE(text(1, SizeChangesModel::DifferenceColumn), QStringLiteral("+9.0 MB"));
    QCOMPARE(text(2, SizeChangesModel::KindColumn), QStringLiteral("same text"));
    QCOMPARE(text(2, SizeChangesModel::DifferenceColumn), QStringLiteral("+2.0 MB"));
}

void HistoryTest::oneIsComparedWithTheOneBefore()
{
    HistoryView view(theme);
    view.resize(1000, 240);
    view.show();
    view.setRecords(sample());
    QCOMPARE(view.list().currentIndex().row(), 0);
    QCOMPARE(view.comparison().rowCount(), 3); // with the first: those in between failed or are another target's
    QVERIFY(view.headline().contains(QStringLiteral("150 MB → 121 MB (−29 MB)")));
    view.list().setCurrentIndex(view.model().index(3, 0));
    QCOMPARE(view.comparison().rowCount(), 0);
    QCOMPARE(view.headline(), QStringLiteral("There is no earlier build to compare with"));
}

void HistoryTest::twoAreCompared()
{
    HistoryView view(theme);
    view.resize(1000, 240);
    view.show();
    view.setRecords(sample());
    QItemSelectionModel *selection = view.list().selectionModel();
    selection->clearSelection();
    QCOMPARE(view.headline(), QStringLiteral("Choose two builds to compare them"));
    for (const int number : {3, 0}) // whichever was chosen first
        selection->select(view.model().index(number, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QVERIFY(view.headline().contains(QStringLiteral("150 MB → 121 MB")));
    QVERIFY(!view.grab().isNull());
}

void HistoryTest::nothing()
{
    HistoryView view(theme);
    view.setRecords({});
    QCOMPARE(view.model().rowCount(), 0);
    QCOMPARE(view.comparison().rowCount(), 0);
}

void HistoryTest::words()
{
    QCOMPARE(differenceText(0), QStringLiteral("same"));
    QCOMPARE(differenceText(-4'200), QStringLiteral("−4.2 kB"));
    QCOMPARE(differenceText(12'000'000), QStringLiteral("+12 MB"));
    QCOMPARE(resultWord(BuildResult::Cancelled), QStringLiteral("cancelled"));
}

QTEST_MAIN(HistoryTest)
#include "tst_history.moc"
