# Runs in the stranger, as another service of Keptn: listens on the bus, hears an event that came in through the gateway,
# answers it at the event broker, brings the answer back once more as a distributor does, and reads at
# configuration-service. Prints how often it heard each of the two.
set -eu
heard=/tmp/heard-$CONTEXT
subject=sh.keptn.event.verification
: >"$heard"
{
    printf 'CONNECT {"verbose":false}\r\nSUB %s.> 1\r\n' "$subject"
    # Some versions of curl look at the socket only when there is something to send.
    for _ in $(seq 300); do
        printf 'PING\r\n'
        sleep 0.2
    done
} 2>/dev/null | curl -sN "telnet://keptn-nats-cluster:4222" >"$heard" 2>/dev/null &
listener=$!
await() { # PATTERN
    tries=0
    until grep -q "$1" "$heard"; do
        tries=$((tries + 1))
        [ "$tries" -lt 150 ] || { echo "not heard: $1" >&2; exit 1; }
        sleep 0.2
    done
}
event() { # NAME
    printf '{"type":"%s.%s","specversion":"0.2","id":"%s-%s","source":"verify","contenttype":"application/json",
        "shkeptncontext":"%s","data":{"project":"%s","stage":"dev","service":"carts"}}' \
        "$subject" "$1" "$CONTEXT" "$1" "$CONTEXT" "$PROJECT"
}
post() { # URL EVENT [OPTION...]
    url=$1 body=$2
    shift 2
    curl -sf -m 30 -o /dev/null -H 'Content-Type: application/cloudevents+json' -d "$body" "$@" "$url"
}

await PONG
post "$GATEWAY/api/v1/event" "$(event asked)" -H "x-token: $TOKEN"
await "MSG $subject.asked"
post http://event-broker/keptn "$(event answered)"
await "MSG $subject.answered"
post http://mongodb-datastore:8080/event "$(event answered)"
curl -sf -m 30 -o /dev/null "http://configuration-service:8080/v1/project/$PROJECT/stage/dev/service/carts"
curl -s -m 5 -o /dev/null http://api-service:8080/websocket
sleep 5 # what is said once more would be heard by now
kill "$listener"
grep -c "^MSG $subject.asked" "$heard"
grep -c "^MSG $subject.answered" "$heard"
