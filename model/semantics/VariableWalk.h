// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "semantics/BuildGraph.h"
#include "semantics/Environment.h"
#include "semantics/Expansion.h"

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace stagewright {

/// One instruction with what it sees.
struct WalkStep
{
    const Stage &stage;             ///< The stage that runs it.
    const Instruction &instruction; ///< For a trigger the one inside ONBUILD.
    const Instruction &location;    ///< Where BuildKit says that it stands: for a trigger the stage's FROM.
    std::span<const Argument> args; ///< Of the instruction; ARG is visited once per argument.
    const VariableTable &variables; ///< ARG and ENV as they are in front of it. A real base image may add more.
    const VariableTable &declared;  ///< Names of the ARGs so far, bases included, also those without a value.
    std::string_view workdir;       ///< Absolute, "" before the first WORKDIR.
    [[nodiscard]] bool isTrigger() const { return &instruction != &location; }
};

/// What a walk calls. Instructions come with their stage's; a stage comes behind its base, not always in file order.
class WalkVisitor
{
public:
    virtual ~WalkVisitor() = default;
    virtual void enterStage(const Stage &) { }
    virtual void visit(const WalkStep &step) = 0;
    /// ARG, ENV or WORKDIR do not expand; BuildKit stops here with @p message.
    virtual void failed(const WalkStep &, const Argument &, std::string /*message*/) { }
};

/// The variables that FROM sees: automatic platform ARGs, then the ARGs in front of the first FROM with their build
/// arguments or defaults. @p onError hears of the defaults that do not expand.
[[nodiscard]] VariableTable
globalVariables(const SyntaxTree &tree, const AnalysisOptions &options, std::string_view lastStageName,
                const std::function<void(const Instruction &, const Argument &, std::string message)> &onError = {});

/// The ONBUILD triggers that BuildKit adds in front of a stage's own instructions: those of its direct base, when the
/// stage is needed. Includes triggers that BuildKit refuses.
[[nodiscard]] std::vector<const Instruction *> triggersOf(const SyntaxTree &tree, std::span<const Stage> stages,
                                                          const Stage &stage);

/// Visits every instruction of every stage in linear time. @p stages need id, from, first/endInstruction and base.
void walkVariables(const SyntaxTree &tree, std::span<const Stage> stages, const AnalysisOptions &options,
                   const VariableTable &globals, WalkVisitor &visitor);

} // namespace stagewright
