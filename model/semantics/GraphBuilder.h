// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "semantics/BuildGraph.h"
#include "semantics/Environment.h"
#include "semantics/Expansion.h"
#include "semantics/Mount.h"
#include "semantics/Sources.h"
#include "semantics/Values.h"
#include "semantics/VariableWalk.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace stagewright {

/// Makes a BuildGraph in the steps in which BuildKit converts a file, so that errors come in its order:
/// global ARGs, stages and their bases, target, references, cycles, images, ONBUILD triggers, and last the
/// instructions of every stage with the variables that they see.
class GraphBuilder : private WalkVisitor
{
public:
    GraphBuilder(const SyntaxTree &tree, const AnalysisOptions &options);
    [[nodiscard]] BuildGraph build();

private:
    /// An entry of BuildKit's list of states. The stages come first, with equal indexes; images, scratch and contexts
    /// behind `--from` and `from=` follow in the order in which they are met, because `--from=7` may count them.
    struct State
    {
        ReferenceKind kind = ReferenceKind::Stage;
        ImageId image = ImageId::None;
        std::int32_t context = -1;
    };
    struct Dependency
    {
        std::int32_t state = -1;
        const Instruction *command = nullptr;
    };
    /// What the builder knows of a stage beside Stage.
    struct StageData
    {
        std::size_t firstDependency = 0; ///< Into m_dependencies, half-open.
        std::size_t endDependency = 0;
        std::size_t firstSource = 0; ///< Into m_sources, for the stage's own instructions.
        std::int32_t triggers = -1;  ///< Into m_triggers: what the base's ONBUILDs add.
        bool isWindows = false;
        bool hasTriggers = false; ///< Has ONBUILD instructions itself.
    };
    struct Triggers
    {
        std::vector<Dependency> dependencies;
        std::vector<std::int32_t> sources;
    };
    /// The command that is being looked at, and where BuildKit says that it stands.
    struct Command
    {
        const Instruction *instruction = nullptr;
        const Instruction *location = nullptr; ///< The FROM for triggers, else the instruction itself.
        StageId stage = StageId::None;
        [[nodiscard]] bool isTrigger() const { return instruction != location; }
    };

    // GraphBuilder.cpp: stages and bases
    void collectEarlierErrors();
    void checkDirectives();
    void makeStages();
    void addStage(const Instruction &from);
    [[nodiscard]] VariableTable readGlobalArguments();
    void checkSourceDateEpoch();
    void resolveBases();
    void resolveBase(Stage &stage);
    bool resolvePlatform(Stage &stage, const Instruction &from);
    void resolveBaseImages();
    void chooseTarget();

    // GraphReferences.cpp: what depends on what
    void collectReferences();
    void collectReferencesOf(const Command &command, std::vector<Dependency> &dependencies,
                             std::vector<std::int32_t> &sources);
    std::int32_t copySource(const Command &command, const Flag &from);
    std::int32_t mountSource(const Command &command, const Flag &mount);
    std::int32_t external(const Command &command, std::string_view name, bool isMount, TextRange range);
    void addReference(const Command &command, std::int32_t state, std::string_view written, TextRange range);
    void findCycles();
    bool findCycleFrom(std::int32_t root, std::vector<std::uint8_t> &visit);
    [[nodiscard]] const Instruction *dependingCommand(std::int32_t stage, std::size_t dependency) const;
    void reportCycle(std::int32_t root, const std::vector<std::pair<std::int32_t, std::size_t>> &path);
    void markReachable();
    void addTriggers(Stage &stage);
    bool checkTrigger(const Command &command);
    void finish();

    // GraphDispatch.cpp: the instructions with their variables
    /// COPY or ADD with its words expanded.
    struct CopyPlan
    {
        struct Source
        {
            const Argument *argument;
            std::string expanded;
            SourceClass kind;
        };
        std::vector<Source> sources; ///< Without heredocs.
        std::string destination;
        std::string mode;
        std::string checksum;
        const Flag *from = nullptr;
        std::int32_t fromState = -1;
    };
    void dispatchStages();
    void enterStage(const Stage &stage) override;
    void visit(const WalkStep &step) override;
    void failed(const WalkStep &step, const Argument &argument, std::string message) override;
    void dispatchWorkdir(const Command &command);
    void dispatchExpose(const Command &command);
    void dispatchWords(const Command &command);
    void dispatchCopy(const Command &command);
    bool planCopy(const Command &command, CopyPlan &plan);
    bool expandHeredocs(const Command &command);
    bool checkSources(const Command &command, const CopyPlan &plan);
    bool checkCopy(const Command &command, const CopyPlan &plan);
    bool checkChecksum(const Command &command, const CopyPlan &plan);
    void addCopyEdges(const Command &command, const CopyPlan &plan);
    void dispatchRun(const Command &command);
    void checkMount(const Command &command, const Flag &flag, std::int32_t source, const Mount &mount);
    void addMountEdge(const Command &command, const Flag &flag, std::int32_t source, const Mount &mount);
    /// The stage that @p source is, if it comes too late for @p command.
    [[nodiscard]] bool isTooLate(const Command &command, std::int32_t source) const;
    [[nodiscard]] std::int32_t nextSource();
    /// The expanded word; a view of @p word itself or of @p buffer. Nothing after an error, which is then recorded.
    std::optional<std::string_view> expand(const Command &command, std::string_view word, TextRange range,
                                           std::string &buffer);

    // Shared
    [[nodiscard]] const Instruction &instruction(InstructionId id) const { return m_tree.instruction(id); }
    [[nodiscard]] Stage &stage(std::int32_t index) { return m_graph.m_stages[static_cast<std::size_t>(index)]; }
    [[nodiscard]] StageData &data(StageId id) { return m_data[indexOf(id)]; }
    void fail(const Command &command, std::string message, TextRange range);
    void fail(BuildError::Phase phase, std::string message, TextRange range, const Instruction *location);
    [[nodiscard]] bool isBroken(const Instruction &instruction) const { return m_broken[indexOf(instruction.id)]; }
    ImageId addImage(std::string reference, std::string_view written);
    std::int32_t addContext(std::string_view name);
    /// The --build-context for a reference, -1 if there is none.
    std::int32_t findContext(std::string_view familiarName);
    static std::int32_t addOther(std::vector<OtherSource> &list, std::unordered_map<std::string, std::int32_t> &index,
                                 std::string_view name);
    void addEdge(const Command &command, EdgeKind kind, NodeRef source, std::string label, TextRange range);
    [[nodiscard]] std::optional<NodeRef> nodeOf(std::int32_t state) const;
    [[nodiscard]] static TextRange partOf(const Flag &flag, std::size_t begin, std::size_t length);

    const SyntaxTree &m_tree;
    const AnalysisOptions &m_options;
    WordExpander m_expander;
    BuildGraph m_graph;
    BuildError::Step m_step = BuildError::Step::Options;
    VariableTable m_globals;
    std::vector<State> m_states;
    std::vector<StageData> m_data;
    std::vector<Dependency> m_dependencies;
    std::vector<std::int32_t> m_sources; ///< Per COPY --from one state, per RUN one a mount; -1 none.
    std::vector<Triggers> m_triggers;
    std::vector<BuildError> m_externalErrors; ///< BuildKit resolves these images after those of the stages.
    std::vector<bool> m_broken;               ///< By instruction: BuildKit would have stopped there.
    std::unordered_map<std::string_view, std::int32_t> m_stageByName;
    std::unordered_map<std::string, std::int32_t> m_imageIndex;
    std::unordered_map<std::string_view, ImageId> m_imageByName; ///< Of bases that have been resolved; views of them.
    std::unordered_map<std::string, std::int32_t> m_contextIndex;
    std::unordered_map<std::string, std::int32_t> m_cacheIndex;
    std::unordered_map<std::string, std::int32_t> m_remoteIndex;

    // While instructions are dispatched
    bool m_dispatching = false;
    const VariableTable *m_variables = nullptr;
    std::string_view m_workdir;
    const std::vector<std::int32_t> *m_currentSources = nullptr;
    std::size_t m_sourceCursor = 0;
};

} // namespace stagewright
