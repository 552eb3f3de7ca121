"""Canned replies and macros, checked where they are kept: files in, problems with line and column out."""

from toneguard.macros.check import Problem, Report, check_files, check_texts
from toneguard.macros.files import find_files

__all__ = ["Problem", "Report", "check_files", "check_texts", "find_files"]
