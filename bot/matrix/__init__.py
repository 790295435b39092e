"""The only place where matrix-nio is imported: the account, its keys, its events, its rooms."""
