"""Two sheets told beside each other."""
