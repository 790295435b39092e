"""A refusal: what a person asked and can mend, said in French with the next step."""


class Refusal(Exception):
    """Raised wherever a person's request can't be carried out and the person can do something about it.

    Args:
        why: one or two French sentences: what was understood, what is wrong.
        try_this: what to type or do next, shown after ``why``; empty when ``why`` already says it.
        choices: lines the bot can type for the person, offered as numbered answers (label, line).
    """

    def __init__(self, why: str, *, try_this: str = "", choices: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(why)
        self.why = why
        self.try_this = try_this
        self.choices = choices


class Denied(Refusal):
    """A refusal of access: somebody asked for what is not theirs, or isn't there; the journal tells it.

    Args:
        what: the kind of thing: a command's word, a reference; never the person's own words.
    """

    def __init__(self, why: str, what: str, *, try_this: str = "") -> None:
        super().__init__(why, try_this=try_this)
        self.what = what
