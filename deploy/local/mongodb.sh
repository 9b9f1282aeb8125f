# shellcheck shell=bash
# MongoDB: the one given, else a mongod of this machine, else the embedded server.

start_mongodb() {
    local port
    if [[ -n ${MONGODB_CONNECTION_STRING:-} ]]; then
        mongodb_kind="the one of MONGODB_CONNECTION_STRING"
        require_reachable_mongodb
        return
    fi
    port=$(free_port)
    MONGODB_CONNECTION_STRING=mongodb://127.0.0.1:$port
    if command -v mongod >/dev/null; then
        mongodb_kind="mongod of this machine, with its data in $DATA_DIR/mongodb"
        mkdir -p "$DATA_DIR/mongodb"
        start mongodb mongod --dbpath "$DATA_DIR/mongodb" --bind_ip 127.0.0.1 --port "$port"
    else
        mongodb_kind="embedded, in $DATA_DIR/embedded-mongodb.mv; good for trying out and for some hundred thousand events.
               For a real one set MONGODB_CONNECTION_STRING, or have mongod on the PATH"
        start mongodb "$(java_command)" -XX:+UseSerialGC -Xmx256m \
            -jar "$(packaged "$embedded_mongodb")" "$DATA_DIR/embedded-mongodb.mv" "$port"
    fi
    say "Starting MongoDB ..."
    while ! is_port_busy "$port"; do
        require_alive
        sleep 0.1
    done
}

# Says so at once where plain TCP can tell; host lists and SRV names are left to the services.
require_reachable_mongodb() {
    local address=${MONGODB_CONNECTION_STRING#mongodb://}
    [[ $address != "$MONGODB_CONNECTION_STRING" ]] || return 0
    address=${address%%[/?]*}
    address=${address##*@}
    [[ $address != *,* && $address != *\[* ]] || return 0
    local host=${address%:*} port=27017
    [[ $address != *:* ]] || port=${address##*:}
    timeout 5 bash -c "exec 3<>/dev/tcp/$host/$port" 2>/dev/null ||
        fail "no MongoDB answers at $host:$port; check MONGODB_CONNECTION_STRING"
}
