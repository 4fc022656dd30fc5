// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "edit/Edits.h"
#include "lint/Linter.h"
#include "lint/RuleTable.h"
#include "semantics/ContextFiles.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace stagewright;
using namespace Qt::StringLiterals;

/// The folders beside this file, one a rule: `case.Dockerfile` is checked, `case.expected` lists what the rule says
/// about it (nothing for an empty file), `case.fixed` is the text after the first fix of each of its findings, and
/// `case.options` may hold lines such as `target=build`.
/// With STAGEWRIGHT_UPDATE_EXPECTED=1 in the environment the expected and fixed files are written instead.
class LintCorpusTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tablePagesAndFoldersAgree();
    void findings_data() { cases(); }
    void findings();
    void fixes_data() { cases(); }
    void fixes();
    void everyFixHelps_data() { cases(); }
    void everyFixHelps();
    void realFilesHaveNoShellErrors();
    void fixesHelpInRealFiles();

private:
    void cases();
};

namespace {

const QDir folder(QStringLiteral(STAGEWRIGHT_TEST_DATA));
const bool update = qEnvironmentVariableIsSet("STAGEWRIGHT_UPDATE_EXPECTED");

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(bytes);
}

AnalysisOptions optionsOf(const QString &path)
{
    AnalysisOptions options;
    // CASE.context is the build context of CASE.Dockerfile.
    options.context = filesOnDisk((path.chopped(7) + u"context"_s).toStdString());
    for (const QByteArray &line : bytesOf(path).split('\n')) {
        const qsizetype equals = line.indexOf('=');
        const std::string value = line.mid(equals + 1).toStdString();
        if (line.startsWith("target="))
            options.target = value;
        else if (line.startsWith("ignore=")) // a line of .dockerignore
            options.ignoreFile = options.ignoreFile.value_or("") + value + '\n';
        else if (line.startsWith("platform="))
            options.platform = value;
        else if (line.startsWith("build-arg="))
            options.buildArgs[value.substr(0, value.find('='))] = value.substr(value.find('=') + 1);
    }
    return options;
}

SnapshotPtr snapshotOf(std::string bytes, const AnalysisOptions &options)
{
    auto text = SourceText::fromBytes(std::move(bytes));
    return Snapshot::make(text ? *text : SourceText(), options);
}

std::vector<Diagnostic> findingsOf(const Linter &linter, const Snapshot &snapshot, std::string_view rule)
{
    std::vector<Diagnostic> findings = linter.check(snapshot);
    std::erase_if(findings, [rule](const Diagnostic &d) { return d.ruleId != rule; });
    return findings;
}

std::string report(const Linter &linter, const Snapshot &snapshot, std::string_view rule)
{
    std::string text;
    for (const Diagnostic &d : findingsOf(linter, snapshot, rule)) {
        const LineColumn at = snapshot.text().positionAt(d.range.begin);
        std::string underlined(snapshot.text().slice(d.range));
        if (const std::size_t newline = underlined.find('\n'); newline != std::string::npos)
            underlined = underlined.substr(0, newline) + " …";
        text += std::to_string(d.line) + ':' + std::to_string(at.column) + ' ' + std::string(severityName(d.severity))
            + ": " + d.title + "\n    at: " + underlined + "\n    " + d.message + "\n";
        for (const Fix &fix : linter.fixes(snapshot, d))
            text
                += std::string(fix.safe ? "    fix: " : "    fix (not safe): ") + fix.title + " | " + fix.detail + '\n';
    }
    return text;
}

/// Applies first fixes until none is left.
std::string fixedText(const Linter &linter, std::string bytes, const AnalysisOptions &options, std::string_view rule)
{
    for (int step = 0; step < 50; ++step) {
        const SnapshotPtr snapshot = snapshotOf(bytes, options);
        bool changed = false;
        for (const Diagnostic &d : findingsOf(linter, *snapshot, rule)) {
            const std::vector<Fix> fixes = linter.fixes(*snapshot, d);
            if (fixes.empty())
                continue;
            bytes = fixes.front().transaction.applyTo(snapshot->text()).bytes();
            changed = true;
            break;
        }
        if (!changed)
            return bytes;
    }
    return "the fixes never end";
}

std::map<std::string, int, std::less<>> countsFrom(const std::vector<Diagnostic> &findings, Severity least)
{
    std::map<std::string, int, std::less<>> counts;
    for (const Diagnostic &d : findings) {
        if (d.severity <= least)
            ++counts[std::string(d.ruleId)];
    }
    return counts;
}

} // namespace

void LintCorpusTest::cases()
{
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("path");
    for (const QString &rule : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QDir cases(folder.filePath(rule));
        for (const QString &file : cases.entryList({u"*.Dockerfile"_s}, QDir::Files)) {
            const QString path = cases.filePath(file.chopped(11));
            QTest::newRow(qPrintable(rule + u'/' + file.chopped(11))) << rule << path;
        }
    }
}

void LintCorpusTest::tablePagesAndFoldersAgree()
{
    std::set<std::string> table;
    for (const Rule *rule : ruleTable()) {
        QVERIFY2(table.insert(std::string(rule->id)).second, std::string(rule->id).c_str());
        QVERIFY2(!rule->name.empty() && !rule->summary.empty() && rule->check, std::string(rule->id).c_str());
        const QByteArray page = rulePage(rule->id);
        QVERIFY2(page.startsWith("# " + QByteArray(rule->id.data(), qsizetype(rule->id.size())) + ": "),
                 std::string(rule->id).c_str());
        QVERIFY2(page.size() > 400, std::string(rule->id).c_str());
        QCOMPARE(findRule(rule->id), rule);
    }
    std::set<std::string> folders;
    for (const QString &name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        folders.insert(name.toStdString());
        bool speaks = false;
        for (const QString &file : QDir(folder.filePath(name)).entryList({u"*.expected"_s}))
            speaks = speaks || !bytesOf(folder.filePath(name + u'/' + file)).isEmpty();
        QVERIFY2(speaks, qPrintable(name + u" has no case with a finding"_s));
    }
    std::set<std::string> pages;
    for (const QString &name : QDir(QStringLiteral(STAGEWRIGHT_SOURCE_DIR "/resources/rules")).entryList({u"*.md"_s}))
        pages.insert(name.chopped(3).toStdString());
    QCOMPARE(pages, table);
    QCOMPARE(folders, table);
}

void LintCorpusTest::findings()
{
    QFETCH(QString, rule);
    QFETCH(QString, path);
    const Linter linter(Catalog::builtIn());
    const SnapshotPtr snapshot
        = snapshotOf(bytesOf(path + u".Dockerfile"_s).toStdString(), optionsOf(path + u".options"_s));
    const QByteArray have = QByteArray::fromStdString(report(linter, *snapshot, rule.toStdString()));
    if (update)
        write(path + u".expected"_s, have);
    QVERIFY(QFile::exists(path + u".expected"_s));
    QCOMPARE(have, bytesOf(path + u".expected"_s));
    for (const Diagnostic &d : linter.check(*snapshot)) {
        QVERIFY2(!d.title.empty() && !d.message.empty() && !d.why.empty() && !d.how.empty(), d.title.c_str());
        QVERIFY2(std::ranges::count(d.hint, ' ') < 4, d.hint.c_str());
        QVERIFY2(d.range.end <= snapshot->text().size() && d.line > 0 && d.lastLine >= d.line, d.title.c_str());
        QCOMPARE(d.fixable, !linter.fixes(*snapshot, d).empty());
    }
}

void LintCorpusTest::fixes()
{
    QFETCH(QString, rule);
    QFETCH(QString, path);
    const Linter linter(Catalog::builtIn());
    const std::string before = bytesOf(path + u".Dockerfile"_s).toStdString();
    const std::string after = fixedText(linter, before, optionsOf(path + u".options"_s), rule.toStdString());
    const QString file = path + u".fixed"_s;
    if (update && after != before)
        write(file, QByteArray::fromStdString(after));
    // A case without this file has no fix.
    QCOMPARE(QByteArray::fromStdString(after), QFile::exists(file) ? bytesOf(file) : QByteArray::fromStdString(before));
}

void LintCorpusTest::everyFixHelps()
{
    QFETCH(QString, rule);
    QFETCH(QString, path);
    const Linter linter(Catalog::builtIn());
    const AnalysisOptions options = optionsOf(path + u".options"_s);
    const SnapshotPtr before = snapshotOf(bytesOf(path + u".Dockerfile"_s).toStdString(), options);
    const std::vector<Diagnostic> all = linter.check(*before);
    for (const Diagnostic &d : all) {
        for (const Fix &fix : linter.fixes(*before, d)) {
            QVERIFY2(!fix.title.empty() && !fix.icon.empty() && !fix.transaction.isEmpty(), fix.title.c_str());
            const SourceText text = fix.transaction.applyTo(before->text());
            QCOMPARE(fix.transaction.inverse(before->text()).applyTo(text), before->text());
            const SnapshotPtr after = Snapshot::make(text, options);
            const std::vector<Diagnostic> left = linter.check(*after);
            // Nothing as grave as what was fixed may be new.
            auto then = countsFrom(all, d.severity);
            for (const auto &[id, count] : countsFrom(left, d.severity)) {
                const int most = then[id] - (id == d.ruleId ? 1 : 0);
                QVERIFY2(
                    count <= most,
                    (fix.title + " leaves " + std::to_string(count) + " of " + id + " in\n" + std::string(text.bytes()))
                        .c_str());
            }
            QVERIFY2(after->graph().errors().size() <= before->graph().errors().size(), fix.title.c_str());
        }
    }
}

void LintCorpusTest::realFilesHaveNoShellErrors()
{
    const QString conformance = qEnvironmentVariable("STAGEWRIGHT_CONFORMANCE",
                                                     QStringLiteral(STAGEWRIGHT_SOURCE_DIR "/../shared/conformance"));
    const QDir files(conformance + u"/files"_s);
    if (!files.exists())
        QSKIP("the corpus of real Dockerfiles is not here");
    // Every one of them was written by people whose builds work; all of them were looked at.
    const Linter linter(Catalog::builtIn());
    int checked = 0;
    QDirIterator it(files.path(), QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString path = it.next();
        auto text = SourceText::fromBytes(bytesOf(path).toStdString());
        if (!text)
            continue;
        for (const Diagnostic &d : linter.check(*Snapshot::make(*text))) {
            const bool wrong = d.source == DiagnosticSource::Stagewright && d.severity == Severity::Error;
            QVERIFY2(!wrong,
                     qPrintable(path + u':' + QString::number(d.line) + u": "_s + QString::fromStdString(d.message)));
        }
        ++checked;
    }
    QVERIFY(checked > 800);
}

/// Real stages on an image without a shell: every fix must leave one error less and no other more.
void LintCorpusTest::fixesHelpInRealFiles()
{
    const QString conformance = qEnvironmentVariable("STAGEWRIGHT_CONFORMANCE",
                                                     QStringLiteral(STAGEWRIGHT_SOURCE_DIR "/../shared/conformance"));
    const QDir files(conformance + u"/files"_s);
    if (!files.exists())
        QSKIP("the corpus of real Dockerfiles is not here");
    constexpr int mostFindings = 4;
    const Linter linter(Catalog::builtIn());
    int fixed = 0;
    QDirIterator it(files.path(), QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString path = it.next();
        const auto text = SourceText::fromBytes(bytesOf(path).toStdString());
        const SnapshotPtr original = text ? Snapshot::make(*text) : nullptr;
        if (!original || original->graph().stages().empty() || !original->graph().errors().empty())
            continue;
        const auto rebased
            = edit::setBase(*original, original->graph().stages().back().id, "gcr.io/distroless/base-debian12");
        if (!rebased)
            continue;
        const SnapshotPtr before = Snapshot::make(rebased->applyTo(*text));
        const std::vector<Diagnostic> all = linter.check(*before);
        int tried = 0;
        for (const Diagnostic &d : all) {
            if (d.source != DiagnosticSource::Stagewright || d.severity != Severity::Error || ++tried > mostFindings)
                continue;
            for (const Fix &fix : linter.fixes(*before, d)) {
                const SnapshotPtr after = Snapshot::make(fix.transaction.applyTo(before->text()));
                auto then = countsFrom(all, Severity::Error);
                for (const auto &[id, count] : countsFrom(linter.check(*after), Severity::Error)) {
                    const int most = then[id] - (id == d.ruleId ? 1 : 0);
                    QVERIFY2(count <= most,
                             (path.toStdString() + ':' + std::to_string(d.line) + ": " + fix.title + " leaves " + id
                              + " in\n" + std::string(after->text().bytes()))
                                 .c_str());
                }
                ++fixed;
            }
        }
    }
    QVERIFY(fixed > 500);
}

QTEST_GUILESS_MAIN(LintCorpusTest)
#include "tst_lint_corpus.moc"
