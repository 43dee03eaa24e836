#!/usr/bin/env bash
# What a spool costs, in quick form: about four minutes, results under jmh-benchmarks/target/results/spool.txt. For
# numbers worth quoting raise --seconds, on a quiet machine; see README.md.
#
#   jmh-benchmarks/run-spool.sh [--no-build]
source "$(dirname "$0")/run-common.sh" "$@"

main spool pipeline.SpoolComparison --rounds 3 --seconds 5 --warmup 4
step "done"
