// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "catalog/Catalog.h"
#include "lint/Linter.h"
#include "semantics/Snapshot.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTest>

using namespace stagewright;
using namespace Qt::StringLiterals;

namespace {

const QString folder = QStringLiteral(STAGEWRIGHT_SOURCE_DIR "/resources/templates/");

/// The templates that are broken on purpose, and the lines that have to be found.
const QMap<QString, QStringList> brokenLines{
    {u"node-distroless-broken"_s, {u"RUN mkdir /app"_s}},
    {u"node-16-broken"_s, {u"CMD node server.js"_s}},
};

QByteArray contents(const QString &name)
{
    QFile file(folder + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonArray index()
{
    return QJsonDocument::fromJson(contents(u"index.json"_s)).array();
}

/// Null when the file is not a text.
SnapshotPtr snapshotOf(const QString &name)
{
    const auto text = SourceText::fromBytes(contents(name).toStdString());
    return text ? Snapshot::make(*text) : nullptr;
}

QString describe(const Diagnostic &diagnostic)
{
    return u"line %1: %2 %3"_s.arg(diagnostic.line)
        .arg(QString::fromUtf8(diagnostic.ruleId.data(), qsizetype(diagnostic.ruleId.size())),
             QString::fromStdString(diagnostic.title + " " + diagnostic.message));
}

} // namespace

/// What people start from has to be right: accepted by BuildKit, free of errors, and the broken ones broken as said.
class TemplatesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void indexListsEveryFile();
    void isPlainText_data() { addRows(); }
    void isPlainText();
    void buildsAsFarAsBuildKitCanTell_data() { addRows(); }
    void buildsAsFarAsBuildKitCanTell();
    void commentsAboveNamedStagesDescribeThem_data() { addRows(); }
    void commentsAboveNamedStagesDescribeThem();
    void hasOnlyTheErrorsItIsMeantToHave_data() { addRows(); }
    void hasOnlyTheErrorsItIsMeantToHave();
    void goodOnesUseCurrentImages_data() { addRows(); }
    void goodOnesUseCurrentImages();

private:
    static void addRows();
};

void TemplatesTest::addRows()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("file");
    QTest::addColumn<bool>("broken");
    for (const QJsonValue &entry : index()) {
        const QString id = entry[u"id"].toString();
        QTest::newRow(qPrintable(id)) << id << entry[u"file"].toString() << entry[u"broken"].toBool();
    }
}

void TemplatesTest::indexListsEveryFile()
{
    QStringList files;
    QSet<QString> ids;
    QSet<int> places;
    const QJsonArray entries = index();
    QVERIFY(!entries.isEmpty());
    for (const QJsonValue &entry : entries) {
        const QString id = entry[u"id"].toString();
        QVERIFY2(!id.isEmpty() && !ids.contains(id), qPrintable(id));
        ids.insert(id);
        for (const QString &key : {u"title"_s, u"description"_s, u"language"_s})
            QVERIFY2(!entry[key].toString().isEmpty(), qPrintable(id + u": no "_s + key));
        QVERIFY2(entry[u"broken"].isBool(), qPrintable(id));
        QVERIFY2(!places.contains(entry[u"order"].toInt(-1)), qPrintable(id + u": order is taken"_s));
        places.insert(entry[u"order"].toInt(-1));
        files.append(entry[u"file"].toString());
        QCOMPARE(entry[u"broken"].toBool(), brokenLines.contains(id));
    }
    files.sort();
    QCOMPARE(files, QDir(folder).entryList({u"*.Dockerfile"_s}, QDir::Files, QDir::Name));
}

void TemplatesTest::isPlainText()
{
    QFETCH(QString, file);
    const QByteArray bytes = contents(file);
    QVERIFY(bytes.endsWith('\n'));
    QVERIFY(!bytes.endsWith("\n\n"));
    QVERIFY(!bytes.contains('\r'));
    QVERIFY(!bytes.contains('\t'));
    QVERIFY(!bytes.startsWith("\xef\xbb\xbf"));
    for (const QByteArray &line : bytes.split('\n')) {
        QVERIFY2(!line.endsWith(' '), line.constData());
        QVERIFY2(QString::fromUtf8(line).size() <= 110, line.constData());
    }
}

void TemplatesTest::buildsAsFarAsBuildKitCanTell()
{
    QFETCH(QString, file);
    const SnapshotPtr snapshot = snapshotOf(file);
    QVERIFY(snapshot);
    for (const BuildError &error : snapshot->graph().errors())
        QFAIL(error.message.c_str());
    QVERIFY(snapshot->graph().stages().size() >= 2);
    QVERIFY(snapshot->graph().target() != StageId::None);
}

/// BuildKit reads the comment above a named stage as its description, which begins with the name.
void TemplatesTest::commentsAboveNamedStagesDescribeThem()
{
    QFETCH(QString, file);
    const SnapshotPtr snapshot = snapshotOf(file);
    QVERIFY(snapshot);
    for (const Stage &stage : snapshot->graph().stages()) {
        const TextRange comment = snapshot->tree().instruction(stage.from).leadingComment;
        if (stage.name.empty() || comment.isEmpty())
            continue;
        const std::string wanted = "# " + stage.name + " ";
        QVERIFY2(snapshot->text().slice(comment).starts_with(wanted), stage.name.c_str());
    }
}

void TemplatesTest::hasOnlyTheErrorsItIsMeantToHave()
{
    QFETCH(QString, id);
    QFETCH(QString, file);
    QFETCH(bool, broken);
    const SnapshotPtr snapshot = snapshotOf(file);
    QVERIFY(snapshot);
    const Linter linter(Catalog::builtIn());

    QStringList lines;
    for (const Diagnostic &diagnostic : linter.check(*snapshot)) {
        if (diagnostic.severity == Severity::Error) {
            QVERIFY2(diagnostic.line > 0, qPrintable(describe(diagnostic)));
            QVERIFY2(broken, qPrintable(describe(diagnostic)));
            const std::string_view line = snapshot->text().slice(snapshot->text().line(diagnostic.line));
            lines.append(QString::fromUtf8(line.data(), qsizetype(line.size())));
            QVERIFY2(!linter.fixes(*snapshot, diagnostic).empty(), qPrintable(describe(diagnostic)));
        } else if (diagnostic.source == DiagnosticSource::BuildCheck) {
            QVERIFY2(broken, qPrintable(describe(diagnostic)));
        }
    }
    QCOMPARE(lines, brokenLines.value(id));
}

void TemplatesTest::goodOnesUseCurrentImages()
{
    QFETCH(QString, id);
    QFETCH(QString, file);
    QFETCH(bool, broken);
    const bool dated = broken || id == u"java-maven-2021";
    const SnapshotPtr snapshot = snapshotOf(file);
    QVERIFY(snapshot);
    bool anyOld = false;
    for (const ExternalImage &image : snapshot->graph().images()) {
        const auto facts = Catalog::builtIn().lookup(image.reference);
        QVERIFY2(facts != nullptr, image.reference.c_str());
        const bool old = facts->status != ImageStatus::Current;
        QVERIFY2(dated || !old, image.reference.c_str());
        anyOld = anyOld || old;
    }
    QCOMPARE(anyOld, dated);
}

QTEST_GUILESS_MAIN(TemplatesTest)
#include "tst_templates.moc"
