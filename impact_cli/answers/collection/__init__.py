"""Many sheets, read one after the other."""
