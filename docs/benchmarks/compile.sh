#!/bin/sh
# How long one executable takes to compile, against the whole tree, and how big it comes out.
#
#   docs/benchmarks/compile.sh SOURCE [EXECUTABLE]
#
# SOURCE is a tree of BitNet.cpp or llama.cpp; it is copied first. Needs cmake, ninja, a compiler and strip. Both builds
# have the same options, those that the plugin gives for a static i2_s build, and start from nothing, one after the
# other. The aim: one executable takes at most 0.6 of the time of the whole tree. The processor time is the steadier
# figure on a machine that does other things too.
set -eu

[ $# -ge 1 ] && [ -f "$1/CMakeLists.txt" ] || { echo "usage: $0 SOURCE [EXECUTABLE]" >&2; exit 2; }
executable=${2:-llama-server}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
cp -r "$1" "$work/src"
if [ -d "$work/src/3rdparty/llama.cpp" ] && [ ! -e "$work/src/include/bitnet-lut-kernels.h" ]; then
    : >"$work/src/include/bitnet-lut-kernels.h"
fi

# User and system seconds of all children, of what "times" wrote.
processor_seconds() {
    tail -n 1 "$1" | tr 'ms' '  ' | awk '{ printf "%d\n", $1 * 60 + $2 + $3 * 60 + $4 }'
}

# Compiles TARGET in the build directory NAME and prints the seconds that passed, and those of the processors.
seconds_of() {
    cmake -S "$work/src" -B "$work/$1" -G Ninja -DCMAKE_BUILD_TYPE=Release -DGGML_NATIVE=OFF -DGGML_CCACHE=OFF \
        -DBUILD_SHARED_LIBS=OFF -DGGML_OPENMP=OFF "-DCMAKE_C_FLAGS=-ffunction-sections -fdata-sections" \
        "-DCMAKE_CXX_FLAGS=-ffunction-sections -fdata-sections" "-DCMAKE_EXE_LINKER_FLAGS=-static -Wl,--gc-sections" \
        -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_SERVER=ON -DLLAMA_BUILD_TOOLS=ON -DLLAMA_BUILD_UI=OFF \
        -DLLAMA_USE_PREBUILT_UI=OFF -DLLAMA_CURL=OFF -DLLAMA_OPENSSL=OFF >"$work/$1.log" 2>&1 ||
        { tail -n 20 "$work/$1.log" >&2; exit 1; }
    start=$(date +%s)
    cmake --build "$work/$1" --target "$2" >>"$work/$1.log" 2>&1 || { tail -n 20 "$work/$1.log" >&2; exit 1; }
    took=$(($(date +%s) - start))
    # Here, since a shell knows only its own children.
    times >"$work/$1.times"
    echo "$took $(processor_seconds "$work/$1.times")"
}

# In a subshell each, so that its children are counted alone.
one=$(seconds_of one "$executable")
all=$(seconds_of all all)
built=$work/one/bin/$executable
strip -o "$work/stripped" "$built"
echo "processors        $(nproc)"
executables=$(find "$work/all/bin" -type f -perm -100 | wc -l)
echo "$one $all $executables $executable" | awk '{
    printf "%-17s %d s, %d s of the processors\n", $6, $1, $2
    printf "whole tree        %d s, %d s of the processors, %d executables\n", $3, $4, $5
    printf "ratio             %.2f, %.2f of the processors\n", $1 / $3, $2 / $4
}'
echo "unstripped        $(wc -c <"$built") B"
echo "stripped          $(wc -c <"$work/stripped") B"
