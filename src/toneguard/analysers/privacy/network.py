"""IP addresses (RFC 791, RFC 4291; parsed by ``ipaddress``) and secrets in links (RFC 3986 user info and query)."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from toneguard.analysers.privacy.entity import CERTAIN, LIKELY, POSSIBLE, STRONG, Entity
from toneguard.analysers.privacy.view import View

# The sign that must not stand before is looked for behind the first digit: that lets the search skip to digits.
IPV4 = re.compile(r"\d(?<![\w.:/-]\d)\d{0,2}(?:\.\d{1,3}){3}(?![\w-]|\.\d)")
IPV6 = re.compile(
    r"(?<![\w:.%-])(?:[0-9a-f]{0,4}:){2,7}(?:(?:\d{1,3}\.){3}\d{1,3}"
    r"|[0-9a-f]{0,4})(?:%[a-z0-9]{1,15})?(?![\w:])(?!\.\d)"
)
VERSION = re.compile(
    r"(?:\b(?:version|versions|ver|v|firmware|build|release|update|updated to|ios|android|app|software|patch"
    r"|section|clause)(?: (?:went|is|was|moved|goes|updated|upgraded))?(?: on| to| from| at)?[ :.]{0,3}|\bv"
    r"|\d\.\d{1,3} to )\Z"
)


def find_ips(view: View) -> Iterator[Entity]:
    """Addresses of machines; four numbers after "version" are a version."""
    # The first of the four numbers may look like a handle's ("@10.0.0.1"), which is no row of digits.
    if view.digits >= 4 and len(view.groups_of_digits) >= 3 and view.text.count(".") >= 3:
        for match in IPV4.finditer(view.text):
            start, end = match.span()
            if VERSION.search(view.text, max(0, start - 30), start) or view.is_lookalike(start):
                continue
            address = parse(match.group())
            if address is not None and not match.group().startswith("255."):  # a mask of a network is nobody's
                named = view.near("ip", start, end, 30, 15)
                reason = "context 'ip' nearby" if named else ""
                yield view.entity(
                    "ip-address", start, end, str(address), STRONG if named else LIKELY, "format", reason
                )
    if "::" in view.text or view.text.count(":") >= 6:
        for match in IPV6.finditer(view.text):
            written = match.group().split("%")[0]
            if not any(character.isdigit() for character in written) or not (
                "::" in written or written.count(":") >= 6
            ):
                continue
            address = parse(written)
            if address is not None:
                yield view.entity(
                    "ip-address",
                    *match.span(),
                    str(address),
                    STRONG if len(written) > 6 else POSSIBLE,
                    "format",
                )


def parse(written: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address, or None."""
    try:
        return ipaddress.ip_address(written)
    except ValueError:
        return None


SECRET = re.compile(
    r"(?:[?&#;]|(?<=[?&#;]))(?:[\w.-]{0,30}[_.-])?(?:token|auth|authorization|api_?key|key|password|passwd"
    r"|pwd|pass|secret|signature|sig|session|sessionid|sid|jwt"
    r"|reset|otp|pin|code|invite|magic|login|confirmation|access|credential|hash)(?:_?id|_?code|_?key"
    r"|_?token)?=(?P<value>[^&#\s<>\"]{4,1000})"
)
USER_INFO = re.compile(r"://[^/\s:@<>]{1,64}:(?P<value>[^/\s@<>]{3,128})@")
PATH = re.compile(
    r"/(?:reset|reset-password|password-reset|verify|confirm|activate|magic|magic-link|login|invite"
    r"|unsubscribe)/(?P<value>[a-z0-9_-]{20,256})(?=[/?#]|\Z)"
)
SECRETS = ((SECRET, "=", STRONG), (USER_INFO, "@", CERTAIN), (PATH, "/", LIKELY))
"""Expression, a sign without which it finds nothing, and how sure a match is."""
HARMLESS = re.compile(r"(?:true|false|yes|no|null|none|[a-z]{4,12}|\d{4,5})\Z")


def find_url_secrets(view: View) -> Iterator[Entity]:
    """Links that hold a token, key, session or password: the whole link, which is what somebody would use."""
    if "=" not in view.text and "://" not in view.text:
        return
    for start, end in view.find_urls():
        sure = 0.0
        for expression, sign, confidence in SECRETS:
            if view.text.find(sign, start, end) >= 0 and any(map(opens, expression.finditer(view.text, start, end))):
                sure = max(sure, confidence)
        if sure:
            link = view.cased[start:end].rstrip(".,;:!?)]'\"")
            yield view.entity("secret-in-url", start, start + len(link), link, sure, "parameter of a link")


def opens(match: re.Match[str]) -> bool:
    """Whether the value of a parameter may open something: not a word, a year, "true"."""
    return match.re is not SECRET or not HARMLESS.match(match["value"].rstrip(".,;:!?)]'"))
