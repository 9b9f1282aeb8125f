# shellcheck shell=sh
# What import and export have in common. Plain sh: they run on Alpine, too.

say() { printf '%s\n' "$*"; }

fail() {
    printf 'ERROR: %s\n' "$*" >&2
    exit 1
}

# The services of CONFIGURATION_URL and DATASTORE_URL, else those that `make run` has up with this DATA_DIR.
find_services() {
    if [ -z "${CONFIGURATION_URL:-}" ] || [ -z "${DATASTORE_URL:-}" ]; then
        : "${DATA_DIR:=$here/../../.data}"
        [ -e "$DATA_DIR/run.env" ] || fail "nothing runs with its data in $DATA_DIR; start it by make run, or set CONFIGURATION_URL and DATASTORE_URL"
        # shellcheck source=/dev/null
        . "$DATA_DIR/run.env"
    fi
}

member() { # NAME < an answer in JSON: the first text or number of that name
    sed -n -e 's/.*"'"$1"'":"\([^"]*\)".*/\1/p' -e 's/.*"'"$1"'":\([0-9]*\).*/\1/p' | head -n 1
}

messages() { # < lines of a report
    sed -n 's/^{"message":"\(\([^"\\]\|\\.\)*\)".*/  \1/p' | sed 's/\\"/"/g; s/\\\\/\\/g'
}

SCRATCH=$(mktemp -d)
trap 'rm -rf "$SCRATCH"' EXIT
trap 'exit 1' INT TERM
