"""An organisation's judgement: which rules, at which level, which bounds, which analysers must have answered."""

from toneguard.standards.load import load_standard, preset_names
from toneguard.standards.standard import Bound, Standard, Waiver

__all__ = ["Bound", "Standard", "Waiver", "load_standard", "preset_names"]
