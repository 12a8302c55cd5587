#!/bin/sh
# Builds the images of the family, every variant and placement, and measures them hardened: bytes with and without the
# model, start to healthy, resident memory, requests per second of /health and time to first token, against the same
# llama-server alone on this machine. Prints the table of docs/images.md.
#
#   docs/benchmarks/images.sh [ROUNDS]
#
# Needs Docker on this machine, Python 3.11 and it/target/it.properties (./mvnw verify or -Pquickstart makes it), which
# names the backend and the model: a real server, and a small random model unless you have the real one. With the real
# one, add its size to what is printed; the rest of an image does not depend on the model. The aim: the Python server adds
# at most 5 ms to the time to first token.
set -eu

rounds=${1:-5}
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$root/target/benchmark-images
properties=$root/it/target/it.properties
fail() { echo "images.sh: $*" >&2; exit 1; }
property() { sed -n "s/^$1=//p" "$properties"; }

docker version >/dev/null 2>&1 || fail "no Docker engine answers; run it/engine/ensure first"
[ -f "$properties" ] || fail "$properties is missing; run ./mvnw -Pquickstart verify once, it writes that file"
model=$(property bitnet.model.file)
[ -f "$model" ] || fail "the model $model is missing; run ./mvnw -Pquickstart verify once"
version=$(sed -n '/<artifactId>bitnet-parent/{n;s/.*<version>\(.*\)<.*/\1/p;}' "$root/pom.xml")
mkdir -p "$work"

# Installed into a repository of its own, so that no other build's snapshot is taken for this one's.
repository="-Dmaven.repo.local=$work/repository -Dmaven.repo.local.tail=${M2_REPOSITORY:-$HOME/.m2/repository}"
echo "Installing the plugin ..." >&2
# shellcheck disable=SC2086 # two arguments
"$root/mvnw" -q -B -ntp $repository -f "$root/pom.xml" -Dmaven.test.skip=true -pl .,bitnet-maven-plugin install >&2

names=
executions=
image() { # NAME, VARIANT, elements of <image>, <model>
    names="$names $1"
    executions="$executions
    <execution><id>$1</id><goals><goal>build</goal></goals><configuration>
      <image><name>bitnet-benchmark/$1:1</name><variant>$2</variant>$3</image>
      <model>$4</model>
      <reportDirectory>$work/$1</reportDirectory>
    </configuration></execution>"
}
file="<file>$model</file>"
base="<baseImage>$(property it.python.base)</baseImage>"
digest=$(sha256sum "$model" | cut -d ' ' -f 1)
address="<url>http://127.0.0.1/$(basename "$model")</url><sha256>$digest</sha256>"
image native-embedded native "" "$file"
image native-volume native "" "$file<placement>volume</placement>"
image native-download native "" "$address<placement>download</placement>"
image python-embedded python "$base" "$file"
image python-volume python "$base" "$file<placement>volume</placement>"
image python-download python "$base" "$address<placement>download</placement>"
image mock mock "" ""
cat >"$work/pom.xml" <<XML
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>benchmark</groupId><artifactId>images</artifactId><version>1</version><packaging>pom</packaging>
  <build><plugins><plugin>
    <groupId>io.github.bitnetmaven</groupId><artifactId>bitnet-maven-plugin</artifactId><version>$version</version>
    <executions>$executions
    </executions>
  </plugin></plugins></build>
</project>
XML
echo "Building$names; the first time this compiles ..." >&2
# shellcheck disable=SC2046,SC2086 # several arguments
"$root/mvnw" -B -ntp $repository -f "$work/pom.xml" package $(property it.backend) $(property it.network) \
    "-Dbitnet.backend.builderImage=$(property bitnet.backend.builderImage)" >"$work/build.log" 2>&1 ||
    { tail -n 30 "$work/build.log" >&2; fail "the images could not be built"; }
container=$(docker create bitnet-benchmark/native-embedded:1)
docker cp "$container:/app/bin/llama-server" "$work/llama-server" >/dev/null
docker rm "$container" >/dev/null

# shellcheck disable=SC2086 # several names
python3 "$root/docs/benchmarks/images.py" "$model" "$rounds" "$work" $names
for name in $names; do docker image rm "bitnet-benchmark/$name:1" >/dev/null; done
