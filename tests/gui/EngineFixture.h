// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>
#include <QTemporaryDir>
#include <QTest>

#include <string>

namespace stagewright {

/// A small program that stands in for docker, where only the window's side of a build is looked at: it is found on the
/// PATH, answers that it is there, and does what the test says when it is to build. Nothing else is on the PATH.
class EngineFixture
{
public:
    EngineFixture() { qputenv("PATH", m_folder.path().toUtf8()); }

    /// @p script: what `docker buildx build` does; $ID is where the image's id goes, $FILE the Dockerfile, $CONTEXT the
    /// folder. "/bin" is in front of every program.
    void install(const QByteArray &script, const QByteArray &answer = QByteArrayLiteral("Status: running\n"))
    {
        write(QStringLiteral("docker"),
              "#!/bin/sh\nPATH=/usr/bin:/bin\necho \"$*\" >> '" + path("calls").toUtf8()
                  + "'\nif [ \"$1\" = version ]; then printf '%s' '{\"Server\":{\"Version\":\"26.1.5\"},\"Client\":"
                    "{\"Context\":\"default\"}}'; exit 0; fi\n"
                    "if [ \"$2\" = inspect ]; then printf 'Name: default\\nBuildkit: v0.13.1\\n"
                  + answer
                  + "'; exit 0; fi\n[ \"$2\" = build ] || exit 1\n"
                    "for a in \"$@\"; do case $a in --file=*) FILE=${a#--file=};; --iidfile=*) ID=${a#--iidfile=};; "
                    "esac; CONTEXT=$a; done\n"
                  + script + "\n");
    }
    void uninstall() { QFile::remove(path("docker")); }
    [[nodiscard]] QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    void write(const QString &name, const QByteArray &bytes) const
    {
        const QString where = m_folder.filePath(name);
        QFile::remove(where);
        QFile file(where);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            QTest::qFail("cannot write the stand-in engine", __FILE__, __LINE__);
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    /// How often it was started.
    [[nodiscard]] qsizetype calls() const
    {
        QFile file(path("calls"));
        return file.open(QIODevice::ReadOnly) ? file.readAll().count('\n') : 0;
    }
    [[nodiscard]] QByteArray lastCall() const
    {
        QFile file(path("calls"));
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().split('\n').last() : QByteArray();
    }
    /// The stream of a build, for "cat" in a script.
    [[nodiscard]] QByteArray stream(const QByteArray &json, const char *name = "stream") const
    {
        write(QString::fromLatin1(name), json);
        return "cat '" + path(name).toUtf8() + "' >&2";
    }

private:
    QTemporaryDir m_folder;
};

/// One step as BuildKit writes it. @p seconds: how long it took; negative: it still runs.
inline QByteArray vertex(const QByteArray &id, const QByteArray &name, double begin, double seconds,
                         bool cached = false, const QByteArray &error = {}, const QByteArray &inputs = {})
{
    const auto time
        = [](double at) { return "2026-01-01T00:00:" + QByteArray::number(at, 'f', 3).rightJustified(6, '0') + "Z"; };
    QByteArray text
        = R"({"vertexes":[{"digest":"sha256:)" + id + R"(","name":")" + name + R"(","started":")" + time(begin) + '"';
    if (!inputs.isEmpty())
        text += R"(,"inputs":["sha256:)" + inputs + "\"]";
    if (seconds >= 0)
        text += R"(,"completed":")" + time(begin + seconds) + '"';
    if (cached)
        text += R"(,"cached":true)";
    if (!error.isEmpty())
        text += R"(,"error":")" + error + '"';
    return text + "}]}\n";
}

inline QByteArray output(const QByteArray &id, const QByteArray &words)
{
    return R"({"logs":[{"vertex":"sha256:)" + id + R"(","data":")" + words.toBase64() + "\"}]}\n";
}

inline QByteArray transfer(const QByteArray &id, qint64 current, qint64 total)
{
    return R"({"statuses":[{"id":"t","vertex":"sha256:)" + id + R"(","current":)" + QByteArray::number(current)
        + R"(,"total":)" + QByteArray::number(total) + "}]}\n";
}

} // namespace stagewright
