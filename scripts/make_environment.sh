#!/bin/sh
# Make .venv, or bring it up to a lock file. Usage: make_environment.sh LOCK_FILE
# Set PYTHON to choose the interpreter; otherwise the first Python 3.11 or newer is taken.
set -eu
cd "$(dirname "$0")/.."
lock=$1

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if is_new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    echo "No Python 3.11 or newer was found. Install one, or name it: make demo PYTHON=/path/to/python3" >&2
    exit 2
}

if ! [ -x .venv/bin/pip ]; then
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        scripts/system_packages.sh venv "$python"
    fi
    echo "Making the virtual environment .venv with $("$python" --version)"
    "$python" -m venv .venv
fi
if ! [ -x .venv/bin/uv ]; then
    .venv/bin/pip install --quiet --disable-pip-version-check --require-hashes \
        --requirement requirements-uv.lock
fi
echo "Installing the dependencies pinned in $lock"
VIRTUAL_ENV=$PWD/.venv
export VIRTUAL_ENV
# Compiled once here, or every command would read its libraries as source where Python may not
# write beside them, which makes its start three times as long.
.venv/bin/uv pip install --quiet --compile-bytecode --require-hashes --requirement "$lock"
.venv/bin/uv pip install --quiet --compile-bytecode --no-deps --editable .
