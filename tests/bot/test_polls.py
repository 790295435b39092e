"""Polls as Matrix shows them (MSC3381), and votes whatever they hold."""

import pytest

from bot.polls import RESPONSE, chosen, end, start


def test_a_poll_is_disclosed_and_takes_several_answers() -> None:
    """Its answers' ids are their numbers; a client without polls shows the text."""
    kind, content = start("Quelles dates ?", ["mardi", "jeudi"])
    assert kind == "org.matrix.msc3381.poll.start"
    poll = content[kind]
    assert (poll["kind"], poll["max_selections"]) == ("org.matrix.msc3381.poll.disclosed", 2)
    assert [answer["id"] for answer in poll["answers"]] == ["1", "2"]
    assert content["org.matrix.msc1767.text"] == "Quelles dates ?\n1. mardi\n2. jeudi"


def test_its_end_names_it() -> None:
    """By reference to its beginning."""
    kind, content = end("$poll", "Le sondage est clos.")
    assert kind == "org.matrix.msc3381.poll.end"
    assert content["m.relates_to"] == {"rel_type": "m.reference", "event_id": "$poll"}


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ({"answers": ["2", "1", "2"]}, (1, 2)),
        ({"answers": []}, ()),
        ({"answers": "1"}, ()),
        ({"answers": [1, None, "x", "999", "²"]}, ()),
        ("1", ()),
        (None, ()),
        ({"answers": [*(["x"] * 30), "1"]}, ()),
    ],
)
def test_a_vote_is_what_it_can_be(said: object, numbers: tuple[int, ...]) -> None:
    """Whatever a client, or somebody else, sends."""
    assert chosen({RESPONSE: said}) == numbers
