// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "panels/PropertyForm.h"
#include "semantics/Snapshot.h"

namespace stagewright {

class Catalog;

/// Describes the fields of an instruction. Not for FROM: that is the stage's form.
void describeInstruction(PropertyForm &form, const SnapshotPtr &snapshot, const Instruction &instruction,
                         bool readOnly);
/// Describes a stage: name, base, platform, and what is known about its image.
void describeStage(PropertyForm &form, const SnapshotPtr &snapshot, StageId stage, const Catalog &catalog,
                   bool readOnly);
/// Describes an external image: what the catalogue knows.
void describeImage(PropertyForm &form, const Snapshot &snapshot, ImageId image, const Catalog &catalog);

} // namespace stagewright
