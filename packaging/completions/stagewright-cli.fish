# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The Stagewright authors
complete -c stagewright-cli -n __fish_use_subcommand -a inspect -d 'Print stages, instructions and edges as JSON' -f
complete -c stagewright-cli -n __fish_use_subcommand -a check -d 'Print findings' -f
complete -c stagewright-cli -n '__fish_seen_subcommand_from check' -l format -xa 'text json' -d 'How to print findings'
complete -c stagewright-cli -n '__fish_seen_subcommand_from check' -l target -x -d 'Stage to build'
complete -c stagewright-cli -n '__fish_seen_subcommand_from check' -l fail-on -xa 'error warning info' -d 'Least severity for exit status 1'
