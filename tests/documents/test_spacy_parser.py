from __future__ import annotations

import pytest

from toneguard.documents import parse
from toneguard.documents.spacy_parser import add_layers
from toneguard.errors import SettingsError
from toneguard.messages import Message


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A spaCy pipeline made here: a rule-based entity finder and tagger stand in for trained ones."""
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(
        [{"label": "PERSON", "pattern": [{"LOWER": "mina"}, {"LOWER": "o'brien"}]}]
    )
    nlp.add_pipe("attribute_ruler").add([[{"LOWER": "kettle"}]], {"TAG": "NN"})
    folder = tmp_path_factory.mktemp("spacy") / "pipeline"
    nlp.to_disk(folder)
    return str(folder)


def test_entities_and_tags_fit_our_offsets(pipeline: str) -> None:
    text = "😀 Hi, Mina O'Brien wants the kettle \ud800 now"
    document = add_layers([parse(Message(text=text))], pipeline)[0]
    assert [(entity.label, text[entity.span.start : entity.span.end]) for entity in document.entities] == [
        ("PERSON", "Mina O'Brien")
    ]
    assert len(document.tags) == len(document.tokens)
    assert document.tags[document.tokens.terms.index("kettle")] == "NN"
    assert {"entities", "tags"} <= document.layers


def test_an_empty_message_is_read_too(pipeline: str) -> None:
    assert add_layers([parse(Message(text=""))], pipeline)[0].entities == ()


def test_a_missing_pipeline_is_named() -> None:
    with pytest.raises(SettingsError, match="no spaCy pipeline 'no_such_pipeline'"):
        add_layers([parse(Message(text="Hi"))], "no_such_pipeline")
