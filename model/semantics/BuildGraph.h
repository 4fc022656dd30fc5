// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "syntax/SyntaxTree.h"
#include "text/TextRange.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright {

class ContextFiles;

/// Index into the graph's stages (BuildKit's stage index, 0-based); valid for one revision.
enum class StageId : std::int32_t { None = -1 };
/// Index into the graph's external images; valid for one revision.
enum class ImageId : std::int32_t { None = -1 };

[[nodiscard]] constexpr std::size_t indexOf(StageId id)
{
    return static_cast<std::size_t>(id);
}
[[nodiscard]] constexpr std::size_t indexOf(ImageId id)
{
    return static_cast<std::size_t>(id);
}
[[nodiscard]] constexpr std::size_t indexOf(InstructionId id)
{
    return static_cast<std::size_t>(id);
}

/// What a build is asked for beside the text; the same that `docker build` takes.
struct AnalysisOptions
{
    /// Stage name (any case), or "#N" for the stage with index N (a name cannot hold '#'); empty: the last stage.
    std::string target;
    std::map<std::string, std::string> buildArgs;     ///< --build-arg
    std::string platform = "linux/amd64";             ///< --platform
    std::map<std::string, std::string> namedContexts; ///< --build-context
    std::optional<std::string> ignoreFile{};          ///< Content of the .dockerignore that counts, if any.
    std::shared_ptr<const ContextFiles> context{};    ///< The build context; null: not known.
    friend bool operator==(const AnalysisOptions &, const AnalysisOptions &) = default;
};

/// An error for which BuildKit refuses the file.
struct BuildError
{
    enum class Phase : std::uint8_t { Parse, Instructions, Convert };
    /// How far the conversion is, in BuildKit's order; Options for the other phases.
    enum class Step : std::uint8_t { Options, GlobalArguments, Bases, References, Instructions };
    Phase phase = Phase::Parse;
    std::string message;         ///< BuildKit's wording.
    TextRange range;             ///< What to underline.
    std::uint32_t firstLine = 0; ///< BuildKit's lines, 1-based; 0: BuildKit names none.
    std::uint32_t lastLine = 0;
    InstructionId instruction = InstructionId::None;
    Step step = Step::Options; ///< Phase Convert: where it stops.
};

enum class BaseKind : std::uint8_t {
    Image,
    Stage,
    Scratch,
    NamedContext, ///< --build-context stands in for the base image, or for the whole stage of that name.
    Invalid,
};

struct StageBase
{
    BaseKind kind = BaseKind::Invalid;
    StageId stage = StageId::None; ///< kind Stage
    ImageId image = ImageId::None; ///< kind Image
    std::int32_t context = -1;     ///< kind NamedContext: index into namedContexts()
    std::string_view written;      ///< As in the file, variables unexpanded.
    std::string resolved;          ///< After expansion of global ARGs.
    std::string reference;         ///< kind Image: normalised ("docker.io/library/node:22-alpine").
    TextRange range;               ///< Of `written`.
};

/// One build stage: a FROM and the instructions up to the next FROM.
struct Stage
{
    StageId id = StageId::None;
    std::string name;            ///< Lower-cased, "" when unnamed.
    std::string displayName;     ///< The name as spelled, or BuildKit's "stage-N".
    TextRange nameRange;         ///< The name behind AS; empty (at the end of the base) when unnamed.
    TextRange range;             ///< From the FROM keyword to the end of its last instruction (no final line ending).
    std::uint32_t firstLine = 0; ///< 1-based, inclusive.
    std::uint32_t lastLine = 0;
    InstructionId from = InstructionId::None;
    InstructionId firstInstruction = InstructionId::None; ///< Half-open [first, end), without the FROM.
    InstructionId endInstruction = InstructionId::None;
    StageBase base;
    std::string platform;   ///< --platform after expansion, "" when not given.
    bool reachable = false; ///< Needed by the chosen target.
    bool isTarget = false;
};

enum class NodeKind : std::uint8_t {
    Stage,
    Image,        ///< External image, by FROM, --from or mount.
    BuildContext, ///< The main build context (one node at most).
    NamedContext, ///< --build-context name, index into namedContexts().
    CacheMount,   ///< RUN --mount=type=cache, by id or target; index into cacheMounts().
    Remote,       ///< ADD of a URL or git repository; index into remotes().
};

/// A node of the graph. Index is into the list of its kind (0 for BuildContext).
struct NodeRef
{
    NodeKind kind = NodeKind::Stage;
    std::int32_t index = -1;
    [[nodiscard]] static constexpr NodeRef stage(StageId id)
    {
        return {NodeKind::Stage, static_cast<std::int32_t>(id)};
    }
    [[nodiscard]] static constexpr NodeRef image(ImageId id)
    {
        return {NodeKind::Image, static_cast<std::int32_t>(id)};
    }
    [[nodiscard]] static constexpr NodeRef buildContext() { return {NodeKind::BuildContext, 0}; }
    friend constexpr auto operator<=>(const NodeRef &, const NodeRef &) = default;
};

enum class EdgeKind : std::uint8_t {
    From,        ///< FROM image or stage.
    CopyFrom,    ///< COPY --from.
    CopyContext, ///< COPY or ADD from the build context (not heredoc-only).
    Mount,       ///< RUN --mount with from=, the context (type bind) or a cache.
    AddRemote,   ///< ADD https://… or git.
};

/// Something flows from @c source into @c target at @c instruction.
struct Edge
{
    EdgeKind kind = EdgeKind::From;
    NodeRef source;
    StageId target = StageId::None;
    InstructionId instruction = InstructionId::None; ///< The FROM, COPY, ADD or RUN that the edge lands on.
    std::string label;                               ///< "/app → /app"; "" for FROM.
    TextRange range;     ///< The part of the text that names the source (base, --from value, from= value).
    bool needed = false; ///< Both ends are needed by the chosen target.
};

enum class ReferenceKind : std::uint8_t { Stage, Image, Scratch, NamedContext, Error };

/// A `--from` of COPY or a mount's `from=`; the mirror of what `inspect` prints. References that an ONBUILD trigger
/// of the base brings have the FROM of the stage that it runs in as their instruction.
struct StageReference
{
    StageId inStage = StageId::None;
    InstructionId instruction = InstructionId::None;
    InstructionKind instructionKind = InstructionKind::Copy;
    ReferenceKind kind = ReferenceKind::Error;
    StageId stage = StageId::None;
    ImageId image = ImageId::None;
    std::int32_t context = -1; ///< kind NamedContext: index into namedContexts()
    std::string written;       ///< Its own copy: behind quotes, or in a trigger, it stands nowhere as it is.
    TextRange range;
};

struct ExternalImage
{
    ImageId id = ImageId::None;
    std::string reference; ///< Normalised, unique in the graph.
    std::string written;   ///< As it is first written, after expansion ("node:22-alpine").
    bool needed = false;
};

/// A node that is no stage and no image (named context, cache mount, remote source).
struct OtherSource
{
    std::string name; ///< Context name, cache id or target, URL.
    bool needed = false;
};

/// Stages, images, contexts and what flows between them, as BuildKit resolves it.
class BuildGraph
{
public:
    /// Linear in the number of instructions. Keeps no reference to @p tree but string views into it.
    [[nodiscard]] static BuildGraph build(const SyntaxTree &tree, const AnalysisOptions &options);

    [[nodiscard]] std::span<const Stage> stages() const { return m_stages; }
    [[nodiscard]] const Stage &stage(StageId id) const { return m_stages[indexOf(id)]; }
    [[nodiscard]] std::span<const ExternalImage> images() const { return m_images; }
    [[nodiscard]] const ExternalImage &image(ImageId id) const { return m_images[indexOf(id)]; }
    [[nodiscard]] std::span<const OtherSource> namedContexts() const { return m_namedContexts; }
    [[nodiscard]] std::span<const OtherSource> cacheMounts() const { return m_cacheMounts; }
    [[nodiscard]] std::span<const OtherSource> remotes() const { return m_remotes; }
    [[nodiscard]] std::span<const Edge> edges() const { return m_edges; }
    [[nodiscard]] std::span<const StageReference> references() const { return m_references; }
    /// True if any edge starts at the main build context.
    [[nodiscard]] bool usesBuildContext() const { return m_usesBuildContext; }
    [[nodiscard]] bool buildContextNeeded() const { return m_buildContextNeeded; }
    /// The stage that is built; None when there is no stage or the target is unknown.
    [[nodiscard]] StageId target() const { return m_target; }
    /// All errors of all phases; the first is the one that BuildKit stops at.
    [[nodiscard]] std::span<const BuildError> errors() const { return m_errors; }
    /// The stage that holds the instruction; None in front of the first FROM.
    [[nodiscard]] StageId stageOf(InstructionId instruction) const;

private:
    friend class GraphBuilder;
    std::vector<Stage> m_stages;
    std::vector<ExternalImage> m_images;
    std::vector<OtherSource> m_namedContexts;
    std::vector<OtherSource> m_cacheMounts;
    std::vector<OtherSource> m_remotes;
    std::vector<Edge> m_edges;
    std::vector<StageReference> m_references;
    std::vector<BuildError> m_errors;
    StageId m_target = StageId::None;
    bool m_usesBuildContext = false;
    bool m_buildContextNeeded = false;
};

} // namespace stagewright
