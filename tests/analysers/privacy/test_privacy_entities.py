"""Tables of texts with exact places: what is found, and how surely."""

from __future__ import annotations

import pytest
from privacy_cases import found, only, unmarked

CARDS = [
    "Is it still [[payment-card|4111 1111 1111 1111]]?",
    "my card [[payment-card|4242-4242-4242-4242]] was charged twice",
    "Paid by amex [[payment-card|3782 822463 10005]].",
    "[[payment-card|4111111111111111]]",
    "visa,[[payment-card|4111111111111111]]",
    "The new one is [[payment-card|5555 5555 5555 4444]], exp [[card-expiry|09/28]], so use it.",
    "ok. [[payment-card|4242 4242 4242 4242]] [[card-expiry|11/27]] [[card-security-code|417]]",
    "card [[payment-card|4111.1111.1111.1111]] please",
    "card no [[payment-card|41 11 11 11 11 11 11 11]]",
    "card:\n[[payment-card|4111\n1111\n1111\n1111]]",
    "[[payment-card|6011 1111 1111 1117]] and [[payment-card|5555555555554444]]",
    "Diners [[payment-card|3056 930902 5904]]",
    "the cvv is [[card-security-code|123]]",
    "3 digits on the back: [[card-security-code|987]]",
    "full width [[payment-card|４１１１ １１１１ １１１１ １１１１]]",
    "hidden [[payment-card|41\u200b11 1111 1111 11\u206011]] card",
    "emoji [[payment-card|4️⃣1️⃣1️⃣1️⃣ 1111 1111 1111]]",
    "non-breaking [[payment-card|4111\u00a01111\u00a01111\u00a01111]]",
    "my card [[payment-card|4111 1111 1111 1111]] for order 4242424242424242",
]
PHONES = [
    "call [[phone-number|0491 570 156]]",
    "[[phone-number|0491570156]]",
    "mobile: [[phone-number|0491-570-156]]",
    "[[phone-number|+61 491 570 156]] or [[phone-number|+61 (0)2 5550 0184]]",
    "(ah) [[phone-number|(02) 5550 0184]]",
    "[[phone-number|02 5550 0184]]",
    "ph [[phone-number|0255500184]].",
    "my number is [[phone-number|O491 57O 156]]",
    "ring [[phone-number|+44 20 7946 0018]] please",
    "US: [[phone-number|(415) 555-0132]]",
    "[[phone-number|+1 415 555 0132]]",
    "phone [[phone-number|5550 0184]], any time",
    "[[phone-number|0491 570 006]], [[phone-number|0491 570 110]] and [[phone-number|0491 570 313]]",
    "TF-215206, [[phone-number|0491 570 157]]",
    "bank details [[bank-account|000-000 acc 12345678]]",
]
MAIL = [
    "write to [[email-address|mele.tupou@example.com]].",
    "<[[email-address|r.desilva@example.org]]>",
    "([[email-address|o'brien+orders@mail.example.com.au]])",
    "'[[email-address|sam@example.com]]'",
    "it is [[email-address|sam dot lee at example dot com]] ok",
    "my email is [[email-address|sam_lee at example.com]]",
    "[[email-address|sam (at) example (dot) com]]",
    "[[email-address|sam[at]example.com]]",
    "[[email-address|zoë@example.fr]]",
    "[[email-address|SAM@EXAMPLE.COM]]",
]
NUMBERS = [
    "My TFN is [[tax-file-number|123 456 782]].",
    "tfn[[tax-file-number|123456782]]",
    "Tax file number: [[tax-file-number|123-456-782]], order 004085616",
    "Medicare [[medicare-number|2123 45670 1]] (position 1)",
    "medicare card no [[medicare-number|2123456701]]",
    "[[medicare-number|2123 45670 1]]",
    "ABN [[australian-business-number|51 824 753 556]]",
    "our abn is [[australian-business-number|83914571673]]",
    "ACN [[australian-company-number|004 085 616]]",
    "CRN [[centrelink-reference|000 000 000A]]",
    "SSN [[us-social-security-number|987-65-4321]]",
    "NI number [[uk-national-insurance-number|QQ 12 34 56 C]]",
    "nhs no. [[nhs-number|943 476 5919]]",
    "IRD [[nz-ird-number|49-091-850]]",
    "licence number is [[driver-licence|000000000]]",
    "driver's licence: [[driver-licence|000 000 000]] NSW",
    "passport [[passport-number|PA0000000]]",
    "My IBAN is [[iban|GB82 WEST 1234 5698 7654 32]] ok",
    "[[iban|DE89370400440532013000]]",
    "[[iban|gr16 0110 1050 0000 1054 7023 795]]",
    "BSB [[bank-account|000-000]], account number [[bank-account|12345678]]",
    "bsb/acc: [[bank-account|000-000 12345678]]",
    "bank [[bank-account|000-000 12345678]]",
    "sort code [[bank-account|00-00-00]] account number [[bank-account|12345678]]",
]
OTHERS = [
    "signed in from [[ip-address|203.0.113.77]], Windows",
    "[[ip-address|198.51.100.7]]:8080",
    "router says [[ip-address|2001:db8::8a2e:370:7334]].",
    "[[secret-in-url|https://shop.example.com/reset?token=a8f3kk29dkq0]]",
    "[[secret-in-url|https://sam:kettle77@files.example.com/]]",
    "[[secret-in-url|https://shop.example.com/reset/3f9a77c2d0b14e6c9a5d]]",
    "my password is [[password|Kettle77!]]",
    "Password: [[password|blue-fern-42]], thanks",
    'the password is "[[password|wombat]]"',
    "pin: [[password|4821]]",
    "My PIN [[password|4821]] does not work",
    "key [[password|sk_live_0123456789abcdef]]",
    "the verification code is [[one-time-code|482913]]",
    "OTP [[one-time-code|4829]]",
    "Your code to collect from locker 9 is [[one-time-code|806213]].",
    "your sign-in code for Wattle & Co is [[one-time-code|55 09 31]], ignore this if it wasn't you",
    "The temporary sign-in number for the portal is [[one-time-code|4471-90]].",
    "the text says [[one-time-code|804 227]] and the page says the code is wrong",
    "I enter [[one-time-code|482913]] and the login code isn't accepted",
    "the code on the back is [[card-security-code|737]], if that is what the form wants for my card",
    "So the security code you typed was [[card-security-code|771]]?",
    "Your new PIN for the parcel lockers is [[password|7719]].",
    "forgot the password sorry. Old one was [[password|kiefer-Regal_31]]",
    "I have set [[password|Magpie-71-Teacup]] as a temporary password for you.",
    "Pwd so you can check it's me: [[password|duckling!404]]",
    "licence for the hire car is VIC [[driver-licence|048 817 263]]",
    "We have your driver licence as [[driver-licence|048 771 926]] and they have it as [[driver-licence|048 717 926]]",
    "The old licence ends in March, for the new one we noted [[driver-licence|09 418 226 3]] (Victoria)",
    "Centrelink asked us to quote [[centrelink-reference|305 118 472K]] on the form",
    "Tax file number for the casual job: [[tax-file-number|123 456 782]]",
    "We hold your Medicare card as [[medicare-number|2123 4567 01]].",
    "stop the direct debit from [[bank-account|062-000 1048 2276]] please",
    "refund to bsb [[bank-account|062-000 acct 1048 2231]]",
    "BSB [[bank-account|062-000]] is right but the account number has nine digits and I see [[bank-account|3300 9127]]",
    "ring me in London on [[phone-number|020 7946 0813]]",
    "[[phone-number|0491 570 156]] is my number, the order is late",
    "CVC? [[card-security-code|904]] and that's all I'll type",
    "the three-digit thing is [[card-security-code|075]], my card is new",
    "here it is: [[payment-card|5105105105105100]] valid [[card-expiry|12/31]] code [[card-security-code|611]]",
    "my credit card, exp. [[card-expiry|0530]]",
    "the refund goes to the card expiring [[card-expiry|August 2026]]",
    "Show code [[one-time-code|704418]] at the counter.",
    "use [[one-time-code|77310]] to finish setting up your profile",
    "[[one-time-code|4093]] is your swim school sign-in number",
    "is it normal that the bank text me [[one-time-code|918 273]] and then a guy rings",
    "the message landed. [[one-time-code|G-614 870]] is that it",
    "Your sign-in code is [[one-time-code|k7px2q]].",
    "the code that came thru was [[one-time-code|339 072]] but it has expired",
    "the password you gave me over the phone ([[password|Magpie!2204]]) is refused",
    "Can't log in. User: my email. Pass: [[password|hunter.gather99]]. Tried caps lock.",
    "the gate code for the delivery is [[password|2580*]]",
    "a text said my PIN had been reset to [[password|1234]]",
    "it's [[password|blue-heron-41]] for the guest wifi",
    "the driver licence didn't match. It's a Victorian one, it's [[driver-licence|048 213 776]]",
    "The licence we hold, [[driver-licence|C417722]] issued in Tasmania, ran out in May.",
    "Driver's license (California): [[driver-licence|D4417093]]",
    "Licence WA [[driver-licence|4417 206]]",
    "his pensioner card, [[centrelink-reference|520 134 951 T]], is in the file",
    "centrelink sent a letter about the rebate, ref [[centrelink-reference|668748802T]]",
    "The ABN on your quote, [[australian-business-number|51 824 753 556]], is cancelled",
    "the kiwi tax one would be [[nz-ird-number|49-091-850]]",
    "NI [[uk-national-insurance-number|QQ 12 34 56 C]] if that matters",
    "my number in the UK is [[phone-number|01632 960 123]]",
    "[[one-time-code|482913]] is your login code",
    "DOB [[date-of-birth|01/01/1970]]",
    "born on [[date-of-birth|1 January 1970]]",
    "date of birth: [[date-of-birth|1970-01-01]]",
    "my birthday is [[date-of-birth|1st of January 1970]]",
    "BSB [[bank-account|062–000 acct 1048 2231]]",
    "Enter [[one-time-code|482133]] to log in, the passcode lasts ten minutes.",
    "I type in [[one-time-code|482133]] and the passcode is refused",
    "I got the confirmation code [[one-time-code|482913]] twice",
    "His licence no. is [[driver-licence|48213C]] and it has expired.",
    "Her birthday is on [[date-of-birth|14/3/1971]].",
    "the password's [[password|Galah#1987]], try it",
    "drivers licence no [[driver-licence|4417 2065]] is attached",
    "my TFN's [[tax-file-number|123 456 782]] if payroll asks",
    "her birthday's the [[date-of-birth|3rd of May 1984]]",
]
ADDRESSES = [
    "[[street-address|1 Example Street, Sydney NSW 2000]]",
    "collect from [[street-address|41 Tarpeena Crescent, Seaford VIC 3198]], I'm home",
    "[[street-address|unit 3/12 example rd geelong vic 3220]]",
    "it went to [[street-address|7/119 Esplanade, Redcliffe QLD 4020]], not to me",
    "the site is [[street-address|cnr Banyalla St & Quoll Road, Seaford VIC 3198]]",
    "[[street-address|56 Old Tarpeena Hwy, Ravenswood WA 6208]]",
    "[[street-address|RMB 4410, Old Coach Road\nYackandandah VIC 3749]]",
    "send it to [[street-address|14 Harrow Cottages, Ludlow SY8 1ZZ]] please",
    "posted to [[street-address|27 Sráid Oliver, Kilrush, Co. Clare V15 XK99]] on Tuesday",
    "yeah ring me on [[phone-number|o491 57o oo6]] not the old one",
    "The flat is [[street-address|Lindenhofweg 23, 79104 Freiburg]], second floor",
    "[[street-address|12 rue des Tilleuls, 69003 Lyon]]",
    "[[street-address|Door 5/17, 2nd Cross, Indiranagar, Bengaluru 560038]]",
    "[[street-address|5/130 Banyalla Street, Footscray VIC 3011]]\nThe card",
    "[[street-address|Level 2, 9 Tessellate Lane, Bendigo VIC 3550]]",
    "I'm at [[street-address|27 Pigface Parade, Torquay 3228]], any time",
    "[[street-address|12 The Esplanade, Torquay 3228]]",
    "i live at [[street-address|14 quandong rise lara 3212]] now",
    "it went to [[street-address|12 Wattle Dr]] instead",
    "[[street-address|12-14 Mount Example Road\nGeelong VIC 3220]]",
    "[[street-address|PO Box 123, Geelong VIC 3220]]",
    "[[street-address|Locked Bag 7]]",
    "it is [[street-address|12 St Example Avenue, Newtown]].",
]
NAMES = [
    "Hi [[person-name|Eleni]],\n\nWhere is it?",
    "my name is [[person-name|priya sharma]] and i wait",
    "The parcel was signed for by [[person-name|O'Donoghue]], whoever that is.",
    "I spoke to Dr [[person-name|Subramaniam]] about it and he agreed.",
    "She said that [[person-name|Mehmet Yıldız]] would ring me back.",
    "My name's [[person-name|Tomasz]].",
    "I'm [[person-name|Nguyễn Thị Hoa]], calling about a chair.",
    "This is [[person-name|Oluwaseun]] from Geelong, hello",
    "Name: [[person-name|deborah marsh]]\nOrder: TF-206688",
    "It is for Mr [[person-name|Papadakis]] next door.",
    "Dr. [[person-name|A. Raghunathan]] will sign",
    "Still nothing.\n\nKind regards\n[[person-name|Hone Paki]]\nWodonga",
    "It broke again.\n\nCheers, [[person-name|Bronte]]",
    "Please cancel it, I found another. [[person-name|Katya Petrova-Lindqvist]], [[phone-number|0491 570 156]]",
    "[[person-name|Ilse Brandt]], [[street-address|9 Pobblebonk Court, Bannockburn VIC 3331]]",
    "I spoke to [[person-name|Karen]] yesterday",
    "my husband [[person-name|Arjun]] ordered it",
    "It's booked under [[person-name|Moana Ropata]].",
    "[[person-name|Rukmini de Silva]]",
    "My appointment with Dr [[person-name|Martensen]] was moved",
    "[[person-name|John]]'s order came with [[person-name|Maria]]'s",
]  # fmt: skip
ALL = CARDS + PHONES + MAIL + NUMBERS + OTHERS + ADDRESSES + NAMES


@pytest.mark.parametrize("marked", ALL)
def test_exact_places(marked: str) -> None:
    text, expected = unmarked(marked)
    assert found(text) == expected


ASKED = [
    ("What's your Medicare number?", "2123 45670 1", "medicare-number"),
    ("Could you send me your tax file number?", "123 456 782", "tax-file-number"),
    ("Which card did you pay with?", "4111111111111111", "payment-card"),
    ("What's the gate code for the driver?", "it's 2580#", "password"),
    ("And the three digits on the back?", "417", "card-security-code"),
    ("What's the card number and expiry?", "09/28", "card-expiry"),
    ("What is the six-digit code we texted you?", "482913", "one-time-code"),
    ("May I have your date of birth?", "1/1/70", "date-of-birth"),
    ("What is your passport number?", "PA0000000", "passport-number"),
    ("Please give me your driver licence number.", "000000000", "driver-licence"),
    ("Can I have your full name please?", "wei zhang", "person-name"),
    ("Whose name is on the account?", "Nguyễn Thị Hoa", "person-name"),
    ("What's your name?", "it's moana", "person-name"),
]


@pytest.mark.parametrize(("question", "answer", "rule"), ASKED)
def test_an_answer_is_read_with_its_question(question: str, answer: str, rule: str) -> None:
    assert [e for e, *_ in found(answer, ("agent", question))] == [rule]


@pytest.mark.parametrize(("question", "answer", "rule"), [row for row in ASKED if row[2] != "payment-card"])
def test_without_the_question_the_answer_says_less(question: str, answer: str, rule: str) -> None:
    unasked = only(answer, rule, ("agent", "How many boxes came?"))
    assert not unasked or unasked[0].confidence < only(answer, rule, ("agent", question))[0].confidence


def test_ones_own_lead_in_counts() -> None:
    before = (("agent", "Hello."), ("customer", "my medicare number is"))
    assert [e for e, *_ in found("2123456701", *before)] == ["medicare-number"]


def test_an_account_that_follows_its_bsb_is_a_banks() -> None:
    assert [e for e, *_ in found("account 10482276", ("customer", "bsb 062-000"))] == ["bank-account"]
    assert found("account 10482276", ("customer", "it's about my order")) == []


def test_reasons_say_why_and_quote_nothing() -> None:
    entity = only("My TFN is 123 456 782.", "tax-file-number")[0]
    assert entity.because == ("format", "check digit holds", "labelled 'tax file'")
    assert "123" not in repr(entity)
    assert entity.value == "123456782"


def test_one_value_for_all_ways_of_writing() -> None:
    texts = ("0491 570 156", "+61 491 570 156", "ph 0491570156", "(0491) 570 156")
    assert {only(text, "phone-number")[0].value for text in texts} == {"+61491570156"}


def test_context_makes_surer() -> None:
    bare = only("4111111111111111", "payment-card")[0].confidence
    grouped = only("4111 1111 1111 1111", "payment-card")[0].confidence
    named = only("my card 4111 1111 1111 1111", "payment-card")[0].confidence
    assert bare < grouped < named


def test_names_of_every_origin_alike() -> None:
    """Behind a strong cue no list decides: names that stand in none are found."""
    names = (
        "Oluwaseun", "Nguyễn Thị Hoa", "Xiuying Zhao", "Siobhán Ó Briain", "Mbali Dlamini", "Aroha Te Whata", "Yindi Marika",
        "Thạch Sok", "Fa'afetai Leota", "José-María Núñez", "Søren Kjær", "Zbigniew Wójcik", "Ayşe Yılmaz", "Priya Iyer",
        "Sam Lee", "Kwabena Mensah", "Bartholomew Quirke", "Mahsa Karimi", "Goran Petrovski", "Ji-hoon Park",
    )  # fmt: skip
    for name in names:
        assert found(f"My name is {name}.")[0][:2] == ("person-name", name), name
        assert found(f"It's late.\n\nKind regards,\n{name}")[0][:2] == ("person-name", name), name
        assert found(f"Name: {name}\nOrder: 55318")[0][:2] == ("person-name", name), name
        assert found(f"Please ring Mrs {name}.")[0][:2] == ("person-name", name), name
