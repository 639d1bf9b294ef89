package dev.doorbuster.runtime.store;

import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;

/**
 * One connection with the client it belongs to, without timeouts or reconnects: error replies and pushed messages reach the
 * caller.
 */
public record RawRedis(Redis client, RedisConnection connection) {
    public void close() {
        client.close();
    }
}
