#!/usr/bin/env bash
# The Segment benchmarks in their quick form, with Segment's own library for Java beside: about seven minutes, results
# under jmh-benchmarks/target/results/, all of them in one table in segment.txt. For numbers worth quoting run each with
# its defaults, on a quiet machine; see README.md.
#
#   jmh-benchmarks/run-segment.sh [--no-build]
source "$(dirname "$0")/run-common.sh" "$@"

jmh segment-caller 'CallerBaseline.draw$' -p strings=FRESH,TOUCHED
jmh segment-message 'segment\.MessageBenchmark' -p strings=FRESH,TOUCHED
jmh segment-encode 'MessageEncodeBenchmark'
WARMUPS=10 jmh segment-live 'MessageLiveBenchmark'
main segment-delivery segment.DeliveryComparison --seconds 6 --warmup 6
main segment-delivery-2-producers segment.DeliveryComparison --seconds 4 --warmup 6 --producers 2 \
  --runs penstock_builder+gzip,analytics_java+nodelay
main segment-ratios segment.SegmentRatios "$OUT"/segment-{message,encode,live}.csv
cat "$OUT"/{machine,segment-ratios,segment-delivery,segment-delivery-2-producers}.txt >"$OUT/segment.txt"
step "done"
cat "$OUT/segment.txt"
