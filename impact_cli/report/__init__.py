"""The document, as data."""
