// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "catalog/ImageSearch.h"

#include <QTest>

#include <algorithm>

using namespace stagewright;

namespace {

std::vector<Catalog::Offer> search(const char *text, std::size_t limit = 1000)
{
    return searchImages(Catalog::builtIn(), ImageQuery::parse(text), limit);
}

bool has(const std::vector<Catalog::Offer> &found, std::string_view part)
{
    return std::ranges::any_of(
        found, [part](const Catalog::Offer &offer) { return offer.reference.find(part) != std::string::npos; });
}

} // namespace

class TestImageSearch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void understands()
    {
        const ImageQuery java = ImageQuery::parse("Java  without shell");
        QCOMPARE(java.words, std::vector<std::string>{"java"});
        QVERIFY(java.shell == Known::No && java.hasFacts());
        QVERIFY(ImageQuery::parse("shell-less").shell == Known::No);
        QVERIFY(ImageQuery::parse("with shell").shell == Known::Yes);
        QVERIFY(ImageQuery::parse("no package manager").packages == Known::No);
        QCOMPARE(ImageQuery::parse("no package manager").words.size(), std::size_t(0));
        const ImageQuery both = ImageQuery::parse("without shell with apk");
        QVERIFY(both.shell == Known::No);
        QCOMPARE(both.packageManager, std::string("apk"));
        QVERIFY(ImageQuery::parse("node non-root").root == Known::No);
        QVERIFY(!ImageQuery::parse("node 22").hasFacts());
    }

    void javaWithoutShell()
    {
        const auto found = search("java without shell");
        QVERIFY(has(found, "gcr.io/distroless/java21-debian13"));
        QVERIFY(!has(found, "node"));
        for (const Catalog::Offer &offer : found)
            QVERIFY2(offer.facts.hasShell == Known::No, offer.reference.c_str());
    }

    void pythonMusl()
    {
        const auto found = search("python musl");
        QVERIFY(has(found, "python:"));
        for (const Catalog::Offer &offer : found)
            QVERIFY2(offer.facts.libc == "musl", offer.reference.c_str());
    }

    void smallComesFirst()
    {
        const auto found = search("node small");
        QVERIFY(found.size() > 3);
        QVERIFY2(found.front().facts.hasShell == Known::No, found.front().reference.c_str());
        const auto musl = std::ranges::find(found, std::string("musl"), [](const auto &o) { return o.facts.libc; });
        const auto glibc = std::ranges::find_if(
            found, [](const auto &o) { return o.facts.libc == "glibc" && o.facts.hasShell == Known::Yes; });
        QVERIFY(musl < glibc);
    }

    void numbersAreWhole()
    {
        QVERIFY(has(search("node 22"), "node:22"));
        const ImageQuery query = ImageQuery::parse("node 2");
        QVERIFY(!query.matchesName("node:22-alpine", {}));
        QVERIFY(query.matchesName("node:2-alpine", {}));
        QVERIFY(ImageQuery::parse("nodejs22").matchesName("gcr.io/distroless/nodejs22-debian13", {}));
    }

    void oldOnesOnlyWhenAsked()
    {
        for (const Catalog::Offer &offer : search("openjdk"))
            QVERIFY2(offer.facts.status == ImageStatus::Current || offer.facts.status == ImageStatus::Unknown,
                     offer.reference.c_str());
        const auto old = search("openjdk deprecated");
        QVERIFY(!old.empty());
        for (const Catalog::Offer &offer : old)
            QVERIFY2(offer.facts.status != ImageStatus::Current, offer.reference.c_str());
    }

    /// What is said about a result is what is said when it stands behind FROM.
    void resultsAreWhatTheCatalogueSays()
    {
        const auto found = search("");
        QVERIFY(found.size() > 100);
        for (const Catalog::Offer &offer : found) {
            const auto facts = Catalog::builtIn().lookup(offer.reference);
            QVERIFY2(facts && *facts == offer.facts, offer.reference.c_str());
        }
        QCOMPARE(search("", 7).size(), std::size_t(7));
        QVERIFY(search("nothingiscalledthis").empty());
    }
};

QTEST_GUILESS_MAIN(TestImageSearch)
#include "tst_imagesearch.moc"
