#!/bin/sh
# Collects what executables need at run time, stripped, in the layout of the image: DIR/app/bin, DIR/app/lib.
#
#   collect-runtime.sh --build DIR --into DIR [--with-libc] [--with-interface] EXECUTABLE...
#
# An EXECUTABLE is the name of one in BUILD/bin, or a path. Shared libraries are those that the executables' own
# dynamic sections name, and what these name in turn: looked for in the build tree, wherever it puts them, then on the
# system. Each is stored under the name that the loader asks for, so no links are needed. The C library and its loader
# are part of the base image; --with-libc collects them too, for an image that starts from nothing. --with-interface:
# llama-server or one of its libraries must have bitnet-interface.hpp in it. All times are set to one second after the
# epoch, so that the same artifacts make the same layer.
set -eu
LC_ALL=C
export LC_ALL

say() { echo "collect-runtime: $*"; }
die() { say "$*" >&2; exit 1; }

build='' into='' with_libc=no with_interface=no
while [ $# -gt 0 ]; do
    case $1 in
        --build) build=$2; shift 2 ;;
        --into) into=$2; shift 2 ;;
        --with-libc) with_libc=yes; shift ;;
        --with-interface) with_interface=yes; shift ;;
        -*) die "$1 is not an option." ;;
        *) break ;;
    esac
done
[ -n "$build" ] && [ -n "$into" ] && [ $# -gt 0 ] || die "Give --build DIR, --into DIR and an executable."
[ -d "$build" ] || die "There is no build directory $build."
for tool in readelf strip; do
    command -v $tool >/dev/null || die "$tool is missing. Install the package binutils."
done
[ ! -e "$into" ] || die "$into exists already."
mkdir -p "$into/app/bin"

# The class and the machine of an ELF file; nothing for another file.
kind_of() { readelf -h "$1" 2>/dev/null | sed -n 's/^ *\(Class\|Machine\): *//p'; }
needed_by() { readelf -d "$1" 2>/dev/null | sed -n 's/.*(NEEDED).*\[\(.*\)\]$/\1/p'; }
loader_of() { readelf -l "$1" 2>/dev/null | sed -n 's/.*program interpreter: \(.*\)\]$/\1/p'; }

of_libc() {
    case $1 in
        ld-linux*.so.* | ld64.so.* | ld-musl-*.so.* | linux-vdso.so.*) return 0 ;;
        libc.so.* | libm.so.* | libmvec.so.* | libpthread.so.* | libdl.so.* | librt.so.* | libresolv.so.* | \
            libutil.so.* | libc.musl-*) return 0 ;;
    esac
    return 1
}

# Where the library $1 is that $2 needs; it must be of the same kind as $2.
find_library() {
    {
        find "$build" -name "$1" ! -type d | sort
        command -v ldconfig >/dev/null && ldconfig -p | sed -n "s|^[[:space:]]*$1 (.*) => ||p"
        [ -x /sbin/ldconfig ] && /sbin/ldconfig -p | sed -n "s|^[[:space:]]*$1 (.*) => ||p"
        for directory in /usr/local/lib /lib /usr/lib /lib64 /usr/lib64 /lib/*-linux-* /usr/lib/*-linux-*; do
            echo "$directory/$1"
        done
    } | while IFS= read -r candidate; do
        if [ -f "$candidate" ] && [ "$(kind_of "$candidate")" = "$(kind_of "$2")" ]; then
            printf '%s\n' "$candidate"
            break
        fi
    done
}

# Copies the libraries that the file $1 needs, and what they need.
collect_libraries() {
    for name in $(needed_by "$1"); do
        case $name in
            */*) die "${1##*/} names the library $name by its path, which will not be in the image. Link it by name." ;;
        esac
        if [ -e "$into/app/lib/$name" ] || { [ $with_libc = no ] && of_libc "$name"; }; then
            continue
        fi
        case $name in
            ld-linux*.so.* | ld64.so.* | ld-musl-*.so.*) continue ;; # the loader: see below
        esac
        library=$(find_library "$name" "$1")
        [ -n "$library" ] || die "${1##*/} needs the library $name, which is neither in $build nor on this system." \
            "Install the package that holds it, or link statically (<backend><linkage>)."
        mkdir -p "$into/app/lib"
        cp -L "$library" "$into/app/lib/$name"
        chmod 644 "$into/app/lib/$name"
        strip --strip-unneeded "$into/app/lib/$name"
        collect_libraries "$into/app/lib/$name"
    done
}

for executable in "$@"; do
    case $executable in
        */*) file=$executable ;;
        *) file=$build/bin/$executable ;;
    esac
    [ -f "$file" ] || die "The build made no executable $executable." \
        "There are: $(find "$build/bin" -type f -perm -100 2>/dev/null | sed 's|.*/||' | sort | tr '\n' ' ')"
    copy=$into/app/bin/${executable##*/}
    cp -L "$file" "$copy"
    chmod 755 "$copy"
    strip "$copy"
    collect_libraries "$copy"
    loader=$(loader_of "$copy")
    if [ $with_libc = yes ] && [ -n "$loader" ] && [ ! -e "$into$loader" ]; then
        [ -f "$loader" ] || die "${executable##*/} needs the loader $loader, which is not on this system."
        mkdir -p "$into${loader%/*}"
        cp -L "$loader" "$into$loader"
        chmod 755 "$into$loader"
    fi
done

# A setting of the tree may have kept CMake from reading bitnet-interface.cmake: then no path may be missing in silence.
if [ $with_interface = yes ] && ! grep -rqF '<title>BitNet server</title>' "$into/app"; then
    die "llama-server was compiled without /generate, /docs and /openapi.json: CMake did not read bitnet-interface.cmake" \
        "(CMAKE_PROJECT_INCLUDE, of CMake 3.15 or later). Install a newer CMake, or compile in a container; to do without" \
        "these paths, add -DBITNET_INTERFACE=OFF to <backend><cmakeArguments> (-Dbitnet.backend.cmakeArguments)."
fi

find "$into" -type d -exec chmod 755 {} +
find "$into" -exec touch -h -d @1 {} +
find "$into" -type f | sort | while IFS= read -r file; do
    say "$(wc -c <"$file") bytes ${file#"$into"}"
done
