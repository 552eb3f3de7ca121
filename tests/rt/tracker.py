"""Request Tracker 5 as Debian packages it, with folders, a database and settings of its own, and our extension in it."""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
SHARE = Path("/usr/share/request-tracker5")
SETUP = "/usr/sbin/rt-setup-database-5"
PASSWORD = "kettle-and-toast"
TOKEN = "a-token-of-the-tests-0001"
LogIn = Callable[..., None]
"""Logs a person in by name, at one tracker or another."""


class Tracker:
    """RT in ``folder``. ``initialise`` makes the database; ``start`` serves it at ``address``; ``stop`` ends all of it."""

    def __init__(self, folder: Path, toneguard: str, database: Path | None = None, **settings: object) -> None:
        self.folder = folder
        self.database = database or folder / "rt.sqlite"
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None
        for name in ("mason", "session", "no-settings", "mail", "plugins"):
            (folder / name).mkdir()
        (folder / "plugins" / "RT-Extension-ToneGuard").symlink_to(ROOT / "dist" / "RT-Extension-ToneGuard")
        sendmail = folder / "sendmail"
        sendmail.write_text(f'#!/bin/sh\nexec cat > "$(mktemp {folder}/mail/XXXXXXXX)"\n', encoding="utf-8")
        sendmail.chmod(0o755)
        options = {
            "rtname": "example.org",
            "Organization": "example.org",
            "CorrespondAddress": "help@example.org",
            "CommentAddress": "notes@example.org",
            "Timezone": "Australia/Sydney",
            "DatabaseType": "SQLite",
            "DatabaseName": str(self.database),
            "WebPath": "",
            "WebDomain": "127.0.0.1",
            "WebPort": self.port,
            "WebBaseURL": self.address,
            "MailCommand": "sendmailpipe",
            "SendmailPath": str(sendmail),
            "LogToSyslog": None,
            "LogToFile": "debug",
            "LogDir": str(folder),
            "LogToFileNamed": "rt.log",
            "ToneGuardURL": toneguard,
            **settings,
        }
        lines = [f"Set(${name}, {perl(value)});" for name, value in options.items()]
        places = {"MasonDataDir": "mason", "MasonSessionDir": "session", "LocalPluginPath": "plugins"}
        lines += [f"$RT::{name} = {perl(str(folder / place))};" for name, place in places.items()]
        lines.append("Plugin('RT::Extension::ToneGuard');")
        (folder / "RT_SiteConfig.pm").write_text("\n".join([*lines, "1;\n"]), encoding="utf-8")

    @property
    def env(self) -> dict[str, str]:
        """Where RT's programs find this installation's settings, and no others."""
        places = {"RT_SITE_CONFIG": str(self.folder / "RT_SiteConfig.pm"), "RT_SITE_CONFIG_DIR": str(self.folder / "no-settings")}
        return {**os.environ, **places, "HOME": str(self.folder)}

    @property
    def log(self) -> str:
        """What RT logged so far, on any level."""
        return (self.folder / "rt.log").read_text(encoding="utf-8", errors="replace")

    def mails(self) -> list[str]:
        """What RT has sent so far, as it was handed to sendmail."""
        return [path.read_text(encoding="utf-8") for path in sorted((self.folder / "mail").iterdir(), key=lambda path: path.stat().st_mtime_ns)]

    def initialise(self, tickets: int) -> None:
        """Make the database, with people and ``tickets`` alike."""
        self.call(SETUP, "--action", "init", "--skip-create", "--dba", "root", "--dba-password", "none", "--force")
        self.call("perl", str(HERE / "seed.pl"), PASSWORD, str(tickets))

    def call(self, *command: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr
        return done

    def start(self) -> None:
        server = [str(SHARE / "libexec" / "rt-server"), "--host", "127.0.0.1", "--port", str(self.port), "--server", "Starlet", "--max-workers", "3"]
        with (self.folder / "server.log").open("wb") as said:
            self.process = subprocess.Popen(server, env=self.env, stdout=said, stderr=said, start_new_session=True)
        for _ in range(240):
            assert self.process.poll() is None, (self.folder / "server.log").read_text(encoding="utf-8")
            try:
                urllib.request.urlopen(f"{self.address}/NoAuth/Login.html", timeout=30).close()
                return
            except OSError:
                time.sleep(0.25)
        raise AssertionError((self.folder / "server.log").read_text(encoding="utf-8"))

    def stop(self) -> None:
        """End the server with its workers."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(30)

    def rest(self, path: str, body: object = None) -> Any:
        """What RT's own REST 2.0 says to its root; with ``body`` of something posted."""
        request = urllib.request.Request(f"{self.address}/REST/2.0/{path}", None if body is None else json.dumps(body).encode())
        request.add_header("Authorization", "Basic " + base64.b64encode(b"root:password").decode())
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def correspondence(self, ticket: int) -> list[tuple[str, str]]:
        """Type and content of what was said in a ticket, comments too, oldest first."""
        history = self.rest(f"ticket/{ticket}/history?fields=Type,Creator&per_page=100")["items"]
        kinds = {item["id"]: item["Type"] for item in history}
        found = self.rest(f"ticket/{ticket}/attachments?fields=Content,ContentType,TransactionId&per_page=100")["items"]
        texts = [item for item in found if item["ContentType"].startswith("text/")]
        texts.sort(key=lambda item: int(item["id"]))
        return [
            (kinds[item["TransactionId"]], item["Content"])
            for item in texts
            if kinds.get(item["TransactionId"]) in ("Create", "Correspond", "Comment")
        ]


def perl(value: object) -> str:
    """A value as Perl writes it."""
    if value is None:
        return "undef"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("\\", "\\\\").replace("'", "\\'") + "'"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
