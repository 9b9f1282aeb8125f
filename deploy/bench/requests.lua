-- For wrk: where BODY=event, posts events of a project as api-service hands them on, so that the two can be compared on
-- one body, in a hundred contexts, with random ids, and of a type that nobody follows; where BODY=file, writes a file of
-- its own anew, each time with another content; else sends the request as it is.
-- Prints requests per second, median and 99th percentile in milliseconds, and how many answers were no success.
local posts = os.getenv("BODY") == "event"
local writes = os.getenv("BODY") == "file"
local token = string.rep("x", 89) -- as long as the one that opens the websocket
local sent = 0

local urandom = io.open("/dev/urandom", "rb")
local a, b, c, d = urandom:read(4):byte(1, 4)
math.randomseed(((a * 256 + b) * 256 + c) * 256 + d)
urandom:close()

local function uuid()
    return string.format("%08x-%04x-4%03x-8%03x-%012x", math.random(0, 0xffffffff), math.random(0, 0xffff),
        math.random(0, 0xfff), math.random(0, 0xfff), math.random(0, 0xffffffffffff))
end

local contexts = {}
for i = 1, 100 do
    contexts[i] = uuid()
end

function request()
    if writes then
        return wrk.format("POST", wrk.path, nil, string.format(
            '{"resources":[{"resourceURI":"%s","resourceContent":"%s"}]}', contexts[1], uuid():gsub("-", "")))
    end
    if not posts then
        return wrk.format(nil, wrk.path)
    end
    sent = sent % #contexts + 1
    local context = contexts[sent]
    return wrk.format("POST", wrk.path, nil, string.format(
        '{"specversion":"0.2","id":"%s","time":"2026-01-01T12:00:00.000Z","source":"bench","type":'
            .. '"bench.event","contenttype":"application/json","shkeptncontext":"%s","data":{"project":"bench",'
            .. '"stage":"dev","service":"carts","teststrategy":"performance","image":"docker.io/keptnexamples/carts",'
            .. '"tag":"0.11.1","eventContext":{"keptnContext":"%s","token":"%s"}}}',
        uuid(), context, context, token))
end

function done(summary, latency)
    io.write(string.format("RESULT %.0f %.3f %.3f %d\n",
        summary.requests / (summary.duration / 1e6),
        latency:percentile(50) / 1000,
        latency:percentile(99) / 1000,
        summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
