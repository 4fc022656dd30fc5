# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The Stagewright authors
#
# Counts test functions in what ctest has written. Sourced after common.sh.

# summary LOG REPORT PASSED FAILED: prints "N passed, N failed, N skipped", and the reason of each skip before it.
# LOG is ctest's LastTest.log with the output of every program; REPORT is what ctest printed. A program that failed
# without a failing function (a crash, a time-out) counts as one failure.
summary()
{
    local counts
    counts=$(awk -v passed="$3" -v failed="$4" '
        FNR == 1 { file++ }
        file == 1 && /^[0-9]+\/[0-9]+ Testing: / { program = $NF }
        # Qt adds these two to every program.
        file == 1 && /^(PASS|SKIP) .*::(initTestCase|cleanupTestCase)\(\)/ { next }
        file == 1 && /^PASS   : / { passed++ }
        file == 1 && /^(FAIL!|XPASS)  : / { failed++; failing[program]++ }
        file == 1 && /^SKIP   : / { skipped++; reason[skipped] = substr($0, 10) }
        # "  3/12 Test  #3: tst_lint ....***Failed    0.02 sec"
        file == 2 && /Test +#[0-9]+: / && /\*\*\*/ {
            name = $0
            sub(/.*Test +#[0-9]+: /, "", name)
            sub(/ .*/, "", name)
            if ($0 ~ /\*\*\*(Skipped|Not Run)/) {
                if ($0 ~ /Skipped/) { skipped++; reason[skipped] = name } else { failed++; failing[name]++ }
            } else if (!failing[name]) {
                failed++
                failing[name]++
            }
        }
        END {
            for (i = 1; i <= skipped; i++) {
                print "    skipped: " reason[i] > "/dev/stderr"
            }
            printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
        }' "$1" "$2")
    printf '%s\n' "$counts"
}
