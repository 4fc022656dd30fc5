// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/FailureExplanation.h"
#include "engine/RawJsonReader.h"
#include "engine/StepMap.h"
#include "engine/StepTextReader.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <memory>

using namespace stagewright;
using namespace stagewright::engine;
using namespace Qt::StringLiterals;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// What real engines wrote (recorded/ENGINE-FILE.txt; the files are those of tests/engine) is read again, so that it is
/// covered without an engine: Docker 26.1 with buildx 0.13, its classic builder, podman 5.4 and buildah 1.39.
class RecordedBuilds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void replay_data();
    void replay();

private:
    [[nodiscard]] static QString folder() { return QStringLiteral(STAGEWRIGHT_TEST_DATA "/recorded/"); }
};

void RecordedBuilds::replay_data()
{
    QTest::addColumn<QString>("engine");
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("piece");
    const QStringList engines{u"docker-classic"_s, u"docker"_s, u"podman"_s, u"buildah"_s};
    for (const QString &file : QDir(folder()).entryList({u"*.txt"_s}, QDir::Files)) {
        for (const QString &engine : engines) {
            if (!file.startsWith(engine + u'-'))
                continue;
            const QString name = file.mid(engine.size() + 1).chopped(4);
            // A pipe cuts wherever it likes.
            for (const int piece : {7, 4096, 1 << 20})
                QTest::newRow(qPrintable(file + u" in pieces of "_s + QString::number(piece)))
                    << engine << name << piece;
            break;
        }
    }
}

void RecordedBuilds::replay()
{
    QFETCH(QString, engine);
    QFETCH(QString, name);
    QFETCH(int, piece);
    const QString own = folder() + name + u".Dockerfile"_s;
    const QByteArray text = contentOf(QFile::exists(own) ? own
                                                         : QStringLiteral(STAGEWRIGHT_SOURCE_DIR "/tests/engine/files/")
                                              + name + u".Dockerfile"_s);
    QVERIFY(!text.isEmpty());
    const SnapshotPtr snapshot = Snapshot::make(SourceText::fromBytes(text.toStdString()).value());
    const QByteArray log = contentOf(folder() + engine + u'-' + name + u".txt"_s);
    const bool fails = name == "no-shell"_L1;
    BuildProgress progress;
    std::unique_ptr<ProgressReader> reader;
    if (engine == "docker"_L1)
        reader = std::make_unique<RawJsonReader>(progress);
    else
        reader = std::make_unique<StepTextReader>(progress);
    for (qsizetype begin = 0; begin < log.size(); begin += piece) {
        const std::string_view bytes(log.constData() + begin,
                                     std::size_t(std::min<qsizetype>(piece, log.size() - begin)));
        if (engine == "docker"_L1)
            reader->readErrors(bytes);
        else
            reader->readOutput(bytes);
    }
    reader->finish(!fails);
    progress.finish();
    StepMap steps(snapshot);
    steps.update(progress);
    for (const Instruction &instruction : snapshot->tree().instructions()) {
        const StageId stage = snapshot->graph().stageOf(instruction.id);
        if (stage == StageId::None || !snapshot->graph().stage(stage).reachable)
            continue;
        const auto step = steps.stepOf(instruction.id);
        const RowState state = steps.stateOf(instruction.id, progress);
        const QByteArray where = "line " + QByteArray::number(instruction.firstLine);
        if (fails && instruction.kind == InstructionKind::Run && instruction.firstLine == 5) {
            QVERIFY2(state == RowState::Failed, where.constData());
        } else if (!fails && state != RowState::None) {
            QVERIFY2(state == RowState::Done || state == RowState::Cached, where.constData());
        }
        if (!step || instruction.kind == InstructionKind::From)
            continue;
        // By place alone it was found; its text proves that it is the right one.
        const std::string &said = progress.step(*step).name;
        QVERIFY2(said.contains(keywordOf(instruction.kind)), (where + ": " + said.c_str()).constData());
        if (instruction.kind == InstructionKind::Run && instruction.heredocs.empty() && instruction.flags.empty()
            && !instruction.execForm)
            QVERIFY2(said.contains(instruction.arguments.substr(0, 20)), (where + ": " + said.c_str()).constData());
    }
    if (!fails)
        return;
    const BuildFailure failure = findFailure(progress, steps, {}, progress.messages().text());
    QCOMPARE(failure.line, 5U);
    QVERIFY(failure.explanation && failure.explanation->id == "no-shell");
}

QTEST_GUILESS_MAIN(RecordedBuilds)
#include "tst_recorded_builds.moc"
