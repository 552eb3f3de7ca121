"""Doors to other libraries, one module each; a library is imported by its own module only."""
