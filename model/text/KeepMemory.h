// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace stagewright {

/// For the beginning of main(): the C library keeps up to 64 MiB that are freed for the next time. A document is read
/// anew at every key, and getting pages from the system again costs half as much as reading it.
inline void keepFreedMemory()
{
#ifdef __GLIBC__
    constexpr int mebibyte = 1024 * 1024;
    mallopt(M_MMAP_THRESHOLD, 32 * mebibyte); // the most that is allowed
    mallopt(M_TRIM_THRESHOLD, 64 * mebibyte);
    mallopt(M_TOP_PAD, mebibyte);
#endif
}

} // namespace stagewright
