-- Asks for the recommendations of one person after the other: everybody alike often, or by Zipf's law; or so that no question comes twice.
--   wrk … -s users.lua ORIGIN -- PEOPLE uniform|zipf|fresh [SECONDS]
-- SECONDS pass between two requests of a connection, on average.
-- Writes what was measured to the file LOAD_OUT of the environment, as JSON. Latencies are microseconds.
local threads = {}

function setup(thread)
    thread:set("number", #threads)
    table.insert(threads, thread)
end

function init(args)
    math.randomseed(4711 + number)
    requests, cumulated = {}, {}
    local skewed, sum = args[2] == "zipf", 0
    for name in io.lines(args[1]) do
        requests[#requests + 1] = wrk.format("GET", "/api/v1/users/" .. name .. "/recommendations")
        if skewed then
            sum = sum + 1 / #requests
            cumulated[#cumulated + 1] = sum
        end
    end
    if not skewed then cumulated = nil end
    isFresh = args[2] == "fresh"
    failed, pause = 0, tonumber(args[3] or 0) * 1000
    if pause == 0 then delay = nil end
end

function delay()
    return math.random(math.floor(pause / 2), math.ceil(pause * 3 / 2))
end

function request()
    if isFresh then
        -- A little more or less of the story, which changes nothing that costs.
        local person = requests[math.random(#requests)]
        return (person:gsub("/recommendations", string.format("/recommendations?story_share=0.02%06d", math.random(0, 999999)), 1))
    end
    if not cumulated then return requests[math.random(#requests)] end
    local wanted, low, high = math.random() * cumulated[#cumulated], 1, #cumulated
    while low < high do
        local middle = math.floor((low + high) / 2)
        if cumulated[middle] < wanted then low = middle + 1 else high = middle end
    end
    return requests[low]
end

function response(status)
    if status ~= 200 then failed = failed + 1 end
end

function done(summary, latency, requests)
    local failures = 0
    for _, thread in ipairs(threads) do failures = failures + thread:get("failed") end
    local errors = summary.errors
    local out = io.open(os.getenv("LOAD_OUT") or "/dev/stdout", "w")
    out:write(string.format(
        '{"requests": %d, "seconds": %.3f, "bytes": %d, "p50_us": %d, "p99_us": %d, "p999_us": %d, "max_us": %d, '
            .. '"not_ok": %d, "connect_errors": %d, "read_errors": %d, "write_errors": %d, "timeouts": %d}\n',
        summary.requests, summary.duration / 1e6, summary.bytes, latency:percentile(50), latency:percentile(99),
        latency:percentile(99.9), latency.max, failures, errors.connect, errors.read, errors.write, errors.timeout))
    out:close()
end
