// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Rule.h"

/// BuildKit's build checks under BuildKit's names, one a file. RuleTable.cpp lists them.
namespace stagewright::checks {

extern const Rule stageNameCasing;
extern const Rule fromAsCasing;
extern const Rule noEmptyContinuation;
extern const Rule consistentInstructionCasing;
extern const Rule duplicateStageName;
extern const Rule reservedStageName;
extern const Rule jsonArgsRecommended;
extern const Rule maintainerDeprecated;
extern const Rule undefinedArgInFrom;
extern const Rule workdirRelativePath;
extern const Rule undefinedVar;
extern const Rule multipleInstructionsDisallowed;
extern const Rule legacyKeyValueFormat;
extern const Rule invalidBaseImagePlatform;
extern const Rule redundantTargetPlatform;
extern const Rule secretsUsedInArgOrEnv;
extern const Rule invalidDefaultArgInFrom;
extern const Rule fromPlatformFlagConstDisallowed;
extern const Rule copyIgnoredFile;
extern const Rule invalidDefinitionDescription;
extern const Rule exposeProtoCasing;
extern const Rule exposeInvalidFormat;

} // namespace stagewright::checks
