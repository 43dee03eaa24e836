#!/usr/bin/env bash
# All benchmarks of this module in their quick form: about ten minutes, results under jmh-benchmarks/target/results/.
# For numbers worth quoting run each with its defaults, on a quiet machine; see README.md.
#
#   jmh-benchmarks/run-quick.sh [--no-build]
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ "${1:-}" != "--no-build" ]]; then
  echo "building"
  ./mvnw -q -B -ntp -pl jmh-benchmarks -am -DskipTests package
fi

JAVA="${JAVA_HOME:+$JAVA_HOME/bin/}java"
JAR=jmh-benchmarks/target/benchmarks.jar
OUT=jmh-benchmarks/target/results
PACKAGE=dev.penstock.benchmarks
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
  grep -E '^(Benchmark|[A-Za-z.]+Benchmark|[A-Za-z.]+Baseline).*(Mode|ns/op|B/op|#)$|on the wire|Score' "$OUT/$name.txt" |
    grep -vE 'gc\.(alloc\.rate|count|time|churn)[^.]|alloc\.rate +' | sort -u || true
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

jmh capture 'capture\.CaptureBenchmark|CallerBaseline' -p strings=FRESH,TOUCHED
jmh capture-cold 'capture\.CaptureBenchmark\.builder$|CallerBaseline\.draw$' -p strings=COLD
jmh capture-live 'CaptureLiveBenchmark' -p gzip=true
jmh ring 'ClaimPublishBenchmark|QueueBaseline'
jmh encode 'EncodeBenchmark'
jmh compression 'CompressionBenchmark'
main latency latency.PacedCaptureLatency --rates 50000 --seconds 4 --warmup 3
main throughput-gzip pipeline.EndToEndThroughput --seconds 4 --warmup 3
main throughput-plain pipeline.EndToEndThroughput --seconds 4 --warmup 3 --gzip false
main throughput-2-producers pipeline.EndToEndThroughput --seconds 4 --warmup 3 --producers 2
DATA=cli/examples/commits.ndjson.gz
if [[ -f "$DATA" ]]; then
  main throughput-commits pipeline.EndToEndThroughput --data "$DATA" --times 10
else
  step "throughput-commits left out: no $DATA"
fi
main batch-size pipeline.BatchSizeComparison --seconds 3 --warmup 2
main wait-strategy pipeline.WaitStrategyComparison --seconds 2 --warmup 2
main idle pipeline.IdleCost --seconds 5
step "done; everything is in $OUT"
