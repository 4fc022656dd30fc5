// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Rule.h"

#include <string>
#include <string_view>
#include <vector>

/// Ways out for commands that need a shell where there is none. Each function appends at most one fix, and none
/// where it would not help or would change what the build means.
namespace stagewright::fixes {

// Building.cpp: the work moves to a stage that can do it.
/// Moves a RUN to a stage with a shell and copies what it makes.
void moveToBuilder(const RuleContext &context, InstructionId run, std::vector<Fix> &out);

/// Everything below that lets a RUN do without a shell, the simplest first; several fixes.
void runWithoutShell(const RuleContext &context, InstructionId run, std::vector<Fix> &out);

// Packages.cpp
/// An installation of nothing but data that the image has already.
void redundantPackages(const RuleContext &context, InstructionId run, std::vector<Fix> &out);

// PackageManagers.cpp: the image installs packages with another manager.
/// The same packages through the image's own manager, where they have the same names.
void ownPackageManager(const RuleContext &context, InstructionId run, std::vector<Fix> &out);
/// A tag of the same image whose manager is the one that is called.
void imageWithManager(const RuleContext &context, InstructionId run, std::vector<Fix> &out);

// Folders.cpp, Files.cpp: no command is needed at all.
/// `RUN mkdir /x` goes where a WORKDIR or COPY of the stage makes the folder anyway.
void redundantFolder(const RuleContext &context, InstructionId run, std::vector<Fix> &out);
/// `RUN mkdir /x` becomes WORKDIR /x, placed so that the working directory of everything else stays.
void folderAsWorkdir(const RuleContext &context, InstructionId run, std::vector<Fix> &out);
/// A RUN that only writes a file becomes COPY with a here-document.
void fileAsCopy(const RuleContext &context, InstructionId run, std::vector<Fix> &out);

// ExecForms.cpp: the program starts without a shell.
void runAsExecForm(const RuleContext &context, InstructionId run, std::vector<Fix> &out);
void startAsExecForm(const RuleContext &context, InstructionId cmdOrEntrypoint, std::vector<Fix> &out);
void healthcheckAsExecForm(const RuleContext &context, InstructionId healthcheck, std::vector<Fix> &out);
/// HEALTHCHECK through the program that the container starts: ["/app", "health"]. Only a proposal: the program has to
/// know the sub-command.
void ownHealthCommand(const RuleContext &context, InstructionId healthcheck, std::vector<Fix> &out);
/// wget of a static BusyBox, copied above the check; for checks that ask one http address with curl or wget.
void staticProbe(const RuleContext &context, InstructionId healthcheck, std::vector<Fix> &out);
void noHealthcheck(const RuleContext &context, InstructionId healthcheck, std::vector<Fix> &out);
/// Why a command cannot be written as a list ("it expands $HOME, which only a shell does"); "" when it can.
[[nodiscard]] std::string whyNoExecForm(const Instruction &instruction);

// Shells.cpp: the image gets a shell, or the one that it has is named.
/// SHELL with the image's own shell above the first RUN that needs it.
void insertShell(const RuleContext &context, InstructionId run, std::vector<Fix> &out);
/// The same above a CMD or ENTRYPOINT.
void shellForStart(const RuleContext &context, InstructionId start, std::vector<Fix> &out);
/// A tag of the same image that has a shell (`:debug`, `-dev`, not chiselled).
void useDebugImage(const RuleContext &context, InstructionId run, std::vector<Fix> &out);
/// For a RUN under a SHELL that names an absent program: corrects that SHELL.
void shellOfImage(const RuleContext &context, InstructionId run, std::vector<Fix> &out);
void correctShell(const RuleContext &context, InstructionId shell, std::vector<Fix> &out);
void removeShell(const RuleContext &context, InstructionId shell, std::vector<Fix> &out);

void removeInstruction(const RuleContext &context, InstructionId instruction, std::string_view title,
                       std::string_view detail, std::vector<Fix> &out);

} // namespace stagewright::fixes
