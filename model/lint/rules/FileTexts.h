// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Rule.h"
#include "lint/ShellStates.h"

#include <string>
#include <string_view>

/// What is in the files of a stage: written by this document, or lying in the build context.
namespace stagewright::rules {

struct FileText
{
    std::string text;      ///< Its content, or of what a RUN writes the beginning; "" when it is not known.
    bool found = false;    ///< A COPY or RUN of this document puts it there.
    std::string inContext; ///< Where in the build context it comes from; "" when it does not, or not as it is.
};

/// The file at @p path (absolute) in front of @p before (None: at the end) of @p stage, followed through the stages
/// that it is copied from.
[[nodiscard]] FileText fileText(const RuleContext &context, StageId stage, std::string path, InstructionId before);

} // namespace stagewright::rules
