// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "Command.h"

#include "text/KeepMemory.h"

#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#if __has_include(<unistd.h>)
#include <unistd.h>
#endif

namespace {

bool wantsColour()
{
#if __has_include(<unistd.h>)
    return isatty(STDOUT_FILENO) != 0 && !std::getenv("NO_COLOR");
#else
    return false;
#endif
}

} // namespace

int main(int argc, char *argv[])
{
    stagewright::keepFreedMemory();
    std::ios::sync_with_stdio(false);
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    stagewright::cli::Streams streams{std::cin, std::cout, std::cerr, wantsColour()};
    const int code = stagewright::cli::runCommandLine(arguments, streams);
    std::cout.flush();
    // A full disk or a closed pipe must not look like success.
    return std::cout.good() ? code : static_cast<int>(stagewright::cli::CannotRun);
}
