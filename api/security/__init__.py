"""Who is asking, for whom, and whether they may."""
