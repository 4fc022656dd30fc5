// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "catalog/Catalog.h"
#include "catalog/Releases.h"
#include "lint/BuildProducts.h"
#include "lint/CommandLine.h"
#include "lint/ImagePrograms.h"
#include "lint/StageChain.h"
#include "semantics/Snapshot.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright {

/// The SHELL that is in force at some place.
struct EffectiveShell
{
    std::vector<std::string> command{"/bin/sh", "-c"};
    InstructionId setBy
        = InstructionId::None; ///< The SHELL instruction, perhaps in an earlier stage; None: the default.

    [[nodiscard]] bool isDefault() const { return setBy == InstructionId::None; }
    /// The program; "" for `SHELL []`.
    [[nodiscard]] std::string_view program() const { return command.empty() ? std::string_view() : command.front(); }
};

/// The USER that is in force at some place.
struct UserState
{
    std::string user;   ///< As written, variables replaced where they are known; the image's own; "" not known.
    std::string group;  ///< Behind the colon; "" for none.
    bool known = false; ///< Neither holds a variable that is not known.
    std::optional<std::uint32_t> uid;          ///< When it is a number, or the catalogue tells the image's.
    InstructionId setBy = InstructionId::None; ///< The USER instruction; None: the image's.

    [[nodiscard]] bool isNumber() const
    {
        return !user.empty() && user.find_first_not_of("0123456789") == std::string::npos;
    }
    [[nodiscard]] bool isRoot() const { return uid == 0U || user == "root"; }
};

/// One variable of the environment, newest first. What the image itself sets is not in the list.
struct EnvValue
{
    std::string name;
    std::string value;  ///< Without quotes; variables that are not known stay as written.
    bool known = false; ///< Nothing in it is left to expand.
    InstructionId setBy = InstructionId::None;
    const EnvValue *previous = nullptr;
};

/// The state in front of one instruction.
struct InstructionState
{
    const EffectiveShell *shell = nullptr; ///< Never null.
    Known shellForm = Known::Unknown;      ///< Whether that shell's program is there (this RUN's mounts count).
    Known binSh = Known::Unknown;          ///< Whether /bin/sh is there.
    const std::string *workdir = nullptr;  ///< Never null; "" when it is not known.
    const UserState *user = nullptr;       ///< Never null.
    const EnvValue *env = nullptr;         ///< The newest; null: none set by this document.
    InstructionId entrypoint = InstructionId::None; ///< The last so far, perhaps of an earlier stage in the chain.
    InstructionId cmd = InstructionId::None;        ///< The last so far that an ENTRYPOINT did not reset.
};

/// What ENTRYPOINT or CMD comes down to at the end of a stage.
struct StartWords
{
    bool known = false;             ///< False: it comes from an image about which this is not known.
    std::vector<std::string> words; ///< Exec form; shell form as SHELL and the command; empty: nothing.
    bool shellForm = false;
    InstructionId setBy = InstructionId::None; ///< None: the image's (or reset by an ENTRYPOINT).

    [[nodiscard]] bool isNothing() const { return known && words.empty(); }
};

/// A COPY or ADD of a stage with the variables in it replaced, where they are known.
struct CopiedFiles
{
    InstructionId at = InstructionId::None; ///< The COPY or ADD; for a trigger the FROM that it runs behind.
    const Instruction *instruction = nullptr;
    StageId stage = StageId::None;    ///< Where it stands (of the chain).
    StageId from = StageId::None;     ///< Copied from this stage; None: from an image or a context.
    std::string image;                ///< Copied from this image (normalised); "" otherwise.
    std::vector<std::string> sources; ///< Relative ones of a stage or image count from "/".
    std::string destination;          ///< Absolute, no slash at the end; may hold a variable that is not known.
    bool intoFolder = false;          ///< Destination is written as a folder, or there are several sources.
};

/// Which copy put a path into a stage.
struct FileOrigin
{
    CopiedFiles copy;
    std::string path; ///< The path in the source: absolute in a stage or image, relative to the context otherwise.
};

/// The system that an image holds, as far as programs care about it.
struct ImageTraits
{
    std::string libc;        ///< "glibc", "musl", "none"; "" not known.
    bool libcByName = false; ///< Only a naming convention says so: never good for an error.
    ImageRelease release;
};

/// Something in a stage that was made elsewhere and depends on the system it was made on.
struct CopiedBinary
{
    InstructionId copy = InstructionId::None; ///< The COPY of this stage's chain that brought it.
    lint::BuildProduct product;               ///< Its path is where it was made.
    const ImageTraits *madeOn = nullptr;      ///< Never null.
    StageId madeIn = StageId::None;           ///< None: it is part of an image.
    std::string image;                        ///< The image that it was made on or is part of, as people write it.
    std::string path;                         ///< Where it is now: absolute.

    /// The C library that it needs; "" not known.
    [[nodiscard]] const std::string &libc() const { return product.libc.empty() ? madeOn->libc : product.libc; }
};

/// What is known about a stage as a whole.
struct StageState
{
    StageChain chain;                      ///< From this stage to the one that starts from an image.
    BaseKind rootKind = BaseKind::Invalid; ///< Base of the last in the chain.
    std::string rootReference;             ///< Normalised; "scratch" for the empty base; "" when not resolved.
    std::string rootName;                  ///< As people write it ("gcr.io/distroless/static:nonroot", "scratch").
    ImageFactsPtr facts;                   ///< Of the root image; null: not known.
    bool builtUpon = false;                ///< Another stage is built FROM this one.
    bool sharesFiles = false;              ///< It copies from a stage or mounts one, or another does so with it.
    bool copiedFrom = false;               ///< Another stage copies or mounts files of this one.
    /// CMD, ENTRYPOINT and HEALTHCHECK of this stage matter: it is the target, or could be one, since no other stage
    /// needs it.
    bool decisive = false;
    const EffectiveShell *shellAtEnd = nullptr; ///< Never null.
    Known binShAtEnd = Known::Unknown;
    std::string workdirAtEnd;
    InstructionId entrypoint = InstructionId::None; ///< The last ENTRYPOINT, perhaps of an earlier stage in the chain.
    InstructionId cmd = InstructionId::None;        ///< The last CMD that an ENTRYPOINT did not reset.
    InstructionId healthcheck = InstructionId::None;
    InstructionId user = InstructionId::None; ///< The last USER.
    UserState userAtEnd;
    const EnvValue *envAtEnd = nullptr; ///< The newest; null: none set by this document.
    StartWords entrypointAtEnd;         ///< The image's when no instruction sets it.
    StartWords cmdAtEnd;

    [[nodiscard]] bool byNameOnly() const { return facts && facts->byNameOnly; }
};

/// The effective state per stage and instruction: what an image brings and what the instructions before a place
/// made of it. Computed once per check; the one place for everything that stages inherit.
class ShellStates
{
public:
    struct Data;

    [[nodiscard]] static ShellStates compute(const Snapshot &snapshot, const Catalog &catalog);
    ShellStates(ShellStates &&) noexcept;
    ShellStates &operator=(ShellStates &&) noexcept;
    ~ShellStates();

    /// For None, which instructions in front of the first FROM have, a state in which nothing is known.
    [[nodiscard]] const StageState &stage(StageId id) const;
    /// The state in front of an instruction of a stage; for global ARGs one in which nothing is known.
    [[nodiscard]] const InstructionState &at(InstructionId id) const;
    /// Whether @p program (a path, or a name that PATH finds) is there in front of @p instruction.
    [[nodiscard]] Known hasProgram(InstructionId instruction, std::string_view program) const;
    /// The same at the end of a stage, as a container sees it.
    [[nodiscard]] Known hasProgramAtEnd(StageId stage, std::string_view program) const;
    /// The variable as @p instruction sees it; null when no ENV of this document sets it.
    [[nodiscard]] const EnvValue *env(InstructionId instruction, std::string_view name) const;
    [[nodiscard]] const EnvValue *envAtEnd(StageId stage, std::string_view name) const;
    /// Whether /etc/passwd (or /etc/group) has this name in front of @p instruction. Numbers need no entry; do not ask.
    [[nodiscard]] Known hasUser(InstructionId instruction, std::string_view name) const;
    [[nodiscard]] Known hasGroup(InstructionId instruction, std::string_view name) const;
    [[nodiscard]] Known hasUserAtEnd(StageId stage, std::string_view name) const;
    [[nodiscard]] Known hasGroupAtEnd(StageId stage, std::string_view name) const;
    /// Whether certificates ("ca") or time zones ("tz") are there at the end of a stage; keys of ImageFacts::provides.
    [[nodiscard]] Known hasDataAtEnd(StageId stage, std::string_view key) const;
    /// Every COPY and ADD of the chain from the base to this stage, in the order in which they run. Made on demand.
    [[nodiscard]] const std::vector<CopiedFiles> &copies(StageId stage) const;
    /// The last copy in front of @p before (None: the end of the stage) that puts something at @p path (absolute) or at
    /// a folder above it. A RUN behind it may have changed the file.
    [[nodiscard]] std::optional<FileOrigin> originOf(StageId stage, InstructionId before, std::string_view path) const;
    /// The system of the image that @p stage starts from, and of any other image.
    [[nodiscard]] const ImageTraits &traits(StageId stage) const;
    [[nodiscard]] const ImageTraits &traits(std::string_view reference) const;
    /// What the catalogue knows about an image; asked once for each. Null: nothing.
    [[nodiscard]] const ImageFactsPtr &facts(std::string_view reference) const;
    /// What the RUNs of the stage's chain make, in order. Read at the first question and kept, as the next is: a set of
    /// states belongs to one thread.
    [[nodiscard]] std::span<const lint::BuildProduct> products(StageId stage) const;
    /// What its COPYs bring that depends on another system, through any number of stages.
    [[nodiscard]] std::span<const CopiedBinary> binaries(StageId stage) const;
    /// Whether programs for @p libc find their loader at the end of @p stage.
    [[nodiscard]] Known hasLoader(StageId stage, std::string_view libc) const;
    /// Whether more instructions change files in front of @p end (None: the end of the stage) than are followed, since
    /// no engine can build so many layers: what they bring is not known then.
    [[nodiscard]] bool isTooLong(StageId stage, InstructionId end) const;
    /// The stage that is started with @p instruction, a CMD, ENTRYPOINT or HEALTHCHECK: the target, else the first of
    /// the decisive ones that have it at their end. None: it counts nowhere.
    [[nodiscard]] StageId startedBy(InstructionId instruction) const;
    /// The commands that @p text calls: a part of the document, or of one of its instructions. Read once and kept.
    [[nodiscard]] std::span<const lint::CalledCommand> commands(std::string_view text) const;
    /// @p text with the variables that are known at the end of @p stage.
    [[nodiscard]] std::string expanded(StageId stage, std::string_view text) const;

private:
    friend class ShellStateBuilder;
    /// Those of the stages in front of it are known.
    [[nodiscard]] std::shared_ptr<const std::vector<CopiedBinary>> readBinaries(StageId stage) const;
    explicit ShellStates(std::unique_ptr<Data> data);
    std::unique_ptr<Data> d;
};

using lint::isShellName;

} // namespace stagewright
