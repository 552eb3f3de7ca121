"""How the shipped models and data files were made: ``python -m toneguard.training MODEL --data DIR``."""
