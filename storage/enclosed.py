"""The tables of what a paper holds: files that came with a letter or out of an archive, and pages that are pictures."""

from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base


class Enclosure(Base):
    """A paper that came within another: with a letter, or out of an archive (``archived``)."""

    __tablename__ = "enclosures"
    __table_args__ = (Index(None, "holder_id"),)
    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id"), primary_key=True, autoincrement=False)
    holder_id: Mapped[int] = mapped_column(ForeignKey("papers.id"))
    archived: Mapped[bool]


class Archive(Base):
    """A version that is an archive: its pages are the names of its files, one a line, in the order that numbers them."""

    __tablename__ = "archives"
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"), primary_key=True, autoincrement=False)


class Unpacking(Base):
    """Files of an archive that somebody wants filed, until they are; no ``numbers`` are all of them."""

    __tablename__ = "unpackings"
    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"))
    numbers: Mapped[list[Any]]
    asked_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    room_id: Mapped[str]
    event_id: Mapped[str]
    thread: Mapped[str | None]


class Scan(Base):
    """A version some pages of which are pictures, until their letters were all looked for; ``looked`` are done."""

    __tablename__ = "scans"
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"), primary_key=True, autoincrement=False)
    looked: Mapped[int] = mapped_column(default=0)
