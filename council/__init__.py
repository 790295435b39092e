"""The council's knowledge: law, calendar, roles, French. It holds numbers, dates and enums, never rows."""

__version__ = "0.1.0"
