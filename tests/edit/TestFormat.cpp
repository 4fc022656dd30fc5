// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "EditCase.h"
#include "RandomDockerfile.h"

#include "edit/Format.h"

#include <QDirIterator>
#include <QFile>

#include <algorithm>

using namespace stagewright;
using namespace stagewright::edit;

namespace {

const std::vector<EditCase> &cases()
{
    const auto f = [](const Snapshot &s) { return format(s); };
    static const std::vector<EditCase> all = {
        {"nothing to do", "# syntax=docker/dockerfile:1\n\nARG V=1\nFROM a:${V} AS x\nRUN b && \\\n    c\n\nFROM d\n",
         f, "# syntax=docker/dockerfile:1\n\nARG V=1\nFROM a:${V} AS x\nRUN b && \\\n    c\n\nFROM d\n"},
        {"empty", "", f, ""},
        {"only comments", "#  x  \n\n\n", f, "#  x  \n\n\n"},
        {"keywords", "from a as x\nRun b\nonbuild copy . .\nhealthcheck --interval=5s cmd c\nhealthcheck none\n", f,
         "FROM a AS x\nRUN b\nONBUILD COPY . .\nHEALTHCHECK --interval=5s CMD c\nHEALTHCHECK none\n"},
        {"indentation of instructions", "FROM a\n  RUN b\n\tRUN\tc  d\n", f, "FROM a\nRUN b\nRUN c  d\n"},
        {"between stages", "FROM a\nRUN b\nFROM c\n\n\n\n# d\nFROM d\n# e\nFROM e\n", f,
         "FROM a\nRUN b\n\nFROM c\n\n# d\nFROM d\n\n# e\nFROM e\n"},
        {"headings", "FROM a\n# glued\n\n# head\n\nFROM b\n", f, "FROM a\n# glued\n\n# head\n\nFROM b\n"},
        {"blank lines", "FROM a\n\n\nRUN b\n \t\n\n\n# c\nRUN c\n\n\n", f, "FROM a\n\nRUN b\n\n# c\nRUN c\n"},
        {"the head keeps its bytes", "\n\n#  note  \n\n\n  # syntax=x\n  from a\n", f,
         "\n\n#  note  \n\n\n  # syntax=x\nFROM a\n"},
        {"end of file", "FROM a\nRUN b", f, "FROM a\nRUN b\n"},
        {"blanks for an end", "FROM a\nRUN b\n\n   ", f, "FROM a\nRUN b\n"},
        {"lines of nothing", "FROM a\nRUN b \\\n\\\n c \\\n\\\n\\\nd\n", f,
         "FROM a\nRUN b \\\n    \\\n     c \\\n    \\\n    \\\n    d\n"},
        {"half a line ending", "FROM a\nRUN b \r", f, "FROM a\nRUN b\n"},
        {"half a line ending behind a comment", "FROM a\n# b \r\r", f, "FROM a\n# b\n"},
        {"trailing blanks", "FROM a  \nRUN b && \\  \n    c\t\n# d  \nENV X=\"1  \\\n  2\"\n", f,
         "FROM a\nRUN b && \\\n    c\n# d\nENV X=\"1  \\\n  2\"\n"},
        {"continued lines", "FROM a\nRUN b && \\\n  c && \\\n      d\nENV A=1 \\\n      B=2\n", f,
         "FROM a\nRUN b && \\\n    c && \\\n        d\nENV A=1 \\\n    B=2\n"},
        {"comments among them", "FROM a\nRUN b && \\\n# low\n  c && \\\n      # high\n      d\n", f,
         "FROM a\nRUN b && \\\n    # low\n    c && \\\n        # high\n        d\n"},
        {"tabs", "FROM a\nRUN b && \\\n\t\tc && \\\n\t\t\td\nRUN e && \\\n    f\n", f,
         "FROM a\nRUN b && \\\n\tc && \\\n\t\td\nRUN e && \\\n\tf\n"},
        {"a word in two lines", "FROM a\nRUN ec\\\nho b\n", f, "FROM a\nRUN ec\\\nho b\n"},
        {"quoted text", "FROM a\nRUN echo \"x \\\n  y\" && \\\n  z\nRUN echo 'x \\\n  y'\n", f,
         "FROM a\nRUN echo \"x \\\n  y\" && \\\n    z\nRUN echo 'x \\\n  y'\n"},
        {"quotes inside a substitution", "FROM a\nRUN x=\"$(echo \"b \\\n  c\")\" && \\\n  d\n", f,
         "FROM a\nRUN x=\"$(echo \"b \\\n  c\")\" && \\\n    d\n"},
        {"a substitution inside quotes", "FROM a\nRUN x=\"$(b \\\n  c)\" && \\\n  d\n", f,
         "FROM a\nRUN x=\"$(b \\\n    c)\" && \\\n    d\n"},
        {"quotes that stay open", "FROM a\nRUN echo don't \\\n  b\n", f, "FROM a\nRUN echo don't \\\n  b\n"},
        {"escaped blank", "FROM a\nRUN echo \\ \\\n  b\n", f, "FROM a\nRUN echo \\ \\\n    b\n"},
        {"old ENV form", "FROM a\nenv A b \\\n  c\n", f, "FROM a\nENV A b \\\n  c\n"},
        {"heredocs", "from a\nrun <<EOF\nfrom b  \n\n\n\trun c\nEOF\ncopy <<-'E' /f  \n\tx  \n\tE\n", f,
         "FROM a\nRUN <<EOF\nfrom b  \n\n\n\trun c\nEOF\nCOPY <<-'E' /f\n\tx  \n\tE\n"},
        {"open heredoc", "from a\nrun <<EOF\nx  ", f, "FROM a\nRUN <<EOF\nx  "},
        {"dangling continuation", "from a\nrun b \\", f, "FROM a\nRUN b \\\n"},
        {"other escape", "# escape=`\nfrom a\nrun b `\n  c\ncopy x `\n  y\n", f,
         "# escape=`\nFROM a\nRUN b `\n  c\nCOPY x `\n    y\n"},
        {"another shell", "from a\nshell [\"pwsh\", \"-c\"]\nrun b; \\\n  c\n", f,
         "FROM a\nSHELL [\"pwsh\", \"-c\"]\nRUN b; \\\n  c\n"},
        {"bash", "from a\nshell [\"/bin/bash\", \"-c\"]\nrun b; \\\n  c\n", f,
         "FROM a\nSHELL [\"/bin/bash\", \"-c\"]\nRUN b; \\\n    c\n"},
        {"CR LF", "from a\r\nrun b \\ \r\n  c\r\nfrom d", f, "FROM a\r\nRUN b \\\r\n    c\r\n\r\nFROM d\r\n"},
        {"byte order mark",
         "\xEF\xBB\xBF"
         "  from a\n",
         f,
         "\xEF\xBB\xBF"
         "FROM a\n"},
        {"a continued line of nothing", "FROM a\n \\\n  env X=b\n", f, "FROM a\n \\\n    ENV X=b\n"},
        {"unknown instruction", "from a\nfoo  b \\\n  c\n", f, "FROM a\nfoo  b \\\n  c\n"},
        {"directive stays", "#syntax=docker/dockerfile:1  \n# escape=\\ \nfrom a\n", f,
         "#syntax=docker/dockerfile:1  \n# escape=\\ \nFROM a\n"},
    };
    return all;
}

QString conformanceFolder()
{
    const QString given = qEnvironmentVariable("STAGEWRIGHT_CONFORMANCE");
    return (given.isEmpty() ? QStringLiteral(STAGEWRIGHT_SOURCE_DIR "/../shared/conformance") : given)
        + QStringLiteral("/files");
}

/// What the graph says, in words.
std::string picture(const Snapshot &s)
{
    std::string text;
    for (const Stage &stage : s.graph().stages())
        text += stage.name + '|' + stage.base.resolved + '|' + stage.platform + (stage.reachable ? "|needed\n" : "\n");
    for (const Edge &edge : s.graph().edges()) {
        text += std::to_string(static_cast<int>(edge.kind)) + ' ' + std::to_string(static_cast<int>(edge.source.kind))
            + '.' + std::to_string(edge.source.index) + " > " + std::to_string(indexOf(edge.target)) + ' ' + edge.label
            + '\n';
    }
    for (const BuildError &error : s.graph().errors())
        text += error.message + '\n';
    return text;
}

std::string bodies(const Snapshot &s)
{
    std::string text;
    for (const Instruction &one : s.tree().instructions()) {
        for (const Heredoc &heredoc : one.heredocs)
            text += s.text().slice(heredoc.body);
    }
    return text;
}

/// Formatting keeps the graph and the heredocs, and a second time changes nothing.
bool holds(const Snapshot &s, const char *name)
{
    const Result result = format(s);
    if (!result) {
        // Only what BuildKit refuses anyway may be refused here.
        if (s.graph().errors().empty())
            qWarning("%s: %s", name, result.error().message.c_str());
        return !s.graph().errors().empty();
    }
    const auto after = Snapshot::make(result->applyTo(s.text()));
    const bool same = picture(*after) == picture(s) && bodies(*after) == bodies(s)
        && result->inverse(s.text()).applyTo(after->text()) == s.text();
    const Result again = format(*after);
    const bool stable = again && again->isEmpty();
    if (!same || !stable)
        qWarning("%s: %s", name, same ? "changes again" : "is not the same build");
    return same && stable;
}

} // namespace

class TestFormat : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void texts_data() { addRows(cases()); }
    void texts() { runRow(cases()); }
    void twice_data() { addRows(cases()); }
    void twice();
    void generated();
    void realFiles();
};

void TestFormat::twice()
{
    QFETCH(int, row);
    const auto s = snapshotOf(cases()[static_cast<std::size_t>(row)].after);
    const Result result = format(*s);
    QVERIFY(result.has_value());
    QCOMPARE(shown(result->applyTo(s->text()).bytes()), shown(s->text().bytes()));
}

void TestFormat::generated()
{
    for (std::uint32_t seed = 1; seed <= 1000; ++seed) {
        const auto s = snapshotOf(RandomDockerfile(seed).make());
        QVERIFY2(holds(*s, std::to_string(seed).c_str()), s->text().bytes().data());
    }
}

void TestFormat::realFiles()
{
    if (!QDir(conformanceFolder()).exists())
        QSKIP("the conformance files are not here");
    int files = 0;
    int bad = 0;
    for (QDirIterator it(conformanceFolder(), QDir::Files, QDirIterator::Subdirectories); it.hasNext();) {
        QFile file(it.next());
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
        const auto text = SourceText::fromBytes(file.readAll().toStdString());
        if (!text)
            continue;
        ++files;
        bad += holds(*Snapshot::make(*text), qPrintable(file.fileName())) ? 0 : 1;
    }
    QCOMPARE(bad, 0);
    QVERIFY(files > 100);
}

QTEST_APPLESS_MAIN(TestFormat)
#include "TestFormat.moc"
