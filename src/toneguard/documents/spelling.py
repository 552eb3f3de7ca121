"""One spelling of words that Australia, Britain and the United States write differently, for models to read.

Which of two spellings somebody writes says where they went to school, not what they feel; and a published encoder has
seen mostly American ones. Only whole words are levelled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

ISE = """
agon antagon apolog author capital categor central character civil colon critic custom digit emphas empath
epitom energ famil familiar final formal fertil general global harmon hospital hypothes ideal immun initial item
jeopard legal local maxim memor mesmer minim mobil modern monet monopol neutral normal organ optim ostrac
overemphas patron penal personal pressur popular priorit privat public random rational real recogn reorgan
revital revolution scrutin sensit social special stabil standard steril subsid summar symbol sympath synchron
tantal terror theor traumat trivial unauthor unorgan unrecogn util vandal victim visual weapon
"""
OUR = """
arm behavi cand clam col demean endeav fav ferv flav glam harb hon hum lab misbehavi neighb od parl ranc rig rum
savi sav splend tum val vap vig disc dishon disfav discol enam unfav
"""
DOUBLED = """
cancel channel counsel dial duel enamel enrol equal fuel funnel initial label level marvel model panel pedal
quarrel refuel rival shovel signal snorkel spiral total towel travel tunnel unravel unlabel
"""
WORDS = """
analyse analyze|analysed analyzed|analyses analyzes|analysing analyzing|paralysed paralyzed
paralysing paralyzing|grey gray|greys grays|centre center|centres centers|centred centered|metre meter
metres meters|litre liter|litres liters|kilometre kilometer|kilometres kilometers|centimetre centimeter
centimetres centimeters|millimetre millimeter|millimetres millimeters|fibre fiber|fibres fibers
theatre theater|theatres theaters|calibre caliber|catalogue catalog|catalogues catalogs|catalogued cataloged
dialogue dialog|dialogues dialogs|programme program|programmes programs|cheque check|cheques checks|tyre tire
tyres tires|mould mold|moulds molds|mouldy moldy|moulded molded|smoulder smolder|smouldering smoldering
plough plow|jewellery jewelry|jeweller jeweler|jewellers jewelers|licence license|licences licenses
defence defense|offence offense|offences offenses|pretence pretense|practise practice|practised practiced
practising practicing|practises practices|enquire inquire|enquired inquired|enquires inquires
enquiring inquiring|enquiry inquiry|enquiries inquiries|enrol enroll|enrols enrolls|enrolment enrollment
fulfil fulfill|fulfils fulfills|fulfilment fulfillment|instalment installment|instalments installments
skilful skillful|wilful willful|wilfully willfully|judgement judgment|judgements judgments
acknowledgement acknowledgment|ageing aging|aluminium aluminum|pyjamas pajamas|sceptical skeptical
sceptic skeptic|mum mom|mums moms|mummy mommy|kerb curb|storey story|storeys stories|cosy cozy|tonne ton
tonnes tons|draught draft|draughty drafty|yoghurt yogurt|paediatric pediatric|paediatrician pediatrician
orthopaedic orthopedic|anaesthetic anesthetic|diarrhoea diarrhea|manoeuvre maneuver|favourite favorite
favourites favorites|honourable honorable|colourful colorful|neighbourhood neighborhood
neighbouring neighboring|behavioural behavioral|traveller traveler|travellers travelers|counsellor counselor
counsellors counselors|marvellous marvelous|marvellously marvelously|woollen woolen|modeller modeler
cancellable cancelable|learnt learned|burnt burned|spelt spelled|spoilt spoiled|dreamt dreamed|whilst while
amongst among|artefact artifact|artefacts artifacts
""".replace("\n", "|")


def build() -> dict[str, str]:
    """American spellings by the others."""
    found: dict[str, str] = {}
    for stem in ISE.split():
        for ending in ("e", "ed", "es", "er", "ers", "ing", "ation", "ations", "able"):
            found[f"{stem}is{ending}"] = f"{stem}iz{ending}"
    for stem in OUR.split():
        for ending in ("", "s", "ed", "ing", "able", "er", "ers"):
            found[f"{stem}our{ending}"] = f"{stem}or{ending}"
    for stem in DOUBLED.split():
        for ending in ("ed", "ing", "er", "ers"):
            found[f"{stem}l{ending}"] = f"{stem}{ending}"
    for pair in WORDS.split("|"):
        if pair.strip():
            word, american = pair.split()
            found[word] = american
    return found


AMERICAN: Mapping[str, str] = build()
"""American spellings by the others, in lower case."""
SPELT_OTHERWISE = frozenset(AMERICAN)


def levelled(terms: Sequence[str]) -> tuple[str, ...]:
    """The terms in one spelling."""
    if SPELT_OTHERWISE.isdisjoint(terms):
        return tuple(terms)
    return tuple([AMERICAN.get(term, term) for term in terms])
