// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

// What packaging/lib does on machines other than the one that it was written on: tools of the system are replaced by
// scripts of the test in front of PATH.
class TestScripts final : public QObject
{
    Q_OBJECT

    QString _bash;

    struct Outcome
    {
        int code = -1;
        QString output;
        QString errors;
    };

    // Runs BODY after the libraries of packaging/lib, with what the scripts themselves set.
    Outcome run(const QTemporaryDir &tools, const QString &body) const
    {
        QProcess bash;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("PATH"), tools.path() + u':' + environment.value(QStringLiteral("PATH")));
        bash.setProcessEnvironment(environment);
        bash.start(
            _bash,
            {QStringLiteral("-c"),
             QStringLiteral("set -euo pipefail\n. packaging/lib/common.sh\n. packaging/lib/dependencies.sh\n") + body});
        Outcome outcome;
        if (!bash.waitForFinished(60'000))
            return outcome;
        outcome.code = bash.exitStatus() == QProcess::NormalExit ? bash.exitCode() : -2;
        outcome.output = QString::fromUtf8(bash.readAllStandardOutput()).trimmed();
        outcome.errors = QString::fromUtf8(bash.readAllStandardError());
        return outcome;
    }

    static void writeTool(const QTemporaryDir &tools, const QString &name, const QByteArray &script)
    {
        QFile file(tools.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\n" + script);
        file.close();
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }

private Q_SLOTS:
    void initTestCase()
    {
        _bash = QStandardPaths::findExecutable(QStringLiteral("bash"));
        if (_bash.isEmpty())
            QSKIP("there is no bash");
        QVERIFY(QDir::setCurrent(QStringLiteral(STAGEWRIGHT_SOURCE_DIR)));
    }

    // A list that is longer than a pipe holds (64 KiB) and whose first line is the one that is looked for: whoever
    // stops reading there ends the writer with SIGPIPE, and the script with 141.
    void longLibraryList()
    {
        const QTemporaryDir tools;
        writeTool(
            tools, QStringLiteral("ldconfig"),
            "echo '  libstdc++.so.6 (libc6,x86-64) => /lib/x86_64-linux-gnu/libstdc++.so.6'\n"
            "i=0\n"
            "while [ $i -lt 20000 ]; do echo \"  libother$i.so (libc6) => /lib/libother$i.so\"; i=$((i+1)); done\n");
        const auto outcome = run(tools, QStringLiteral("settle_runtime_library\necho \"done $run_library_path\""));
        QCOMPARE(outcome.errors, QString());
        QCOMPARE(outcome.output, QStringLiteral("done"));
        QCOMPARE(outcome.code, 0);
    }

    void longSourceList()
    {
        const QTemporaryDir tools;
        writeTool(tools, QStringLiteral("apt-get"),
                  "echo trixie\ni=0\nwhile [ $i -lt 20000 ]; do echo codename$i; i=$((i+1)); done\n");
        const auto outcome = run(tools, QStringLiteral("if knows_trixie; then echo known; else echo unknown; fi"));
        QCOMPARE(outcome.output, QStringLiteral("known"));
        QCOMPARE(outcome.code, 0);
    }

    void aSourceThatIsNotThere()
    {
        const QTemporaryDir tools;
        writeTool(tools, QStringLiteral("apt-get"), "echo bookworm\nexit 100\n");
        const auto outcome = run(tools, QStringLiteral("if knows_trixie; then echo known; else echo unknown; fi"));
        QCOMPARE(outcome.output, QStringLiteral("unknown"));
        QCOMPARE(outcome.code, 0);
    }

    void missingPackages()
    {
        const QTemporaryDir tools;
        writeTool(tools, QStringLiteral("dpkg-query"),
                  "for name; do :; done\n"
                  "case $name in\n"
                  "there) echo 'installed 2.0' ;;\n"
                  "both) echo 'installed 1:3'; echo 'installed 1:3' ;;\n"
                  "removed) echo 'config-files 1.0' ;;\n"
                  "*) exit 1 ;;\n"
                  "esac\n");
        writeTool(tools, QStringLiteral("dpkg"), "[ \"$2\" = 2.0 ]\n"); // --compare-versions 2.0 lt 3
        const auto outcome = run(tools, QStringLiteral("missing_packages there both removed never 'there>=3'"));
        QCOMPARE(outcome.output, QStringLiteral("removed\nnever\nthere"));
        QCOMPARE(outcome.code, 0);
    }
};

QTEST_GUILESS_MAIN(TestScripts)
#include "tst_scripts.moc"
