"""Events whose meaning is simple: the newest names the places that its stream holds."""

import json

from msgspec.structs import replace

from contracts.log import Boundary
from contracts.log.looking import Derived
from tests.contracts.log.appends import DUE, event, full


def meant(said):
    """The data of an event after which the stream holds `said`."""
    return json.dumps({"places": sorted(said)})


class ByNewest:
    def derived(self, kind, events):
        assert kind == "contract"
        stream = events[-1].stream_id
        places = json.loads(events[-1].data).get("places", [])
        held = [("place", place, json.dumps(str(stream))) for place in places]
        return Derived(held, {"lapse": DUE} if places else {})

    def state(self, kind, key, held):
        return f"[{','.join(sorted(held))}]" if held else None


def move(log, stream, version, places, had):
    """Takes `places` and leaves those of `had` that are not among them."""
    known = log.ask({}, [("place", place) for place in {*places, *had}]).places
    boundaries = []
    for place in {*places} ^ {*had}:
        row = known.get(("place", place))
        others = [held for held in json.loads(row.state) if held != str(stream)] if row else []
        holders = sorted(json.dumps(held) for held in [*others, *([str(stream)] if place in places else [])])
        state = f"[{','.join(holders)}]" if holders else None
        boundaries.append(Boundary("place", place, row.version if row else None, state))
    timers = {"lapse": DUE} if places else {}
    wanted = full(stream, version, boundaries=boundaries, timers=timers)
    return log.append(replace(wanted, events=[replace(event(stream), data=meant(places))]))
