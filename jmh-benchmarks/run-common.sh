# What the scripts beside this file share; sourced by them with their own arguments. Builds unless told --no-build, says
# what machine, JDK and commit this is, and leaves the caller in the project's folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [[ "${1:-}" != "--no-build" ]]; then
  echo "building"
  ./mvnw -q -B -ntp -pl jmh-benchmarks -am -DskipTests package
fi

JAVA="${JAVA_HOME:+$JAVA_HOME/bin/}java"
JAR=jmh-benchmarks/target/benchmarks.jar
OUT=jmh-benchmarks/target/results
mkdir -p "$OUT"
started=$SECONDS

step() {
  printf '[%3d s] %s\n' $((SECONDS - started)) "$1"
}

# jmh NAME ARGUMENTS..., with WARMUPS iterations of half a second before it is measured
jmh() {
  local name=$1
  shift
  step "$name"
  "$JAVA" -jar "$JAR" "$@" -f 1 -wi "${WARMUPS:-3}" -w 500ms -i 4 -r 500ms -prof gc -foe true \
    -rf csv -rff "$OUT/$name.csv" >"$OUT/$name.txt" 2>&1 || { tail -30 "$OUT/$name.txt"; exit 1; }
  grep -E '^(Benchmark|[A-Za-z.]+(Benchmark|Baseline)).*(Mode|(ns|us)/op|B/op|#)$|on the wire|Score' "$OUT/$name.txt" |
    grep -vE 'gc\.(alloc\.rate|count|time|churn)[^.]|alloc\.rate +' | sort -u || true
}

# main NAME CLASS ARGUMENTS...
main() {
  local name=$1 class=$2
  shift 2
  step "$name"
  "$JAVA" -cp "$JAR" "dev.penstock.benchmarks.$class" "$@" >"$OUT/$name.txt" 2>&1 || { tail -30 "$OUT/$name.txt"; exit 1; }
  cat "$OUT/$name.txt"
}

{
  echo "commit $(git rev-parse --short HEAD 2>/dev/null || echo unknown)"
  "$JAVA" -version 2>&1
  grep -m 1 'model name' /proc/cpuinfo || true
  nproc
  uptime
} >"$OUT/machine.txt"
cat "$OUT/machine.txt"
