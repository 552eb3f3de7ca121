"""What LibreOffice's own proofreader says of texts: run by the Python that has ``uno``, prints JSON lines.

Arguments: the port of the office and the base URL of the server; the texts come as JSON on standard input.
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
    settings = manager.createInstanceWithContext("com.sun.star.configuration.ConfigurationProvider", context)
    place = value("nodepath", "/org.openoffice.Office.Linguistic/GrammarChecking/LanguageTool")
    update = settings.createInstanceWithArguments("com.sun.star.configuration.ConfigurationUpdateAccess", (place,))
    update.BaseURL, update.IsEnabled = server, True
    update.commitChanges()
    checker = manager.createInstanceWithContext("org.openoffice.lingu.LanguageToolGrammarChecker", context)
    english = Locale("en", "US", "")
    print(json.dumps({"languages": sorted({locale.Language for locale in checker.getLocales()})}))
    for text in json.load(sys.stdin):
        found = checker.doProofreading("reply", text, english, 0, len(text.encode("utf-16-le")) // 2, ())
        print(
            json.dumps(
                [
                    {
                        "start": one.nErrorStart,
                        "length": one.nErrorLength,
                        "short": one.aShortComment,
                        "full": one.aFullComment,
                        "replacements": list(one.aSuggestions),
                    }
                    for one in found.aErrors
                ]
            )
        )
    manager.createInstanceWithContext("com.sun.star.frame.Desktop", context).terminate()


main(*sys.argv[1:])
