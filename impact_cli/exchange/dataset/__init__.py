"""Sheets as tables for researchers and databases: CSV, XLSX and Parquet with their schema, and a CSV read back."""
