"""What is written with a capital, as people's names are, and is no person: brands, places, products, feasts, tongues.

Written for this project. A cue ("my name is") needs to be in no list, so a person of one of these names is still found.
"""

from __future__ import annotations

import re


def phrases(rows: str) -> frozenset[str]:
    """The phrases of a list that is parted by bars and line breaks."""
    return frozenset(phrase.strip() for phrase in rows.replace("\n", "|").split("|") if phrase.strip())


NAMED_FOR_PEOPLE = phrases(
    """
    alexander mcqueen|alexander technique|alice springs|angus & coote|ann taylor|anna sui|banjo paterson
    ben & jerry's|ben jerry's|ben sherman|betty crocker|billy elliot|bob jane|boris bikes|brad mowing
    calvin klein|captain cook|captain morgan|charles darwin|charles schwab|charles tyrwhitt|christian dior
    christian louboutin|coco chanel|country road|dan murphy|dan murphy's|darrell lea|david jones|david lloyd
    diavola|dick smith|doc martens|dolce gabbana|don julio|donna karan|dr martens|dr oetker|dr pepper|dr seuss
    eddie bauer|elizabeth arden|ella baché|estee lauder|estée lauder|fanny farmer|fleetwood mac
    florence nightingale|frank green|fred perry|george foreman|georgio armani|giorgio armani|gordon ramsay
    greg norman|guy fawkes|hans christian|hardy brothers|harley davidson|harris farm|harris scarfe|harry potter
    harvey nichols|harvey norman|helen kaminski|henry schein|hugo boss|indiana jones|jack daniel|jack daniel's
    jack wills|jaime durie|james bond|james cook|jamie oliver|jane iredale|jean paul|jenny craig|jethro tull
    jim beam|jim's|jim's mowing|jimmy choo|jo malone|john deere|john frieda|john lewis|john west|johnnie walker
    johnny walker|karen millen|karl lagerfeld|kate spade|kenneth cole|kenny rogers|lady macbeth|lake macquarie
    laura ashley|laura mercier|levi strauss|levi's|liz claiborne|lord howe|lorna jane|louis vuitton
    madame tussauds|marc jacobs|margherita|marie claire|mary kay|mercedes benz|michael hill|michael jackson
    michael kors|mickey mouse|miles franklin|minnie mouse|mother's day|mr bean|mr muscle|mr rooter|mrs mac
    mrs mac's|ned kelly|nelson bay|oscar wylie|paddy power|paul hollywood|peter alexander|peter pan|peter rabbit
    philip morris|phillip island|pierre cardin|pizza margherita|port arthur|port douglas|prince albert
    prince charles|queen elizabeth|queen victoria|r m williams|ralph lauren|ray ban|ray white|rebecca taylor
    richard branson|rod laver|roger david|rolls royce|ronald mcdonald|rosa parks|ruby tuesday|santa claus
    sara lee|sarah cheshire|sherlock holmes|simon & schuster|smith & caughey|sophie paris|st george|st john
    st kilda|st leonards|st vincent|st vincent's|stella mccartney|stephen king|steve madden|sweet caroline
    sydney morning|taylor swift|ted baker|terry white|tim hortons|tim tam|tim tams|tom tom|tommy bahama
    tommy hilfiger|tony bianco|tony hawk|tory burch|trelise cooper|uncle ben|uncle ben's|uncle toby's
    uncle tobys|vera bradley|vera wang|victoria bitter|victoria's secret|vivienne westwood|walter reed
    wells fargo|papa john|papa johns|papa john's|lima charlie|sadie hawkins|dan murphys|albert park|margaret river
    william morris|winnie the|yves saint
    """
)
"""Brands, places, songs and things that are named for people, by their first words."""

COUNTRIES = phrases(
    """
    afghanistan|africa|alaska|albania|albury|algeria|alice springs|amsterdam|andorra|angola|antarctica|argentina
    armenia|asia|athens|auckland|austria|azerbaijan|bahamas|bahrain|bali|bangkok|bangladesh|barbados|barcelona
    bathurst|beijing|belarus|belgium|belize|benin|berlin|bhutan|bolivia|bosnia|botswana|brazil|bristol|brunei
    brussels|budapest|bulgaria|bunbury|bundaberg|burundi|byron bay|cairo|calgary|cambodia|cameroon|cape town
    chile|christchurch|coffs harbour|colombia|congo|copenhagen|costa rica|croatia|cuba|cyprus|czechia|denmark
    detroit|dominica|dubai|dubbo|dublin|dunedin|ecuador|edinburgh|egypt|el salvador|eritrea|estonia|eswatini
    ethiopia|europe|fiji|finland|frankfurt|fremantle|gabon|gambia|gatwick|geneva|ghana|gladstone|glasgow
    gold coast|greece|grenada|guatemala|guinea|guyana|haiti|hamilton|hanoi|heathrow|helsinki|honduras|hong kong
    hungary|iceland|indonesia|iran|iraq|israel|istanbul|jakarta|jamaica|japan|johannesburg|kazakhstan|kenya
    kiribati|kosovo|kuwait|kyrgyzstan|lagos|laos|las vegas|latvia|launceston|lebanon|leeds|lesotho|liberia|libya
    liechtenstein|lisbon|lithuania|liverpool|los angeles|luxembourg|macau|mackay|madagascar|madrid|malawi
    malaysia|maldives|mali|malta|manila|mauritania|mauritius|mexico|micronesia|milan|mildura|moldova|monaco
    mongolia|montenegro|montreal|morocco|mozambique|munich|myanmar|nairobi|namibia|nauru|nepal|netherlands
    new york|nicaragua|niger|nigeria|norway|oceania|oman|oslo|ottawa|pakistan|palau|panama|papua new|paraguay
    parramatta|peru|philadelphia|philippines|phoenix|poland|portugal|prague|puerto rico|qatar|queenstown
    rockhampton|romania|rome|russia|rwanda|saigon|samoa|san diego|san francisco|san marino|saudi arabia|senegal
    serbia|seychelles|shanghai|shepparton|sierra leone|slovakia|slovenia|solomon islands|somalia|south africa
    south korea|sri lanka|stockholm|sudan|sunshine coast|suriname|sweden|switzerland|syria|taiwan|tajikistan
    tamworth|tanzania|thailand|timor|togo|tokyo|tonga|toowoomba|townsville|tunisia|turkey|turkmenistan|tuvalu
    uganda|ukraine|uzbekistan|vancouver|vanuatu|vatican|venezuela|venice|vienna|vietnam|wagga wagga|warsaw
    wodonga|wollongong|yemen|zambia|zimbabwe|zurich
    """
)
"""Countries, and towns of which messages speak often; by their first words."""

PRODUCTS = frozenset(
    """
    aboriginal acrobat african afterpay airasia alexa american amex android app apps arabic asian aussie aussies
    bible binge bluetooth bpay british capitan catalina cd chinese chipotle christmas chrome cortana deezer diwali
    dropbox dutch dvd easter ebay ebook edge eftpos emi english etsy european excel filipino firefox fortnite
    foxtel french galaxy german github gitlab gmail god gps greek gumtree halloween hanukkah hdmi hindi hulu
    illustrator imac indesign indonesian ios ipad ipod italian japanese java jenkins jira kindle kiwi kiwis klarna
    korean lan lenovo lenovos lightroom linux lollipop lord macbook macos malay maori marshmallow mastercard
    mercedes metallica minecraft mojave mp3 mysql nbn netflix nexus nfc nougat okta onkyo opera oracle oreo osko
    osx outlook pandora payid paypal pdf photoshop pixel playstation pokemon pokémon polish portuguese powerpoint
    ps3 ps4 ps5 python quran ramadan rex rfid roblox roku russian safari salesforce samoan sharepoint shopify
    sierra sim siri skype slack sonos soundcloud spanish sql swedes switch tagalog tetris thai thanksgiving
    thermomix thinkpad tidal trello turkish usb vietnamese visa vpn wan wi-fi wifi wii windows word wordpress xbox
    xero youtube zendesk zip zoom
    """.split()
)
"""Programs, shops, feasts and tongues."""

NO_PERSON_BEFORE = re.compile(
    r"\b(?:san|são|sao|santa|santo|saint|st\.?|ste|port|mount|mt\.?|lake|fort|rua|rue|via|calle|avenida"
    r"|avenue|ul\.|cape|new|hurricane|cyclone|storm) ?\Z"
)
NO_PERSON_AFTER = re.compile(
    r" (?:airport|international|intl|centre|center|street|st|road|rd|avenue|ave|drive|island|islands|beach"
    r"|university|hospital"
    r"|park|valley|terminal|building|stadium|college|school|county|concert|album|song|collection|range|model"
    r"|edition|dress"
    r"|sofa|chair|table|lamp|shoes?|bags?|jacket|cup|day|river|springs|hotel)\b|,? \d"
)
"""What stands right before and after names that are a place's or a thing's."""
