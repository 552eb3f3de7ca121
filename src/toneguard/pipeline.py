"""The corridor: parse, analyse, judge; one message, one conversation, or a stream of them, always in batches."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from pathlib import Path
from typing import Any, cast

from toneguard._version import __version__
from toneguard.analysers.base import Analyser
from toneguard.analysers.catalogue import factory
from toneguard.documents import Document, add_answers, parse_conversation
from toneguard.documents.spacy_parser import TRAINED_LAYERS, add_layers, pipeline_version
from toneguard.errors import InvalidInput, SettingsError
from toneguard.findings import Analysis, Measure, Score
from toneguard.heads.load import TIERS, Reader, load_reader
from toneguard.heads.occlusion import MEASURES, occlude
from toneguard.messages import Conversation, Message, Role, as_message, choose
from toneguard.reviews import ConversationReview, Level, Provenance, Review, Scores, Skipped
from toneguard.standards import Standard, load_standard
from toneguard.standards.judge import judge

BATCH = 256
"""Messages that are analysed together: enough to share work, few enough to keep memory small."""


class Pipeline:
    """Reviews messages by a standard. Immutable; share it between threads, or pickle it to other processes.

    ``standard`` is a :class:`Standard`, the path of a ``standard.toml``, the name of a preset, or None for the
    default one. ``tier`` names the models: "fast", or "accurate" (better, about fifty times slower, from the extra
    ``accurate``).

    Raises :class:`~toneguard.errors.SettingsError` for a standard that is wrong,
    :class:`~toneguard.errors.InvalidInput` for an unknown tier and :class:`~toneguard.errors.MissingExtra` for a tier
    whose packages are not installed.
    """

    def __init__(self, standard: Standard | str | Path | None = None, *, tier: str = "fast") -> None:
        if tier not in TIERS:
            raise InvalidInput(f"tier: {tier!r:.40} is not one of {', '.join(TIERS)}")
        self._standard = standard if isinstance(standard, Standard) else load_standard(standard)
        self._tier = tier
        self._analysers = make_analysers(self._standard)
        asked = any("answers" in analyser.needs for analyser in self._analysers)
        self._reader: Reader | None = load_reader(tier) if asked else None
        self._trained = any(TRAINED_LAYERS & analyser.needs for analyser in self._analysers)
        if self._trained and not self._standard.spacy:
            needy = next(analyser.name for analyser in self._analysers if TRAINED_LAYERS & analyser.needs)
            raise SettingsError(f'{needy} needs a trained pipeline; name it in the standard: spacy = "en_core_web_sm"')
        self._measures = tuple(measure for analyser in self._analysers for measure in analyser.measures)
        self._unanswered = {role: unanswered(self._measures, role) for role in Role}
        self._provenance = Provenance(
            toneguard=__version__,
            tier=tier,
            standard=self._standard.label,
            standard_digest=self._standard.digest,
            rules_digest=self._standard.rules_digest,
            weights={
                **(self._reader.weights if self._reader else {}),
                **({"spacy": pipeline_version(self._standard.spacy)} if self._trained and self._standard.spacy else {}),
                **{name: digest for analyser in self._analysers for name, digest in sorted(analyser.weights.items())},
            },
            waivers=tuple(f"{waiver.rule} until {waiver.expires.isoformat()}" for waiver in self._standard.waivers),
        )

    @classmethod
    def from_standard(cls, path: Standard | str | Path, *, tier: str | None = None) -> Pipeline:
        """A pipeline with the standard of a file; ``tier`` overrides the tier that the standard names."""
        standard = path if isinstance(path, Standard) else load_standard(path)
        return cls(standard, tier=tier or standard.tier)

    def __reduce__(self) -> tuple[Any, ...]:
        return rebuild, (self._standard, self._tier)

    def __repr__(self) -> str:
        return f"Pipeline({self._standard.label}, tier={self._tier!r})"

    @property
    def standard(self) -> Standard:
        """The standard that this pipeline judges by."""
        return self._standard

    @property
    def tier(self) -> str:
        """The models that it uses."""
        return self._tier

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Every measure that its reviews have, in order."""
        return self._measures

    def review(
        self,
        text: str | Message,
        *,
        role: Role | str = Role.AGENT,
        before: Iterable[Message | tuple[str, str]] = (),
    ) -> Review:
        """Review one message, in the light of what was written ``before`` it (oldest first).

        ``text`` is the text, or a :class:`Message` that brings its own role; ``before`` holds messages or
        ``(role, text)`` pairs. Raises :class:`~toneguard.errors.InvalidInput`; never for what a text holds.
        """
        message = text if isinstance(text, Message) else Message(text=text, role=choose(Role, role, "role"))
        if isinstance(before, str | Message):
            raise InvalidInput("before: expected a list of messages or (role, text) pairs, oldest first")
        documents = self._read([*(as_message(earlier) for earlier in before), message])
        review = self._judged(documents[-1:])[0]
        documents.clear()
        return review

    def explain(
        self,
        text: str | Message,
        measure: str,
        *,
        role: Role | str = Role.AGENT,
        before: Iterable[Message | tuple[str, str]] = (),
    ) -> Score:
        """The score of one measure with what moved it: arguments as of :meth:`review`.

        Most scores bring their contributions anyway. Those of the tier "accurate" do not, because each word has to be
        left out and the message read again; here that is done. Raises :class:`~toneguard.errors.InvalidInput` for a
        measure that there is not.
        """
        message = text if isinstance(text, Message) else Message(text=text, role=choose(Role, role, "role"))
        earlier = [as_message(one) for one in before]
        score = self.review(message, before=earlier).scores.get(measure)
        if score is None:
            known = ", ".join(sorted(found.name for found in self._measures))
            raise InvalidInput(f"measure: {measure!r:.40} is not one of {known}")
        if score.value is None or score.contributions or measure not in MEASURES or not self._reader:
            return score
        reader = self._reader
        analyser = next(one for one in self._analysers if measure in (known.name for known in one.measures))

        def value(document: Document) -> float | None:
            read_answers(reader, [document])
            [analysis] = analyser.analyse([document])
            return next(found.value for found in analysis.scores if found.measure == measure)

        return score._replace(contributions=occlude(value, self._read([*earlier, message])[-1]))

    def review_conversation(self, conversation: Conversation) -> ConversationReview:
        """Review every message of a conversation, each in the light of the ones before it."""
        return next(self.review_many([conversation]))

    def review_last(self, conversations: Iterable[Conversation]) -> Iterator[Review]:
        """The review of the last message of each, in the light of those before it, in order.

        What :meth:`review` gives, but messages that stand alone share a batch. Raises
        :class:`~toneguard.errors.InvalidInput` for a conversation without messages.
        """
        given = list(conversations)
        if not all(one.messages for one in given):
            raise InvalidInput("conversations: one has no messages, so it has no last one")
        alone = (one for one in given if len(one.messages) == 1)
        together = (result.reviews[0] for result in self.review_many(alone))
        for one in given:
            *before, message = one.messages
            yield self.review(message, before=before) if before else next(together)

    def review_many(self, conversations: Iterable[Conversation]) -> Iterator[ConversationReview]:
        """Review a stream of conversations, in order; only a batch of them is held in memory."""
        pending: list[tuple[str, list[Document]]] = []
        size = 0
        for conversation in conversations:
            if not isinstance(conversation, Conversation):
                raise InvalidInput(f"conversations: expected Conversation, got {type(conversation).__name__}")
            documents = self._read(conversation.messages)
            pending.append((conversation.id, documents))
            size += len(documents)
            if size >= BATCH:
                yield from self._flush(pending)
                pending, size = [], 0
        yield from self._flush(pending)

    def _read(self, messages: Sequence[Message]) -> list[Document]:
        """The documents of one conversation, with the layers that the analysers need."""
        documents = parse_conversation(messages)
        if self._trained and self._standard.spacy and documents:
            # In place: what was written before is this same list, so it gets the layers too.
            documents[:] = add_layers(documents, self._standard.spacy)
        return documents

    def _flush(self, pending: Sequence[tuple[str, list[Document]]]) -> Iterator[ConversationReview]:
        reviews = self._judged([document for _, documents in pending for document in documents])
        results = []
        start = 0
        for name, documents in pending:
            results.append(ConversationReview(name, tuple(reviews[start : start + len(documents)])))
            start += len(documents)
            # Documents know the list that holds them: emptying it frees them now, not at some later collection.
            documents.clear()
        yield from results

    def _judged(self, documents: Sequence[Document]) -> list[Review]:
        if self._reader:
            read_answers(self._reader, documents)
        layers = {document.layers for document in documents}  # of most batches one set
        columns = [answers(analyser, documents, layers) for analyser in self._analysers]
        rows: Iterable[Sequence[Analysis | Skipped]] = zip(*columns, strict=True) if columns else repeat(())
        return [self._judge(document, row) for document, row in zip(documents, rows, strict=False)]

    def _judge(self, document: Document, row: Sequence[Analysis | Skipped]) -> Review:
        skipped: tuple[Skipped, ...] = ()
        if Skipped in map(type, row):
            skipped = tuple(answer for answer in row if isinstance(answer, Skipped))
            row = [answer for answer in row if isinstance(answer, Analysis)]
        given = cast("Sequence[Analysis]", row)
        unanswered = self._unanswered[document.message.role]
        return judge(document, given, skipped, self._standard, unanswered, self._provenance)


def rebuild(standard: Standard, tier: str) -> Pipeline:
    """A pickled pipeline on the other side: made anew from its standard, so no automaton or weights travel."""
    return Pipeline(standard, tier=tier)


def make_analysers(standard: Standard) -> tuple[Analyser, ...]:
    """The analysers that a standard asks for, each with its options."""
    made: list[Analyser] = []
    for name in standard.analysers:
        options = dict(standard.options.get(name, {}))
        if name == "wording":
            options["rules"] = [rule for rule in standard.rules.values() if standard.levels[rule.name] is not Level.OFF]
        made.append(factory(name)(options))
    known = {measure.name for analyser in made for measure in analyser.measures}
    for bound in standard.bounds:
        if bound.measure not in known:
            raise InvalidInput(
                f"bounds.{bound.measure}: there is no such measure; there are {', '.join(sorted(known))}"
            )
    return tuple(made)


def read_answers(reader: Reader, documents: Sequence[Document]) -> None:
    """Give the documents what trained heads say; where that raises, one by one, and the culprits lack the layer."""
    try:
        add_answers(documents, reader.answers(documents))
    except Exception:
        if len(documents) > 1:
            for document in documents:
                read_answers(reader, [document])


def answers(
    analyser: Analyser, documents: Sequence[Document], layers: Iterable[frozenset[str]]
) -> Sequence[Analysis | Skipped]:
    """The analyser's answers; where it raises, the documents are given one by one and only the culprits are skipped.

    ``layers`` are the sets of layers that the documents have.
    """
    if not documents:
        return []
    if not all(analyser.needs <= given for given in layers):
        if len(documents) > 1:
            return one_by_one(analyser, documents)
        return [Skipped(analyser.name, lacks(min(analyser.needs - documents[0].layers)))]
    try:
        given = analyser.analyse(documents)
        if len(given) != len(documents):
            raise LookupError(f"{len(given)} answers for {len(documents)} documents")
        return given
    except Exception as problem:
        if len(documents) > 1:
            return one_by_one(analyser, documents)
        # Only the type: the text of an exception may quote the message.
        return [Skipped(analyser.name, f"raised {type(problem).__name__}")]


def one_by_one(analyser: Analyser, documents: Sequence[Document]) -> Sequence[Analysis | Skipped]:
    """The analyser's answers to each document by itself."""
    return [answer for document in documents for answer in answers(analyser, [document], [document.layers])]


def lacks(layer: str) -> str:
    """Why an analyser has no answer for a document without a layer."""
    if layer == "answers":
        return "needs the layer 'answers': the trained heads could not read this message"
    return f"needs the layer {layer!r}: name a spaCy pipeline in the standard (spacy = ...)"


def unanswered(measures: Sequence[Measure], role: Role) -> Scores:
    """What stands for each measure where no analyser answers."""
    stand_ins = {
        measure.name: Score(
            measure.name,
            None,
            "cannot say: the analyser gave no answer"
            if not measure.roles or role.value in measure.roles
            else f"asked of {' and '.join(sorted(measure.roles))} messages only",
        )
        for measure in measures
    }
    return Scores(stand_ins)


def keep_loaded() -> None:
    """Tell Python's garbage collector to leave alone what is loaded by now, and to look less often.

    For a process of one's own that reviews for long, called once its pipelines are warm. Rules and models stay until
    the end, and reviews hold no cycles: going through all of it costs a tenth of the time, in pauses of 100 ms.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
