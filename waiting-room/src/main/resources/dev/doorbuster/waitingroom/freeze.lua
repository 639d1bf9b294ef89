local state = phase()
if state == 'ABSENT' and ARGV[1] ~= 'DRAWING' then
    redis.call('HSET', META, 'phase', ARGV[1], 'pacedAt', integer(now()), 'credit', '0', 'lost', '1')
    return ARGV[1]
end
if state == 'ABSENT' or (state == 'LOBBY' and redis.call('EXISTS', LOBBY) == 0) then
    redis.call('HSET', META, 'phase', 'DRAWING', 'pacedAt', integer(now()))
    return 'DRAWING'
end
if state == 'LOBBY' then
    redis.call('RENAME', LOBBY, ENTRANTS)
    redis.call('HSET', META, 'phase', 'DRAWING')
    return 'DRAWING'
end
return state
