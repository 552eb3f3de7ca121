"""x"""
from toneguard._version import __version__
