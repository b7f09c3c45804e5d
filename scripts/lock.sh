#!/bin/sh
# Pin the newest dependencies that pyproject.toml allows, with their checksums.
# The lock files name no index: the one configured where they are installed is used.
set -eu
cd "$(dirname "$0")/.."

pin() { # pin OUTPUT INPUT [OPTION...]
    output=$1
    shift
    .venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-header --output-file "$output" "$@"
    echo "$output is renewed"
}

pin requirements.lock pyproject.toml
pin requirements-test.lock --extra test --constraint requirements.lock pyproject.toml
pin requirements-duplicates.lock --extra duplicates --constraint requirements.lock pyproject.toml
pin requirements-bench.lock --extra bench --constraint requirements-test.lock pyproject.toml
pin requirements-reference.lock --extra reference --constraint requirements.lock pyproject.toml
echo uv | pin requirements-uv.lock -
