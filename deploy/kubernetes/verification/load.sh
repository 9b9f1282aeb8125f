# Runs in the visitor until the file /tmp/load/stop appears: those who write events and files and those who read, fifteen
# requests a second each, over connections they keep. Prints each one's statuses, counted.
mkdir -p /tmp/load
rm -f /tmp/load/*
event="{\"type\":\"sh.keptn.event.verified\",\"source\":\"verify\",\"shkeptncontext\":\"$CONTEXT\",
    \"data\":{\"project\":\"$PROJECT\",\"stage\":\"dev\",\"service\":\"carts\"}}"
repeat() { # NAME URL [OPTION...]
    name=$1 url=$2
    shift 2
    # To stderr, which is written at once: nothing is missing when curl is killed.
    curl -s -m 30 --rate 15/s -o /dev/null -w '%{stderr}%{http_code}\n' -H "x-token: $TOKEN" "$@" "$url" 2>"/tmp/load/$name" &
    pids="$pids $!"
}
file() { echo "{\"resources\":[{\"resourceURI\":\"load.txt\",\"resourceContent\":\"$1\"}]}"; }
files=$GATEWAY/api/configuration-service/v1/project/$PROJECT/stage/dev/service/carts/resource
pids=
repeat writer-1 "$GATEWAY/api/v1/event?n=[1-100000]" -H 'Content-Type: application/json' -d "$event"
repeat writer-2 "$GATEWAY/api/v1/event?n=[1-100000]" -H 'Content-Type: application/json' -d "$event"
# Two, so that there is something to change.
repeat filer-1 "$files?n=[1-100000]" -H 'Content-Type: application/json' -d "$(file b25l)"
repeat filer-2 "$files?n=[1-100000]" -H 'Content-Type: application/json' -d "$(file dHdv)"
repeat reader-1 "$GATEWAY/api/v1/metadata?n=[1-100000]"
repeat reader-2 "$GATEWAY/api/mongodb-datastore/event?project=$PROJECT&pageSize=1&n=[1-100000]"
repeat reader-3 "$files/greeting.txt?n=[1-100000]"
until [ -e /tmp/load/stop ]; do sleep 0.2; done
kill $pids
wait
for file in /tmp/load/*r-?; do
    sort "$file" | uniq -c | while read -r count status; do echo "$(basename "$file") $status $count"; done
done
