// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/StepTextReader.h"

#include <algorithm>
#include <cctype>

namespace stagewright::engine {

namespace {

bool isCount(std::string_view text)
{
    const std::size_t slash = text.find('/');
    const auto digits = [](std::string_view part) {
        return !part.empty() && std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
    };
    return slash != std::string_view::npos && digits(text.substr(0, slash)) && digits(text.substr(slash + 1));
}

bool isImageId(std::string_view text)
{
    return text.size() >= 12
        && std::ranges::all_of(text, [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; });
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.back() == '\r' || text.back() == '\n' || text.back() == ' '))
        text.remove_suffix(1);
    return text;
}

} // namespace

StepTextReader::StepTextReader(BuildProgress &progress, Clock now)
    : ProgressReader(progress)
    , m_now(std::move(now))
{
}

BuildStep *StepTextReader::current()
{
    return m_current.empty() ? nullptr : &progress().touch(m_current);
}

void StepTextReader::readOutput(std::string_view bytes)
{
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        const bool whole = end != std::string_view::npos;
        m_output.append(bytes.substr(0, whole ? end + 1 : end));
        bytes.remove_prefix(whole ? end + 1 : bytes.size());
        if (!whole && m_output.size() <= LongestLine)
            return;
        if (m_inLine || !whole)
            readText(m_output);
        else
            readLine(m_output);
        m_inLine = !whole;
        m_output.clear();
    }
}

/// The errors of a RUN and of the engine itself come here, in the middle of a step.
void StepTextReader::readErrors(std::string_view bytes)
{
    if (BuildStep *step = current())
        step->log.append(bytes);
    progress().messages().append(bytes);
}

void StepTextReader::finish(bool succeeded)
{
    if (!m_output.empty() && m_inLine)
        readText(m_output);
    else if (!m_output.empty())
        readLine(m_output);
    m_output.clear();
    m_inLine = false;
    if (succeeded) {
        endStep(m_cached ? StepState::Cached : StepState::Done);
    } else if (BuildStep *step = current()) {
        // The step that was running when the engine stopped is the one that failed.
        step->error = progress().messages().tail(2000);
        endStep(StepState::Failed);
    }
}

void StepTextReader::endStep(StepState state)
{
    if (BuildStep *step = current()) {
        step->state = state;
        step->completed = m_now();
    }
    m_current.clear();
    m_cached = false;
}

bool StepTextReader::startStep(std::string_view line)
{
    std::string stage;
    std::string_view rest = line;
    if (rest.starts_with('[')) {
        const std::size_t close = rest.find("] ");
        if (close == std::string_view::npos || !isCount(rest.substr(1, close - 1)))
            return false;
        stage = rest.substr(1, close - 1);
        rest.remove_prefix(close + 2);
    }
    if (!rest.starts_with("STEP ") && !rest.starts_with("Step "))
        return false;
    rest.remove_prefix(5);
    const std::size_t colon = rest.find(':');
    const std::string_view count = trimmed(rest.substr(0, colon));
    if (colon == std::string_view::npos || !isCount(count))
        return false;
    endStep(StepState::Done);
    m_current = stage + ":" + std::string(count);
    std::string_view text = trimmed(rest.substr(colon + 1));
    while (text.starts_with(' '))
        text.remove_prefix(1);
    BuildStep &step = progress().touch(m_current);
    progress().rename(step, "[" + (stage.empty() ? "" : stage + " ") + std::string(count) + "] " + std::string(text));
    step.state = StepState::Running;
    step.started = m_now();
    return true;
}

void StepTextReader::readLine(std::string_view line)
{
    if (startStep(line))
        return;
    std::string_view text = trimmed(line);
    while (text.starts_with(' '))
        text.remove_prefix(1);
    const bool classic = text.starts_with("---> ");
    if (classic || text.starts_with("--> ")) {
        const std::string_view rest = text.substr(classic ? 5 : 4);
        if (rest.starts_with("Using cache")) {
            m_cached = true; // the image follows on a line of its own
        } else if (isImageId(rest)) {
            m_image = rest;
            endStep(m_cached ? StepState::Cached : StepState::Done);
        }
        return;
    }
    if (text.starts_with("COMMIT") || (text.starts_with('[') && text.find("] COMMIT") != std::string_view::npos)) {
        endStep(StepState::Done);
        return;
    }
    if (isImageId(text) && text.size() == 64) {
        m_image = text;
        return;
    }
    if (text.starts_with("Successfully built ")) {
        m_image = text.substr(19);
        endStep(StepState::Done);
        return;
    }
    readText(line);
}

void StepTextReader::readText(std::string_view text)
{
    if (BuildStep *step = current())
        step->log.append(text);
    else
        progress().messages().append(text);
}

} // namespace stagewright::engine
