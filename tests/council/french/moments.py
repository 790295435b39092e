"""The moments at which the tests speak, all in the town's own time zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def at(written: str) -> datetime:
    """Give an aware moment of Paris: "2027-01-07 10:00"."""
    return datetime.fromisoformat(written).replace(tzinfo=PARIS)


THURSDAY = at("2027-01-07 10:00")  # an ordinary day, jeudi 7 janvier 2027
