"""Words that say who or what is spoken of, and nothing of the tone: no model that counts words learns them."""

from __future__ import annotations

import re

from toneguard.documents.person_names import MOSTLY_PEOPLE
from toneguard.resources.names import GIVEN_TERMS

DIGIT = re.compile("[1-9]")
"""Numbers are read as 0; what still has other digits (hashtags with dates) names an occasion."""
NAMES = GIVEN_TERMS | (MOSTLY_PEOPLE - frozenset("drew frank grace mark pat penny rob sue".split()))
"""Given names; those that say something as words ("I will sue") are learnt."""
GROUPS = frozenset(
    """
    aboriginal african albanian american arab arabic argentinian asian aussie australian australians austrian
    bangladeshi belgian black blacks brazilian british bulgarian cambodian canadian caucasian chilean chinese
    colombian croatian cuban czech danish dutch egyptian english ethiopian european fijian filipino filipina finnish
    french german ghanaian greek hispanic hungarian indian indians indigenous indonesian iranian iraqi irish israeli
    italian jamaican japanese jordanian kenyan kiwi korean kurdish latina latino lebanese malay malaysian maltese
    maori mexican moroccan nepalese nigerian norwegian pakistani palestinian persian peruvian polish portuguese
    romanian russian samoan saudi scottish serbian singaporean somali spanish sudanese swedish swiss syrian taiwanese
    tamil thai tongan turkish ukrainian vietnamese welsh white whites zimbabwean
    anglican atheist buddhist catholic christian christians hindu islam islamic jew jewish jews mormon muslim muslims
    protestant sikh
    bisexual gay gays homosexual lesbian lesbians nonbinary queer trans transgender lgbt lgbtq
    autistic autism blind deaf disabled disability disabilities dyslexic elderly
    immigrant immigrants migrant migrants refugee refugees
    """.split()
)
"""Who somebody is by origin, faith, orientation or disability: in public posts these words stand beside others' anger,
and a customer who says it of herself is no angrier for it."""
UNLEARNT = NAMES | GROUPS
