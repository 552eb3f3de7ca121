"""Archives: transcripts in, results out.

:func:`~toneguard.archives.score.score_archive` does the whole of it; :func:`read_archive` only reads.
"""

from toneguard.archives.conversations import Archive, Index, read_archive
from toneguard.archives.formats import endings
from toneguard.archives.rows import FIELDS, Rejection, Row
from toneguard.archives.score import ArchiveReport, score_archive

__all__ = [
    "FIELDS",
    "Archive",
    "ArchiveReport",
    "Index",
    "Rejection",
    "Row",
    "endings",
    "read_archive",
    "score_archive",
]
