// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <ctime>

namespace stagewright::test {

/// How much processor time the program has used. Unlike the time on the wall it does not grow while other programs
/// have the processor, so a limit on it does not fail on a busy machine.
class CpuTimer
{
public:
    CpuTimer() { start(); }
    void start() { m_start = std::clock(); }
    [[nodiscard]] double milliseconds() const
    {
        return 1000.0 * static_cast<double>(std::clock() - m_start) / static_cast<double>(CLOCKS_PER_SEC);
    }

private:
    std::clock_t m_start = 0;
};

} // namespace stagewright::test
