"""French as the bot reads and writes it."""
