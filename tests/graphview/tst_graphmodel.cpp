// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "catalog/Catalog.h"
#include "graph/CardLayout.h"
#include "graph/CardText.h"
#include "graph/EdgeShape.h"
#include "graph/GraphModel.h"
#include "graph/GraphPicture.h"
#include "lint/Linter.h"
#include "theme/Theme.h"

#include <QFontMetricsF>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>

using namespace stagewright;

namespace {

GraphModel modelOf(const char *text)
{
    static Theme theme;
    const SnapshotPtr snapshot = Snapshot::make(*SourceText::fromBytes(text));
    const Linter linter(Catalog::builtIn());
    return buildGraphModel(*snapshot, linter.check(*snapshot), linter.catalog(), theme);
}

} // namespace

class TestGraphModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void references()
    {
        QCOMPARE(cardtext::shortName(QStringLiteral("gcr.io/distroless/nodejs22-debian13")),
                 QStringLiteral("distroless/nodejs22-debian13"));
        QCOMPARE(cardtext::shortName(QStringLiteral("node:22-alpine")), QStringLiteral("node:22-alpine"));
        QCOMPARE(cardtext::shortName(QStringLiteral("docker.io/library/node")), QStringLiteral("node"));
        QCOMPARE(cardtext::shortName(QStringLiteral("localhost:5000/a/b/c:1")), QStringLiteral("b/c:1"));
        QCOMPARE(cardtext::registryOf(QStringLiteral("localhost:5000/a")), QStringLiteral("localhost:5000"));
        QCOMPARE(cardtext::registryOf(QStringLiteral("bitnami/redis")), QStringLiteral("docker.io"));
        QVERIFY(cardtext::isUntagged(QStringLiteral("localhost:5000/a")));
        QVERIFY(!cardtext::isUntagged(QStringLiteral("a:1")));
        QVERIFY(!cardtext::isUntagged(QStringLiteral("a@sha256:1234")));
        const QFontMetricsF metrics(Theme().monoFont(12));
        const QString whole = QStringLiteral("gcr.io/distroless/very/long/path/nodejs22-debian13");
        QCOMPARE(cardtext::elideReference(whole, metrics, 1000), whole);
        QCOMPARE(cardtext::elideReference(whole, metrics, 220), QStringLiteral("gcr.io/…/nodejs22-debian13"));
    }

    void rowsAndChips()
    {
        const GraphModel model = modelOf(
            "FROM node:22-alpine AS build\nRUN --mount=type=cache,target=/root/.npm --mount=type=cache,target=/x npm "
            "ci\n"
            "COPY . .\nFROM gcr.io/distroless/nodejs22-debian13\nCOPY --from=build /app /app\nRUN x\nUSER nonroot\n");
        QCOMPARE(model.nodes[0].rows[1].arguments, QStringLiteral("--mount=… npm ci"));
        QCOMPARE(model.nodes[0].rows[1].port, PortShape::Square);
        QCOMPARE(model.nodes[1].rows[1].arguments, QStringLiteral("--from=build /app /app"));
        QCOMPARE(model.nodes[1].title, QStringLiteral("stage-1"));
        QVERIFY(model.nodes[1].subtitle.contains(u"unnamed"));
        QCOMPARE(model.nodes[1].firstErrorRow(), 2);
        QCOMPARE(model.nodes[1].chips.front().text, QStringLiteral("no shell"));
        QCOMPARE(model.nodes[1].chips.back().text, QStringLiteral("non-root"));
    }

    void chipsTellWhatMatters()
    {
        const auto chips = [](const char *text) {
            QStringList words;
            for (const ChipView &chip : modelOf(text).nodes.front().chips)
                words += chip.text;
            return words;
        };
        QVERIFY(chips("FROM gcr.io/distroless/static-debian13:debug\n").contains(u"only /busybox/sh"));
        QCOMPARE(chips("FROM openjdk:17\n").front(), QStringLiteral("deprecated"));
        QVERIFY(!chips("FROM node:22-alpine\n").contains(u"deprecated"));
        // The package manager where the rows leave room for it; it never makes a card wider
        const char *wide = "FROM node:22-alpine\nCOPY package.json package-lock.json tsconfig.json ./\n";
        QVERIFY(chips(wide).contains(u"apk"));
        QVERIFY(!chips("FROM node:22-alpine\n").contains(u"apk"));
        // What a COPY adds
        const char *copied = "FROM gcr.io/distroless/static-debian13\nCOPY --from=busybox:musl /bin/sh /bin/sh\n";
        QVERIFY(chips(copied).contains(u"/bin/sh copied in"));
        QVERIFY(!chips(copied).contains(u"no shell"));
    }

    void chipsStayOnTheirCard()
    {
        int counted = 0;
        for (const Catalog::Entry *entry : Catalog::builtIn().entries()) {
            const std::string &tag = entry->tags.front();
            const std::string &repository = entry->repositories->front();
            if (repository.find_first_of("*?[") != std::string::npos || tag.find_first_of("*?[@") != std::string::npos)
                continue;
            const GraphModel model = modelOf(("FROM " + repository + ':' + tag + "\n").c_str());
            for (const NodeView &node : model.nodes) {
                double right = node.isStage() ? 10 : 12;
                for (const ChipView &chip : node.chips)
                    right += chip.width + 6;
                QVERIFY2(right - 6 <= node.width - 6, qPrintable(node.title));
                counted += node.chips.empty() ? 0 : 1;
            }
        }
        QVERIFY(counted > 100);
    }

    void unknownImagesHaveNoChips()
    {
        const GraphModel model = modelOf("FROM registry.example.com/team/thing:1\nRUN x\n");
        QVERIFY(model.nodes[0].chips.empty());
        QVERIFY(layoutCard(model.nodes[0], -1).footer.isEmpty());
    }

    void theBubbleMakesTheCardGrow()
    {
        const GraphModel model = modelOf("FROM alpine\nRUN a\nRUN b\n");
        const CardLayout without = layoutCard(model.nodes[0], -1);
        const CardLayout with = layoutCard(model.nodes[0], 1);
        QCOMPARE(with.height, without.height + 36);
        QCOMPARE(with.rows[1], without.rows[1]);
        QCOMPARE(with.rows[2].top(), with.bubble.bottom());
        QCOMPARE(with.rowAt(with.bubble.center().y()), 1);
    }

    void anEdgeEndsAtItsPorts()
    {
        EdgeView edge;
        edge.labelWidth = 80;
        const EdgeShape shape = shapeEdge(edge, {0, 0}, {300, 100}, {});
        QCOMPARE(shape.path.pointAtPercent(0), QPointF(5, 0));
        QCOMPARE(shape.path.currentPosition(), QPointF(289, 100));
        QVERIFY(shape.label.right() < 280);
        QCOMPARE(shape.label.center().y(), 100.0);
    }

    void pictures_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("magic");
        QTest::newRow("svg") << "graph.svg" << QByteArray("<?xml");
        QTest::newRow("png") << "graph.png" << QByteArray("\x89PNG");
        QTest::newRow("pdf") << "graph.pdf" << QByteArray("%PDF");
    }

    void pictures()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, magic);
        const Theme theme;
        const QTemporaryDir folder;
        for (const char *text : {"FROM alpine AS a\nRUN x\nFROM scratch\nCOPY --from=a /x /x\n", ""}) {
            const SnapshotPtr snapshot = Snapshot::make(*SourceText::fromBytes(text));
            const QString path = folder.filePath(name);
            QString error;
            QVERIFY2(renderGraph(*snapshot, {}, Catalog::builtIn(), theme, path, &error), qPrintable(error));
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY(file.readAll().startsWith(magic));
        }
        if (name.endsWith(u"svg"))
            QVERIFY(QSvgRenderer(folder.filePath(name)).isValid());
    }

    void picturesThatCannotBeWritten()
    {
        const Theme theme;
        const SnapshotPtr snapshot = Snapshot::make(*SourceText::fromBytes("FROM alpine\n"));
        QString error;
        QVERIFY(!renderGraph(*snapshot, {}, Catalog::builtIn(), theme, QStringLiteral("graph.gif"), &error));
        QVERIFY(!error.isEmpty());
        error.clear();
        QVERIFY(!renderGraph(*snapshot, {}, Catalog::builtIn(), theme, QStringLiteral("/nonexistent/folder/graph.svg"),
                             &error));
        QVERIFY(!error.isEmpty());
    }
};

QTEST_MAIN(TestGraphModel)
#include "tst_graphmodel.moc"
