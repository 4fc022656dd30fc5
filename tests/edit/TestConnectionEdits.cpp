// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "EditCase.h"

#include <algorithm>

using namespace stagewright;
using namespace stagewright::edit;

namespace {

constexpr StageId S0{0};
constexpr StageId S1{1};
constexpr StageId S2{2};

auto copy(NodeRef source, StageId target, std::string from = "/app", std::string to = "/app",
          std::optional<std::size_t> index = {})
{
    return [=](const Snapshot &s) { return connectCopyFrom(s, source, target, from, to, index); };
}
auto copy(StageId source, StageId target, std::string from = "/app", std::string to = "/app",
          std::optional<std::size_t> index = {})
{
    return copy(NodeRef::stage(source), target, std::move(from), std::move(to), index);
}
auto retarget(int id, NodeRef source)
{
    return [=](const Snapshot &s) { return retargetCopy(s, InstructionId{id}, source); };
}
auto base(NodeRef source, StageId target)
{
    return [=](const Snapshot &s) { return connectFrom(s, source, target); };
}
/// Takes the @p nth edge of a kind away.
auto cut(EdgeKind kind, std::size_t nth = 0)
{
    return [=](const Snapshot &s) -> Result {
        std::size_t left = nth;
        for (const Edge &edge : s.graph().edges()) {
            if (edge.kind == kind && left-- == 0)
                return disconnect(s, edge);
        }
        return std::unexpected(EditError{"no such edge in the test's text"});
    };
}

const NodeRef Image0 = NodeRef::image(ImageId{0});
const NodeRef Image1 = NodeRef::image(ImageId{1});

const std::vector<EditCase> &copyCases()
{
    static const std::vector<EditCase> cases = {
        {"at the end", "FROM a AS x\n\nFROM b\nRUN c\n", copy(S0, S1),
         "FROM a AS x\n\nFROM b\nRUN c\nCOPY --from=x /app /app\n"},
        {"before CMD and ENTRYPOINT", "FROM a AS x\n\nFROM b\nWORKDIR /\nENTRYPOINT [\"e\"]\nEXPOSE 80\nCMD [\"c\"]\n",
         copy(S0, S1),
         "FROM a AS x\n\nFROM b\nWORKDIR /\nCOPY --from=x /app /app\nENTRYPOINT [\"e\"]\nEXPOSE 80\nCMD [\"c\"]\n"},
        {"before the comment of CMD", "FROM a AS x\n\nFROM b\n# start\nCMD c\n", copy(S0, S1),
         "FROM a AS x\n\nFROM b\nCOPY --from=x /app /app\n# start\nCMD c\n"},
        {"behind a RUN that follows CMD", "FROM a AS x\n\nFROM b\nCMD c\nRUN d\n", copy(S0, S1),
         "FROM a AS x\n\nFROM b\nCMD c\nRUN d\nCOPY --from=x /app /app\n"},
        {"at an index", "FROM a AS x\n\nFROM b\nRUN c\nRUN d\n", copy(S0, S1, "/a", "/b", 1),
         "FROM a AS x\n\nFROM b\nRUN c\nCOPY --from=x /a /b\nRUN d\n"},
        {"source without a name", "FROM a\nRUN c\n\nFROM b", copy(S0, S1),
         "FROM a AS build\nRUN c\n\nFROM b\nCOPY --from=build /app /app"},
        {"source without a name or RUN", "FROM a AS base\n\nFROM c\n\nFROM b\n", copy(S1, S2),
         "FROM a AS base\n\nFROM c AS base-2\n\nFROM b\nCOPY --from=base-2 /app /app\n"},
        {"lower case", "from a\nrun c\n\nfrom b\n", copy(S0, S1),
         "from a as build\nrun c\n\nfrom b\ncopy --from=build /app /app\n"},
        {"spelled name", "FROM a AS Builder\n\nFROM b\n", copy(S0, S1),
         "FROM a AS Builder\n\nFROM b\nCOPY --from=builder /app /app\n"},
        {"two of one name", "FROM a AS x\nFROM b AS x\nFROM c\n", copy(S0, S2),
         "FROM a AS x\nFROM b AS x\nFROM c\nCOPY --from=0 /app /app\n"},
        {"path with blanks", "FROM a AS x\nFROM b\n", copy(S0, S1, "/my app", "/a\"b"),
         "FROM a AS x\nFROM b\nCOPY --from=x [\"/my app\", \"/a\\\\\\\"b\"]\n"},
        {"path with backslash", "FROM a AS x\nFROM b\n", copy(S0, S1, "/a", "C:\\"),
         "FROM a AS x\nFROM b\nCOPY --from=x [\"/a\", \"C:\\\\\\\\\"]\n"},
        {"path with backslash, other escape", "# escape=`\nFROM a AS x\nFROM b\n", copy(S0, S1, "/a", "C:\\"),
         "# escape=`\nFROM a AS x\nFROM b\nCOPY --from=x /a C:\\\n"},
        {"path with a quote", "# escape=`\nFROM a AS x\nFROM b\n", copy(S0, S1, "it's", "/b"),
         "# escape=`\nFROM a AS x\nFROM b\nCOPY --from=x [\"it`'s\", \"/b\"]\n"},
        {"path with a variable", "FROM a AS x\nFROM b\nARG D=/d\n", copy(S0, S1, "/a", "${D}/"),
         "FROM a AS x\nFROM b\nARG D=/d\nCOPY --from=x /a ${D}/\n"},
        {"path that looks like JSON", "FROM a AS x\nFROM b\n", copy(S0, S1, "[a]", "/b"),
         "FROM a AS x\nFROM b\nCOPY --from=x [\"[a]\", \"/b\"]\n"},
        {"path that looks like a flag", "FROM a AS x\nFROM b\n", copy(S0, S1, "--link", "/b"),
         "FROM a AS x\nFROM b\nCOPY --from=x [\"--link\", \"/b\"]\n"},
        {"path that looks like a heredoc", "FROM a AS x\nFROM b\n", copy(S0, S1, "<<EOF", "/b"),
         "FROM a AS x\nFROM b\nCOPY --from=x [\"<<EOF\", \"/b\"]\n"},
        {"from an image", "FROM busybox:1 AS x\nFROM b\n", copy(Image0, S1),
         "FROM busybox:1 AS x\nFROM b\nCOPY --from=busybox:1 /app /app\n"},
        {"from an image whose name a stage has", "FROM busybox AS busybox\nFROM b\n", copy(Image0, S1),
         "FROM busybox AS busybox\nFROM b\nCOPY --from=docker.io/library/busybox:latest /app /app\n"},
        {"from the build context", "FROM b\n", copy(NodeRef::buildContext(), S0, ".", "."), "FROM b\nCOPY . .\n"},
        {"CR LF", "FROM a AS x\r\nFROM b\r\n", copy(S0, S1), "FROM a AS x\r\nFROM b\r\nCOPY --from=x /app /app\r\n"},
        {"from itself", "FROM a AS x\n", copy(S0, S0), "!itself"},
        {"from a later stage", "FROM a\nFROM b AS x\n", copy(S1, S0), "!earlier"},
        {"no path", "FROM a AS x\nFROM b\n", copy(S0, S1, " ", "/b"), "!source path"},
        {"not there", "FROM a AS x\n", copy(S0, S2), "!not there"},
    };
    return cases;
}

const std::vector<EditCase> &retargetCases()
{
    static const std::vector<EditCase> cases = {
        {"another stage", "FROM a AS x\nFROM b AS y\nFROM c\nCOPY --from=x --link / /\n",
         retarget(3, NodeRef::stage(S1)), "FROM a AS x\nFROM b AS y\nFROM c\nCOPY --from=y --link / /\n"},
        {"from the context to a stage", "FROM a AS x\nFROM c\nCOPY --link / /\n", retarget(2, NodeRef::stage(S0)),
         "FROM a AS x\nFROM c\nCOPY --link --from=x / /\n"},
        {"to the context", "FROM a AS x\nFROM c\nCOPY --from=x --link / /\n", retarget(2, NodeRef::buildContext()),
         "FROM a AS x\nFROM c\nCOPY --link / /\n"},
        {"to an image", "FROM a AS x\nFROM c\nCOPY --from=x / /\n", retarget(2, Image1),
         "FROM a AS x\nFROM c\nCOPY --from=c / /\n"},
        {"to a stage without a name", "FROM a AS x\nFROM b\nRUN d\nFROM c\nCOPY --from=x / /\n",
         retarget(4, NodeRef::stage(S1)), "FROM a AS x\nFROM b AS build\nRUN d\nFROM c\nCOPY --from=build / /\n"},
        {"same stage by number", "FROM a AS x\nFROM c\nCOPY --from=0 / /\n", retarget(2, NodeRef::stage(S0)),
         "FROM a AS x\nFROM c\nCOPY --from=0 / /\n"},
        {"later stage", "FROM a\nCOPY / /\nFROM b AS y\n", retarget(1, NodeRef::stage(S1)), "!earlier"},
        {"ADD", "FROM a AS x\nFROM b\nADD / /\n", retarget(2, NodeRef::stage(S0)), "!Only COPY"},
        {"heredoc", "FROM a AS x\nFROM b\nCOPY <<EOF /f\nEOF\n", retarget(2, NodeRef::stage(S0)), "!text of its own"},
    };
    return cases;
}

const std::vector<EditCase> &baseCases()
{
    static const std::vector<EditCase> cases = {
        {"stage", "FROM a AS x\nFROM b AS y\n", base(NodeRef::stage(S0), S1), "FROM a AS x\nFROM x AS y\n"},
        {"stage without a name", "FROM a\nRUN c\nFROM b AS y\n", base(NodeRef::stage(S0), S1),
         "FROM a AS build\nRUN c\nFROM build AS y\n"},
        {"image", "FROM a:1 AS x\nFROM x AS y\n", base(Image0, S1), "FROM a:1 AS x\nFROM a:1 AS y\n"},
        {"image whose name a stage has", "FROM a AS a\nFROM b\n", base(Image0, S1),
         "FROM a AS a\nFROM docker.io/library/a:latest\n"},
        {"already", "ARG B=x\nFROM a AS x\nFROM $B\n", base(NodeRef::stage(S0), S1), "ARG B=x\nFROM a AS x\nFROM $B\n"},
        {"two of one name", "FROM a AS x\nFROM b AS x\nFROM c\n", base(NodeRef::stage(S0), S2), "!name"},
        {"itself", "FROM a AS x\n", base(NodeRef::stage(S0), S0), "!itself"},
        {"later", "FROM a\nFROM b AS x\n", base(NodeRef::stage(S1), S0), "!earlier"},
        {"context", "FROM a\n", base(NodeRef::buildContext(), S0), "!image or from another stage"},
    };
    return cases;
}

const std::vector<EditCase> &cutCases()
{
    static const std::vector<EditCase> cases = {
        {"COPY --from", "FROM a AS x\nFROM b\nRUN 1\n# app\nCOPY --from=x / /\nRUN 2\n", cut(EdgeKind::CopyFrom),
         "FROM a AS x\nFROM b\nRUN 1\nRUN 2\n"},
        {"FROM", "FROM a AS x\nFROM x AS y\n", cut(EdgeKind::From, 1), "FROM a AS x\nFROM scratch AS y\n"},
        {"COPY of the context", "FROM a\nCOPY . .\n", cut(EdgeKind::CopyContext), "FROM a\n"},
        {"mount", "FROM a AS x\nFROM b\nRUN --mount=from=x,target=/x --network=none ls\n", cut(EdgeKind::Mount),
         "FROM a AS x\nFROM b\nRUN --network=none ls\n"},
        {"second mount",
         "FROM a AS x\nFROM b\nRUN --mount=type=cache,target=/c \\\n    --mount=from=x,target=/x \\\n    ls\n",
         cut(EdgeKind::Mount, 1), "FROM a AS x\nFROM b\nRUN --mount=type=cache,target=/c \\\n    ls\n"},
        {"cache mount", "FROM b\nRUN --mount=type=cache,target=/c ls\n", cut(EdgeKind::Mount), "FROM b\nRUN ls\n"},
        {"ADD of a URL beside files", "FROM b\nADD a.txt https://example.com/b.txt c.txt /d/\n",
         cut(EdgeKind::AddRemote), "FROM b\nADD a.txt c.txt /d/\n"},
        {"files beside a URL", "FROM b\nADD a.txt https://example.com/b.txt c.txt /d/\n", cut(EdgeKind::CopyContext),
         "FROM b\nADD https://example.com/b.txt /d/\n"},
        {"files beside a URL, JSON", "FROM b\nADD [\"a.txt\", \"https://example.com/b.txt\", \"/d/\"]\n",
         cut(EdgeKind::CopyContext), "FROM b\nADD [\"https://example.com/b.txt\", \"/d/\"]\n"},
        {"file beside a heredoc", "FROM b\nCOPY <<EOF a.txt /d/\nx\nEOF\n", cut(EdgeKind::CopyContext),
         "FROM b\nCOPY <<EOF /d/\nx\nEOF\n"},
        {"only a URL", "FROM b\nADD https://example.com/b.txt /d/\nRUN x\n", cut(EdgeKind::AddRemote),
         "FROM b\nRUN x\n"},
    };
    return cases;
}

} // namespace

class TestConnectionEdits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void copy_data() { addRows(copyCases()); }
    void copy() { runRow(copyCases()); }
    void retarget_data() { addRows(retargetCases()); }
    void retarget() { runRow(retargetCases()); }
    void base_data() { addRows(baseCases()); }
    void base() { runRow(baseCases()); }
    void cut_data() { addRows(cutCases()); }
    void cut() { runRow(cutCases()); }
    void whyNot();
};

void TestConnectionEdits::whyNot()
{
    const auto s = snapshotOf("FROM a AS x\nFROM b AS y\nRUN --mount=type=cache,target=/c ls\n");
    QVERIFY(!whyNotCopyFrom(*s, NodeRef::stage(S0), S1));
    QVERIFY(whyNotCopyFrom(*s, NodeRef::stage(S1), S0));
    QVERIFY(whyNotCopyFrom(*s, {NodeKind::CacheMount, 0}, S1));
    QVERIFY(!whyNotCopyFrom(*s, NodeRef::buildContext(), S0));
    QVERIFY(!whyNotFrom(*s, NodeRef::stage(S0), S1));
    QVERIFY(whyNotFrom(*s, NodeRef::buildContext(), S1));
    QVERIFY(whyNotFrom(*s, Image0, StageId{7}));
    QVERIFY(whyNotFrom(*s, NodeRef::image(ImageId{7}), S1));
}

QTEST_APPLESS_MAIN(TestConnectionEdits)
#include "TestConnectionEdits.moc"
