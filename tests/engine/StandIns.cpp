// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "StandIns.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <filesystem>
#include <span>
#include <unistd.h>

using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

namespace stagewright::test {

namespace {

const QString searchPath = u"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"_s;
const QString muslLoader = u"/lib/ld-musl-x86_64.so.1"_s;
const QString glibcLoader = u"/lib64/ld-linux-x86-64.so.2"_s;

void write(const QString &path, const QByteArray &bytes, bool program = false)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
    file.close();
    if (program)
        fs::permissions(path.toStdString(), fs::perms(0755));
}

/// Copies what a link leads to.
void copyFile(const QString &from, const QString &to)
{
    QDir().mkpath(QFileInfo(to).path());
    fs::copy_file(fs::canonical(from.toStdString()), to.toStdString(), fs::copy_options::overwrite_existing);
}

/// Where this process has its C library from.
QString libraryFolder()
{
    QFile maps(u"/proc/self/maps"_s);
    if (!maps.open(QIODevice::ReadOnly))
        return {};
    for (const QByteArray &line : maps.readAll().split('\n')) {
        if (line.endsWith("/libc.so.6"))
            return QFileInfo(QString::fromUtf8(line.mid(line.indexOf('/')))).path();
    }
    return {};
}

struct Archive
{
    QString file; ///< In the folder of stand-ins.
    QStringList names;
    QStringList changes;
};

class Loader
{
public:
    Loader(const PrivateDocker &docker, StandIns &made)
        : m_docker(docker)
        , m_made(made)
    {
    }

    bool busyboxes();
    bool alpine();
    bool distroless();
    bool archives(const QString &folder);

    [[nodiscard]] QString problem() const { return m_problem; }

private:
    enum class Applets : std::uint8_t { HardLinks, SymbolicLinks };

    [[nodiscard]] QString root(const QString &name) const { return m_folder.filePath(name); }
    void accounts(const QString &root, bool homeOfNonroot) const;
    [[nodiscard]] bool applets(const QString &root, const QString &folder, const QString &busybox, Applets links);
    [[nodiscard]] QString front(const QString &loader);
    bool importFolder(const QString &folder, const QStringList &changes, const QStringList &names);
    bool importArchive(const QString &archive, const QStringList &changes, const QStringList &names);
    bool nodejs(const QString &archive);
    bool golang();

    const PrivateDocker &m_docker;
    StandIns &m_made;
    QTemporaryDir m_folder;
    QString m_problem;
};

void Loader::accounts(const QString &root, bool homeOfNonroot) const
{
    write(root + u"/etc/passwd"_s,
          "root:x:0:0:root:/root:/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\n"
          "nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n");
    write(root + u"/etc/group"_s, "root:x:0:\nnobody:x:65534:\ntty:x:5:\nstaff:x:50:\nnonroot:x:65532:\n");
    const std::string temporary = (root + u"/tmp"_s).toStdString();
    fs::create_directories(temporary);
    fs::permissions(temporary, fs::perms(01777));
    if (homeOfNonroot) {
        const std::string home = (root + u"/home/nonroot"_s).toStdString();
        fs::create_directories(home);
        fs::permissions(home, fs::perms(0700));
        if (::chown(home.c_str(), 65532, 65532) != 0)
            qWarning("cannot give %s to nonroot", home.c_str());
    }
}

bool Loader::applets(const QString &root, const QString &folder, const QString &busybox, Applets links)
{
    const QString there = root + folder;
    copyFile(busybox, there + u"/busybox"_s);
    fs::permissions((there + u"/busybox"_s).toStdString(), fs::perms(0755));
    const auto list = runProgram(staticBusybox(), {u"--list"_s}, QProcessEnvironment::systemEnvironment(), 10'000);
    for (const QByteArray &name : list.words.split('\n')) {
        if (name.isEmpty() || name == "busybox")
            continue;
        const std::string link = (there + u'/' + QString::fromUtf8(name)).toStdString();
        if (links == Applets::HardLinks)
            fs::create_hard_link((there + u"/busybox"_s).toStdString(), link);
        else
            fs::create_symlink((folder + u"/busybox"_s).toStdString(), link);
    }
    return list.ok();
}

QString Loader::front(const QString &loader)
{
    const QString compiler = QStandardPaths::findExecutable(u"cc"_s);
    if (compiler.isEmpty() || QSysInfo::currentCpuArchitecture() != u"x86_64"_s || !QFileInfo::exists(loader))
        return {};
    const QString program = m_folder.filePath(QFileInfo(loader).fileName() + u".front"_s);
    const auto made
        = runProgram(compiler,
                     {u"-O1"_s, u"-nostdlib"_s, u"-ffreestanding"_s, u"-fPIE"_s, u"-pie"_s, u"-fno-stack-protector"_s,
                      u"-DPAYLOAD=\"%1\""_s.arg(staticBusybox()), u"-Wl,--dynamic-linker="_s + loader,
                      QStringLiteral(STAGEWRIGHT_ENGINE_SUPPORT "/front.c"), u"-o"_s, program},
                     QProcessEnvironment::systemEnvironment(), 60'000);
    return made.ok() ? program : QString();
}

bool Loader::importArchive(const QString &archive, const QStringList &changes, const QStringList &names)
{
    QStringList arguments{u"import"_s};
    for (const QString &change : changes)
        arguments << u"--change"_s << change;
    const auto made = m_docker.docker(arguments << archive << names.front());
    if (!made.ok()) {
        m_problem = u"The engine does not take an image: "_s + QString::fromUtf8(made.words);
        return false;
    }
    for (const QString &name : names) {
        if (!m_docker.docker({u"tag"_s, names.front(), name}).ok())
            return false;
        m_made.names.insert(name);
    }
    return true;
}

bool Loader::importFolder(const QString &folder, const QStringList &changes, const QStringList &names)
{
    const QString archive = m_folder.filePath(u"archive.tar"_s);
    const auto packed = runProgram(u"tar"_s, {u"-C"_s, folder, u"--numeric-owner"_s, u"-cf"_s, archive, u"."_s},
                                   QProcessEnvironment::systemEnvironment(), 60'000);
    if (!packed.ok()) {
        m_problem = QString::fromUtf8(packed.words);
        return false;
    }
    return importArchive(archive, changes, names);
}

bool Loader::busyboxes()
{
    const QStringList changes{u"ENV "_s + searchPath, u"CMD [\"sh\"]"_s};
    const QString hub = u"docker.io/library/busybox:"_s;
    accounts(root(u"busybox"_s), false);
    if (!applets(root(u"busybox"_s), u"/bin"_s, staticBusybox(), Applets::HardLinks)
        || !importFolder(root(u"busybox"_s), changes, {hub + u"musl"_s, hub + u"stable-musl"_s, hub + u"1.37-musl"_s}))
        return false;

    const QString dynamic = front(glibcLoader);
    if (dynamic.isEmpty())
        return importFolder(root(u"busybox"_s), changes, {hub + u"latest"_s, hub + u"1.37"_s});
    const QString glibc = root(u"busybox-glibc"_s);
    accounts(glibc, false);
    copyFile(glibcLoader, glibc + glibcLoader);
    return applets(glibc, u"/bin"_s, dynamic, Applets::HardLinks)
        && importFolder(glibc, changes, {hub + u"latest"_s, hub + u"1.37"_s});
}

bool Loader::alpine()
{
    const QString there = root(u"alpine"_s);
    write(there + u"/etc/passwd"_s, "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n");
    write(there + u"/etc/group"_s, "root:x:0:root\nnobody:x:65534:\n");
    write(there + u"/etc/shadow"_s, "root:*::0:::::\nnobody:!::0:::::\n");
    write(there + u"/sbin/apk"_s, "#!/bin/sh\necho \"OK: this stand-in has no packages\"\n", true);
    // Debian's busybox has no accounts' tools.
    write(there + u"/usr/sbin/addgroup"_s, "#!/bin/sh\nfor name; do :; done\necho \"$name:x:101:\" >> /etc/group\n",
          true);
    write(there + u"/usr/sbin/adduser"_s,
          "#!/bin/sh\nfor name; do :; done\necho \"$name:x:100:101::/:/sbin/nologin\" >> /etc/passwd\n"
          "grep -q \"^$name:\" /etc/group || echo \"$name:x:101:\" >> /etc/group\n",
          true);
    fs::create_directories((there + u"/tmp"_s).toStdString());
    fs::create_directories((there + u"/usr/bin"_s).toStdString());
    fs::create_symlink("/bin/env", (there + u"/usr/bin/env"_s).toStdString());
    const QString dynamic = front(muslLoader);
    m_made.musl = !dynamic.isEmpty() && QFileInfo::exists(glibcLoader);
    if (m_made.musl)
        copyFile(muslLoader, there + muslLoader);
    return applets(there, u"/bin"_s, m_made.musl ? dynamic : staticBusybox(), Applets::SymbolicLinks)
        && importFolder(there, {u"ENV "_s + searchPath, u"CMD [\"/bin/sh\"]"_s},
                        {u"docker.io/library/alpine:latest"_s, u"docker.io/library/alpine:3.20"_s,
                         u"docker.io/library/alpine:3.22"_s});
}

bool Loader::distroless()
{
    const QString registry = u"gcr.io/distroless/"_s;
    const QString environment = u"ENV "_s + searchPath;
    const QStringList nonroot{environment, u"USER 65532"_s, u"WORKDIR /home/nonroot"_s};
    const QString plain = root(u"static"_s);
    accounts(plain, true);
    if (!importFolder(plain, {environment},
                      {registry + u"static-debian12:latest"_s, registry + u"static-debian13:latest"_s,
                       registry + u"static-debian11:latest"_s, registry + u"static:latest"_s})
        || !importFolder(plain, nonroot,
                         {registry + u"static-debian12:nonroot"_s, registry + u"static-debian13:nonroot"_s}))
        return false;

    const QString base = root(u"base"_s);
    accounts(base, true);
    const QString libraries = libraryFolder();
    if (QFileInfo::exists(glibcLoader) && !libraries.isEmpty()) {
        copyFile(glibcLoader, base + glibcLoader);
        for (const QString &library : {u"libc.so.6"_s, u"libm.so.6"_s})
            copyFile(libraries + u'/' + library, base + libraries + u'/' + library);
        if (!importFolder(base, {environment},
                          {registry + u"base-debian12:latest"_s, registry + u"base-debian13:latest"_s})
            || !importFolder(base, nonroot,
                             {registry + u"base-debian12:nonroot"_s, registry + u"base-debian13:nonroot"_s}))
            return false;
    }

    // Debug tags: the same and a busybox in a folder of its own, which is on the PATH and the start command.
    return applets(plain, u"/busybox"_s, staticBusybox(), Applets::SymbolicLinks)
        && importFolder(plain, {environment + u":/busybox"_s, u"ENTRYPOINT [\"/busybox/sh\"]"_s},
                        {registry + u"static-debian12:debug"_s, registry + u"static-debian13:debug"_s});
}

/// The archive has node where Debian puts it; the real image has it in a folder of its own, off the PATH.
bool Loader::nodejs(const QString &archive)
{
    const QString there = root(u"nodejs"_s);
    QDir().mkpath(there + u"/nodejs/bin"_s);
    const auto unpacked
        = runProgram(u"tar"_s, {u"-C"_s, there, u"-xf"_s, archive}, QProcessEnvironment::systemEnvironment(), 120'000);
    if (!unpacked.ok()) {
        m_problem = QString::fromUtf8(unpacked.words);
        return false;
    }
    const std::string from = (there + u"/usr/bin/"_s).toStdString();
    fs::rename(from + "node", (there + u"/nodejs/bin/node"_s).toStdString());
    fs::remove(from + "nodejs");
    accounts(there, true);
    QStringList changes{u"ENV "_s + searchPath, u"ENTRYPOINT [\"/nodejs/bin/node\"]"_s, u"CMD []"_s};
    QStringList names;
    QStringList nonroot;
    for (const QString &name : {u"nodejs"_s, u"nodejs22"_s, u"nodejs22-debian12"_s, u"nodejs22-debian13"_s}) {
        names << u"gcr.io/distroless/"_s + name + u":latest"_s;
        nonroot << u"gcr.io/distroless/"_s + name + u":nonroot"_s;
    }
    return importFolder(there, changes, names)
        && importFolder(there, changes << u"USER 65532"_s << u"WORKDIR /home/nonroot"_s, nonroot);
}

/// Stands in for the compiler: what it "builds" is linked dynamically unless CGO_ENABLED is 0.
bool Loader::golang()
{
    const QString there = root(u"golang"_s);
    write(there + u"/usr/local/go/bin/go"_s,
          "#!/bin/sh\nout=app\nwhile [ $# -gt 0 ]; do [ \"$1\" = -o ] && out=$2; shift; done\n"
          "if [ \"$CGO_ENABLED\" = 0 ]; then cp /usr/local/go/bin/true \"$out\"; else cp /bin/true \"$out\"; fi\n",
          true);
    const QString source = m_folder.filePath(u"true.s"_s);
    write(source, ".globl _start\n_start: mov $60, %eax\nxor %edi, %edi\nsyscall\n");
    const auto compiled
        = runProgram(u"cc"_s, {u"-nostdlib"_s, u"-static"_s, source, u"-o"_s, there + u"/usr/local/go/bin/true"_s},
                     QProcessEnvironment::systemEnvironment(), 60'000);
    if (!compiled.ok())
        return true; // no compiler for x86-64: the tests do without this image
    write(there + u"/Dockerfile"_s,
          "FROM debian:bookworm\nCOPY usr /usr\nENV PATH=/usr/local/go/bin:/usr/local/bin:/usr/sbin:/usr/bin\n");
    const QString name = u"docker.io/library/golang:1.24-bookworm"_s;
    if (!m_docker.docker({u"build"_s, u"-q"_s, u"-t"_s, name, there}).ok())
        return false;
    m_made.names.insert(name);
    return true;
}

bool Loader::archives(const QString &folder)
{
    const QString hub = u"docker.io/library/"_s;
    const QString jre = u"gcr.io/distroless/java21"_s;
    const QString path = u"ENV "_s + searchPath;
    const QStringList java{path, u"ENTRYPOINT [\"/usr/bin/java\", \"-jar\"]"_s};
    const Archive known[] = {
        {u"debian-bookworm.tar"_s,
         {hub + u"debian:bookworm"_s, hub + u"debian:bookworm-slim"_s, hub + u"debian:latest"_s},
         {path, u"CMD [\"bash\"]"_s}},
        {u"node-alpine.tar"_s,
         {hub + u"node:22-alpine"_s, hub + u"node:alpine"_s, hub + u"node:22-trixie-slim"_s},
         {path, u"CMD [\"node\"]"_s}},
        {u"maven.tar"_s, {hub + u"maven:3-eclipse-temurin-21"_s}, {path, u"CMD [\"mvn\"]"_s}},
        {u"distroless-java21.tar"_s,
         {jre + u":latest"_s, jre + u"-debian12:latest"_s, jre + u"-debian13:latest"_s},
         java},
        {u"distroless-java21.tar"_s,
         {jre + u":nonroot"_s, jre + u"-debian12:nonroot"_s, jre + u"-debian13:nonroot"_s},
         java + QStringList{u"USER 65532"_s, u"WORKDIR /home/nonroot"_s}},
    };
    const QDir there(folder);
    for (const Archive &archive : known) {
        if (there.exists(archive.file) && !importArchive(there.filePath(archive.file), archive.changes, archive.names))
            return false;
    }
    return (!there.exists(u"debian-bookworm.tar"_s) || golang())
        && (!there.exists(u"distroless-nodejs.tar"_s) || nodejs(there.filePath(u"distroless-nodejs.tar"_s)));
}

} // namespace

QString staticBusybox()
{
    for (const QString &path : {u"/usr/bin/busybox"_s, u"/bin/busybox"_s}) {
        // A program without a loader's name in it is a static one.
        QFile file(path);
        if (file.open(QIODevice::ReadOnly) && !file.read(4096).contains("/ld-"))
            return path;
    }
    return {};
}

std::expected<StandIns, QString> StandIns::load(const PrivateDocker &docker)
{
    if (staticBusybox().isEmpty())
        return std::unexpected(u"There is no static busybox (Debian's package busybox-static)."_s);
    StandIns made;
    Loader loader(docker, made);
    const QString folder = qEnvironmentVariable("STAGEWRIGHT_STANDINS");
    if (!loader.busyboxes() || !loader.alpine() || !loader.distroless()
        || (!folder.isEmpty() && !loader.archives(folder)))
        return std::unexpected(loader.problem());
    return made;
}

} // namespace stagewright::test
