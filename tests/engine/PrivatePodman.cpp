// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "PrivatePodman.h"

#include "StandIns.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace stagewright::test {

namespace {

constexpr int longEnough = 300'000; // ms

bool writeFile(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

} // namespace

PrivateDocker::Answer PrivatePodman::podman(const QStringList &arguments) const
{
    return runProgram(u"podman"_s, arguments, QProcessEnvironment::systemEnvironment(), longEnough);
}

PrivatePodman::~PrivatePodman()
{
    std::ignore = podman({u"rm"_s, u"--all"_s, u"--force"_s});
    unmountBelow(m_folder.path());
    for (const char *name : {"CONTAINERS_CONF", "CONTAINERS_STORAGE_CONF"})
        qunsetenv(name);
}

bool PrivatePodman::loadImage() const
{
    const QString root = m_folder.filePath(u"alpine"_s);
    const QString busybox = staticBusybox();
    if (!QDir().mkpath(root + u"/bin"_s) || !QFile::copy(busybox, root + u"/bin/busybox"_s))
        return false;
    const auto applets = runProgram(busybox, {u"--list"_s}, QProcessEnvironment::systemEnvironment(), longEnough);
    for (const QByteArray &applet : applets.words.split('\n')) {
        if (!applet.isEmpty() && applet != "busybox")
            QFile::link(u"busybox"_s, root + u"/bin/"_s + QString::fromLatin1(applet));
    }
    const QString archive = m_folder.filePath(u"alpine.tar"_s);
    return writeFile(root + u"/etc/passwd"_s, "root:x:0:0:root:/root:/bin/sh\n")
        && writeFile(root + u"/etc/group"_s, "root:x:0:\n")
        && runProgram(u"tar"_s, {u"-C"_s, root, u"--owner=0"_s, u"--group=0"_s, u"-cf"_s, archive, u"."_s},
                      QProcessEnvironment::systemEnvironment(), longEnough)
               .ok()
        && podman({u"import"_s, u"--change"_s, u"ENV PATH=/bin"_s, archive, u"docker.io/library/alpine:latest"_s}).ok();
}

std::expected<std::unique_ptr<PrivatePodman>, QString> PrivatePodman::start()
{
    if (::geteuid() != 0)
        return std::unexpected(u"The tests use podman as root only."_s);
    if (QStandardPaths::findExecutable(u"podman"_s).isEmpty())
        return std::unexpected(u"There is no program \"podman\"."_s);
    if (staticBusybox().isEmpty())
        return std::unexpected(u"There is no static busybox."_s);
    std::unique_ptr<PrivatePodman> engine(new PrivatePodman);
    const QString runc = QStandardPaths::findExecutable(u"runc"_s);
    // Some machines let no program raise its limits, and have no firewall to set up.
    const bool written
        = writeFile(engine->m_folder.filePath(u"containers.conf"_s),
                    "[containers]\ndefault_ulimits = [\"nofile=1024:1024\", \"nproc=4096:4096\"]\nnetns = \"host\"\n"
                        + QByteArray(runc.isEmpty() ? "" : "[engine]\nruntime = \"runc\"\n"));
    const QByteArray store = engine->m_folder.filePath(u"store"_s).toUtf8();
    if (!written
        || !writeFile(engine->m_folder.filePath(u"storage.conf"_s),
                      "[storage]\ndriver = \"overlay\"\ngraphroot = \"" + store + "/root\"\nrunroot = \"" + store
                          + "/run\"\n"))
        return std::unexpected(u"Nothing can be written."_s);
    qputenv("CONTAINERS_CONF", engine->m_folder.filePath(u"containers.conf"_s).toUtf8());
    qputenv("CONTAINERS_STORAGE_CONF", engine->m_folder.filePath(u"storage.conf"_s).toUtf8());
    qputenv("PODMAN_IGNORE_CGROUPSV1_WARNING", "1");
    if (!engine->loadImage())
        return std::unexpected(u"podman cannot load an image here."_s);
    const QString context = engine->m_folder.filePath(u"alpine/etc"_s);
    writeFile(context + u"/Dockerfile"_s, "FROM alpine\nRUN true\n");
    const auto tried = engine->podman({u"build"_s, u"--quiet"_s, context});
    if (!tried.ok())
        return std::unexpected(u"podman cannot build here: "_s + QString::fromUtf8(tried.words.right(300)));
    return engine;
}

} // namespace stagewright::test
