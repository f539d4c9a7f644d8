#!/bin/sh
# clang-tidy over our own sources of a configured and built tree. tidy.sh SOURCE_DIR BUILD_DIR [FILE…]
src=$1 build=$2
shift 2
cd "$src" || exit 2
if [ $# -eq 0 ]; then
    # shellcheck disable=SC2046
    set -- $(find core app -name '*.cpp')
fi
printf '%s\n' "$@" | xargs -P "$(nproc)" -n 4 clang-tidy --quiet -p "$build" --extra-arg=-Wno-unknown-warning-option 2>/dev/null
