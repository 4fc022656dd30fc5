// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Linter.h"

#include <iosfwd>
#include <span>
#include <string>
#include <vector>

namespace stagewright::cli {

/// One file with what is to be said about it.
struct CheckedFile
{
    std::string path; ///< As given; "-" for standard input.
    SnapshotPtr snapshot;
    std::vector<Diagnostic> findings;
    const Linter *linter = nullptr; ///< That found them.
};

/// SARIF 2.1.0 with every rule, its page, and the fixes as replacements.
void writeSarif(std::ostream &out, std::span<const CheckedFile> files);

/// Workflow commands that GitHub shows beside the changed lines.
void writeGitHub(std::ostream &out, const CheckedFile &file);

/// "2 files: 1 error, 2 warnings, 1 note; 2 with a fix".
[[nodiscard]] std::string checkSummary(std::span<const CheckedFile> files);

} // namespace stagewright::cli
