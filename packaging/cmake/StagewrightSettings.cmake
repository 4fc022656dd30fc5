# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The Stagewright authors

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_AUTOMOC_PATH_PREFIX ON)

include(CheckCXXSourceCompiles)
set(CMAKE_REQUIRED_FLAGS "${CMAKE_CXX23_STANDARD_COMPILE_OPTION}")
check_cxx_source_compiles("
#include <expected>
int main() { return std::expected<int, int>(0).value(); }" STAGEWRIGHT_HAS_EXPECTED)
unset(CMAKE_REQUIRED_FLAGS)
if(NOT STAGEWRIGHT_HAS_EXPECTED)
    message(FATAL_ERROR "Stagewright needs a C++23 compiler with std::expected (GCC 13 or newer, Clang 18 or newer).")
endif()

# What every target of ours is compiled with; our targets link it privately.
add_library(stagewright-settings INTERFACE)
target_compile_options(stagewright-settings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
    $<$<BOOL:${STAGEWRIGHT_WERROR}>:-Werror>)
if(STAGEWRIGHT_WERROR AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC's optimiser warns about std::string and std::vector in correct code (its bugs 105329, 105651 and others), and
    # differently in each version. Optimised builds show that, but do not stop for it.
    foreach(alarm array-bounds restrict stringop-overflow stringop-overread maybe-uninitialized free-nonheap-object
            dangling-pointer dangling-reference)
        target_compile_options(stagewright-settings INTERFACE $<$<NOT:$<CONFIG:Debug>>:-Wno-error=${alarm}>)
    endforeach()
endif()
target_compile_definitions(stagewright-settings INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_KEYWORDS QT_NO_CONTEXTLESS_CONNECT QT_NO_FOREACH
    QT_DISABLE_DEPRECATED_UP_TO=0x060600 QT_STRICT_ITERATORS)
if(STAGEWRIGHT_SANITIZE)
    target_compile_options(stagewright-settings INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
    target_link_options(stagewright-settings INTERFACE -fsanitize=address,undefined)
endif()
if(STAGEWRIGHT_FUZZ)
    if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
        message(FATAL_ERROR "STAGEWRIGHT_FUZZ needs clang: libFuzzer comes with it.")
    endif()
    # Every object is instrumented; only the fuzz targets link libFuzzer's main.
    target_compile_options(stagewright-settings INTERFACE
        -fsanitize=fuzzer-no-link,address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
    target_link_options(stagewright-settings INTERFACE -fsanitize=address,undefined)
endif()
