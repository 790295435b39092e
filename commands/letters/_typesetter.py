"""Sets one document and ends: run as a script by ``_press.py``, so that setting can be given up like any process.

It reads a line of JSON on its input, ``{"template": …, "data": …}``, and writes the PDF. It imports nothing of ours.
"""

import json
import sys
from pathlib import Path

import typst

TEMPLATES = Path(__file__).parent


def main() -> None:
    """Set what is asked. The data are values that the template shows, never a part of its text."""
    asked = json.load(sys.stdin)
    made = typst.compile(
        str(TEMPLATES / f"{asked['template']}.typ"),
        root=str(TEMPLATES),
        ignore_system_fonts=True,  # the same page on every machine, by the fonts that typst carries
        sys_inputs={"data": json.dumps(asked["data"])},
    )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
