// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "building/BuildText.h"

#include "building/BuildController.h"
#include "theme/Theme.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace stagewright {

using engine::RowState;
using engine::StepState;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("stagewright::BuildText", text);
}

struct Unit
{
    double size;
    const char *name;
};
constexpr std::array units{Unit{1e9, "GB"}, Unit{1e6, "MB"}, Unit{1e3, "kB"}};

const Unit *unitOf(std::uint64_t bytes)
{
    // 999,960 would read "1000.0 kB"
    const auto found
        = std::ranges::find_if(units, [&](const Unit &unit) { return double(bytes) >= unit.size * 0.9995; });
    return found == units.end() ? nullptr : &*found;
}

} // namespace

QString durationText(std::chrono::nanoseconds duration)
{
    const double seconds = std::max(0.0, double(duration.count()) / 1e9);
    if (seconds < 59.95)
        return tr("%1 s").arg(seconds, 0, 'f', 1);
    const auto whole = static_cast<int>(seconds + 0.5);
    if (whole < 3600)
        return tr("%1:%2 min").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
    return tr("%1:%2 h").arg(whole / 3600).arg(whole / 60 % 60, 2, 10, QLatin1Char('0'));
}

QString fineDurationText(std::chrono::nanoseconds duration)
{
    const auto milliseconds = std::chrono::round<std::chrono::milliseconds>(duration).count();
    return milliseconds < 95 ? tr("%1 ms").arg(std::max<std::int64_t>(milliseconds, 0)) : durationText(duration);
}

QString bytesOfText(std::uint64_t part, std::uint64_t whole)
{
    const Unit *unit = unitOf(whole);
    if (!unit)
        return tr("%1 / %2 B").arg(part).arg(whole);
    return QStringLiteral("%1 / %2 %3")
        .arg(double(part) / unit->size, 0, 'f', 1)
        .arg(double(whole) / unit->size, 0, 'f', 1)
        .arg(QLatin1StringView(unit->name));
}

QString stateText(RowState state)
{
    switch (state) {
    case RowState::None: break;
    case RowState::Waiting: return tr("waiting");
    case RowState::Running: return tr("running");
    case RowState::Cached: return tr("cached");
    case RowState::Done: return tr("done");
    case RowState::Failed: return tr("failed");
    case RowState::Cancelled: return tr("stopped");
    case RowState::Skipped: return tr("not needed");
    }
    return {};
}

QString stateIcon(RowState state)
{
    switch (state) {
    case RowState::None: break;
    case RowState::Waiting: return QStringLiteral("clock");
    case RowState::Running: return QStringLiteral("loader-circle");
    case RowState::Cached: return QStringLiteral("zap");
    case RowState::Done: return QStringLiteral("check");
    case RowState::Failed: return QStringLiteral("x");
    case RowState::Cancelled: return QStringLiteral("ban");
    case RowState::Skipped: return QStringLiteral("minus");
    }
    return {};
}

QColor stateColour(RowState state, const Tokens &t)
{
    switch (state) {
    case RowState::Running: return t.accent;
    case RowState::Done: return t.ok;
    case RowState::Failed: return t.error;
    case RowState::Cached: return t.text2;
    case RowState::None:
    case RowState::Waiting:
    case RowState::Cancelled:
    case RowState::Skipped: break;
    }
    return t.text3;
}

QString essenceOf(const std::string &message)
{
    QString text = QString::fromStdString(message).trimmed();
    // They stand in each other: the innermost that is there counts.
    for (const QLatin1StringView layer :
         {QLatin1StringView("unable to start container process: "),
          QLatin1StringView("did not complete successfully: "), QLatin1StringView("failed to solve: ")}) {
        if (const qsizetype at = text.indexOf(layer); at >= 0) {
            text.remove(0, at + layer.size());
            break;
        }
    }
    if (text.endsWith(QLatin1StringView(": unknown")))
        text.chop(9);
    return text;
}

QString failureWord(const engine::BuildStep &step)
{
    // "… did not complete successfully: exit code: 1", "returned a non-zero code: 1", "exit status 1"
    static const QRegularExpression code(QStringLiteral("(?:exit code:?|non-zero code:?|exit status) *(\\d+)"));
    const QRegularExpressionMatch match = code.match(QString::fromStdString(step.error));
    return match.hasMatch() ? tr("exit %1").arg(match.captured(1)) : stateText(RowState::Failed);
}

std::optional<std::chrono::nanoseconds> stepTime(const engine::BuildStep &step, engine::Time now)
{
    if (!step.started)
        return std::nullopt;
    // A step that was stopped has no end, and a remote engine's clock may be ahead of ours.
    if (!step.completed && step.state != StepState::Running)
        return std::nullopt;
    return step.worked(now);
}

StepBytes stepBytes(const engine::BuildStep &step)
{
    StepBytes sum;
    bool known = !step.transfers.empty();
    for (const engine::Transfer &transfer : step.transfers) {
        sum.current += transfer.current;
        sum.total += transfer.total;
        known = known && (transfer.total > 0 || transfer.current == 0);
    }
    if (!known || sum.total < sum.current)
        sum.total = 0;
    return sum;
}

QString buildSentence(const BuildController &builds)
{
    using Phase = BuildController::Phase;
    if (builds.phase() == Phase::Asking)
        return tr("Looking for a build engine");
    if (!builds.result() && !builds.isBusy())
        return {};
    if (builds.phase() == Phase::Stopping)
        return tr("Stopping the build");
    if (builds.result() == engine::BuildResult::NotStarted)
        return tr("The build did not start");
    const BuildGraph &graph = builds.snapshot()->graph();
    const auto needed = std::ranges::count(graph.stages(), true, &Stage::reachable);
    const bool all = needed == std::ssize(graph.stages()) || graph.target() == StageId::None;
    const QString name
        = graph.target() == StageId::None ? QString() : QString::fromStdString(graph.stage(graph.target()).displayName);
    if (builds.isBusy())
        return all ? tr("Building all stages") : tr("Building %1").arg(name);
    switch (*builds.result()) {
    case engine::BuildResult::Built: return all ? tr("Built all stages") : tr("Built %1").arg(name);
    case engine::BuildResult::Failed: return tr("The build failed");
    case engine::BuildResult::Cancelled: return tr("The build was stopped");
    case engine::BuildResult::NotStarted: break;
    }
    return {};
}

} // namespace stagewright
