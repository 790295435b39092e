"""The guided example of docs/developper.md works as written: a tutorial that is wrong teaches the wrong thing."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_first_command_of_the_guide_answers(tmp_path: Path) -> None:
    """Its file put in ``commands/``, and nothing else, it is found and answers in Sainte-Colombe."""
    guide = (ROOT / "docs" / "developper.md").read_text(encoding="utf-8")
    found = re.search(r"`commands/delai\.py` :\n\n```python\n(.*?)```", guide, re.DOTALL)
    assert found
    shutil.copytree(ROOT / "commands", tmp_path / "commands")
    (tmp_path / "commands" / "delai.py").write_text(found[1], encoding="utf-8")
    done = subprocess.run(
        (sys.executable, "-m", "bot", "chat"),
        input="délai eau\naide délai\n",
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "Au plus tard le dimanche 22 mars 2026." in done.stdout
    assert "Le jour de l'envoi et celui de la séance ne comptent pas." in done.stdout
