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
complete -c stagewright-cli -n '__fish_seen_subcommand_from inspect check fix build' -l target -x -d 'Stage to build'
complete -c stagewright-cli -n '__fish_seen_subcommand_from inspect check fix build' -l build-arg -x -d 'Build argument'
complete -c stagewright-cli -n '__fish_seen_subcommand_from inspect check fix build' -l platform -x -d 'Platform to build for'
complete -c stagewright-cli -n '__fish_seen_subcommand_from inspect check fix build' -l build-context -x -d 'Named context'
complete -c stagewright-cli -n __fish_use_subcommand -a fmt -d 'Lay files out evenly' -f
complete -c stagewright-cli -n '__fish_seen_subcommand_from fmt' -l check -d 'Change nothing; name the files'
complete -c stagewright-cli -n '__fish_seen_subcommand_from fmt' -l diff -d 'Change nothing; print what would change'
complete -c stagewright-cli -n '__fish_seen_subcommand_from check' -l explain -d 'Print reasons'
complete -c stagewright-cli -n __fish_use_subcommand -a build -d 'Build and weigh the layers' -f
complete -c stagewright-cli -n '__fish_seen_subcommand_from build' -l engine -xa 'docker docker-classic podman buildah' -d 'What builds'
complete -c stagewright-cli -n '__fish_seen_subcommand_from build' -l format -xa 'text json' -d 'How to print sizes'
complete -c stagewright-cli -n '__fish_seen_subcommand_from build' -s f -l file -r -d 'Dockerfile'
complete -c stagewright-cli -n '__fish_seen_subcommand_from build' -s t -l tag -x -d 'Name of the image'
complete -c stagewright-cli -n '__fish_seen_subcommand_from build' -l secret -x -d 'Secret for RUN --mount'
complete -c stagewright-cli -n '__fish_seen_subcommand_from build' -l ssh -x -d 'Agent or key for RUN --mount'
complete -c stagewright-cli -n '__fish_seen_subcommand_from build' -l network -xa 'host none' -d 'Network of RUN'
complete -c stagewright-cli -n '__fish_seen_subcommand_from build' -l no-cache -d 'Run every step'
complete -c stagewright-cli -n '__fish_seen_subcommand_from build' -l pull -d 'Ask for newer base images'
complete -c stagewright-cli -n '__fish_seen_subcommand_from build' -l no-history -d 'Remember nothing'
complete -c stagewright-cli -n '__fish_seen_subcommand_from build' -l no-shell -d 'No shell in it'
complete -c stagewright-cli -n '__fish_seen_subcommand_from build' -l no-package-manager -d 'No package manager in it'
complete -c stagewright-cli -n '__fish_seen_subcommand_from build' -l no-setuid -d 'No setuid files in it'
complete -c stagewright-cli -n '__fish_seen_subcommand_from build' -l no-root -d 'Must not run as root'
complete -c stagewright-cli -n '__fish_seen_subcommand_from build' -l max-size -x -d 'Limit'
complete -c stagewright-cli -n '__fish_seen_subcommand_from build' -l max-added -x -d 'Limit'
complete -c stagewright-cli -n '__fish_seen_subcommand_from build' -l max-wasted -x -d 'Limit'
complete -c stagewright-cli -n '__fish_seen_subcommand_from build' -l lowest-efficiency -x -d 'Limit'
complete -c stagewright-cli -n '__fish_seen_subcommand_from build' -l max-packages -x -d 'Limit'
complete -c stagewright-cli -n '__fish_seen_subcommand_from build' -l max-executables -x -d 'Limit'
