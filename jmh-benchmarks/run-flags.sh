#!/usr/bin/env bash
# The flag benchmarks in their quick form, with the other libraries beside: about seven minutes, results under
# jmh-benchmarks/target/results/. For numbers worth quoting run each with its defaults, on a quiet machine; see README.md.
#
#   jmh-benchmarks/run-flags.sh [--no-build]
source "$(dirname "$0")/run-common.sh" "$@"

jmh flags-floor 'FlagFloorBenchmark'
jmh flags-evaluation 'FlagEvaluationBenchmark'
jmh flags-reused 'FlagEvaluationBenchmark.all' -p library=PENSTOCK_REUSED
jmh flags-usage 'FlagUsageBenchmark'
jmh flags-compile 'SnapshotCompileBenchmark'
main flags-reloads flags.EvaluationDuringReloads --seconds 5 --warmup 4
main flags-ratios flags.FlagRatios "$OUT/flags-evaluation.csv" "$OUT/flags-reused.csv" "$OUT/flags-usage.csv"
step "done; everything is in $OUT"
