#!/bin/sh
# Make sure that the programs which pip cannot bring are there.
# Usage: system_packages.sh run|test|reference|venv [PYTHON]
#   run   what mapper needs: SpatiaLite
#   test  besides, what its tests need: PostgreSQL with PostGIS, Chromium and a font
#   reference  what rebuilding the reference data needs: the coast
#   venv  what Debian's Python needs to make a virtual environment
# Says what is missing and why. Installs it with apt-get where it may; otherwise prints the
# exact command and ends with status 2. Does nothing when everything is there.
set -eu
wanted=$1
python=${2:-python3}
packages=""
is_index_fresh=no

exists() { # whether any of the files given is there
    for file in "$@"; do
        [ -e "$file" ] && return 0
    done
    return 1
}

finds() { # whether any of the commands given is on the path
    for command in "$@"; do
        command -v "$command" >/dev/null 2>&1 && return 0
    done
    return 1
}

is_administrator() {
    [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

as_administrator() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

renew_index() {
    [ "$is_index_fresh" = no ] || return 0
    is_index_fresh=yes
    if is_administrator; then
        as_administrator apt-get update -qq </dev/null || true
    fi
}

is_offered() { # whether apt could install the package
    finds apt-cache && apt-cache policy "$1" 2>/dev/null | grep -q '^ *Candidate: [^(]'
}

first_offered() { # the first of the packages given that apt offers
    for package in "$@"; do
        if is_offered "$package"; then
            echo "$package"
            return
        fi
    done
}

need() { # need "what and why" PACKAGE [ANOTHER NAME OF IT...]
    reason=$1
    shift
    chosen=$(first_offered "$@")
    if [ -z "$chosen" ] && finds apt-get; then
        renew_index
        chosen=$(first_offered "$@")
    fi
    chosen=${chosen:-$1}
    echo "Missing: $chosen ($reason)" >&2
    packages="$packages $chosen"
}

need_for_run() {
    exists /usr/lib/*/mod_spatialite.so /usr/lib*/mod_spatialite.so \
        /usr/local/lib/mod_spatialite.* /opt/homebrew/lib/mod_spatialite.* ||
        need "SpatiaLite, the embedded spatial database" libsqlite3-mod-spatialite
}

need_for_test() {
    need_for_run
    if ! exists /usr/lib/postgresql/*/bin/initdb; then
        need "the PostgreSQL server that the tests start" postgresql
        need "PostGIS for that server" postgresql-postgis postgresql-17-postgis-3 \
            postgresql-16-postgis-3 postgresql-15-postgis-3 postgresql-14-postgis-3
    elif ! exists /usr/share/postgresql/*/extension/postgis.control; then
        for folder in /usr/lib/postgresql/*; do
            version=${folder##*/}
        done
        need "PostGIS for the PostgreSQL that is there" "postgresql-$version-postgis-3"
    fi
    finds chromium chromium-browser google-chrome ||
        exists "${HOME:-/root}"/.cache/ms-playwright/chromium-* ||
        need "the browser that the tests drive" chromium chromium-browser
    exists /usr/share/fonts/truetype/dejavu /usr/share/fonts/truetype/liberation* ||
        need "a font for that browser" fonts-dejavu-core fonts-dejavu fonts-liberation
}

need_for_reference() {
    exists /usr/share/gmt-gshhg/binned_GSHHS_f.nc || need "the coast of GSHHG, full resolution" gmt-gshhg-full
}

need_for_venv() {
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    need "virtual environments for Python $version" "python$version-venv" python3-venv
}

install() {
    echo "Installing:$packages" >&2
    # shellcheck disable=SC2086  (several words on purpose)
    as_administrator env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends $packages </dev/null >&2
}

case $wanted in
run) need_for_run ;;
test) need_for_test ;;
reference) need_for_reference ;;
venv) need_for_venv ;;
*)
    echo "system_packages.sh: $wanted is not known; expected run, test, reference or venv." >&2
    exit 2
    ;;
esac

[ -n "$packages" ] || exit 0
if ! finds apt-get; then
    echo "This is not Debian or Ubuntu: install what these packages hold, then run make again." >&2
    exit 2
fi
if ! is_administrator; then
    echo "Run this, then make again:" >&2
    echo "    sudo apt-get update && sudo apt-get install -y --no-install-recommends$packages" >&2
    exit 2
fi
if ! install; then
    renew_index
    install || {
        echo "apt-get could not install:$packages. Install them by hand, then run make again." >&2
        exit 2
    }
fi
