local entrant, initial, entrantsMax = ARGV[1], ARGV[2], tonumber(ARGV[3])
local firstLate, life, keptFor = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local standby = ARGV[7] == 'true'
local state = phase()
if state == 'ABSENT' and initial ~= 'ABSENT' then
    redis.call('HSET', META, 'phase', initial, 'pacedAt', integer(now()))
    redis.call('PEXPIRE', META, keptFor)
    state = initial
end
local before = place(entrant, life)
-- A lobby takes no entrant once the sale has opened: the caller opens the room first.
local late = state == 'LOBBY' and initial ~= 'LOBBY'
if before[8] ~= 'NOT_HERE' then
    return before
end
if standby and state == 'ENDED' and before[6] == 'sold-out' then
    if tonumber(before[7]) >= entrantsMax then
        return result('FULL', 0)
    end
    redis.call('ZADD', STANDBY, redis.call('HINCRBY', META, 'arrivals', 1), entrant)
    redis.call('PEXPIRE', STANDBY, keptFor)
    return place(entrant, life)
end
if state == 'ENDED' or state == 'ABSENT' or late then
    return before
end
if tonumber(before[2]) >= entrantsMax then
    return result('FULL', 0)
end
if state == 'LOBBY' then
    redis.call('SADD', LOBBY, entrant)
    redis.call('PEXPIRE', LOBBY, keptFor)
elseif state == 'DOOR' then
    redis.call('ZADD', PASSES, now() - stopped() + life, entrant)
    redis.call('HINCRBY', META, 'admitted', 1)
    redis.call('PEXPIRE', PASSES, keptFor)
else
    redis.call('ZADD', QUEUE, firstLate + redis.call('HINCRBY', META, 'arrivals', 1), entrant)
    redis.call('PEXPIRE', QUEUE, keptFor)
    if state == 'DRAWING' then
        redis.call('HINCRBY', META, 'late', 1)
    end
end
return place(entrant, life)
