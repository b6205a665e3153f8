"""Run from the project's root: python -m unittest"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# As scripts_sh does by PYTHONPATH.
sys.path.insert(0, str(ROOT / "src"))
