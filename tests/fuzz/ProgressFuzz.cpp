// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors

#include "Require.h"
#include "engine/FailureExplanation.h"
#include "engine/LayerSizes.h"
#include "engine/RawJsonReader.h"
#include "engine/StepMap.h"
#include "engine/StepTextReader.h"

#include <algorithm>
#include <vector>

using namespace stagewright;
using namespace stagewright::engine;

namespace {

void requireSame(const BuildProgress &whole, const BuildProgress &pieces)
{
    require(whole.size() == pieces.size(), "where the bytes are cut does not matter");
    for (std::size_t i = 0; i < whole.size(); ++i)
        require(whole.step(i).name == pieces.step(i).name && whole.step(i).state == pieces.step(i).state,
                "steps are the same");
}

/// @p reader of @p progress gets @p output in two pieces, then @p errors.
template <typename Reader>
void read(BuildProgress &progress, std::string_view output, std::size_t cut, std::string_view errors, bool succeeded)
{
    Reader reader(progress);
    reader.readOutput(output.substr(0, cut));
    reader.readOutput(output.substr(cut));
    reader.readErrors(errors);
    reader.finish(succeeded);
}

} // namespace

/// What an engine prints, cut anywhere: the same steps come out, each belongs to an instruction or to none, and
/// whatever is said about a failure is about them.
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
    requireSame(whole, pieces);

    const std::string_view errors = bytes.substr(size - size / 4);
    const std::string_view output = bytes.substr(0, size - errors.size());
    const bool succeeded = cut % 2 == 0;
    BuildProgress text;
    read<StepTextReader>(text, output, 0, errors, succeeded);
    BuildProgress textPieces;
    read<StepTextReader>(textPieces, output, std::min(cut, output.size()), errors, succeeded);
    requireSame(text, textPieces);
    for (const BuildStep &step : text.steps())
        require(step.isOver(), "nothing runs when the engine has ended");

    static const SnapshotPtr snapshot
        = Snapshot::make(*SourceText::fromBytes("FROM a AS x\nRUN b\nFROM x\nCOPY --from=x c d\nENV a=b\nUSER e\n"));
    std::vector<Diagnostic> findings(2);
    findings[0].ruleId = "SW001";
    findings[0].instruction = InstructionId(1);
    findings[1].ruleId = "SW021";
    findings[1].instruction = InstructionId(5);
    for (const BuildProgress *progress : {&whole, &text}) {
        StepMap map(snapshot);
        map.update(*progress);
        for (std::size_t i = 0; i < progress->size(); ++i)
            (void)map.placeOf(i);
        for (const Instruction &instruction : snapshot->tree().instructions())
            (void)map.stateOf(instruction.id, *progress);
        const BuildFailure failure = findFailure(*progress, map, findings, errors);
        require(!failure.step || *failure.step < progress->size(), "the step is there");
        require(!failure.predicted || *failure.predicted < findings.size(), "the finding is there");
        require(failure.line <= snapshot->text().lineCount() || failure.place.instruction == InstructionId::None,
                "the line is there");
    }
    (void)readHistory(bytes);
    return 0;
}
