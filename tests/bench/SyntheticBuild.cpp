// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "SyntheticBuild.h"

#include <nlohmann/json.hpp>

#include <QByteArray>

#include <cstdio>
#include <vector>

namespace stagewright::bench {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t stages = 40;
constexpr std::size_t rows = 12; // with the FROM

std::string digestOf(std::size_t number)
{
    char text[72];
    std::snprintf(text, sizeof text, "sha256:%016zx%016zx%016zx%016zx", number * 0x9E3779B97F4A7C15U, number,
                  number * 0xC2B2AE3D27D4EB4FU, number * 0x165667B19E3779F9U);
    return text;
}

std::string timeOf(std::size_t tick)
{
    char text[40];
    std::snprintf(text, sizeof text, "2026-01-15T10:%02zu:%02zu.%09zuZ", tick / 60'000 % 60, tick / 1000 % 60,
                  tick % 1000 * 1'000'123 % 1'000'000'000);
    return text;
}

std::string textOf(std::size_t row)
{
    return row % 3 == 0 ? "COPY src/" + std::to_string(row) + " /src/"
                        : "RUN make -j4 part-" + std::to_string(row) + " && install -m 755 out /usr/local/bin/";
}

std::string dockerfileText()
{
    std::string text;
    for (std::size_t stage = 0; stage < stages; ++stage) {
        text += "FROM alpine:3." + std::to_string(stage) + " AS part-" + std::to_string(stage) + "\n";
        for (std::size_t row = 1; row < rows; ++row)
            text += textOf(row) + "\n";
    }
    text += "FROM scratch\n";
    for (std::size_t stage = 0; stage < stages; ++stage)
        text += "COPY --from=part-" + std::to_string(stage) + " /out /out\n";
    return text;
}

/// Writes the events of a build of BuildKit's.
class JsonWriter
{
public:
    JsonWriter(bool pretty, std::size_t events)
        : m_pretty(pretty)
        , m_events(events)
    {
    }
    std::string write()
    {
        // What every step takes: announced, started, ended; the rest of the events is output and bytes.
        const std::size_t steps = stages * rows;
        const std::size_t between = (m_events - 3 * steps) / steps;
        for (std::size_t step = 0; step < steps; ++step)
            vertex(step, false, false);
        for (std::size_t step = 0; step < steps; ++step) {
            vertex(step, true, false);
            for (std::size_t i = 0; i < between; ++i) {
                if (step % rows == 0)
                    status(step, i, between);
                else
                    log(step, i);
            }
            vertex(step, true, true);
        }
        for (std::size_t i = 0; m_written < m_events; ++i)
            log(steps - 1, i);
        return std::move(m_text);
    }

private:
    void add(const char *kind, Json entry)
    {
        const Json object{{kind, Json::array({std::move(entry)})}};
        m_text += object.dump(m_pretty ? 2 : -1) + '\n';
        ++m_written;
    }
    void vertex(std::size_t step, bool started, bool completed)
    {
        const std::size_t stage = step / rows;
        const std::size_t row = step % rows;
        Json entry{{"digest", digestOf(step)}};
        if (row > 0)
            entry["inputs"] = {digestOf(step - 1)};
        entry["name"] = "[part-" + std::to_string(stage) + (row < 9 ? "  " : " ") + std::to_string(row + 1) + "/"
            + std::to_string(rows) + "] "
            + (row == 0 ? "FROM docker.io/library/alpine:3." + std::to_string(stage) : textOf(row));
        if (started)
            entry["started"] = timeOf(m_written);
        if (completed)
            entry["completed"] = timeOf(m_written + 5);
        add("vertexes", std::move(entry));
    }
    void status(std::size_t step, std::size_t i, std::size_t of)
    {
        add("statuses",
            Json{{"id", "extracting " + digestOf(step + 7777)},
                 {"vertex", digestOf(step)},
                 {"name", "extracting"},
                 {"total", 30'000'000},
                 {"current", 30'000'000 * i / of},
                 {"timestamp", timeOf(m_written)},
                 {"started", timeOf(m_written - i)}});
    }
    void log(std::size_t step, std::size_t i)
    {
        const std::string line = "\x1b[32mCC\x1b[0m  part/module-" + std::to_string(i) + ".c -> module.o   [ok]\n";
        add("logs",
            Json{{"vertex", digestOf(step)},
                 {"stream", 1},
                 {"data", QByteArray::fromStdString(line).toBase64().toStdString()},
                 {"timestamp", timeOf(m_written)}});
    }

    std::string m_text;
    std::size_t m_written = 0;
    bool m_pretty;
    std::size_t m_events;
};

std::string lines(bool podman, std::size_t events)
{
    std::string text;
    std::size_t written = 0;
    const std::size_t steps = stages * rows;
    const std::size_t between = events / steps - 2;
    for (std::size_t step = 0; step < steps; ++step) {
        const std::size_t row = step % rows;
        const std::string words = row == 0 ? "FROM alpine:3." + std::to_string(step / rows) + " AS part" : textOf(row);
        if (podman)
            text += "[" + std::to_string(step / rows + 1) + "/" + std::to_string(stages + 1) + "] STEP "
                + std::to_string(row + 1) + "/" + std::to_string(rows) + ": " + words + "\n";
        else
            text
                += "Step " + std::to_string(step + 1) + "/" + std::to_string(steps + stages + 1) + " : " + words + "\n";
        const std::size_t output = step + 1 == steps ? events - written - 2 : between;
        for (std::size_t i = 0; i < output; ++i)
            text += "CC  part/module-" + std::to_string(i) + ".c -> module.o   [ok]\n";
        text += (podman ? "--> " : " ---> ") + digestOf(step).substr(7, 12) + "\n";
        written += output + 2;
    }
    return text;
}

} // namespace

SyntheticBuild syntheticBuild(Recording kind, std::size_t events)
{
    SyntheticBuild build;
    build.dockerfile = dockerfileText();
    switch (kind) {
    case Recording::PrettyJson: build.recording = JsonWriter(true, events).write(); break;
    case Recording::Json: build.recording = JsonWriter(false, events).write(); break;
    case Recording::Podman: build.recording = lines(true, events); break;
    case Recording::Classic: build.recording = lines(false, events); break;
    }
    return build;
}

} // namespace stagewright::bench
