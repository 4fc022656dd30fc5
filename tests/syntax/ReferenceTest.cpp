// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "syntax/InstructionCheck.h"
#include "syntax/SyntaxTree.h"

#include <nlohmann/json.hpp>

#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace stagewright;
using nlohmann::json;

namespace {

QString conformanceFolder()
{
    const QString given = qEnvironmentVariable("STAGEWRIGHT_CONFORMANCE");
    return given.isEmpty() ? QStringLiteral(STAGEWRIGHT_SOURCE_DIR "/../shared/conformance") : given;
}

std::vector<json> records(const QString &name)
{
    std::vector<json> all;
    QFile file(conformanceFolder() + QLatin1Char('/') + name);
    if (!file.open(QIODevice::ReadOnly))
        return all;
    while (!file.atEnd())
        all.push_back(json::parse(file.readLine().toStdString()));
    return all;
}

/// What BuildKit's recorder read: bytes that are not UTF-8 are recorded beside the text.
std::string bytesOf(const json &record)
{
    if (record.contains("dockerfile_b64")) {
        const std::string coded = record["dockerfile_b64"].get<std::string>();
        return QByteArray::fromBase64(QByteArray::fromStdString(coded)).toStdString();
    }
    return record.at("dockerfile").get<std::string>();
}

SyntaxTree treeOf(const std::string &bytes)
{
    std::expected<SourceText, DecodeError> text = SourceText::fromBytes(bytes);
    return SyntaxTree::parse(text ? *text : SourceText::fromBytesLossy(bytes));
}

std::string rebuilt(const SyntaxTree &tree)
{
    std::string all;
    Offset at = 0;
    for (const Token &token : tree.tokens()) {
        if (token.range.begin != at || token.range.isEmpty())
            return "gap or empty token at " + std::to_string(at);
        at = token.range.end;
        all += tree.text().slice(token.range);
    }
    return all;
}

/// The arguments as the recorder flattened BuildKit's nodes.
json argumentsOf(const Instruction &instruction)
{
    json all = json::array();
    for (const Argument &argument : instruction.args) {
        const bool isPair = instruction.kind == InstructionKind::Env || instruction.kind == InstructionKind::Label;
        if (isPair) {
            all.push_back(argument.key);
            all.push_back(argument.assigned);
            all.push_back(argument.spaceSeparated ? "" : "=");
        } else {
            all.push_back(argument.value);
        }
    }
    if (instruction.kind == InstructionKind::Unknown)
        all.push_back("");
    return all;
}

json flagsOf(const Instruction &instruction)
{
    json all = json::array();
    for (const Flag &flag : instruction.flags) {
        const std::string name = "--" + std::string(flag.name);
        all.push_back(flag.hasValue ? name + "=" + std::string(flag.value) : name);
    }
    return all;
}

json nodeOf(const Instruction &outer)
{
    const Instruction &shown = outer.inner != nullptr ? *outer.inner : outer;
    return {{"start", outer.firstLine},   {"end", outer.lastLine},  {"flags", flagsOf(shown)},
            {"args", argumentsOf(shown)}, {"json", shown.execForm}, {"heredocs", outer.heredocs.size()}};
}

} // namespace

/// The tree against what BuildKit's own parser answered, recorded outside of this repository.
class ReferenceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void nodes();
    void errors();
    void tokensOfFiles();
};

void ReferenceTest::initTestCase()
{
    if (!QFile::exists(conformanceFolder() + QStringLiteral("/semantics.jsonl")))
        QSKIP("The recorded answers of BuildKit are not on this machine");
}

void ReferenceTest::nodes()
{
    int differences = 0;
    for (const json &record : records(QStringLiteral("semantics.jsonl"))) {
        const json &reference = record["reference"];
        const SyntaxTree tree = treeOf(bytesOf(record["case"]));
        const bool parseError = reference["error"].is_object() && reference["error"]["phase"] == "parse";
        if (parseError || !reference["nodes"].is_array())
            continue;
        json expected = json::array();
        for (json node : reference["nodes"]) {
            node.erase("instruction");
            expected.push_back({{"start", node["start"]},
                                {"end", node["end"]},
                                {"flags", node["flags"]},
                                {"args", node["args"]},
                                {"json", node["json"]},
                                {"heredocs", node["heredocs"]}});
        }
        json actual = json::array();
        for (const Instruction &instruction : tree.instructions())
            actual.push_back(nodeOf(instruction));
        const std::string escape = reference["escape"];
        if (actual != expected || escape.front() != tree.escapeCharacter()) {
            ++differences;
            qWarning("%s\n  expected %s\n  actual   %s", record["case"]["name"].get<std::string>().c_str(),
                     expected.dump().c_str(), actual.dump(-1, ' ', false, json::error_handler_t::replace).c_str());
        }
    }
    QCOMPARE(differences, 0);
}

void ReferenceTest::errors()
{
    int differences = 0;
    for (const json &record : records(QStringLiteral("errors.jsonl"))) {
        const SyntaxTree tree = treeOf(bytesOf(record));
        const std::string phase = record["phase"].is_string() ? record["phase"].get<std::string>() : "";
        std::string message;
        json lines = json::array();
        if (!tree.errors().empty()) {
            const SyntaxError &first = tree.errors().front();
            message = "parse: " + first.message;
            lines = json::array({json::array({first.firstLine, first.lastLine})});
        } else if (const std::vector<InstructionError> all = instructionErrors(tree); !all.empty()) {
            message = "instructions: " + all.front().message;
            lines = json::array({json::array({all.front().firstLine, all.front().lastLine})});
        }
        const bool expectsError = phase == "parse" || phase == "instructions";
        const std::string expected = expectsError ? phase + ": " + record["error"].get<std::string>() : "";
        if (message != expected || (expectsError && lines != record["lines"])) {
            ++differences;
            qWarning("%s\n  expected %s %s\n  actual   %s %s", record["name"].get<std::string>().c_str(),
                     expected.c_str(), record["lines"].dump().c_str(), message.c_str(), lines.dump().c_str());
        }
    }
    QCOMPARE(differences, 0);
}

void ReferenceTest::tokensOfFiles()
{
    QDirIterator files(conformanceFolder() + QStringLiteral("/files"), QDir::Files, QDirIterator::Subdirectories);
    int count = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const std::string bytes = file.readAll().toStdString();
        const SyntaxTree tree = treeOf(bytes);
        QVERIFY2(rebuilt(tree) == tree.text().bytes(), qPrintable(file.fileName()));
        ++count;
    }
    QVERIFY(count > 0);
}

QTEST_GUILESS_MAIN(ReferenceTest)
#include "ReferenceTest.moc"
