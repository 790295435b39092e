"""What the town remembers: tables, queries, files, search."""
