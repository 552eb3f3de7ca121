"""Brand voice beside TF-IDF with logistic regression: a learning curve over few replies, in one run.

    DATA=DIR python benchmarks/quality/brand_voice.py [--choices] [--seeds 5] [--accurate]       (or: ... DIR ...)

DIR holds the files below, gzipped JSON Lines, as rebuilt from their public sources. Their licences allow
measuring only: every voice here is fitted for a moment and thrown away; nothing that ships was fitted on
them.

    brand_voice/brand_replies.jsonl.gz
        replies of 7 brands: Customer Support on Twitter (CC BY-NC-SA 4.0), rebuilt from
        Sophie-X31/JSC270-Assignment4 @ 39ac119 and others
    conversations/support_conversations.jsonl.gz
        the same source, conversations of 70 brands
    conversations/airline_dialogues.jsonl.gz
        asappresearch/dialog-intent-induction @ 6396f31 (MIT in the repository, CC BY-NC-SA 4.0 at the source
        of the tweets)

Brands differ in what they sell, so the groups below hold brands of one industry where there are enough
replies, and handles, links, signatures, brand and product names are masked. A conversation stays on one side
of a split. ``--accurate`` also measures voices that the encoder takes part in.

``--choices`` prints what the scales of style and of the encoder's vector and the strength of regularisation in
``fit.py`` were chosen on: texts written for this project, by the agents of the demo archive (without their names)
and by the writers' labels of formality, warmth and enthusiasm.

The airline dialogues do not name their airline. Four groups are told apart by how agents sign, which is
masked before anything is learnt: initials after a star (of the conversations that name an airline, 93 %
name the same one), a name after a caret (87 %), nothing (67 %), initials after a caret (44 %: a mixture).

"kept" is the share of a brand's own replies, "refused" of the others', on the right side of 0.5; ECE is the
error of calibration in ten bins, both sides weighing alike.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from toneguard.analysers.brand_voice.fit import fit_voice
from toneguard.analysers.brand_voice.replies import Read, encoder_of, read_texts
from toneguard.analysers.brand_voice.scoring import Scorer
from toneguard.analysers.brand_voice.several import fit_voices, log_odds, together
from toneguard.analysers.brand_voice.style import ENOUGH_WORDS, count
from toneguard.documents import Document, parse
from toneguard.documents.language import is_english
from toneguard.messages import Message

SHA256 = {
    "brand_voice/brand_replies.jsonl.gz": "6ac9640299935bf14aa05234977e855065eabe834d176d544a7bdfc7d774c7aa",
    "conversations/support_conversations.jsonl.gz": (
        "ea605a58a2aaa84661603be13a176ba93e39520fd8deaf205e20f0a4989f8d28"
    ),
    "conversations/airline_dialogues.jsonl.gz": (
        "90ad685963e662a660db92d60ed7359db31ff13f95f50e23a81a204b84ad1d79"
    ),
}
SIGNS = {"*I": "star, initials", "^I": "caret, initials", "^N": "caret, name", "": "no signature"}
CHOSEN_ON = {
    "agents": ("agents", ("aisha", "bronte", "callum", "mei", "priya", "tomasz")),
    "styles": ("styles", ("casual and eager", "middling and calm", "formal and calm")),
}
CORPORA = Path(__file__).parents[2] / "corpora"
NAMES_OF_AGENTS = re.compile(
    r"(?:,? ?\b(?:Tomasz|Priya|Bronte|Callum|Mei|Aisha|Raman|Lindqvist-Tan|Customer Resolutions|team leader"
    r"|Tidewater (?:&|and) Fern)\b[,.]?)+",
    re.IGNORECASE,
)
REPORTED = {
    "airlines": ("support", ("Delta", "British_Airways", "AmericanAir", "SouthwestAir")),
    "airlines by signature": ("airlines", tuple(SIGNS.values())),
    "telcos": ("support", ("comcastcares", "TMobileHelp", "VerizonSupport")),
    "games": ("support", ("AskPlayStation", "XboxSupport", "ATVIAssist")),
    "shops": ("support", ("AmazonHelp", "Tesco", "AskeBay")),
    "mixed (topics differ)": (
        "support",
        ("AppleSupport", "Uber_Support", "ChipotleTweets", "hulu_support", "AdobeCare"),
    ),
    "brands A (topics differ)": ("brands", ("NikeSupport", "McDonalds", "AskRBC")),
    "brands B (topics differ)": ("brands", ("AppleSupport", "SpotifyCares", "AirAsiaSupport", "Walmart")),
}
MOST = 4000
"""Replies used of a brand."""
TESTED = 200
"""Replies tested of a brand."""
FEWEST_TESTED = 7
"""Groups with a brand of fewer are left out."""
SIZES = (10, 30, 100, 300)

SIGNATURE = re.compile(
    r"\s*(?:[\^*/~]\s?[A-Za-z]{1,20}\.?|[-–]\s?(?:[A-Z]{1,4}|[A-Z][a-z]{1,12}(?: [A-Z])?))\s*"
    r"(?=(?:\d/\d)?\s*(?:https?://\S+|<url>)?\s*$)"
)
SIGN = re.compile(r"([*^/~-])\s?([A-Za-z]{1,12})(?:\s+\d/\d)?\s*$")
CONTINUED = re.compile(r"\s*\(?\b\d\s?/\s?\d\)?\s*$|^\s*\(?\d/\d\)?\s|>{2,}|\.\.\.\s*$")
NAMES = re.compile(
    r"\b(?:delta|skymiles|sky club|british airways|ba|avios|american(?: ?air(?:lines)?)?|aadvantage"
    r"|southwest|rapid rewards|luv|alaska(?: ?air)?|air ?asia|bigpoints?|comcast|xfinity|x1|t-?mobile"
    r"|tmo|tuesdays?|un-?carrier|magenta|verizon|fios|sprint|spectrum|charter|cox|centurylink|tesco"
    r"|clubcard|argos|uber(?:eats)?|amazon|prime|chipotles?|spotify|premium|apple|ios|iphone|mac|xbox"
    r"|playstation|psn|ps4|sony|microsoft|ebay|adobe|creative cloud|hulu|bofa|bank of america"
    r"|wells fargo|ups|virgin|postmates|target|papa john'?s|activision|call of duty|cod|walmart|nike"
    r"|mcdonald'?s|rbc|jetblue)\b",
    re.IGNORECASE,
)
TOPICS = (
    re.compile(r"\b(?:bags?|baggage|luggage|suitcases?|claims?)\b", re.IGNORECASE),
    re.compile(r"\b(?:delay(?:s|ed)?|weather|crew|gate|depart\w*|on time|schedule\w*)\b", re.IGNORECASE),
)


class Example(NamedTuple):
    """A masked reply, the conversation it is from, and its reading."""

    text: str
    conversation: str
    document: Document


Labelled = Sequence[tuple[Example, int]]
Decisions = tuple[np.ndarray, np.ndarray]
"""What brands are compared by, and the log-odds that each voice gives by itself."""
Method = Callable[[Labelled, Labelled], Decisions]


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def masked(text: str) -> str:
    """``text`` without handles and signatures; links, names and hashtags all alike."""
    text = re.sub(r"https?://\S+", "<url>", text)
    text = re.sub(r"<sig>|<user>", "", text)
    for _ in range(2):
        text = CONTINUED.sub("", text)
    text = SIGNATURE.sub("", text)
    text = NAMES.sub("Acme", re.sub(r"@\w+", "", text))
    text = re.sub(r"#\w+|<hashtag>", "#tag", text)
    text = text.replace("<brand>", "Acme").replace("<num>", "0").replace("<url>", "https://t.example/x")
    return re.sub(r"[ \t]+", " ", text).strip()


def load(folder: Path) -> dict[str, dict[str, list[Example]]]:
    """Examples by set and brand; repeats are dropped, and texts that a voice cannot be fitted on."""
    for name, expected in SHA256.items():
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if found != expected:
            print(f"note: {name} is another version (sha256 {found[:12]}): numbers will differ")
    raw: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    wanted = {(group, brand) for group, brands in REPORTED.values() for brand in brands}
    for row in rows(folder / "brand_voice/brand_replies.jsonl.gz"):
        if row["likely_english"] and ("brands", row["brand"]) in wanted:
            raw["brands"][row["brand"]].append((row["text_masked"], str(row["id"])))
    for row in rows(folder / "conversations/support_conversations.jsonl.gz"):
        if row["role"] == "agent" and ("support", row["brand"]) in wanted:
            raw["support"][row["brand"]].append((row["text"], str(row["conversation_id"])))
    dialogues: dict[str, list[str]] = defaultdict(list)
    for row in rows(folder / "conversations/airline_dialogues.jsonl.gz"):
        if row["role"] == "agent":
            dialogues[str(row["conversation_id"])].append(row["text"])
    for conversation, texts in dialogues.items():
        signs = {sign_of(text) for text in texts}
        if len(signs) == 1 and (sign := signs.pop()) in SIGNS:
            raw["airlines"][SIGNS[sign]] += [(text, conversation) for text in texts]
    generator = random.Random(0)
    found_by_set: dict[str, dict[str, list[Example]]] = defaultdict(dict)
    for group, brands in raw.items():
        for brand, replies in brands.items():
            generator.shuffle(replies)
            kept: dict[str, Example] = {}
            for text, conversation in replies:
                text = masked(text)
                if len(kept) < MOST and text.lower() not in kept:
                    document = parse(Message(text))
                    if count(document).words >= ENOUGH_WORDS and is_english(document.language):
                        kept[text.lower()] = Example(text, conversation, document)
            found_by_set[group][brand] = list(kept.values())
    return found_by_set


def load_own() -> dict[str, dict[str, list[Example]]]:
    """The project's own texts by writer and by style, in the form of :func:`load`."""
    raw: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for line in (CORPORA / "demo/archive.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["author_role"] == "agent":
            text = NAMES_OF_AGENTS.sub("", row["text"]).strip()
            raw["agents"][row["author_id"]].append((text, row["conversation_id"]))
    for line in (CORPORA / "service/train/replies.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["warmth"] >= 3 and row["quality"] >= 3:
            manner = ("casual", "casual", "middling", "formal", "formal")[row["formality"] - 1]
            style = f"{manner} and {'eager' if row['enthusiasm'] >= 3 else 'calm'}"
            raw["styles"][style].append((row["text"], row["id"]))
    return {
        group: {
            brand: [
                Example(text, conversation, document)
                for text, conversation in replies
                if count(document := parse(Message(text))).words >= ENOUGH_WORDS and is_english(document.language)
            ]
            for brand, replies in brands.items()
        }
        for group, brands in raw.items()
    }


def sign_of(text: str) -> str:
    match = SIGN.search(text)
    return f"{match.group(1)}{'I' if match.group(2).isupper() else 'N'}" if match else ""


def split(brands: Sequence[Sequence[Example]], size: int, seed: int) -> tuple[Labelled, Labelled]:
    """``size`` replies of each brand to learn from, and others, of other conversations, to test on."""
    generator = random.Random(seed)
    train: list[tuple[Example, int]] = []
    test: list[tuple[Example, int]] = []
    for label, examples in enumerate(brands):
        order = list(examples)
        generator.shuffle(order)
        used = {example.conversation for example in order[:size]}
        train += [(example, label) for example in order[:size]]
        test += [(e, label) for e in order[size:] if e.conversation not in used][:TESTED]
    return train, test


def tfidf(train: Labelled, test: Labelled) -> Decisions:
    """Words and pairs of words, weighed, and logistic regression: what is built in an afternoon."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    vectors = TfidfVectorizer(ngram_range=(1, 2))
    matrix = vectors.fit_transform([example.text for example, _ in train])
    labels = [label for _, label in train]
    model = LogisticRegression(class_weight="balanced", max_iter=1000).fit(matrix, labels)
    found = model.decision_function(vectors.transform([example.text for example, _ in test]))
    found = np.column_stack([-found, found]) if found.ndim == 1 else found
    return found, found


def tfidf_one_class(train: Labelled, test: Labelled) -> Decisions:
    """Nearness to the centre of a brand's replies."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    found = []
    for label in sorted({label for _, label in train}):
        vectors = TfidfVectorizer(ngram_range=(1, 2))
        matrix = vectors.fit_transform([example.text for example, other in train if other == label])
        centre = np.asarray(matrix.mean(0)).ravel()
        found.append(vectors.transform([example.text for example, _ in test]) @ centre)
    return np.array(found).T, np.array(found).T


def voices(train: Labelled, test: Labelled, *, one_sided: bool = False, **choices: Any) -> Decisions:
    """Log-odds of one fitted voice per brand."""
    texts, labels = [example.text for example, _ in train], [label for _, label in train]
    started = time.perf_counter()
    if one_sided:
        found = [
            fit_voice([t for t, other in zip(texts, labels, strict=True) if other == label], name="benchmark")
            for label in sorted(set(labels))
        ]
    else:
        found = list(fit_voices(texts, labels, **choices).values())
    SPENT.extend([(time.perf_counter() - started) / len(found)] * len(found))
    ABSTAINED.extend(bool(voice.abstains) for voice in found)
    encoded = any(voice.encoder for voice in found)
    asked = [reading(example.text) if encoded else read(example.document) for example, _ in test]
    told = log_odds(map(Scorer, found), asked)
    return told if one_sided else log_odds(together(found), asked), told


def read(document: Document) -> Read:
    return Read(document, count(document))


@lru_cache(maxsize=20_000)
def reading(text: str) -> Read:
    """A reply with the encoder's vector."""
    return read_texts([text], "benchmark", encoder_of("accurate"))[0]


SPENT: list[float] = []
ABSTAINED: list[bool] = []


class Result(NamedTuple):
    macro_f1: float
    auc: float
    kept: float
    refused: float
    error: float


def measured(found: Decisions, test: Labelled) -> Result:
    """Macro-F1 of the highest decision, mean one-against-the-rest AUC, and what 0.5 keeps and refuses."""
    compared, decisions = found
    from sklearn.metrics import f1_score, roc_auc_score

    truth = np.array([label for _, label in test])
    own = truth[:, None] == np.arange(decisions.shape[1])
    guess = 1 / (1 + np.exp(-decisions))
    # Both sides alike, as the calibration promises: weights that give each side half.
    weight = np.where(own, 0.5 / own.mean(0), 0.5 / (1 - own.mean(0)))
    bins = np.minimum((guess * 10).astype(int), 9)
    error = sum(abs(float((weight * (guess - own))[bins == number].sum())) for number in range(10))
    return Result(
        float(f1_score(truth, compared.argmax(1), average="macro")),
        float(
            np.mean(
                [roc_auc_score(own[:, label], decisions[:, label]) for label in range(decisions.shape[1])]
            )
        ),
        float((guess >= 0.5)[own].mean()),
        float((guess < 0.5)[~own].mean()),
        error / float(weight.sum()),
    )


def curve(
    data: Mapping[str, Mapping[str, Sequence[Example]]],
    groups: Mapping[str, tuple[str, Sequence[str]]],
    methods: Mapping[str, Method],
    sizes: Sequence[int],
    seeds: int,
) -> None:
    """Print one line per group, size and method: the mean over seeds."""
    print(
        f"{'':26}{'replies':>8}  {'':30}{'macro-F1':>9}{'+-':>6}{'AUC':>7}{'kept':>7}{'refused':>9}{'ECE':>7}"
    )
    for name, (kind, names) in groups.items():
        brands = [data[kind][brand] for brand in names]
        for size in sizes:
            if min(map(len, brands)) < size + FEWEST_TESTED:
                continue
            splits = [split(brands, size, seed) for seed in range(seeds)]
            for title, method in methods.items():
                results = np.array([measured(method(*pair), pair[1]) for pair in splits])
                mean, spread = results.mean(0), results[:, 0].std()
                line = f"{name:26}{size:8d}  {title:30}{mean[0]:9.3f}{spread:6.3f}{mean[1]:7.3f}"
                if title.startswith("voice"):
                    line += f"{mean[2]:7.2f}{mean[3]:9.2f}{mean[4]:7.3f}"
                print(line, flush=True)


def swapped_topics(data: Mapping[str, Mapping[str, Sequence[Example]]], size: int, seeds: int) -> None:
    """Learn one airline from replies about bags, the other from ones about delays, and test in reverse."""
    print(f"\nTopics swapped between learning and testing, {size} replies each, AUC (0.5 is chance)")
    names = list(SIGNS.values())
    totals: dict[tuple[str, str], list[float]] = defaultdict(list)
    for first in names:
        for second in names:
            if first >= second:
                continue
            pair = [data["airlines"][name] for name in (first, second)]
            brands = [
                [[e for e in replies if about(e.text) == topic] for topic in (0, 1)] for replies in pair
            ]
            for seed in range(seeds):
                generator = random.Random(seed)
                drawn = [[generator.sample(part, len(part)) for part in brand] for brand in brands]
                for title, learnt, asked in (("swapped", (0, 1), (1, 0)), ("same", (0, 1), (0, 1))):
                    if min(len(part) for brand in drawn for part in brand) < size + 10:
                        continue
                    train = [(e, b) for b in (0, 1) for e in drawn[b][learnt[b]][:size]]
                    test = [(e, b) for b in (0, 1) for e in drawn[b][asked[b]][size : size + TESTED]]
                    for method, run in (("TF-IDF", tfidf), ("voice", voices)):
                        totals[title, method].append(measured(run(train, test), test).auc)
    for (title, method), found in totals.items():
        print(f"  {title:8} {method:8} {np.mean(found):.3f}  ({len(found)} runs)")


def about(text: str) -> int | None:
    """0 or 1 for the one topic that a reply names, None for none or both."""
    hits = [bool(topic.search(text)) for topic in TOPICS]
    return hits.index(True) if sum(hits) == 1 else None


def main(arguments: Sequence[str]) -> None:
    places = [a for a in arguments if not a.startswith("--") and not a.isdigit()]
    seeds = int(arguments[arguments.index("--seeds") + 1]) if "--seeds" in arguments else 5
    folder = Path(places[0] if places else os.environ["DATA"])
    if "--choices" in arguments:
        print("Texts of our own, on which the constants were chosen")
        methods: dict[str, Method] = {
            "TF-IDF + LR": tfidf,
            "voice": voices,
            "voice, style weight 0.1": partial(voices, style_scale=0.1),
            "voice, style weight 0.2": partial(voices, style_scale=0.2),
            "voice, C 1": partial(voices, strength=1.0),
            "voice, C 10": partial(voices, strength=10.0),
            "voice, accurate": partial(voices, tier="accurate"),
        }
        curve(load_own(), CHOSEN_ON, methods, SIZES[:2], seeds)
        return
    data = load(folder)
    print(
        "Replies: "
        + ", ".join(f"{brand} {len(found)}" for kind in data.values() for brand, found in kind.items())
    )
    print("\nWith off-brand examples (the other brands of the group)")
    against: dict[str, Method] = {"TF-IDF + LR": tfidf, "voice": voices}
    if "--accurate" in arguments:
        against["voice, accurate"] = partial(voices, tier="accurate")
    curve(data, REPORTED, against, SIZES, seeds)
    print(f"{len(SPENT)} fits: median {np.median(SPENT):.2f} s, longest {max(SPENT):.1f} s", end=" ")
    print("(a group's mean)", end="; ")
    print(f"{sum(ABSTAINED)} voices abstain")
    ABSTAINED.clear()
    print("\nWith on-brand examples alone")
    alone: dict[str, Method] = {
        "TF-IDF centre": tfidf_one_class,
        "voice, on-brand only": partial(voices, one_sided=True),
    }
    curve(data, REPORTED, alone, SIZES[:3], seeds)
    print(f"{sum(ABSTAINED)} of {len(ABSTAINED)} voices abstain")
    swapped_topics(data, 30, seeds)


if __name__ == "__main__":
    main(sys.argv[1:])
