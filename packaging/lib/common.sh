# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The Stagewright authors
#
# What packaging/run and packaging/test share: messages, the places, and how a preset is built.
# Works with bash 3.2 (macOS) and newer. Sourced, never started.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
readonly root

# Tools must not translate their output, and file names are UTF-8.
export LC_ALL=C.UTF-8 LANG=C.UTF-8

if [ -t 2 ]; then
    bold=$'\033[1m' red=$'\033[31m' plain=$'\033[0m'
else
    bold='' red='' plain=''
fi

say() { printf '%s==>%s %s\n' "$bold" "$plain" "$*" >&2; }
note() { printf '    %s\n' "$*" >&2; }
die()
{
    printf '%serror:%s %s\n' "$red" "$plain" "$1" >&2
    shift
    [ $# -eq 0 ] || printf '       %s\n' "$@" >&2
    exit 2
}
have() { command -v "$1" >/dev/null 2>&1; }

# How many compilers at once: one a core, but never more than there is memory for (about 1 GB each).
job_count()
{
    local cores memory
    cores=$(nproc 2>/dev/null || sysctl -n hw.ncpu 2>/dev/null || echo 2)
    memory=$(awk '/^MemAvailable:/ { print int($2 / 1048576) }' /proc/meminfo 2>/dev/null || true)
    if [ -n "$memory" ] && [ "$memory" -lt "$cores" ]; then
        cores=$((memory > 0 ? memory : 1))
    fi
    echo "$cores"
}

# A display that can be drawn on. DISPLAY alone is not enough: it often outlives its server.
have_display()
{
    [ "$(uname -s)" != Darwin ] || return 0
    [ -z "${WAYLAND_DISPLAY:-}" ] || return 0
    [ -n "${DISPLAY:-}" ] || return 1
    case $DISPLAY in
    :*)
        local number=${DISPLAY#:}
        number=${number%%.*}
        [ -S "/tmp/.X11-unix/X$number" ] || grep -q "@/tmp/.X11-unix/X$number\$" /proc/net/unix 2>/dev/null
        ;;
    *) return 0 ;; # another host, or a forwarded connection
    esac
}

# The library folder of the compiler that a build used, when programs need to be told about it (see
# choose_compiler). Empty in all usual cases.
run_library_path=

# Whether a compiler has C++23 with std::expected.
compiler_is_new_enough()
{
    have "$1" || return 1
    printf '#include <expected>\nint main() { return std::expected<int, int>(0).and_then([](int v) { return std::expected<int, int>(v); }).value(); }\n' |
        "$1" -std=c++23 -x c++ -fsyntax-only - 2>/dev/null
}

# Leaves the choice to CMake where its default is new enough; otherwise sets CXX to one that is.
choose_compiler()
{
    if [ -n "${CXX:-}" ]; then
        compiler_is_new_enough "${CXX%% *}" ||
            die "CXX is '$CXX', which has no std::expected." "GCC 13 or newer or Clang 18 or newer is needed."
        return
    fi
    local candidate
    for candidate in c++ g++ /usr/bin/g++ g++-15 g++-14 g++-13 clang++-20 clang++-19 clang++-18; do
        if compiler_is_new_enough "$candidate"; then
            [ "$candidate" = c++ ] || export CXX="$candidate"
            return
        fi
    done
    die "No C++ compiler with std::expected was found." "GCC 13 or newer or Clang 18 or newer is needed."
}

# An image may bring a compiler of its own under /usr/local whose old C++ library shadows the system's; Qt then
# does not start. Put the system's library first for our programs in that case only.
settle_runtime_library()
{
    have ldconfig || return 0
    local first
    # awk reads to the end: whoever stops early ends ldconfig with SIGPIPE once its list is longer than a pipe holds.
    first=$(ldconfig -p 2>/dev/null | awk '/libstdc\+\+\.so\.6 / && !found { print $NF; found = 1 }') || first=
    case $first in
    /usr/local/*)
        local system
        for system in /usr/lib/*-linux-gnu/libstdc++.so.6; do
            [ -e "$system" ] || continue
            # The file's real name ends in its version: the greater one is the newer one.
            local newest
            newest=$(printf '%s\n%s\n' "$(basename "$(readlink -f "$first")")" "$(basename "$(readlink -f "$system")")" |
                sort -V | tail -n 1)
            if [ "$newest" != "$(basename "$(readlink -f "$first")")" ]; then
                run_library_path=$(dirname "$system")
                note "using the C++ library in $run_library_path (the one in $(dirname "$first") is older)"
            fi
        done
        ;;
    esac
}

# Runs one of our programs or tests, with the library path it may need.
run_ours()
{
    if [ -n "$run_library_path" ]; then
        LD_LIBRARY_PATH="$run_library_path${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" "$@"
    else
        "$@"
    fi
}

# Given to CMake when a build is configured for the first time.
configure_options=()

# configure_preset PRESET: configures build/PRESET when that is needed.
configure_preset()
{
    local preset=$1
    local folder="$root/build/$preset"
    mkdir -p "$folder" 2>/dev/null && [ -w "$folder" ] ||
        die "Cannot write to $folder." "Was it made by another user (sudo)? Remove it or build as that user."

    # A cache that was made elsewhere (a copied or moved folder) is of no use.
    if [ -f "$folder/CMakeCache.txt" ] &&
        ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$folder/CMakeCache.txt"; then
        note "build/$preset belongs to another folder; starting it afresh"
        rm -rf "${folder:?}"
        mkdir -p "$folder"
    fi
    if [ ! -f "$folder/build.ninja" ] || [ "$root/CMakePresets.json" -nt "$folder/build.ninja" ]; then
        local options=(${configure_options[@]+"${configure_options[@]}"})
        have ccache && options+=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache -DSTAGEWRIGHT_PCH=OFF)
        say "Configuring build/$preset"
        (cd "$root" && cmake --preset "$preset" ${options[@]+"${options[@]}"} >"$folder/configure.log" 2>&1) || {
            tail -n 25 "$folder/configure.log" >&2
            rm -f "$folder/build.ninja"
            die "CMake could not configure the build; the whole output is in $folder/configure.log." \
                "On a system other than Debian, see \"Packages\" in README.md."
        }
    fi
}

# build_preset PRESET [TARGET…]: configures when needed, and builds.
build_preset()
{
    local preset=$1
    shift
    local folder="$root/build/$preset"
    configure_preset "$preset"
    local targets=()
    local target
    for target in "$@"; do
        targets+=(--target "$target")
    done
    say "Building build/$preset${*:+ ($*)}"
    cmake --build "$folder" --parallel "$(job_count)" ${targets[@]+"${targets[@]}"} >&2 ||
        die "The build failed; the messages are above."
}
