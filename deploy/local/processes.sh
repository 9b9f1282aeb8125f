# shellcheck shell=bash
# The processes of one run. Each has a file in $pids with its id and its start time, so that an id the system has given
# to another program meanwhile is never taken for ours.

# State and start time, as the kernel tells them; nothing if there is no such process.
look_up() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f1,20; }

remember() { # NAME PID
    mkdir -p "$pids"
    echo "$2 $(look_up "$2" | cut -d' ' -f2)" >"$pids/$1"
}

remembered() { # names in the order of their start
    [[ ! -d $pids ]] || ls -tr "$pids"
}

pid_of() { [[ ! -e $pids/$1 ]] || cut -d' ' -f1 "$pids/$1"; }

is_alive() {
    local pid since state since_now
    [[ -e $pids/$1 ]] || return
    read -r pid since <"$pids/$1"
    read -r state since_now <<<"$(look_up "$pid")"
    [[ $since_now == "$since" && $state != Z ]]
}

# Starts a program with its output in a log. Its own session keeps the terminal's Ctrl-C away: ./run stops all in order.
start() { # NAME COMMAND...
    local name=$1
    shift
    setsid "$@" >>"$logs/$name.log" 2>&1 </dev/null &
    remember "$name" $!
}

# Ends a process with SIGTERM, and with SIGKILL when it takes too long.
end() { # NAME [SECONDS]
    local pid deadline=$((SECONDS + ${2:-20}))
    pid=$(pid_of "$1")
    if is_alive "$1"; then
        kill "$pid" 2>/dev/null || true # it may be ending by itself
        while is_alive "$1" && ((SECONDS < deadline)); do sleep 0.1; done
        ! is_alive "$1" || kill -9 "$pid" 2>/dev/null || true
        # The system may take a moment for that, too.
        while is_alive "$1" && ((SECONDS < deadline + 10)); do sleep 0.1; done
    fi
    [[ $1 == run ]] || end_orphans "$pid"
    rm -f "$pids/$1"
}

# A killed process may leave children in the group it led, as NGINX does. While they live, no other process gets its id.
end_orphans() {
    [[ $(look_up "$1") == [!Z]* ]] || kill -9 -- "-$1" 2>/dev/null || true
}

stop_started() {
    local name
    trap '' INT TERM
    rm -f "$DATA_DIR/run.env"
    for name in $(remembered | tac); do
        [[ $name == run ]] || end "$name"
    done
    rm -f "$pids/run"
}

refuse_second_run() {
    mkdir -p "$DATA_DIR" "$logs"
    ! is_alive run || fail "already running with its data in $DATA_DIR (process $(pid_of run)); stop it by: make stop DATA_DIR=$DATA_DIR"
    (stop_started) # what a killed run has left behind; here Ctrl-C goes on to work
}

# Whoever listens but does not accept lets a connection wait, where a free port refuses it.
is_port_busy() { # PORT [HOST]
    local status=0
    timeout 0.5 bash -c "exec 3<>/dev/tcp/${2:-127.0.0.1}/$1" 2>/dev/null || status=$?
    ((status == 0 || status == 124))
}

# Looks for a while: what a killed run has left is ended a moment before, and lets go of its port a moment after.
require_free_port() { # PORT HOST ADVICE
    local end=$((SECONDS + 3))
    while ((SECONDS < end)); do
        is_port_busy "$1" "$2" || return 0
        sleep 0.1
    done
    fail "port $1 is busy; $3"
}

# A port nobody listens on, outside the range from which the system serves outgoing connections.
free_port() {
    local port
    while true; do
        port=$((20000 + RANDOM % 10000))
        is_port_busy $port || break
    done
    echo $port
}

require_alive() {
    local name
    for name in $(remembered); do
        is_alive "$name" || fail "$name has died; the reason is near the end of $logs/$name.log"
    done
}

# Waits for the first process to die, which is a failure, but for NATS: the only regular ends are Ctrl-C and ./stop.
watch_over() {
    while true; do
        wait -n || true
        revive_bus
        require_alive
    done
}
