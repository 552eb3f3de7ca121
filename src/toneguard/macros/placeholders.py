"""Placeholders of templates: not findings in a macro, and read as what will stand there.

``Dear {{customer.first_name}}, your order {{order.number}} left`` is read as ``Dear Sam, your order 30 left``, so that
greetings, sentences and rules about days and amounts work as they will on the reply that is sent. Commands of a
template language (``{% if ... %}``, ``{{#if}}``) are read as nothing.
"""

from __future__ import annotations

import re

from toneguard.macros.located import Patch

COMMAND = re.compile(
    r"""\{%.{0,200}?%\} | \{\#.{0,400}?\#\} | \{\{\{?[#/^!>&~]?[~]?\s*(?:else|\#|/|!|\^|>)[^{}]{0,200}\}?\}\}
      | \{\{[\#/^!>][^{}]{0,200}\}\} | <%(?!=).{0,200}?%>""",
    re.VERBOSE | re.DOTALL,
)
FIELD = re.compile(
    r"""\{\{\{?[^{}\n]{0,120}\}?\}\}            # Handlebars, Liquid, Jinja, Zendesk, Freshdesk
      | <%=.{0,120}?%>                         # ERB
      | \$\{[A-Za-z_][\w.]{0,60}\} | %\{[A-Za-z_]\w{0,60}\} | \{[A-Za-z_][\w.]{0,60}\}
      | %[A-Za-z][A-Za-z]*(?:_[A-Za-z]+)+% | %[A-Z]{2,30}%
      | \*\|[A-Za-z][\w: ]{0,40}\|\* | «[A-Za-z_ ]{1,40}» | \[\[[A-Za-z_ .]{1,40}\]\] | <<[A-Za-z_ .]{1,40}>>
      | \[(?:[A-Z][A-Z _-]{2,40}|(?i:insert|your|customer|client|agent|first|last|full|order|tracking|ticket|case
            |product|company|delivery|refund|date|amount|name)(?:[ _'’-]+\w+){0,4})\](?!\()
      | <(?i:insert|first|last|full|customer|client|agent|your|order|tracking|company)(?:[ _-]\w+){1,3}>""",
    re.VERBOSE | re.DOTALL,
)
# By what a placeholder is called; the first that fits.
STAND_INS = (
    (re.compile(r"(?i)days|hours|weeks|minutes|months|years|count|quantity|qty"), "30"),
    (re.compile(r"(?i)name|agent|customer|client|recipient|signature|assignee|requester|user|contact"), "Sam"),
    (re.compile(r"(?i)amount|price|total|cost|fee|balance|value"), "$30"),
    (re.compile(r"(?i)date|day|eta|deadline|until"), "Tuesday"),
    (re.compile(r"(?i)number|_no\b|id\b|code|ref|order|ticket|tracking|case"), "30"),
    (re.compile(r"(?i)link|url|href|email|address|phone"), "this page"),
)
OTHER = "this"


def placeholders(text: str) -> list[Patch]:
    """The placeholders of a text with what stands in for each, in order."""
    commands = [Patch(found.start(), found.end()) for found in COMMAND.finditer(text)]
    fields = [
        Patch(found.start(), found.end(), stand_in(found[0]))
        for found in FIELD.finditer(text)
        if not any(command.start < found.end() and found.start() < command.end for command in commands)
    ]
    return sorted(commands + fields)


def stand_in(placeholder: str) -> str:
    """A word that can stand where the placeholder stands."""
    return next((word for pattern, word in STAND_INS if pattern.search(placeholder)), OTHER)
