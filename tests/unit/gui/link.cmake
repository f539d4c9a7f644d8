# The tests start a bus and the stand-in for ternd themselves.
list(APPEND TERN_TEST_LINK Qt6::DBus)
