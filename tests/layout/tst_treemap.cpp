// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "layout/Treemap.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

using namespace stagewright::layout;

namespace {

constexpr Rect Bounds{10, 20, 600, 400};

/// What is wrong with a division, in words; "" when nothing is. Rounding may move an edge by a thousandth.
QString fault(const std::vector<double> &weights, const std::vector<Rect> &rects, const Rect &bounds)
{
    constexpr double slack = 1e-3;
    if (rects.size() != weights.size())
        return QStringLiteral("%1 rectangles").arg(rects.size());
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    double covered = 0;
    for (std::size_t i = 0; i < rects.size(); ++i) {
        const Rect &r = rects[i];
        const double wanted = weights[i] / total * bounds.area();
        if (std::abs(r.area() - wanted) > slack * bounds.area() / 100 + 1e-6)
            return QStringLiteral("area %1 is %2, not %3").arg(i).arg(r.area()).arg(wanted);
        if (r.width < 0 || r.height < 0 || r.x < bounds.x - slack || r.y < bounds.y - slack
            || r.x + r.width > bounds.x + bounds.width + slack || r.y + r.height > bounds.y + bounds.height + slack)
            return QStringLiteral("%1 is outside").arg(i);
        covered += r.area();
    }
    if (std::abs(covered - bounds.area()) > 1e-3 * bounds.area())
        return QStringLiteral("%1 of %2 covered").arg(covered).arg(bounds.area());
    for (std::size_t a = 0; a < std::min<std::size_t>(rects.size(), 300); ++a) {
        for (std::size_t b = a + 1; b < std::min<std::size_t>(rects.size(), 300); ++b) {
            const double across
                = std::min(rects[a].x + rects[a].width, rects[b].x + rects[b].width) - std::max(rects[a].x, rects[b].x);
            const double down = std::min(rects[a].y + rects[a].height, rects[b].y + rects[b].height)
                - std::max(rects[a].y, rects[b].y);
            if (across > slack && down > slack)
                return QStringLiteral("%1 overlaps %2").arg(a).arg(b);
        }
    }
    return {};
}

} // namespace

class TreemapTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void proportionalAndInside_data();
    void proportionalAndInside();
    void nothingToDivide();
    void zeroIsEmptyAndTakesNoRoom();
    void theOrderDoesNotMatter();
    void closeToSquares();
};

void TreemapTest::proportionalAndInside_data()
{
    QTest::addColumn<std::vector<double>>("weights");
    QTest::addColumn<bool>("upright");
    QTest::newRow("one") << std::vector<double>{5} << false;
    QTest::newRow("the paper's example") << std::vector<double>{6, 6, 4, 3, 2, 2, 1} << false;
    QTest::newRow("ascending") << std::vector<double>{1, 2, 3, 4, 5} << true;
    QTest::newRow("one giant") << std::vector<double>{1e9, 1, 1, 1, 1e3} << false;
    std::mt19937 random(7);
    std::exponential_distribution<double> sizes(0.01);
    std::vector<double> many(10'000);
    std::ranges::generate(many, [&] { return sizes(random) + 1e-6; });
    QTest::newRow("10,000") << many << false;
    QTest::newRow("10,000 equal") << std::vector<double>(10'000, 3.0) << true;
}

void TreemapTest::proportionalAndInside()
{
    QFETCH(const std::vector<double>, weights);
    QFETCH(const bool, upright);
    const Rect bounds = upright ? Rect{0, 0, 100, 900} : Bounds;
    QCOMPARE(fault(weights, squarify(weights, bounds), bounds), QString());
}

void TreemapTest::nothingToDivide()
{
    QVERIFY(squarify({}, Bounds).empty());
    const std::vector<double> zeros(3, 0.0);
    for (const Rect &rect : squarify(zeros, Bounds))
        QCOMPARE(rect.area(), 0.0);
    const std::vector<double> some{1, 2};
    for (const Rect &rect : squarify(some, Rect{0, 0, 0, 50}))
        QCOMPARE(rect.area(), 0.0);
}

void TreemapTest::zeroIsEmptyAndTakesNoRoom()
{
    const std::vector<double> weights{0, 3, 0, 1, std::nan(""), -4};
    const std::vector<Rect> rects = squarify(weights, Bounds);
    for (const std::size_t empty : {0U, 2U, 4U, 5U})
        QCOMPARE(rects[empty].area(), 0.0);
    QCOMPARE(std::lround(rects[1].area()), std::lround(Bounds.area() * 0.75));
    QCOMPARE(std::lround(rects[3].area()), std::lround(Bounds.area() * 0.25));
}

void TreemapTest::theOrderDoesNotMatter()
{
    std::vector<double> weights{9, 1, 4, 25, 16, 2};
    const std::vector<Rect> before = squarify(weights, Bounds);
    QVERIFY(squarify(weights, Bounds) == before);
    std::ranges::reverse(weights);
    std::vector<Rect> after = squarify(weights, Bounds);
    std::ranges::reverse(after);
    QVERIFY(after == before);
}

void TreemapTest::closeToSquares()
{
    const std::vector<double> weights{6, 6, 4, 3, 2, 2, 1};
    const std::vector<Rect> rects = squarify(weights, Rect{0, 0, 6, 4});
    // The division that the paper draws for these numbers.
    QCOMPARE(rects[0], (Rect{0, 0, 3, 2}));
    QCOMPARE(rects[1], (Rect{0, 2, 3, 2}));
    for (const Rect &rect : rects)
        QVERIFY(std::max(rect.width / rect.height, rect.height / rect.width) < 3);
}

QTEST_GUILESS_MAIN(TreemapTest)
#include "tst_treemap.moc"
