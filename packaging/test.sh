#!/bin/sh
# test.sh [CTEST ARGUMENTS]: installs what is missing, builds, and runs every test. The last output is ctest's summary.
#
# Two builds: build/release with everything, and build/asan (AddressSanitizer, UndefinedBehaviorSanitizer), whose unit
# and simulation tests run as asan.* in the same ctest run. Without root the tests that need network namespaces skip.
#   TERN_SKIP_ASAN=1  leaves the second build out
set -eu
cd "$(dirname "$0")/.."
packaging/prepare.sh packages-build.txt packages-test.txt

cmake --preset release
cmake --build --preset release
if [ -z "${TERN_SKIP_ASAN:-}" ]; then
  cmake --preset asan
  cmake --build --preset asan
fi

# One more than there are processors, for clang-tidy, which takes only what the others leave.
exec ctest --test-dir build/release --output-on-failure --no-tests=error -j "$(($(nproc) + 1))" "$@"
