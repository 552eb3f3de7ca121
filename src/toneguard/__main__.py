"""``python -m toneguard`` is the ``toneguard`` command."""

from toneguard.cli import main

main()
