"""People on the cryptography of Element, who talk to cross-signed devices only."""
