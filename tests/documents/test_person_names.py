"""Names of people within a text read as one and the same; brands, places, things and shouting do not."""

from __future__ import annotations

import pytest

from toneguard.documents import parse
from toneguard.documents.encoder_text import PERSON, encoder_text
from toneguard.messages import Message


def read(text: str) -> str:
    return encoder_text(parse(Message(text=text, language="en")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # given names of the list, wherever they stand
        ("I spoke to Nguyen yesterday.", "i spoke to X yesterday ."),
        ("spoke to priya yday", "spoke to X yday"),
        ("SPOKE TO PRIYA TWICE", "spoke to X twice"),
        ("Priya Sharma rang me back.", "X rang me back ."),
        ("It was Fatima's idea.", "it was X's idea ."),
        ("It was Fatima’s idea.", "it was X's idea ."),
        ("Ask José or María about it.", "ask X or X about it ."),
        ("Nguyen Thi Minh called", "X called"),
        ("It came from John F. Kennedy.", "it came from X . kennedy ."),
        # words that are names too, where a person stands
        ("I told Grace about the leak.", "i told X about the leak ."),
        ("Thanks to Heather in accounts it is done.", "thanks to X in accounts it is done ."),
        ("My name is Summer Hayes, ring me.", "my name is X , ring me ."),
        # names of no list, behind a cue
        ("I spoke with Tjarra about it", "i spoke with X about it"),
        ("spoke to tjarra yday", "spoke to X yday"),
        ("my name is tjarra and it is late", "my name is X and it is late"),
        ("Could Mr Delacroix ring me?", "could mr X ring me ?"),
        ("Could Dr. Achebe ring me?", "could dr . X ring me ?"),
        ("Tjarra in your Fremantle shop was wonderful.", "X in your fremantle shop was wonderful ."),
        ("This is Tjarra again, still no heater.", "this is X again , still no heater ."),
        ("Sorry about this, Tjarra, the new one left.", "sorry about this , X , the new one left ."),
        ("Could you ask Tjarra to call me?", "could you ask X to call me ?"),
        ("My husband Tjarra opened it.", "my husband X opened it ."),
    ],
)  # fmt: skip
def test_a_name_reads_as_the_stand_in(text: str, expected: str) -> None:
    assert read(text) == expected.replace("X", PERSON)


@pytest.mark.parametrize(
    "text",
    [
        "I bought it at Harvey Norman and at Dan Murphy's.",
        "The Breville kettle from Kmart leaks.",
        "I rang Telstra, Optus and Vodafone.",
        "Settings, Branding, Upload does nothing.",
        "We fly to Perth in May, then to Alice Springs.",
        "It hung up, will you mark it as frank abuse?",
        "Grace period is over. Mark my words. Will you pay?",
        "The shop on Gilbert Rd is shut.",
        "I miss Legion so much",
        "spoke to the manager yesterday",
        "I spoke to customer service today",
        "THIS IS A JOKE AND I WANT MY MONEY BACK NOW",
        "Florence is lovely, Chelsea lost again",
        "your Marion store is shut",
    ],
)
def test_what_is_no_name_stays(text: str) -> None:
    assert PERSON not in read(text).split()
    assert f"{PERSON}'s" not in read(text).split()
