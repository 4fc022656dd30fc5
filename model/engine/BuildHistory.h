// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/BuildReport.h"
#include "engine/BuildRun.h"
#include "engine/ContextListing.h"

#include <QString>

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace stagewright::engine {

/// One instruction of a recorded build.
struct InstructionRecord
{
    std::uint64_t hash = 0;    ///< textHash()
    std::uint32_t ordinal = 0; ///< In its stage; 0 is the FROM.
    std::uint32_t line = 0;    ///< 1-based, at that time.
    std::string text;          ///< Its beginning, at most 200 bytes.
    std::optional<std::uint64_t> bytes;
    std::optional<double> seconds;
    std::optional<bool> cached;
    friend bool operator==(const InstructionRecord &, const InstructionRecord &) = default;
};

struct StageRecord
{
    std::uint32_t index = 0;
    std::string name; ///< "" unnamed.
    std::optional<std::uint64_t> bytes;
    std::optional<std::uint64_t> baseBytes;
    std::string base; ///< Normalised reference of an image; "" for stages, scratch and contexts.
    std::vector<InstructionRecord> instructions;
    friend bool operator==(const StageRecord &, const StageRecord &) = default;
};

/// One build of a file. Holds no value of a build argument and nothing of a secret.
struct BuildRecord
{
    std::int64_t when = 0; ///< Milliseconds since the epoch, UTC: when it ended.
    std::string engine;
    std::string target; ///< As asked for; "" the last stage.
    BuildResult result = BuildResult::Built;
    double seconds = 0;
    std::string image;
    std::optional<std::uint64_t> bytes;
    std::optional<std::uint64_t> baseBytes;
    bool noCache = false;
    std::uint64_t arguments = 0; ///< A short digest of the build arguments' values; 0: none.
    std::vector<StageRecord> stages;
    ContextListing context; ///< Kept of the newest record only.

    [[nodiscard]] const StageRecord *stage(std::uint32_t index) const;
    friend bool operator==(const BuildRecord &, const BuildRecord &) = default;
};

/// The key of an instruction's text: its logical line with its heredocs, variables as written.
[[nodiscard]] std::uint64_t textHash(const Snapshot &snapshot, const Instruction &instruction);

/// What is to be kept of a build.
[[nodiscard]] BuildRecord makeRecord(const BuildReport &report, const Snapshot &snapshot, const BuildRequest &request,
                                     BuildResult result, ContextListing context, std::int64_t when);

/// The builds of one file, oldest first, in a file of their own in a folder (readable by the owner only). Several
/// processes may append: the file is read again under a lock, and written whole or not at all.
class BuildHistory
{
public:
    /// @p folder holds the histories of all files; see stateFolder(). @p dockerfile: its canonical path is the key.
    BuildHistory(QString folder, const QString &dockerfile);
    /// What is kept; a file that is no history counts as none. A few milliseconds.
    void load();
    /// Adds a record and writes, and tells MeasuredImages. The error is a sentence; the record is in records() all the
    /// same.
    std::expected<void, QString> append(BuildRecord record);
    [[nodiscard]] std::span<const BuildRecord> records() const { return m_records; }
    /// The newest build of that target that succeeded; nullptr when there is none.
    [[nodiscard]] const BuildRecord *lastBuilt(std::string_view target) const;
    /// What a build of that target is compared with: the newest one that built or failed, if there is one of that
    /// target; else the newest of any.
    [[nodiscard]] const BuildRecord *previous(std::string_view target) const;
    [[nodiscard]] QString path() const { return m_path; }

    static constexpr std::size_t MaximumRecords = 50;
    /// The folder for histories under the user's state folder ($XDG_STATE_HOME/stagewright/builds).
    [[nodiscard]] static QString stateFolder();

private:
    QString m_path;
    std::vector<BuildRecord> m_records;
};

[[nodiscard]] std::string recordsJson(std::span<const BuildRecord> records);
[[nodiscard]] std::expected<std::vector<BuildRecord>, std::string> readRecords(std::string_view json);

} // namespace stagewright::engine
