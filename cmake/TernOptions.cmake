# Compiler settings every target shares: the tern_options interface target.

option(TERN_BUILD_APPS "Build the four programs and the window (needs all of Qt)" ON)
option(TERN_FUZZ "Build libFuzzer targets (clang only)" OFF)
set(TERN_SANITIZE "" CACHE STRING "Sanitizers, as for -fsanitize=: address,undefined or thread")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

find_program(TERN_CCACHE ccache)
if(TERN_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${TERN_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${TERN_CCACHE})
endif()

add_library(tern_options INTERFACE)
target_include_directories(tern_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(
  tern_options
  INTERFACE -Wall
            -Wextra
            -Wpedantic
            -Wshadow
            -Wconversion
            -Wsign-conversion
            -Wnon-virtual-dtor
            -Wold-style-cast
            -Woverloaded-virtual
            -Wimplicit-fallthrough
            -Werror
            -fstack-protector-strong)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 13)
  # It takes the alternatives of a variant that are not there for ones that are read; g++ 12 and clang still look.
  target_compile_options(tern_options INTERFACE -Wno-maybe-uninitialized)
endif()
target_compile_definitions(tern_options INTERFACE QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_FOREACH QT_NO_KEYWORDS
                                                  QT_STRICT_ITERATORS TERN_VERSION="${PROJECT_VERSION}")
if(CMAKE_BUILD_TYPE MATCHES "Release|RelWithDebInfo")
  target_compile_definitions(tern_options INTERFACE _FORTIFY_SOURCE=2)
endif()
if(TERN_SANITIZE)
  # -g1: functions and lines, all that a report names; whole debug information is half of such a build.
  target_compile_options(tern_options INTERFACE -g1 -fsanitize=${TERN_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(tern_options INTERFACE -fsanitize=${TERN_SANITIZE})
endif()
if(TERN_FUZZ)
  target_compile_options(tern_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
