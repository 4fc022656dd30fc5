// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stagewright::engine {

/// Since the epoch, UTC.
using Time = std::chrono::sys_time<std::chrono::nanoseconds>;

enum class StepState : std::uint8_t {
    Waiting, ///< Announced, not started.
    Running,
    Cached,
    Done,
    Failed,
    Cancelled, ///< Stopped because another step failed, or by the person.
};

/// The output of one step with an upper bound: its beginning and its end are kept, the middle of a long one goes.
class StepLog
{
public:
    static constexpr std::size_t HeadLimit = 64 * 1024;  ///< Bytes.
    static constexpr std::size_t TailLimit = 192 * 1024; ///< Bytes.

    void append(std::string_view text);
    /// Everything that is kept, with a line that tells how much is missing where something is.
    [[nodiscard]] std::string text() const;
    [[nodiscard]] std::uint64_t dropped() const { return m_dropped; } ///< Bytes.
    [[nodiscard]] bool isEmpty() const { return m_head.empty(); }
    [[nodiscard]] std::size_t kept() const { return m_head.size() + m_tail.size(); } ///< Bytes.
    /// Bytes that were ever appended.
    [[nodiscard]] std::uint64_t total() const { return m_head.size() + m_dropped + m_tail.size(); }
    /// The end of the text, at most @p bytes.
    [[nodiscard]] std::string tail(std::size_t bytes) const;

private:
    std::string m_head;
    std::string m_tail;
    std::uint64_t m_dropped = 0;
};

/// What moves while a step runs: a context on its way to the engine, a layer on its way from a registry.
struct Transfer
{
    std::string id;
    std::string name;
    std::uint64_t current = 0; ///< Bytes.
    std::uint64_t total = 0;   ///< Bytes; 0: not known.
};

/// One thing that an engine does for a build. What it has to do with the document is told by StepMap.
struct BuildStep
{
    std::string id;   ///< The engine's: BuildKit's digest, or "2/3:1/4" of podman.
    std::string name; ///< "[build 2/4] RUN npm ci"
    StepState state = StepState::Waiting;
    std::optional<Time> started;   ///< The first time.
    std::optional<Time> completed; ///< The last time; nullopt while it runs.
    /// BuildKit runs some steps more than once: an image is looked up first and fetched when another step needs it.
    /// When the last run began, if it is not the only one; and what those before took.
    std::optional<Time> resumed;
    std::chrono::nanoseconds before{};
    std::string error;
    std::vector<std::string> inputs; ///< Ids of the steps that it needs.
    std::vector<Transfer> transfers;
    StepLog log;

    static constexpr std::size_t MaximumTransfers = 2000; ///< More are not listed.

    [[nodiscard]] bool isOver() const { return state != StepState::Waiting && state != StepState::Running; }
    /// What it took, without pauses; nullopt before it has ended.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> duration() const;
    /// The same; of a step that still runs, until @p now. 0 when it neither runs nor ran.
    [[nodiscard]] std::chrono::nanoseconds worked(Time now) const;
    /// A run from @p start to @p end (nullopt: it goes on) is told; telling one again changes nothing.
    void addRun(Time start, std::optional<Time> end);
};

/// A warning of BuildKit's own, with its place.
struct BuildWarning
{
    std::string text;
    std::string detail;
    std::string url;
    std::uint32_t line = 0; ///< 1-based; 0: none.
};

/// Everything that is known about a build that runs or ran. Steps keep their index.
class BuildProgress
{
public:
    [[nodiscard]] std::span<const BuildStep> steps() const { return m_steps; }
    [[nodiscard]] std::size_t size() const { return m_steps.size(); }
    [[nodiscard]] const BuildStep &step(std::size_t index) const { return m_steps[index]; }
    [[nodiscard]] std::optional<std::size_t> find(std::string_view id) const;
    /// The step of this id; a new one, waiting, when there is none yet. Grows when that happens.
    BuildStep &touch(std::string_view id);
    [[nodiscard]] std::span<const BuildWarning> warnings() const { return m_warnings; }
    /// Up to MaximumWarnings; what comes then is dropped.
    void addWarning(BuildWarning warning);
    static constexpr std::size_t MaximumWarnings = 1000;
    /// Text that belongs to no step: the engine's last words.
    [[nodiscard]] const StepLog &messages() const { return m_messages; }
    StepLog &messages() { return m_messages; }
    /// Gives a step its name. Engines may tell what it does before they tell what it is called.
    void rename(BuildStep &step, std::string name);
    /// Changes with every step that appears or gets another name; see StepMap.
    [[nodiscard]] std::size_t generation() const { return m_steps.size() + m_renamed; }
    /// The build has ended: what still runs was cancelled.
    void finish();

private:
    struct Hash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    std::vector<BuildStep> m_steps;
    std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> m_index;
    std::vector<BuildWarning> m_warnings;
    StepLog m_messages;
    std::size_t m_renamed = 0;
};

/// Reads what an engine writes while it builds; bytes may be cut anywhere.
class ProgressReader
{
public:
    explicit ProgressReader(BuildProgress &progress)
        : m_progress(progress)
    {
    }
    virtual ~ProgressReader() = default;
    ProgressReader(const ProgressReader &) = delete;
    ProgressReader &operator=(const ProgressReader &) = delete;

    virtual void readOutput(std::string_view bytes) = 0; ///< Standard output.
    virtual void readErrors(std::string_view bytes) = 0; ///< Standard error.
    /// Nothing more comes. What still runs has ended well only when the whole build @p succeeded.
    virtual void finish(bool succeeded) = 0;

protected:
    [[nodiscard]] BuildProgress &progress() { return m_progress; }

private:
    BuildProgress &m_progress;
};

} // namespace stagewright::engine
