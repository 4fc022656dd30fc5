// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "session/InstructionLine.h"

namespace stagewright {

namespace {

QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

QString instructionLine(const Instruction &instruction)
{
    QString text = fromUtf8(keywordOf(instruction.kind));
    if (text.isEmpty())
        text = fromUtf8(instruction.keyword);
    for (const Flag &flag : instruction.flags)
        text += QStringLiteral(" --") + fromUtf8(flag.name) + (flag.hasValue ? u'=' + fromUtf8(flag.value) : QString());
    return text + u' ' + fromUtf8(instruction.arguments).simplified();
}

} // namespace stagewright
