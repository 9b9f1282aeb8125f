-- For wrk: posts events of a project, each with an id of its own, where BODY=event; else sends the request as it is.
-- Prints requests per second, median and 99th percentile in milliseconds, and how many answers were no success.
local prefix = os.getenv("ROUND") or "0"
local posts = os.getenv("BODY") == "event"
local sent = 0

function request()
    if not posts then
        return wrk.format(nil, wrk.path)
    end
    sent = sent + 1
    return wrk.format("POST", wrk.path, nil, string.format(
        '{"specversion":"0.2","id":"%s-%d","source":"bench","type":"sh.keptn.events.bench","contenttype":"application/json",'
            .. '"shkeptncontext":"bench-%s-%d","data":{"project":"bench","stage":"dev","service":"carts","teststrategy":'
            .. '"performance","image":"docker.io/keptnexamples/carts","tag":"0.11.1"}}',
        prefix, sent, prefix, sent % 100))
end

function done(summary, latency)
    io.write(string.format("RESULT %.0f %.3f %.3f %d\n",
        summary.requests / (summary.duration / 1e6),
        latency:percentile(50) / 1000,
        latency:percentile(99) / 1000,
        summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
