// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Diagnostic.h"
#include "lint/LintConfig.h"
#include "semantics/Snapshot.h"

#include <optional>
#include <string_view>
#include <vector>

namespace stagewright {

struct Rule;

/// What the ignore fix writes where a person is to say why; it does not count as a reason.
inline constexpr std::string_view IgnoreReasonPlaceholder = "TODO: say why";

/// `# stagewright ignore=SW001,SW003 reason`, a comment line directly above an instruction (other comment lines may
/// stand between): takes away what these rules find in it. `# stagewright ignore-file=SW024 reason`, above the first
/// instruction, does so for the whole file. BuildKit takes both for ordinary comments.
struct IgnoreComment
{
    enum class State : std::uint8_t {
        Counts,
        Unreadable, ///< "ignore" without "=", or without a rule behind it.
        Misplaced,  ///< No instruction directly below, inside an instruction, or ignore-file too far down.
    };
    struct Id
    {
        TextRange range;
        const Rule *rule = nullptr; ///< By id or name; null: there is no such rule.
        bool used = false;          ///< It took a finding away, or its rule was not run.
    };
    State state = State::Counts;
    bool wholeFile = false;
    TextRange range; ///< From the '#' to the end of the line.
    std::vector<Id> ids;
    TextRange reason; ///< Empty: none.
    InstructionId instruction = InstructionId::None;
};

/// The ignore comments of one file.
class Ignores
{
public:
    [[nodiscard]] static Ignores read(const Snapshot &snapshot);

    /// Takes away the findings that are ignored and notes which comments were of use.
    void apply(const LintConfig &config, std::vector<Diagnostic> &findings);
    [[nodiscard]] const std::vector<IgnoreComment> &comments() const { return m_comments; }

private:
    std::vector<IgnoreComment> m_comments;
};

/// Puts an ignore comment above the instruction of a finding, with a placeholder for the reason. Nothing for findings
/// that belong to no instruction, and for what BuildKit refuses. It is not among Linter::fixes(): it mends nothing.
[[nodiscard]] std::optional<Fix> ignoreFix(const Snapshot &snapshot, const Diagnostic &diagnostic);

} // namespace stagewright
