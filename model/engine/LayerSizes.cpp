// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/LayerSizes.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace stagewright::engine {

namespace {

using Json = nlohmann::json;

HistoryRow rowOf(const Json &object)
{
    HistoryRow row;
    for (const char *key : {"CreatedBy", "createdBy"}) {
        if (const auto found = object.find(key); found != object.end() && found->is_string())
            row.createdBy = found->get<std::string>();
    }
    for (const char *key : {"Size", "size"}) {
        const auto found = object.find(key);
        if (found == object.end())
            continue;
        if (found->is_number())
            row.bytes = static_cast<std::uint64_t>(std::max(0.0, found->get<double>()));
        else if (found->is_string()) {
            const std::string text = found->get<std::string>();
            std::from_chars(text.data(), text.data() + text.size(), row.bytes);
        }
    }
    return row;
}

} // namespace

std::expected<std::vector<HistoryRow>, std::string> readHistory(std::string_view json)
{
    std::vector<HistoryRow> rows;
    const std::size_t first = json.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos && json[first] == '[') {
        const Json list = Json::parse(json.begin(), json.end(), nullptr, false);
        if (!list.is_array())
            return std::unexpected("the history is no list");
        for (const Json &object : list)
            rows.push_back(rowOf(object));
    } else {
        while (!json.empty()) {
            const std::size_t end = json.find('\n');
            const std::string_view line = json.substr(0, end);
            json.remove_prefix(end == std::string_view::npos ? json.size() : end + 1);
            if (line.find_first_not_of(" \t\r") == std::string_view::npos)
                continue;
            const Json object = Json::parse(line.begin(), line.end(), nullptr, false);
            if (!object.is_object())
                return std::unexpected("a line of the history is no JSON object: " + std::string(line.substr(0, 80)));
            rows.push_back(rowOf(object));
        }
    }
    std::ranges::reverse(rows); // engines tell the newest first
    return rows;
}

std::expected<std::vector<HistoryRow>, std::string> historyOf(const ImageContents &contents)
{
    std::vector<HistoryRow> rows;
    std::size_t layer = 0;
    for (const ImageHistoryRow &row : contents.history) {
        rows.push_back({row.createdBy, 0});
        if (row.empty)
            continue;
        if (layer == contents.layers.size())
            return std::unexpected("the image has fewer layers than its history tells");
        rows.back().bytes = contents.layers[layer++].bytes();
    }
    if (layer != contents.layers.size())
        return std::unexpected("the image has more layers than its history tells");
    return rows;
}

std::vector<InstructionBytes> historyOf(const Snapshot &snapshot, StageId stageId, bool onbuildRows)
{
    std::vector<const Stage *> chain;
    for (StageId id = stageId; id != StageId::None;) {
        const Stage &stage = snapshot.graph().stage(id);
        chain.push_back(&stage);
        id = stage.base.kind == BaseKind::Stage && stage.base.stage < id ? stage.base.stage : StageId::None;
    }
    std::vector<InstructionBytes> result;
    for (auto it = chain.rbegin(); it != chain.rend(); ++it) {
        const Stage &stage = **it;
        if (it != chain.rbegin()) {
            for (const Instruction &instruction : snapshot.instructionsOf(stage.base.stage)) {
                if (instruction.kind == InstructionKind::Onbuild)
                    result.push_back({stage.from, stage.id, 0, {}});
            }
        }
        for (const Instruction &instruction : snapshot.instructionsOf(stage.id)) {
            if ((instruction.kind != InstructionKind::Onbuild || onbuildRows)
                && instruction.kind != InstructionKind::Unknown)
                result.push_back({instruction.id, stage.id, 0, {}});
        }
    }
    return result;
}

std::expected<StageBytes, std::string> attribute(const Snapshot &snapshot, StageId stage,
                                                 const std::vector<HistoryRow> &rows, std::size_t baseRows,
                                                 bool onbuildRows)
{
    StageBytes result;
    result.stage = stage;
    result.instructions = historyOf(snapshot, stage, onbuildRows);
    if (rows.size() != baseRows + result.instructions.size())
        return std::unexpected("the image's history has " + std::to_string(rows.size()) + " rows, "
                               + std::to_string(baseRows) + " of them of the base image, but the file has "
                               + std::to_string(result.instructions.size()) + " instructions");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        result.total += rows[i].bytes;
        if (i < baseRows) {
            result.base += rows[i].bytes;
            continue;
        }
        result.instructions[i - baseRows].bytes = rows[i].bytes;
        result.instructions[i - baseRows].createdBy = rows[i].createdBy;
    }
    return result;
}

std::string bytesText(std::uint64_t bytes)
{
    static constexpr std::array<const char *, 5> units{"B", "kB", "MB", "GB", "TB"};
    if (bytes < 1000)
        return std::to_string(bytes) + " B";
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    // 999.96 kB would be written as 1000 kB.
    while (value >= 999.5 && unit + 1 < units.size()) {
        value /= 1000;
        ++unit;
    }
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), value < 9.95 ? "%.1f %s" : "%.0f %s", value, units[unit]);
    return text.data();
}

} // namespace stagewright::engine
