#!/bin/sh
# qmllint with every warning we rely on as an error; unqualified access above all. qmllint.sh SOURCE_DIR BUILD_DIR
cd "$1" || exit 2
lint=$(command -v qmllint6 || echo /usr/lib/qt6/bin/qmllint)
files=$(find ui -name '*.qml')
[ -n "$files" ] || exit 0
# shellcheck disable=SC2086
out=$("$lint" -I "$2/qml" -I "$2" -I /usr/lib/x86_64-linux-gnu/qt6/qml --unqualified warning --import warning $files 2>&1)
status=$?
printf '%s\n' "$out"
[ $status -eq 0 ] && ! printf '%s' "$out" | grep -qE '^(Warning|Error):'
