"""A session's life: its states, the allowed moves between them, how people take part.

```mermaid
stateDiagram-v2
    planned --> planned: reporter
    planned --> cancelled: annuler
```
"""

from datetime import timedelta
from enum import Enum


class MeetingState(Enum):
    """Where a session stands."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


class Mode(Enum):
    """How people take part in a session."""

    IN_PERSON = "présentiel"
    REMOTE = "visio"
    HYBRID = "hybride"


DEFAULT_REMINDERS = (timedelta(days=7), timedelta(days=1), timedelta(hours=1))
"""How long before a session its members are reminded, unless the town says otherwise."""
