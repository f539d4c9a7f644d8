set(TERN_TEST_LINK tern_test_responder OpenSSL::SSL OpenSSL::Crypto)
