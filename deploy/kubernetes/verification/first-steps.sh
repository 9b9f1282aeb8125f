# Runs in the visitor: the credentials of the Bridge, which go through the Kubernetes API, a project with a file in it, and
# an event, all through the gateway's Service.
set -eu
request() { # STATUS METHOD PATH [BODY]
    body=${4:-}
    got=$(curl -s -m 60 -o /tmp/answer -w '%{http_code}' -X "$2" -H "x-token: $TOKEN" \
        -H 'Content-Type: application/json' -H 'Prefer: wait=30' ${body:+-d "$body"} "$GATEWAY/api$3")
    [ "$got" = "$1" ] && return
    echo "$2 $3: $got instead of $1: $(cat /tmp/answer)" >&2
    exit 1
}
answer_has() { grep -qF -- "$1" /tmp/answer || { echo "no $1 in: $(cat /tmp/answer)" >&2; exit 1; }; }
encoded() { printf '%s' "$1" | base64 | tr -d '\n'; }

request 200 GET /swagger-ui/swagger.yaml
request 200 POST /v1/auth
request 200 GET /v1/metadata
answer_has '"namespace":"keptn"'
credentials="{\"user\":\"keptn\",\"password\":\"$(head -c 12 /dev/urandom | base64)\"}"
if (request 200 GET /v1/config/bridge) 2>/dev/null; then
    credentials=$(cat /tmp/answer) # those of a Bridge that is there stay what they are
fi
request 200 POST /v1/config/bridge "$credentials"
request 200 GET /v1/config/bridge
[ "$(cat /tmp/answer)" = "$credentials" ] || { echo "the credentials of the Bridge are not those set" >&2; exit 1; }
shipyard=$(encoded 'stages:
  - name: dev
')
request 201 POST /v1/project "{\"name\":\"$PROJECT\",\"shipyard\":\"$shipyard\"}"
request 201 POST "/v1/project/$PROJECT/service" '{"serviceName":"carts"}'
request 201 POST "/configuration-service/v1/project/$PROJECT/stage/dev/service/carts/resource" \
    "{\"resources\":[{\"resourceURI\":\"greeting.txt\",\"resourceContent\":\"$(encoded hello)\"}]}"
request 200 POST /v1/event "{\"type\":\"sh.keptn.event.verified\",\"source\":\"verify\",
    \"shkeptncontext\":\"$CONTEXT\",\"data\":{\"project\":\"$PROJECT\",\"stage\":\"dev\",\"service\":\"carts\"}}"
