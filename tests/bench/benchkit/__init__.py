"""Parts of the measurements."""
