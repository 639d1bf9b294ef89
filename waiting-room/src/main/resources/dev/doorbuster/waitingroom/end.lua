if phase() ~= 'ENDED' then
    redis.call('UNLINK', LOBBY, ENTRANTS, GONE, QUEUE, ADMITTED, PASSES)
    redis.call('HSET', META, 'phase', 'ENDED', 'reason', ARGV[1])
end
return 'OK'
