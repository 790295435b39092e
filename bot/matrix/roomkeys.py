"""Two copies of one room key made one: the one that reads furthest back, from the hand that is proved.

A room key may come from its maker, from the maker again but later, or handed on by somebody else. Whoever has a copy
could send it as a key of his own: copies are merged only where their ratchets meet.
"""

from nio.crypto import InboundGroupSession


def merged(known: InboundGroupSession, new: InboundGroupSession) -> InboundGroupSession | None:
    """What to keep of two copies of a key with the same id, room and maker; None when ``known`` is as good."""
    early, late = (known, new) if known.first_known_index <= new.first_known_index else (new, known)
    proves_more = bool(known.forwarding_chain) and not new.forwarding_chain
    if early is known and not proves_more:
        return None
    if early.export_session(late.first_known_index) != late.export_session(late.first_known_index):
        return None  # not the same key at all, whatever its id says
    source = new if proves_more else known
    return InboundGroupSession(
        session_key="",
        signing_key=source.ed25519,
        sender_key=source.sender_key,
        room_id=source.room_id,
        forwarding_chain=source.forwarding_chain,
        session=early._session,
    )
