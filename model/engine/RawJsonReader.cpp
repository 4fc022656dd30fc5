// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/RawJsonReader.h"

#include <nlohmann/json.hpp>

#include <QByteArray>
#include <QDateTime>

#include <algorithm>
#include <charconv>

namespace stagewright::engine {

namespace {

using Json = nlohmann::json;

std::string textOf(const Json &object, const char *key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::uint64_t numberOf(const Json &object, const char *key)
{
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number())
        return 0;
    const auto value = found->get<double>();
    return value > 0 ? static_cast<std::uint64_t>(value) : 0;
}

/// RFC 3339 with up to nine digits behind the second.
std::optional<Time> timeOf(const Json &object, const char *key)
{
    const std::string text = textOf(object, key);
    if (text.size() < 20)
        return std::nullopt;
    const std::size_t zone = text.find_first_of("Z+-", 19);
    if (zone == std::string::npos)
        return std::nullopt;
    const QDateTime seconds
        = QDateTime::fromString(QString::fromLatin1(text.substr(0, 19) + text.substr(zone)), Qt::ISODate);
    // Nanoseconds reach from 1678 to 2261.
    if (!seconds.isValid() || seconds.date().year() < 1700 || seconds.date().year() > 2200)
        return std::nullopt;
    std::int64_t nanoseconds = 0;
    if (text[19] == '.') {
        std::string digits = text.substr(20, zone - 20);
        digits.resize(9, '0');
        std::from_chars(digits.data(), digits.data() + digits.size(), nanoseconds);
    }
    return Time(std::chrono::seconds(seconds.toSecsSinceEpoch()) + std::chrono::nanoseconds(nanoseconds));
}

std::string decoded(const std::string &base64)
{
    return QByteArray::fromBase64(QByteArray::fromRawData(base64.data(), qsizetype(base64.size()))).toStdString();
}

const Json &listOf(const Json &object, const char *key)
{
    static const Json none = Json::array();
    const auto found = object.find(key);
    return found != object.end() && found->is_array() ? *found : none;
}

void readVertex(const Json &vertex, BuildProgress &progress)
{
    const std::string digest = textOf(vertex, "digest");
    if (digest.empty())
        return;
    BuildStep &step = progress.touch(digest);
    if (std::string name = textOf(vertex, "name"); !name.empty())
        progress.rename(step, std::move(name));
    for (const Json &input : listOf(vertex, "inputs")) {
        if (input.is_string() && std::ranges::find(step.inputs, input.get<std::string>()) == step.inputs.end())
            step.inputs.push_back(input.get<std::string>());
    }
    const auto started = timeOf(vertex, "started");
    const auto completed = timeOf(vertex, "completed");
    if (started)
        step.addRun(*started, completed);
    else if (completed)
        step.completed = completed;
    const auto cached = vertex.find("cached");
    const bool isCached = cached != vertex.end() && cached->is_boolean() && cached->get<bool>();
    if (std::string error = textOf(vertex, "error"); !error.empty()) {
        step.state = error.ends_with("context canceled") ? StepState::Cancelled : StepState::Failed;
        step.error = std::move(error);
    } else if (isCached) {
        step.state = StepState::Cached;
    } else if (completed) {
        if (step.state != StepState::Cached)
            step.state = StepState::Done;
    } else if (started && step.state != StepState::Cached) {
        step.state = StepState::Running;
    }
}

void readStatus(const Json &status, BuildProgress &progress)
{
    const std::string vertex = textOf(status, "vertex");
    if (vertex.empty())
        return;
    BuildStep &step = progress.touch(vertex);
    const std::string id = textOf(status, "id");
    // The newest ones move.
    auto found = std::ranges::find(step.transfers.rbegin(), step.transfers.rend(), id, &Transfer::id);
    if (found == step.transfers.rend()) {
        if (step.transfers.size() >= BuildStep::MaximumTransfers)
            return;
        step.transfers.push_back(Transfer{.id = id, .name = {}, .current = 0, .total = 0});
        found = step.transfers.rbegin();
    }
    if (std::string name = textOf(status, "name"); !name.empty())
        found->name = std::move(name);
    found->current = std::max(found->current, numberOf(status, "current"));
    found->total = std::max(found->total, numberOf(status, "total"));
}

void readWarning(const Json &warning, BuildProgress &progress)
{
    BuildWarning result;
    result.text = decoded(textOf(warning, "short"));
    for (const Json &detail : listOf(warning, "detail")) {
        if (detail.is_string())
            result.detail += (result.detail.empty() ? "" : "\n") + decoded(detail.get<std::string>());
    }
    result.url = textOf(warning, "url");
    for (const Json &range : listOf(warning, "range")) {
        if (const auto start = range.find("start"); result.line == 0 && start != range.end())
            result.line = static_cast<std::uint32_t>(numberOf(*start, "line"));
    }
    progress.addWarning(std::move(result));
}

} // namespace

void RawJsonReader::readErrors(std::string_view bytes)
{
    m_pending.append(bytes);
    std::size_t begin = 0; // of what has not ended yet
    while (m_read < m_pending.size()) {
        const char c = m_pending[m_read++];
        if (m_depth == 0) {
            if (c == '{' && m_read - 1 == begin) {
                m_depth = 1;
            } else if (c == '\n') {
                const std::string_view line = std::string_view(m_pending).substr(begin, m_read - begin);
                if (line != "\n")
                    progress().messages().append(line);
                begin = m_read;
            }
            continue;
        }
        if (m_inString) {
            if (m_escaped)
                m_escaped = false;
            else if (c == '\\')
                m_escaped = true;
            else if (c == '"')
                m_inString = false;
            continue;
        }
        if (c == '"')
            m_inString = true;
        else if (c == '{')
            ++m_depth;
        else if (c == '}' && --m_depth == 0) {
            readObject(std::string_view(m_pending).substr(begin, m_read - begin));
            begin = m_read;
        }
    }
    m_pending.erase(0, begin);
    m_read -= begin;
    if (m_pending.size() > MaximumObject)
        finish(false);
}

void RawJsonReader::finish(bool)
{
    if (!m_pending.empty())
        progress().messages().append(m_pending);
    m_pending.clear();
    m_read = 0;
    m_depth = 0;
    m_inString = m_escaped = false;
}

void RawJsonReader::readObject(std::string_view json)
{
    const Json object = Json::parse(json.begin(), json.end(), nullptr, false);
    if (!object.is_object()) {
        progress().messages().append(json);
        return;
    }
    for (const Json &vertex : listOf(object, "vertexes"))
        if (vertex.is_object())
            readVertex(vertex, progress());
    for (const Json &status : listOf(object, "statuses"))
        if (status.is_object())
            readStatus(status, progress());
    for (const Json &log : listOf(object, "logs")) {
        if (log.is_object() && !textOf(log, "vertex").empty())
            progress().touch(textOf(log, "vertex")).log.append(decoded(textOf(log, "data")));
    }
    for (const Json &warning : listOf(object, "warnings"))
        if (warning.is_object())
            readWarning(warning, progress());
}

} // namespace stagewright::engine
