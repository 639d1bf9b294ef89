-- A second writer of the same draw must add nothing once admission has begun.
if phase() == 'DRAWING' then
    for i = 2, #ARGV do
        local position = tonumber(ARGV[1]) + i - 2
        redis.call('ZADD', DRAW, position, ARGV[i])
        redis.call('ZADD', QUEUE, position, ARGV[i])
    end
end
return 'OK'
