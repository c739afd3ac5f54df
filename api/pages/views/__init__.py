"""What each screen shows, as plain data with ready words: made from answers, written by templates."""
