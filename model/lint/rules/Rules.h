// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Rule.h"

/// The rules of our own, one a file. RuleTable.cpp lists them; nothing registers itself.
namespace stagewright::rules {

extern const Rule buildError;                      ///< BuildError
extern const Rule shellFormRunWithoutShell;        ///< SW001
extern const Rule shellElsewhereWithoutShell;      ///< SW002
extern const Rule execFormRunProgramAbsent;        ///< SW003
extern const Rule heredocRunWithoutShell;          ///< SW004
extern const Rule invalidExecForm;                 ///< SW005
extern const Rule wrongPackageManager;             ///< SW006
extern const Rule cmdShellFormWithoutShell;        ///< SW007
extern const Rule entrypointShellFormWithoutShell; ///< SW008
extern const Rule shellFormCmdUnderEntrypoint;     ///< SW009
extern const Rule healthcheckWithoutShell;         ///< SW010
extern const Rule healthcheckProgramAbsent;        ///< SW011
extern const Rule shellProgramAbsent;              ///< SW012
extern const Rule startScript;                     ///< SW013
extern const Rule shellSyntaxInExecForm;           ///< SW014
extern const Rule runtimeRepeatedInCmd;            ///< SW015
extern const Rule jvmFlagsInCmd;                   ///< SW016
extern const Rule toolNotInRuntime;                ///< SW017
extern const Rule droppedCmd;                      ///< SW018
extern const Rule nothingToStart;                  ///< SW019
extern const Rule cmdUnderShellEntrypoint;         ///< SW020
extern const Rule unknownUser;                     ///< SW021
extern const Rule userNameInScratch;               ///< SW022
extern const Rule userWithoutGroup;                ///< SW023
extern const Rule userByName;                      ///< SW024
extern const Rule runsAsRoot;                      ///< SW025
extern const Rule unknownChownName;                ///< SW026
extern const Rule linkWithNamedChown;              ///< SW027
extern const Rule ownerOfData;                     ///< SW028
extern const Rule ownerOfFolder;                   ///< SW029
extern const Rule workdirUnderUnknownUser;         ///< SW030
extern const Rule libcMismatch;                    ///< SW031
extern const Rule newerBuilder;                    ///< SW032
extern const Rule cgoWithoutLibc;                  ///< SW033
extern const Rule missingLibraries;                ///< SW034
extern const Rule shellWithoutLoader;              ///< SW035
extern const Rule shellInFinalImage;               ///< SW036
extern const Rule borrowedShellWithoutLoader;      ///< SW037
extern const Rule noCertificates;                  ///< SW038
extern const Rule noTimeZones;                     ///< SW039
extern const Rule invariantGlobalization;          ///< SW040
extern const Rule outdatedBase;                    ///< SW041
extern const Rule tagNeverPublished;               ///< SW042
extern const Rule floatingDebianRelease;           ///< SW043
extern const Rule privilegedPort;                  ///< SW044
extern const Rule onbuildRunWithoutShell;          ///< SW045
extern const Rule pythonVersion;                   ///< SW047
extern const Rule archiveNotExtracted;             ///< SW048
extern const Rule closedHome;                      ///< SW049
extern const Rule distrolessWithShell;             ///< SW050
extern const Rule misspeltStage;                   ///< SW051
extern const Rule relativeStartFile;               ///< SW052
extern const Rule buildToolsInImage;               ///< SW053
extern const Rule unusedIgnore;                    ///< SW090
extern const Rule ignoreWithoutReason;             ///< SW091

} // namespace stagewright::rules
