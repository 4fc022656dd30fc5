// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "catalog/Catalog.h"
#include "semantics/Snapshot.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright {

/// The SHELL that is in force at some place.
struct EffectiveShell
{
    std::vector<std::string> command{"/bin/sh", "-c"};
    InstructionId setBy = InstructionId::None; ///< The SHELL instruction, perhaps in an earlier stage; None: the default.

    [[nodiscard]] bool isDefault() const { return setBy == InstructionId::None; }
    /// The program; "" for `SHELL []`.
    [[nodiscard]] std::string_view program() const { return command.empty() ? std::string_view() : command.front(); }
};

/// The state in front of one instruction.
struct InstructionState
{
    const EffectiveShell *shell = nullptr; ///< Never null.
    Known shellForm = Known::Unknown;      ///< Whether that shell's program is there (this RUN's mounts count).
    Known binSh = Known::Unknown;          ///< Whether /bin/sh is there.
    const std::string *workdir = nullptr;  ///< Never null; "" when it is not known.
    InstructionId user = InstructionId::None; ///< The USER in force; None: the image's.
};

/// What is known about a stage as a whole.
struct StageState
{
    std::vector<StageId> chain;            ///< This stage, the one it is built FROM, … the one that starts from an image.
    BaseKind rootKind = BaseKind::Invalid; ///< Base of the last in the chain.
    std::string rootReference;             ///< Normalised; "scratch" for the empty base; "" when not resolved.
    std::string rootName;                  ///< As people write it ("gcr.io/distroless/static:nonroot", "scratch").
    std::optional<ImageFacts> facts;       ///< Of the root image; nullopt: not known.
    bool builtUpon = false;                ///< Another stage is built FROM this one.
    /// CMD, ENTRYPOINT and HEALTHCHECK of this stage matter: it is the target, or no stage is built FROM it.
    bool decisive = false;
    EffectiveShell shellAtEnd;
    Known binShAtEnd = Known::Unknown;
    std::string workdirAtEnd;
    InstructionId entrypoint = InstructionId::None; ///< The last ENTRYPOINT, perhaps of an earlier stage in the chain.
    InstructionId cmd = InstructionId::None;        ///< The last CMD that an ENTRYPOINT did not reset.
    InstructionId healthcheck = InstructionId::None;
    InstructionId user = InstructionId::None;       ///< The last USER.

    [[nodiscard]] bool byNameOnly() const { return facts && facts->byNameOnly; }
};

/// The effective state per stage and instruction: what an image brings and what the instructions before a place
/// made of it. Computed once per check; the one place for everything that stages inherit.
class ShellStates
{
public:
    [[nodiscard]] static ShellStates compute(const Snapshot &snapshot, const Catalog &catalog);
    ShellStates(ShellStates &&) noexcept;
    ShellStates &operator=(ShellStates &&) noexcept;
    ~ShellStates();

    [[nodiscard]] const StageState &stage(StageId id) const;
    /// The state in front of an instruction of a stage; for global ARGs one in which nothing is known.
    [[nodiscard]] const InstructionState &at(InstructionId id) const;
    /// Whether @p program (a path, or a name that PATH finds) is there in front of @p instruction.
    [[nodiscard]] Known hasProgram(InstructionId instruction, std::string_view program) const;
    /// The same at the end of a stage, as a container sees it.
    [[nodiscard]] Known hasProgramAtEnd(StageId stage, std::string_view program) const;

private:
    friend class ShellStateBuilder;
    struct Data;
    explicit ShellStates(std::unique_ptr<Data> data);
    std::unique_ptr<Data> d;
};

/// Whether a program of this name is a POSIX-style shell ("sh", "bash", "busybox" …).
[[nodiscard]] bool isShellName(std::string_view name);

} // namespace stagewright
