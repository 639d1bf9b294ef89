if phase() ~= 'ENDED' then
    redis.call('DEL', LOBBY, ENTRANTS, GONE, QUEUE, ADMITTED, PASSES)
    redis.call('HSET', META, 'phase', 'ENDED', 'reason', ARGV[1])
end
return 'OK'
