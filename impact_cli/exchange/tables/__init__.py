"""Tables of other people's and ours: CSV and workbooks, read within bounds and written so that no cell is run."""
