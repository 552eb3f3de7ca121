"""A server as it runs: ``toneguard serve`` in a process of its own, on loopback, at a free port."""

from __future__ import annotations

import subprocess
import sys
import threading

HOME = "http://127.0.0.1:8081"
"""What callers of an application in this process say they call."""


class Running:
    """``toneguard serve`` with more arguments; ``said`` is what it wrote so far."""

    def __init__(self, *arguments: str, env: dict[str, str] | None = None) -> None:
        call = [sys.executable, "-m", "toneguard", "serve", "--port", "0", *arguments]
        self.process = subprocess.Popen(call, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)
        self.said = ""
        self._listens = threading.Event()
        self.address = ""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        assert self._listens.wait(60), "it does not listen"
        assert self.address, self.said

    def _read(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self.said += line
            if "listening at " in line:
                self.address = line.split("listening at ")[1].strip()
                self._listens.set()
        self._listens.set()

    def stop(self) -> int:
        """Ask it to stop, and wait; the exit code."""
        self.process.terminate()
        code = self.process.wait(30)
        self._reader.join(10)
        return code
