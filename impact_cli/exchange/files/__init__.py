"""The formats that reports come in, each read into the same pieces."""
