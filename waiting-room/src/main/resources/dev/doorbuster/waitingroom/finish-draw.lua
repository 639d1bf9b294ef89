if phase() == 'DRAWING' then
    local gone = redis.call('SMEMBERS', GONE)
    for _, entrant in ipairs(gone) do
        redis.call('ZREM', QUEUE, entrant)
    end
    redis.call('UNLINK', GONE, ENTRANTS)
    redis.call('HSET', META, 'phase', 'OPEN', 'seed', ARGV[1], 'pacedAt', integer(now()), 'credit', '0')
end
return 'OK'
