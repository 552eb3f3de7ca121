"""Analysers: one file or folder per question. Import them through the catalogue; they never import each other."""
