"""`make bench`: every figure in one run, against baselines of the same minutes."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import appends, databases, growth, machine, projecting, report


def main() -> None:
    with TemporaryDirectory(prefix="kelisim-") as folder:
        os.chmod(folder, 0o755)  # root's server runs as another user
        with databases.server(Path(folder)) as url:
            figures = [*appends.figures(url), *projecting.figures(url), *growth.figures(url)]
            report.write(machine.described(url), figures)
    for each in figures:
        print(
            f"{each.name}: {each.value:,.0f} {each.unit}, {each.ratio:.2f} of {each.baseline} ({each.goal})"
        )


if __name__ == "__main__":
    main()
