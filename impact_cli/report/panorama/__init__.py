"""Many venues told together."""
