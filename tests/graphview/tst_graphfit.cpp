// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
// What is seen of the graph: fitted until a person looks at something, cards as wide as their errors, and the link to
// the log of a build that failed.
#include "GraphFixture.h"

#include "../panels/SizesFixture.h"

#include "graph/CardPainter.h"
#include "graph/MiniMap.h"

#include <QSignalSpy>
#include <QWheelEvent>

using namespace stagewright;

namespace {

const char *const twoStages = "FROM node:22-alpine AS build\n"
                              "WORKDIR /app\n"
                              "COPY . .\n"
                              "RUN npm ci\n"
                              "\n"
                              "FROM gcr.io/distroless/nodejs22-debian13\n"
                              "COPY --from=build /app /app\n"
                              "RUN mkdir /data\n";

bool seesAll(const GraphFixture &f)
{
    const QRectF shown = f.view.mapToScene(f.view.viewport()->rect()).boundingRect();
    return shown.contains(f.view.graphScene()->contentRect());
}

void wheel(GraphFixture &f, Qt::KeyboardModifiers modifiers)
{
    const QPoint at(200, 200);
    QWheelEvent event(at, f.view.viewport()->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, modifiers, Qt::NoScrollPhase,
                      false);
    QCoreApplication::sendEvent(f.view.viewport(), &event);
}

} // namespace

class TestGraphFit : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void staysFittedInANarrowerView()
    {
        GraphFixture f(twoStages);
        QVERIFY(seesAll(f));
        f.view.resize(620, 420);
        QTRY_VERIFY(seesAll(f));
        const double small = f.view.zoom();
        f.view.resize(1300, 800);
        QTRY_VERIFY(f.view.zoom() > small); // and takes the room that it gets
        QVERIFY(seesAll(f));
    }

    void aHandEndsIt()
    {
        GraphFixture f(twoStages);
        wheel(f, Qt::NoModifier);
        QVERIFY(!f.view.isFitted());
        const double chosen = f.view.zoom();
        f.view.resize(620, 420);
        QCOMPARE(f.view.zoom(), chosen);
        f.view.fitAll();
        QVERIFY(f.view.isFitted() && seesAll(f));
        wheel(f, Qt::ShiftModifier); // scrolls
        QVERIFY(!f.view.isFitted());
    }

    void aGraphThatGrowsStaysInSight()
    {
        GraphFixture f(twoStages);
        QByteArray more;
        for (int i = 0; i < 4; ++i)
            more += "FROM build AS next" + QByteArray::number(i) + "\nRUN make\nRUN make install\n";
        EditTransaction edit;
        edit.insert(f.session.snapshot()->text().size(), more.toStdString());
        f.session.push(edit, Origin::Text);
        QVERIFY(seesAll(f));
        // What a hand drops stays where it is, even over the edge
        const double before = f.view.zoom();
        f.drag(f.header(f.stage(1)), QPoint(f.view.width() - 5, f.view.height() / 2));
        QCOMPARE(f.view.zoom(), before);
    }

    void miniMapOnlyWhereThereIsRoomForIt()
    {
        GraphFixture f(twoStages);
        const auto *map = f.view.findChild<MiniMap *>();
        QVERIFY(map->isVisible());
        f.view.resize(620, 420);
        QTRY_VERIFY(!map->isVisible());
        f.view.setZoom(2); // now there is something out of sight
        QVERIFY(map->isVisible());
    }

    void errorsAreReadInFull()
    {
        GraphFixture f(twoStages);
        const RowView &row = f.stage(1)->view().rows[2];
        QVERIFY(row.findingWidth > 0);
        const CardLayout &card = f.stage(1)->cardLayout();
        QVERIFY2(row.findingWidth <= card.width - metrics::bubbleSides, "on one line");
        QCOMPARE(card.bubble.height(), metrics::bubbleHeight);
        // What even the widest card does not hold takes a second line
        NodeView node = f.stage(1)->view();
        node.rows[2].findingWidth = 1000;
        QCOMPARE(layoutCard(node, 2).bubble.height(), metrics::bubbleHeight + metrics::bubbleLine);
    }

    void theLogOfWhatFailed()
    {
        GraphFixture f(twoStages);
        f.view.setZoom(1);
        QSignalSpy spy(&f.view, &GraphView::logWanted);
        const NodeItem *card = f.stage(1);
        QVERIFY(CardPainter::logRect(card->cardLayout(), card->state()).isEmpty());
        GraphBuild build;
        build.stages[StageId(1)] = {engine::RowState::Failed, 0.5, {}};
        f.view.graphScene()->setBuild(build);
        const QRectF link = CardPainter::logRect(card->cardLayout(), card->state());
        QVERIFY(card->cardLayout().footer.contains(link));
        f.click(f.at(card->pos() + link.center()));
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy[0][0].value<StageId>(), StageId(1));
        QVERIFY(f.session.selection().nodes.empty()); // it is a link, not a place to select by
        // A card that has no footer has the link in its header
        GraphFixture bare("FROM registry.example.com/thing:1\nRUN x\n");
        bare.view.setZoom(1);
        QSignalSpy other(&bare.view, &GraphView::logWanted);
        build = {};
        build.stages[StageId(0)] = {engine::RowState::Failed, 0.5, {}};
        bare.view.graphScene()->setBuild(build);
        QVERIFY(bare.stage(0)->cardLayout().footer.isEmpty());
        bare.click(bare.at(bare.stage(0)->pos()
                           + CardPainter::logRect(bare.stage(0)->cardLayout(), bare.stage(0)->state()).center()));
        QCOMPARE(other.size(), 1);
    }

    void weightsWinOnceItIsBuilt()
    {
        GraphFixture f(sizesSample.c_str());
        f.session.setMeasuredBuild(measuredSample());
        const InstructionId install = f.stage(0)->view().rows[3].id;
        GraphBuild build;
        build.rows[install] = {engine::RowState::Done, QStringLiteral("2.2 s")};
        f.view.graphScene()->setBuild(build);
        QCOMPARE(f.stage(0)->state().buildRows[3].text, QStringLiteral("2.2 s"));
        build.weighed = true;
        f.view.graphScene()->setBuild(build);
        QCOMPARE(f.stage(0)->state().buildRows[3].text, QStringLiteral("206 MB"));
        QCOMPARE(f.stage(0)->state().buildRows[3].state, engine::RowState::Done);
    }
};

QTEST_MAIN(TestGraphFit)
#include "tst_graphfit.moc"
