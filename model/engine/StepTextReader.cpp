// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/StepTextReader.h"

#include "syntax/SyntaxTree.h"

#include <algorithm>
#include <cctype>
#include <utility>

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

/// What a step does, of "[2/3 1/4] RUN npm ci".
std::string_view textOf(std::string_view name)
{
    const std::size_t close = name.find("] ");
    return close == std::string_view::npos ? name : name.substr(close + 2);
}

} // namespace

StepTextReader::StepTextReader(BuildProgress &progress, Clock now)
    : ProgressReader(progress)
    , m_now(std::move(now))
{
}

StepTextReader::Running *StepTextReader::current()
{
    const auto working = std::ranges::find_last_if(m_running, [](const Running &one) { return !one.isFrom; });
    if (!working.empty())
        return &working.front();
    return m_running.empty() ? nullptr : &m_running.back();
}

BuildStep *StepTextReader::currentStep()
{
    const Running *running = current();
    return running ? &progress().touch(running->id) : nullptr;
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
    if (BuildStep *step = currentStep())
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
    if (!succeeded)
        fail();
    for (const Running &running : std::exchange(m_running, {}))
        end(running, succeeded ? (running.cached ? StepState::Cached : StepState::Done) : StepState::Cancelled);
}

/// The step that failed: the one that the engine's error names, or the one that was running when it stopped.
void StepTextReader::fail()
{
    const std::string words = progress().messages().tail(2000);
    constexpr std::string_view mark = "building at STEP \"";
    const std::size_t at = words.rfind(mark);
    std::string_view named;
    if (at != std::string::npos)
        named = std::string_view(words).substr(at + mark.size());
    const auto isNamed = [&](const Running &running) {
        const std::string_view text = textOf(progress().touch(running.id).name);
        return named.starts_with(text) && named.substr(text.size()).starts_with('"');
    };
    auto failed = std::ranges::find_if(m_running, isNamed);
    if (failed == m_running.end())
        failed = std::ranges::find(m_running, current(), [](Running &running) { return &running; });
    if (failed == m_running.end())
        return;
    progress().touch(failed->id).error = words;
    end(*failed, StepState::Failed);
    m_running.erase(failed);
}

void StepTextReader::end(const Running &running, StepState state)
{
    BuildStep &step = progress().touch(running.id);
    step.state = state;
    step.completed = m_now();
}

std::size_t StepTextReader::endStage(std::string_view stage)
{
    std::size_t worked = 0;
    std::erase_if(m_running, [&](const Running &running) {
        if (running.stage != stage)
            return false;
        end(running, running.cached ? StepState::Cached : StepState::Done);
        worked += running.isFrom ? 0 : 1;
        return true;
    });
    return worked;
}

void StepTextReader::endOne()
{
    const auto isWorking = [](const Running &running) { return !running.isFrom; };
    const auto working = std::size_t(std::ranges::count_if(m_running, isWorking));
    // With --jobs several work at once: which one it was, the next step of its stage tells.
    if (working > ++m_ended)
        return;
    m_ended = 0;
    if (working == 0)
        endStage(m_running.empty() ? std::string() : m_running.back().stage);
    std::erase_if(m_running, [&](const Running &running) {
        if (isWorking(running))
            end(running, running.cached ? StepState::Cached : StepState::Done);
        return isWorking(running);
    });
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
    m_ended -= std::min(m_ended, endStage(stage));
    // A stage that is nothing but a FROM has no other end.
    std::erase_if(m_running, [&](const Running &running) {
        if (!running.id.ends_with(":1/1"))
            return false;
        end(running, StepState::Done);
        return true;
    });
    std::string_view text = trimmed(rest.substr(colon + 1));
    while (text.starts_with(' '))
        text.remove_prefix(1);
    const bool isFrom = instructionKindOf(text.substr(0, text.find(' '))) == InstructionKind::From;
    m_running.push_back({.id = stage + ":" + std::string(count), .stage = stage, .isFrom = isFrom});
    BuildStep &step = progress().touch(m_running.back().id);
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
            if (Running *running = current())
                running->cached = true; // the image follows on a line of its own
        } else if (isImageId(rest)) {
            m_image = rest;
            endOne();
        }
        return;
    }
    if (text.starts_with("COMMIT")) {
        endStage({});
        return;
    }
    if (const std::size_t close = text.find("] COMMIT");
        text.starts_with('[') && close != std::string_view::npos && isCount(text.substr(1, close - 1))) {
        endStage(text.substr(1, close - 1));
        return;
    }
    if (isImageId(text) && text.size() == 64) {
        m_image = text;
        return;
    }
    if (text.starts_with("Successfully built ")) {
        m_image = text.substr(19);
        endOne();
        return;
    }
    readText(line);
}

void StepTextReader::readText(std::string_view text)
{
    if (BuildStep *step = currentStep())
        step->log.append(text);
    else
        progress().messages().append(text);
}

} // namespace stagewright::engine
