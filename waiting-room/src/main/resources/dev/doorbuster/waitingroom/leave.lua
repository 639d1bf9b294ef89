local entrant = ARGV[1]
local left = redis.call('SREM', LOBBY, entrant) + redis.call('ZREM', ADMITTED, entrant) + redis.call('ZREM', STANDBY, entrant)
local queued = redis.call('ZREM', QUEUE, entrant)
redis.call('ZREM', PASSES, entrant)
redis.call('ZREM', OFFERED, entrant)
if phase() == 'DRAWING' then
    if redis.call('SISMEMBER', ENTRANTS, entrant) == 1 and redis.call('SADD', GONE, entrant) == 1 then
        -- The lobby is frozen: its draw has this entrant, and is written to the queue without.
        left = 1
        queued = 0
    elseif queued == 1 then
        redis.call('HINCRBY', META, 'late', -1)
    end
end
if left + queued > 0 then
    redis.call('HINCRBY', META, 'left', 1)
end
return left + queued
