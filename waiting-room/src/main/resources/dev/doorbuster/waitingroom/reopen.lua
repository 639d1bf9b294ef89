if phase() == 'ENDED' then
    redis.call('HSET', META, 'phase', 'OPEN', 'pacedAt', integer(now()), 'credit', '0', 'reopenedAt', integer(now()))
    redis.call('HDEL', META, 'reason')
end
return 'OK'
