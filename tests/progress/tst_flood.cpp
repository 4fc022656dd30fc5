// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/RawJsonReader.h"
#include "engine/StepTextReader.h"
#include "engine/TerminalText.h"

#include <QByteArray>
#include <QTest>

#include <string>

using namespace stagewright::engine;

namespace {

constexpr std::size_t much = 200U << 20; // bytes

/// Everything of a build that grows with what it prints.
std::size_t keptOf(const BuildProgress &progress)
{
    std::size_t sum = progress.messages().kept();
    for (const BuildStep &step : progress.steps()) {
        sum += step.log.kept() + step.name.size() + step.error.size();
        for (const Transfer &transfer : step.transfers)
            sum += sizeof transfer + transfer.id.size() + transfer.name.size();
    }
    for (const BuildWarning &warning : progress.warnings())
        sum += sizeof warning + warning.text.size() + warning.detail.size() + warning.url.size();
    return sum;
}

/// A step's output and the engine's own words, with room for what is cut in big pieces.
constexpr std::size_t most = 3 * (StepLog::HeadLimit + 2 * StepLog::TailLimit);

} // namespace

/// Builds that print without end: what is kept is counted, not how long it takes.
class FloodTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void lines_data();
    void lines();
    void json();
    void endlessObject();
    void endlessText();
    void terminal();
};

void FloodTest::lines_data()
{
    QTest::addColumn<QByteArray>("piece");
    QTest::addColumn<bool>("errors");
    const QByteArray lines
        = QByteArray("compiling something that has a long name, and one line more of it\n").repeated(1000);
    QTest::newRow("lines") << lines << false;
    QTest::newRow("lines of errors") << lines << true;
    QTest::newRow("one line without an end") << QByteArray(65'000, 'x') << false;
}

void FloodTest::lines()
{
    QFETCH(QByteArray, piece);
    QFETCH(bool, errors);
    BuildProgress progress;
    StepTextReader reader(progress);
    reader.readOutput("STEP 1/2: FROM alpine\nSTEP 2/2: RUN noise\n");
    std::uint64_t written = 0;
    for (; written < much; written += std::uint64_t(piece.size())) {
        const std::string_view bytes(piece.constData(), std::size_t(piece.size()));
        if (errors)
            reader.readErrors(bytes);
        else
            reader.readOutput(bytes);
    }
    QVERIFY2(keptOf(progress) < most, qPrintable(QString::number(keptOf(progress))));
    // A line that never ended does not swallow the next step.
    reader.readOutput("\nSTEP 3/2: RUN last\n--> 0123456789ab\n");
    reader.finish(true);
    QCOMPARE(progress.size(), 3U);
    QCOMPARE(progress.step(2).state, StepState::Done);
    const BuildStep &step = progress.step(1);
    QVERIFY(step.log.total() >= written); // it is known how much it was
    QCOMPARE(step.log.total() - step.log.dropped(), step.log.kept());
    QVERIFY(keptOf(progress) < most);
}

void FloodTest::json()
{
    BuildProgress progress;
    RawJsonReader reader(progress);
    const QByteArray words = QByteArray("out of the build, a line\n").repeated(40'000);
    const std::string log = R"({"logs":[{"vertex":"sha256:a","data":")" + words.toBase64().toStdString() + "\"}]}\n";
    std::uint64_t written = 0;
    for (; written < (20U << 20); written += std::uint64_t(words.size()))
        reader.readErrors(log);
    QCOMPARE(progress.step(0).log.total(), written);
    for (std::size_t i = 0; i < 3 * BuildProgress::MaximumWarnings; ++i)
        reader.readErrors(
            R"({"warnings":[{"vertex":"sha256:a","short":"YQ=="}],"statuses":[{"vertex":"sha256:a","id":")"
            + std::to_string(i) + "\"}]}\n");
    QCOMPARE(progress.warnings().size(), BuildProgress::MaximumWarnings);
    QCOMPARE(progress.step(0).transfers.size(), BuildStep::MaximumTransfers);
    QVERIFY(keptOf(progress) < most);
}

/// It begins as JSON and never ends.
void FloodTest::endlessObject()
{
    BuildProgress progress;
    RawJsonReader reader(progress);
    reader.readErrors(R"({"vertexes":[{"digest":"sha256:a","name":")");
    const std::string piece(1U << 20, 'x');
    for (int i = 0; i < 40; ++i)
        reader.readErrors(piece);
    QVERIFY(keptOf(progress) < most);
    // What comes on a line of its own is read again.
    reader.readErrors("\n"
                      R"({"vertexes":[{"digest":"sha256:b","name":"[1/1] RUN b"}]})");
    QVERIFY(progress.find("sha256:b"));
}

/// It is no JSON at all, and one line.
void FloodTest::endlessText()
{
    BuildProgress progress;
    RawJsonReader reader(progress);
    const std::string piece(1U << 20, 'x');
    for (int i = 0; i < 100; ++i)
        reader.readErrors(piece);
    reader.finish(false);
    QVERIFY(keptOf(progress) < most);
    QCOMPARE(progress.messages().total(), piece.size() * 100);
}

/// What the console keeps.
void FloodTest::terminal()
{
    constexpr std::size_t lines = 10'000;
    constexpr std::size_t bytes = 4U << 20;
    TerminalText text(lines, bytes);
    const std::string piece = std::string(75, 'x') + "\n\x1b[31mred\x1b[0m\r" + std::string(5000, 'y') + "\n";
    for (std::size_t written = 0; written < (30U << 20); written += piece.size())
        text.write(1, piece);
    std::size_t kept = 0;
    for (std::uint64_t line = text.first(); line < text.end(); ++line)
        kept += text.line(line).text.size();
    QVERIFY2(text.end() - text.first() <= lines, qPrintable(QString::number(text.end() - text.first())));
    QVERIFY2(kept <= bytes + TerminalText::longestLine, qPrintable(QString::number(kept)));
    QVERIFY(text.first() > 0);
}

QTEST_GUILESS_MAIN(FloodTest)
#include "tst_flood.moc"
