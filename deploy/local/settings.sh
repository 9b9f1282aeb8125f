# shellcheck shell=bash
# What can be set by environment, and where things lie.

: "${PORT:=8080}"
: "${BIND_ADDRESS:=127.0.0.1}"
: "${DATA_DIR:=$root/.data}"
: "${NATIVE:=}"
: "${INSTALL:=yes}"
: "${BUS:=}"

[[ $DATA_DIR == /* ]] || DATA_DIR=$PWD/$DATA_DIR
logs=$DATA_DIR/logs
pids=$DATA_DIR/pids

in_url() { # HOST
    if [[ $1 == *:* ]]; then echo "[$1]"; else echo "$1"; fi
}

# With or without brackets around an IPv6 address; who listens on all addresses is reached on loopback.
BIND_ADDRESS=${BIND_ADDRESS//[\[\]]/}
case $BIND_ADDRESS in
0.0.0.0) gateway_host=127.0.0.1 ;;
::) gateway_host=::1 ;;
*) gateway_host=$BIND_ADDRESS ;;
esac
gateway_address=$(in_url "$gateway_host"):$PORT
gateway_url=http://$gateway_address${PREFIX_PATH:-}

say() { printf '%s\n' "$*"; }

fail() {
    printf 'ERROR: %s\n' "$*" >&2
    exit 1
}

# The token of this installation: the one given, else the one made at the first start.
api_token() {
    if [[ -n ${KEPTN_API_TOKEN:-} ]]; then
        printf '%s' "$KEPTN_API_TOKEN"
        return
    fi
    if [[ ! -s $DATA_DIR/token ]]; then
        LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom 2>/dev/null | head -c 45 >"$DATA_DIR/token" || true
    fi
    cat "$DATA_DIR/token"
}
