// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "graph/GraphCommands.h"

#include "graph/GraphScene.h"
#include "graph/GraphView.h"
#include "session/DocumentSession.h"
#include "session/NodeKeys.h"

#include <QCoreApplication>
#include <QMessageBox>

#include <algorithm>

namespace stagewright {

namespace {

QString tell(const char *text, int n = -1)
{
    return QCoreApplication::translate("stagewright::GraphView", text, nullptr, n);
}

/// The absolute directory that a stage ends in, "" when it sets none.
std::string workdirOf(const Snapshot &snapshot, StageId stage)
{
    std::string at;
    for (const Instruction &instruction : snapshot.instructionsOf(stage)) {
        if (instruction.kind == InstructionKind::Workdir && instruction.arguments.starts_with('/'))
            at = std::string(instruction.arguments);
    }
    return at;
}

/// The first row of a stage that is not what it was: where something was added.
InstructionId addedRow(const Snapshot &before, const Snapshot &after, StageId stage)
{
    const auto old = before.instructionsOf(stage);
    const auto now = after.instructionsOf(stage);
    for (std::size_t i = 0; i < now.size(); ++i) {
        if (i >= old.size() || before.text().slice(old[i].range) != after.text().slice(now[i].range))
            return now[i].id;
    }
    return InstructionId::None;
}

} // namespace

void GraphCommands::say(const QString &message)
{
    Q_EMIT m_view.statusMessage(message);
}

void GraphCommands::select(Selection selection)
{
    m_view.session().select(std::move(selection), &m_view);
}

bool GraphCommands::push(edit::Result result)
{
    if (m_view.session().isReadOnly()) {
        say(tell("This document is read-only"));
        return false;
    }
    if (!result) {
        say(toQString(result.error().message));
        return false;
    }
    if (result->isEmpty())
        return false;
    m_view.session().push(std::move(*result), Origin::Graph);
    return true;
}

bool GraphCommands::pushAll(const std::vector<Step> &steps, const QString &label)
{
    const SnapshotPtr first = m_view.session().snapshot();
    SnapshotPtr now = first;
    for (const Step &step : steps) {
        edit::Result result = step(*now);
        if (!result)
            return push(std::move(result));
        if (!result->isEmpty())
            now = Snapshot::make(result->applyTo(now->text()), now->options(), now->revision());
    }
    EditTransaction all = EditTransaction::difference(first->text(), now->text());
    all.setLabel(label.toStdString());
    return push(std::move(all));
}

bool GraphCommands::connectFrom(NodeRef source, StageId target)
{
    return push(edit::connectFrom(*m_view.session().snapshot(), source, target));
}

bool GraphCommands::retargetCopy(InstructionId copy, NodeRef source)
{
    return push(edit::retargetCopy(*m_view.session().snapshot(), copy, source));
}

bool GraphCommands::connectCopy(NodeRef source, StageId target, std::optional<std::size_t> index)
{
    const SnapshotPtr before = m_view.session().snapshot();
    std::string from = "/app";
    if (source.kind == NodeKind::Stage) {
        // What a builder makes lies where it works
        if (const std::string workdir = workdirOf(*before, static_cast<StageId>(source.index)); !workdir.empty())
            from = workdir;
    } else if (source.kind == NodeKind::BuildContext || source.kind == NodeKind::NamedContext) {
        from = ".";
    }
    std::string to = from;
    if (from == ".") {
        const std::string workdir = workdirOf(*before, target);
        to = workdir.empty() ? "/app/" : ".";
    }
    if (!push(edit::connectCopyFrom(*before, source, target, from, to, index)))
        return false;
    const InstructionId added = addedRow(*before, *m_view.session().snapshot(), target);
    if (added != InstructionId::None) {
        select({{}, {added}, {}});
        editInstruction(added, true);
    }
    return true;
}

bool GraphCommands::addStage(const QString &base, const std::vector<std::string> &instructions,
                             std::optional<QPointF> scenePos)
{
    const SnapshotPtr before = m_view.session().snapshot();
    edit::NewStage stage;
    stage.base = base.toStdString();
    stage.instructions = instructions;
    stage.name = edit::freeStageName(*before, before->graph().stages().empty() ? "build" : "stage");
    if (!push(edit::addStage(*before, stage)))
        return false;
    const auto stages = m_view.session().snapshot()->graph().stages();
    if (stages.empty())
        return true;
    const Stage &added = stages.back();
    select({{NodeRef::stage(added.id)}, {}, {}});
    // Among cards that are laid out by hand it goes where the person pointed
    if (scenePos && !m_view.session().nodePositions().empty())
        m_view.session().moveNodes(
            {{nodeKey(m_view.session().snapshot()->graph(), NodeRef::stage(added.id)), *scenePos}},
            tell("Place the new stage"));
    m_view.reveal(NodeRef::stage(added.id));
    renameStage(added.id);
    return true;
}

QString GraphCommands::templateFor(const QString &keyword)
{
    static const std::pair<const char *, const char *> templates[] = {
        {"RUN", "echo \"hello\""},
        {"COPY", ". ."},
        {"ADD", ". ."},
        {"WORKDIR", "/app"},
        {"ENV", "NAME=value"},
        {"ARG", "NAME"},
        {"USER", "1000"},
        {"EXPOSE", "8080"},
        {"HEALTHCHECK", "CMD [\"/app/healthcheck\"]"},
        {"CMD", "[\"/app/server\"]"},
        {"ENTRYPOINT", "[\"/app/server\"]"},
        {"LABEL", "org.opencontainers.image.title=\"name\""},
        {"SHELL", "[\"/bin/sh\", \"-c\"]"},
        {"VOLUME", "/data"},
        {"STOPSIGNAL", "SIGTERM"},
        {"ONBUILD", "RUN true"},
    };
    for (const auto &[word, arguments] : templates) {
        if (keyword.compare(QLatin1StringView(word), Qt::CaseInsensitive) == 0)
            return QString::fromLatin1(arguments);
    }
    return {};
}

bool GraphCommands::addInstruction(const QString &text, edit::Place place)
{
    const SnapshotPtr before = m_view.session().snapshot();
    QString whole = text.trimmed();
    const bool keywordOnly = !whole.contains(u' ');
    if (keywordOnly)
        whole += u' ' + templateFor(whole);
    if (!push(edit::addInstruction(*before, place, whole.trimmed().toStdString())))
        return false;
    const InstructionId added = addedRow(*before, *m_view.session().snapshot(), place.stage);
    if (added == InstructionId::None)
        return true;
    select({{}, {added}, {}});
    m_view.reveal(added);
    if (keywordOnly)
        editInstruction(added, true);
    return true;
}

bool GraphCommands::moveInstructions(const std::vector<InstructionId> &instructions, edit::Place to)
{
    const SnapshotPtr &snapshot = m_view.session().snapshot();
    std::vector<int> ids;
    for (InstructionId id : instructions) {
        if (snapshot->tree().instruction(id).kind != InstructionKind::From)
            ids.push_back(static_cast<int>(id));
    }
    std::sort(ids.begin(), ids.end());
    if (ids.empty())
        return false;
    // Each move shifts the ids between its old and its new place by one; the destination stays behind what came
    int destination = static_cast<int>(snapshot->graph().stage(to.stage).firstInstruction) + static_cast<int>(to.index);
    std::vector<Step> steps;
    std::vector<int> landed;
    int passed = 0; // moved down so far: later ids in front of the destination are that much smaller
    for (int id : ids) {
        const bool down = id < destination;
        const int now = down ? id - passed : id;
        const int at = destination;
        steps.emplace_back([now, at, stage = to.stage](const Snapshot &s) {
            const int index = at - static_cast<int>(s.graph().stage(stage).firstInstruction);
            return edit::moveInstruction(s, static_cast<InstructionId>(now),
                                         {stage, static_cast<std::size_t>(std::max(index, 0))});
        });
        if (down)
            ++passed;
        else
            ++destination;
    }
    const int count = static_cast<int>(ids.size());
    const bool done
        = steps.size() == 1 ? push(steps.front()(*snapshot)) : pushAll(steps, tell("Move %n instructions", count));
    if (done) {
        Selection selection;
        for (int i = 0; i < count; ++i)
            selection.instructions.push_back(static_cast<InstructionId>(destination - count + i));
        select(std::move(selection));
    }
    return done;
}

bool GraphCommands::moveStage(StageId stage, int by)
{
    const int index = static_cast<int>(stage) + by;
    const int count = static_cast<int>(m_view.session().snapshot()->graph().stages().size());
    if (index < 0 || index >= count)
        return false;
    return push(edit::moveStage(*m_view.session().snapshot(), stage, static_cast<std::size_t>(index)));
}

bool GraphCommands::setBase(StageId stage, const QString &base)
{
    return push(edit::setBase(*m_view.session().snapshot(), stage, base.toStdString()));
}

std::optional<edit::Place> GraphCommands::placeForNew() const
{
    const Snapshot &snapshot = *m_view.session().snapshot();
    const Selection &selection = m_view.session().selection();
    for (auto it = selection.instructions.rbegin(); it != selection.instructions.rend(); ++it) {
        const StageId stage = snapshot.graph().stageOf(*it);
        if (stage != StageId::None)
            return edit::Place{
                stage,
                static_cast<std::size_t>(static_cast<int>(*it)
                                         - static_cast<int>(snapshot.graph().stage(stage).firstInstruction) + 1)};
    }
    StageId stage = StageId::None;
    for (NodeRef node : selection.nodes) {
        if (node.kind == NodeKind::Stage)
            stage = static_cast<StageId>(node.index);
    }
    if (stage == StageId::None && !snapshot.graph().stages().empty())
        stage = snapshot.graph().stages().back().id;
    if (stage == StageId::None)
        return {};
    return edit::Place{stage, snapshot.instructionsOf(stage).size()};
}

void GraphCommands::duplicateSelection()
{
    const SnapshotPtr snapshot = m_view.session().snapshot();
    const Selection selection = m_view.session().selection();
    std::vector<Step> steps;
    std::vector<InstructionId> rows = selection.instructions;
    std::sort(rows.begin(), rows.end());
    for (auto it = rows.rbegin(); it != rows.rend(); ++it) { // from the end: ids in front stay
        const StageId stage = snapshot->graph().stageOf(*it);
        const Instruction &instruction = snapshot->tree().instruction(*it);
        if (stage == StageId::None || instruction.kind == InstructionKind::From)
            continue;
        const auto index = static_cast<std::size_t>(
            static_cast<int>(*it) - static_cast<int>(snapshot->graph().stage(stage).firstInstruction) + 1);
        std::string text = QString(toQString(snapshot->text().slice(instruction.range))).remove(u'\r').toStdString();
        steps.emplace_back([stage, index, text = std::move(text)](const Snapshot &s) {
            return edit::addInstruction(s, {stage, index}, text);
        });
    }
    std::vector<std::int32_t> stages;
    for (NodeRef node : selection.nodes) {
        if (node.kind == NodeKind::Stage)
            stages.push_back(node.index);
    }
    std::sort(stages.rbegin(), stages.rend());
    for (std::int32_t stage : stages) {
        steps.emplace_back([stage](const Snapshot &s) {
            const Stage &original = s.graph().stage(static_cast<StageId>(stage));
            const std::string wish = original.name.empty() ? std::string("stage") : std::string(original.displayName);
            return edit::duplicateStage(s, original.id, edit::freeStageName(s, wish));
        });
    }
    if (!steps.empty())
        pushAll(steps, tell("Duplicate"));
}

QString GraphCommands::copyText() const
{
    const Snapshot &snapshot = *m_view.session().snapshot();
    const Selection &selection = m_view.session().selection();
    QStringList parts;
    std::vector<std::int32_t> stages;
    for (NodeRef node : selection.nodes) {
        if (node.kind == NodeKind::Stage)
            stages.push_back(node.index);
        else if (node.kind == NodeKind::Image)
            parts.push_back(toQString(snapshot.graph().image(static_cast<ImageId>(node.index)).written));
    }
    std::sort(stages.begin(), stages.end());
    if (!stages.empty())
        parts.clear();
    for (std::int32_t index : stages) {
        const Stage &stage = snapshot.graph().stage(static_cast<StageId>(index));
        TextRange range = stage.range;
        if (const TextRange comment = snapshot.tree().instruction(stage.from).leadingComment; !comment.isEmpty())
            range = range.united(comment);
        parts.push_back(toQString(snapshot.text().slice(range)).remove(u'\r').trimmed() + u'\n');
    }
    QStringList rows;
    std::vector<InstructionId> instructions = selection.instructions;
    std::sort(instructions.begin(), instructions.end());
    for (InstructionId id : instructions) {
        const StageId stage = snapshot.graph().stageOf(id);
        if (std::find(stages.begin(), stages.end(), static_cast<std::int32_t>(stage)) == stages.end())
            rows.push_back(toQString(snapshot.text().slice(snapshot.tree().instruction(id).range)).remove(u'\r'));
    }
    if (!rows.isEmpty())
        parts.push_back(rows.join(u'\n') + u'\n');
    return parts.join(u'\n');
}

bool GraphCommands::pasteText(const QString &text)
{
    const auto source = SourceText::fromBytes(text.toStdString());
    if (!source)
        return false;
    const SnapshotPtr pasted = Snapshot::make(*source);
    const auto instructions = pasted->tree().instructions();
    if (instructions.empty() || std::any_of(instructions.begin(), instructions.end(), [](const Instruction &i) {
            return i.kind == InstructionKind::Unknown;
        })) {
        say(tell("The clipboard holds no Dockerfile instructions"));
        return false;
    }
    std::vector<Step> steps;
    if (const std::optional<edit::Place> place = placeForNew();
        place && !instructions.empty() && instructions.front().kind != InstructionKind::From) {
        std::string rows;
        for (const Instruction &instruction : instructions) {
            if (instruction.kind == InstructionKind::From)
                break;
            rows += (rows.empty() ? "" : "\n") + std::string(pasted->text().slice(instruction.range));
        }
        steps.emplace_back([place = *place, rows = std::move(rows)](const Snapshot &s) {
            return edit::addInstruction(s, place, rows);
        });
    }
    for (const Stage &stage : pasted->graph().stages()) {
        edit::NewStage copy;
        copy.base = std::string(stage.base.written);
        copy.name = stage.name.empty() ? std::string() : std::string(stage.displayName);
        for (const Instruction &instruction : pasted->instructionsOf(stage.id))
            copy.instructions.emplace_back(pasted->text().slice(instruction.range));
        steps.emplace_back([copy](const Snapshot &s) {
            edit::NewStage fresh = copy;
            if (!fresh.name.empty())
                fresh.name = edit::freeStageName(s, fresh.name);
            return edit::addStage(s, fresh);
        });
    }
    if (steps.empty()) {
        say(tell("Add a stage first: instructions stand in stages"));
        return false;
    }
    return pushAll(steps, tell("Paste"));
}

} // namespace stagewright
