// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "semantics/VariableWalk.h"

#include "semantics/Paths.h"
#include "syntax/InstructionCheck.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace stagewright {

namespace {

constexpr std::size_t LongestPath = 4096; // no system takes a longer one, so nobody asks where it leads
constexpr std::string_view DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

std::span<const Instruction> instructionsOf(const SyntaxTree &tree, const Stage &stage)
{
    const auto first = static_cast<std::size_t>(stage.firstInstruction);
    return tree.instructions().subspan(first, static_cast<std::size_t>(stage.endInstruction) - first);
}

/// Goes down the tree of bases with one table of variables: what a stage sets is taken back before its sibling comes.
class Walk
{
public:
    Walk(const SyntaxTree &tree, std::span<const Stage> stages, const AnalysisOptions &options,
         const VariableTable &globals, WalkVisitor &visitor)
        : m_tree(tree)
        , m_stages(stages)
        , m_options(options)
        , m_globals(globals)
        , m_visitor(visitor)
        , m_expander(tree.escapeCharacter())
    {
    }
    void run();

private:
    struct Links
    {
        std::int32_t firstChild = -1;
        std::int32_t lastChild = -1;
        std::int32_t nextSibling = -1;
    };
    struct Level
    {
        std::int32_t stage;
        VariableTable::Mark variables;
        VariableTable::Mark declared;
        std::string workdir;
    };

    void link();
    void walkFrom(const Stage &root);
    void walkStage(const Stage &stage);
    void step(const Stage &stage, const Instruction &instruction, const Instruction &location);
    void argument(const WalkStep &step, const Argument &argument);
    void environment(const WalkStep &step);
    void workdir(const WalkStep &step);
    [[nodiscard]] WalkStep at(const Stage &stage, const Instruction &instruction, const Instruction &location,
                              std::span<const Argument> args) const
    {
        return {stage, instruction, location, args, m_variables, m_declared, m_workdir};
    }
    std::optional<std::string> expand(const WalkStep &step, const Argument &argument, std::string_view word);

    const SyntaxTree &m_tree;
    std::span<const Stage> m_stages;
    const AnalysisOptions &m_options;
    const VariableTable &m_globals;
    WalkVisitor &m_visitor;
    WordExpander m_expander;
    std::vector<Links> m_links;
    std::vector<bool> m_hasTriggers;
    VariableTable m_variables;
    VariableTable m_declared;
    std::string m_workdir;
    std::vector<std::pair<std::string, std::string>> m_pairs; ///< Of one ENV; kept for its memory.
};

void Walk::link()
{
    m_links.resize(m_stages.size());
    m_hasTriggers.resize(m_stages.size());
    for (const Instruction &trigger : m_tree.instructions(InstructionKind::Onbuild)) {
        const auto behind = std::ranges::upper_bound(m_stages, trigger.id, {}, &Stage::from);
        if (behind != m_stages.begin())
            m_hasTriggers[indexOf(std::prev(behind)->id)] = true;
    }
    for (const Stage &stage : m_stages) {
        if (stage.base.kind != BaseKind::Stage)
            continue;
        const auto index = static_cast<std::int32_t>(stage.id);
        Links &parent = m_links[indexOf(stage.base.stage)];
        (parent.lastChild < 0 ? parent.firstChild : m_links[static_cast<std::size_t>(parent.lastChild)].nextSibling)
            = index;
        parent.lastChild = index;
    }
}

void Walk::run()
{
    link();
    for (const Stage &stage : m_stages) {
        if (stage.base.kind != BaseKind::Stage)
            walkFrom(stage);
    }
}

void Walk::walkFrom(const Stage &root)
{
    m_variables.rollBack(0);
    m_declared.rollBack(0);
    m_workdir.clear();
    if (!root.platform.starts_with("windows"))
        m_variables.set("PATH", std::string(DefaultPath));
    walkStage(root);
    std::vector<Level> levels;
    std::int32_t next = m_links[indexOf(root.id)].firstChild;
    while (next >= 0 || !levels.empty()) {
        if (next < 0) {
            Level &done = levels.back();
            m_variables.rollBack(done.variables);
            m_declared.rollBack(done.declared);
            m_workdir = std::move(done.workdir);
            next = m_links[static_cast<std::size_t>(done.stage)].nextSibling;
            levels.pop_back();
            continue;
        }
        levels.push_back({next, m_variables.mark(), m_declared.mark(), m_workdir});
        walkStage(m_stages[static_cast<std::size_t>(next)]);
        next = m_links[static_cast<std::size_t>(next)].firstChild;
    }
}

void Walk::walkStage(const Stage &stage)
{
    m_visitor.enterStage(stage);
    const Instruction &from = m_tree.instruction(stage.from);
    if (stage.base.kind == BaseKind::Stage && stage.reachable && m_hasTriggers[indexOf(stage.base.stage)]) {
        for (const Instruction *trigger : triggersOf(m_tree, m_stages, stage)) {
            if (instructionError(*trigger).empty())
                step(stage, *trigger, from);
        }
    }
    for (const Instruction &instruction : instructionsOf(m_tree, stage))
        step(stage, instruction, instruction);
}

void Walk::step(const Stage &stage, const Instruction &instruction, const Instruction &location)
{
    if (instruction.kind == InstructionKind::Arg) {
        for (const Argument &one : instruction.args) {
            const WalkStep current = at(stage, instruction, location, {&one, 1});
            m_visitor.visit(current);
            argument(current, one);
        }
        return;
    }
    const WalkStep current = at(stage, instruction, location, instruction.args);
    m_visitor.visit(current);
    if (instruction.kind == InstructionKind::Env)
        environment(current);
    else if (instruction.kind == InstructionKind::Workdir)
        workdir(current);
}

std::optional<std::string> Walk::expand(const WalkStep &step, const Argument &argument, std::string_view word)
{
    std::expected<std::string, std::string> value = m_expander.expand(word, m_variables);
    if (value)
        return std::move(*value);
    m_visitor.failed(step, argument, std::move(value.error()));
    return std::nullopt;
}

void Walk::argument(const WalkStep &step, const Argument &argument)
{
    m_declared.set(argument.key, {});
    const auto given
        = m_options.buildArgs.empty() ? m_options.buildArgs.end() : m_options.buildArgs.find(std::string(argument.key));
    if (given != m_options.buildArgs.end()) {
        m_variables.set(argument.key, given->second);
    } else if (argument.hasAssigned) {
        if (std::optional<std::string> value = expand(step, argument, argument.assigned))
            m_variables.set(argument.key, std::move(*value));
    } else if (const std::optional<std::string_view> global = m_globals.find(argument.key)) {
        m_variables.set(argument.key, std::string(*global));
    }
}

/// All pairs of an ENV are expanded with the variables from before it.
void Walk::environment(const WalkStep &step)
{
    m_pairs.clear();
    for (const Argument &argument : step.args) {
        std::optional<std::string> key = expand(step, argument, argument.key);
        std::optional<std::string> value = key ? expand(step, argument, argument.assigned) : std::nullopt;
        if (!value)
            return;
        m_pairs.emplace_back(std::move(*key), std::move(*value));
    }
    for (auto &[key, value] : m_pairs)
        m_variables.set(key, std::move(value));
}

void Walk::workdir(const WalkStep &step)
{
    if (step.args.empty())
        return;
    const std::optional<std::string> path = expand(step, step.args.front(), step.args.front().value);
    if (path && m_workdir.size() + path->size() <= LongestPath)
        m_workdir = joinedPath(m_workdir, *path);
}

} // namespace

VariableTable globalVariables(const SyntaxTree &tree, const AnalysisOptions &options, std::string_view lastStageName,
                              const std::function<void(const Instruction &, const Argument &, std::string)> &onError)
{
    VariableTable table;
    addAutomaticArguments(table, options, options.target.empty() ? lastStageName : std::string_view(options.target));
    const WordExpander expander(tree.escapeCharacter());
    for (const Instruction &instruction : tree.instructions()) {
        if (instruction.kind == InstructionKind::From)
            break;
        if (instruction.kind != InstructionKind::Arg)
            continue;
        for (const Argument &argument : instruction.args) {
            const auto given = options.buildArgs.find(std::string(argument.key));
            if (given != options.buildArgs.end()) {
                table.set(argument.key, given->second);
            } else if (argument.hasAssigned) {
                std::expected<std::string, std::string> value = expander.expand(argument.assigned, table);
                if (value)
                    table.set(argument.key, std::move(*value));
                else if (onError)
                    onError(instruction, argument, std::move(value.error()));
            }
        }
    }
    return table;
}

std::vector<const Instruction *> triggersOf(const SyntaxTree &tree, std::span<const Stage> stages, const Stage &stage)
{
    std::vector<const Instruction *> triggers;
    if (stage.base.kind != BaseKind::Stage)
        return triggers;
    for (const Instruction &instruction : instructionsOf(tree, stages[indexOf(stage.base.stage)])) {
        if (instruction.kind == InstructionKind::Onbuild && instruction.inner)
            triggers.push_back(instruction.inner);
    }
    return triggers;
}

void walkVariables(const SyntaxTree &tree, std::span<const Stage> stages, const AnalysisOptions &options,
                   const VariableTable &globals, WalkVisitor &visitor)
{
    Walk(tree, stages, options, globals, visitor).run();
}

} // namespace stagewright
