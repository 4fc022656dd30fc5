// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "Command.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sstream>

using namespace stagewright::cli;
using nlohmann::json;

namespace {

struct Outcome
{
    int code = -1;
    std::vector<json> lines;
    std::string out;
    std::string err;
};

Outcome run(const std::vector<std::string> &arguments, const std::string &input = {})
{
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    Streams streams{in, out, err};
    Outcome outcome;
    outcome.code = runCommandLine(arguments, streams);
    outcome.out = out.str();
    outcome.err = err.str();
    if (!arguments.empty() && arguments.front() == "inspect") {
        std::istringstream text(outcome.out);
        for (std::string line; std::getline(text, line);) {
            if (line.starts_with('{'))
                outcome.lines.push_back(json::parse(line));
        }
    }
    return outcome;
}

json inspect(const std::string &dockerfile, std::vector<std::string> options = {})
{
    options.insert(options.begin(), "inspect");
    options.emplace_back("-");
    const Outcome outcome = run(options, dockerfile);
    return outcome.lines.size() == 1 ? outcome.lines.front() : json();
}

std::string written(const QTemporaryDir &folder, const char *name, const QByteArray &bytes)
{
    QFile file(folder.filePath(QString::fromLatin1(name)));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        return {};
    return file.fileName().toStdString();
}

} // namespace

/// `inspect` and what all commands share: help, options, unreadable input.
class InspectTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void printsTheSchema();
    void takesBuildOptions();
    void namesTheFirstError();
    void countsChecksAsErrors();
    void keepsOrderAndGoesOn();
    void answersForOddBytes();
    void quotesOddText();
    void helps();
    void proposesCommandsAndOptions();
    void wantsFiles();
    void endsOptions();
};

void InspectTest::printsTheSchema()
{
    const json answer = inspect(
        "FROM golang:1.23 AS Build\nFROM build\nCOPY --from=build /a /b\nCOPY --from=nginx \\\n /c /d\nFROM scratch\n");
    QCOMPARE(answer["path"].get<std::string>(), "-");
    QVERIFY(answer["error"].is_null());
    const json &stages = answer["stages"];
    QCOMPARE(stages.size(), std::size_t{3});
    QCOMPARE(stages[0]["name"].get<std::string>(), "build");
    QCOMPARE(stages[0]["base_kind"].get<std::string>(), "image");
    QCOMPARE(stages[0]["base_image"].get<std::string>(), "docker.io/library/golang:1.23");
    QCOMPARE(stages[1]["name"].get<std::string>(), "");
    QCOMPARE(stages[1]["start"].get<int>(), 2);
    QCOMPARE(stages[1]["end"].get<int>(), 5);
    QCOMPARE(stages[1]["base_stage"].get<int>(), 0);
    QVERIFY(!stages[1]["reachable"].get<bool>() && stages[2]["reachable"].get<bool>());
    QCOMPARE(stages[1]["refs"], json::parse(R"([{"instr":"COPY","line":3,"kind":"stage","stage":0},
        {"instr":"COPY","line":4,"kind":"image","image":"docker.io/library/nginx:latest"}])"));
    QVERIFY(answer["lint"].is_array() && answer["findings"].is_array());
    QCOMPARE(answer["lint"][0]["rule"].get<std::string>(), "StageNameCasing");
    QCOMPARE(answer["lint"][0]["line"].get<int>(), 1);
}

void InspectTest::takesBuildOptions()
{
    const std::string text = "ARG B=alpine\nFROM $B AS one\nFROM --platform=$TARGETPLATFORM node:$TARGETARCH AS "
                             "two\nCOPY --from=src a b\n";
    const json answer = inspect(
        text, {"--build-arg", "B=busybox", "--target=one", "--platform=linux/arm64", "--build-context", "src=."});
    QCOMPARE(answer["stages"][0]["base_image"].get<std::string>(), "docker.io/library/busybox:latest");
    QCOMPARE(answer["stages"][1]["base_image"].get<std::string>(), "docker.io/library/node:arm64");
    QCOMPARE(answer["stages"][1]["refs"][0]["kind"].get<std::string>(), "named-context");
    QCOMPARE(answer["stages"][1]["refs"][0]["context"].get<std::string>(), "src");
    QVERIFY(answer["stages"][0]["reachable"].get<bool>() && !answer["stages"][1]["reachable"].get<bool>());
    qputenv("STAGEWRIGHT_TEST_BASE", "debian");
    QCOMPARE(inspect("ARG STAGEWRIGHT_TEST_BASE=alpine\nFROM $STAGEWRIGHT_TEST_BASE\n",
                     {"--build-arg=STAGEWRIGHT_TEST_BASE"})["stages"][0]["base_image"]
                 .get<std::string>(),
             "docker.io/library/debian:latest");
    qunsetenv("STAGEWRIGHT_TEST_BASE");
}

void InspectTest::namesTheFirstError()
{
    const json answer = inspect("FROM alpine\nFOO bar\nCOPY --from=9 a b\n");
    QCOMPARE(answer["error"]["message"].get<std::string>(),
             "dockerfile parse error on line 2: unknown instruction: FOO (did you mean FROM?)");
    QCOMPARE(answer["error"]["line"].get<int>(), 2);
    QCOMPARE(answer["stages"].size(), std::size_t{1});
    // BuildKit names no line here; ours is where the mistake stands.
    QCOMPARE(inspect("FROM alpine\n\nCOPY --from=9 a b\n")["error"]["line"].get<int>(), 3);
    QCOMPARE(inspect("")["error"]["message"].get<std::string>(), "the Dockerfile cannot be empty");
}

void InspectTest::countsChecksAsErrors()
{
    const std::string text = "FROM scratch as Base\n";
    QVERIFY(inspect(text)["error"].is_null());
    QCOMPARE(inspect("# check=error=true\n" + text)["error"]["message"].get<std::string>(),
             "lint violation found for rules: FromAsCasing, StageNameCasing");
    QVERIFY(inspect("# check=skip=all;error=true\n" + text)["error"].is_null());
}

void InspectTest::keepsOrderAndGoesOn()
{
    QTemporaryDir folder;
    const std::string good = written(folder, "good", "FROM alpine\n");
    const std::string missing = folder.filePath(QStringLiteral("missing")).toStdString();
    const Outcome outcome = run({"inspect", missing, good, folder.path().toStdString(), good});
    QCOMPARE(outcome.code, static_cast<int>(CannotRun));
    QCOMPARE(outcome.lines.size(), std::size_t{4});
    QCOMPARE(outcome.lines[0]["path"].get<std::string>(), missing);
    QCOMPARE(outcome.lines[0]["error"]["message"].get<std::string>(), "No such file or directory");
    QVERIFY(outcome.lines[1]["error"].is_null());
    QCOMPARE(outcome.lines[2]["error"]["message"].get<std::string>(), "Is a directory");
    QCOMPARE(outcome.lines[3]["stages"].size(), std::size_t{1});
    QCOMPARE(outcome.err,
             missing + ": No such file or directory\n" + folder.path().toStdString() + ": Is a directory\n");
    QCOMPARE(run({"inspect", good, good}).code, static_cast<int>(Ok));
}

void InspectTest::answersForOddBytes()
{
    QTemporaryDir folder;
    const std::string path = written(folder, "latin1", "FROM alpine AS a\nRUN echo caf\xe9\n");
    const Outcome outcome = run({"inspect", path});
    QCOMPARE(outcome.code, static_cast<int>(CannotRun));
    QVERIFY2(outcome.err.starts_with(path + ":2:13: "), outcome.err.c_str());
    QVERIFY(outcome.lines[0]["error"].is_null()); // BuildKit reads it
    QCOMPARE(outcome.lines[0]["encoding_error"]["line"].get<int>(), 2);
    QCOMPARE(outcome.lines[0]["stages"].size(), std::size_t{1});
}

void InspectTest::quotesOddText()
{
    const json answer = inspect("FROM alpine\n\"\\\xc3\xa9\x01 x\n");
    QVERIFY(answer["error"]["message"].get<std::string>().find("unknown instruction: \"\\\xc3\xa9\x01")
            != std::string::npos);
}

void InspectTest::helps()
{
    for (const std::vector<std::string> &arguments : {std::vector<std::string>{"--help"}, {"-h"}, {"help"}}) {
        const Outcome outcome = run(arguments);
        QCOMPARE(outcome.code, static_cast<int>(Ok));
        for (const Command *command : commands())
            QVERIFY(outcome.out.find(command->summary) != std::string::npos);
    }
    for (const Command *command : commands()) {
        const std::string name(command->name);
        const Outcome outcome = run({"help", name});
        QCOMPARE(outcome.code, static_cast<int>(Ok));
        QVERIFY(outcome.out.starts_with("Usage: stagewright-cli " + std::string(command->usage)));
        QCOMPARE(run({name, "--help"}).out, outcome.out);
    }
    QVERIFY(run({"help", "inspect"}).out.find("--build-context") != std::string::npos);
    const Outcome version = run({"--version"});
    QVERIFY(version.out.starts_with("stagewright-cli ") && version.out.size() > 18);
    const Outcome nothing = run({});
    QCOMPARE(nothing.code, static_cast<int>(CannotRun));
    QVERIFY(nothing.out.empty() && nothing.err.starts_with("Usage: "));
}

void InspectTest::proposesCommandsAndOptions()
{
    const Outcome command = run({"inspekt", "x"});
    QCOMPARE(command.code, static_cast<int>(CannotRun));
    QVERIFY2(command.err.starts_with("stagewright-cli: unknown command \"inspekt\" (did you mean inspect?)\n"),
             command.err.c_str());
    QVERIFY(run({"--verson"}).err.starts_with("stagewright-cli: unknown option \"--verson\""));
    QVERIFY(run({"help", "chekc"}).err.find("(did you mean check?)") != std::string::npos);
    const Outcome option = run({"inspect", "--tagret", "x", "-"});
    QCOMPARE(option.code, static_cast<int>(CannotRun));
    QCOMPARE(option.err, "stagewright-cli inspect: unknown option \"--tagret\" (did you mean --target?)\n");
}

void InspectTest::wantsFiles()
{
    const auto error = [](const std::vector<std::string> &arguments) {
        const Outcome outcome = run(arguments);
        return outcome.code == CannotRun && outcome.out.empty() ? outcome.err : "accepted";
    };
    const std::string prefix = "stagewright-cli inspect: ";
    QCOMPARE(error({"inspect"}), prefix + "no file given\n");
    QCOMPARE(error({"inspect", "--target"}), prefix + "--target needs a value\n");
    QCOMPARE(error({"inspect", "--build-arg", "=x", "-"}), prefix + "--build-arg needs NAME=VALUE, got \"=x\"\n");
    QCOMPARE(error({"inspect", "--build-context", "x", "-"}),
             prefix + "invalid context value: x, expected key=value\n");
    QCOMPARE(error({"inspect", "--build-context", "X=y", "-"}),
             prefix
                 + "invalid context name X: invalid reference format: repository name (library/X) must be lowercase\n");
    QCOMPARE(
        error({"inspect", "--platform=foo", "-"}),
        prefix + "failed to parse platform foo: \"foo\": unknown operating system or architecture: invalid argument\n");
}

void InspectTest::endsOptions()
{
    const Outcome outcome = run({"inspect", "--", "--help"});
    QCOMPARE(outcome.lines.size(), std::size_t{1});
    QCOMPARE(outcome.lines[0]["path"].get<std::string>(), "--help");
}

QTEST_GUILESS_MAIN(InspectTest)
#include "tst_inspect.moc"
