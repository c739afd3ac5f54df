"""A browser's part in signing in: it keeps cookies and sends forms."""

import re

import httpx


class Browser:
    def __init__(self, client: httpx.Client) -> None:
        self.address = str(client.base_url).rstrip("/")
        self.http = httpx.Client(base_url=self.address, headers={"Accept": "text/html"})

    def csrf(self, page: str = "/sign-in") -> str:
        return re.search(r'name="csrf" value="([^"]*)"', self.http.get(page).text)[1]

    def post(self, path: str, origin: str | None = None, **form: str) -> httpx.Response:
        return self.http.post(path, data=form, headers={"Origin": origin or self.address})

    def sign_in(self, person: str, back: str = "/help") -> httpx.Response:
        return self.post("/sign-in", person=person, csrf=self.csrf(), back=back)
