// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/BuildRun.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace stagewright::engine;
using namespace Qt::StringLiterals;

/// Command lines, and processes: a small program of this test's stands in for an engine where only the handling of
/// processes is looked at. Real engines are asked by the tests that are labelled "engine".
class BuildRunTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void arguments();
    void refusals();
    void commandForATerminal();
    void enginesByTheirAnswers();
    void configurations();
    void builds();
    void unsavedText();
    void cancelling();
    void stubbornEngine();
    void nobodyListens();
    void leftContainers_data();
    void leftContainers();
    void failing();
    void notThere();

private:
    Engine engineThat(const QByteArray &script);
    QTemporaryDir m_folder;
};

Engine BuildRunTest::engineThat(const QByteArray &script)
{
    Engine engine;
    engine.program = m_folder.filePath(u"engine"_s);
    QFile::remove(engine.program);
    QFile file(engine.program);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("no script can be written");
    // The value of an option of the form --name=value, as VALUE_name.
    file.write("#!/bin/sh\nfor a in \"$@\"; do case $a in --file=*) FILE=${a#--file=};; --iidfile=*) "
               "ID=${a#--iidfile=};; esac; done\n"
               + script);
    file.close();
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return engine;
}

void BuildRunTest::arguments()
{
    BuildRequest request;
    request.context = u"-folder"_s;
    request.dockerfile = u"--x"_s;
    request.target = u"-t"_s;
    request.buildArgs = {{u"A"_s, u"--rm"_s}, {u"FROM_ENVIRONMENT"_s, QString()}, {u"EMPTY"_s, u""_s}};
    request.namedContexts = {{u"base"_s, u"docker-image://alpine"_s}};
    request.secrets = {{u"key"_s, u"/a,b"_s}};
    request.ssh = {u"default"_s};
    request.noCache = request.pull = true;
    request.extra = {u"--label=a b"_s};
    Engine engine;
    const QStringList expected{u"buildx"_s,
                               u"build"_s,
                               u"--progress=rawjson"_s,
                               u"--load"_s,
                               u"--file=--x"_s,
                               u"--target=-t"_s,
                               u"--build-arg=A=--rm"_s,
                               u"--build-arg=FROM_ENVIRONMENT"_s,
                               u"--build-arg=EMPTY="_s,
                               u"--build-context=base=docker-image://alpine"_s,
                               u"--secret=id=key,\"src=/a,b\""_s,
                               u"--ssh=default"_s,
                               u"--no-cache"_s,
                               u"--pull"_s,
                               u"--label=a b"_s,
                               u"./-folder"_s};
    QCOMPARE(buildArguments(engine, request).value(), expected);
    engine.kind = EngineKind::Podman;
    const QStringList podman = buildArguments(engine, request).value();
    QVERIFY(podman.contains(u"--layers"_s) && podman.contains(u"--pull=always"_s) && !podman.contains(u"--load"_s));
}

void BuildRunTest::refusals()
{
    BuildRequest request;
    request.secrets = {{u"a"_s, u"b"_s}};
    Engine engine;
    engine.kind = EngineKind::Classic;
    QVERIFY(!buildArguments(engine, request));
    request = {};
    request.namedContexts = {{u"a"_s, u"b"_s}};
    QVERIFY(!buildArguments(engine, request));
    request = {};
    request.target = u"1"_s;
    QVERIFY(buildArguments(engine, request));
    engine.kind = EngineKind::Buildx;
    QVERIFY(!buildArguments(engine, request));
}

void BuildRunTest::commandForATerminal()
{
    BuildRequest request;
    request.dockerfile = u"Dockerfile"_s;
    request.buildArgs = {{u"A"_s, u"it's $HOME"_s}};
    Engine engine;
    QCOMPARE(shellCommand(engine, buildArguments(engine, request).value()),
             u"docker buildx build --load --file=Dockerfile '--build-arg=A=it'\\''s $HOME' ."_s);
    engine.kind = EngineKind::Classic;
    QVERIFY(
        shellCommand(engine, buildArguments(engine, request).value()).startsWith(u"DOCKER_BUILDKIT=0 docker build "_s));
}

void BuildRunTest::enginesByTheirAnswers()
{
    const std::vector<Probe> all = probes();
    const auto engine
        = engineFrom(all[0], u"/usr/bin/docker"_s, 0,
                     "Name:          default\nDriver:        docker\n\nNodes:\nName:      default\nEndpoint:  default\n"
                     "Status:    running\nBuildkit:  v0.13.1\nPlatforms: linux/amd64\n");
    QVERIFY(engine);
    QCOMPARE(engine->builder, u"default"_s);
    QCOMPARE(engine->version, u"BuildKit v0.13.1"_s);
    QVERIFY(!engineFrom(all[0], {}, 0, "Name: default\nError: Cannot connect to the Docker daemon\n"));
    QVERIFY(!engineFrom(all[0], {}, 1, "Status: running\n"));
    const auto classic = engineFrom(
        all[1], {}, 0,
        R"({"ClientInfo":{"Context":"default"},"ServerVersion":"26.1.5","SecurityOptions":["name=seccomp","name=rootless"]})");
    QVERIFY(classic && classic->version == u"26.1.5"_s && classic->context == u"default"_s && classic->rootless);
    QCOMPARE(classic->shortName(), u"docker 26.1"_s);
    const char *down = R"({"ClientInfo":{"Context":"default"},"ServerErrors":["Cannot connect to the daemon"]})";
    QVERIFY(!engineFrom(all[1], {}, 1, down));
    QCOMPARE(probeFailure("", down), u"Cannot connect to the daemon"_s);
    QCOMPARE(probeFailure("WARN x\npermission denied while trying to connect\n", "Name: default"),
             u"permission denied while trying to connect"_s);
    QCOMPARE(probeFailure("", "Name: x\nError:    Cannot connect to the daemon\n"), u"Cannot connect to the daemon"_s);
    const auto podman
        = engineFrom(all[2], {}, 0, R"({"host":{"security":{"rootless":true}},"version":{"Version":"5.4.2"}})");
    QVERIFY(podman && podman->rootless && podman->version == u"5.4.2"_s);
    QVERIFY(podman->containers.isEmpty());
    const char *store = R"({"host":{"serviceIsRemote":%1},"version":{"Version":"5"},"store":{"graphRoot":"/s",)"
                        R"("graphDriverName":"overlay"}})";
    QCOMPARE(engineFrom(all[2], {}, 0, QString::fromLatin1(store).arg(u"false"_s).toStdString())->containers,
             u"/s/overlay-containers"_s);
    QVERIFY(engineFrom(all[2], {}, 0, QString::fromLatin1(store).arg(u"true"_s).toStdString())->containers.isEmpty());
    QCOMPARE(engineFrom(all[3], {}, 0, R"({"store":{"GraphRoot":"/s","GraphDriverName":"vfs"}})")->containers,
             u"/s/vfs-containers"_s);
    QCOMPARE(podman->description(), u"podman 5.4.2, rootless"_s);
    QVERIFY(!engineFrom(all[3], {}, 0, "no JSON"));
}

void BuildRunTest::configurations()
{
    const auto docker
        = readImageConfig(R"([{"Id":"sha256:1","Size":42,"Config":{"User":"nobody","OnBuild":["RUN x","RUN y"]}}])");
    QVERIFY(docker && docker->id == "sha256:1" && docker->bytes == 42 && docker->user == "nobody"
            && docker->triggers == 2);
    const auto plain = readImageConfig(R"([{"Id":"sha256:1","Config":{"OnBuild":null}}])");
    QVERIFY(plain && plain->triggers == 0);
    QVERIFY(!readImageConfig("[]"));
}

void BuildRunTest::builds()
{
    BuildRun run(engineThat("printf '{\"vertexes\":[{\"digest\":\"sha256:a\",\"name\":\"[stage-0 1/1] FROM x\","
                            "\"started\":\"2026-01-01T00:00:00Z\",\"completed\":\"2026-01-01T00:00:01Z\"}]}' >&2; "
                            "printf sha256:1234 > \"$ID\"\n"));
    QSignalSpy spy(&run, &BuildRun::finished);
    BuildRequest request;
    request.context = m_folder.path();
    request.dockerfile = u"My Dockerfile"_s;
    run.start(request, "FROM x\n", std::nullopt);
    QVERIFY(spy.wait());
    QCOMPARE(spy[0][0].value<BuildResult>(), BuildResult::Built);
    QCOMPARE(run.image(), u"sha256:1234"_s);
    QCOMPARE(run.progress().size(), 1U);
    QCOMPARE(run.progress().step(0).state, StepState::Done);
    QVERIFY2(run.command().contains(u"'--file=My Dockerfile'"_s), qPrintable(run.command()));
}

void BuildRunTest::unsavedText()
{
    BuildRun run(engineThat("cat \"$FILE\" \"$FILE.dockerignore\" > \"" + m_folder.path().toUtf8()
                            + "/seen\"; echo \"$FILE\" >> \"" + m_folder.path().toUtf8()
                            + "/seen\"; ls -l \"$FILE\" >> \"" + m_folder.path().toUtf8() + "/seen\"\n"));
    QSignalSpy spy(&run, &BuildRun::finished);
    BuildRequest request;
    request.context = m_folder.path();
    run.start(request, "FROM not-saved\n", QByteArray("node_modules\n"));
    QVERIFY(spy.wait());
    QFile seen(m_folder.filePath(u"seen"_s));
    QVERIFY(seen.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = seen.readAll().split('\n');
    QCOMPARE(lines[0], "FROM not-saved");
    QCOMPARE(lines[1], "node_modules");
    QVERIFY(!QFile::exists(QString::fromUtf8(lines[2]))); // taken away again
    QVERIFY2(lines[3].startsWith("-rw-------"), lines[3].constData());
}

void BuildRunTest::cancelling()
{
    BuildRun run(engineThat("trap 'kill $child; exit 130' INT\nsleep 60 & child=$!\nprintf "
                            "'{\"vertexes\":[{\"digest\":\"a\",\"name\":\"x\","
                            "\"started\":\"2026-01-01T00:00:00Z\"}]}' >&2\nwait\n"));
    QSignalSpy spy(&run, &BuildRun::finished);
    QSignalSpy progressed(&run, &BuildRun::progressed);
    BuildRequest request;
    request.context = m_folder.path();
    run.start(request, "FROM x\n", std::nullopt);
    QVERIFY(progressed.wait());
    QVERIFY(run.isRunning());
    run.cancel();
    QVERIFY(spy.wait(BuildRun::patience));
    QCOMPARE(spy[0][0].value<BuildResult>(), BuildResult::Cancelled);
    QCOMPARE(run.progress().step(0).state, StepState::Cancelled);
    QVERIFY(!run.isRunning());
}

void BuildRunTest::stubbornEngine()
{
    BuildRun run(
        engineThat("trap '' INT\nprintf "
                   "'{\"vertexes\":[{\"digest\":\"a\",\"name\":\"x\",\"started\":\"2026-01-01T00:00:00Z\"}]}' >&2\n"
                   "exec sleep 60\n"));
    QSignalSpy spy(&run, &BuildRun::finished);
    QSignalSpy progressed(&run, &BuildRun::progressed);
    BuildRequest request;
    request.context = m_folder.path();
    run.start(request, "FROM x\n", std::nullopt);
    QVERIFY(progressed.wait());
    run.cancel();
    QVERIFY(spy.wait(4 * BuildRun::patience)); // asked, then told
    QCOMPARE(spy[0][0].value<BuildResult>(), BuildResult::Cancelled);
}

/// Neither the engine nor what it started ends when it is asked to.
void BuildRunTest::nobodyListens()
{
    const QString pids = m_folder.filePath(u"pids"_s);
    BuildRun run(engineThat("trap '' INT TERM\n(trap '' INT TERM; exec sleep 61) & echo $! > '" + pids.toUtf8()
                            + "'\nprintf '{\"vertexes\":[{\"digest\":\"a\",\"name\":\"x\","
                              "\"started\":\"2026-01-01T00:00:00Z\"}]}' >&2\nwhile :; do wait; done\n"));
    QSignalSpy spy(&run, &BuildRun::finished);
    QSignalSpy progressed(&run, &BuildRun::progressed);
    BuildRequest request;
    request.context = m_folder.path();
    run.start(request, "FROM x\n", std::nullopt);
    QVERIFY(progressed.wait());
    run.cancel();
    QVERIFY(spy.wait());
    QCOMPARE(spy[0][0].value<BuildResult>(), BuildResult::Cancelled);
    QFile file(pids);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString status = u"/proc/"_s + QString::fromLatin1(file.readAll().trimmed()) + u"/cmdline"_s;
    QTRY_VERIFY([&status] {
        QFile child(status);
        return !child.open(QIODevice::ReadOnly) || !child.readAll().contains("sleep");
    }());
}

void BuildRunTest::leftContainers_data()
{
    QTest::addColumn<EngineKind>("kind");
    QTest::addColumn<QByteArray>("end");
    QTest::addColumn<BuildResult>("result");
    QTest::addColumn<QByteArray>("removed");
    QTest::newRow("podman, cancelled") << EngineKind::Podman << QByteArray("exec sleep 60") << BuildResult::Cancelled
                                       << QByteArray("rm --force ours\n");
    QTest::newRow("buildah, cancelled") << EngineKind::Buildah << QByteArray("exec sleep 60") << BuildResult::Cancelled
                                        << QByteArray("rm ours\n");
    QTest::newRow("podman, killed") << EngineKind::Podman << QByteArray("kill -9 $$") << BuildResult::Failed
                                    << QByteArray("rm --force ours\n");
    QTest::newRow("podman, built") << EngineKind::Podman << QByteArray("exit 0") << BuildResult::Built << QByteArray();
}

/// podman and buildah leave their working containers when they are stopped: ours go, nobody else's do.
void BuildRunTest::leftContainers()
{
    QFETCH(EngineKind, kind);
    QFETCH(QByteArray, end);
    QFETCH(BuildResult, result);
    QFETCH(QByteArray, removed);
    QTemporaryDir storage;
    const QByteArray folder = storage.path().toUtf8();
    // As buildah describes them; another build of the same file has another mark.
    Engine engine
        = engineThat("if [ \"$1\" = rm ]; then echo \"$*\" >> '" + folder + "/removed'; exit 0; fi\ncd '" + folder
                     + "'; mkdir -p ours/userdata theirs/userdata broken/userdata\n"
                       "for a in \"$@\"; do case $a in --secret=id=stagewright-*) S=${a#--secret=};; esac; done\n"
                       "echo '{\"CommonBuildOpts\":{\"Secrets\":[\"id=x,src=y\",\"'\"$S\"'\"]}}' > "
                       "ours/userdata/buildah.json\n"
                       "echo '{\"CommonBuildOpts\":{\"Secrets\":[\"'\"${S%,*}\"'0,src=/dev/null\"]}}' > "
                       "theirs/userdata/buildah.json\n"
                       "echo '{\"CommonBuildOpts\":{\"Secrets\":[\"'\"$S\" > broken/userdata/buildah.json\n"
                       "echo 'STEP 1/2: FROM x'\n"
                     + end + "\n");
    engine.kind = kind;
    engine.containers = storage.path();
    BuildRun run(engine);
    QSignalSpy spy(&run, &BuildRun::finished);
    QSignalSpy progressed(&run, &BuildRun::progressed);
    BuildRequest request;
    request.context = m_folder.path();
    run.start(request, "FROM x\n", std::nullopt);
    QVERIFY(!run.command().contains(u"stagewright-"_s)); // a person who copies it needs no mark
    QVERIFY(progressed.wait());
    if (result == BuildResult::Cancelled)
        run.cancel();
    QTRY_COMPARE(spy.size(), 1);
    QCOMPARE(spy[0][0].value<BuildResult>(), result);
    QFile file(storage.filePath(u"removed"_s));
    QCOMPARE(file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray(), removed);
}

void BuildRunTest::failing()
{
    BuildRun run(engineThat("echo 'ERROR: failed to solve: no such thing' >&2; exit 1\n"));
    QSignalSpy spy(&run, &BuildRun::finished);
    BuildRequest request;
    request.context = m_folder.path();
    run.start(request, "FROM x\n", std::nullopt);
    QVERIFY(spy.wait());
    QCOMPARE(spy[0][0].value<BuildResult>(), BuildResult::Failed);
    QCOMPARE(run.error(), u"ERROR: failed to solve: no such thing"_s);
    QVERIFY(run.image().isEmpty());
}

void BuildRunTest::notThere()
{
    Engine engine;
    engine.program = m_folder.filePath(u"nothing"_s);
    BuildRequest request;
    request.context = m_folder.path();
    {
        BuildRun run(engine);
        QSignalSpy spy(&run, &BuildRun::finished);
        run.start(request, "FROM x\n", std::nullopt);
        QVERIFY(spy.wait());
        QCOMPARE(spy[0][0].value<BuildResult>(), BuildResult::NotStarted);
        QVERIFY(!run.error().isEmpty());
    }
    request.context = m_folder.filePath(u"no folder"_s);
    BuildRun run(engine);
    QSignalSpy spy(&run, &BuildRun::finished);
    run.start(request, "FROM x\n", std::nullopt);
    QVERIFY(spy.wait());
    QVERIFY(run.error().contains(u"no folder"_s));
}

QTEST_GUILESS_MAIN(BuildRunTest)
#include "tst_build_run.moc"
