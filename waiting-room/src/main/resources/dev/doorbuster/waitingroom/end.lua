local reason = ARGV[1]
if phase() ~= 'ENDED' or redis.call('HGET', META, 'reason') ~= reason then
    redis.call('UNLINK', LOBBY, ENTRANTS, GONE, QUEUE, ADMITTED, PASSES)
    if reason ~= 'sold-out' then
        redis.call('UNLINK', STANDBY)
    end
    redis.call('HSET', META, 'phase', 'ENDED', 'reason', reason)
end
return 'OK'
