// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "PrivatePodman.h"
#include "StandIns.h"

#include "Command.h"
#include "engine/BuildRun.h"
#include "engine/FailureExplanation.h"
#include "engine/ProcessTree.h"
#include "engine/StepMap.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <memory>
#include <sstream>

using namespace stagewright;
using namespace Qt::StringLiterals;
using Json = nlohmann::json;

namespace {

QString dataFile(const QString &name)
{
    return QStringLiteral(STAGEWRIGHT_TEST_DATA "/files/") + name;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool writeFile(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

/// A template without its first line: "# syntax=" makes BuildKit ask a registry.
std::string offline(const QString &name)
{
    const QByteArray text = contentOf(QStringLiteral(STAGEWRIGHT_SOURCE_DIR "/resources/templates/") + name);
    return text.mid(text.startsWith("# syntax=") ? text.indexOf('\n') : 0).toStdString();
}

struct Ran
{
    int code = -1;
    Json json;
    std::string err;
};

/// `stagewright-cli build`, in this process.
Ran build(std::vector<std::string> arguments, const std::string &input = {})
{
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    cli::Streams streams{in, out, err};
    arguments.insert(arguments.begin(), {"build", "--format=json"});
    Ran result;
    result.code = cli::runCommandLine(arguments, streams);
    result.json = Json::parse(out.str(), nullptr, false);
    result.err = err.str();
    return result;
}

} // namespace

/// The whole way from a Dockerfile to its sizes, with engines that really build. Skipped where there is none.
class RealBuilds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void sizes_data();
    void sizes();
    void leavesNoImages_data();
    void leavesNoImages();
    void waste();
    void exposure();
    void limits();
    void onbuildOfAnExternalBase();
    void unnamedTarget();
    void standardInput();
    void nodeOnDistroless();
    void mavenOnDistroless();
    void brokenSample();
    void failures_data();
    void failures();
    void secrets();
    void cancelling_data();
    void cancelling();
    void daemonGoesAway();

private:
    void startWithImages();
    [[nodiscard]] std::vector<std::uint64_t> history(const QString &program, const QString &image);
    void checkLines(const Json &json, const QByteArray &text);
    void checkStages(const Json &json, const QString &program, const QString &image, const QByteArray &text);
    [[nodiscard]] std::string context() const { return m_context.path().toStdString(); }
    [[nodiscard]] QString skipOf(const QString &engine) const
    {
        return engine.startsWith("docker"_L1) ? m_noDocker : m_noPodman;
    }

    /// `docker` or `podman` with arguments, to its end.
    [[nodiscard]] test::PrivateDocker::Answer run(const QString &program, const QStringList &arguments) const
    {
        return program == "docker"_L1 ? m_docker->docker(arguments) : m_podman->podman(arguments);
    }
    [[nodiscard]] bool hasStandIns() const { return m_docker && m_standIns; }

    std::unique_ptr<test::PrivateDocker> m_docker;
    std::unique_ptr<test::PrivatePodman> m_podman;
    bool m_standIns = false;
    QTemporaryDir m_context;
    QTemporaryDir m_state;
    QString m_noDocker;
    QString m_noPodman;
};

void RealBuilds::initTestCase()
{
    qputenv("XDG_STATE_HOME", m_state.path().toUtf8());
    if (auto docker = test::PrivateDocker::start()) {
        m_docker = std::move(*docker);
        qputenv("DOCKER_HOST", m_docker->host().toUtf8());
        startWithImages();
    } else {
        m_noDocker = docker.error();
    }
    if (auto podman = test::PrivatePodman::start())
        m_podman = std::move(*podman);
    else
        m_noPodman = podman.error();
    if (!m_noDocker.isEmpty() && !m_noPodman.isEmpty())
        QSKIP(qPrintable(u"No engine: "_s + m_noDocker + u"; "_s + m_noPodman));
    QVERIFY(writeFile(m_context.filePath(u"seventy"_s), QByteArray(70, 'x')));
}

/// The names that the templates have in FROM, for what stands in for them here.
void RealBuilds::startWithImages()
{
    const auto images = test::StandIns::load(*m_docker);
    if (!images) {
        m_noDocker = images.error();
        return;
    }
    const std::initializer_list<std::pair<QString, QString>> tags{
        {u"node:22-alpine"_s, u"node:22-trixie-slim"_s},
        {u"gcr.io/distroless/nodejs22-debian12"_s, u"gcr.io/distroless/nodejs22-debian13:nonroot"_s},
        {u"maven:3-eclipse-temurin-21"_s, u"maven:3.9-eclipse-temurin-21"_s},
        {u"gcr.io/distroless/java21"_s, u"gcr.io/distroless/java21-debian13:nonroot"_s},
    };
    m_standIns = std::ranges::all_of(
        tags, [this](const auto &tag) { return m_docker->docker({u"tag"_s, tag.first, tag.second}).ok(); });
}

/// The engine's own figures, oldest first, read here once more and by other means.
std::vector<std::uint64_t> RealBuilds::history(const QString &program, const QString &image)
{
    std::vector<std::uint64_t> sizes;
    if (program == "podman"_L1) { // it rounds in its templates, whatever it is told
        const Json rows = Json::parse(
            run(program, {u"history"_s, u"--no-trunc"_s, u"--format"_s, u"json"_s, image}).words.toStdString(), nullptr,
            false);
        for (const Json &row : rows)
            sizes.insert(sizes.begin(), row["size"].get<std::uint64_t>());
        return sizes;
    }
    const auto output
        = run(program, {u"history"_s, u"--no-trunc"_s, u"--human=false"_s, u"--format"_s, u"{{.Size}}"_s, image});
    for (const QByteArray &line : output.words.trimmed().split('\n')) {
        bool isNumber = false;
        const std::uint64_t size = line.trimmed().toULongLong(&isNumber);
        if (isNumber)
            sizes.insert(sizes.begin(), size);
    }
    return sizes;
}

/// Compares every layer of the final stage's chain with the engine's history, and every "# bytes N" in the file with
/// what was found for the line below it.
void RealBuilds::checkStages(const Json &json, const QString &program, const QString &image, const QByteArray &text)
{
    const std::vector<std::uint64_t> rows = history(program, image);
    QVERIFY(!rows.empty());
    const Json &stages = json["stages"];
    QVERIFY(!stages.empty());
    // The chain of FROMs, by the names in the file.
    std::vector<const Json *> chain;
    const Json *stage = &stages.back();
    while (stage) {
        chain.insert(chain.begin(), stage);
        const std::string from = (*stage)["instructions"][0]["text"].get<std::string>().substr(5);
        const std::string base = from.substr(0, from.find(' '));
        const Json *below = nullptr;
        for (const Json &other : stages) {
            if (other["name"] == base && other["index"] < (*stage)["index"])
                below = &other;
        }
        stage = below;
    }
    std::vector<std::uint64_t> found;
    std::size_t triggers = 0; // of the stage below
    for (const Json *one : chain) {
        std::uint64_t ofTriggers = (*one)["instructions"][0]["bytes"];
        for (std::size_t i = 0; i < triggers; ++i)
            found.push_back(i == 0 ? ofTriggers : 0); // the FROM has their sum
        const std::size_t before = triggers;
        triggers = 0;
        for (std::size_t i = 1; i < (*one)["instructions"].size(); ++i) {
            const Json &instruction = (*one)["instructions"][i];
            const bool onbuild = instruction["text"].get<std::string>().starts_with("ONBUILD");
            triggers += onbuild ? 1U : 0U;
            if (!onbuild || program == "podman"_L1)
                found.push_back(instruction["bytes"]);
        }
        if (before > 1) { // put the rows together as the FROM has them
            const std::size_t first = found.size() - ((*one)["instructions"].size() - 1) - before;
            QCOMPARE(found[first], ofTriggers);
        }
    }
    QVERIFY(rows.size() >= found.size());
    const std::size_t baseRows = rows.size() - found.size();
    std::uint64_t base = 0;
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        base += i < baseRows ? rows[i] : 0;
        total += rows[i];
    }
    QCOMPARE(json["bytes"].get<std::uint64_t>(), total);
    QCOMPARE(json["base_bytes"].get<std::uint64_t>(), base);
    const bool hasTriggers = text.contains("\nONBUILD");
    for (std::size_t i = 0; i < found.size() && !hasTriggers; ++i)
        QCOMPARE(found[i], rows[baseRows + i]);
    if (program != "docker"_L1)
        return; // podman counts whole tar blocks, so the exact figures of the file are not its own
    if (!text.isEmpty())
        checkLines(json, text);
}

/// Compares every "# bytes N" in the file with what was found for the line below it.
void RealBuilds::checkLines(const Json &json, const QByteArray &text)
{
    const QList<QByteArray> lines = text.split('\n');
    int compared = 0;
    for (const Json &one : json["stages"]) {
        for (const Json &instruction : one["instructions"]) {
            const int line = instruction["line"];
            const QByteArray above = line >= 2 ? lines[line - 2] : QByteArray();
            if (!above.startsWith("# bytes "))
                continue;
            QVERIFY2(instruction["bytes"] == above.mid(8).toULongLong(), instruction.dump().c_str());
            ++compared;
        }
    }
    QVERIFY(compared > 0);
}

void RealBuilds::sizes_data()
{
    QTest::addColumn<QString>("engine");
    QTest::addColumn<QString>("file");
    for (const QString &engine : {u"docker"_s, u"docker-classic"_s, u"podman"_s, u"buildah"_s}) {
        for (const QString &file : QDir(dataFile({})).entryList({u"*.Dockerfile"_s}, QDir::Files)) {
            // Here-documents and mounts need BuildKit; ONBUILD of COPY --from is BuildKit's alone. The other engines
            // get what shows their own ways: triggers, settings, no name.
            if (engine != "docker"_L1
                && !QStringList{u"shared-base.Dockerfile"_s, u"settings.Dockerfile"_s, u"unnamed.Dockerfile"_s}
                        .contains(file))
                continue;
            if (engine == "buildah"_L1 && file != "unnamed.Dockerfile"_L1)
                continue;
            QTest::newRow(qPrintable(engine + u' ' + file)) << engine << file;
        }
    }
}

void RealBuilds::sizes()
{
    QFETCH(QString, engine);
    QFETCH(QString, file);
    if (!skipOf(engine).isEmpty())
        QSKIP(qPrintable(skipOf(engine)));
    const std::string image = "sizes/" + file.section(u'.', 0, 0).toStdString();
    const Ran ran
        = build({"--engine=" + engine.toStdString(), "-t", image, "-f", dataFile(file).toStdString(), context()});
    QVERIFY2(ran.code == 0, ran.err.c_str());
    QVERIFY2(ran.json.is_object(), ran.err.c_str());
    QCOMPARE(ran.json["engine"].get<std::string>(), engine.toStdString());
    QVERIFY2(!ran.json["bytes"].is_null(), ran.err.c_str());
    const QString program = engine.startsWith("docker"_L1) ? u"docker"_s : u"podman"_s;
    if (engine == "buildah"_L1) // it has no history to compare with, and counts files as docker does
        checkLines(ran.json, contentOf(dataFile(file)));
    else
        checkStages(ran.json, program, QString::fromStdString(image), contentOf(dataFile(file)));
    for (const Json &stage : ran.json["stages"]) {
        QVERIFY2(!stage["bytes"].is_null(), ran.err.c_str());
        // What is not the base has to be the instructions' own, where the stage starts on an image.
        std::uint64_t sum = stage["base_bytes"];
        for (const Json &instruction : stage["instructions"])
            sum += instruction["bytes"].get<std::uint64_t>();
        QVERIFY(sum <= stage["bytes"].get<std::uint64_t>());
    }
    QVERIFY(!ran.json["efficiency"].is_null());
    QVERIFY(!ran.json["exposes"].is_null());
}

void RealBuilds::leavesNoImages_data()
{
    QTest::addColumn<QString>("engine");
    QTest::newRow("docker") << u"docker"_s;
    QTest::newRow("podman") << u"podman"_s;
}

void RealBuilds::leavesNoImages()
{
    QFETCH(QString, engine);
    if (!skipOf(engine).isEmpty())
        QSKIP(qPrintable(skipOf(engine)));
    const auto images = [&] {
        QList<QByteArray> ids
            = run(engine, {u"image"_s, u"ls"_s, u"--all"_s, u"--quiet"_s, u"--no-trunc"_s}).words.split('\n');
        std::ranges::sort(ids);
        return ids;
    };
    const std::vector<std::string> arguments{"--engine=" + engine.toStdString(),
                                             "-t",
                                             "traces",
                                             "-f",
                                             dataFile(u"unnamed.Dockerfile"_s).toStdString(),
                                             context()};
    QVERIFY(build(arguments).code == 0);
    const QList<QByteArray> before = images();
    const Ran again = build(arguments);
    QCOMPARE(again.code, 0);
    QCOMPARE(images(), before);
    for (const Json &instruction : again.json["stages"][0]["instructions"])
        QVERIFY2(instruction["cached"].is_null() || instruction["cached"] == true
                     || instruction["text"].get<std::string>().starts_with("FROM"),
                 instruction.dump().c_str());
}

void RealBuilds::waste()
{
    if (!m_noDocker.isEmpty())
        QSKIP(qPrintable(m_noDocker));
    const Ran ran = build({"--engine=docker", "-f", dataFile(u"waste.Dockerfile"_s).toStdString(), context()});
    QCOMPARE(ran.code, 0);
    QCOMPARE(ran.json["wasted_bytes"].get<std::uint64_t>(), 150000U);
    const Json &exposes = ran.json["exposes"];
    QVERIFY(exposes["shell"].get<std::string>().ends_with("/sh"));
    QCOMPARE(exposes["user"].get<std::string>(), "root");
}

/// An image whose files are all known.
void RealBuilds::exposure()
{
    if (!m_noDocker.isEmpty())
        QSKIP(qPrintable(m_noDocker));
    const QTemporaryDir folder;
    for (const char *path : {"tool", "sudo", "apk", "data"})
        QVERIFY(writeFile(folder.filePath(QString::fromLatin1(path)), "x"));
    QVERIFY(writeFile(folder.filePath(u"installed"_s), "P:one\nV:1\n\nP:two\nV:2\n"));
    const Ran ran = build(
        {"--engine=docker", "--no-shell", "--no-root", "--max-executables=3", "-f", "-", folder.path().toStdString()},
        "FROM scratch\nCOPY --chmod=755 tool /app/\nCOPY --chmod=4755 sudo /usr/bin/\n"
        "COPY --chmod=755 apk /sbin/\nCOPY --chmod=644 data /data\n"
        "COPY --chmod=644 installed /lib/apk/db/installed\nUSER 65532:65532\n");
    QVERIFY2(ran.code == 0, ran.err.c_str());
    const Json expected{{"shell", nullptr}, {"package_manager", "apk"}, {"packages", 2}, {"executables", 3},
                        {"setuid", 1},      {"user", "65532:65532"}};
    QCOMPARE(ran.json["exposes"], expected);
    QCOMPARE(build({"--engine=docker", "--no-setuid", "--no-package-manager", "-f", "-", folder.path().toStdString()},
                   "FROM scratch\nCOPY --chmod=4755 sudo /usr/bin/\n")
                 .code,
             1);
}

void RealBuilds::limits()
{
    if (!m_noDocker.isEmpty())
        QSKIP(qPrintable(m_noDocker));
    const std::string file = dataFile(u"waste.Dockerfile"_s).toStdString();
    const Ran over = build({"--engine=docker", "--max-size=1kB", "--no-shell", "--lowest-efficiency=0.999", "--no-root",
                            "-f", file, context()});
    QCOMPARE(over.code, 1);
    for (const char *words : {"The image weighs", "has a shell: ", "efficiency", "runs as root"})
        QVERIFY2(over.err.contains(words), over.err.c_str());
    const Ran within = build({"--engine=docker", "--max-size=1GB", "--lowest-efficiency=0%", "--max-wasted=150kB",
                              "--no-setuid", "-f", file, context()});
    QVERIFY2(within.code == 0, within.err.c_str());
}

void RealBuilds::onbuildOfAnExternalBase()
{
    if (!m_noDocker.isEmpty())
        QSKIP(qPrintable(m_noDocker));
    QCOMPARE(build({"--engine=docker", "-t", "with-trigger", "-f", "-", context()},
                   "FROM alpine\nONBUILD RUN head -c 31 /dev/zero > /t1\nONBUILD RUN head -c 32 /dev/zero > /t2\n")
                 .code,
             0);
    const Ran ran = build({"--engine=docker", "-t", "triggered", "-f", "-", context()},
                          "FROM with-trigger\nRUN head -c 33 /dev/zero > /own\n");
    QCOMPARE(ran.code, 0);
    const std::uint64_t base = ran.json["base_bytes"];
    QCOMPARE(ran.json["bytes"].get<std::uint64_t>(), base + 33);
    QCOMPARE(ran.json["stages"][0]["instructions"][1]["bytes"].get<int>(), 33);
}

void RealBuilds::unnamedTarget()
{
    if (!m_noDocker.isEmpty())
        QSKIP(qPrintable(m_noDocker));
    const Ran ran
        = build({"--engine=docker", "--target=0", "-f", dataFile(u"unnamed.Dockerfile"_s).toStdString(), context()});
    QVERIFY2(ran.code == 0, ran.err.c_str());
    QCOMPARE(ran.json["stages"].size(), 1U);
    QCOMPARE(ran.json["stages"][0]["instructions"][1]["bytes"].get<int>(), 4321);
}

void RealBuilds::standardInput()
{
    if (!m_noDocker.isEmpty())
        QSKIP(qPrintable(m_noDocker));
    const Ran ran = build({"--engine=docker", "--build-arg", "N=--rm", "-f", "-", context()},
                          "FROM alpine\nARG N\nRUN test \"$N\" = --rm\nCOPY seventy /\n");
    QVERIFY2(ran.code == 0, ran.err.c_str());
    QCOMPARE(ran.json["stages"][0]["instructions"][3]["bytes"].get<int>(), 70);
}

void RealBuilds::nodeOnDistroless()
{
    if (!hasStandIns())
        QSKIP("STAGEWRIGHT_STANDINS names no folder with the stand-ins for Node and Java.");
    const QTemporaryDir folder;
    QVERIFY(writeFile(
        folder.filePath(u"package.json"_s),
        R"({"name":"sample","version":"1.0.0","scripts":{"build":"mkdir -p dist node_modules && cp src/server.js dist"}})"));
    QVERIFY(writeFile(
        folder.filePath(u"package-lock.json"_s),
        R"({"name":"sample","version":"1.0.0","lockfileVersion":3,"packages":{"":{"name":"sample","version":"1.0.0"}}})"));
    QVERIFY(writeFile(folder.filePath(u"src/server.js"_s), "console.log('it works on ' + process.cwd())\n"));
    const Ran ran = build({"--engine=docker", "-t", "sample-node", "-f", "-", folder.path().toStdString()},
                          offline(u"node-distroless.Dockerfile"_s));
    QVERIFY2(ran.code == 0, ran.err.c_str());
    checkStages(ran.json, u"docker"_s, u"sample-node"_s, {});
    QVERIFY(ran.json["exposes"]["shell"].is_null());
    const auto output = m_docker->docker({u"run"_s, u"--rm"_s, u"sample-node"_s});
    QCOMPARE(output.words.trimmed(), "it works on /app");
}

void RealBuilds::mavenOnDistroless()
{
    if (!hasStandIns())
        QSKIP("STAGEWRIGHT_STANDINS names no folder with the stand-ins for Node and Java.");
    const QTemporaryDir folder;
    QVERIFY(writeFile(folder.filePath(u"pom.xml"_s), "<project/>\n"));
    QVERIFY(writeFile(
        folder.filePath(u"src/main/java/App.java"_s),
        "public class App { public static void main(String[] a) { System.out.println(\"java works\"); } }\n"));
    const Ran ran = build({"--engine=docker", "-t", "sample-java", "--no-shell", "--no-package-manager", "-f", "-",
                           folder.path().toStdString()},
                          offline(u"java-maven-distroless.Dockerfile"_s));
    QVERIFY2(ran.code == 0, ran.err.c_str());
    const auto output = m_docker->docker({u"run"_s, u"--rm"_s, u"sample-java"_s});
    QVERIFY2(output.words.trimmed().endsWith("java works"), output.words.constData());
}

void RealBuilds::brokenSample()
{
    if (!hasStandIns())
        QSKIP("STAGEWRIGHT_STANDINS names no folder with the stand-ins for Node and Java.");
    const QTemporaryDir folder;
    QVERIFY(writeFile(folder.filePath(u"package.json"_s), R"({"name":"broken","version":"1.0.0"})"));
    QVERIFY(writeFile(folder.filePath(u"index.js"_s), "console.log(1)\n"));
    const QString path
        = QStringLiteral(STAGEWRIGHT_SOURCE_DIR "/resources/templates/node-distroless-broken.Dockerfile");
    const Ran ran = build({"--engine=docker", "-f", path.toStdString(), folder.path().toStdString()});
    QCOMPARE(ran.code, 1);
    const int line = int(contentOf(path).split('\n').indexOf("RUN mkdir /app")) + 1;
    QCOMPARE(ran.json["error"]["line"].get<int>(), line);
    QCOMPARE(ran.json["error"]["rule"].get<std::string>(), "SW001");
    QVERIFY(ran.json["image"].is_null());
    QVERIFY2(ran.err.contains("There is no shell in this image") && ran.err.contains("[SW001]"), ran.err.c_str());
}

void RealBuilds::failures_data()
{
    QTest::addColumn<QString>("engine");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("title");
    struct Case
    {
        const char *name;
        const char *text;
        int line;
        const char *title;
    };
    const std::initializer_list<Case> cases{
        {"no shell", "FROM alpine AS b\nFROM scratch\nCOPY --from=b /etc/passwd /p\nRUN mkdir /x\n", 4,
         "There is no shell"},
        {"no file", "FROM alpine\nCOPY nothing-of-this-name /\n", 2, "There is nothing to copy"},
        {"no account", "FROM alpine\nUSER ghost\nRUN true\n", 3, "does not know this user"},
        {"no program", "FROM alpine\nRUN [\"no-such-tool\"]\n", 2, "The program is not in the image"},
        {"not executable", "FROM alpine\nCOPY seventy /x\nRUN [\"/x\"]\n", 3, "may not be read, written or run"},
        {"other machine", "FROM alpine\nCOPY --chmod=755 seventy /x\nRUN [\"/x\"]\n", 3, "another kind of machine"},
    };
    for (const QString &engine : {u"docker"_s, u"podman"_s}) {
        for (const Case &one : cases)
            QTest::newRow(qPrintable(engine + u": "_s + QString::fromLatin1(one.name)))
                << engine << QByteArray(one.text) << one.line << QString::fromLatin1(one.title);
    }
    QTest::newRow("docker: disk full")
        << u"docker"_s
        << QByteArray("FROM alpine\nRUN --mount=type=tmpfs,target=/t,size=65536 dd if=/dev/zero "
                      "of=/t/x bs=1000 count=1000\n")
        << 2 << u"The disk is full"_s;
}

void RealBuilds::failures()
{
    QFETCH(QString, engine);
    QFETCH(QByteArray, text);
    QFETCH(int, line);
    QFETCH(QString, title);
    if (!skipOf(engine).isEmpty())
        QSKIP(qPrintable(skipOf(engine)));
    const Ran ran = build({"--engine=" + engine.toStdString(), "-f", "-", context()}, text.toStdString());
    QCOMPARE(ran.code, 1);
    QVERIFY2(ran.err.contains(title.toStdString()), ran.err.c_str());
    QVERIFY2(ran.json["error"]["line"] == line, (ran.json.dump() + ran.err).c_str());
}

void RealBuilds::secrets()
{
    if (!m_noDocker.isEmpty())
        QSKIP(qPrintable(m_noDocker));
    QTemporaryDir folder;
    QVERIFY(writeFile(folder.filePath(u"key"_s), "very-secret-word"));
    const std::string source = folder.filePath(u"key"_s).toStdString();
    const Ran ran
        = build({"--engine=docker", "--secret", "id=key,src=" + source, "-f", "-", context()},
                "FROM alpine\nRUN --mount=type=secret,id=key test \"$(cat /run/secrets/key)\" = very-secret-word\n");
    QVERIFY2(ran.code == 0, ran.err.c_str());
    QVERIFY(!ran.err.contains("very-secret-word"));
    QVERIFY(!ran.json.dump().contains("/run/secrets/key)\" = x"));
}

void RealBuilds::cancelling_data()
{
    QTest::addColumn<QString>("engine");
    for (const QString &engine : {u"docker"_s, u"docker-classic"_s, u"podman"_s, u"buildah"_s})
        QTest::newRow(qPrintable(engine)) << engine;
}

/// The RUN that sleeps is started by the daemon or by the client; in either case it has to be gone.
void RealBuilds::cancelling()
{
    QFETCH(QString, engine);
    if (!skipOf(engine).isEmpty())
        QSKIP(qPrintable(skipOf(engine)));
    engine::EngineFinder finder;
    QSignalSpy found(&finder, &engine::EngineFinder::found);
    finder.start();
    QVERIFY(found.wait(30'000));
    const auto &engines = finder.engines();
    const auto wanted = std::ranges::find_if(
        engines, [&](const engine::Engine &one) { return engine::engineName(one.kind) == engine; });
    if (wanted == engines.end())
        QSKIP("This engine does not answer.");
    // A time that nobody else sleeps for.
    const QByteArray seconds = QByteArray::number(100'000 + QCoreApplication::applicationPid());
    const auto sleepers = [&] {
        int count = 0;
        for (const QString &pid : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
            const QByteArray line = contentOf(u"/proc/"_s + pid + u"/cmdline"_s);
            count += line.contains("sleep") && line.contains(seconds) && !line.contains("sh") ? 1 : 0;
        }
        return count;
    };
    // podman's and buildah's working containers, and one of somebody else's among them.
    const auto containers = [&] {
        const auto listed = wanted->containers.isEmpty()
            ? QStringList()
            : QDir(wanted->containers).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
        return listed;
    };
    if (!wanted->containers.isEmpty() && !QStandardPaths::findExecutable(u"buildah"_s).isEmpty())
        QVERIFY(test::runProgram(u"buildah"_s, {u"from"_s, u"docker.io/library/alpine"_s},
                                 QProcessEnvironment::systemEnvironment(), 60'000)
                    .ok());
    const QStringList before = containers();
    engine::BuildRun run(*wanted);
    QSignalSpy finished(&run, &engine::BuildRun::finished);
    engine::BuildRequest request;
    request.context = m_context.path();
    request.noCache = true;
    run.start(request, "FROM alpine\nRUN true\nRUN sleep " + seconds + " & sleep " + seconds + "\n", std::nullopt);
    QTRY_VERIFY_WITH_TIMEOUT(sleepers() > 0, 60'000);
    run.cancel();
    QVERIFY(finished.wait(10'000));
    QCOMPARE(finished[0][0].value<engine::BuildResult>(), engine::BuildResult::Cancelled);
    QTRY_COMPARE_WITH_TIMEOUT(sleepers(), 0, 10'000);
    QCOMPARE(containers(), before);
}

/// The last one: the daemon does not come back.
void RealBuilds::daemonGoesAway()
{
    if (!m_noDocker.isEmpty())
        QSKIP(qPrintable(m_noDocker));
    if (!m_docker->isPrivate())
        QSKIP("This daemon is somebody else's.");
    engine::EngineFinder finder;
    QSignalSpy found(&finder, &engine::EngineFinder::found);
    finder.start();
    QVERIFY(found.wait(30'000));
    QVERIFY(!finder.engines().empty());
    engine::BuildRun run(finder.engines().front());
    QSignalSpy finished(&run, &engine::BuildRun::finished);
    engine::BuildRequest request;
    request.context = m_context.path();
    const QByteArray text = "FROM alpine\nRUN echo begun; sleep 60\n";
    const SnapshotPtr snapshot = Snapshot::make(SourceText::fromBytes(text.toStdString()).value());
    run.start(request, text, std::nullopt);
    const auto isRunning = [&] {
        return std::ranges::any_of(run.progress().steps(),
                                   [](const engine::BuildStep &step) { return step.log.text().contains("begun"); });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isRunning(), 60'000);
    // The daemon is a child of this process; what it started outlives it.
    const std::vector<engine::ProcessId> all = engine::descendantsOf(QCoreApplication::applicationPid());
    const auto daemon = std::ranges::find_if(all, [](const engine::ProcessId &process) {
        return contentOf(u"/proc/%1/cmdline"_s.arg(process.pid)).contains("dockerd");
    });
    QVERIFY(daemon != all.end());
    const std::vector<engine::ProcessId> below = engine::descendantsOf(daemon->pid);
    QVERIFY(::kill(pid_t(daemon->pid), SIGKILL) == 0);
    QVERIFY(finished.wait(60'000));
    engine::endProcesses(below); // what a daemon that was killed leaves behind
    QCOMPARE(finished[0][0].value<engine::BuildResult>(), engine::BuildResult::Failed);
    engine::StepMap steps(snapshot);
    steps.update(run.progress());
    const engine::BuildFailure failure = engine::findFailure(run.progress(), steps, {}, run.error().toStdString());
    QVERIFY2(failure.explanation, qPrintable(run.error()));
    QCOMPARE(failure.explanation->id, "engine-vanished");
    // And from now on nobody answers: that is said before anything is built.
    const Ran ran = build({"--engine=docker", "-f", "-", context()}, "FROM alpine\n");
    QCOMPARE(ran.code, 2);
    QVERIFY2(ran.err.contains("The engine is not running"), ran.err.c_str());
}

QTEST_GUILESS_MAIN(RealBuilds)
#include "tst_real_builds.moc"
