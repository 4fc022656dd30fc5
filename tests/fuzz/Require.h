// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors

#pragma once

#include <cstdio>
#include <cstdlib>

/// Like assert, but in every build: a fuzzer's property must never be compiled out.
inline void require(bool holds, const char *what)
{
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}
