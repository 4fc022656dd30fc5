// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors

#include "Require.h"
#include "lint/Linter.h"

using namespace stagewright;

/// Whatever the file, a fix that is offered can be applied and taken back, and its text is still one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = SourceText::fromBytes(std::string(reinterpret_cast<const char *>(data), size));
    if (!text)
        return 0;
    const SnapshotPtr snapshot = Snapshot::make(*text);
    const Linter linter(Catalog::builtIn());
    int tried = 0;
    for (const Diagnostic &finding : linter.check(*snapshot)) {
        require(!finding.title.empty() && !finding.message.empty(), "a finding says something");
        if (!finding.fixable || ++tried > 20)
            continue;
        for (const Fix &fix : linter.fixes(*snapshot, finding)) {
            require(!fix.title.empty(), "a fix has a title");
            const SourceText fixed = fix.transaction.applyTo(*text);
            require(fix.transaction.inverse(*text).applyTo(fixed).bytes() == text->bytes(), "a fix can be undone");
            (void)linter.check(*Snapshot::make(fixed));
        }
    }
    return 0;
}
