"""Words about names, written for this project: given names of many origins, and words that are none.

A given name only makes a weak cue stronger; a name behind a strong cue ("my name is") needs to be in no list, so that
names of every origin are found alike.
"""

from __future__ import annotations

from pathlib import Path

# Names that are also everyday words, months or places (Will, May, Sydney) are left out on purpose.
GIVEN = frozenset((Path(__file__).with_name("data") / "given_names.txt").read_text(encoding="utf-8").split())

GIVEN_TERMS = GIVEN | {f"{name}'s" for name in GIVEN}
"""Given names as tokens write them: also as possessives."""

# Capitalised words that stand where names stand and are none: greetings, roles, places, brands, feelings, days.
NOT_NAMES = frozenset(
    """
    a able about above absolutely access account account's accountant accounts actually address adelaide admin
    admin's advice adviser advisor africa african after afternoon again against agent agents ago ah ahead air
    airbnb aircraft airline airlines airport airways aldi alert all alone already alright also although always
    am amazing amazon america american americans amex an and angry annoyed another answer any anybody anymore
    anyone anything anyway anywhere apart apologies app apparently apple applicant are area argos arrived as
    asap asda asia asian ask asking asos assistant associate asst at atlanta atleast att attendant attention
    auckland aussie austin australia australian australians austrian autumn aw awaiting aware away awesome awful
    back bad ballarat bank banking based be beautiful because been before behind being belgian below bendigo
    best bestbuy better between big bigw bill billing billing's birthday boarding book booked booking booth
    boss boston bot both bottom box boxes bp brand brazilian brilliant bring brisbane britain british broke
    broken bt bunnings bupa bus business but buy buyer by bye cairns california call called caller calling can
    can't canada canadian canberra cancel cancelled cannot captain car card care case cash centrelink ceo
    certain cfo chair champion chance change charged chase chat chatbot check checked chicago chief china
    chinese christian christmas chrome city class clearly click client close closed co code coles colleague
    comcast come comes coming comment company complaint complaints concierge confused consultant consumer
    contact cool coordinator copy correct cost costco could couldn't courier cover crew cto currently customer
    customers dad daily dallas damaged danish darwin daughter day days dear dearest december deeply definitely
    delayed delhi delighted delivered delivery delta denver department desk desperate detail details dev
    devastated dhl did didn't different digital direct director disappointed disappointing disconnected
    disgusted disgusting disney do doctor doctors does doesn't doing dominos don't done door down driver dubai
    dude due during dutch dyson each early easy easyjet ebay either electrician else email emailed emirates
    employee empty end engineer england english enjoy enough enquiries enquiry escalation especially etihad
    etsy europe european even evening ever every everybody everyone everything everywhere exactly excellent
    except excited exec executive expected expedia experience express extra extremely facebook fair family
    fantastic far fast father fb february fedex feedback feel feeling fellow few finally finance fine finnish
    first fitbit flight florida flying folks following for forever form former founder france free french
    frequent friday friend friend's friends from front fuck fucking full fully fuming furious further future gang
    gate gatwick geelong general gentlemen genuinely german germany get getting girl girls giving glad gmail
    go going gold gone gonna good google got grandma grandson grateful great greek greetings guess guest
    guests guy guys had hadn't half happy hard has hasn't have haven't having he he's head headed heaps heathrow
    hello help helpdesk her here here's hers hey hi high highly him hindu his hmm hobart holiday holidays home
    honestly honoured hope hopefully hoping hotel house houston how howdy however hp hr http https huge hulu
    husband i i'd i'll i'm i've iberia if ikea imac immediately impressed in incredibly indeed india indian
    indonesian info information inquiry inside instacart instagram instead insurance intern international
    internet into invoice ios ipad iphone ireland irish is isn't israeli it it's italian italy its itself
    itunes january japan japanese jetblue jetstar jewish jfk job july june just keep kind kindly kmart korean
    kudos kyneton labour ladies lady last late lately later latino lawyer lax lead leader least leave lebanese
    left less let let's level librarian like line linkedin literally little live lmao log logged lol london
    long longer look looking lost lot lots love loved lovely low loyal luck lucky lufthansa luggage lyft ma'am
    maam mac macbook mad madam made mail mailbox major make making malaysia malaysian mama man manage
    management manager manchester many maori march married mastercard mate mates may maybe me mean meant media
    medibank medical melbourne member members men merry message messages mexican mgr miami microsoft mind mine
    miss missed missing mister mobile moderator mom mon monday money month months more morning most mother
    motors mr mrs ms much mum mumbai music muslim must my myer myself name named national nbn nearly need
    nephew netflix never new newcastle news next nice niece nigerian night nike nintendo no nobody none noon
    nor normally norwegian not nothing november now nsw number numbers nurse nyc o2 obviously october of off
    offer office officeworks official oh ok okay old omg on once one online only open operations operator
    optus or orange order order's ordered orders org other others our ours out outlook outside over overall
    own owner page paid pakistani pandora parcel parcels parent parents paris part partner parts party
    passenger passengers past patient patiently payment payments paypal pending pensioner people perfect
    perhaps person perth philippines phoenix phone picked pilot place plan plane platinum playlist playstation
    please pleased plenty plumber plus pm po polish poor portuguese possible possibly post potential premium
    president presumably pretty previous price prime principal priority privacy probably problem problems
    product products professor profile programmer proud ps ps4 ps5 public qantas qld qualtiy queensland
    question questions quick quickly quite r rather re reached read reading ready real really reason recently
    reception recipient ref reference refund refunds regard regarding regards renter rep reply representative
    reps request reservation reservations resident respectfully response responsible rest retail return
    returns reviewer right room russian ryanair sad safe safeway sainsbury's sainsburys sale sales same
    samsung satisfied saturday say saying says scared school scotland scottish sea seat seattle second
    secretary security see seems seen seller senior sent september serious seriously service services several
    shall she she's ship shipping shocked shop shopper should shouldn't show sick signature signed silver
    simple simply since sincerely singapore single sir siri sirs sister site sky skype slow small so social
    soft software sold some somebody someone something sometimes somewhere son sony soon sorry sort sounds
    southwest spain spanish special specialist speechless spotify spring sprint staff standard standing
    starbucks start started starting state station status stay std steward still stop store stores street
    stuck student stuff stupid subject subscriber such suddenly summer sunday super supervisor supply support
    suppose supposed sure surely surprised svp swedish swiss sydney system t-mobile take taking target
    tasmania teacher team teamleader teams tech technical technician tell telstra tenant terrible terribly
    terrific tesco texas text thai than thank thanks that that's the their them then there there's these they
    they're thing things think third this those though thought through thursday thus thx till time times tired
    title tmobile to today together tokyo told tomorrow tonight too took toronto totally toward towards toyota
    track tradie trading train trainee trainer transfer travel traveller travelling tried truly trust truth
    try trying tuesday turkish turned twice twitter two uber ugh uk ukrainian unable under underwhelmed
    unfortunately unhappy united unless unsure until up update updated updates ups upset urgent us usa use
    used useful user using usps usually valued vegas vendor verizon very vet via victim victoria video
    vietnamese view vip virgin virginmedia visa visit vodafone voicemail volunteer vp wait waiting wales
    walmart want wanted wants warehouse warm warmest warmly was wasn't wasting watching way we we'd we'll
    we're we've website wednesday week weekend weeks weird welcome well wellington welsh went were weren't
    westjet westpac what what's whatever whatsapp when where whether which while who who's whoever whole whom
    whose why wife wifi will willing windows winter wish wishes with within without woman women won't wonder
    wonderful wondering woolies woolworths work worked worker working world worried worry worse worst would
    thankyou rang nm wouldn't wow writer writing wrong www xbox xfinity xmas yay yeah year years yep yes yesterday
    yet yo york
    you you'd you'll you're you've your yours yourself youtube yup xx xxx xxxx zealand santa claus pepper
    """.split()
)
PARTICLES = frozenset(
    """
    van der den de da di del della la le du dos das do bin binti ibn al el ben von zu zur ter ten op abu mac
    mc y e
    """.split()
)
TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor rev sir madam doctor mme herr frau señor señora capt sgt constable sergeant"
    " aunty auntie uncle nurse pastor councillor".split()
)

GIVEN_WORDS = frozenset(
    """
    angelica april art aurora austin basil bay bill blanca bob brook bryony carol carter chase chelsea
    cherry clementine cooper coral crystal daisy dale dallas dawn dean dixie drew earnest eden faith fern
    flora frank gem ginger glen grace hazel heather holly honey hope hunter iris ivory ivy jack jade jasmine
    jewel jordan joy june juniper lily lotus luna mark martin mason max may melody mercy miles mina myrtle
    nick nova olive opal paris pat pearl penny perry phoenix poppy rob rose rosemary ruby sage sandy
    savannah sienna sky skye stella sterling sue summer sunny sydney tanner taylor tiger trinity venus
    victor victoria victory viola violet virginia wade ward will willow winter zara
    """.split()
)
"""Given names that are plants, colours, virtues, places or other everyday words too."""
PLACES = frozenset(
    """
    adelaide atlanta auckland australia ballarat bay bendigo boston brisbane cairns canberra cardiff chicago
    city dallas darwin delhi denver dubai east geelong hobart house houston kyneton london manchester
    melbourne miami mumbai newcastle north orange orlando paris perth phoenix port queensland scotland sea
    seattle singapore south spring station sydney tasmania toronto vegas victoria wales wellington west york
    ireland england united kingdom states germany france italy spain canada india uruguay new zealand america
    """.split()
)
