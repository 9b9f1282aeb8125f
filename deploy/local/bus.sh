# shellcheck shell=bash
# The event bus on which Keptn's other services listen: none, the NATS server given, or one of this run's own.

start_bus() {
    local port
    BUS_URL=
    case $BUS in
    "" | no) return ;;
    yes)
        port=$(free_port)
        BUS_URL=nats://127.0.0.1:$port
        say "Starting NATS ..."
        start nats nats-server --config "$root/deploy/kubernetes/components/nats/nats.conf" \
            --addr 127.0.0.1 --port "$port" --jetstream --store_dir "$DATA_DIR/nats"
        until is_port_busy "$port"; do
            require_alive
            sleep 0.1
        done
        ;;
    nats://* | tls://*)
        BUS_URL=$BUS
        warn_of_unreachable_bus
        ;;
    *) fail "BUS is '$BUS'; it is yes, or the address of a NATS server such as nats://host:4222" ;;
    esac
    # The datastore publishes every event there, as the original's event broker did.
    export DATASTORE_FOLLOWERS_BUS_URL=$BUS_URL DATASTORE_FOLLOWERS_BUS_TYPES=${DATASTORE_FOLLOWERS_BUS_TYPES:->}
}

# No reason not to start: events wait until it is there.
warn_of_unreachable_bus() {
    local host_port=${BUS_URL#*://}
    host_port=${host_port##*@}
    host_port=${host_port%%/*}
    [[ $host_port == *:* ]] || host_port+=:4222
    timeout 5 bash -c "exec 3<>/dev/tcp/${host_port%:*}/${host_port##*:}" 2>/dev/null ||
        say "No NATS server answers at $host_port; events for the bus wait until one does."
}

bus_in_words() {
    if [[ -z $BUS_URL ]]; then
        echo "none; BUS=yes starts NATS, BUS=nats://host:4222 uses one that is there"
    else
        sed 's|://.*@|://***@|' <<<"$BUS_URL; services listen there and post to http://127.0.0.1:${ports[mongodb-datastore]}/keptn"
    fi
}
