"""Words that say what a number near them is, found in one pass over the text.

Check digits alone do not tell: one random nine-digit number in eleven passes for a tax file number. What stands
before a number decides, and most numbers in service mail are order, invoice and tracking numbers.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

LOOKALIKE = "look-alike"
"""The group of words that announce a number which is no personal data."""

# Group -> words and phrases, lower case; a plural "s" is understood.
CUES: dict[str, str] = {
    LOOKALIKE: (
        "order|orders|dpci|invoice|tracking|track|tracked|case|ticket|booking|reservation|reference|ref|sku"
        "|serial|s/n|imei|meid|model|barcode|consignment|parcel|package|shipment|shipping label|item|product"
        "|part|quote number|quote no|your quote|our quote|my quote|the quote|a quote"
        "|confirmation|transaction|receipt|job|claim|rma|return|flight|pnr|record locator|policy"
        "|member|membership|loyalty|frequent flyer|rewards|account|customer number|customer id|meter|nmi"
        "|batch|lot|asin|isbn|ean|upc|gtin|version|firmware|build|gift card|giftcard|voucher|coupon|promo"
        "|e-ticket|eticket|incident|article|style|catalogue|po number|purchase order|po|delivery note"
        "|docket|waybill|awb|connote|bag tag|chassis|vin|rego|plate|survey|request|complaint|listing"
        "|auction|page|chapter|section|standard|iso|conversation|chat|thread|id|sr|srn|auspost|fedex|ups"
        "|dhl|usps|hermes|yodel|ontrac|lasership|startrack|aramex|sendle|postcode|zip|asx|stock|colour code"
        "|color code|error|kb|playlist|track id|asn|licence plate|license plate|software licence"
        "|software license|licence key|license key|product key|activation key|download|extension|ext"
        "|dispute|queue|ipsc|store number|store"
        "|loyalty card|rewards card|membership card|member card|sim card|library card|student card|id card"
        "|store card|business card|travel card|opal card|myki card|graphics card|sd card|memory card"
        "|video card|boarding card|report card|fuel card|phone card"
    ),
    "card": (
        "card|credit card|debit card|visa|mastercard|master card|amex|american express|diners|diners club"
        "|discover card|jcb|unionpay|maestro|card number|card no|cc|creditcard|debitcard|cardnumber|eftpos"
        "|bankcard|pan|pay with|paid with|cc number|cc no"
    ),
    "cvv": (
        "cvv|cvv2|cvc|cvc2|csc|cid|card verification|security code|card security|digits on the back"
        "|digit on the back|numbers on the back|number on the back|back number|digit code|three digits"
        "|3 digits|last three|last 3|signature strip|ccv|card code|digit security|code on the back|security number"
        "|verification value|verification number|three-digit|three digit|3-digit|3 digit|four digits on|4 digits on"
        "|3 numbers|three numbers"
        "|off the back|sec code|cvc code|cvv code"
    ),
    "expiry": (
        "exp|expiry|expires|expiring|expire|expiration|valid thru|valid to|valid until|good thru|exp date"
        "|expiry date|use by"
    ),
    "bank": (
        "bank|bank account number|bank account no|bsb|bank account|direct deposit|direct debit|deposit"
        "|transfer|account name|account details|bank details|banking|payid|eft|netbank|commbank|westpac|nab"
        "|anz|st george|bendigo bank|ing|macquarie|routing|sort code|savings|cheque account|checking"
        "|acct name|refund to"
    ),
    "bsb": "bsb|b.s.b",
    "account": (
        "account number|account no|bank account|bank account number|bank account no|acc number|acc no"
        "|acct no|acct number|acct|acc|a/c|account|account num|a/c no|acc num|ac no"
    ),
    "sort code": "sort code|sortcode",
    "routing": "routing|aba|routing number|routing no",
    "tax file": "tax file|tfn|taxfile|tax number|tax no|tax id|t.f.n|tax file no|tax one|tax",
    "abn": "abn|a.b.n|australian business number|business number|business no",
    "acn": "acn|a.c.n|a.c.n.|registered number|australian company number|company number|company no|arbn",
    "medicare": "medicare|medi care|medicare card|irn",
    "licence": (
        "driver licence|driver license|driver's licence|driver's license|drivers licence|drivers license"
        "|driving licence|driving license|licence number|license number|licence no|license no|licence card"
        "|license card|dl number|dl no|learner licence|licence|license|drivers"
    ),
    "passport": "passport|passport no|passport number|travel document|document no|document number",
    "crn": (
        "crn|centrelink|customer reference number|centrelink reference|services australia|concession card|concession"
        "|c'link|clink|pensioner card|pension card|health care card|healthcare card|carer card|seniors card"
    ),
    "ssn": (
        "ssn|social security|social|socsec|social sec|ss number|ss no|ss#|itin|taxpayer|last name and social"
    ),
    "nino": "national insurance|nino|ni number|ni no|nat ins|n.i.|ni",
    "nhs": "nhs",
    "ird": "ird|inland revenue|ird no|ird number|nz tax number|tax details|kiwisaver|ir number|kiwi tax|nz tax",
    "phone": (
        "phone|phones|mobile|mob|cell|telephone|tel|ph|call|called|calling|ring|rang|text|txt|sms|whatsapp"
        "|landline|fax|contact number|contact no|reach me|reached|reach|contact me|phone number|call back"
        "|callback|cellphone|moblie|m:|t:|p:|home number|work number|dial|viber|voicemail|my number|home:"
        "|work:|office:|desk:|hotline|direct line|after hours|ring me|phoned|international one"
    ),
    "email": "email|e-mail|mail|e mail|email address|contact",
    "ip": "ip|ip address|ipv4|ipv6|host|gateway|server|subnet|router|ping|localhost|dns",
    "birth": (
        "dob|d.o.b|d.o.b.|date of birth|birthdate|birth date|birthday|birth day|born|born on|bday|b'day"
        "|d o b|dateofbirth"
    ),
    "password": (
        "password|passcode|passphrase|pass phrase|pwd|passwd|pass word|login pass|pw|pass|credentials"
        "|secret key|api key|apikey|secret"
    ),
    "pin": "pin|pin number|pin no|atm pin|card pin|p.i.n",
    "code": (
        "otp|one time code|one-time code|one time password|one-time password|one time passcode"
        "|one-time passcode|one-time pin|one time pin|verification code|verification|authentication code"
        "|auth code|security code|login code|log-in code|sign-in code|2fa|2fa code|mfa|passcode|access code"
        "|sms code|code you sent|code we sent|code i got|code i received|confirmation code|digit code"
        "|temporary code|code is|the code|code from the text|code from your text|authenticator|six digit"
        "|show code|g-|sign-in number|log-in number|login number"
        "|6 digit|6-digit|six-digit|code|reset code"
    ),
    "key": (
        "sk_live_|sk_test_|rk_live_|pk_live_|akia|ghp_|gho_|ghs_|github_pat_|xoxb-|xoxp-|eyj|aiza|bearer"
        "|glpat-"
    ),
    "po box": (
        "po box|p.o. box|p o box|gpo box|g.p.o. box|locked bag|private bag|pobox|p.o box|post office box"
        "|po bag|po box no|rmb"
    ),
    "address": (
        "address|live at|living at|lives at|deliver to|delivered to|delivery to|ship to|shipped to"
        "|send it to|sent to|residing at|based at|located at|moved to|moving to|i'm at|i am at|collect from"
        "|pick up from|address is|residence|reside|send to|home is|we're at|to be sent"
    ),
    "own place": (
        "our store|our shop|our warehouse|our depot|our office|our clinic|our showroom|our branch"
        "|our returns|our head office|visit us|find us|our address|head office|returns centre"
        "|returns department|our registered office|our store's|drop it at|drop off at|store is at|stores at"
        "|our new store|our workshop|collection point|pick-up point|returns to|post it to us"
        "|send it back to|returns"
    ),
    "street": (
        "street|st|road|rd|avenue|ave|av|drive|dr|drv|court|ct|crt|place|pl|lane|ln|crescent|cres|cr|parade"
        "|pde|terrace|tce|tc|highway|hwy|boulevard|blvd|bvd|close|cl|way|grove|gr|gve|circuit|cct|circle"
        "|esplanade|esp|rise|row|square|sq|mews|quay|track|trail|loop|link|view|walk|gardens|gdns|promenade"
        "|prom|parkway|pkwy|alley|arcade|bend|chase|cove|dale|glade|heights|hill|outlook|pass|path|ridge"
        "|vista"
    ),
    "apartment": "apt|suite|ste|unit|flat",
    "salutation": (
        "mr|mrs|ms|miss|mx|dr|doctor|prof|professor|rev|mr.|mrs.|ms.|dr.|sir|madam|señor|señora|herr|frau"
        "|capt|captain|sgt|mme|sig|constable|sergeant|aunty|auntie|uncle|nurse|pastor|councillor"
    ),
    "name is": "name is|name's|names|name was|i'm called|call me|known as|goes by|i am called|they call me",
    "i am": (
        "i'm|i am|im|this is|it's|my husband|my wife|my partner|my son|my daughter|my colleague|my manager"
        "|my boss|my mum|my mom|my dad|my brother|my sister|my friend|my mother|my father|colleague|manager"
        "|husband|wife|agent|rep|representative|supervisor|advisor|adviser"
    ),
    "here": "here|speaking|on behalf of|signed|signing off|yours",
    "spoke": (
        "spoke to|spoke with|speak to|speak with|speaking to|speaking with|spoken to|spoken with"
        "|chatted with|chatted to|chatting with|talked to|talked with|talking to|talk to|helped by"
        "|served by|dealt with|dealing with|ask for|asked for|shout out to|thanks to|hats off to|kudos to"
        "|thank you|thanks|thx|cheers|connected to|passed to|transferred to|attended by|connected with"
    ),
    "name field": (
        "name|full name|first name|last name|surname|given name|given names|customer|contact|attn|attention"
        "|recipient|passenger|cardholder|card holder|account holder|guest|names|contact person|contact name"
        "|addressee|patient|holder|from|client|sender|booked for|booked by|traveller|traveler|passengers"
        "|billing|address|billing address|user|caller|tenant|owner|signed|author|under"
    ),
    "wifi": "wifi|wi-fi",
    "entered": "enter|use|text me|texted me|text you|texted you|key in|type in|landed|arrived|says|said|shows|reads",
    "number word": "dot|(at)|[at]|{at}| at | @ ",
}
STICKY = frozenset({"key"})
"""Groups whose words begin a longer string."""

LABELS = frozenset(
    (
        LOOKALIKE,
        "card",
        "cvv",
        "expiry",
        "bsb",
        "account",
        "sort code",
        "routing",
        "tax file",
        "abn",
        "acn",
        "medicare",
        "licence",
        "passport",
        "crn",
        "ssn",
        "nino",
        "nhs",
        "ird",
        "phone",
        "birth",
        "pin",
        "code",
        "ip",
    )
)
"""Groups that can be the label of a number."""

ONE_BYTE = "latin-1"
"""Has every letter of the cue words; others are read as "?", so that an offset in bytes is one in the text."""
SHORT = 4
"""Words up to this length stand inside many others, so the automaton looks for them with what may stand before."""
BEFORE_WORD = " \n\t(/:,.\"'*>-#"
Cue = tuple[int, int, str]


class Meaning(NamedTuple):
    """What a pattern of the automaton stands for."""

    shift: int
    """Characters before the word."""
    open_ended: bool
    """Whether a letter may follow."""
    label: bool
    """Whether the word announces numbers; then it swallows shorter words inside it: a gift card is no card."""
    groups: tuple[str, ...]


@lru_cache(maxsize=1)
def automaton() -> tuple[Any, list[Meaning]]:
    """The automaton over all cue words, and the meaning of each of its patterns."""
    from ahocorasick_rs import BytesAhoCorasick, Implementation

    groups: dict[str, list[str]] = {}
    for group, words in CUES.items():
        for word in words.split("|"):
            groups.setdefault(word, []).append(group)
    patterns: list[bytes] = []
    meanings: list[Meaning] = []
    for word, named in groups.items():
        short = len(word) <= SHORT and word[0].isalpha()
        for lead in BEFORE_WORD if short else ("",):
            patterns.append((lead + word).encode(ONE_BYTE))
            open_ended = named[0] in STICKY or not word[-1].isalpha()
            meanings.append(Meaning(len(lead), open_ended, not LABELS.isdisjoint(named), tuple(named)))
    return BytesAhoCorasick(patterns, implementation=Implementation.DFA), meanings


def scan(text: str) -> list[Cue]:
    """Start, end and group of every cue word in a folded text, in the order of their ends."""
    found: list[Cue] = []
    matcher, meanings = automaton()
    padded = f" {text} "  # spares looking for the ends of the text
    encoded = padded.encode(ONE_BYTE, "replace")
    for index, start, end in matcher.find_matches_as_indexes(encoded, overlapping=True):
        shift, open_ended, label, groups = meanings[index]
        if not open_ended and padded[end].isalpha() and (padded[end] != "s" or padded[end + 1].isalnum()):
            continue
        before, opening = padded[start - 1], padded[start]
        if not shift and ((before.isalpha() and opening.isalpha()) or (before.isdigit() and opening.isdigit())):
            continue  # "13 digit" has no "3 digit"
        first, last = start + shift - 1, end - 1
        if label:
            if found and found[-1][1] == last and found[-1][0] < first:
                continue
            while found and found[-1][0] >= first and found[-1][1] < last:
                found.pop()
        for group in groups:
            found.append((first, last, group))
    return found
