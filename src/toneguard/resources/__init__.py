"""Readers for data: settings files, lexicons, pronunciations and trained weights, data beside the reader."""
