"""Code points become UTF-16 code units in one place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from toneguard.messages import Message
from toneguard.offsets import Utf16, review_in_utf16
from toneguard.pipeline import Pipeline


@given(st.text(st.characters(codec="utf-8")), st.data())
def test_offsets_are_those_of_java_and_browsers(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    units = Utf16(text)
    assert units.at(place) == len(text[:place].encode("utf-16-le")) // 2
    assert units.length == len(text.encode("utf-16-le")) // 2


def test_every_span_of_a_review_is_converted() -> None:
    earlier = Message("🙂🙂 My number is 0491 570 006.", "customer")
    draft = Message("🙂 Is 0491 570 006 still right? You should have told us.", "agent")
    review = Pipeline().review(draft, before=[earlier])
    data = review_in_utf16(review, [earlier, draft], explain=True)
    assert data["offsets"] == "utf-16"

    def cut(text: str, span: dict[str, int]) -> str:
        return text.encode("utf-16-le")[2 * span["start"] : 2 * span["end"]].decode("utf-16-le")

    own = {found["rule"]: cut(draft.text, found["span"]) for found in data["findings"] if found["span"]}
    assert own["respect/blame-customer"] == "You should have told"
    repeated = next(found for found in data["findings"] if found["evidence"])
    (evidence,) = repeated["evidence"]
    assert evidence["message_id"] == "#1"
    assert cut(earlier.text, evidence["span"]) == "0491 570 006"
    plain = review.to_dict()
    for name, score in data["scores"].items():
        for given_, moved in zip(plain["scores"][name]["contributions"], score["contributions"], strict=True):
            if given_["span"]:
                assert cut(draft.text, moved["span"]) == draft.text[given_["span"]["start"] : given_["span"]["end"]]
