"""Letters that were given up, for who looks after the service: shown, and sent again."""

from collections.abc import Sequence
from uuid import UUID

import typer

from api.house import House
from api.sending import store


def show(house: House) -> None:
    """One a line: id, when it was given up, way, event, whose it is, tries, what went wrong."""
    with house.pool.connection() as connection:
        post, dead = store.post_now(connection), store.dead(connection)
    for each in dead:
        way = f"endpoint:{each.endpoint_id}" if each.endpoint_id else "mail"
        at = f"{each.dead_at:%Y-%m-%dT%H:%M:%SZ}"
        typer.echo(
            f"{each.letter_id} {at} {way} {each.type} {each.to_ref} {each.tries} {each.trouble or '-'}"
        )
    typer.echo(f"{post.waiting} wait, {post.retrying} of them again; {post.dead} were given up", err=True)


def send_again(house: House, ids: Sequence[UUID]) -> None:
    """None: all that were given up."""
    with house.pool.connection() as connection:
        count = store.again(connection, [*ids] or None)
    typer.echo(f"{count} are sent again")
