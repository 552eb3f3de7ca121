"""What looks like personal data and is none: the numbers, words and sentences that service mail is full of."""

from __future__ import annotations

import pytest
from privacy_cases import found

NUMBERS = [
    "Order 4111111111111111 hasn't arrived.",
    "order number: 4242 4242 4242 4242",
    "tracking 4242424242424242",
    "Invoice no. 5555555555554444 is paid.",
    "I paid with my card, order number 4242424242424242",
    "Refund reference 7444 0126 0750 1193",
    "Your consignment 1234 4111 1111 1111 1111 left.",
    "IMEI 356938035643809",
    "serial number 004085616",
    "case 123456782 and ticket 123 456 782",
    "booking 2123456701",
    "SKU AB123456C, model QQ123456C",
    "part 000-000, 12345678",
    "my account number with you is 12345678",
    "gift card 6011 1111 1111 1117",
    "4111 1111 1111 1112",
    "my card 4111 1111 1111 1112",
    "TFN 123 456 783",
    "Medicare 2123 25870 1",
    "ABN 99 999 999 999",
    "DE89370400440532013001",
    "order 0491570156",
    "tracking number 0255500184",
    "call 1300 975 709 or 13 11 14 or 1800 975 711",
    "1-800-555-0199 is free",
    "INV-0491570156",
    "It costs $0491570156",
    "delivered 02 03 2026, 12 items",
    "between 08-12-2026 14:30 and 15:30",
    "on 14/02/1987 we opened",
    "your voucher expires 09/28",
    "discount code is 482913",
    "postcode is 3000",
    "2 phones, Galaxy S22 4GB, both locked",
    "We sent 2 chairs, order D123456 and order D123457.",
    "44 blue lamp, code SW1 2AB on the box",
    "12 rue the day, 12345 times over",
    "the code is on the back",
    "version 1.2.3.4 and firmware 10.0.15.2",
    "sizes 10.5.2.1.4",
    "at 12:34:56 on 1:2:3:4",
    "std::vector and Kettle::boil",
    "the drill pin 4821 broke",
    "pages 1234 5678 and 9012",
    "@115887 2: try again",
    "https://shop.example.com/orders/4111111111111111",
    "https://shop.example.com/?q=kettle&page=2",
    "my card ends in 1111",
    "licence plate ABC123, licence key 00000000",
    "ISBN 9780306406157 and EAN 4006381333931",
    "100 200 300 400 500",
    "+10 000 points",
    "3 x 2 m, 45 cm, 12.5 %",
    "extension 6, level 2, room 417",
    "flight 5550 0184",
    "asn 004 085 616",
    "DPCI 030-02-8711",
    "it reached the hub on 30.10.2026, please call me",
    "library card 4111 1111 1111 1111",
]
WORDS = [
    "the cnr store on Quoll Road was shut",
    "we waited 20 Old fashioned minutes",
    "the Weg is 23, 79104 people walked it",
    "the Harvey Norman invoice is wrong",
    "Is the Charlotte sofa still in stock?",
    "It works in Firefox and on Android.",
    "The St Leonards store was out of the Windsor range.",
    "meet me at noon",
    "agents at LHR",
    "buy it at example.com",
    "email us at example.com",
    "it is 5 star at the dot",
    "my password is wrong",
    "password: reset",
    "the password is not accepted",
    "I forgot my PIN",
    "two days on the road, 3 cars down the street",
    "a 10 minute drive, 2 bed close to the way",
    "a 5 star place to eat",
    "1 terabyte drive",
    "Sydney NSW 2000",
    "Hi there,\n\nwhere is it?",
    "Hi Team",
    "Hello Amazon!",
    "Hey Spotify, what's wrong?",
    "I'm happy with that",
    "I'm Australian, and waiting",
    "This is ridiculous from start to end",
    "my name is not on the list",
    "my name is spelled wrong",
    "Product name: Blue Kettle",
    "From: Perth",
    "I spoke to Qantas today",
    "I miss Sydney",
    "Regards,\nThe Support Team",
    "Sent from my iPhone",
    "Thanks",
    "the Charlotte dress and the Florence table",
    "we flew to San Antonio and Port Douglas",
    "CALL ME BACK NOW OR ELSE",
    "May I call on Monday in March?",
    "Right here, right now",
    "Dear Sir or Madam,",
    "okay. thank you anyways",
    "the clean-up after Hurricane Maria goes on",
    "Dear Santa,",
    "someone changed my password (hacked)",
    "we drank a Dr. Pepper",
    "my user name is blueheron",
]


@pytest.mark.parametrize("text", NUMBERS + WORDS)
def test_quiet(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("role", ["customer", "agent"])
@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What's your order number?", "4111111111111111"),
        ("Can you send the tracking number?", "123456782"),
        ("And the invoice number please?", "2123456701"),
        ("Which booking is it?", "0255500184"),
        ("What is the serial number?", "004085616"),
        ("Do you have a reference?", "943 476 5919"),
    ],
)
def test_an_answer_to_a_question_for_an_order_number(question: str, answer: str, role: str) -> None:
    asker = "agent" if role == "customer" else "customer"
    assert found(answer, (asker, question), role=role) == []


def test_what_was_asked_does_not_reach_into_a_long_message() -> None:
    text = "Well, before I answer that: the box of 482913 screws came, " + "and so on, " * 12
    assert found(text, ("agent", "What is the code we texted you?")) == []
