"""The parts of tests/lab/lab: real servers in network namespaces."""
