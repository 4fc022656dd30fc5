// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "building/BuildOnGraph.h"

#include "building/BuildController.h"
#include "building/BuildText.h"
#include "engine/BuildTiming.h"
#include "engine/LayerSizes.h"
#include "session/DocumentSession.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <set>

namespace stagewright {

using engine::RowState;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("stagewright::GraphBuild", text);
}

class Painter
{
public:
    Painter(const BuildController &builds, bool criticalPath)
        : m_builds(builds)
        , m_progress(builds.progress())
        , m_steps(*builds.steps())
        , m_built(*builds.snapshot())
        , m_now(std::chrono::time_point_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now()))
    {
        if (!criticalPath || builds.isBusy())
            return;
        for (const std::size_t step : engine::timingOf(m_progress, m_steps, m_now).criticalPath) {
            if (const engine::StepPlace place = m_steps.placeOf(step); place.instruction != InstructionId::None)
                m_critical.insert(place.instruction);
        }
    }

    GraphBuild paint()
    {
        for (const Stage &stage : m_built.graph().stages())
            addStage(stage);
        addContext();
        m_result.running = m_builds.isBusy();
        return std::move(m_result);
    }

private:
    RowBuild row(InstructionId built, InstructionId here) const
    {
        RowBuild row;
        row.state = m_steps.stateOf(built, m_progress);
        const bool over = !m_builds.isBusy();
        // What had not begun when the build ended never will.
        if (over && row.state == RowState::Waiting)
            row.state = m_builds.result() == engine::BuildResult::Built ? RowState::None : RowState::Cancelled;
        if (row.state == RowState::None || row.state == RowState::Skipped)
            return {};
        row.text = stateText(row.state);
        row.critical = m_critical.contains(built);
        if (row.state == RowState::Waiting) {
            if (const QString rule = predictedBy(here); !rule.isEmpty()) {
                row.text = tr("will fail, %1").arg(rule);
                row.warning = true;
            }
            return row;
        }
        const auto index = m_steps.stepOf(built);
        if (!index)
            return row;
        const engine::BuildStep &step = m_progress.step(*index);
        const auto time = stepTime(step, m_now);
        if (row.state == RowState::Running) {
            const StepBytes bytes = stepBytes(step);
            if (bytes.total > 0) {
                row.fraction = std::min(1.0, double(bytes.current) / double(bytes.total));
                row.text = tr("%1 %").arg(std::lround(std::floor(row.fraction * 100)));
            } else if (time) {
                row.text = durationText(*time);
            }
        } else if (row.state == RowState::Done && time) {
            row.text = durationText(*time);
        } else if (row.state == RowState::Failed) {
            row.text = failureWord(step);
            if (time)
                row.text += QStringLiteral(" · ") + durationText(*time);
        }
        return row;
    }

    QString predictedBy(InstructionId here) const
    {
        for (const Diagnostic &finding : m_builds.session().diagnostics()) {
            if (finding.instruction == here && finding.severity == Severity::Error)
                return QString::fromUtf8(finding.ruleId.data(), qsizetype(finding.ruleId.size()));
        }
        return {};
    }

    void addStage(const Stage &stage)
    {
        std::size_t counted = 0;
        double over = 0;
        bool failed = false;
        bool running = false;
        bool cancelled = false;
        bool worked = false;
        const auto add = [&](InstructionId built) {
            const InstructionId here = m_builds.now(built);
            const RowBuild view = row(built, here);
            if (view.state == RowState::None)
                return;
            ++counted;
            failed = failed || view.state == RowState::Failed;
            running = running || view.state == RowState::Running;
            cancelled = cancelled || view.state == RowState::Cancelled;
            worked = worked || view.state == RowState::Done;
            if (view.state == RowState::Cached || view.state == RowState::Done)
                over += 1;
            else if (view.state == RowState::Running)
                over += std::max(0.0, view.fraction);
            if (here != InstructionId::None) {
                m_result.rows.emplace(here, view);
                addEdge(built, here, view);
            }
        };
        add(stage.from);
        for (const Instruction &instruction : m_built.instructionsOf(stage.id))
            add(instruction.id);
        const InstructionId from = m_builds.now(stage.from);
        if (counted == 0 || from == InstructionId::None)
            return;
        StageBuild view;
        view.fraction = over / double(counted);
        const bool complete = over >= double(counted);
        view.state = failed       ? RowState::Failed
            : complete            ? (worked ? RowState::Done : RowState::Cached)
            : cancelled           ? RowState::Cancelled
            : running || over > 0 ? RowState::Running
                                  : RowState::Waiting;
        if (view.state == RowState::Running)
            view.text = tr("%1 %").arg(std::lround(std::floor(view.fraction * 100)));
        m_result.stages.emplace(m_builds.session().snapshot()->graph().stageOf(from), view);
    }

    void addEdge(InstructionId built, InstructionId here, const RowBuild &view)
    {
        EdgeBuild edge;
        edge.critical = view.critical;
        edge.copying = view.state == RowState::Running;
        if (const auto step = m_steps.stepOf(built); step && edge.copying) {
            const StepBytes bytes = stepBytes(m_progress.step(*step));
            if (bytes.total > 0)
                edge.bytes = bytesOfText(bytes.current, bytes.total);
        }
        if (edge != EdgeBuild())
            m_result.edges.emplace(here, std::move(edge));
    }

    /// "[internal] load build context" is a step of its own: the first COPY waits for it.
    void addContext()
    {
        const auto found = std::ranges::find_if(m_progress.steps(), [](const engine::BuildStep &step) {
            return step.name.starts_with("[internal] load build context");
        });
        if (found == m_progress.steps().end())
            return;
        const StepBytes bytes = stepBytes(*found);
        if (bytes.current > 0)
            m_result.context = tr("%1 sent").arg(QString::fromStdString(engine::bytesText(bytes.current)));
    }

    const BuildController &m_builds;
    const engine::BuildProgress &m_progress;
    const engine::StepMap &m_steps;
    const Snapshot &m_built;
    engine::Time m_now;
    std::set<InstructionId> m_critical;
    GraphBuild m_result;
};

} // namespace

GraphBuild buildOnGraph(const BuildController &builds, bool criticalPath)
{
    return builds.snapshot() && builds.steps() ? Painter(builds, criticalPath).paint() : GraphBuild();
}

} // namespace stagewright
