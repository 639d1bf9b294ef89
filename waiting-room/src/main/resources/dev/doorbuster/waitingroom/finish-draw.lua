if phase() == 'DRAWING' then
    redis.call('UNLINK', GONE, ENTRANTS)
    redis.call('HSET', META, 'phase', 'OPEN', 'seed', ARGV[1], 'pacedAt', integer(now()), 'credit', '0')
end
return 'OK'
