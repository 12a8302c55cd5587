#!/usr/bin/env bash
# Measures the audit: of an image of the engine against reading the engine's stream to nowhere, of an archive on disk
# with a 1.2 GB model, both against dive where it is on the PATH, of a million entries, and of compressed layers on one
# processor and on two.
#
# usage: docs/benchmarks/audit.sh [engine|archive|entries|processors|all] [ROUNDS] [IMAGE...]
#        IMAGE of the engine is measured, too
# needs: a JDK, about 8 GB of free disk, for "engine" a Docker engine, for "processors" taskset and two processors
#
# "audit" is AuditOnce.java with the plugin's class path in a JVM of its own: reading, measurement, components, budgets,
# inventory and audit.json, timed from the start of main. "warm-" is the same in a JVM that has audited the image five
# times before, or a small archive ten times, as that of a Maven daemon has. "mvn" is the whole command. The rounds go
# through all peers in turn; medians are printed. Beside the seconds that passed stand those of the processors, which are
# steadier on a machine that does other things too.
set -euo pipefail
what=${1:-all}
rounds=${2:-5}
images=("${@:3}")
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$root/target/benchmark-audit
image=bitnet-benchmark/synthetic:1
fail() { printf 'audit.sh: %s\n' "$*" >&2; exit 1; }
say() { printf '%s\n' "$*"; }
wants() { [ "$what" = "$1" ] || [ "$what" = all ]; }

case $what in engine | archive | entries | processors | all) ;; *) fail "unknown: $what" ;; esac
command -v java >/dev/null || fail "There is no java."
if wants engine; then
  docker version >/dev/null 2>&1 || fail "No Docker engine answers. Run it/engine/ensure first, or leave out \"engine\"."
  # What the plugin would resolve, too.
  export DOCKER_HOST=${DOCKER_HOST:-$(docker context inspect --format '{{.Endpoints.docker.Host}}')}
fi
if wants processors; then
  command -v taskset >/dev/null || fail "There is no taskset."
  [ "$(nproc)" -ge 2 ] || fail "There is only one processor."
fi
dive=$(command -v dive || true)
[ -n "$dive" ] || say "dive is not on the PATH (go install github.com/wagoodman/dive@v0.13.1): ours alone is measured."

mkdir -p "$work/classes" "$work/reports"
say "Compiling …"
"$root/mvnw" -q -B -ntp -f "$root/pom.xml" -pl bitnet-maven-plugin compile dependency:build-classpath \
  -Dmdep.outputFile="$work/classpath" >"$work/compile.log" 2>&1 || { tail "$work/compile.log"; fail "It does not compile."; }
classpath=$work/classes:$root/bitnet-maven-plugin/target/classes:$(cat "$work/classpath")
javac -cp "$classpath" -d "$work/classes" "$root/docs/benchmarks/AuditOnce.java" "$root/docs/benchmarks/ImageArchive.java"

archive() { # name, entries, bytes of the big file, packing
  [ -f "$work/$1.tar" ] || java -cp "$classpath" ImageArchive "$work/$1.tar" "$2" "$3" "$4"
}
# Peers print milliseconds, and milliseconds of the processors, first.
audit() {
  # shellcheck disable=SC2086 # a list of words
  ${TASKSET:-} java ${JAVA_OPTIONS:-} -cp "$classpath" AuditOnce "$@" 2>"$work/errors.log" ||
    { cat "$work/errors.log" >&2; fail "The audit failed."; }
}
timed() {
  local times
  times=$( { TIMEFORMAT='%R %U %S'; time "$@" >"$work/output.log" 2>&1; } 2>&1) || true
  grep -q -i -e 'Result:' -e 'BUILD SUCCESS' -e '^read' "$work/output.log" || { cat "$work/output.log" >&2; fail "$* failed"; }
  awk '{ printf "%d %d 0\n", $1 * 1000, ($2 + $3) * 1000 }' <<<"$times"
}
with_dive() { timed env CI=true "$dive" "$@"; }
with_mvn() {
  timed "$root/mvnw" -B -ntp -f "$work/check/pom.xml" "io.github.bitnetmaven:bitnet-maven-plugin:$version:check" "$@"
}
median() { # file, column
  awk -v c="$2" '{ print $c }' "$1" | sort -n | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR+1)/2] : (v[NR/2] + v[NR/2+1]) / 2 }'
}
compare() { # title, names and functions of peers
  local title=$1 round peer
  shift
  for peer in "$@"; do : >"$work/$peer.ms"; done
  for round in $(seq "$rounds"); do
    for peer in "$@"; do "peer_$peer" >>"$work/$peer.ms"; done
  done
  say "$title (medians of $rounds)"
  for peer in "$@"; do
    printf '  %-12s %8s ms %8s ms of the processors\n' "$peer" "$(median "$work/$peer.ms" 1)" "$(median "$work/$peer.ms" 2)"
  done
}
ratio() { # text, peer, other, limit
  awk -v t="$1" -v a="$(median "$work/$2.ms" 1)" -v b="$(median "$work/$3.ms" 1)" -v c="$(median "$work/$2.ms" 2)" \
    -v d="$(median "$work/$3.ms" 2)" -v l="$4" \
    'BEGIN { printf "  %s: %.3f (processors %.3f)%s\n", t, a / b, c / d, l == "" ? "" : "; goal: at most " l }'
}

if wants archive || wants entries; then
  say "Installing the plugin into a repository of its own …"
  version=$(sed -n '/<artifactId>bitnet-parent/{n;s/.*<version>\(.*\)<.*/\1/p;}' "$root/pom.xml")
  "$root/mvnw" -q -B -ntp -f "$root/pom.xml" -Dmaven.test.skip=true -Dmaven.compile.fork=false \
    -DaltDeploymentRepository=local::file://"$work/repository" -pl .,bitnet-maven-plugin deploy >"$work/deploy.log" 2>&1 ||
    { tail "$work/deploy.log"; fail "The plugin cannot be installed."; }
  mkdir -p "$work/check"
  cat >"$work/check/pom.xml" <<XML
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>benchmark</groupId><artifactId>check</artifactId><version>1</version><packaging>pom</packaging>
  <pluginRepositories><pluginRepository><id>local</id><url>file://$work/repository</url>
    <snapshots><enabled>true</enabled></snapshots></pluginRepository></pluginRepositories>
  <build><plugins><plugin><groupId>io.github.bitnetmaven</groupId><artifactId>bitnet-maven-plugin</artifactId>
    <version>$version</version><configuration><budgets>
      <image><maximum>1TB</maximum></image>
      <paths><path><includes><include>/usr/lib/**</include></includes><maximum>1TB</maximum></path></paths>
      <forbidden><path>/root/.cache/**</path></forbidden>
    </budgets></configuration></plugin></plugins></build>
</project>
XML
fi

archive tiny 50 1000 none

if wants engine; then
  peer_nowhere() { audit nowhere "engine:$image" "$work/reports"; }
  peer_warm-nowhere() { audit nowhere "engine:$image" "$work/reports" "engine:$image" 5; }
  # Without Java: what the engine itself takes.
  socket=${DOCKER_HOST#unix://}
  curl=$(command -v curl || true)
  [ "$socket" != "$DOCKER_HOST" ] || curl=
  peer_curl() { timed curl -sS --unix-socket "$socket" -o /dev/null -w 'read %{size_download}' "http://engine/images/$image/get"; }
  peer_audit() { audit audit "engine:$image" "$work/reports"; }
  peer_warm-audit() { audit audit "engine:$image" "$work/reports" "engine:$image" 5; }
  peer_dive() { with_dive "$image"; }
  of_engine() { # title
    # shellcheck disable=SC2086
    compare "From the engine, $1" ${curl:+curl} nowhere audit warm-nowhere warm-audit ${dive:+dive}
    ratio "audit / reading to nowhere, in a JVM that has audited before" warm-audit warm-nowhere 1.10
    ratio "audit / reading to nowhere, as the first thing a JVM does" audit nowhere ""
    [ -z "$curl" ] || ratio "audit / curl to nowhere" audit curl ""
    if [ -n "$dive" ]; then
      ratio "audit / dive" warm-audit dive 0.5
      ratio "audit, as the first thing a JVM does / dive" audit dive ""
      [ -z "$curl" ] || ratio "curl to nowhere / dive" curl dive ""
    fi
  }
  from_engine() { # archive, title
    docker load -q -i "$work/$1.tar" >/dev/null
    of_engine "$2"
    docker rmi "$image" >/dev/null
  }
  say "Images of the engine …"
  archive model 50 1200000000 none
  from_engine model "a file of 1.2 GB and few others"
  archive tree 50000 0 none
  from_engine tree "50,000 entries"
  archive both 50000 1200000000 none
  from_engine both "a file of 1.2 GB and 50,000 entries"
  for image in ${images[@]+"${images[@]}"}; do of_engine "$image"; done
fi

if wants archive; then
  say "Archive on disk: a file of 1.2 GB and few others, as in an image of this plugin …"
  archive model 50 1200000000 none
  peer_warm-audit() { audit audit "$work/model.tar" "$work/reports" "$work/tiny.tar" 10; }
  peer_audit() { audit audit "$work/model.tar" "$work/reports"; }
  peer_mvn() { with_mvn -Dbitnet.archive="$work/model.tar"; }
  peer_dive() { with_dive --source docker-archive "$work/model.tar"; }
  with_mvn -Dbitnet.archive="$work/tiny.tar" >/dev/null
  # shellcheck disable=SC2086
  compare "From an archive" warm-audit audit mvn ${dive:+dive}
  if [ -n "$dive" ]; then
    ratio "warm-audit / dive" warm-audit dive 0.05
    ratio "audit / dive" audit dive ""
    ratio "mvn / dive" mvn dive ""
  fi
  if command -v strace >/dev/null; then
    strace -f -e trace=read,pread64 -P "$work/model.tar" -o "$work/strace.log" \
      java -cp "$classpath" AuditOnce audit "$work/model.tar" "$work/reports" >/dev/null
    awk '{ n = $NF; if (n > 0) sum += n } END { printf "  bytes read of the archive: %d\n", sum }' "$work/strace.log"
  fi
fi

if wants entries; then
  say "Many entries, under -Xmx256m …"
  archive entries100000 100000 1000 none
  archive entries1000000 1000000 1000 none
  peer_100000() { JAVA_OPTIONS=-Xmx256m audit audit "$work/entries100000.tar" "$work/reports"; }
  peer_1000000() { JAVA_OPTIONS=-Xmx256m audit audit "$work/entries1000000.tar" "$work/reports"; }
  peer_mvn100000() { MAVEN_OPTS=-Xmx256m with_mvn -Dbitnet.archive="$work/entries100000.tar"; }
  peer_mvn1000000() { MAVEN_OPTS=-Xmx256m with_mvn -Dbitnet.archive="$work/entries1000000.tar"; }
  with_mvn -Dbitnet.archive="$work/tiny.tar" >/dev/null
  compare "Entries" 100000 1000000 mvn100000 mvn1000000
  ratio "1,000,000 / 100,000 entries" 1000000 100000 11
  ratio "the same, the whole command" mvn1000000 mvn100000 11
fi

if wants processors; then
  for packing in gzip zstd; do
    say "Layers in $packing, on one processor and on two …"
    archive "$packing" 20000 400000000 "$packing"
    peer_one() { TASKSET="taskset -c 0" audit audit "$work/$packing.tar" "$work/reports"; }
    peer_two() { TASKSET="taskset -c 0,1" audit audit "$work/$packing.tar" "$work/reports"; }
    compare "Layers in $packing" one two
    ratio "two processors / one" two one ""
    # Whatever else runs here: what the threads took shows what two free processors would do at the same time.
    awk -v m="$(median "$work/two.ms" 3)" -v o="$(median "$work/two.ms" 4)" \
      'BEGIN { printf "  thread that walks and hashes %d ms, thread that decompresses %d ms, in parallel\n", m, o }'
  done
fi
rm -f "$work"/*.tar # gigabytes
