// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "Command.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sstream>

using namespace stagewright;
using namespace Qt::StringLiterals;
using Json = nlohmann::json;

namespace {

bool writeFile(const QString &path, const QByteArray &bytes, bool program = false)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile::remove(path);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        return false;
    file.close();
    return !program || file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// One BuildKit step as `--progress=rawjson` tells it.
QByteArray vertex(const QByteArray &name, const QByteArray &rest = {})
{
    return "{\"vertexes\":[{\"digest\":\"sha256:" + QByteArray::number(qHash(name), 16) + "\",\"name\":\"" + name
        + "\",\"started\":\"2026-01-01T00:00:00Z\",\"completed\":\"2026-01-01T00:00:02.5Z\"" + rest + "}]}";
}

} // namespace

/// `stagewright-cli build` with a small script in the place of docker: what is said when an engine is not there, breaks
/// off or talks nonsense. How real engines build is looked at by the tests labelled "engine".
class BuildCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanupTestCase();
    void builds();
    void text();
    void secondBuild();
    void limitExceeded();
    void harmlessValues();
    void refusals_data();
    void refusals();
    void noEngine();
    void daemonNotRunning();
    void socketForbidden();
    void failedBuild();
    void engineKilled();
    void noJson();
    void cutOff();
    void imageRemovedMeanwhile();
    void brokenImage();
    void secretsStaySecret();
    void help();

private:
    struct Ran
    {
        int code = -1;
        std::string out;
        std::string err;
        [[nodiscard]] Json json() const { return Json::parse(out, nullptr, false); }
    };
    Ran build(std::vector<std::string> arguments, const std::string &input = {});
    /// What the stand-in does for `buildx build`; it has $ID, the file for the image's id.
    void onBuild(const QByteArray &script) { m_build = script; }
    void writeEngine();
    [[nodiscard]] std::string context() const { return m_folder.filePath(u"context"_s).toStdString(); }
    /// The arguments of every call of the stand-in, one call a line.
    [[nodiscard]] QByteArray calls() const { return contentOf(m_folder.filePath(u"calls"_s)); }

    QTemporaryDir m_folder;
    QByteArray m_path;
    QByteArray m_build;
    QByteArray m_save;
    QByteArray m_history;
    QByteArray m_version;
    QByteArray m_inspect;
};

void BuildCommandTest::initTestCase()
{
    m_path = qgetenv("PATH");
    qputenv("XDG_STATE_HOME", m_folder.filePath(u"state"_s).toUtf8());
    // An image of one layer with a shell, a file that runs and 1,000 bytes of data.
    const QString image = m_folder.filePath(u"image"_s);
    QVERIFY(writeFile(image + u"/layer/bin/sh"_s, "#!x\n", true));
    QVERIFY(writeFile(image + u"/layer/data"_s, QByteArray(1000, 'd')));
    QVERIFY(writeFile(
        image + u"/config.json"_s,
        R"({"config":{"User":"app"},"history":[{"created_by":"COPY . /"},{"created_by":"USER","empty_layer":true}]})"));
    QVERIFY(writeFile(image + u"/manifest.json"_s, R"([{"Config":"config.json","Layers":["layer.tar"]}])"));
    const auto tar = [&](const QStringList &arguments) { return QProcess::execute(u"tar"_s, arguments) == 0; };
    QVERIFY(tar({u"-C"_s, image + u"/layer"_s, u"-cf"_s, image + u"/layer.tar"_s, u"."_s}));
    QVERIFY(tar({u"-C"_s, image, u"-cf"_s, m_folder.filePath(u"image.tar"_s), u"manifest.json"_s, u"config.json"_s,
                 u"layer.tar"_s}));
    QVERIFY(
        writeFile(m_folder.filePath(u"context/Dockerfile"_s),
                  "FROM scratch AS build\nCOPY . /\nUSER app\nFROM scratch\nCOPY --from=build /data /\nUSER app\n"));
}

void BuildCommandTest::init()
{
    QFile::remove(m_folder.filePath(u"calls"_s));
    m_version = R"({"Client":{"Context":"default"},"Server":{"Version":"26.1"}})";
    m_inspect = "echo 'Name: default'; echo 'Status: running'";
    m_save = "cat \"" + m_folder.path().toUtf8() + "/image.tar\"";
    m_history = R"(echo '{"CreatedBy":"USER app","Size":"0"}'; echo '{"CreatedBy":"COPY","Size":"1004"}')";
    onBuild("printf '" + vertex("[build 1/1] COPY . /") + "' >&2; printf '"
            + vertex("[stage-1 1/1] COPY --from=build /data /", R"(,"cached":true)")
            + "' >&2; echo sha256:1234 > \"$ID\"");
}

void BuildCommandTest::cleanupTestCase()
{
    qputenv("PATH", m_path);
}

void BuildCommandTest::writeEngine()
{
    const QByteArray folder = m_folder.path().toUtf8();
    const QByteArray script = "#!/bin/sh\nPATH=/usr/bin:/bin\necho \"$@\" >> \"" + folder
        + "/calls\"\n"
          "for a in \"$@\"; do case $a in --file=*) FILE=${a#--file=};; --iidfile=*) ID=${a#--iidfile=};; esac; done\n"
          "case \"$1 $2\" in\n\"buildx inspect\") "
        + m_inspect + " ;;\n\"version --format\") printf '%s' '" + m_version
        + "' ;;\n\"buildx build\") case \" $* \" in *' --quiet '*) echo sha256:stage > \"$ID\";; *) " + m_build
        + " ;; esac ;;\nhistory*) " + m_history + " ;;\n\"image ls\") echo sha256:old ;;\nsave*) " + m_save
        + " ;;\n\"image rm\") ;;\n*) exit 1 ;;\nesac\n";
    QVERIFY(writeFile(m_folder.filePath(u"bin/docker"_s), script, true));
    qputenv("PATH", m_folder.filePath(u"bin"_s).toUtf8());
}

BuildCommandTest::Ran BuildCommandTest::build(std::vector<std::string> arguments, const std::string &input)
{
    writeEngine();
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    cli::Streams streams{in, out, err};
    arguments.insert(arguments.begin(), "build");
    const int code = cli::runCommandLine(arguments, streams);
    qputenv("PATH", m_path);
    return {code, out.str(), err.str()};
}

void BuildCommandTest::builds()
{
    const Ran ran = build({"--format=json", "--no-history", context()});
    QVERIFY2(ran.code == 0, ran.err.c_str());
    const Json json = ran.json();
    QVERIFY2(json.is_object(), ran.out.c_str());
    QCOMPARE(json["engine"].get<std::string>(), "docker");
    QCOMPARE(json["image"].get<std::string>(), "sha256:1234");
    QCOMPARE(json["bytes"].get<int>(), 1004);
    QCOMPARE(json["base_bytes"].get<int>(), 0);
    QCOMPARE(json["stages"].size(), 2U);
    const Json &copy = json["stages"][1]["instructions"][1];
    QVERIFY2(copy["line"] == 5 && copy["bytes"] == 1004 && copy["cached"] == true && copy["seconds"] == 2.5,
             copy.dump().c_str());
    QCOMPARE(json["exposes"]["shell"].get<std::string>(), "/bin/sh");
    QCOMPARE(json["exposes"]["user"].get<std::string>(), "app");
    QCOMPARE(json["efficiency"].get<double>(), 1.0);
    // The stage's image was not there before, and only that one is taken away.
    QVERIFY2(calls().contains("image rm --no-prune sha256:stage\n"), calls().constData());
    QCOMPARE(calls().count("image rm"), 1);
    QVERIFY2(ran.err.contains("[build 1/1] COPY . /"), ran.err.c_str()); // the progress, line by line
}

void BuildCommandTest::text()
{
    const Ran ran = build({"--no-history", context()});
    QCOMPARE(ran.code, 0);
    for (const char *words : {"Built sha256:1234", "Final stage stage-1: 1.0 kB", "cached", "COPY --from=build /data /",
                              "build 1.0 kB → final 1.0 kB", "Efficiency 100.0 %", "What it exposes", "/bin/sh"})
        QVERIFY2(ran.out.contains(words), ran.out.c_str());
}

void BuildCommandTest::secondBuild()
{
    QVERIFY(build({context()}).out.find("Since the last build") == std::string::npos);
    m_history = R"(echo '{"CreatedBy":"USER app","Size":"0"}'; echo '{"CreatedBy":"COPY","Size":"9000"}')";
    const Ran ran = build({context()});
    QVERIFY2(ran.out.contains("Since the last build: 1.0 kB → 9.0 kB (+8.0 kB)"), ran.out.c_str());
}

void BuildCommandTest::limitExceeded()
{
    const Ran over = build({"--max-size", "1kB", "--no-shell", "--no-history", context()});
    QCOMPARE(over.code, 1);
    QVERIFY2(over.err.contains("over the limit: The image weighs 1.0 kB") && over.err.contains("has a shell: /bin/sh"),
             over.err.c_str());
    QCOMPARE(build({"--max-size=2kB", "--lowest-efficiency=99%", "--no-root", "--no-history", context()}).code, 0);
}

void BuildCommandTest::harmlessValues()
{
    const Ran ran = build({"--no-history", "--tag", "--rm", "--network", "-x", "--build-arg", "A=--privileged",
                           "--build-arg", "--B=1", context()});
    QCOMPARE(ran.code, 0);
    for (const char *word : {"--tag=--rm", "--network=-x", "--build-arg=A=--privileged", "--build-arg=--B=1"})
        QVERIFY2(calls().contains(word), calls().constData());
}

void BuildCommandTest::refusals_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("words");
    const QString folder = m_folder.filePath(u"context"_s);
    QTest::newRow("no context") << QStringList() << u"no context folder"_s;
    QTest::newRow("two") << QStringList{folder, u"b"_s} << u"one context"_s;
    QTest::newRow("no folder") << QStringList{u"/no/such/folder"_s} << u"is no folder"_s;
    QTest::newRow("no file") << QStringList{u"-f"_s, u"/no/such/file"_s, folder} << u"No such file"_s;
    QTest::newRow("engine") << QStringList{u"--engine=lorry"_s, folder} << u"docker-classic"_s;
    QTest::newRow("size") << QStringList{u"--max-size=big"_s, folder} << u"a size is"_s;
    QTest::newRow("part") << QStringList{u"--lowest-efficiency=7"_s, folder} << u"from 0 to 1"_s;
    QTest::newRow("secret") << QStringList{u"--secret=x"_s, folder} << u"--secret needs"_s;
    QTest::newRow("unknown") << QStringList{u"--no-shel"_s, folder} << u"--no-shell"_s;
}

void BuildCommandTest::refusals()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, words);
    std::vector<std::string> list;
    for (const QString &argument : std::as_const(arguments))
        list.push_back(argument.toStdString());
    const Ran ran = build(list);
    QCOMPARE(ran.code, 2);
    QVERIFY2(ran.err.contains(words.toStdString()), ran.err.c_str());
    QVERIFY(!calls().contains("buildx build"));
}

void BuildCommandTest::noEngine()
{
    const QTemporaryDir empty;
    qputenv("PATH", empty.path().toUtf8());
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    cli::Streams streams{in, out, err};
    const int code = cli::runCommandLine(std::vector<std::string>{"build", context()}, streams);
    qputenv("PATH", m_path);
    QCOMPARE(code, 2);
    QVERIFY2(err.str().contains("Install one of them") && err.str().contains("There is no program podman"),
             err.str().c_str());
}

void BuildCommandTest::daemonNotRunning()
{
    const QByteArray words = "Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?";
    m_inspect = "echo 'Name: default'; echo 'Error: " + words + "'";
    m_version = "{}";
    const Ran ran = build({"--engine=docker", context()});
    QCOMPARE(ran.code, 2);
    QVERIFY2(ran.err.contains("The engine is not running") && ran.err.contains(words.toStdString()), ran.err.c_str());
}

void BuildCommandTest::socketForbidden()
{
    m_inspect = "echo 'permission denied while trying to connect to the Docker daemon socket at unix:///x' >&2; exit 1";
    const Ran ran = build({"--engine=docker", context()});
    QCOMPARE(ran.code, 2);
    QVERIFY2(ran.err.contains("usermod"), ran.err.c_str());
}

void BuildCommandTest::failedBuild()
{
    onBuild("printf '" + vertex("[build 1/1] COPY . /", R"(,"error":"no such thing")")
            + "' >&2; echo 'ERROR: failed to solve: write /x: no space left on device' >&2; exit 1");
    const Ran ran = build({"--format=json", context()});
    QCOMPARE(ran.code, 1);
    QVERIFY2(ran.err.contains(":2: The build failed at COPY . /") && ran.err.contains("The disk is full"),
             ran.err.c_str());
    QCOMPARE(ran.json()["error"]["line"].get<int>(), 2);
    QVERIFY(ran.json()["image"].is_null());
}

void BuildCommandTest::engineKilled()
{
    onBuild("printf '{\"vertexes\":[{\"digest\":\"a\",\"name\":\"x\",\"started\":\"2026-01-01T00:00:00Z\"' >&2; kill "
            "-9 $$");
    const Ran ran = build({context()});
    QCOMPARE(ran.code, 1);
    QVERIFY2(ran.err.contains("ended in the middle"), ran.err.c_str());
}

void BuildCommandTest::noJson()
{
    onBuild("echo 'unknown flag: --progress=rawjson' >&2; exit 125");
    const Ran ran = build({context()});
    QCOMPARE(ran.code, 1);
    QVERIFY2(ran.err.contains("unknown flag: --progress=rawjson"), ran.err.c_str());
}

void BuildCommandTest::cutOff()
{
    onBuild("printf '" + vertex("[build 1/1] COPY . /").chopped(20) + "' >&2; echo sha256:1234 > \"$ID\"");
    const Ran ran = build({"--format=json", "--no-history", context()}); // the image is there all the same
    QCOMPARE(ran.code, 0);
    QCOMPARE(ran.json()["bytes"].get<int>(), 1004);
    QVERIFY(ran.json()["stages"][0]["instructions"][1]["seconds"].is_null());
}

void BuildCommandTest::imageRemovedMeanwhile()
{
    m_history = "echo 'Error response from daemon: No such image: sha256:1234' >&2; exit 1";
    m_save = m_history;
    const Ran ran = build({"--format=json", "--no-history", context()});
    QCOMPARE(ran.code, 0);
    QVERIFY(ran.json()["bytes"].is_null());
    QVERIFY2(ran.err.contains("No such image: sha256:1234"), ran.err.c_str());
    // A limit that cannot be checked is not met.
    QCOMPARE(build({"--max-size=1GB", "--no-history", context()}).code, 1);
}

void BuildCommandTest::brokenImage()
{
    m_save = "head -c 3000 \"" + m_folder.path().toUtf8() + "/image.tar\"";
    const Ran ran = build({"--format=json", "--no-history", context()});
    QCOMPARE(ran.code, 0);
    QVERIFY(ran.json()["exposes"].is_null() && ran.json()["bytes"] == 1004);
    QVERIFY2(ran.err.contains("The image could not be read"), ran.err.c_str());
    m_history = "echo '{nonsense'";
    QVERIFY(build({"--no-history", context()}).out.contains("no JSON object"));
}

void BuildCommandTest::secretsStaySecret()
{
    QVERIFY(writeFile(m_folder.filePath(u"key"_s), "very-secret-word"));
    qputenv("SECRET_IN_ENVIRONMENT", "other-secret-word");
    const Ran ran = build({"--secret", "id=a,src=" + m_folder.filePath(u"key"_s).toStdString(), "--secret",
                           "id=b,env=SECRET_IN_ENVIRONMENT", context()});
    QCOMPARE(ran.code, 0);
    QVERIFY(calls().contains("--secret=id=b,env=SECRET_IN_ENVIRONMENT"));
    QByteArray kept = calls() + ran.out.c_str() + ran.err.c_str();
    for (const QFileInfo &file : QDir(m_folder.filePath(u"state/stagewright/builds"_s)).entryInfoList(QDir::Files))
        kept += contentOf(file.filePath());
    QVERIFY(!kept.contains("secret-word"));
}

void BuildCommandTest::help()
{
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    cli::Streams streams{in, out, err};
    QCOMPARE(cli::runCommandLine(std::vector<std::string>{"build", "--help"}, streams), 0);
    for (const char *option : {"--engine", "--max-size", "--build-arg", "--secret", "Exit codes"})
        QVERIFY(out.str().contains(option));
}

QTEST_GUILESS_MAIN(BuildCommandTest)
#include "tst_buildcommand.moc"
