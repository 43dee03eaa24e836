#!/usr/bin/env bash
# Runs one family of stress tests, or all of them; builds the runnable jar first unless it is there.
#
#   stress-tests/run-stress.sh scenarios|kill|disk|soak|jcstress|nightly [--seed N] [--duration 60s] [--scenario NAME]
#   stress-tests/run-stress.sh COMMAND --help
#
# STRESS_BUILD=no takes the jar as it is; STRESS_JAVA_OPTS are options for the JVM.
set -euo pipefail
cd "$(dirname "$0")/.."
JAR=stress-tests/target/stress-tests.jar
JAVA="${JAVA_HOME:+$JAVA_HOME/bin/}java"
if [[ "${STRESS_BUILD:-yes}" != no || ! -f "$JAR" ]]; then
  ./mvnw -q -B -ntp -pl stress-tests -am -DskipTests package
fi
# shellcheck disable=SC2086
exec "$JAVA" -Xmx2g ${STRESS_JAVA_OPTS:-} -jar "$JAR" "$@"
