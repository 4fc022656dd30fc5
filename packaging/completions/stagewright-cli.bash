# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The Stagewright authors

_stagewright_cli()
{
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]:-}
    local words=
    if [ "$COMP_CWORD" -eq 1 ]; then
        words='inspect check fix fmt build help --help --version'
    else
        case $previous in
        --format) words='text json sarif github' ;;
        --fail-on) words='error warning info' ;;
        --engine) words='docker docker-classic podman buildah' ;;
        --network) words='host none' ;;
        --tag | -t | --secret | --ssh | --max-size | --max-added | --max-wasted | --max-packages) return ;;
        --max-executables | --lowest-efficiency) return ;;
        --target | --build-arg | --platform | --build-context | --rule) return ;;
        *)
            case $current in
            -*)
                words='--target --build-arg --platform --build-context --config --no-config --catalog --help'
                case $command in
                fmt) words='--check --diff --help' ;;
                check) words+=' --context --format --fail-on --explain' ;;
                inspect) words+=' --context' ;;
                build)
                    words+=' --engine --file --tag --secret --ssh --network --no-cache --pull --format --no-history'
                    words+=' --max-size --max-added --max-wasted --lowest-efficiency --max-packages'
                    words+=' --max-executables --no-shell --no-package-manager --no-setuid --no-root'
                    ;;
                fix) words+=' --context --rule --unsafe --dry-run --output' ;;
                esac
                ;;
            esac
            ;;
        esac
    fi
    if [ -n "$words" ]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    else
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
    fi
}
complete -F _stagewright_cli stagewright-cli
