#!/usr/bin/env bash
# All benchmarks of this module in their quick form: about ten minutes, results under jmh-benchmarks/target/results/.
# For numbers worth quoting run each with its defaults, on a quiet machine; see README.md.
#
#   jmh-benchmarks/run-quick.sh [--no-build]
source "$(dirname "$0")/run-common.sh" "$@"

jmh capture 'capture\.CaptureBenchmark|CallerBaseline' -p strings=FRESH,TOUCHED
jmh capture-cold 'capture\.CaptureBenchmark\.builder$|CallerBaseline\.draw$' -p strings=COLD
jmh capture-live 'CaptureLiveBenchmark' -p gzip=true
jmh ring 'ClaimPublishBenchmark|QueueBaseline'
jmh encode 'encode\.EncodeBenchmark'
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
