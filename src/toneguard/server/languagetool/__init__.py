"""The LanguageTool protocol, so that its clients (editors, office programs, command lines) work unchanged."""
