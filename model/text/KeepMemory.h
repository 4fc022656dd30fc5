// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <cstdint>
#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace stagewright {

/// For the beginning of main(): the C library keeps up to 128 MiB that are freed for the next time. A document is read
/// anew at every key, and getting pages from the system again costs half as much as reading it. What it gets first may
/// be in large pages: a file of thousands of stages is checked a little faster, and memory is still taken as it is
/// used.
inline void keepFreedMemory()
{
#ifdef __GLIBC__
    constexpr int mebibyte = 1024 * 1024;
    mallopt(M_MMAP_THRESHOLD, 32 * mebibyte); // the most that is allowed
    mallopt(M_TRIM_THRESHOLD, 128 * mebibyte);
    mallopt(M_TOP_PAD, 64 * mebibyte);
#ifdef MADV_HUGEPAGE
    // More than is at hand, so that the heap grows by all of the above; the addresses only, no memory yet.
    void *const begin = std::malloc(mebibyte);
    constexpr std::uintptr_t page = 2 * mebibyte;
    const std::uintptr_t from = (reinterpret_cast<std::uintptr_t>(begin) + page - 1) / page * page;
    const std::uintptr_t to = reinterpret_cast<std::uintptr_t>(sbrk(0)) / page * page;
    std::free(begin);
    // Refused on systems that have no such pages, which changes nothing else.
    if (from < to && to - from <= 128 * page)
        madvise(reinterpret_cast<void *>(from), to - from, MADV_HUGEPAGE);
#endif
#endif
}

} // namespace stagewright
