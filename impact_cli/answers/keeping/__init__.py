"""Where sheets are kept, and how nothing of them is lost."""
