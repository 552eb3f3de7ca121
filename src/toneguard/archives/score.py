"""Scoring an archive: transcripts in, results out, nothing lost on the way."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import IO, Any, Protocol

from toneguard.archives.conversations import MOST_COLUMNS, Archive, Index, Progress, conversation_of
from toneguard.archives.rows import Rejection, Row, RowMaker
from toneguard.archives.write import (
    Shape,
    complete,
    ending_of,
    hidden_columns,
    is_table,
    refuse,
    results,
    shape_of,
)
from toneguard.errors import ArchiveError, ToneGuardError
from toneguard.messages import Conversation, Message
from toneguard.reviews import ConversationReview, Review, dump


class Reviewer(Protocol):
    """What scoring needs of a :class:`~toneguard.pipeline.Pipeline`."""

    def review_many(self, conversations: Iterable[Conversation]) -> Iterator[ConversationReview]:
        """One result per conversation, in order, each with one review per message."""
        ...


class Tally(Protocol):
    """What is told every result: a :class:`~toneguard.insights.summary.Summary`, or anything with these."""

    def add(self, result: ConversationReview) -> None:
        """Count one conversation."""
        ...

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        ...

    def lines(self) -> list[str]:
        """What to print."""
        ...


@dataclass(frozen=True, slots=True)
class ArchiveReport:
    """What became of an archive. Of ``rows_read`` each is either ``scored`` or ``rejected``.

    ``rejected_file`` lists the rejected rows (None without any): an object per line with ``line``, ``field``
    and ``reason``. ``notes`` are sentences about rows that were odd but used. ``seconds`` is the whole time.
    """

    source: Path
    out: Path
    rows_read: int
    scored: int
    rejected: int
    conversations: int
    seconds: float
    rejected_file: Path | None
    notes: tuple[str, ...]
    summary: Tally | None

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "source": str(self.source),
            "out": str(self.out),
            "rows_read": self.rows_read,
            "scored": self.scored,
            "rejected": self.rejected,
            "conversations": self.conversations,
            "seconds": round(self.seconds, 3),
            "rejected_file": str(self.rejected_file) if self.rejected_file else None,
            "notes": list(self.notes),
            "summary": self.summary.to_dict() if self.summary is not None else None,
        }


def score_archive(
    source: str | Path,
    out: str | Path,
    pipeline: Reviewer,
    *,
    mapping: Mapping[str, str] | None = None,
    with_text: bool = False,
    overwrite: bool = False,
    limit: int | None = None,
    progress: Progress | None = None,
    summary: Tally | None = None,
) -> ArchiveReport:
    """Review every message of the archive ``source`` and write the results to ``out``.

    The formats follow from the names' endings. ``mapping`` is ``{"their column": "our field"}``. The columns
    that hold what people wrote stay out of the results unless ``with_text``. ``limit`` is how many rows are
    read at most. ``progress(done_rows, total_rows)`` is called with 0 done and a growing total while the rows
    are counted, then after every conversation. ``summary`` is told every result.

    Rows that cannot be used are listed in ``OUT.rejected.jsonl``; they are no error. Raises
    :class:`~toneguard.errors.ArchiveError` where the archive as a whole cannot be read or the results cannot
    be written; then there are no results, and what stood there before still stands.
    """
    began = perf_counter()
    source, out = Path(source), Path(out)
    rejected_file = out.with_name(f"{out.name}.rejected.jsonl")
    ending_of(out)
    for place in (out, rejected_file):
        if source.exists() and place.exists() and place.samefile(source):
            raise ArchiveError(f"{place}: results cannot replace the archive they come from")
        refuse(place, overwrite=overwrite)
    archive = Archive(source, mapping=mapping, limit=limit)
    with ExitStack() as stack:
        rejections = Rejections(rejected_file, stack, overwrite)
        index = archive.index(rejections.add, progress)
        shape = table_shape(pipeline, index, mapping, with_text=with_text) if is_table(out) else None
        writer = stack.enter_context(results(out, shape=shape, with_text=with_text, overwrite=overwrite))
        scored = conversations = 0
        for rows, result in reviewed(archive.conversations(out.parent), pipeline):
            for row, review in zip(rows, result.reviews, strict=True):
                writer.write(row, review)
            if summary is not None:
                summary.add(result)
            scored += len(rows)
            conversations += 1
            if progress is not None:
                progress(scored, index.usable)
        if scored != index.usable or scored + rejections.count != index.rows:
            raise ToneGuardError(
                f"{index.rows} rows, {scored} scored, {rejections.count} rejected: a defect of ToneGuard"
            )
    if not rejections.count:
        rejected_file.unlink(missing_ok=True)  # an earlier run's, which would now be wrong
    return ArchiveReport(
        source=source,
        out=out,
        rows_read=index.rows,
        scored=scored,
        rejected=rejections.count,
        conversations=conversations,
        seconds=perf_counter() - began,
        rejected_file=rejected_file if rejections.count else None,
        notes=index.notes,
        summary=summary,
    )


def reviewed(
    groups: Iterator[list[Row]], pipeline: Reviewer
) -> Iterator[tuple[list[Row], ConversationReview]]:
    """Each conversation's rows with its result. A pipeline may read ahead as far as its batches reach."""
    waiting: deque[list[Row]] = deque()

    def conversations() -> Iterator[Conversation]:
        for rows in groups:
            waiting.append(rows)
            yield conversation_of(rows)

    for result in pipeline.review_many(conversations()):
        rows = waiting.popleft()
        if result.conversation_id != rows[0].conversation_id or len(result.reviews) != len(rows):
            raise ToneGuardError("a pipeline's results do not fit the conversations it was given")
        yield rows, result


def table_shape(
    pipeline: Reviewer, index: Index, mapping: Mapping[str, str] | None, *, with_text: bool
) -> Shape:
    """The columns of a table of results. The pipeline shows them by its review of an empty message."""
    if len(index.columns) >= MOST_COLUMNS:
        raise ArchiveError(f"the rows have {MOST_COLUMNS} columns or more, too many for a table; write .jsonl")
    column, _, private = RowMaker(mapping).layout(index.columns)
    hidden = hidden_columns(private, with_text=with_text)
    if column.get("message_id") == "message_id":
        hidden |= {"message_id"}  # the review repeats it
    return shape_of(index.columns, sample_review(pipeline), hidden)


def sample_review(pipeline: Reviewer) -> Review:
    """A review with every measure of the pipeline's catalogue."""
    empty = Conversation("", (Message(text=""),))
    return next(iter(pipeline.review_many([empty]))).reviews[0]


class Rejections:
    """The side file of rejected rows, begun with the first of them."""

    def __init__(self, path: Path, stack: ExitStack, overwrite: bool) -> None:
        self._open: Callable[[], IO[bytes]] = lambda: stack.enter_context(complete(path, overwrite=overwrite))
        self._handle: IO[bytes] | None = None
        self.count = 0

    def add(self, rejection: Rejection) -> None:
        """List one row."""
        if self._handle is None:
            self._handle = self._open()
        self._handle.write(dump(rejection.to_dict(), None).encode("utf-8") + b"\n")
        self.count += 1
