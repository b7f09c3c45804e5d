"""What the script that brings system packages asks for."""

import os
import stat
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "scripts" / "system_packages.sh"

STAND_INS = {
    "apt-cache": 'echo "  Installed: (none)"; echo "  Candidate: 1.0"',
    "apt-get": "exit 1",
    "id": "echo 1000",
    "sudo": "exit 1",
}


def test_a_missing_package_is_asked_for_by_its_own_name(tmp_path: Path) -> None:
    for name, body in STAND_INS.items():
        command = tmp_path / name
        command.write_text(f"#!/bin/sh\n{body}\n")
        command.chmod(command.stat().st_mode | stat.S_IXUSR)

    asked = subprocess.run(
        ["/bin/sh", str(SCRIPT), "venv", sys.executable],
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )

    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert asked.returncode == 2
    assert f"--no-install-recommends python{version}-venv\n" in asked.stderr
