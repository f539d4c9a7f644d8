list(APPEND TERN_TEST_LINK Tern::ctl)
# Properties come after the tests exist. ctest -L keyring runs what needs gnome-keyring alone.
cmake_language(DEFER CALL set_tests_properties unit.engine.keyring unit.engine.no_keyring unit.engine.migrations
                     unit.engine.imported_secrets PROPERTIES LABELS "unit;keyring")
foreach(test IN ITEMS service policies imported_secrets l2tp_terminal)
  # Deferred arguments would be looked at when the loop is over.
  cmake_language(EVAL CODE "
    cmake_language(DEFER CALL target_compile_definitions unit_engine_${test} PRIVATE TERND=\"$<TARGET_FILE:ternd>\"
                              TERNCTL=\"$<TARGET_FILE:ternctl>\")
    cmake_language(DEFER CALL add_dependencies unit_engine_${test} ternd ternctl)")
endforeach()
