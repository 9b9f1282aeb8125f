# Runs in the visitor: what the first steps left.
set -eu
get() { curl -sf -m 30 -H "x-token: $TOKEN" "$GATEWAY/api$1"; }
get "/configuration-service/v1/project/$PROJECT/stage/dev/service/carts/resource/greeting.txt" | grep -q aGVsbG8=
get "/mongodb-datastore/event?keptnContext=$CONTEXT&pageSize=1" | grep -o '"totalCount":[0-9]*' | cut -d: -f2
