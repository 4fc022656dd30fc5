// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/Values.h"
#include "semantics/Environment.h"
#include "semantics/Mount.h"
#include "semantics/Paths.h"
#include "semantics/Platform.h"
#include "semantics/Sources.h"

#include <QTest>

using namespace stagewright;

class ValuesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ports_data();
    void ports();
    void signalNames();
    void fileModes();
    void sources_data();
    void sources();
    void gitOptions_data();
    void gitOptions();
    void platforms_data();
    void platforms();
    void platformErrors();
    void paths();
    void mounts();
    void mountErrors_data();
    void mountErrors();
    void mountSources();
    void memorySizes();
};

void ValuesTest::ports_data()
{
    QTest::addColumn<std::string>("port");
    QTest::addColumn<std::string>("error");
    const auto row
        = [](const char *port, const char *error) { QTest::newRow(port) << std::string(port) << std::string(error); };
    for (const char *fine : {"80", "80/tcp", "80/UDP", "80/", "8000-8010", "8080:80", "127.0.0.1:80:80", "[::1]:80:80",
                             "::1:80:80", "0", "65535", "80-80", "9000-9002:80", "+80"})
        row(fine, "");
    row("", "invalid port: \"\": no port specified");
    row("/tcp", "invalid port: \"/tcp\": no port specified");
    row("80/foo", "invalid port: \"80/foo\": invalid proto: foo");
    row("abc", "invalid containerPort: abc");
    row("65536", "invalid containerPort: 65536");
    row("90-80", "invalid containerPort: 90-80");
    row("x:80", "invalid hostPort: x");
    row("1-3:80-81", "invalid ranges specified for container and host Ports: 80-81 and 1-3");
    row("999.1.1.1:80:80", "invalid IP address: 999.1.1.1");
    row("01.1.1.1:80:80", "invalid IP address: 01.1.1.1");
    row("[::1:80:80", "invalid IP address [::1: address [::1:: missing ']' in address");
}

void ValuesTest::ports()
{
    QFETCH(std::string, port);
    QFETCH(std::string, error);
    QCOMPARE(portError(port), error);
}

void ValuesTest::signalNames()
{
    for (const char *fine : {"9", "SIGTERM", "term", "sigquit", "RTMIN+3", "SIGRTMAX-14", "-5", "99999"})
        QCOMPARE(signalError(fine), "");
    for (const std::string bad : {"0", "NOPE", "", "RTMIN+16", "RTMAX-15", "RTMIN+03"})
        QCOMPARE(signalError(bad), "invalid signal: " + bad);
}

void ValuesTest::fileModes()
{
    for (const char *fine : {"644", "0755", "07777", "u=rwx,go=rx", "a+X", "go-w", "+x", "u=g", "u+r-w"})
        QCOMPARE(chmodError(fine), "");
    const std::string octal = "it should be octal string and between 0 and 07777";
    QCOMPARE(chmodError("64a"), "invalid chmod parameter: '64a'. " + octal);
    QCOMPARE(chmodError("10000"), "invalid chmod parameter: '10000'. " + octal);
    QCOMPARE(chmodError("8"), "invalid chmod parameter: '8'. " + octal);
    for (const char *bad : {"x", "u", "u=rwz", "u=r,"})
        QCOMPARE(chmodError(bad), "invalid syntax");
}

void ValuesTest::sources_data()
{
    QTest::addColumn<std::string>("source");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *source, SourceKind kind) {
        QTest::newRow(source) << std::string(source) << static_cast<int>(kind);
    };
    for (const char *local :
         {"a", "./a.git", "/http://x", "github.com/a/b", "ftp://x/y", "HTTP://x/y", "a:b", "c:\\x", "@a:b", "*"})
        row(local, SourceKind::Local);
    for (const char *http : {"http://x/y", "https://x/y.tar.gz", "https://x/y.git/z", "https://x/y#a.git"})
        row(http, SourceKind::Http);
    for (const char *git : {"https://x/y.git", "http://x/y.git#main:sub", "https://x/y.git?ref=a", "git@github.com:a/b",
                            "ssh://x/y", "git://x/y"})
        row(git, SourceKind::Git);
}

void ValuesTest::sources()
{
    QFETCH(std::string, source);
    QFETCH(int, kind);
    QCOMPARE(static_cast<int>(classifySource(source).kind), kind);
    QCOMPARE(classifySource(source).error, "");
}

void ValuesTest::gitOptions_data()
{
    QTest::addColumn<std::string>("options");
    QTest::addColumn<std::string>("error");
    const auto row = [](const char *options, const char *error) {
        QTest::newRow(options) << std::string(options) << std::string(error);
    };
    for (const char *fine :
         {"?ref=a", "?ref=a&", "?ref=main#main", "?tag=v1&ref=refs/tags/v1", "?branch=b#refs/heads/b",
          "?subdir=x#main:x", "?subdir=x#main:/y/../x", "?keep-git-dir", "?submodules=", "?fetch-by-commit&commit=c",
          "?mtime=commit", "?re%66=a", "?nope=%zz", "?nope=a;b", "?checksum=a&commit=b"})
        row(fine, "");
    row("?nope=1", R"(unexpected query "nope")");
    row("?ref=", R"(query "ref" has no value)");
    row("?ref", R"(query "ref" has no value)");
    row("?ref=a&ref=a", R"(query "ref" has multiple values)");
    row("?ref=a#b", R"(ref conflicts: "b" vs "a")");
    row("?ref=a&tag=b", R"(ref conflicts: "a" vs "refs/tags/b")");
    row("?branch=a&ref=b", R"(ref conflicts: "b" vs "refs/heads/a")");
    row("?branch=a&tag=b", "branch conflicts with tag");
    row("?subdir=a#m:b", R"(subdir conflicts: "b" vs "a")");
    row("?keep-git-dir=maybe", R"(invalid keep-git-dir value: "maybe")");
    row("?submodules=2", R"(invalid submodules value: "2")");
    row("?fetch-by-commit=x", R"(invalid fetch-by-commit value: "x")");
    row("?mtime=now", R"(invalid mtime value: "now" (must be "checkout" or "commit"))");
}

void ValuesTest::gitOptions()
{
    QFETCH(std::string, options);
    QFETCH(std::string, error);
    QCOMPARE(classifySource("https://host/repo.git" + options).error, error);
    QCOMPARE(classifySource("ssh://host/repo" + options).error, error);
    // This form is refused as a whole when its options cannot be read, and is a path then.
    const bool isPath = options.contains("%zz") || options.contains(';');
    const SourceClass scp = classifySource("git@host:repo.git" + options);
    QCOMPARE(scp.error, error);
    QCOMPARE(static_cast<int>(scp.kind), static_cast<int>(isPath ? SourceKind::Local : SourceKind::Git));
}

void ValuesTest::platforms_data()
{
    QTest::addColumn<std::string>("specifier");
    QTest::addColumn<std::string>("expected");
    const auto row = [](const char *text, const char *expected) {
        QTest::newRow(text) << std::string(text) << std::string(expected);
    };
    row("linux/amd64", "linux/amd64");
    row("linux", "linux/amd64");
    row("arm64", "linux/arm64");
    row("x86_64", "linux/amd64");
    row("linux/arm", "linux/arm");
    row("linux/arm/v7", "linux/arm/v7");
    row("linux/armel", "linux/arm/v6");
    row("linux/arm64/v8", "linux/arm64/v8");
    row("Linux/AArch64", "linux/arm64");
    row("macos/arm64", "darwin/arm64");
    row("windows(10.0.17763)/amd64", "windows(10.0.17763)/amd64");
    row("windows(10.0+b+a)/amd64", "windows(10.0+a+b)/amd64");
    row("foo/bar", "foo/bar");
}

void ValuesTest::platforms()
{
    QFETCH(std::string, specifier);
    QFETCH(std::string, expected);
    const auto platform = Platform::parse(specifier);
    QVERIFY2(platform.has_value(), platform ? "" : platform.error().c_str());
    QCOMPARE(platform->toString(), expected);
}

void ValuesTest::platformErrors()
{
    QCOMPARE(Platform::parse("foo").error(), "\"foo\": unknown operating system or architecture: invalid argument");
    QCOMPARE(Platform::parse("a/b/c/d").error(), "\"a/b/c/d\": cannot parse platform specifier: invalid argument");
    QCOMPARE(Platform::parse("linux/*").error(), "\"linux/*\": wildcards not yet supported: invalid argument");
    QVERIFY(Platform::parse("linux/a b").error().starts_with("\"a b\" is an invalid component of \"linux/a b\": "));
    QVERIFY(Platform::parse("li nux").error().starts_with("\"li nux\" is an invalid OS component of \"li nux\": "));
    QVERIFY(!Platform::parse(""));
}

void ValuesTest::paths()
{
    QCOMPARE(cleanedPath(""), ".");
    QCOMPARE(cleanedPath("/a//b/./../c/"), "/a/c");
    QCOMPARE(cleanedPath("../a/../.."), "../..");
    QCOMPARE(cleanedPath("/.."), "/");
    QCOMPARE(joinedPath("", "x"), "/x");
    QCOMPARE(joinedPath("/app", "../lib"), "/lib");
    QCOMPARE(joinedPath("/app", "/etc"), "/etc");
    QCOMPARE(joinedPath("/app", ""), "/app");
}

void ValuesTest::mounts()
{
    VariableTable variables;
    variables.set("T", "cache");
    const WordExpander expander('\\');
    const auto mount = parseMount("type=$T,target=/c,id=x,sharing=Locked,mode=0700,uid=1,ro", expander, variables);
    QVERIFY2(mount.has_value(), mount ? "" : mount.error().c_str());
    QCOMPARE(mount->type, MountType::Cache);
    QCOMPARE(mount->target, "/c");
    QCOMPARE(mount->id, "x");
    QCOMPARE(mount->sharing, "locked");
    QCOMPARE(parseMount("TYPE=bind,\"source=a,b\",dst=/x", expander, variables)->source, "a,b");
    QVERIFY(parseMount("type=secret,id=a,required,env=TOKEN", expander, variables));
    QVERIFY(parseMount("type=tmpfs,target=/t,size=1.5GiB", expander, variables));
}

void ValuesTest::mountErrors_data()
{
    QTest::addColumn<std::string>("mount");
    QTest::addColumn<std::string>("error");
    const auto row = [](const char *mount, const char *error) {
        QTest::newRow(mount) << std::string(mount) << std::string(error);
    };
    row("type=catche", "unsupported mount type \"catche\" (did you mean cache?)");
    row("type=cache,target=/x,sharing=sharde", "unsupported sharing value \"sharde\" (did you mean shared?)");
    row("target=/x,required", "unexpected key 'required' for mount type 'bind'");
    row("type=ssh,required=maybe", "invalid value for required: maybe");
    row("targt=/x", "unexpected key 'targt' in 'targt=/x' (did you mean target?)");
    row("target", "invalid field 'target' must be a key=value pair");
    row("type=bind,gid=3", "gid not allowed for \"bind\" type mounts");
    row("type=secret,id=a,sharing=shared", "secret mount should not define sharing");
    row("source=${X", "failed to process \"${X\": unsupported modifier (\xef\xbf\xbd) in substitution");
}

void ValuesTest::mountErrors()
{
    QFETCH(std::string, mount);
    QFETCH(std::string, error);
    const auto parsed = parseMount(mount, WordExpander('\\'), VariableTable());
    QVERIFY(!parsed);
    QCOMPARE(parsed.error(), error);
}

void ValuesTest::mountSources()
{
    const std::string value = "type=bind,from=build,target=/x";
    const MountFrom from = mountFrom(value);
    QCOMPARE(from.value, "build");
    QCOMPARE(value.substr(from.begin, 5), "build");
    QCOMPARE(mountFrom("from=a,FROM=b").value, "b");
    QCOMPARE(mountFrom("\"from=a\",target=/x").value, "a");
    QCOMPARE(mountFrom("\"from=a\"").begin, std::string::npos);
    QVERIFY(mountFrom("target=/x").value.empty());
}

void ValuesTest::memorySizes()
{
    for (const char *fine : {"1", "64m", "1.5 GiB", "10KB", "3b"})
        QVERIFY2(isMemorySize(fine), fine);
    for (const char *bad : {"", "m", "1.2.3", "-1", "5x", "1  m", ".5", "5."})
        QVERIFY2(!isMemorySize(bad), bad);
}

QTEST_GUILESS_MAIN(ValuesTest)
#include "ValuesTest.moc"
