# shellcheck shell=bash
# The three services and the gateway.

services=(api-service configuration-service mongodb-datastore)
declare -A ports health_ports

java_command() { echo "${JAVA_HOME:+$JAVA_HOME/bin/}java"; }

start_services() {
    local service
    say "Starting ${services[*]} ..."
    for service in "${services[@]}"; do
        ports[$service]=$(free_port)
        health_ports[$service]=$(free_port)
    done
    token=$(api_token)
    for service in "${services[@]}"; do
        start_service "$service"
    done
}

start_service() {
    local command
    command=("$(packaged "$1")")
    [[ -n $NATIVE ]] || command=("$(java_command)" -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError -Xmx512m ${JAVA_OPTIONS:-} -jar "${command[@]}")
    SECRET_TOKEN=$token \
        MONGODB_CONNECTION_STRING=$MONGODB_CONNECTION_STRING \
        CONFIGURATION_DATA_DIR=$DATA_DIR/config \
        UPSTREAM_CREDENTIALS_DIR=$DATA_DIR/config \
        GIT_ACCESS=${GIT_ACCESS:-write} \
        BRIDGE_CREDENTIALS_FILE=$DATA_DIR/bridge-credentials.json \
        CONFIGURATION_URI=http://127.0.0.1:${ports[configuration-service]} \
        DATASTORE_URI=http://127.0.0.1:${ports[mongodb-datastore]} \
        QUARKUS_HTTP_HOST=127.0.0.1 QUARKUS_HTTP_PORT=${ports[$1]} \
        QUARKUS_MANAGEMENT_HOST=127.0.0.1 QUARKUS_MANAGEMENT_PORT=${health_ports[$1]} \
        start "$1" "${command[@]}"
}

start_gateway() {
    GATEWAY_LISTEN=$(in_url "$BIND_ADDRESS"):$PORT \
        GATEWAY_RUN_DIR=$DATA_DIR/gateway \
        API_SERVICE=127.0.0.1:${ports[api-service]} \
        CONFIGURATION_SERVICE=127.0.0.1:${ports[configuration-service]} \
        MONGODB_DATASTORE=127.0.0.1:${ports[mongodb-datastore]} \
        start gateway "$root/deploy/gateway/start"
}

await_ready() {
    local service deadline=$((SECONDS + 90))
    for service in "${services[@]}"; do
        await "$service" "http://127.0.0.1:${health_ports[$service]}/health/ready"
    done
    await gateway "http://$gateway_address/nginx-health"
}

await() { # NAME URL
    until curl -fs -m 5 -o /dev/null "$2" || is_to_be_moved_to "$2"; do
        require_alive
        ((SECONDS < deadline)) || fail "$1 did not become ready in 90 s; the reason is near the end of $logs/$1.log"
        sleep 0.1
    done
}

# configuration-service alone says so: it is not ready before its projects are moved to it from another store.
is_to_be_moved_to() { # URL
    local reason
    reason=$(curl -s -m 5 "$1" | sed -n 's/.*"reason": *"\(the projects of this database [^"]*\)".*/\1/p')
    [[ -z $reason ]] || say "NOTE: until then nothing is served of projects: $reason"
    [[ -n $reason ]]
}

# For scripts: where everything answers. Written when all is ready, removed at the stop.
write_run_env() {
    {
        set_line GATEWAY_URL "$gateway_url"
        set_line API_URL "http://127.0.0.1:${ports[api-service]}"
        set_line CONFIGURATION_URL "http://127.0.0.1:${ports[configuration-service]}"
        set_line DATASTORE_URL "http://127.0.0.1:${ports[mongodb-datastore]}"
        set_line API_HEALTH_URL "http://127.0.0.1:${health_ports[api-service]}/health"
        set_line CONFIGURATION_HEALTH_URL "http://127.0.0.1:${health_ports[configuration-service]}/health"
        set_line DATASTORE_HEALTH_URL "http://127.0.0.1:${health_ports[mongodb-datastore]}/health"
        set_line MONGODB_CONNECTION_STRING "$MONGODB_CONNECTION_STRING"
        set_line BUS_URL "$BUS_URL"
        set_line KEPTN_API_TOKEN "$token"
        set_line RUN_PID "$(pid_of run)"
        set_line API_PID "$(pid_of api-service)"
        set_line CONFIGURATION_PID "$(pid_of configuration-service)"
        set_line DATASTORE_PID "$(pid_of mongodb-datastore)"
        set_line GATEWAY_PID "$(pid_of gateway)"
        set_line MONGODB_PID "$(pid_of mongodb)"
        set_line BUS_PID "$(pid_of nats)"
    } >"$DATA_DIR/run.env.new"
    mv "$DATA_DIR/run.env.new" "$DATA_DIR/run.env"
}

# Plain values stand as they are; others are quoted, so that a shell can read the file.
set_line() {
    local format='%s=%q\n'
    [[ $2 == *[^]A-Za-z0-9_.:/@[-]* ]] || format='%s=%s\n'
    # shellcheck disable=SC2059
    [[ -z $2 ]] || printf "$format" "$1" "$2"
}

print_summary() {
    cat <<END

keptn-native is running.
  Gateway      $gateway_url/api
  Swagger UI   $gateway_url/api/swagger-ui/
  Git          $gateway_url/api/configuration-service/git/PROJECT.git
  API token    $token
  Data         $DATA_DIR
  Logs         $logs
  MongoDB      $mongodb_kind
  Event bus    $(bus_in_words)
  For scripts  $DATA_DIR/run.env
Stop it with Ctrl-C or: make stop
END
}
