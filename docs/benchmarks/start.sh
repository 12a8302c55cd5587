#!/bin/sh
# How long the server of a mock image takes from the start of its process to its first answer that it is healthy.
#
#   docs/benchmarks/start.sh [IMAGE] [ROUNDS]
#
# IMAGE is one of the variant mock (default bitnet-it/build-mock:1.0, which ./mvnw verify makes). Its two programs are
# copied out of it and run here, because an engine tells the start of a process too coarsely: the server is started, and
# the image's own health check is asked until it is content. Beside it, what the engine takes to run the image at all,
# from the command to a healthy answer. The aim: a median of less than 50 ms for the server itself.
set -eu

image=${1:-bitnet-it/build-mock:1.0}
rounds=${2:-11}
docker image inspect "$image" >/dev/null 2>&1 || { echo "start.sh: there is no image $image; run ./mvnw verify first" >&2; exit 1; }
work=$(mktemp -d)
container=
server=
trap '[ -z "$server" ] || kill "$server"; [ -z "$container" ] || docker rm --force "$container" >/dev/null; rm -rf "$work"' EXIT INT TERM

BITNET_PORT=${BITNET_PORT:-18943}
export BITNET_PORT
container=$(docker create "$image")
docker cp "$container:/app/bin/." "$work" >/dev/null
docker rm "$container" >/dev/null
container=

healthy() { "$work/bitnet-probe" health 2>/dev/null; }
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
! healthy || { echo "start.sh: port $BITNET_PORT is taken; set BITNET_PORT to a free one" >&2; exit 1; }

round=0
while [ "$round" -lt "$rounds" ]; do
    before=$(date +%s%N)
    "$work/bitnet-mock" >/dev/null &
    server=$!
    until healthy; do :; done
    after=$(date +%s%N)
    kill "$server"
    wait "$server" || true
    server=
    echo "$(((after - before) / 1000))" >>"$work/server"

    before=$(date +%s%N)
    container=$(docker run --detach --network=host --read-only --cap-drop=ALL --env BITNET_PORT "$image")
    until healthy; do :; done
    after=$(date +%s%N)
    docker rm --force "$container" >/dev/null
    container=
    echo "$(((after - before) / 1000))" >>"$work/run"
    round=$((round + 1))
done
awk -v server="$(median "$work/server")" -v run="$(median "$work/run")" -v rounds="$rounds" 'BEGIN {
    printf "the server, start to healthy     %.1f ms, median of %d (goal: less than 50 ms)\n", server / 1000, rounds
    printf "docker run, command to healthy   %.1f ms, median of %d\n", run / 1000, rounds
}'
