#!/bin/sh
# How long all reports of an image of 100,000 files take, in how much memory, and when the HTML page can be used.
#
#   docs/benchmarks/reports.sh [FILES]
#
# Needs the plugin compiled (./mvnw -pl bitnet-maven-plugin package), a JDK and chromium. The audit is made up and the
# same each time; the reports are those of bitnet.reports, written five times by a Java with a heap of 256 MB: the first
# time is that of a cold start. The page says itself how many milliseconds after the start of its loading
# it could be used; of five loads in a new profile the median counts. The aim: below 2 s and 256 MB, below 1 s.
set -eu

files=${1:-100000}
here=$(cd "$(dirname "$0")" && pwd)
module=$here/../../bitnet-maven-plugin
for command in java javac chromium; do
    command -v $command >/dev/null || { echo "$0 needs $command" >&2; exit 2; }
done
[ -d "$module/target/classes" ] || { echo "$0 needs the plugin compiled: ./mvnw -pl bitnet-maven-plugin package" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

"$here/../../mvnw" -q -B -ntp -f "$module/pom.xml" dependency:build-classpath "-Dmdep.outputFile=$work/classpath" -Dmdep.includeScope=runtime
classpath=$work:$module/target/classes:$(cat "$work/classpath")
javac -d "$work" -cp "$classpath" "$here/ReportsOnce.java"
java -Xmx256m -cp "$classpath" ReportsOnce "$work" "$files"
echo "HTML report       $(wc -c <"$work/report.html") B"

for round in 1 2 3 4 5; do
    chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
        --disable-component-update --disable-sync --user-data-dir="$work/profile$round" --dump-dom \
        "file://$work/report.html" 2>/dev/null | grep -o 'data-ready="[0-9]*"' | head -n 1 | tr -dc '0-9\n'
done | sort -n | awk '{ ms[NR] = $1 } END { printf "page usable after %d ms (median of %d; %d to %d)\n", ms[int((NR + 1) / 2)], NR, ms[1], ms[NR] }'
