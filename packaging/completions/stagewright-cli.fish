# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The Stagewright authors
complete -c stagewright-cli -n __fish_use_subcommand -a inspect -d 'Print stages, instructions and edges as JSON' -f
complete -c stagewright-cli -n __fish_use_subcommand -a check -d 'Print findings' -f
complete -c stagewright-cli -n '__fish_seen_subcommand_from check' -l format -xa 'text json sarif github' -d 'How to print findings'
complete -c stagewright-cli -n '__fish_seen_subcommand_from check' -l fail-on -xa 'error warning info' -d 'Least severity for exit status 1'
complete -c stagewright-cli -n __fish_use_subcommand -a fix -d 'Apply the safe fixes' -f
complete -c stagewright-cli -n '__fish_seen_subcommand_from fix' -l rule -x -d 'Only fixes for this rule'
complete -c stagewright-cli -n '__fish_seen_subcommand_from fix' -l dry-run -d 'Write nothing'
complete -c stagewright-cli -n '__fish_seen_subcommand_from fix' -l output -r -d 'Where to write'
complete -c stagewright-cli -n '__fish_seen_subcommand_from inspect check fix' -l target -x -d 'Stage to build'
complete -c stagewright-cli -n '__fish_seen_subcommand_from inspect check fix' -l build-arg -x -d 'Build argument'
complete -c stagewright-cli -n '__fish_seen_subcommand_from inspect check fix' -l platform -x -d 'Platform to build for'
complete -c stagewright-cli -n '__fish_seen_subcommand_from inspect check fix' -l build-context -x -d 'Named context'
complete -c stagewright-cli -n __fish_use_subcommand -a fmt -d 'Lay files out evenly' -f
complete -c stagewright-cli -n '__fish_seen_subcommand_from fmt' -l check -d 'Change nothing; name the files'
complete -c stagewright-cli -n '__fish_seen_subcommand_from fmt' -l diff -d 'Change nothing; print what would change'
complete -c stagewright-cli -n '__fish_seen_subcommand_from check' -l explain -d 'Print reasons'
complete -c stagewright-cli -n '__fish_seen_subcommand_from inspect check fix' -l config -r -d 'Project file'
complete -c stagewright-cli -n '__fish_seen_subcommand_from inspect check fix' -l no-config -d 'No project file, no own catalogue'
complete -c stagewright-cli -n '__fish_seen_subcommand_from inspect check fix' -l catalog -r -d 'Images to know'
