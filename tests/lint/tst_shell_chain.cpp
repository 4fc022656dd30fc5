// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "lint/FindingChanges.h"
#include "lint/Linter.h"
#include "lint/ShellChain.h"

#include <QTest>

using namespace stagewright;

namespace {

SnapshotPtr snapshotOf(std::string_view text)
{
    auto source = SourceText::fromBytes(std::string(text));
    return Snapshot::make(source ? *source : SourceText(), {});
}

ShellChain chainOf(std::string_view text, int stage)
{
    return shellChain(*snapshotOf(text), Catalog::builtIn(), static_cast<StageId>(stage));
}

bool has(const std::string &text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

class ShellChainTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void walksBackToTheImage();
    void scratchHasNoNode();
    void aShellThatIsCopiedIn();
    void aShellThatIsElsewhere();
    void anImageThatNobodyKnows();
    void noStage();
    void findingsThatGoAndCome();
};

void ShellChainTest::walksBackToTheImage()
{
    const ShellChain chain = chainOf("FROM gcr.io/distroless/nodejs24-debian13:nonroot AS runtime\n"
                                     "FROM runtime AS common\nENV A=b\n"
                                     "FROM common AS final\nRUN echo hello\n",
                                     2);
    QCOMPARE(chain.shell, Known::No);
    QCOMPARE(chain.question, "Why is stage final shell-less?");
    QCOMPARE(chain.steps.size(), 4U);
    QCOMPARE(chain.steps[0].name, "stage final");
    QCOMPARE(chain.steps[1].name, "stage common");
    QCOMPARE(chain.steps[2].name, "stage runtime");
    QCOMPARE(chain.steps[3].name, "gcr.io/distroless/nodejs24-debian13:nonroot");
    QVERIFY(has(chain.steps[0].text, "Line 4 builds it on stage common."));
    QVERIFY(has(chain.steps[2].text, "Line 1 builds it on gcr.io/distroless"));
    QVERIFY(has(chain.steps[3].text, "This image has no shell."));
    QVERIFY(!chain.steps[3].sources.empty());
    QVERIFY(chain.steps[0].sources.empty());
    QCOMPARE(chain.steps[2].node, NodeRef::stage(StageId{0}));
    QCOMPARE(chain.steps[3].node.kind, NodeKind::Image);
}

void ShellChainTest::scratchHasNoNode()
{
    const ShellChain chain = chainOf("FROM scratch\nCOPY a /\n", 0);
    QCOMPARE(chain.shell, Known::No);
    QCOMPARE(chain.steps.size(), 2U);
    QCOMPARE(chain.steps[1].name, "scratch");
    QVERIFY(chain.steps[1].node.index < 0);
}

void ShellChainTest::aShellThatIsCopiedIn()
{
    const ShellChain chain
        = chainOf("FROM gcr.io/distroless/static-debian13\nCOPY --from=busybox:musl /bin/sh /bin/sh\n", 0);
    QCOMPARE(chain.shell, Known::Yes);
    QVERIFY(has(chain.question, "from?"));
    QVERIFY(has(chain.steps[0].text, "Line 2 copies /bin/sh in."));
}

void ShellChainTest::aShellThatIsElsewhere()
{
    const ShellChain chain = chainOf("FROM gcr.io/distroless/static-debian13:debug\n", 0);
    QCOMPARE(chain.shell, Known::No);
    QVERIFY(has(chain.steps[1].text, "/busybox/sh"));
    const ShellChain set
        = chainOf("FROM gcr.io/distroless/static-debian13:debug\nSHELL [\"/busybox/sh\", \"-c\"]\n", 0);
    QCOMPARE(set.shell, Known::Yes);
    QVERIFY(has(set.steps[0].text, "Line 2 makes /busybox/sh the shell, and it is there."));
}

void ShellChainTest::anImageThatNobodyKnows()
{
    const ShellChain chain = chainOf("FROM registry.example/team/app:1 AS app\n", 0);
    QCOMPARE(chain.shell, Known::Unknown);
    QCOMPARE(chain.question, "Has stage app a shell?");
    QVERIFY(has(chain.steps[1].text, "does not know this image"));
}

void ShellChainTest::noStage()
{
    QVERIFY(chainOf("ARG A\n", 0).steps.empty());
    QVERIFY(chainOf("FROM alpine\n", -1).steps.empty());
}

void ShellChainTest::findingsThatGoAndCome()
{
    const Linter linter(Catalog::builtIn());
    const auto before = linter.check(*snapshotOf("FROM node:22-alpine\nRUN npm ci\nUSER node\nCMD [\"a.js\"]\n"));
    const auto after = linter.check(
        *snapshotOf("FROM gcr.io/distroless/nodejs22-debian13\nRUN npm ci\nUSER node\nCMD [\"a.js\"]\n"));
    const FindingChanges changes = compareFindings(before, after);
    const auto names = [](const std::vector<Diagnostic> &findings, std::string_view rule) {
        return std::ranges::count(findings, rule, &Diagnostic::ruleId);
    };
    QCOMPARE(names(changes.come, "SW001"), 1);
    QCOMPARE(names(changes.come, "SW021"), 1);
    QVERIFY(compareFindings(before, before).come.empty());
    QVERIFY(compareFindings(before, before).gone.empty());
    QCOMPARE(compareFindings(after, before).gone.size(), changes.come.size());
}

QTEST_GUILESS_MAIN(ShellChainTest)
#include "tst_shell_chain.moc"
