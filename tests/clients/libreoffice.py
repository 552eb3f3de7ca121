"""What LibreOffice's own proofreader says of texts: run by the Python that has ``uno``, prints JSON lines.

Arguments: the port of the office and the base URL of the server. On standard input comes a JSON list of texts, each a
list of ``[text, bold]``. What is all plain is given to the checker itself, anything else is written into a document of
Writer's and proofread there.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import Locale

ENGLISH = Locale("en", "US", "")
NORMAL, BOLD = 100.0, 150.0
"""com.sun.star.awt.FontWeight."""
PROOFREADING = 2
"""com.sun.star.text.TextMarkupType."""


def value(name: str, content: Any) -> PropertyValue:
    made = PropertyValue()
    made.Name, made.Value = name, content
    return made


def connect(port: str) -> Any:
    """The office's context, once it is up."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            return resolver.resolve(f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.25)
    raise SystemExit("the office does not start")


def main(port: str, server: str) -> None:
    context = connect(port)
    manager = context.ServiceManager
    make = lambda name: manager.createInstanceWithContext(f"com.sun.star.{name}", context)  # noqa: E731
    settings = make("configuration.ConfigurationProvider")
    place = value("nodepath", "/org.openoffice.Office.Linguistic/GrammarChecking/LanguageTool")
    update = settings.createInstanceWithArguments("com.sun.star.configuration.ConfigurationUpdateAccess", (place,))
    update.BaseURL, update.IsEnabled = server, True
    update.commitChanges()  # before the checker is made, which then asks for languages and keeps the address
    checker = manager.createInstanceWithContext("org.openoffice.lingu.LanguageToolGrammarChecker", context)
    desktop = make("frame.Desktop")
    print(json.dumps({"languages": sorted({locale.Language for locale in checker.getLocales()})}))
    for pieces in json.load(sys.stdin):
        if any(bold for _, bold in pieces):
            found = proofread(desktop, make("linguistic2.ProofreadingIterator"), pieces)
        else:
            text = "".join(text for text, _ in pieces)
            found = checker.doProofreading("reply", text, ENGLISH, 0, units(text), ()).aErrors
        print(json.dumps([told(one) for one in found]))
    desktop.terminate()


def proofread(desktop: Any, iterator: Any, pieces: list[tuple[str, bool]]) -> Any:
    """What the office finds in the first paragraph of a document."""
    document = desktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, (value("Hidden", True),))
    cursor = document.Text.createTextCursor()
    cursor.CharLocale = ENGLISH
    for text, bold in pieces:
        cursor.CharWeight = BOLD if bold else NORMAL
        document.Text.insertString(cursor, text, False)
    portions = sum(1 for _ in walk(next(walk(document.Text))))
    assert portions == len(pieces), f"{portions} portions of text"
    paragraph = document.getFlatParagraphIterator(PROOFREADING, True).getFirstPara()
    text = paragraph.getText()
    found = iterator.checkSentenceAtPosition(document, paragraph, text, ENGLISH, 0, units(text), -1).aErrors
    document.close(True)
    return found


def walk(container: Any) -> Any:
    """What an enumeration of UNO's holds."""
    elements = container.createEnumeration()
    while elements.hasMoreElements():
        yield elements.nextElement()


def units(text: str) -> int:
    """The length in UTF-16 code units, as the office counts."""
    return len(text.encode("utf-16-le")) // 2


def told(one: Any) -> dict[str, Any]:
    return {
        "start": one.nErrorStart,
        "length": one.nErrorLength,
        "short": one.aShortComment,
        "full": one.aFullComment,
        "replacements": list(one.aSuggestions),
    }


main(*sys.argv[1:])
