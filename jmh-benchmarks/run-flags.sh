#!/usr/bin/env bash
# The flag benchmarks in their quick form, with the other libraries beside: about seven minutes, results under
# jmh-benchmarks/target/results/. For numbers worth quoting run each with its defaults, on a quiet machine; see README.md.
#
#   jmh-benchmarks/run-flags.sh [--no-build]
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ "${1:-}" != "--no-build" ]]; then
  echo "building"
  ./mvnw -q -B -ntp -pl jmh-benchmarks -am -DskipTests package
fi

JAVA="${JAVA_HOME:+$JAVA_HOME/bin/}java"
JAR=jmh-benchmarks/target/benchmarks.jar
OUT=jmh-benchmarks/target/results
PACKAGE=dev.penstock.benchmarks.flags
mkdir -p "$OUT"
started=$SECONDS

step() {
  printf '[%3d s] %s\n' $((SECONDS - started)) "$1"
}

# jmh NAME ARGUMENTS...
jmh() {
  local name=$1
  shift
  step "$name"
  "$JAVA" -jar "$JAR" "$@" -f 1 -wi 3 -w 500ms -i 4 -r 500ms -prof gc -foe true \
    -rf csv -rff "$OUT/$name.csv" >"$OUT/$name.txt" 2>&1 || { tail -30 "$OUT/$name.txt"; exit 1; }
  grep -E '^(Benchmark|[A-Za-z.]+Benchmark).*(Mode|(ns|us)/op|B/op)' "$OUT/$name.txt" |
    grep -vE 'gc\.(count|time)|alloc\.rate +' | sort -u || true
}

# main NAME CLASS ARGUMENTS...
main() {
  local name=$1 class=$2
  shift 2
  step "$name"
  "$JAVA" -cp "$JAR" "$PACKAGE.$class" "$@" >"$OUT/$name.txt" 2>&1 || { tail -30 "$OUT/$name.txt"; exit 1; }
  cat "$OUT/$name.txt"
}

{
  echo "commit $(git rev-parse --short HEAD 2>/dev/null || echo unknown)"
  "$JAVA" -version 2>&1
  nproc
  uptime
} >"$OUT/machine.txt"
cat "$OUT/machine.txt"

jmh flags-floor 'FlagFloorBenchmark'
jmh flags-evaluation 'FlagEvaluationBenchmark'
jmh flags-usage 'FlagUsageBenchmark'
jmh flags-compile 'SnapshotCompileBenchmark'
main flags-reloads EvaluationDuringReloads --seconds 5 --warmup 4
main flags-ratios FlagRatios "$OUT/flags-evaluation.csv" "$OUT/flags-usage.csv"
step "done; everything is in $OUT"
