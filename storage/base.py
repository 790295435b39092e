"""The base of the tables: names of constraints, types of columns, enums kept by their value."""

import enum
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Enum, MetaData
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeEngine

from council.agenda import ItemKind
from council.convocations import Verdict
from council.meetings import MeetingState, Mode
from council.quorum import Presence
from council.recusals import Interest
from council.roles import BodyKind, Channel, Function
from storage.states import (
    FileState,
    InboxState,
    JournalKind,
    NoticeKind,
    NoticeState,
    OutboxKind,
    OutboxState,
    PaperState,
    RoomKind,
)
from storage.types import Instant

ENUMS: tuple[type[enum.Enum], ...] = (
    BodyKind,
    Channel,
    FileState,
    Function,
    InboxState,
    Interest,
    ItemKind,
    JournalKind,
    MeetingState,
    Mode,
    NoticeKind,
    NoticeState,
    OutboxKind,
    OutboxState,
    PaperState,
    Presence,
    RoomKind,
    Verdict,
)


def by_value(kind: type[enum.Enum]) -> Enum:
    """A column that keeps an enum by its value, as plain text: a database can be read without us."""
    return Enum(kind, values_callable=lambda members: [m.value for m in members], native_enum=False, length=20)


class Base(DeclarativeBase):
    """All tables, with the names of their constraints and the types of their columns."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, TypeEngine[Any]]] = {
        datetime: Instant(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
        **{kind: by_value(kind) for kind in ENUMS},
    }
