#!/bin/sh
# Brings the .ts files in DIR up to date with the sources of this tree. update.sh LUPDATE DIR
set -e
lupdate=$1
dir=$(cd "$2" && pwd)
cd "$(dirname "$0")/.."
sources=$(find core app ui -name '*.cpp' -o -name '*.h' -o -name '*.qml' | LC_ALL=C sort)
list=$(mktemp)
trap 'rm -f "$list"' EXIT
printf '%s\n' $sources >"$list"
"$lupdate" -silent -I . -locations none -no-obsolete -source-language en "@$list" -ts "$dir/tern_zh_CN.ts" -target-language zh_CN
"$lupdate" -silent -I . -locations none -no-obsolete -pluralonly -source-language en "@$list" -ts "$dir/tern_en.ts" -target-language en
