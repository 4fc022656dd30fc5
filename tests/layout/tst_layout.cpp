// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "../support/CpuTimer.h"
#include "layout/Layout.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace stagewright::layout;

namespace {

struct Box
{
    double left, top, right, bottom;
    [[nodiscard]] bool overlaps(const Box &o) const
    {
        return left < o.right && o.left < right && top < o.bottom && o.top < bottom;
    }
};

Box boxOf(const Input &input, const Output &output, std::size_t n, bool withMargin)
{
    const Point p = output.positions[n];
    return {p.x, p.y - (withMargin ? input.nodes[n].topMargin : 0), p.x + input.nodes[n].width,
            p.y + input.nodes[n].height};
}

Node stage(std::uint32_t order, double height = 200, double width = 268)
{
    return {.width = width, .height = height, .topMargin = 21, .outPortY = 21, .order = order};
}

Node image(std::uint32_t order)
{
    return {.width = 200, .height = 78, .outPortY = 39, .order = order, .satellite = true};
}

/// Where the edge would pass behind a node, in words; empty when nowhere.
QString obstacle(const Input &input, const Output &output, std::size_t e)
{
    const Edge &edge = input.edges[e];
    std::vector<Point> points{{output.positions[edge.source].x + input.nodes[edge.source].width,
                               output.positions[edge.source].y + input.nodes[edge.source].outPortY}};
    points.insert(points.end(), output.routes[e].begin(), output.routes[e].end());
    points.push_back({output.positions[edge.target].x, output.positions[edge.target].y + edge.inPortY});
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        // A curve with horizontal ends stays in the box of its ends
        const Box box{std::min(points[i].x, points[i + 1].x) + 0.1, std::min(points[i].y, points[i + 1].y) - 0.1,
                      std::max(points[i].x, points[i + 1].x) - 0.1, std::max(points[i].y, points[i + 1].y) + 0.1};
        for (std::size_t n = 0; n < input.nodes.size(); ++n) {
            if (box.overlaps(boxOf(input, output, n, false)))
                return QStringLiteral("edge %1 (%2 to %3) passes behind %4")
                    .arg(e)
                    .arg(edge.source)
                    .arg(edge.target)
                    .arg(n);
        }
    }
    return {};
}

Input randomGraph(std::mt19937 &random, int maximum, bool cycles)
{
    const auto pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
    Input input;
    const int count = pick(0, maximum);
    for (int n = 0; n < count; ++n) {
        const auto order = static_cast<std::uint32_t>(n);
        input.nodes.push_back(pick(0, 3) == 0 ? image(order) : stage(order, pick(70, 600), pick(240, 320)));
    }
    for (int e = count > 1 ? pick(0, count * 2) : 0; e > 0; --e) {
        int source = pick(0, count - 1);
        int target = pick(0, count - 1);
        if (!cycles) {
            if (source == target)
                continue;
            if (source > target)
                std::swap(source, target);
        }
        Edge edge{.source = static_cast<std::uint32_t>(source),
                  .target = static_cast<std::uint32_t>(target),
                  .primary = pick(0, 2) == 0};
        edge.inPortY = pick(10, static_cast<int>(input.nodes[edge.target].height) - 10);
        edge.labelWidth = pick(0, 1) ? pick(40, 140) : 0;
        input.edges.push_back(edge);
    }
    return input;
}

} // namespace

class TestLayout : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void emptyGraph()
    {
        const Output output = arrange({});
        QVERIFY(output.positions.empty());
        QCOMPARE(output.width, 0.0);
    }

    /// The shape of the design picture: image → build → final with its image beside build, context below image.
    void designGraph()
    {
        Input input;
        input.nodes = {stage(0, 246), stage(1, 105, 304), stage(2, 280, 304), image(0), image(2), image(0)};
        input.edges = {{3, 0, 56, true}, {5, 0, 116},      {5, 0, 172},
                       {0, 1, 56, true}, {4, 2, 56, true}, {.source = 0, .target = 2, .inPortY = 88, .labelWidth = 90}};
        const Output output = arrange(input);
        const auto &p = output.positions;
        QVERIFY(p[3].x < p[0].x && p[5].x < p[0].x);
        QVERIFY2(p[4].x > p[3].x, "an image with one user stands right before it");
        QCOMPARE(p[1].x, p[2].x);
        QCOMPARE(p[4].x + input.nodes[4].width, p[0].x + input.nodes[0].width);
        QVERIFY2(p[3].y < p[5].y, "row order decides: FROM comes before COPY");
        QCOMPARE(p[3].y + 39, p[0].y + 56); // straight
        QVERIFY(p[2].x - (p[0].x + input.nodes[0].width) >= 90 + 72);
    }

    void fromEdgesOfAChainAreStraight()
    {
        Input input;
        for (std::uint32_t n = 0; n < 6; ++n)
            input.nodes.push_back(stage(n, 150 + 40 * n));
        for (std::uint32_t n = 0; n + 1 < 6; ++n)
            input.edges.push_back({n, n + 1, 56, true});
        const Output output = arrange(input);
        for (std::size_t e = 0; e < input.edges.size(); ++e)
            QCOMPARE(output.positions[e].y + 21, output.positions[e + 1].y + 56);
    }

    void longEdgesShareTheirLane()
    {
        Input input;
        for (std::uint32_t n = 0; n < 5; ++n)
            input.nodes.push_back(stage(n));
        for (std::uint32_t n = 0; n + 1 < 5; ++n)
            input.edges.push_back({n, n + 1, 56, true});
        input.edges.push_back({0, 3, 100});
        input.edges.push_back({0, 4, 100});
        const Output output = arrange(input);
        const auto &shorter = output.routes[4];
        const auto &longer = output.routes[5];
        QVERIFY(shorter.size() == 4 && longer.size() == 6);
        for (std::size_t i = 0; i < shorter.size(); ++i) {
            QCOMPARE(shorter[i].x, longer[i].x);
            QCOMPARE(shorter[i].y, longer[i].y);
        }
    }

    void randomGraphs_data()
    {
        QTest::addColumn<int>("rounds");
        QTest::addColumn<int>("size");
        QTest::addColumn<bool>("cycles");
        QTest::newRow("small") << 1500 << 8 << false;
        QTest::newRow("small with cycles") << 1500 << 8 << true;
        QTest::newRow("middle") << 150 << 40 << false;
        QTest::newRow("middle with cycles") << 100 << 40 << true;
        QTest::newRow("large") << 6 << 150 << false;
    }

    void randomGraphs()
    {
        QFETCH(int, rounds);
        QFETCH(int, size);
        QFETCH(bool, cycles);
        std::mt19937 random(static_cast<unsigned>(size) * 7 + cycles);
        for (int round = 0; round < rounds; ++round) {
            const Input input = randomGraph(random, size, cycles);
            const Output output = arrange(input);
            QCOMPARE(output.positions.size(), input.nodes.size());
            QCOMPARE(output.routes.size(), input.edges.size());
            for (std::size_t a = 0; a < input.nodes.size(); ++a) {
                for (std::size_t b = a + 1; b < input.nodes.size(); ++b) {
                    if (boxOf(input, output, a, true).overlaps(boxOf(input, output, b, true)))
                        QFAIL(qPrintable(QStringLiteral("round %1: nodes %2 and %3 overlap").arg(round).arg(a).arg(b)));
                }
            }
            for (std::size_t e = 0; e < input.edges.size(); ++e) {
                const QString problem = obstacle(input, output, e);
                QVERIFY2(problem.isEmpty(), qPrintable(QStringLiteral("round %1: %2").arg(round).arg(problem)));
            }
            const Output again = arrange(input);
            for (std::size_t n = 0; n < input.nodes.size(); ++n)
                QVERIFY(again.positions[n].x == output.positions[n].x && again.positions[n].y == output.positions[n].y);
        }
    }

    void edgesRunToTheRightUnlessThereIsACycle()
    {
        std::mt19937 random(3);
        for (int round = 0; round < 300; ++round) {
            const Input input = randomGraph(random, 25, false);
            const Output output = arrange(input);
            for (const Edge &edge : input.edges)
                QVERIFY(output.positions[edge.source].x < output.positions[edge.target].x);
        }
    }

    void tallColumnsAreSplit()
    {
        Input input;
        input.nodes.push_back(stage(0));
        for (std::uint32_t n = 1; n < 60; ++n) {
            input.nodes.push_back(stage(n, 220));
            input.edges.push_back({0, n, 56, true});
        }
        const Output output = arrange(input);
        QVERIFY2(output.width > output.height * 0.7,
                 qPrintable(QStringLiteral("%1 x %2").arg(output.width).arg(output.height)));
        for (std::size_t e = 0; e < input.edges.size(); ++e)
            QVERIFY2(obstacle(input, output, e).isEmpty(), qPrintable(obstacle(input, output, e)));
    }

    void thousandsOfNodes_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("chain with a hub") << 0;
        QTest::newRow("independent") << 1;
        QTest::newRow("random sources") << 2;
    }

    void thousandsOfNodes()
    {
        QFETCH(int, kind);
        std::mt19937 random(11);
        Input input;
        const std::uint32_t count = 5000;
        for (std::uint32_t n = 0; n < count; ++n)
            input.nodes.push_back(stage(n, 100));
        input.nodes.push_back(image(0));
        for (std::uint32_t n = 1; n < count; ++n) {
            if (kind == 0)
                input.edges.push_back({n - 1, n, 56, true});
            if (kind == 2)
                input.edges.push_back(
                    {std::uniform_int_distribution<std::uint32_t>(n > 40 ? n - 40 : 0, n - 1)(random), n, 56, true});
            if (kind != 1)
                input.edges.push_back({count, n, 80});
        }
        const stagewright::test::CpuTimer timer;
        const Output output = arrange(input);
        QCOMPARE(output.positions.size(), input.nodes.size());
        if (qEnvironmentVariableIsSet("STAGEWRIGHT_TIMED_TESTS")) // a busy machine would fail it
            QVERIFY2(timer.milliseconds() < 8000, qPrintable(QString::number(timer.milliseconds()))); // debug build
    }

    void edgesToNowhereAreIgnored()
    {
        Input input;
        input.nodes = {stage(0)};
        input.edges = {{0, 7, 10}, {9, 0, 10}, {0, 0, 10}};
        QCOMPARE(arrange(input).positions.size(), std::size_t(1));
    }
};

QTEST_APPLESS_MAIN(TestLayout)
#include "tst_layout.moc"
