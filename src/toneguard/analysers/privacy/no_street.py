"""Words that are part of no street's or suburb's name, written for this project."""

from __future__ import annotations

from toneguard.resources.names import NOT_NAMES, PLACES

# Words that cannot be part of a street's name, and so mark "2 days on the road" as none.
NO_STREET = frozenset(
    """
    a an and about across after all am any are around as at away back bed bedroom block blocks bottle bottles
    box boxes business by calls can car cars case circuit credit customers day days different dollar dollars
    down each emails end feet few first flights for free from ft full gb get go good had half hard has have
    heart hours hr hrs i if in inch inches into is it item items just k kg km kms left like lines litre litres
    m main mb metre metres mile miles min mins minute minutes month months more most my near new next night
    nights no not of off old on one or order orders our out over package packages parcel parcels passengers
    people per person phone piece pieces pm point points quick right same seconds second sets seat short side
    since small so some star stars steps stop stops straight such tb than that the their then there these they
    thing things this those tickets time times to too tonne two up usb very via was way week weeks went were
    while will with working year years you your yo x jan feb mar apr may jun jul aug sep sept oct nov dec
    january february march april june july august september october november december dot
    """.split()
)
NO_SUBURB = (NO_STREET | NOT_NAMES) - PLACES
