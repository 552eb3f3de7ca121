"""What Presidio calls the kinds of personal data that ToneGuard knows, and which rule stands for Presidio's kinds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from toneguard.analysers.privacy.entity import PACK, RULES

OURS: Mapping[str, str] = {
    PACK + rule: entity
    for rule, entity in (
        ("email-address", "EMAIL_ADDRESS"),
        ("phone-number", "PHONE_NUMBER"),
        ("payment-card", "CREDIT_CARD"),
        ("iban", "IBAN_CODE"),
        ("tax-file-number", "AU_TFN"),
        ("australian-business-number", "AU_ABN"),
        ("australian-company-number", "AU_ACN"),
        ("medicare-number", "AU_MEDICARE"),
        ("us-social-security-number", "US_SSN"),
        ("uk-national-insurance-number", "UK_NINO"),
        ("nhs-number", "UK_NHS"),
        ("ip-address", "IP_ADDRESS"),
        ("street-address", "LOCATION"),
        ("person-name", "PERSON"),
    )
}
"""Presidio's name of an entity by our rule, where it has one."""


def presidio_name(rule: str) -> str:
    """Presidio's name of what a rule finds; without one, the rule's own in its spelling: ``ONE_TIME_CODE``."""
    return OURS.get(rule) or rule.removeprefix(PACK).replace("-", "_").upper()


NAMES: Mapping[str, str] = {rule: presidio_name(rule) for rule in sorted(RULES)}
"""Presidio's name by rule, for every rule of the recognisers."""

# Kinds of Presidio's predefined recognisers and of its spaCy engine, by the rule that stands for them.
GROUPS: Mapping[str, str] = {
    "presidio/person": "PERSON",
    "presidio/contact": "EMAIL_ADDRESS EMAIL PHONE_NUMBER",
    "presidio/account": "CREDIT_CARD IBAN_CODE CRYPTO US_BANK_NUMBER ABA_ROUTING_NUMBER",
    "presidio/location": "LOCATION UK_POSTCODE DE_PLZ",
    "presidio/network-address": "IP_ADDRESS MAC_ADDRESS URL",
    "presidio/date-or-age": "DATE_TIME AGE",
    "presidio/organisation": (
        "ORGANIZATION AU_ABN AU_ACN DE_HANDELSREGISTER DE_VAT_ID IN_GSTIN IT_VAT_CODE KR_BRN SE_ORGANISATIONSNUMMER"
        " SG_UEN"
    ),
    "presidio/nationality-or-belief": "NRP",
    "presidio/state-identifier": (
        "AU_MEDICARE AU_TFN CA_SIN DE_BSNR DE_FUEHRERSCHEIN DE_HEALTH_INSURANCE DE_ID_CARD DE_KFZ DE_LANR DE_PASSPORT"
        " DE_SOCIAL_SECURITY DE_TAX_ID DE_TAX_NUMBER ES_NIE ES_NIF ES_PASSPORT FI_PERSONAL_IDENTITY_CODE ID IN_AADHAAR"
        " IN_PAN IN_PASSPORT IN_VEHICLE_REGISTRATION IN_VOTER IT_DRIVER_LICENSE IT_FISCAL_CODE IT_IDENTITY_CARD"
        " IT_PASSPORT KR_DRIVER_LICENSE KR_FRN KR_PASSPORT KR_RRN MEDICAL_LICENSE NG_NIN NG_VEHICLE_REGISTRATION PH_TIN"
        " PH_UMID PL_PESEL SE_PERSONNUMMER SG_NRIC_FIN TH_TNIN TR_LICENSE_PLATE TR_NATIONAL_ID UK_DRIVING_LICENCE"
        " UK_NHS UK_NINO UK_PASSPORT UK_VEHICLE_REGISTRATION US_DRIVER_LICENSE US_ITIN US_MBI US_NPI US_PASSPORT US_SSN"
        " ZA_ID_NUMBER"
    ),
}
OTHER = "presidio/other"
"""The rule of kinds that no list here names: those of an organisation's own recognisers."""


def grouped() -> Iterator[tuple[str, str]]:
    """Kind and rule of every kind that is known here."""
    for rule, entities in GROUPS.items():
        for entity in entities.split():
            yield entity, rule


RULE_OF: Mapping[str, str] = dict(grouped())
"""Our rule by Presidio's name of an entity."""
