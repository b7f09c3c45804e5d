"""Write data/demo anew."""

import argparse
from pathlib import Path

from tools.demo_data.demo import SEED, invent, write_demo
from tools.demo_data.land import DATA


def main() -> None:
    """Invent the demo, write it, and say how large each file is."""
    parser = argparse.ArgumentParser(prog="tools.demo_data", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, default=DATA / "demo")
    choices = parser.parse_args()
    write_demo(choices.out, invent(choices.seed))
    for path in sorted(choices.out.iterdir()):
        print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
