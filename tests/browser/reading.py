"""What is read on a page."""

import html
import re


def text_of(answer):
    """What is read, without marks; spaces as they are."""
    body = re.sub(r"<(script|style).*?</\1>", "", answer.text, flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)).replace("\u00a0", " "))


def headings(answer):
    found = re.findall(r"<h2[^>]*>(.*?)</h2>", answer.text, re.S)
    return [html.unescape(re.sub(r"<[^>]+>", "", each)).replace("\u00a0", " ").strip() for each in found]
