// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/Snapshot.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QTest>

#include <algorithm>
#include <map>

using namespace stagewright;
using nlohmann::json;

/// Replays what BuildKit's own front end answered for real files and for small cases.
class ReferenceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void realFiles_data();
    void realFiles() { compareRecord(); }
    void smallCases_data();
    void smallCases() { compareRecord(); }
    void errors_data();
    void errors();

private:
    static QString folder()
    {
        const QString given = qEnvironmentVariable("STAGEWRIGHT_CONFORMANCE");
        return given.isEmpty() ? QStringLiteral(STAGEWRIGHT_SOURCE_DIR "/../shared/conformance") : given;
    }
    static std::vector<json> records(const QString &name);
    static void compareRecord();
};

namespace {

std::string bytesOf(const json &record)
{
    if (!record.contains("dockerfile_b64"))
        return record.at("dockerfile").get<std::string>();
    return QByteArray::fromBase64(QByteArray::fromStdString(record["dockerfile_b64"].get<std::string>())).toStdString();
}

AnalysisOptions optionsOf(const json &record)
{
    AnalysisOptions options;
    options.buildArgs = record.value("build_args", std::map<std::string, std::string>());
    const auto given = record.value("opts", std::map<std::string, std::string>());
    for (const auto &[key, value] : given) {
        if (key == "target")
            options.target = value;
        else if (key.starts_with("context:"))
            options.namedContexts[key.substr(8)] = value;
    }
    return options;
}

SnapshotPtr analyse(const std::string &bytes, const AnalysisOptions &options)
{
    const std::expected<SourceText, DecodeError> text = SourceText::fromBytes(bytes);
    return Snapshot::make(text ? *text : SourceText::fromBytesLossy(bytes), options);
}

std::string describe(const Stage &stage)
{
    std::string text = std::to_string(static_cast<int>(stage.id)) + " '" + stage.name + "' "
        + std::to_string(stage.firstLine) + "-" + std::to_string(stage.lastLine)
        + (stage.reachable ? " needed " : " not needed ");
    switch (stage.base.kind) {
    case BaseKind::Image: return text + stage.base.reference;
    case BaseKind::Stage: return text + "stage " + std::to_string(static_cast<int>(stage.base.stage));
    case BaseKind::Scratch: return text + "scratch";
    case BaseKind::NamedContext: return text + "named-context";
    case BaseKind::Invalid: break;
    }
    return text + "invalid";
}

std::string describe(const json &stage)
{
    const std::string kind = stage["base_kind"].get<std::string>();
    std::string base = kind;
    if (kind == "image")
        base = stage["base_image"].get<std::string>();
    else if (kind == "stage")
        base = "stage " + std::to_string(stage["base_stage"].get<int>());
    return std::to_string(stage["index"].get<int>()) + " '" + stage.value("name", std::string()) + "' "
        + std::to_string(stage["start"].get<int>()) + "-" + std::to_string(stage["end"].get<int>())
        + (stage.value("reachable", false) ? " needed " : " not needed ") + base;
}

std::vector<std::string> references(const Snapshot &snapshot)
{
    std::vector<std::string> all;
    for (const StageReference &reference : snapshot.graph().references()) {
        std::string what = "error";
        if (reference.kind == ReferenceKind::Stage)
            what = "stage " + std::to_string(static_cast<int>(reference.stage));
        else if (reference.kind == ReferenceKind::Image)
            what = snapshot.graph().image(reference.image).reference;
        else if (reference.kind == ReferenceKind::Scratch)
            what = "scratch";
        // The recorder did not tell a named context from an image.
        else if (reference.kind == ReferenceKind::NamedContext)
            what = "docker.io/library/"
                + snapshot.graph().namedContexts()[static_cast<std::size_t>(reference.context)].name + ":latest";
        all.push_back(std::to_string(static_cast<int>(reference.inStage)) + " "
                      + std::string(keywordOf(reference.instructionKind)) + " "
                      + std::to_string(snapshot.tree().instruction(reference.instruction).firstLine) + " " + what);
    }
    std::ranges::sort(all);
    return all;
}

std::vector<std::string> references(const json &stages)
{
    std::vector<std::string> all;
    for (const json &stage : stages) {
        const json own = stage.value("refs", json::array());
        for (const json &reference : own) {
            std::string what = reference["kind"].get<std::string>();
            if (what == "stage")
                what += " " + std::to_string(reference["stage"].get<int>());
            else if (what == "image")
                what = reference["image"].get<std::string>();
            all.push_back(std::to_string(stage["index"].get<int>()) + " " + reference["instr"].get<std::string>() + " "
                          + std::to_string(reference["line"].get<int>()) + " " + what);
        }
    }
    std::ranges::sort(all);
    return all;
}

void compareError(const Snapshot &snapshot, const json &error)
{
    const auto errors = snapshot.graph().errors();
    if (error.is_null()) {
        QVERIFY2(errors.empty(), errors.empty() ? "" : errors.front().message.c_str());
        return;
    }
    QVERIFY(!errors.empty());
    QCOMPARE(errors.front().message, error["message"].get<std::string>());
    const json lines = error.value("lines", json::array());
    if (!lines.is_null() && !lines.empty())
        QCOMPARE(errors.front().firstLine, lines[0][0].get<std::uint32_t>());
}

} // namespace

std::vector<json> ReferenceTest::records(const QString &name)
{
    std::vector<json> all;
    QFile file(folder() + QLatin1Char('/') + name);
    if (file.open(QIODevice::ReadOnly)) {
        while (!file.atEnd())
            all.push_back(json::parse(file.readLine().toStdString()));
    }
    return all;
}

void ReferenceTest::initTestCase()
{
    if (!QFile::exists(folder() + QStringLiteral("/semantics.jsonl")))
        QSKIP("BuildKit's recorded answers are not here (set STAGEWRIGHT_CONFORMANCE to their folder)");
}

void ReferenceTest::realFiles_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("expected");
    QTest::addColumn<std::string>("options");
    for (const json &record : records(QStringLiteral("expected.jsonl"))) {
        const std::string path = record["path"].get<std::string>();
        QFile file(folder() + QStringLiteral("/files/") + QString::fromStdString(path));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        QTest::newRow(path.c_str()) << file.readAll().toStdString() << record.dump() << std::string("{}");
    }
}

void ReferenceTest::smallCases_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("expected");
    QTest::addColumn<std::string>("options");
    for (const json &record : records(QStringLiteral("semantics.jsonl"))) {
        const json &input = record["case"];
        QTest::newRow(input["name"].get<std::string>().c_str())
            << bytesOf(input) << record["reference"].dump() << input.dump();
    }
}

void ReferenceTest::compareRecord()
{
    QFETCH(std::string, bytes);
    QFETCH(std::string, expected);
    QFETCH(std::string, options);
    const json record = json::parse(expected);
    const SnapshotPtr snapshot = analyse(bytes, optionsOf(json::parse(options)));
    compareError(*snapshot, record["error"]);
    if (QTest::currentTestFailed() || !record["error"].is_null())
        return;
    std::string stages;
    for (const Stage &stage : snapshot->graph().stages())
        stages += describe(stage) + "\n";
    std::string wanted;
    for (const json &stage : record["stages"])
        wanted += describe(stage) + "\n";
    QCOMPARE(stages, wanted);
    QCOMPARE(references(*snapshot), references(record["stages"]));
}

void ReferenceTest::errors_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("expected");
    for (const json &record : records(QStringLiteral("errors.jsonl")))
        QTest::newRow(record["name"].get<std::string>().c_str()) << bytesOf(record) << record.dump();
}

void ReferenceTest::errors()
{
    QFETCH(std::string, bytes);
    QFETCH(std::string, expected);
    const json record = json::parse(expected);
    json error;
    if (!record["error"].is_null())
        error = {{"message", record["error"]}, {"lines", record["lines"]}};
    if (error.is_object() && record["error"].get<std::string>().starts_with("lint violation"))
        QSKIP("comes from the build checks, not from the graph");
    compareError(*analyse(bytes, optionsOf(record)), error);
}

QTEST_GUILESS_MAIN(ReferenceTest)
#include "ReferenceTest.moc"
