"""The pages with which people act: what a wish needs is asked, what follows is shown, then it is done."""
