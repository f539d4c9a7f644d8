#!/bin/sh
# demo.sh                 builds Tern, starts a lab of real servers and opens the window on your display, with a phonebook
#                         to import; everything stays in network namespaces and is gone when you quit
# demo.sh --headless DIR  the same on a virtual display, clicked by itself: imports, connects, downloads, disconnects, by
#                         IKEv2 and by SSTP; leaves DIR/*.png and DIR/result.json, exits 0 only if all of it worked
#
# Installs what is missing (Debian 12 or later, Ubuntu 24.04). The lab needs root; sudo is used where we are not root.
#   TERN_BUILD  a build to use instead of building one
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
folder=""
case ${1:-} in
  --headless)
    [ $# = 2 ] || { echo "demo.sh: --headless needs a folder for the pictures" >&2; exit 2; }
    mkdir -p "$2"
    folder=$(cd "$2" && pwd)
    ;;
  "") [ $# = 0 ] || exit 2 ;;
  *) sed -n '2,9s/^# \{0,1\}//p' "$0"; [ "$1" = --help ] && exit 0 || exit 2 ;;
esac
cd "$root"

packaging/prepare.sh packages-build.txt packages-test.txt
if [ -z "${TERN_BUILD:-}" ]; then
  cmake --preset release
  cmake --build --preset release --target tern ternd ternctl tern-helper
  TERN_BUILD=$root/build/release
fi
export TERN_BUILD TERN_LAB_ID="${TERN_LAB_ID:-demo}"

if [ "$(id -u)" = 0 ]; then as_root="env"; else as_root="sudo env"; fi
if [ -n "$folder" ]; then
  exec $as_root TERN_BUILD="$TERN_BUILD" TERN_LAB_ID="$TERN_LAB_ID" tests/e2e/demo.py "$folder"
fi

[ -n "${DISPLAY:-}" ] || { echo "demo.sh: there is no display here; demo.sh --headless DIR needs none" >&2; exit 2; }
exec $as_root TERN_BUILD="$TERN_BUILD" TERN_LAB_ID="$TERN_LAB_ID" DISPLAY="$DISPLAY" \
  XAUTHORITY="${XAUTHORITY:-$HOME/.Xauthority}" LANG="${LANG:-C.UTF-8}" tests/e2e/show.py
