// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "session/DocumentSizes.h"

#include <string>
#include <vector>

namespace stagewright {

/// A builder, a test stage that the target does not need, and a final stage on an image without a shell.
inline const std::string sizesSample = "# Stage 1: Build the app\n"               // 1
                                       "FROM node:22-alpine AS build\n"           // 2
                                       "WORKDIR /app\n"                           // 3
                                       "COPY package.json package-lock.json ./\n" // 4
                                       "RUN npm ci\n"                             // 5
                                       "COPY . .\n"                               // 6
                                       "RUN npm run build\n"                      // 7
                                       "\n"
                                       "FROM build AS test\n" // 9
                                       "RUN npm test\n"       // 10
                                       "\n"
                                       "FROM gcr.io/distroless/nodejs22-debian13\n" // 12
                                       "COPY --from=build /app /app\n"              // 13
                                       "WORKDIR /app\n"                             // 14
                                       "USER nonroot\n"                             // 15
                                       "CMD [\"app.js\"]\n";                        // 16

inline SnapshotPtr snapshotOf(const std::string &text)
{
    return Snapshot::make(*SourceText::fromBytes(text), {}, 1);
}

/// The instruction on a line, 1-based.
inline InstructionId onLine(const Snapshot &snapshot, std::uint32_t line)
{
    for (const Instruction &instruction : snapshot.tree().instructions()) {
        if (instruction.firstLine == line)
            return instruction.id;
    }
    return InstructionId::None;
}

/// What a build of sizesSample could have measured: build 412 MB, final 131 MB, of which 27 MB are copied.
inline MeasuredBuild measuredSample()
{
    constexpr std::uint64_t mb = 1'000'000;
    MeasuredBuild build;
    build.snapshot = snapshotOf(sizesSample);
    const Snapshot &s = *build.snapshot;
    const auto row = [&](std::uint32_t line, std::uint64_t bytes) {
        const InstructionId id = onLine(s, line);
        return engine::InstructionBytes{id, s.graph().stageOf(id), bytes, "line " + std::to_string(line)};
    };
    const auto stage = [&](std::uint32_t from, std::uint64_t base, std::vector<engine::InstructionBytes> rows) {
        engine::StageBytes result;
        result.stage = s.graph().stageOf(onLine(s, from));
        result.base = result.total = base;
        for (const engine::InstructionBytes &one : rows)
            result.total += one.bytes;
        result.instructions = std::move(rows);
        build.stages.push_back(std::move(result));
    };
    stage(2, 161 * mb, {row(3, 0), row(4, 300'000), row(5, 206 * mb), row(6, 1'200'000), row(7, 43'500'000)});
    stage(12, 104 * mb, {row(13, 27 * mb), row(14, 0), row(15, 0), row(16, 0)});
    build.times[onLine(s, 3)] = {0, true};
    build.times[onLine(s, 5)] = {6.2, true};
    build.times[onLine(s, 6)] = {0.3, false};
    build.times[onLine(s, 7)] = {11.8, false};
    build.times[onLine(s, 13)] = {1.1, false};
    return build;
}

} // namespace stagewright
