"""The commands, one a module: what was given, what is done with it, what is said of it."""
