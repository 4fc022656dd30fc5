// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "StageCommands.h"

#include "DocumentPage.h"
#include "Prompts.h"
#include "edit/Format.h"
#include "graph/GraphView.h"

#include <algorithm>

namespace stagewright {

namespace {

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// Line endings as the edits want them.
std::string withLf(QString text)
{
    text.replace(QLatin1StringView("\r\n"), QLatin1StringView("\n"));
    return text.toStdString();
}

} // namespace

StageCommands::StageCommands(const Context &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
{
}

const Snapshot &StageCommands::snapshot() const
{
    return *m_page->session().snapshot();
}

bool StageCommands::push(edit::Result result, Origin origin)
{
    if (!result) {
        complain(result.error().message);
        return false;
    }
    m_page->bars().hide(MessageBars::Subject::Edit);
    m_page->session().push(std::move(*result), origin);
    return true;
}

void StageCommands::complain(const std::string &message)
{
    m_page->bars().show(MessageBars::Subject::Edit, MessageBar::Level::Note, QString::fromStdString(message));
}

StageId StageCommands::selectedStage() const
{
    if (!m_page) {
        return StageId::None;
    }
    const Selection &selection = m_page->session().selection();
    const BuildGraph &graph = snapshot().graph();
    for (const NodeRef &node : selection.nodes) {
        if (node.kind == NodeKind::Stage && node.index >= 0 && node.index < static_cast<int>(graph.stages().size())) {
            return static_cast<StageId>(node.index);
        }
    }
    for (const InstructionId id : selection.instructions) {
        if (const StageId stage = graph.stageOf(id); stage != StageId::None) {
            return stage;
        }
    }
    return StageId::None;
}

void StageCommands::selectStage(StageId stage)
{
    if (stage != StageId::None && indexOf(stage) < snapshot().graph().stages().size()) {
        Selection selection;
        selection.nodes.push_back(NodeRef::stage(stage));
        m_page->session().select(selection, this);
    }
}

void StageCommands::addStage(const std::string &base)
{
    if (!m_page) {
        return;
    }
    if (base.empty()) {
        m_page->graph()->addStage();
        return;
    }
    const BuildGraph &graph = snapshot().graph();
    edit::NewStage stage;
    stage.base = base;
    stage.name = graph.stages().empty() ? std::string("build") : edit::freeStageName(snapshot(), "stage");
    std::optional<std::size_t> index;
    if (!graph.stages().empty()) {
        // In front of the last stage: the last one is what is built, and a new stage should not change that.
        index = graph.stages().size() - 1;
    }
    if (push(edit::addStage(snapshot(), stage, index))) {
        selectStage(static_cast<StageId>(index.value_or(0)));
    }
}

edit::Place StageCommands::placeForInstruction() const
{
    const BuildGraph &graph = snapshot().graph();
    edit::Place place;
    const Selection &selection = m_page->session().selection();
    if (!selection.instructions.empty()) {
        const InstructionId last = *std::ranges::max_element(selection.instructions);
        place.stage = graph.stageOf(last);
        if (place.stage != StageId::None) {
            const Stage &stage = graph.stage(place.stage);
            place.index = last == stage.from ? 0 : indexOf(last) - indexOf(stage.firstInstruction) + 1;
            return place;
        }
    }
    place.stage = selectedStage();
    if (place.stage == StageId::None && !graph.stages().empty()) {
        place.stage = graph.target() != StageId::None ? graph.target() : graph.stages().back().id;
    }
    if (place.stage != StageId::None) {
        place.index = snapshot().instructionsOf(place.stage).size();
    }
    return place;
}

void StageCommands::addInstruction(const QString &text)
{
    if (!m_page) {
        return;
    }
    const edit::Place place = placeForInstruction();
    if (place.stage == StageId::None) {
        complain(tr("An instruction needs a stage. Add a stage first.").toStdString());
        return;
    }
    if (push(edit::addInstruction(snapshot(), place, withLf(text)))) {
        const Stage &stage = snapshot().graph().stage(place.stage);
        const std::size_t row = indexOf(stage.firstInstruction) + place.index;
        if (row < snapshot().tree().instructions().size()) {
            m_page->session().reveal(snapshot().tree().instructions()[row].range, this);
        }
    }
}

void StageCommands::rename()
{
    const StageId id = selectedStage();
    if (id != StageId::None) {
        selectStage(id); // a row of it may be what is selected
        m_page->graph()->setFocus();
        m_page->graph()->renameSelection();
    }
}

void StageCommands::duplicate()
{
    const StageId id = selectedStage();
    if (id == StageId::None) {
        return;
    }
    const Stage &stage = snapshot().graph().stage(id);
    const std::string wish = stage.name.empty() ? "copy" : stage.name + "-copy";
    if (push(edit::duplicateStage(snapshot(), id, edit::freeStageName(snapshot(), wish)))) {
        selectStage(static_cast<StageId>(indexOf(id) + 1));
    }
}

void StageCommands::remove()
{
    const StageId id = selectedStage();
    if (id == StageId::None) {
        return;
    }
    auto plain = edit::deleteStage(snapshot(), id, false);
    if (plain) {
        push(std::move(plain));
        return;
    }
    const QString name = toQString(snapshot().graph().stage(id).displayName);
    if (m_context.prompts.confirm(m_page->window(), tr("Delete stage %1 and what uses it?").arg(name),
                                  QString::fromStdString(plain.error().message) + QStringLiteral("\n\n")
                                      + tr("COPY lines that take files from it go too; stages that start from it start "
                                           "from its base. Undo brings everything back."),
                                  tr("Delete"))) {
        push(edit::deleteStage(snapshot(), id, true));
    }
}

void StageCommands::move(int step)
{
    const StageId id = selectedStage();
    if (id == StageId::None) {
        return;
    }
    const auto index = static_cast<std::ptrdiff_t>(indexOf(id)) + step;
    if (index >= 0 && index < std::ssize(snapshot().graph().stages())) {
        push(edit::moveStage(snapshot(), id, static_cast<std::size_t>(index)));
    }
}

void StageCommands::format()
{
    if (m_page) {
        push(edit::format(snapshot()), Origin::Fix);
    }
}

void StageCommands::toggleTarget()
{
    const StageId id = selectedStage();
    if (id == StageId::None) {
        return;
    }
    const Stage &stage = snapshot().graph().stage(id);
    const bool chosen = !m_page->session().options().target.empty() && stage.isTarget;
    setTarget(chosen ? std::string() : stage.name.empty() ? std::to_string(indexOf(id)) : stage.name);
}

void StageCommands::setTarget(const std::string &target)
{
    if (!m_page) {
        return;
    }
    AnalysisOptions options = m_page->session().options();
    options.target = target;
    m_page->session().setOptions(std::move(options));
}

} // namespace stagewright
