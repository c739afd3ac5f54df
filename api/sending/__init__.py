"""Notices leave: letters by mail, and signed calls to the programs of organisations."""
