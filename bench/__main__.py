"""`make bench`: every figure in one run, against baselines of the same minutes."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from api.postgres import embedded
from bench import (
    anatomy,
    appends,
    bulk,
    checking,
    commands,
    growth,
    machine,
    plot,
    projecting,
    report,
    tail,
)
from bench.databases import SETTINGS
from bench.figures import Figure


def main() -> None:
    with TemporaryDirectory(prefix="kelisim-") as folder:
        os.chmod(folder, 0o755)  # root's server runs as another user
        with embedded(Path(folder), SETTINGS) as url:
            parts = (appends, commands, projecting, tail, bulk, checking, growth)
            figures: list[Figure] = []
            for part in parts:
                for figure in part.figures(url):
                    print(_line(figure), flush=True)
                    figures.append(figure)
            report.write(described := machine.described(url), figures)
            anatomy.write(described, anatomy.append_parts(url))
    plot.goals(report.ROOT / "docs" / "performance-goals.svg", figures)


def _line(each: Figure) -> str:
    return f"{each.name}: {each.value:,.0f} {each.unit}, {each.ratio:.2f} of {each.baseline} ({each.goal})"


if __name__ == "__main__":
    main()
