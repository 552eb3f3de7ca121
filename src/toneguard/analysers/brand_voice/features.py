"""The names of the style features, and the words that count towards them.

A feature is named in words that a manager understands; ``much`` and ``little`` complete "this reply has ...".
"""

from __future__ import annotations

from typing import NamedTuple

VERSION = 1
"""Of the features; a voice that was fitted on others is refused when it is loaded. Change it with any list
below.
"""


class Feature(NamedTuple):
    """One feature: its name, and what a reply with much and with little (or nothing) of it has.

    ``words`` are the terms that count, where the feature is counted token by token; then "few" before
    ``much`` must read well. Where ``scaled`` there is always some of it, so that less than usual is
    ``little``.
    """

    name: str
    much: str
    little: str
    words: str = ""
    scaled: bool = False


WORD_CLASSES = (
    Feature(
        "contractions",
        "contractions such as we'll",
        "no contractions",
        "i'm i've i'll i'd we're we've we'll we'd you're you've you'll you'd it's it'll that's that'll"
        " there's here's what's who's how's where's let's they're they've they'll he's she's don't doesn't"
        " didn't can't couldn't won't wouldn't shouldn't isn't aren't wasn't weren't haven't hasn't hadn't"
        " dont cant wont im ive",
    ),
    Feature("exclamation marks", "exclamation marks", "no exclamation mark", "! !! !!! !? ?! !!!!"),
    Feature("repeated marks", "repeated marks such as !!", "no repeated marks", "!! !!! !!!! ?! !? ?? ???"),
    Feature("questions", "questions", "no question", "? ?? ??? ?! !?"),
    Feature("ellipses", "dots that trail off", "no trailing dots", ".. ... .... …"),
    Feature("dashes", "dashes between words", "no dashes", "- – — --"),
    Feature("brackets", "remarks in brackets", "no brackets", "( ["),
    Feature("colons", "colons and semicolons", "no colons", ": ;"),
    Feature("ampersands", "signs for and, such as &", "the word and, never &", "& +"),
    Feature("quotation marks", "quoted words", "no quoted words", '" “ ‘'),
    Feature("commas", "commas", "no commas", ","),
    Feature(
        "first person singular",
        "words such as I and my",
        "no I or my",
        "i my me mine myself i'm i've i'll i'd im ive",
    ),
    Feature(
        "first person plural",
        "words such as we and our",
        "no we or our",
        "we our us ours ourselves we're we've we'll we'd",
    ),
    Feature(
        "second person",
        "words such as you and your",
        "no you or your",
        "you your yours yourself you're you've you'll you'd u ur ya y'all",
    ),
    Feature(
        "hedges",
        "hedges such as may or perhaps",
        "no hedges such as may or perhaps",
        "may might perhaps maybe possibly probably likely seems seem appears appear generally usually"
        " typically unfortunately somewhat apparently should could",
    ),
    Feature(
        "intensifiers",
        "intensifiers such as really or so",
        "no intensifiers such as really or so",
        "very really so super absolutely totally truly extremely completely definitely certainly sincerely"
        " deeply such incredibly hugely heaps quite pretty",
    ),
    Feature("please", "uses of please", "no please", "please pls plz"),
    Feature("thanks", "words of thanks", "no thanks", "thanks thank thx ta cheers thankyou thank-you ty"),
    Feature(
        "appreciation",
        "words of appreciation",
        "no words of appreciation",
        "appreciate appreciated appreciates grateful gratitude value valued patience",
    ),
    Feature(
        "apology",
        "words of apology",
        "no apology",
        "sorry apologies apologise apologize apology apologised pardon regret",
    ),
    Feature(
        "empathy",
        "words that share the feeling, such as frustrating",
        "no words that share the feeling",
        "understand understandable frustrating frustration disappointing disappointed concern concerned"
        " hear inconvenience upset annoying trouble unfortunate",
    ),
    Feature(
        "delight",
        "glad words such as happy or great",
        "no glad words such as happy or great",
        "happy glad great love loved lovely awesome amazing fantastic wonderful excellent excited enjoy fun"
        " delighted pleased pleasure perfect brilliant yay woohoo sweet cool nice good best",
    ),
    Feature(
        "casual words",
        "casual words such as yep or heaps",
        "no casual words such as yep or heaps",
        "yeah yep yup nope hey heya hiya awesome cool gonna wanna gotta kinda heaps mate legend reckon"
        " dramas worries sweet guys folks buddy oops whoops ah oh aww hmm wow ok okay stuff bit chat shout"
        " peek hop ping sec tad yay haha lol arvo keen gday g'day howdy y'all cheers ta btw fyi psst ouch"
        " yikes",
    ),
    Feature(
        "formal words",
        "formal words such as kindly or regarding",
        "no formal words such as kindly or regarding",
        "kindly regarding regards advise advised enquire enquiry inquiry assist assistance request"
        " requested require required provide provided obtain ensure further furthermore therefore however"
        " hereby herewith accordingly concerning correspondence sincerely faithfully dear sir madam purchase"
        " purchased receive commence additional prior upon whilst apologise apologies inform informed"
        " confirm available unable via",
    ),
    Feature(
        "abbreviations",
        "abbreviations such as DM or info",
        "no abbreviations such as DM or info",
        "dm pm info pls plz thx asap btw fyi u ur w msg msgs acct appt hrs addy pic pics app ty ref tmrw",
    ),
    Feature(
        "offers",
        "words of help such as assist or happy to",
        "no words of help",
        "help assist assistance support happy gladly reach contact touch",
    ),
    Feature(
        "can and could", "uses of can or could", "no can or could", "can could can't cannot couldn't able"
    ),
    Feature("will", "promises with will", "no promise with will", "will we'll i'll won't shall going"),
    Feature("would", "uses of would", "no would", "would i'd we'd you'd wouldn't"),
    Feature(
        "negations",
        "negations such as not or unable",
        "no negation",
        "not no never nothing none don't doesn't didn't can't cannot couldn't won't wouldn't isn't aren't"
        " wasn't weren't haven't hasn't unable without",
    ),
    Feature(
        "connecting words",
        "connecting words such as and, but, so",
        "no connecting words such as and, but, so",
        "and but so because or as since while",
    ),
    Feature(
        "articles", "articles such as the and a", "no articles such as the", "the a an this that these those"
    ),
    Feature("links", "links", "no link", "<url>"),
    Feature("numbers", "numbers", "no numbers", "0"),
)
"""Counted token by token: the logarithm of one more than the count, divided by the root of the sentences."""

OTHERS = (
    Feature("full forms", "full forms such as we will", "no full forms such as we will"),
    Feature("emoji", "emoji", "no emoji"),
    Feature("emoticons", "emoticons such as :)", "no emoticons"),
    Feature("hashtags", "hashtags", "no hashtags"),
    Feature("names in passing", "the reader's name within a sentence", "no name within a sentence"),
    Feature("sentence length", "long sentences", "short sentences", scaled=True),
    Feature("longest sentence", "one long sentence at least", "no long sentence", scaled=True),
    Feature("one sentence", "only one sentence", "more than one sentence"),
    Feature("word length", "long words", "short words", scaled=True),
    Feature("capitals", "words in CAPITALS", "no words in capitals"),
    Feature(
        "lower-case openings", "sentences that begin in lower case", "no sentence that begins in lower case"
    ),
    Feature("greeting", "a greeting", "no greeting"),
    Feature("greeting with hi", "a greeting with hi", "no greeting with hi"),
    Feature("greeting with hello", "a greeting with hello", "no greeting with hello"),
    Feature("greeting with hey", "a greeting with hey", "no greeting with hey"),
    Feature("greeting with dear", "a greeting with dear", "no greeting with dear"),
    Feature("greeting by name", "a greeting by name", "no name in a greeting"),
    Feature("greeting exclaimed", "a greeting with an exclamation mark", "no exclamation mark in a greeting"),
    Feature("sign-off", "a sign-off", "no sign-off"),
    Feature("sign-off with regards", "a sign-off with regards", "no regards in a sign-off"),
    Feature("sign-off with thanks", "a sign-off with thanks or cheers", "no thanks or cheers in a sign-off"),
    Feature("open ending", "no full stop at the end", "a full stop or another mark at the end"),
    Feature("exclaimed ending", "an exclamation mark at the end", "no exclamation mark at the end"),
    Feature("asking ending", "a question at the end", "no question at the end"),
    Feature("line breaks", "line breaks", "no line breaks"),
    Feature("list", "a list", "no list"),
)
"""Read in other ways (see ``style.py``), after the word classes."""

FEATURES = (*WORD_CLASSES, *OTHERS)
"""Every feature, in the order in which they are counted."""
