// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors

#include "Require.h"
#include "lint/Linter.h"

#include <algorithm>

using namespace stagewright;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = SourceText::fromBytes(std::string(reinterpret_cast<const char *>(data), size));
    if (!text)
        return 0;
    const SnapshotPtr one = Snapshot::make(*text);
    const SnapshotPtr two = Snapshot::make(*text);
    Offset at = 0;
    const auto tokens = one->tree().tokens();
    for (const Token &token : tokens) {
        require(token.range.begin == at && token.range.end > at, "tokens tile the file");
        at = token.range.end;
    }
    require(at == text->size(), "tokens reach the end");
    require(std::ranges::equal(tokens, two->tree().tokens(),
                               [](const Token &a, const Token &b) { return a.kind == b.kind && a.range == b.range; }),
            "parsing is deterministic");
    require(std::ranges::equal(
                one->graph().errors(), two->graph().errors(),
                [](const BuildError &a, const BuildError &b) { return a.message == b.message && a.range == b.range; }),
            "errors are stable");
    const qsizetype length = text->displayText().size();
    for (qsizetype position = 0; position <= length; ++position) {
        const Offset offset = text->offsetAtDisplay(position);
        require(text->offsetAtDisplay(text->displayPosition(offset)) == offset, "display positions map back");
    }
    for (const Diagnostic &finding : Linter(Catalog::builtIn()).check(*one))
        require(finding.range.begin <= finding.range.end && finding.range.end <= text->size(),
                "findings lie in the file");
    return 0;
}
