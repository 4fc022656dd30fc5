# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The Stagewright authors
#
# Installs what is missing. Debian 13 has everything; on Debian 12 the packages come from Debian 13 ("trixie"),
# which is added with so low a priority that nothing else is upgraded from it. Sourced after common.sh.

# name, or name>=version where an older one may be there already
build_packages=(
    'g++>=4:13' 'cmake>=3.25' ninja-build
    'qt6-base-dev>=6.6' 'qt6-svg-dev>=6.6' 'libkf6syntaxhighlighting-dev>=6.2' 'nlohmann-json3-dev>=3.11'
    libarchive-dev
)
# The plugins and fonts that the window is drawn with.
run_packages=(fonts-inter fonts-jetbrains-mono)
# What tests compare with.
test_packages=(patch)

assume_yes=false

# Nobody there to answer.
non_interactive() { $assume_yes || [ "${CI:-}" = true ] || [ "${CI:-}" = 1 ] || ! [ -t 0 ] || ! [ -t 2 ]; }

as_root()
{
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

# Prints those of its arguments (name or name>=version) that are not installed, without the version.
missing_packages()
{
    local wanted name version installed
    for wanted in "$@"; do
        name=${wanted%%>=*}
        version=
        [ "$name" = "$wanted" ] || version=${wanted#*>=}
        installed=$(dpkg-query -W -f='${db:Status-Status} ${Version}\n' "$name" 2>/dev/null |
            awk '$1 == "installed" && !found { print $2; found = 1 }') || true # dpkg-query fails for an unknown name
        if [ -z "$installed" ] || { [ -n "$version" ] && dpkg --compare-versions "$installed" lt "$version"; }; then
            echo "$name"
        fi
    done
}

os_value() { (. /etc/os-release 2>/dev/null && eval "printf %s \"\${$1:-}\""); }

# Whether packages have to be asked for from trixie by name: on Debian 12, also after base-files came from trixie.
needs_trixie_source()
{
    [ -e /etc/apt/preferences.d/stagewright-trixie ] || [ "$(os_value VERSION_CODENAME)" = bookworm ]
}

# Whether apt knows Debian 13 as a source. The list is read whole: grep -q on a pipe ends apt-get with SIGPIPE.
knows_trixie()
{
    local names
    names=$(apt-get indextargets --format '$(CODENAME)' 'Identifier: Packages' 2>/dev/null) || names=
    grep -qx trixie <<<"$names"
}

# Adds Debian 13 as a source beside Debian 12, with priority 100: apt takes a package from there only when asked.
# The mirror is the one that this machine uses already.
add_trixie_source()
{
    if [ -e /etc/apt/preferences.d/stagewright-trixie ] && knows_trixie; then
        return
    fi
    local mirror
    mirror=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 'Identifier: Packages' 2>/dev/null |
        awk '$2 == "bookworm" && !found { print $1; found = 1 }') || mirror=
    mirror=${mirror%/}
    [ -n "$mirror" ] || die "apt knows no source for bookworm; add one, or install the packages of README.md by hand."
    local keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    say "Adding Debian 13 (trixie) as a package source with priority 100, from $mirror"
    as_root tee /etc/apt/preferences.d/stagewright-trixie >/dev/null <<PIN
# Written by Stagewright's packaging scripts. With this, apt installs from trixie only what is asked for by "-t trixie".
Package: *
Pin: release n=trixie
Pin-Priority: 100
PIN
    if ! knows_trixie; then
        {
            echo "Types: deb"
            echo "URIs: $mirror"
            echo "Suites: trixie"
            echo "Components: main"
            [ ! -e "$keyring" ] || echo "Signed-By: $keyring"
        } | as_root tee /etc/apt/sources.list.d/stagewright-trixie.sources >/dev/null
    fi
}

confirm()
{
    non_interactive && return 0
    local answer
    read -r -p "    $1 [y/N] " answer
    case $answer in [yY] | [yY][eE][sS]) return 0 ;; *) return 1 ;; esac
}

install_with_apt()
{
    local missing=("$@")
    local release=()
    say "Missing packages: ${missing[*]}"
    if [ "$(id -u)" -ne 0 ] && ! have sudo; then
        die "Installing packages needs root, and there is no sudo here." \
            "Run this as root once, or install them yourself: ${missing[*]}"
    fi
    if needs_trixie_source; then
        note "This is Debian 12, whose Qt is too old. The packages are taken from Debian 13 (trixie), which is added"
        note "as a source with priority 100. This upgrades libc and g++ (to 14.2) and takes about two minutes."
        release=(-t trixie)
    fi
    confirm "Install them now?" || die "Nothing was installed."
    [ ${#release[@]} -eq 0 ] || add_trixie_source

    local apt=(env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a apt-get -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
    local log
    log=$(mktemp "${TMPDIR:-/tmp}/stagewright-apt.XXXXXX")
    say "Updating the package lists"
    as_root "${apt[@]}" update >"$log" 2>&1 ||
        { tail -n 15 "$log" >&2; note "Some package lists could not be read; going on with the others."; }
    say "Installing ${missing[*]}"
    as_root "${apt[@]}" install -y --no-install-recommends -o Dpkg::Options::=--force-confold -o Dpkg::Use-Pty=0 \
        ${release[@]+"${release[@]}"} "${missing[@]}" >"$log" 2>&1 ||
        { tail -n 25 "$log" >&2; die "apt-get install failed; the output is in $log."; }
    rm -f "$log"
}

# ensure_dependencies PACKAGE…: installs those that are missing; quick and silent when none is.
ensure_dependencies()
{
    if have apt-get && have dpkg-query; then
        local missing=()
        local name
        while IFS= read -r name; do
            missing+=("$name")
        done < <(missing_packages "$@")
        if [ ${#missing[@]} -gt 0 ]; then
            [ "$(os_value ID)" = debian ] || note "Tried on Debian 12 and 13 only; the package names on $(os_value PRETTY_NAME) may differ."
            install_with_apt "${missing[@]}"
            local rest
            rest=$(missing_packages "$@")
            [ -z "$rest" ] || die "These packages are still missing or too old: ${rest//$'\n'/ }"
        fi
    elif ! have cmake || ! have ninja; then
        die "CMake and Ninja are missing." "The packages for this system are listed under \"Packages\" in README.md."
    fi
    choose_compiler
    settle_runtime_library
}
