# What is asked over a bus is asked by the program itself.
cmake_language(EVAL CODE "
  cmake_language(DEFER CALL target_compile_definitions unit_ctl_audit_probe PRIVATE TERNCTL=\"$<TARGET_FILE:ternctl>\")
  cmake_language(DEFER CALL add_dependencies unit_ctl_audit_probe ternctl)")
