local perSecond, takeMax, keptFor, units = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local state = phase()
if state == 'ABSENT' then
    return nil
end
local at = now()
local pausedAt = redis.call('HGET', META, 'pausedAt')
if perSecond == 0 and not pausedAt then
    redis.call('HSET', META, 'pausedAt', integer(at))
elseif perSecond > 0 and pausedAt then
    redis.call('HINCRBY', META, 'paused', integer(at - tonumber(pausedAt)))
    redis.call('HDEL', META, 'pausedAt')
end
local clock = at - stopped()
local count = 0
-- Whose time is over has had the turn.
local function remove(key)
    for _, entrant in ipairs(redis.call('ZRANGE', key, '-inf', clock, 'BYSCORE')) do
        redis.call('ZREM', OFFERED, entrant)
    end
    return redis.call('ZREMRANGEBYSCORE', key, '-inf', clock)
end
local missed = remove(ADMITTED)
if missed > 0 then
    redis.call('HINCRBY', META, 'passedOver', missed)
end
remove(PASSES)
if state == 'OPEN' then
    local paced = redis.call('HMGET', META, 'pacedAt', 'credit')
    -- Unused admissions of at most one second are kept, so that an idle room admits its first buyer at once.
    local credit = tonumber(paced[2] or 0) + math.max(0, at - tonumber(paced[1])) * perSecond / 1000
    credit = math.min(credit, perSecond)
    local from, most = QUEUE, math.floor(credit)
    if redis.call('EXISTS', STANDBY) == 1 then
        -- Returned units are offered to those who stand by, no more passes at a time than units; the queue comes after them.
        from = STANDBY
        most = math.max(0, math.min(most, units - redis.call('ZCARD', ADMITTED) - redis.call('ZCARD', PASSES)))
    end
    local next = redis.call('ZPOPMIN', from, most)
    for i = 1, #next, 2 do
        redis.call('ZADD', ADMITTED, clock + takeMax, next[i])
        if from == STANDBY then
            redis.call('ZADD', OFFERED, next[i + 1], next[i])
        end
    end
    count = #next / 2
    redis.call('HSET', META, 'pacedAt', integer(at), 'credit', string.format('%.6f', credit - count))
    if count > 0 then
        redis.call('HINCRBY', META, 'admitted', count)
    end
end
for _, key in ipairs(KEYS) do
    redis.call('PEXPIRE', key, keptFor)
end
local all = figures()
all[8] = integer(count)
all[9] = integer(missed)
all[10] = integer(redis.call('ZCARD', OFFERED))
return all
