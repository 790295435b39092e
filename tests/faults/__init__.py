"""The fault laboratory: the real bot on a real Synapse, broken on purpose, then audited. See docs/reliability.md."""
