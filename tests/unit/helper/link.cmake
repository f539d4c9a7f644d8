# The real helper in a network namespace of its own: needs root, says so and is skipped otherwise.
add_test(NAME netns.helper COMMAND /usr/bin/python3 ${CMAKE_CURRENT_LIST_DIR}/netns_helper.py $<TARGET_FILE:tern-helper>)
set_tests_properties(netns.helper PROPERTIES LABELS netns SKIP_RETURN_CODE 77 TIMEOUT 180)
