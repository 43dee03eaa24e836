#!/usr/bin/env bash
# All evidence in one run: this library beside others, flags, and the limits. Writes docs/performance.md with tables and
# plots; raw results stand under jmh-benchmarks/target/results/performance/. Quick takes about ten minutes for each JDK, measures
# every process once and leaves some of them out; full takes about half an hour and measures all of them twice.
#
#   jmh-benchmarks/run-performance.sh [quick|full] [--no-build] [--jdk PATH]...
#
# Without --jdk the machine's java is used; each --jdk is measured after it. MEASURE_WITH, if it is set, is put before
# the command of each measured process, for a machine that is shared or whose cores are to be chosen.
set -euo pipefail

MODE=quick
BUILD=()
JDKS=("${JAVA_HOME:-}")
while (($#)); do
  case $1 in
    quick | full) MODE=$1 ;;
    --no-build) BUILD=(--no-build) ;;
    --jdk) JDKS+=("$2") && shift ;;
    *) echo "unknown: $1" >&2 && exit 2 ;;
  esac
  shift
done
# Where somebody keeps a JDK is no part of the command.
COMMAND="jmh-benchmarks/run-performance.sh $MODE$(printf ' --jdk PATH%.0s' "${JDKS[@]:1}")"
[[ ${#JDKS[@]} -gt 1 ]] || COMMAND="jmh-benchmarks/run-performance.sh $MODE"
source "$(dirname "$0")/run-common.sh" "${BUILD[@]}"

if [[ $MODE == quick ]]; then
  FORKS=1 WARMUP=5 SECONDS_EACH=1 RATES=50000 DELIVERY_WARMUP=9 JMH_TIMES=(-wi 3 -w 500ms -i 3 -r 300ms)
  PRODUCERS=1,2 FLAGS='onOffCold|onOffFresh|splitKept|allHot' REUSED=allHot
  CALLS=(draw penstock_builder penstock_translator penstock_map posthog_server posthog_java segment launchdarkly log4j)
  PACED=(draw penstock_builder penstock_map posthog_server posthog_java launchdarkly log4j)
  DELIVERIES=(penstock_builder penstock_large penstock_zlib_large penstock_plain_large posthog_server posthog_java
    segment_gzip launchdarkly)
else
  FORKS=2 WARMUP=5 SECONDS_EACH=2 RATES=20000,50000 DELIVERY_WARMUP=10 JMH_TIMES=(-wi 3 -w 500ms -i 3 -r 300ms)
  PRODUCERS=1,2,4 REUSED='allHot|allCold'
  FLAGS='onOffHot|onOffCold|onOffKept|onOffKept2Threads|onOffFresh|splitKept|allKept|allHot|allCold'
  CALLS=(draw map penstock_builder penstock_translator penstock_map posthog_server posthog_java segment launchdarkly log4j)
  PACED=("${CALLS[@]}")
  DELIVERIES=(penstock_builder penstock_large penstock_zlib penstock_zlib_large penstock_plain penstock_plain_large
    posthog_server posthog_server_small posthog_java segment segment_gzip launchdarkly)
fi
# The compilers are at work for ten seconds under full load, and their CPU would be taken for the library's.
HEAP=(-Xms2g -Xmx2g -Xmn512m -XX:+AlwaysPreTouch)
RESULTS=$OUT/performance
rm -rf "$RESULTS"

# How long this machine's cores have worked so far, and how long the host kept them from it, where the system counts that.
cores_time() {
  if [[ -r /proc/stat ]]; then
    awk '$1 == "cpu" { print $2 + $3 + $4 + $7 + $8, $9 + 0 }' /proc/stat
  fi
}

# measured FILE COMMAND...: one process, into a file of its own
measured() {
  local file=$1 before after
  shift
  before=$(cores_time)
  # shellcheck disable=SC2086
  ${MEASURE_WITH:-} "$@" >"$file" 2>&1 || { tail -30 "$file"; exit 1; }
  after=$(cores_time)
  echo "$before $after" | awk 'NF == 4 && $3 + $4 > $1 + $2 {
    print "figure stolen share=" ($4 - $2) / ($3 + $4 - $1 - $2) }' >>"$file"
}

# peers JDK-FOLDER FORK NAME CLASS ARGUMENTS..., for each contender named after --
peers() {
  local folder=$1 fork=$2 name=$3 class=$4 arguments=()
  shift 4
  while [[ $1 != -- ]]; do arguments+=("$1") && shift; done
  shift
  for contender in "$@"; do
    step "$(basename "$folder") run $fork of $FORKS: $name $contender"
    measured "$folder/$name.$contender.$fork.txt" "$JAVA" "${HEAP[@]}" -cp "$JAR" "dev.penstock.benchmarks.$class" \
      --contender "$contender" "${arguments[@]}"
  done
}

# limits JDK-FOLDER FORK NAME BENCHMARK ARGUMENTS...
limits() {
  local folder=$1 fork=$2 name=$3
  shift 3
  step "$(basename "$folder") run $fork of $FORKS: $name"
  measured "$folder/$name.$fork.txt" "$JAVA" -jar "$JAR" "$@" -f 1 "${JMH_TIMES[@]}" -prof gc -foe true \
    -rf csv -rff "$folder/$name.$fork.csv"
}

number=0
for jdk in "${JDKS[@]}"; do
  JAVA="${jdk:+$jdk/bin/}java"
  number=$((number + 1))
  folder=$RESULTS/jdk-$number
  mkdir -p "$folder"
  "$JAVA" -version >"$folder/java.version" 2>&1
  for ((fork = 1; fork <= FORKS; fork++)); do
    peers "$folder" "$fork" calls peers.CallCost --producers "$PRODUCERS" --seconds "$SECONDS_EACH" \
      --warmup "$WARMUP" -- "${CALLS[@]}"
    peers "$folder" "$fork" paced peers.PacedCalls --rates "$RATES" --seconds "$((SECONDS_EACH + 1))" \
      --warmup "$WARMUP" -- "${PACED[@]}"
    peers "$folder" "$fork" delivery peers.Delivery --seconds "$((SECONDS_EACH + 1))" \
      --warmup "$DELIVERY_WARMUP" -- "${DELIVERIES[@]}"
    limits "$folder" "$fork" capture 'CaptureBenchmark\.(builder|translator|mapReady)$|CallerBaseline\.draw' \
      -p strings=TOUCHED
    limits "$folder" "$fork" flags "FlagEvaluationBenchmark\\.($FLAGS)\$"
    limits "$folder" "$fork" flags-reused "FlagEvaluationBenchmark\\.($REUSED)\$" -p library=PENSTOCK_REUSED
    limits "$folder" "$fork" sha1 'FlagFloorBenchmark\.sha1'
    limits "$folder" "$fork" ring 'ClaimPublishBenchmark|DisruptorBaseline' -p length=200
    limits "$folder" "$fork" encode 'encode\.EncodeBenchmark' -p shape=REFERENCE
    limits "$folder" "$fork" compression 'CompressionBenchmark' -p shape=REFERENCE
    step "$(basename "$folder") run $fork of $FORKS: start and wake-up"
    for start in 1 2 3; do
      # As an application starts: without a heap of a size of its own.
      measured "$folder/start.$fork-$start.txt" "$JAVA" -cp "$JAR" dev.penstock.benchmarks.pipeline.StartUp
    done
    # What is in use, to the byte: no regions rounded up, no buffers that threads have taken and not filled.
    measured "$folder/held.$fork.txt" "$JAVA" -XX:+UseSerialGC -XX:-UseTLAB -cp "$JAR" \
      dev.penstock.benchmarks.pipeline.StartUp --held 3
    measured "$folder/wake.$fork.txt" "$JAVA" -cp "$JAR" dev.penstock.benchmarks.pipeline.WakeUp \
      --seconds "$((2 * SECONDS_EACH + 3))" --events 200
    step "$(basename "$folder") run $fork of $FORKS: post"
    measured "$folder/post.$fork.txt" "$JAVA" "${HEAP[@]}" -cp "$JAR" dev.penstock.benchmarks.limits.RawPost \
      --seconds "$SECONDS_EACH" --warmup 1
  done
done

{
  echo "mode=$MODE"
  echo "runs=$FORKS"
  echo "command=$COMMAND"
  echo "commit=$(git rev-parse --short HEAD 2>/dev/null || echo unknown)$(git diff --quiet HEAD 2>/dev/null || echo ', with changes')"
  echo "date=$(date -u +%F)"
  echo "cpu=$(grep -m 1 'model name' /proc/cpuinfo | sed 's/.*: //' || true)"
  echo "cores=$(nproc)"
  echo "system=$(uname -sr)"
} >"$RESULTS/run.properties"
step "report"
"$JAVA" -cp "$JAR" dev.penstock.benchmarks.report.PerformanceReport "$RESULTS" docs
step "done: docs/performance.md"
