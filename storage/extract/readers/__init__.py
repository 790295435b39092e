"""One module a family of formats: each turns hostile bytes into lines, inside the confined process only.

A reader is a function ``lines(data, most)``: it yields objects about the paper (``kind``, ``title``, ``pages``: a
count), each page's text as a string, and attachments as ``attachment`` (a name) with ``data`` (base64). ``most`` is
the number of characters that are kept of the whole. A reader imports nothing while it reads: no file can be opened.
"""


class Stop(Exception):
    """The reading ends here; ``end`` is the reason, as the extractor knows it."""

    def __init__(self, end: str) -> None:
        super().__init__(end)
        self.end = end
