"""The analyser contract as checks that anyone can run on an analyser of their own.

>>> from toneguard.testing import check_analyser
>>> check_analyser(MyAnalyser())          # raises AssertionError that names the broken promise

Each ``check_*`` function is one promise; ``CHECKS`` lists them, for parametrised tests.
"""

from __future__ import annotations

import builtins
import io
import json
import logging
import math
import random
import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from typing import Any
from unittest import mock

from toneguard.analysers.base import Analyser
from toneguard.documents import LAYERS, Document, History, add_answers, parse, parse_conversation
from toneguard.errors import MissingLayer
from toneguard.findings import Analysis, Span
from toneguard.heads.load import load_reader
from toneguard.messages import Message, Role

HARD_TEXTS: tuple[str, ...] = (
    "",
    " ",
    "\n\n\n",
    "ok",
    "!",
    "😀",
    "😀😀 👩‍👩‍👧‍👦 🇦🇺 ❤️",
    "Ünïcödé, naïve café, İstanbul, straße, ﬁnance",
    "مرحبا، لم يصل طلبي رقم 12345 بعد، أرجو الرد",
    "你好，我的订单还没有到，请问什么时候发货？",
    "Hi Sam,\r\n\r\nYour parcel left today.\r\n\r\nKind regards,\r\nPriya\r\n",
    "zero\u200bwidth\u200djoin\ufeff and \u00ad soft",
    "\ud800 lone \udfff surrogates",
    "\x00\x01\x02 control \x1b[31m",
    "a" * 5000,
    "word " * 20000,
    "1 2 3 4 " * 2500,
    "(((((" * 2000,
    "\"'\"'" * 2000,
    "a.b@c." * 2000,
    "<p>&nbsp;&lt;b&gt;Hello&amp;</p>",
    "Call 0491 570 006 or e-mail jo@example.com, card 4111 1111 1111 1111, order TF-204417",
    "WE DON'T DO REFUNDS!!!!! READ THE POLICY!!!!",
    "Thanks for nothing. This is the third time I've asked and nobody has replied!",
    "On Tue, 3 Mar 2026 at 9:14, Priya wrote:\n> all of it\n> is quoted",
)
"""Texts that an analyser must survive: empty, emoji, right-to-left, long, CRLF, invisible, lone surrogates."""

SHORT_TEXTS = tuple(text for text in HARD_TEXTS if len(text) < 500)


def check_analyser(analyser: Analyser) -> None:
    """Run every check; raises ``AssertionError`` at the first broken promise."""
    for check in CHECKS:
        check(analyser)


def conversation(texts: Sequence[str] = SHORT_TEXTS) -> list[Document]:
    """Documents of one conversation whose roles take turns."""
    roles = (Role.CUSTOMER, Role.AGENT, Role.CUSTOMER, Role.AGENT, Role.BOT, Role.AGENT, Role.SYSTEM)
    return answered(
        parse_conversation(
            [Message(text=text, role=roles[index % len(roles)], id=f"m{index}") for index, text in enumerate(texts)]
        )
    )


def answered(documents: list[Document]) -> list[Document]:
    """The documents, with what the trained heads of the tier "fast" say of them."""
    add_answers(documents, load_reader("fast").answers(documents))
    return documents


def check_declaration(analyser: Analyser) -> None:
    """It names itself, its layers, its measures and its rules, in the right types."""
    assert isinstance(analyser, Analyser), "it lacks attributes of the contract"
    assert analyser.name.isidentifier(), f"name {analyser.name!r} is not lower case with underscores"
    assert isinstance(analyser.version, str) and analyser.version, "version is missing"
    assert analyser.needs <= LAYERS, f"unknown layers {sorted(analyser.needs - LAYERS)}"
    names = [measure.name for measure in analyser.measures]
    assert len(names) == len(set(names)), "a measure is declared twice"
    for measure in analyser.measures:
        assert measure.source and measure.description and measure.unit, (
            f"{measure.name}: source, description or unit is missing"
        )
    assert all("/" in rule for rule in analyser.rules), "rules are named pack/rule"


def check_one_answer_each(analyser: Analyser) -> None:
    """One analysis per document, in order, also for none and for one; only declared measures and rules."""
    assert analyser.analyse([]) == [], "no documents must give no answers"
    documents = conversation()
    given = analyser.analyse(documents)
    assert len(given) == len(documents), f"{len(given)} answers for {len(documents)} documents"
    measures = {measure.name for measure in analyser.measures}
    for analysis in given:
        assert isinstance(analysis, Analysis)
        assert analysis.analyser == analyser.name
        assert analysis.version == analyser.version
        scored = [score.measure for score in analysis.scores]
        assert set(scored) <= measures, f"undeclared measures {sorted(set(scored) - measures)}"
        assert len(scored) == len(set(scored)), "a measure is scored twice"
        raised = {finding.rule for finding in analysis.findings}
        assert raised <= analyser.rules, f"undeclared rules {sorted(raised - analyser.rules)}"


def check_alone_as_in_a_batch(analyser: Analyser) -> None:
    """The same answer alone, in a batch, in any order, and the second time."""
    documents = conversation()
    together = analyser.analyse(documents)
    assert analyser.analyse(documents) == together, "the second time gives another answer"
    alone = [analyser.analyse([document])[0] for document in documents]
    assert alone == together, "a document alone gives another answer than in a batch"
    order = list(range(len(documents)))
    random.Random(7).shuffle(order)  # noqa: S311
    shuffled = analyser.analyse([documents[index] for index in order])
    assert [shuffled[order.index(index)] for index in range(len(documents))] == together, "the order of a batch matters"


def check_values(analyser: Analyser) -> None:
    """Spans lie inside the text; scores are finite and in range, or None with a reason."""
    ranges = {measure.name: (measure.low, measure.high) for measure in analyser.measures}
    for text in HARD_TEXTS:
        for role in Role:
            analysis = analyser.analyse(answered([parse(Message(text=text, role=role))]))[0]
            spans = [finding.span for finding in analysis.findings]
            for score in analysis.scores:
                spans += [contribution.span for contribution in score.contributions]
                assert score.because, f"{score.measure}: there is no reason"
                if score.value is None:
                    continue
                low, high = ranges[score.measure]
                assert math.isfinite(score.value), f"{score.measure} is {score.value}"
                assert low is None or score.value >= low, f"{score.measure} is {score.value}, below {low}"
                assert high is None or score.value <= high, f"{score.measure} is {score.value}, above {high}"
                if score.interval:
                    assert score.interval[0] <= score.interval[1], f"{score.measure}: the interval is upside down"
            for span in spans:
                assert span is None or (isinstance(span, Span) and 0 <= span.start < span.end <= len(text)), (
                    f"span {span}"
                )
            for finding in analysis.findings:
                assert 0.0 <= finding.confidence <= 1.0, f"confidence {finding.confidence}"


def check_json(analyser: Analyser) -> None:
    """Results survive JSON."""
    for analysis in analyser.analyse(conversation()):
        text = json.dumps(analysis.to_dict(), allow_nan=False)
        again = Analysis.from_dict(json.loads(text))
        assert again.to_dict() == json.loads(text), "an analysis does not survive JSON"


class Fence:
    """A document that refuses layers which were not asked for, and writing."""

    NEEDED: Mapping[str, tuple[str, ...]] = {
        **{layer: (layer,) for layer in LAYERS},
        "grams": ("tokens",),
        "own_end": ("parts",),
        "own_tokens": ("parts", "tokens"),
        "part_at": ("parts",),
        "sentence_at": ("sentences",),
    }

    def __init__(self, document: Document, needs: frozenset[str]) -> None:
        object.__setattr__(self, "_document", document)
        object.__setattr__(self, "_needs", needs)
        # Made once: analysers may remember documents of the history by identity while they work on a batch.
        object.__setattr__(self, "_before", [Fence(earlier, needs) for earlier in document.before])

    def __getattr__(self, name: str) -> Any:
        for layer in self.NEEDED.get(name, ()):
            if layer not in self._needs:
                raise MissingLayer(f"layer {layer!r} is read (by {name!r}) but not declared in 'needs'")
        return self._before if name == "before" else getattr(self._document, name)

    def __setattr__(self, name: str, value: object) -> None:
        raise AssertionError(f"{name} of a document is written")


def check_layers(analyser: Analyser) -> None:
    """Only declared layers are read, and nothing is written."""
    documents = conversation(SHORT_TEXTS[:8])  # each fence holds fences of all that came before
    fenced: list[Any] = [Fence(document, analyser.needs) for document in documents]
    analyser.analyse(fenced)


def check_looks_back_only(analyser: Analyser) -> None:
    """What comes later in a conversation changes nothing."""
    documents = conversation()
    given = analyser.analyse(documents)
    for count in (1, 3, len(documents) // 2):
        first = analyser.analyse(documents[:count])
        assert first == given[:count], "later messages change the answer"
    last = documents[-1]
    shared = list(documents[:-1])
    again = answered([parse(last.message, before=History(shared, len(shared)), name=last.name)])
    assert analyser.analyse(again)[0] == given[-1], "a history of another kind changes the answer"


def check_quiet(analyser: Analyser) -> None:
    """It prints and logs nothing, opens no socket and writes no file."""
    records: list[logging.LogRecord] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    def refuse(*_args: Any, **_kwargs: Any) -> Any:
        raise AssertionError("a socket is opened")

    real_open = builtins.open

    def read_only(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        assert not set(mode) & set("wax+"), "a file is written"
        return real_open(file, mode, *args, **kwargs)

    handler = Keep(level=logging.DEBUG)
    root = logging.getLogger()
    level = root.level
    out, err = io.StringIO(), io.StringIO()
    documents = conversation(HARD_TEXTS)
    with ExitStack() as stack:
        stack.enter_context(redirect_stdout(out))
        stack.enter_context(redirect_stderr(err))
        stack.enter_context(mock.patch.object(socket, "socket", refuse))
        stack.enter_context(mock.patch.object(builtins, "open", read_only))
        root.addHandler(handler)
        root.setLevel(logging.DEBUG)
        try:
            analyser.analyse(documents)
        finally:
            root.removeHandler(handler)
            root.setLevel(level)
    assert not out.getvalue(), "it prints on standard output"
    assert not err.getvalue(), "it prints on standard error"
    texts = [record.getMessage() for record in records]
    assert not texts, f"it logs {len(texts)} messages"


CHECKS: tuple[Callable[[Analyser], None], ...] = (
    check_declaration,
    check_one_answer_each,
    check_alone_as_in_a_batch,
    check_values,
    check_json,
    check_layers,
    check_looks_back_only,
    check_quiet,
)
"""Every promise of the contract, in the order in which a newcomer would meet them."""
