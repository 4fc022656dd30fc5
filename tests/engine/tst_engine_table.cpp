// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "PrivateDocker.h"
#include "StandIns.h"
#include "lint/Linter.h"
#include "lint/RuleTable.h"
#include "semantics/ContextFiles.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <optional>
#include <thread>
#include <vector>

using namespace stagewright;
using namespace stagewright::test;
using namespace Qt::StringLiterals;

namespace {

/// What can happen to a Dockerfile.
enum class Outcome : std::uint8_t { Works, BuildFails, DoesNotStart, Healthy, Unhealthy, Unknown };

constexpr std::array outcomeNames{"works", "build fails", "does not start", "healthy", "unhealthy", "unknown"};

Outcome outcomeFrom(std::string_view name)
{
    const auto found = std::ranges::find(outcomeNames, name);
    return found == outcomeNames.end() ? Outcome::Unknown : Outcome(found - outcomeNames.begin());
}

/// One Dockerfile of the folder `table`. Its first lines are comments: what really happens when it is built and run
/// (`expect`), words of the engine that prove the reason (`says`), the rule that is about it (`finding`), how grave
/// that rule says it is when it is not an error (`severity`), and what of the stand-ins it needs (`needs`).
struct Row
{
    QString name;
    QByteArray text;
    Outcome expected = Outcome::Unknown;
    QByteArray says;
    std::string rule;
    std::string fix; ///< In the folder `fixes`: the rule whose first fix makes it work.
    Severity severity = Severity::Error;
    QByteArray needs;
    QByteArray gap; ///< Why `check` does not say it, which is known and wants mending.

    Outcome actual = Outcome::Unknown;
    QByteArray words; ///< What the engine printed.
    std::vector<Diagnostic> findings;
    QString skipped; ///< Why it was not built.

    [[nodiscard]] bool fails() const { return expected == Outcome::BuildFails || expected == Outcome::DoesNotStart; }
    [[nodiscard]] bool hasError() const
    {
        return std::ranges::any_of(findings, [](const Diagnostic &d) { return d.severity == Severity::Error; });
    }
    /// The rule that is expected says something at least as grave as expected (an empty rule: any does).
    [[nodiscard]] bool isFound() const
    {
        return std::ranges::any_of(findings, [this](const Diagnostic &d) {
            return (rule.empty() || d.ruleId == rule) && d.severity <= severity;
        });
    }
    /// The rule is not in the table of rules.
    [[nodiscard]] bool awaitsRule() const { return !rule.empty() && !findRule(rule); }
};

Row rowFrom(const QString &path)
{
    Row row;
    row.name = QFileInfo(path).completeBaseName();
    QFile file(path);
    if (file.open(QIODevice::ReadOnly))
        row.text = file.readAll();
    for (const QByteArray &line : row.text.split('\n')) {
        const qsizetype colon = line.indexOf(": ");
        if (!line.startsWith("# ") || colon < 0)
            continue;
        const QByteArray name = line.mid(2, colon - 2);
        const QByteArray value = line.mid(colon + 2);
        if (name == "expect")
            row.expected = outcomeFrom(value.toStdString());
        else if (name == "says")
            row.says = value;
        else if (name == "finding")
            row.rule = value.toStdString();
        else if (name == "fix")
            row.fix = value.toStdString();
        else if (name == "severity")
            row.severity = value == "info" ? Severity::Info : Severity::Warning;
        else if (name == "needs")
            row.needs = value;
        else if (name == "gap")
            row.gap = value;
    }
    if (!row.fails() && row.severity == Severity::Error)
        row.severity = Severity::Warning; // nothing stops
    return row;
}

/// The text after the first fix of the first finding of @p rule; "" when there is none.
QByteArray fixedText(const Linter &linter, std::string bytes, std::string_view rule)
{
    auto text = SourceText::fromBytes(std::move(bytes));
    const SnapshotPtr snapshot = Snapshot::make(text ? *text : SourceText(), {});
    for (const Diagnostic &d : linter.check(*snapshot)) {
        if (d.ruleId != rule)
            continue;
        const std::vector<Fix> fixes = linter.fixes(*snapshot, d);
        return fixes.empty()
            ? QByteArray()
            : QByteArray::fromStdString(std::string(fixes.front().transaction.applyTo(snapshot->text()).bytes()));
    }
    return {};
}

} // namespace

/// Builds and runs a table of Dockerfiles with a real engine, and compares what `check` says with what happens: every
/// error where a build or a start really fails, and no error where nothing does.
class EngineTableTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyRowIsStated();
    void agreement_data();
    void agreement();
    void fixes_data();
    void fixes();
    void cleanupTestCase();

private:
    void read();
    void skipWhatHasNoImages(std::vector<Row> &rows) const;
    void makeContext();
    void buildAll(std::vector<Row> &rows) const;
    void happen(Row &row) const;
    void health(Row &row, const QString &tag) const;
    [[nodiscard]] QString missingImage(const Row &row) const;

    std::unique_ptr<PrivateDocker> m_docker;
    StandIns m_images;
    QTemporaryDir m_context;
    std::vector<Row> m_rows;
    std::vector<Row> m_fixes;
};

void EngineTableTest::read()
{
    const QDir folder(QStringLiteral(STAGEWRIGHT_TEST_DATA "/table"));
    const Linter linter(Catalog::builtIn());
    AnalysisOptions options;
    options.context = filesOnDisk(folder.filePath(u"context"_s).toStdString());
    for (const QString &name : folder.entryList({u"*.Dockerfile"_s}, QDir::Files, QDir::Name)) {
        Row row = rowFrom(folder.filePath(name));
        auto text = SourceText::fromBytes(row.text.toStdString());
        row.findings = linter.check(*Snapshot::make(text ? *text : SourceText(), options));
        m_rows.push_back(std::move(row));
    }
    const QDir fixes(QStringLiteral(STAGEWRIGHT_TEST_DATA "/fixes"));
    for (const QString &name : fixes.entryList({u"*.Dockerfile"_s}, QDir::Files, QDir::Name)) {
        // The same twice: as it is, and with the fix.
        Row row = rowFrom(fixes.filePath(name));
        Row fixed = row;
        fixed.name += u"-fixed"_s;
        fixed.expected = Outcome::Works;
        fixed.text = fixedText(linter, row.text.toStdString(), row.fix);
        m_fixes.push_back(std::move(row));
        m_fixes.push_back(std::move(fixed));
    }
}

/// The build context: what the repository has for it, a program, and an archive.
void EngineTableTest::makeContext()
{
    const QDir from(QStringLiteral(STAGEWRIGHT_TEST_DATA "/table/context"));
    for (const QString &name : from.entryList(QDir::Files))
        QVERIFY(QFile::copy(from.filePath(name), m_context.filePath(name)));
    QVERIFY(QFile::copy(staticBusybox(), m_context.filePath(u"busybox"_s)));
    QVERIFY(QDir(m_context.path()).mkdir(u"files"_s));
    QFile hello(m_context.filePath(u"files/hello"_s));
    QVERIFY(hello.open(QIODevice::WriteOnly) && hello.write("hello\n") > 0);
    hello.close();
    const auto packed = runProgram(
        u"tar"_s, {u"-C"_s, m_context.filePath(u"files"_s), u"-cf"_s, m_context.filePath(u"files.tar"_s), u"hello"_s},
        QProcessEnvironment::systemEnvironment(), 10'000);
    QVERIFY2(packed.ok(), packed.words.constData());
}

QString EngineTableTest::missingImage(const Row &row) const
{
    auto text = SourceText::fromBytes(row.text.toStdString());
    const SnapshotPtr snapshot = Snapshot::make(text ? *text : SourceText(), {});
    for (const ExternalImage &image : snapshot->graph().images()) {
        const QString name = QString::fromStdString(image.reference);
        if (!m_images.names.contains(name))
            return name;
    }
    return {};
}

void EngineTableTest::health(Row &row, const QString &tag) const
{
    const auto started = m_docker->docker({u"run"_s, u"-d"_s, u"--name"_s, tag, u"--network"_s, u"none"_s, tag});
    QDeadlineTimer deadline(20'000);
    QByteArray status = "starting";
    while (started.ok() && status == "starting" && !deadline.hasExpired()) {
        QThread::msleep(200); // a person's patience for the engine's own clock
        const auto asked = m_docker->docker({u"inspect"_s, u"--format"_s, u"{{.State.Health.Status}}"_s, tag}, 10'000);
        status = asked.words.trimmed();
    }
    row.words += started.words + status;
    row.actual = status == "healthy" ? Outcome::Healthy : status == "unhealthy" ? Outcome::Unhealthy : Outcome::Unknown;
    std::ignore = m_docker->docker({u"rm"_s, u"-f"_s, tag});
}

/// Builds a row, and runs it when that went well.
void EngineTableTest::happen(Row &row) const
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"Dockerfile"_s);
    QFile written(file);
    if (!written.open(QIODevice::WriteOnly) || written.write(row.text) != row.text.size())
        return;
    written.close();
    const QString tag = u"stagewright-table-"_s + row.name;
    const auto built
        = m_docker->docker({u"build"_s, u"--network"_s, u"none"_s, u"-f"_s, file, u"-t"_s, tag, m_context.path()});
    row.words = built.words;
    if (!built.ok()) {
        row.actual = Outcome::BuildFails;
        return;
    }
    if (row.expected == Outcome::Healthy || row.expected == Outcome::Unhealthy) {
        health(row, tag);
    } else {
        const auto run
            = m_docker->docker({u"run"_s, u"--rm"_s, u"--name"_s, tag, u"--network"_s, u"none"_s, tag}, 60'000);
        row.words += "-- run: " + QByteArray::number(run.code) + '\n' + run.words;
        row.actual = run.ok() ? Outcome::Works : Outcome::DoesNotStart;
        if (run.code < 0)
            std::ignore = m_docker->docker({u"rm"_s, u"-f"_s, tag});
    }
    if (!m_docker->isPrivate())
        std::ignore = m_docker->docker({u"image"_s, u"rm"_s, u"-f"_s, tag});
}

/// Engines are slow and mostly wait: several at once.
void EngineTableTest::buildAll(std::vector<Row> &rows) const
{
    std::atomic<std::size_t> next = 0;
    std::vector<std::jthread> workers;
    for (int worker = 0; worker < 4; ++worker) {
        workers.emplace_back([this, &next, &rows] {
            for (std::size_t at = next++; at < rows.size(); at = next++) {
                if (rows[at].skipped.isEmpty())
                    happen(rows[at]);
            }
        });
    }
}

void EngineTableTest::skipWhatHasNoImages(std::vector<Row> &rows) const
{
    for (Row &row : rows) {
        if (row.needs == "musl" && !m_images.musl)
            row.skipped = u"there is no musl, compiler or x86-64 here"_s;
        else if (const QString image = missingImage(row); !image.isEmpty())
            row.skipped = u"there is no stand-in for "_s + image;
    }
}

void EngineTableTest::initTestCase()
{
    read();
    QVERIFY(m_rows.size() >= 60);
    QElapsedTimer clock;
    clock.start();
    auto engine = PrivateDocker::start();
    if (!engine)
        QSKIP(qPrintable(u"No engine for this test: "_s + engine.error()));
    m_docker = std::move(*engine);
    auto images = StandIns::load(*m_docker);
    if (!images)
        QSKIP(qPrintable(u"No images for this test: "_s + images.error()));
    m_images = *std::move(images);
    makeContext();
    qInfo("Docker %s, %lld images in %lld ms", qPrintable(m_docker->version()), qlonglong(m_images.names.size()),
          clock.restart());
    for (std::vector<Row> *rows : {&m_rows, &m_fixes}) {
        skipWhatHasNoImages(*rows);
        buildAll(*rows);
    }
    qInfo("%zu Dockerfiles in %lld ms", m_rows.size() + m_fixes.size(), clock.elapsed());
}

/// Whether or not there is an engine: the comments on top of the rows can be read.
void EngineTableTest::everyRowIsStated()
{
    for (const Row &row : m_rows) {
        QVERIFY2(row.expected != Outcome::Unknown, qPrintable(row.name));
        QVERIFY2(!row.fails() || !row.says.isEmpty() || !row.rule.empty(), qPrintable(row.name));
    }
}

void EngineTableTest::agreement_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t at = 0; at < m_rows.size(); ++at)
        QTest::newRow(qPrintable(m_rows[at].name)) << int(at);
}

void EngineTableTest::agreement()
{
    QFETCH(int, index);
    const Row &row = m_rows[std::size_t(index)];
    if (!row.skipped.isEmpty())
        QSKIP(qPrintable(u"Not built: "_s + row.skipped));

    // What happened is what the row says.
    const QByteArray happened = QByteArray(outcomeNames[std::size_t(row.actual)]) + ":\n" + row.words;
    QVERIFY2(row.actual == row.expected, happened.constData());
    if (!row.says.isEmpty())
        QVERIFY2(row.words.contains(row.says), happened.constData());

    // And `check` said so.
    QByteArray said = "check says:";
    for (const Diagnostic &d : row.findings)
        said += ' ' + QByteArray(d.ruleId.data(), qsizetype(d.ruleId.size())) + '/'
            + QByteArray(severityName(d.severity).data());
    if (!row.fails() || row.severity != Severity::Error)
        QVERIFY2(!row.hasError() || row.fails(), said.constData());
    if (row.awaitsRule())
        QSKIP(qPrintable(u"Nobody has written %1 yet."_s.arg(QString::fromStdString(row.rule))));
    if (!row.gap.isEmpty())
        QEXPECT_FAIL("", row.gap.constData(), Continue);
    if (row.fails() || !row.rule.empty())
        QVERIFY2(row.isFound(), said.constData());
}

void EngineTableTest::fixes_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t at = 0; at < m_fixes.size(); at += 2)
        QTest::newRow(qPrintable(m_fixes[at].name)) << int(at);
}

/// What failed fails, and with the fix it works and says what it is to say.
void EngineTableTest::fixes()
{
    QFETCH(int, index);
    const Row &before = m_fixes[std::size_t(index)];
    const Row &after = m_fixes[std::size_t(index) + 1];
    if (!before.skipped.isEmpty())
        QSKIP(qPrintable(u"Not built: "_s + before.skipped));
    QVERIFY2(!after.text.isEmpty(), before.fix.c_str());
    if (!after.skipped.isEmpty())
        QSKIP(qPrintable(u"Not built: "_s + after.skipped));
    const QByteArray happened = QByteArray(outcomeNames[std::size_t(before.actual)]) + ":\n" + before.words;
    QVERIFY2(before.actual == before.expected, happened.constData());
    const QByteArray then = after.text + QByteArray(outcomeNames[std::size_t(after.actual)]) + ":\n" + after.words;
    QVERIFY2(after.actual == Outcome::Works, then.constData());
    QVERIFY2(after.words.contains(after.says), then.constData());
}

void EngineTableTest::cleanupTestCase()
{
    if (!m_docker)
        return;
    int agreed = 0;
    int built = 0;
    std::printf("\n%-44s %-15s %-15s %s\n", "Dockerfile", "stated", "happened", "check");
    for (const Row &row : m_rows) {
        std::string said;
        for (const Diagnostic &d : row.findings) {
            if (d.severity == Severity::Error)
                said += (said.empty() ? "" : " ") + std::string(d.ruleId);
        }
        const bool right = row.actual == row.expected && row.words.contains(row.says)
            && (row.fails() || !row.hasError()) && ((!row.fails() && row.rule.empty()) || row.isFound());
        built += row.skipped.isEmpty() ? 1 : 0;
        agreed += row.skipped.isEmpty() && right ? 1 : 0;
        std::printf("%-44s %-15s %-15s %s%s\n", qPrintable(row.name), outcomeNames[std::size_t(row.expected)],
                    row.skipped.isEmpty() ? outcomeNames[std::size_t(row.actual)] : "(not built)",
                    said.empty() ? "-" : said.c_str(),
                    right || !row.skipped.isEmpty() ? ""
                        : row.awaitsRule()          ? "   <- no rule says it yet"
                        : !row.gap.isEmpty()        ? "   <- known gap"
                                                    : "   <- disagree");
    }
    std::printf("Agreement: %d of %d (Docker %s; %d more were not built)\n\n", agreed, built,
                qPrintable(m_docker->version()), int(m_rows.size()) - built);
    std::fflush(stdout);
    m_docker.reset();
}

QTEST_GUILESS_MAIN(EngineTableTest)
#include "tst_engine_table.moc"
