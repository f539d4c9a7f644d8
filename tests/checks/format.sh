#!/bin/sh
# Every C++ file is as clang-format leaves it. To mend: tests/checks/format.sh SOURCE_DIR --fix
cd "$1" || exit 2
mode='--dry-run -Werror'
[ "$2" = --fix ] && mode=-i
# shellcheck disable=SC2086
find core app ui tests -name '*.cpp' -o -name '*.h' | xargs clang-format $mode
