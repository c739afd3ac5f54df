"""The write side: what a contract is, what may happen to it, and the log of what did."""
