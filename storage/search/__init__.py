"""Finding papers by words: the question read, the index asked within the asker's rights, the answers ranked."""

from storage.search.finding import Hit, Hits, Search
from storage.search.query import Query, Span, read_query

__all__ = ["Hit", "Hits", "Query", "Search", "Span", "read_query"]
