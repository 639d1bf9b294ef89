-- Begins every script: the names of the sale's keys, in the order of RoomScript, and what all scripts share.
local META, LOBBY, ENTRANTS, GONE = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local DRAW, QUEUE, ADMITTED, PASSES, STANDBY, OFFERED = KEYS[5], KEYS[6], KEYS[7], KEYS[8], KEYS[9], KEYS[10]

-- Milliseconds by the server's clock: instances' clocks may differ.
local function now()
    local time = redis.call('TIME')
    return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function phase()
    return redis.call('HGET', META, 'phase') or 'ABSENT'
end

local function integer(number)
    return string.format('%d', number)
end

local function figures()
    local state = phase()
    local waiting = state == 'LOBBY' and redis.call('SCARD', LOBBY) or redis.call('ZCARD', QUEUE)
    if state == 'DRAWING' then
        -- Part of the lobby may be in the queue already.
        waiting = redis.call('SCARD', ENTRANTS) + tonumber(redis.call('HGET', META, 'late') or 0)
    end
    local counts = redis.call('HMGET', META, 'admitted', 'left', 'passedOver', 'reason')
    local standby = integer(redis.call('ZCARD', STANDBY))
    return {state, integer(waiting), counts[1] or '0', counts[2] or '0', counts[3] or '0', counts[4] or '', standby}
end

-- The figures, then where the entrant is and one number: the entrants ahead, or the end of the pass.
local function result(where, number)
    local all = figures()
    all[8] = where
    all[9] = integer(number)
    return all
end

-- Milliseconds for which the room's clock has stood still. ADMITTED and PASSES have times of this clock, so that a pause of the
-- sale takes no time from those who are admitted.
local function stopped()
    local pauses = redis.call('HMGET', META, 'paused', 'pausedAt')
    return tonumber(pauses[1] or 0) + (pauses[2] and now() - tonumber(pauses[2]) or 0)
end

-- The end of the entrant's pass in milliseconds, which is taken by this; nil without one.
local function pass(entrant, life)
    local still = stopped()
    local at = now() - still
    local taken = tonumber(redis.call('ZSCORE', PASSES, entrant) or 0)
    if taken > at then
        return taken + still
    end
    local until_ = tonumber(redis.call('ZSCORE', ADMITTED, entrant) or 0)
    if until_ > at then
        redis.call('ZREM', ADMITTED, entrant)
        redis.call('ZADD', PASSES, at + life, entrant)
        return at + life + still
    end
    return nil
end

local function place(entrant, life)
    local state = phase()
    local returned = redis.call('ZRANK', STANDBY, entrant)
    if returned then
        return result('STANDBY', returned)
    end
    if state == 'ENDED' or state == 'ABSENT' then
        return result('NOT_HERE', 0)
    end
    local passUntil = pass(entrant, life)
    if passUntil then
        return result('ADMITTED', passUntil)
    end
    if state == 'LOBBY' or state == 'DRAWING' then
        local lobby = state == 'LOBBY' and LOBBY or ENTRANTS
        if redis.call('SISMEMBER', lobby, entrant) == 1 and redis.call('SISMEMBER', GONE, entrant) == 0 then
            return result('LOBBY', 0)
        end
    end
    local ahead = redis.call('ZRANK', QUEUE, entrant)
    if not ahead then
        return result('NOT_HERE', 0)
    end
    if state == 'DRAWING' then
        -- The lobby comes first, however much of it has been written.
        local score = redis.call('ZSCORE', QUEUE, entrant)
        ahead = redis.call('SCARD', ENTRANTS) + redis.call('ZCOUNT', QUEUE, 1099511627776, '(' .. score)
    end
    return result('QUEUE', ahead + redis.call('ZCARD', STANDBY))
end
