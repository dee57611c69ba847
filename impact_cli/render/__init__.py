"""Setting a report in a format, one file each."""
