// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "building/ConsoleLog.h"

#include <algorithm>

namespace stagewright {

using engine::StepLog;
using engine::TerminalColour;
using engine::TerminalStyle;

namespace {

TerminalStyle styleOf(unsigned colour, bool bold = false)
{
    TerminalStyle style;
    style.text = {TerminalColour::Kind::Palette, colour};
    style.bold = bold;
    return style;
}

constexpr unsigned red = 1;
constexpr unsigned green = 2;
constexpr unsigned grey = 8;

} // namespace

ConsoleLog::ConsoleLog(QObject *parent)
    : QObject(parent)
{
}

void ConsoleLog::begin(const QString &command)
{
    m_text.clear();
    m_seen.clear();
    m_failureTold.clear();
    m_messagesSeen = 0;
    m_speaker = ownSource;
    if (!command.isEmpty())
        m_text.addLine(ownSource, "$ " + command.toStdString(), styleOf(grey));
    announce();
}

void ConsoleLog::take(int source, const std::string &heading, const StepLog &log, std::uint64_t &seen)
{
    const std::uint64_t total = log.total();
    if (total == seen)
        return;
    if (m_speaker != source) {
        m_text.addLine(source, heading, {}, true);
        m_speaker = source;
    }
    const std::uint64_t kept = log.dropped() == 0 ? total : total - log.dropped() - StepLog::HeadLimit;
    if (total - seen <= kept) {
        m_text.write(source, log.tail(total - seen));
    } else {
        // It was faster than we looked: what is gone is gone, and it is said.
        if (seen < StepLog::HeadLimit)
            m_text.write(source, std::string_view(log.text()).substr(seen, StepLog::HeadLimit - seen));
        const std::uint64_t lost = total - kept - std::max<std::uint64_t>(seen, StepLog::HeadLimit);
        m_text.addLine(source, "… " + tr("%1 bytes are left out here").arg(lost).toStdString() + " …", styleOf(grey));
        m_text.write(source, log.tail(kept));
    }
    seen = total;
}

void ConsoleLog::read(const engine::BuildProgress &progress)
{
    m_seen.resize(progress.size(), 0);
    m_failureTold.resize(progress.size(), false);
    for (std::size_t i = 0; i < progress.size(); ++i) {
        const engine::BuildStep &step = progress.step(i);
        take(int(i), step.name, step.log, m_seen[i]);
        if (step.state != engine::StepState::Failed || m_failureTold[i])
            continue;
        m_failureTold[i] = true;
        if (m_speaker != int(i))
            m_text.addLine(int(i), step.name, {}, true);
        m_speaker = int(i);
        m_text.addLine(int(i), step.error, styleOf(red));
    }
    take(engineSource, tr("The engine").toStdString(), progress.messages(), m_messagesSeen);
    announce();
}

void ConsoleLog::end(const QString &sentence, bool good)
{
    m_text.addLine(ownSource, sentence.toStdString(), styleOf(good ? green : red, true));
    m_speaker = ownSource;
    announce();
}

void ConsoleLog::announce()
{
    if (const std::uint64_t lowest = m_text.takeChanged(); lowest < m_text.end() || m_text.end() == m_text.first())
        Q_EMIT changed(lowest);
}

} // namespace stagewright
