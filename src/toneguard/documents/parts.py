"""Greeting, body, sign-off and quoted history, as support staff and customers write them.

Quoted history is what a mail program added; nothing in it was written now. A sign-off is only looked for at the
end, and never takes the whole message: "Thanks for that." alone is a body.
"""

from __future__ import annotations

import re
from functools import lru_cache

from toneguard.documents.document import Part, PartKind, new_part
from toneguard.findings import new_span

QUOTED = re.compile(
    r"^(?:"
    r">[^\n]*"
    r"|on [^\n]{6,120}(?:\n[^\n]{0,80})? wrote:[ \t]*$"
    r"|-{2,}[ \t]*(?:original|forwarded) message[ \t]*-{2,}"
    r"|from:[^\n]{1,200}\n(?:[^\n]{0,200}\n){0,2}(?:sent|date|to):"
    r"|##-[^\n]{0,120}-##"
    r"|_{10,}[ \t]*$"
    r")",
    re.MULTILINE,
)

NAME = r"[^\W\d_][\w'’.-]{0,24}"
# What may follow "hi": up to three words up to a comma or the end of the line, so that "Hi there is a problem" has none.
GREETING = re.compile(
    r"\s*+(?:@\w{1,50}+[ ,:]*+){0,3}+"
    r"(?:hi ya|hiya|hi|hello|hey|heya|dear|good (?:morning|afternoon|evening|day)|g'day|gday|greetings|morning|afternoon"
    r"|evening|kia ora|to whom it may concern)\b"
    rf"(?:(?:[ ,]+(?:there|all|team|everyone|folks|again|sir|madam|mr|mrs|ms|dr|mx|miss|or|and|&|{NAME})\.?){{0,4}}?[ ]*(?:[,!.:;?]+|-(?=\s)|(?=\n)|$)"
    r"|[ ]there\b(?! (?:is|are|was|were|has|have|seems?|appears?|must|should|will|might|may|isn't|hasn't|wasn't)\b)|(?=\n|$))",
)

SIGN_OFF_LINE = re.compile(
    r"(?:(?:with )?(?:kind(?:est)?|best|warm(?:est)?|many|our)[ ]?(?:regards|wishes|thanks)?|regards|cheers(?: for (?:that|now))?|thanks(?: so much| very much| a lot| again| heaps| and regards)?|many thanks|ta"
    r"|thank you(?: so much| very much| again| kindly)?|thx|sincerely|yours (?:sincerely|faithfully|truly)|take care|all the best|have a (?:great|good|lovely|nice) (?:day|one|weekend|evening|night|week|arvo)"
    r"|talk soon|speak soon|best|warmly|xx?|hope (?:this|that) helps|many thanks in advance|thanks in advance|thank you in advance|in appreciation|respectfully)",
)
SENT_FROM = re.compile(r"(?:sent|get outlook) (?:from|for) [^\n]{2,40}")
# A line that may follow the closing words: a name, a team, a title, a telephone number.
NAME_LINE = re.compile(r"[^\n.!?]{1,60}[.]?")
# "Cheers, Bronte" and "^PK", "/CB", "-Anwar", "*TMT" at the very end of a chat or social message.
INLINE_SIGN_OFF = re.compile(
    rf"(?:(?<=[.!?…)])|(?<=\n)|(?<=\s))\s*(?:(?:kind regards|warm regards|best regards|regards|cheers|thanks|many thanks|thank you|best wishes|sincerely)[,!]?\s*(?:-\s*)?{NAME}(?: {NAME}){{0,2}}[.!]?"
    rf"|[\^*/~][ ]?[a-z]{{1,12}}|-{{1,2}}\s?{NAME}(?: [a-z]\.?)?|(?:xx?|x{{2,4}}))\s*\Z"
)
MARK_REACH, DASH_REACH = 14, 32
"""How far from the end a mark or dash before initials or a name can stand."""


def split_parts(folded: str) -> tuple[Part, ...]:
    """The parts of a folded text, in order, covering it; an empty text has none."""
    size = len(folded)
    if not size:
        return ()
    own_end = quoted_start(folded)
    parts: list[Part] = []
    greeting = GREETING.match(folded, 0, min(own_end, 300))
    body_start = greeting.end() if greeting else 0
    if greeting and not folded[body_start:own_end].strip():
        body_start = 0  # a message that is nothing but a greeting is its own body
    body_end = sign_off_start(folded, body_start, own_end)
    if not body_start and body_end == size:
        return body_alone(size)
    if body_start:
        parts.append(new_part((PartKind.GREETING, new_span((0, body_start)))))
    if body_end > body_start:
        parts.append(new_part((PartKind.BODY, new_span((body_start, body_end)))))
    if own_end > body_end:
        parts.append(new_part((PartKind.SIGN_OFF, new_span((body_end, own_end)))))
    if size > own_end:
        parts.append(new_part((PartKind.QUOTED, new_span((own_end, size)))))
    return tuple(parts)


@lru_cache(maxsize=1024)
def body_alone(size: int) -> tuple[Part, ...]:
    """The parts of a message that is all body, as most are."""
    return (new_part((PartKind.BODY, new_span((0, size)))),)


def quoted_start(folded: str) -> int:
    """Where the mail program's copy of earlier messages begins, or the length of the text."""
    if "\n" not in folded and not folded.startswith((">", "-", "##-", "on ")):
        return len(folded)
    own: int | None = None
    for match in QUOTED.finditer(folded):
        start = match.start()
        if folded[start] == ">":
            # A reply between quoted lines: what follows them is the writer's own, so the quotation is no tail.
            own = last_own_line(folded) if own is None else own
            if start < own:
                continue
        return start
    return len(folded)


def last_own_line(folded: str) -> int:
    """Where the last line begins that is neither empty nor quoted with ">"; -1 if there is none."""
    end = len(folded)
    while end >= 0:
        start = folded.rfind("\n", 0, end) + 1
        line = folded[start:end].strip()
        if line and not line.startswith(">"):
            return start
        end = start - 1
    return -1


def sign_off_start(folded: str, body_start: int, end: int) -> int:
    """Where the closing words begin, or ``end``; never at the start of the body."""
    own = folded[body_start:end]
    if "\n" in own:
        lines: list[tuple[int, str]] = []
        offset = body_start
        for line in own.split("\n"):
            if line.strip():
                lines.append((offset, line.strip()))
            offset += len(line) + 1
        # Look upwards over at most six short lines for the closing words.
        for start, line in reversed(lines[-7:]):
            if start <= body_start:
                break
            if line in ("--", "- -") or SENT_FROM.fullmatch(line):
                return start
            words = line.rstrip(",.!- ")
            closing = SIGN_OFF_LINE.match(words)
            if closing and (closing.end() == len(words) or (words[closing.end()] in ",-" and len(words) < 60)):
                return start
            if not NAME_LINE.fullmatch(line) or len(line.split()) > 7:
                break
    tail = max(body_start + 1, end - 80)
    first = first_sign(folded[tail:end].rstrip())
    if first is not None:
        inline = INLINE_SIGN_OFF.search(folded, tail + first, end)
        if inline and folded[body_start : inline.start()].strip():
            return inline.start()
    return end


def first_sign(tail: str) -> int | None:
    """Where in the end of a message an inline sign-off may begin; None where it has nothing that one must have."""
    # One by one, not in a loop: every message is asked.
    if "thank" in tail or "cheers" in tail or "regards" in tail or "wishes" in tail or "sincerely" in tail:
        return 0  # other words may stand before these
    size = len(tail)
    signs = []
    near = max(0, size - MARK_REACH)
    mark = max(tail.rfind("^", near), tail.rfind("/", near), tail.rfind("*", near), tail.rfind("~", near))
    # Only letters stand behind a mark that signs: the end of an address is seldom taken for one.
    if mark >= 0 and tail[mark + 1 :].removeprefix(" ").isalpha():
        signs.append(mark)
    dash = tail.find("-", max(0, size - DASH_REACH))
    if dash >= 0:
        signs.append(dash)
    if tail[-1:] == "x":
        signs.append(len(tail.rstrip("x")))
    return len(tail[: min(signs)].rstrip()) if signs else None
