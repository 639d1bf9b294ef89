package dev.doorbuster.counter.redis;

import dev.doorbuster.runtime.store.DedicatedRedisConnection;
import dev.doorbuster.runtime.store.StoreUnavailableException;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An optimistic transaction: WATCH and reads in one round trip, then MULTI, writes and EXEC in a second, on the same
 * connection. If the connection is closed in between, nothing is written.
 */
final class RedisTransaction {
    private static final int BEFORE_READS = 2;
    private static final int AROUND_WRITES = 2;

    private final DedicatedRedisConnection.Watching watching;

    private RedisTransaction(DedicatedRedisConnection.Watching watching) {
        this.watching = watching;
    }

    public static Future<RedisTransaction> begin(
            DedicatedRedisConnection connection, Collection<String> watched, List<Request> reads) {
        return connection.watch(reading(watched, reads)).map(RedisTransaction::new);
    }

    /** Replies to the reads. */
    List<Response> read() {
        return watching.replies().subList(BEFORE_READS, watching.replies().size());
    }

    /** Executes the writes. False on a conflict; without writes there is none. */
    Future<Boolean> write(List<Request> writes) {
        return writes.isEmpty()
                ? Future.succeededFuture(true)
                : watching.batch(writing(writes)).map(RedisTransaction::written);
    }

    /** UNWATCH first: keys watched by an earlier transaction would cause a false conflict. */
    private static List<Request> reading(Collection<String> watched, List<Request> reads) {
        var requests = new ArrayList<Request>(reads.size() + BEFORE_READS);
        requests.add(Request.cmd(Command.UNWATCH));
        Request watch = Request.cmd(Command.WATCH);
        watched.forEach(watch::arg);
        requests.add(watch);
        requests.addAll(reads);
        return requests;
    }

    private static List<Request> writing(List<Request> writes) {
        var requests = new ArrayList<Request>(writes.size() + AROUND_WRITES);
        requests.add(Request.cmd(Command.MULTI));
        requests.addAll(writes);
        requests.add(Request.cmd(Command.EXEC));
        return requests;
    }

    /**
     * Whether the writes were executed; false on a conflict. A write that fails does not roll back the others, so each reply is
     * checked.
     */
    private static boolean written(List<Response> replies) {
        Response executed = replies.get(replies.size() - 1);
        if (executed == null) {
            return false;
        }
        int expected = replies.size() - AROUND_WRITES;
        boolean whole = executed.size() == expected
                && IntStream.range(0, expected)
                        .noneMatch(
                                i -> executed.get(i) != null && executed.get(i).type() == ResponseType.ERROR);
        if (!whole) {
            throw new StoreUnavailableException("Redis executed only part of a transaction: " + executed);
        }
        return true;
    }
}
