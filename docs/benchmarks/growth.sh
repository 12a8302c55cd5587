#!/bin/sh
# How long it takes to compare the files of two audits of 1,000,000 files, and of 100,000, in a heap of 256 MB.
#
#   docs/benchmarks/growth.sh [ROUNDS]
#
# Needs the plugin compiled (./mvnw -pl bitnet-maven-plugin package) and a JDK. The audits are made up: of a hundred files
# one is resized, one is moved, and one is there on one side only; each has a checksum. Both sizes are compared in turn,
# each time by a new Java; medians are printed, of the milliseconds that passed and of those of the processors.
set -eu

rounds=${1:-5}
here=$(cd "$(dirname "$0")" && pwd)
module=$here/../../bitnet-maven-plugin
for command in java javac; do
    command -v $command >/dev/null || { echo "$0 needs $command" >&2; exit 2; }
done
[ -d "$module/target/classes" ] || { echo "$0 needs the plugin compiled: ./mvnw -pl bitnet-maven-plugin package" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

"$here/../../mvnw" -q -B -ntp -f "$module/pom.xml" dependency:build-classpath "-Dmdep.outputFile=$work/classpath" -Dmdep.includeScope=runtime
classpath=$work:$module/target/classes:$(cat "$work/classpath")
javac -d "$work" -cp "$classpath" "$here/GrowthOnce.java"
for files in 100000 1000000; do
    java -cp "$classpath" GrowthOnce make "$work/$files" $files
done
round=0
while [ $round -lt "$rounds" ]; do
    round=$((round + 1))
    for files in 100000 1000000; do
        java -Xmx256m -cp "$classpath" GrowthOnce compare "$work/$files" >>"$work/$files.ms"
    done
done
median() { # file, column
    awk -v c="$2" '{ print $c }' "$1" | sort -n | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR+1)/2] : (v[NR/2] + v[NR/2+1]) / 2 }'
}
for files in 100000 1000000; do
    awk -v n=$files 'NR == 1 { printf "%9d files: added %d, removed %d, resized %d, moved %d\n", n, $3, $4, $5, $6 }' "$work/$files.ms"
    printf '  %6s ms, %6s ms of the processors (medians of %s)\n' "$(median "$work/$files.ms" 1)" "$(median "$work/$files.ms" 2)" "$rounds"
done
awk -v a="$(median "$work/1000000.ms" 1)" -v b="$(median "$work/100000.ms" 1)" -v c="$(median "$work/1000000.ms" 2)" \
    -v d="$(median "$work/100000.ms" 2)" 'BEGIN { printf "  ratio %.1f (processors %.1f); goal: at most 11, below 256 MB\n", a / b, c / d }'
