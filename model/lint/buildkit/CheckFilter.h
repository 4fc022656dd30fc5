// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Rule.h"
#include "semantics/CheckOptions.h"

#include <vector>

namespace stagewright {

/// Takes away the findings that `# check=skip=…`, for the file or above an instruction, switches off.
class CheckFilter
{
public:
    explicit CheckFilter(const SyntaxTree &tree)
        : m_tree(tree)
        , m_file(CheckOptions::ofFile(tree))
    {
    }
    /// Looks at the findings from @p first on, all of @p rule.
    void apply(const Rule &rule, std::vector<Diagnostic> &findings, std::size_t first) const;

    /// `# check=error=true`.
    [[nodiscard]] bool isFatal() const { return m_file.error; }

private:
    const SyntaxTree &m_tree;
    CheckOptions m_file;
};

/// What an instruction's checks are: the file's and those of the `# check=` comments above it.
[[nodiscard]] CheckOptions checkOptionsAt(const SyntaxTree &tree, const CheckOptions &file, InstructionId instruction);

/// `# check=error=true`: with findings of the checks BuildKit refuses the file. Adds that error.
void addFatalChecks(const Snapshot &snapshot, std::vector<Diagnostic> &findings);

} // namespace stagewright
