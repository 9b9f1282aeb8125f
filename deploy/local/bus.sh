# shellcheck shell=bash
# The event bus on which Keptn's other services listen: none, the NATS server given, or one of this run's own.

own_bus_port=

start_bus() {
    BUS_URL=
    case $BUS in
    "" | no) return ;;
    yes)
        own_bus_port=$(free_port)
        BUS_URL=nats://127.0.0.1:$own_bus_port
        say "Starting NATS ..."
        start_nats
        until is_port_busy "$own_bus_port"; do
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

start_nats() {
    start nats nats-server --config "$root/deploy/kubernetes/components/nats/nats.conf" \
        --addr 127.0.0.1 --port "$own_bus_port" --jetstream --store_dir "$DATA_DIR/nats"
}

# Events wait for the bus, so its death ends nothing else.
revive_bus() {
    if [[ -n $own_bus_port ]] && ! is_alive nats; then
        say "NATS has died and is started again; its log is $logs/nats.log"
        sleep 1 # where it dies at once each time
        start_nats
        write_run_env
    fi
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
