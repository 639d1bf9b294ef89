-- A second writer of the same draw must add nothing once admission has begun.
if phase() == 'DRAWING' then
    local gone = {}
    for _, entrant in ipairs(redis.call('SMEMBERS', GONE)) do
        gone[entrant] = true
    end
    for i = 2, #ARGV do
        local position = tonumber(ARGV[1]) + i - 2
        redis.call('ZADD', DRAW, position, ARGV[i])
        -- Who left is in the draw only, or in the queue anew, behind it.
        if not gone[ARGV[i]] then
            redis.call('ZADD', QUEUE, position, ARGV[i])
        end
    end
end
return 'OK'
