"""What can be asked: one file a group of questions. None of them decides anything."""
