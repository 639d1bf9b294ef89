local reason, age_max = ARGV[1], tonumber(ARGV[2])
local reopened = now() - tonumber(redis.call('HGET', META, 'reopenedAt') or 0)
if reason == 'sold-out' and reopened >= 0 and reopened < age_max then
    return 'OK'
end
if phase() ~= 'ENDED' or redis.call('HGET', META, 'reason') ~= reason then
    redis.call('UNLINK', LOBBY, ENTRANTS, GONE, QUEUE, ADMITTED, PASSES)
    if reason == 'sold-out' then
        -- Who was offered a returned unit and did not get one stands by again, at the same place.
        local offered = redis.call('ZRANGE', OFFERED, 0, -1, 'WITHSCORES')
        for i = 1, #offered, 2 do
            redis.call('ZADD', STANDBY, offered[i + 1], offered[i])
        end
    else
        redis.call('UNLINK', STANDBY, OFFERED)
    end
    redis.call('HSET', META, 'phase', 'ENDED', 'reason', reason)
end
return 'OK'
