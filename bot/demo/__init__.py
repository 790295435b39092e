"""The demonstration: a homeserver of one's own and people on it, so that the whole bot can be tried or tested."""
