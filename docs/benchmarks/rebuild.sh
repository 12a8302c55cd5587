#!/usr/bin/env bash
# Measures a fully cached bitnet:build with a 1.19 GB embedded model against plain docker-maven-plugin with that model
# in its build context. Both run as whole Maven builds, alternately; the medians and their ratio are printed. So is what
# bitnet:build takes when docker-maven-plugin is run although nothing changed (bitnet.build.force).
#
# usage: docs/benchmarks/rebuild.sh [ROUNDS]
# needs: a Docker engine, about 10 GB of free disk, and it/target/it.properties (./mvnw verify or -Pquickstart makes it)
set -euo pipefail
rounds=${1:-5}
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$root/target/benchmark-rebuild
bytes=1187801280
say() { printf '%s\n' "$*"; }
fail() { printf 'rebuild.sh: %s\n' "$*" >&2; exit 1; }

docker version >/dev/null 2>&1 || fail "No Docker engine answers. Run it/engine/ensure first."
properties=$root/it/target/it.properties
[ -f "$properties" ] || fail "$properties is missing. Run ./mvnw -Pquickstart verify once; it writes that file."
version=$(sed -n '/<artifactId>bitnet-parent/{n;s/.*<version>\(.*\)<.*/\1/p;}' "$root/pom.xml")
repository=$work/repository

mkdir -p "$work/ours" "$work/plain/context"
say "Installing the plugin into a repository of its own …"
local=(-Dmaven.repo.local="$repository" -Dmaven.repo.local.tail="${HOME}/.m2/repository")
"$root/mvnw" -q -B -ntp -f "$root/pom.xml" -Dmaven.test.skip=true "${local[@]}" -pl .,bitnet-maven-plugin install
model=$work/ggml-model-i2_s.gguf
if [ ! -f "$model" ] || [ "$(stat -c %s "$model")" != "$bytes" ]; then
  say "Making a model of $bytes bytes …"
  java "$root/it/model/RandomGguf.java" "$model" 1 "$bytes"
fi
property() { sed -n "s/^$1=//p" "$properties"; }

pom() { # artifact, plugin XML
  cat <<XML
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>benchmark</groupId><artifactId>$1</artifactId><version>1</version><packaging>pom</packaging>
  <build><plugins><plugin>$2</plugin></plugins></build>
</project>
XML
}
pom ours "<groupId>io.github.bitnetmaven</groupId><artifactId>bitnet-maven-plugin</artifactId><version>$version</version>
  <configuration>
    <image><name>bitnet-benchmark/ours:1</name></image>
    <model><file>$model</file></model>
  </configuration>
  <executions><execution><goals><goal>build</goal></goals></execution></executions>" >"$work/ours/pom.xml"
pom plain "<groupId>io.fabric8</groupId><artifactId>docker-maven-plugin</artifactId><version>0.49.0</version>
  <configuration><images><image><name>bitnet-benchmark/plain:1</name><build>
    <contextDir>$work/plain/context</contextDir><cleanup>none</cleanup><filter>false</filter></build></image></images></configuration>
  <executions><execution><phase>package</phase><goals><goal>build</goal></goals></execution></executions>" >"$work/plain/pom.xml"
ln -f "$model" "$work/plain/context/" 2>/dev/null || cp "$model" "$work/plain/context/"

build() { "$root/mvnw" -q -B -ntp -f "$work/$1/pom.xml" "${local[@]}" "${@:2}" package >"$work/$1.log" 2>&1 || { cat "$work/$1.log"; fail "$1 failed"; }; }
arguments=()
while IFS= read -r line; do case $line in ''|'#'*) ;; bitnet.model*) ;; bitnet.*) arguments+=("-D$line") ;; esac; done <"$properties"

say "First build of ours (compiles, makes the model image) …"
build ours "${arguments[@]}"
id=$(docker create bitnet-benchmark/ours:1)
docker cp "$id:/app/bin/." "$work/plain/context/bin" >/dev/null
docker rm "$id" >/dev/null
printf 'FROM scratch\nCOPY bin/ /app/bin/\nCOPY ggml-model-i2_s.gguf /app/models/\nENTRYPOINT ["/app/bin/llama-server"]\n' >"$work/plain/context/Dockerfile"
say "First build of plain docker-maven-plugin …"
build plain

now() { date +%s%N; }
: >"$work/ours.ms"; : >"$work/forced.ms"; : >"$work/plain.ms"
for round in $(seq "$rounds"); do
  for which in ours forced plain; do
    start=$(now)
    case $which in
      ours) build ours "${arguments[@]}" ;;
      forced) build ours "${arguments[@]}" -Dbitnet.build.force=true ;;
      plain) build plain ;;
    esac
    took=$((($(now) - start) / 1000000))
    echo "$took" >>"$work/$which.ms"
    say "round $round: $which $took ms"
  done
done
median() { sort -n "$1" | awk '{v[NR]=$1} END {print (NR % 2) ? v[(NR+1)/2] : (v[NR/2]+v[NR/2+1])/2}'; }
ours=$(median "$work/ours.ms"); forced=$(median "$work/forced.ms"); plain=$(median "$work/plain.ms")
awk -v a="$ours" -v f="$forced" -v b="$plain" -v r="$rounds" 'BEGIN {
  printf "median of %d: bitnet:build %.2f s, docker-maven-plugin %.2f s, ratio %.3f (goal: at most 0.25)\n", r, a/1000, b/1000, a/b
  printf "forced: %.2f s, ratio %.3f\n", f/1000, f/b }'
docker rmi bitnet-benchmark/plain:1 bitnet-benchmark/ours:1 >/dev/null
rm -rf "$work/plain" # gigabytes
