// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors

#include "Require.h"
#include "engine/LayerSizes.h"
#include "engine/RawJsonReader.h"
#include "engine/StepMap.h"
#include "engine/StepTextReader.h"

using namespace stagewright;
using namespace stagewright::engine;

/// What an engine prints, cut anywhere: the same steps come out, and each belongs to an instruction or to none.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::size_t cut = data[0] % size;
    const std::string_view bytes(reinterpret_cast<const char *>(data), size);
    BuildProgress whole;
    RawJsonReader(whole).readErrors(bytes);
    BuildProgress pieces;
    RawJsonReader reader(pieces);
    reader.readErrors(bytes.substr(0, cut));
    reader.readErrors(bytes.substr(cut));
    require(whole.size() == pieces.size(), "where the bytes are cut does not matter");
    for (std::size_t i = 0; i < whole.size(); ++i)
        require(whole.step(i).name == pieces.step(i).name && whole.step(i).state == pieces.step(i).state,
                "steps are the same");
    BuildProgress text;
    StepTextReader steps(text);
    steps.readOutput(bytes.substr(0, cut));
    steps.readErrors(bytes.substr(cut));
    steps.finish(cut % 2 == 0);
    static const SnapshotPtr snapshot
        = Snapshot::make(*SourceText::fromBytes("FROM a AS x\nRUN b\nFROM x\nCOPY --from=x c d\nENV a=b\n"));
    for (const BuildProgress *progress : {&whole, &text}) {
        StepMap map(snapshot);
        map.update(*progress);
        for (std::size_t i = 0; i < progress->size(); ++i)
            (void)map.placeOf(i);
        for (const Instruction &instruction : snapshot->tree().instructions())
            (void)map.stateOf(instruction.id, *progress);
    }
    (void)readHistory(bytes);
    return 0;
}
