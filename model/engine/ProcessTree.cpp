// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/ProcessTree.h"

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QList>

#include <algorithm>
#include <csignal>
#include <map>
#include <optional>

#if __has_include(<unistd.h>)
#include <sys/types.h>
#include <unistd.h>
#endif

namespace stagewright::engine {

using namespace Qt::StringLiterals;

namespace {

struct Entry
{
    ProcessId id;
    std::int64_t parent = 0;
};

/// /proc/PID/stat: "PID (name) state parent …"; the name may hold anything, so the last bracket counts.
std::optional<Entry> entryOf(const QString &pid)
{
    QFile file(u"/proc/"_s + pid + u"/stat"_s);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QByteArray line = file.readAll();
    const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    constexpr qsizetype parentField = 1;
    constexpr qsizetype startField = 19;
    if (fields.size() <= startField || fields[0] == "Z")
        return std::nullopt;
    return Entry{{pid.toLongLong(), fields[startField].toULongLong()}, fields[parentField].toLongLong()};
}

} // namespace

std::vector<ProcessId> descendantsOf(std::int64_t pid)
{
    std::multimap<std::int64_t, ProcessId> children;
    const QStringList names = QDir(u"/proc"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Unsorted);
    for (const QString &name : names) {
        if (!name.isEmpty() && name[0].isDigit()) {
            if (const auto entry = entryOf(name))
                children.emplace(entry->parent, entry->id);
        }
    }
    std::vector<ProcessId> result;
    for (std::size_t next = 0;; pid = result[next++].pid) {
        const auto [first, last] = children.equal_range(pid);
        for (auto it = first; it != last; ++it) {
            if (std::ranges::find(result, it->second) == result.end())
                result.push_back(it->second);
        }
        if (next == result.size())
            return result;
    }
}

std::size_t endProcesses(const std::vector<ProcessId> &processes)
{
    std::size_t ended = 0;
#if __has_include(<unistd.h>)
    for (const ProcessId &process : processes) {
        const auto entry = entryOf(QString::number(process.pid));
        if (!entry || entry->id != process)
            continue;
        const std::vector<ProcessId> below = descendantsOf(process.pid);
        ended += ::kill(pid_t(process.pid), SIGKILL) == 0 ? 1U : 0U;
        for (const ProcessId &child : below) {
            const auto still = entryOf(QString::number(child.pid));
            if (still && still->id == child)
                ended += ::kill(pid_t(child.pid), SIGKILL) == 0 ? 1U : 0U;
        }
    }
#endif
    return ended;
}

} // namespace stagewright::engine
