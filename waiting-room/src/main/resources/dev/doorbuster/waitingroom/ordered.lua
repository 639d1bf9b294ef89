-- Who got a unit has had the turn; if the room ended before this was known, the entrant stands by again without a wish to.
for _, entrant in ipairs(ARGV) do
    local turn = redis.call('ZSCORE', OFFERED, entrant)
    if turn then
        redis.call('ZREM', OFFERED, entrant)
        if redis.call('ZSCORE', STANDBY, entrant) == turn then
            redis.call('ZREM', STANDBY, entrant)
        end
    end
end
return 'OK'
