// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Rule.h"
#include "lint/ShellStates.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// "Split into build and runtime": one stage that builds and runs becomes two, the second on an image without a shell.
namespace stagewright::fixes {

/// What a single stage says, read for splitting it.
struct SplitSource
{
    const RuleContext &context;
    StageId stage = StageId::None;
    const StageState &state;
    std::string_view language;                      ///< "Node", "Go", "Python", "Java", ".NET", "Rust".
    std::string tag;                                ///< Of the base image.
    std::string runtime;                            ///< The image to run on; "" when the catalogue has none.
    std::string workdir;                            ///< At the end of the stage, absolute.
    std::vector<std::vector<std::string>> commands; ///< Of every RUN, one simple command each, quotes removed.
    std::vector<std::string> start;                 ///< What the container starts, as words.
    std::string startRefusal;                       ///< Why `start` is empty.

    /// Whether some command begins with @p words ("go build"), whatever the path of the program.
    [[nodiscard]] const std::vector<std::string> *command(std::initializer_list<std::string_view> words) const;
    [[nodiscard]] bool isAlpine() const;
    /// The value of an ENV at the end of the stage; "" when it is not set.
    [[nodiscard]] std::string env(std::string_view name) const;
};

/// How the two stages differ from the one.
struct SplitPlan
{
    std::string refusal;                                     ///< Why it cannot be done; then nothing else counts.
    std::string builder;                                     ///< A better image to build in; "" keeps the base.
    std::string runtime;                                     ///< The image to run on.
    std::vector<std::string> buildFirst;                     ///< Instructions right behind the builder's FROM.
    std::vector<std::string> buildLast;                      ///< Instructions at the builder's end.
    std::vector<std::pair<std::string, std::string>> copies; ///< Source and destination, absolute.
    std::vector<std::pair<std::string, std::string>> env;    ///< For the runtime stage, over what the stage sets.
    std::vector<std::string> entrypoint;                     ///< Empty: that of the runtime image.
    std::vector<std::string> cmd;
    std::string note; ///< What a person has to look at.
};

/// The stage as far as it is one that can be split: the one that runs, straight from a language's image, with nothing
/// copied from other stages and at least one command that builds or installs something. nullopt otherwise.
[[nodiscard]] std::optional<SplitSource> splitSource(const RuleContext &context, StageId stage);
/// SplitLanguages.cpp: what the language asks for.
[[nodiscard]] SplitPlan splitPlan(const SplitSource &source);
/// Appends the fix, unless the plan has a refusal.
void splitStage(const SplitSource &source, const SplitPlan &plan, std::vector<Fix> &out);

} // namespace stagewright::fixes
