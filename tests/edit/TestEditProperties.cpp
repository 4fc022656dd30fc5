// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "EditCase.h"
#include "RandomDockerfile.h"

#include <QDirIterator>
#include <QFile>

#include <algorithm>
#include <map>
#include <set>

using namespace stagewright;
using namespace stagewright::edit;

namespace {

std::string describe(const BuildGraph &graph, NodeRef node)
{
    const auto index = static_cast<std::size_t>(node.index);
    switch (node.kind) {
    case NodeKind::Stage: return "stage " + std::to_string(index);
    case NodeKind::Image: return "image " + graph.images()[index].reference;
    case NodeKind::BuildContext: return "context";
    case NodeKind::NamedContext: return "named " + graph.namedContexts()[index].name;
    case NodeKind::CacheMount: return "cache " + graph.cacheMounts()[index].name;
    case NodeKind::Remote: return "remote " + graph.remotes()[index].name;
    }
    return {};
}

std::string describe(const BuildGraph &graph, const Edge &edge)
{
    return std::to_string(static_cast<int>(edge.kind)) + ' ' + describe(graph, edge.source) + " -> "
        + std::to_string(indexOf(edge.target)) + ' ' + edge.label;
}

std::multiset<std::string> edgesOf(const BuildGraph &graph)
{
    std::multiset<std::string> edges;
    for (const Edge &edge : graph.edges())
        edges.insert(describe(graph, edge));
    return edges;
}

/// Comment-like lines, without blanks and endings.
std::multiset<std::string> commentsOf(const SourceText &text)
{
    std::multiset<std::string> comments;
    for (std::uint32_t line = 1; line <= text.lineCount(); ++line) {
        const QByteArray trimmed = shown(text.slice(text.line(line))).trimmed();
        if (trimmed.startsWith('#'))
            comments.insert(trimmed.toStdString());
    }
    return comments;
}

/// Runs every operation on one text and checks what must always hold.
class Checker
{
public:
    Checker(std::string name, SnapshotPtr before)
        : m_name(std::move(name))
        , m_before(std::move(before))
    {
    }

    /// Null when the edit was refused.
    SnapshotPtr after(const char *operation, const Result &result, bool keepsComments = true)
    {
        m_context = m_name + ": " + operation;
        if (!result) {
            ++refused;
            m_context += " (" + result.error().message + ')';
            check(!result.error().message.empty(), "a refusal says why");
            return nullptr;
        }
        ++made;
        const SourceText &text = m_before->text();
        const SnapshotPtr after = Snapshot::make(result->applyTo(text), m_before->options());
        check(result->inverse(text).applyTo(after->text()) == text, "the inverse restores every byte");
        check(after->graph().errors().size() <= m_before->graph().errors().size(), "no new build error");
        if (keepsComments)
            check(std::ranges::includes(commentsOf(after->text()), commentsOf(text)), "comments survive");
        return after;
    }

    void check(bool holds, const char *what)
    {
        if (!holds)
            failures.push_back(m_context + ": " + what);
    }

    bool generated = false;
    int made = 0;
    int refused = 0;
    std::vector<std::string> failures;

private:
    std::string m_name;
    std::string m_context;
    SnapshotPtr m_before;
};

bool hasTriggers(const Snapshot &s)
{
    return std::ranges::any_of(s.tree().instructions(), [](const Instruction &one) { return one.inner != nullptr; });
}

void checkStage(Checker &checker, const Snapshot &s, StageId id)
{
    const std::size_t stages = s.graph().stages().size();
    const auto edges = edgesOf(s.graph());
    if (const auto after = checker.after("rename", renameStage(s, id, "renamed"))) {
        checker.check(after->graph().stage(id).name == "renamed", "has the new name");
        checker.check(edgesOf(after->graph()) == edges, "the graph is the same");
        checker.check(after->text().lineCount() == s.text().lineCount(), "no line comes or goes");
    }
    if (const auto after = checker.after("take the name away", renameStage(s, id, ""))) {
        checker.check(after->graph().stage(id).name.empty(), "has no name");
        checker.check(edgesOf(after->graph()) == edges, "the graph is the same");
    }
    for (const bool cascade : {false, true}) {
        if (stages < 2)
            break;
        const auto after = checker.after(cascade ? "delete with users" : "delete", deleteStage(s, id, cascade), false);
        // In real files a child may need the WORKDIR that it inherits.
        checker.check(after || !cascade || !checker.generated, "cascading is possible");
        if (after)
            checker.check(after->graph().stages().size() == stages - 1, "one stage less");
    }
    if (const auto after = checker.after("duplicate", duplicateStage(s, id, "twin")))
        checker.check(after->graph().stages().size() == stages + 1, "one stage more");
    for (const std::size_t to : {std::size_t(0), indexOf(id) + 1, stages - 1}) {
        if (const auto after = checker.after("move", moveStage(s, id, to))) {
            checker.check(after->graph().stages().size() == stages, "as many stages");
            checker.check(after->graph().edges().size() == s.graph().edges().size(), "as many edges");
            checker.check(after->graph().stages()[std::min(to, stages - 1)].name == s.graph().stage(id).name,
                          "stands there");
        }
    }
    if (const auto after = checker.after("base", setBase(s, id, "quay.io/new/base:1")))
        checker.check(after->graph().stage(id).base.reference == "quay.io/new/base:1", "has the new base");
    if (const auto after = checker.after("platform", setPlatform(s, id, "linux/arm64"))) {
        const Flag *flag = after->tree().instruction(after->graph().stage(id).from).flag("platform");
        checker.check(flag && flag->value == "linux/arm64", "has the platform");
    }
    (void)checker.after("no platform", setPlatform(s, id, ""));
    if (const auto after = checker.after("add", addStage(s, {"busybox:1", "added", {"RUN x"}, "note"}, indexOf(id)))) {
        checker.check(after->graph().stages()[indexOf(id)].name == "added", "stands there");
        checker.check(after->graph().stages().size() == stages + 1, "one stage more");
    }
}

void checkConnections(Checker &checker, const Snapshot &s, StageId id)
{
    const auto edges = edgesOf(s.graph());
    for (const Stage &source : s.graph().stages()) {
        const NodeRef node = NodeRef::stage(source.id);
        const auto why = whyNotCopyFrom(s, node, id);
        const Result copied = connectCopyFrom(s, node, id, "/from here", "/to");
        checker.check(!why || !copied, "the refusal is foreseen");
        if (const auto after = checker.after("copy from", copied)) {
            auto now = edgesOf(after->graph());
            checker.check(now.size() == edges.size() + 1, "one edge more");
            checker.check(std::ranges::includes(now, edges), "the others stay");
        }
        if (const auto after = checker.after("from", connectFrom(s, node, id)))
            checker.check(after->graph().stage(id).base.stage == source.id, "starts from it");
    }
}

void checkEdges(Checker &checker, const Snapshot &s, std::size_t most)
{
    const auto edges = edgesOf(s.graph());
    for (std::size_t i = 0; i < std::min(most, s.graph().edges().size()); ++i) {
        const Edge &edge = s.graph().edges()[i];
        const auto after = checker.after("disconnect", disconnect(s, edge), false);
        if (!after || hasTriggers(s))
            continue;
        auto expected = edges;
        expected.erase(expected.find(describe(s.graph(), edge)));
        checker.check(edgesOf(after->graph()) == expected, "exactly that edge less");
    }
}

void checkInstructions(Checker &checker, const Snapshot &s, RandomDockerfile &random, std::size_t most)
{
    const auto all = s.tree().instructions();
    for (std::size_t k = 0; k < std::min(most, all.size()); ++k) {
        const Instruction &one = all[most < all.size() ? random.below(all.size()) : k];
        const StageId stage = s.graph().stageOf(one.id);
        if (const auto after = checker.after("delete", deleteInstruction(s, one.id), false))
            checker.check(after->tree().instructions().size() == all.size() - 1, "one less");
        if (const auto after = checker.after("same text", editInstruction(s, one.id, s.text().slice(one.range))))
            checker.check(after->text() == s.text(), "nothing changes");
        if (stage == StageId::None)
            continue;
        const Place place{StageId{static_cast<std::int32_t>(random.below(s.graph().stages().size()))}, random.below(5)};
        if (const auto after = checker.after("move", moveInstruction(s, one.id, place)))
            checker.check(after->tree().instructions().size() == all.size(), "as many");
        if (const auto after
            = checker.after("add", addInstruction(s, place, "# why\nRUN a \\\n    b\nRUN <<EOF\nx\nEOF\n")))
            checker.check(after->tree().instructions().size() == all.size() + 2, "two more");
        if (one.kind == InstructionKind::Copy) {
            if (const auto after = checker.after("flag", setFlag(s, one.id, "chmod", "755"))) {
                const Flag *flag = after->tree().instruction(one.id).flag("chmod");
                checker.check(flag && flag->value == "755", "has the flag");
                const Result removed = setFlag(*after, one.id, "chmod", std::nullopt);
                checker.check(removed.has_value(), "can be removed");
                if (removed && !one.flag("chmod"))
                    checker.check(removed->applyTo(after->text()) == s.text(), "and is gone without a trace");
            }
        }
    }
}

void checkAll(Checker &checker, const Snapshot &s, RandomDockerfile &random, std::size_t most)
{
    for (std::size_t k = 0; k < std::min(most, s.graph().stages().size()); ++k) {
        const StageId id{
            static_cast<std::int32_t>(most < s.graph().stages().size() ? random.below(s.graph().stages().size()) : k)};
        checkStage(checker, s, id);
        if (s.graph().stages().size() <= 8)
            checkConnections(checker, s, id);
    }
    checkEdges(checker, s, most * 2);
    checkInstructions(checker, s, random, most * 2);
}

void report(const Checker &checker)
{
    for (std::size_t i = 0; i < std::min<std::size_t>(checker.failures.size(), 12); ++i)
        qWarning("%s", checker.failures[i].c_str());
    QVERIFY2(checker.failures.empty(), std::to_string(checker.failures.size()).c_str());
}

QString conformanceFolder()
{
    const QString given = qEnvironmentVariable("STAGEWRIGHT_CONFORMANCE");
    return (given.isEmpty() ? QStringLiteral(STAGEWRIGHT_SOURCE_DIR "/../shared/conformance") : given)
        + QStringLiteral("/files");
}

} // namespace

class TestEditProperties : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void generated();
    void realFiles();
    void oneAfterTheOther();
};

void TestEditProperties::generated()
{
    int made = 0;
    for (std::uint32_t seed = 1; seed <= 300; ++seed) {
        RandomDockerfile random(seed);
        const auto s = snapshotOf(random.make());
        Checker checker("seed " + std::to_string(seed), s);
        checker.generated = true;
        checkAll(checker, *s, random, 4);
        if (!checker.failures.empty())
            qWarning("%s", shown(s->text().bytes()).constData());
        report(checker);
        if (QTest::currentTestFailed())
            return;
        made += checker.made;
    }
    QVERIFY2(made > 5000, std::to_string(made).c_str());
}

void TestEditProperties::realFiles()
{
    const QString folder = conformanceFolder();
    if (!QDir(folder).exists())
        QSKIP("the conformance files are not here");
    QStringList paths;
    for (QDirIterator it(folder, QDir::Files, QDirIterator::Subdirectories); it.hasNext();)
        paths.append(it.next());
    paths.sort();
    std::uint32_t seed = 0;
    int made = 0;
    for (const QString &path : std::as_const(paths)) {
        QFile file(path);
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(path));
        const auto text = SourceText::fromBytes(file.readAll().toStdString());
        if (!text)
            continue;
        RandomDockerfile random(++seed);
        const auto s = Snapshot::make(*text);
        Checker checker(path.toStdString(), s);
        checkAll(checker, *s, random, 1);
        report(checker);
        made += checker.made;
    }
    QVERIFY2(made > 5000, std::to_string(made).c_str());
}

/// A chain of edits, then every inverse in turn, ends at the first byte sequence.
void TestEditProperties::oneAfterTheOther()
{
    for (std::uint32_t seed = 1; seed <= 60; ++seed) {
        RandomDockerfile random(seed * 7919);
        std::vector<SnapshotPtr> history{snapshotOf(random.make())};
        std::vector<EditTransaction> inverses;
        for (int step = 0; step < 25; ++step) {
            const Snapshot &s = *history.back();
            if (s.graph().stages().empty())
                break;
            const StageId stage{static_cast<std::int32_t>(random.below(s.graph().stages().size()))};
            const NodeRef other
                = NodeRef::stage(StageId{static_cast<std::int32_t>(random.below(s.graph().stages().size()))});
            const InstructionId instruction{static_cast<std::int32_t>(random.below(s.tree().instructions().size()))};
            Result result;
            switch (random.below(8)) {
            case 0: result = addStage(s, {"alpine", freeStageName(s, "new"), {"RUN x"}, {}}, random.below(9)); break;
            case 1: result = renameStage(s, stage, freeStageName(s, "other")); break;
            case 2: result = deleteStage(s, stage, true); break;
            case 3: result = moveStage(s, stage, random.below(9)); break;
            case 4: result = connectCopyFrom(s, other, stage, "/a", "/b"); break;
            case 5: result = moveInstruction(s, instruction, {stage, random.below(4)}); break;
            case 6: result = deleteInstruction(s, instruction); break;
            default: result = addInstruction(s, {stage, random.below(4)}, "ENV A=b"); break;
            }
            if (!result)
                continue;
            inverses.push_back(result->inverse(s.text()));
            history.push_back(Snapshot::make(result->applyTo(s.text())));
        }
        for (std::size_t i = inverses.size(); i-- > 0;)
            QCOMPARE(shown(inverses[i].applyTo(history[i + 1]->text()).bytes()), shown(history[i]->text().bytes()));
    }
}

QTEST_APPLESS_MAIN(TestEditProperties)
#include "TestEditProperties.moc"
