"""The server that is measured: ``toneguard serve`` with one more route, ``POST /nothing``, which does nothing.

As a module, the process of it, with its memory.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from fastapi import Request, Response

from toneguard.cli import main as toneguard
from toneguard.server import run


class Served:
    """A server in a process of its own, at a free port of loopback; takes the options of ``toneguard serve``."""

    def __init__(self, *options: str) -> None:
        command = [sys.executable, str(Path(__file__).resolve()), "serve", "--port", "0", *options]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr
        said = ""
        for line in self.process.stderr:
            said += line
            if "listening at " in line:
                break
        else:
            raise RuntimeError(f"the server does not start: {said}")
        self.address = said.split("listening at ")[1].strip()
        self.host, port = self.address.removeprefix("http://").rsplit(":", 1)
        self.port = int(port)
        # What it says later is passed on, for a full pipe would stop it.
        threading.Thread(target=lambda: sys.stderr.writelines(self.process.stderr or ()), daemon=True).start()

    def resident_mb(self) -> float:
        """Its resident memory now, in MB of 1,000,000 bytes."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024 / 1e6
        raise RuntimeError("VmRSS is not told")

    def stop(self) -> int:
        """Ask it to stop; its exit code."""
        self.process.terminate()
        return self.process.wait(30)


def main() -> None:
    made = run.make_app

    def with_floor(settings: Any) -> Any:
        app = made(settings)

        @app.post("/nothing")
        async def nothing(request: Request) -> Response:
            await request.body()
            return Response(b"{}", media_type="application/json")

        return app

    run.make_app = with_floor
    toneguard()


if __name__ == "__main__":
    main()
