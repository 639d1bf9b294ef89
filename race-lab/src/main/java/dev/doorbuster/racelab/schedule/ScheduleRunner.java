package dev.doorbuster.racelab.schedule;

import dev.doorbuster.racelab.schedule.ScheduleResult.CommandReply;
import dev.doorbuster.racelab.schedule.ScheduleStrategy.ScheduleAction;
import dev.doorbuster.racelab.strategy.RaceIds;
import dev.doorbuster.runtime.start.EventLoop;
import dev.doorbuster.runtime.store.MemcachedConfig;
import dev.doorbuster.runtime.store.MemcachedStores;
import dev.doorbuster.runtime.store.RedisStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs schedules, one at a time. To be used on its event loop only. */
public final class ScheduleRunner {
    /** Runs that may wait, with the current one. */
    public static final int WAITING_MAX = 16;
    /** Limit of the commands of one step, and of connecting and storing the unit. */
    static final Duration STEP_MAX = Duration.ofSeconds(5);
    /** Expiry of a run's key, in case the process dies before it deletes it; longer than any run. */
    static final Duration KEY_LIFE = Duration.ofSeconds(60);

    private final Vertx vertx;
    private final RedisStore redis;
    private final MemcachedConfig memcached;
    private Future<Void> last = Future.succeededFuture();
    private int waiting;
    private boolean closed;

    public ScheduleRunner(Vertx vertx, RedisStore redis, MemcachedConfig memcached) {
        this.vertx = vertx;
        this.redis = redis;
        this.memcached = memcached;
    }

    /** Runs the schedule after those that were started before; empty if too many are waiting. Fails if a server does. */
    public Optional<Future<ScheduleResult>> start(Schedule schedule) {
        if (closed || waiting >= WAITING_MAX) {
            return Optional.empty();
        }
        waiting++;
        Future<ScheduleResult> run = last.compose(
                        idle -> closed ? Future.failedFuture("the race lab stops") : run(schedule))
                .onComplete(done -> waiting--);
        last = run.transform(done -> Future.succeededFuture());
        return Optional.of(run);
    }

    private Future<ScheduleResult> run(Schedule schedule) {
        ScheduleSession session = session(schedule.strategy());
        var replies = new ArrayList<List<CommandReply>>();
        Future<Void> running = within(STEP_MAX, session.open());
        for (ScheduleStep step : schedule.steps()) {
            ScheduleAction action = schedule.strategy().actions().get(step.number() - 1);
            running = running.compose(before -> within(STEP_MAX, session.execute(step.buyer(), action)))
                    .onSuccess(replies::add)
                    .mapEmpty();
        }
        return running.compose(over -> within(STEP_MAX, session.left()))
                .map(left -> new ScheduleResult(schedule, replies, session.owners(), left))
                .eventually(() -> within(STEP_MAX, session.delete()))
                .onComplete(over -> session.close());
    }

    private ScheduleSession session(ScheduleStrategy strategy) {
        String key = RaceIds.key(RaceIds.random());
        return switch (strategy) {
            case GET_SET, WATCH_MULTI -> new RedisScheduleSession(redis, false, key, KEY_LIFE.toMillis());
            case WATCH_ELSEWHERE -> new RedisScheduleSession(redis, true, key, KEY_LIFE.toMillis());
            case GETS_CAS ->
                new MemcachedScheduleSession(
                        vertx, MemcachedStores.serverOf(key, memcached.servers()), key, KEY_LIFE.toSeconds());
        };
    }

    private <T> Future<T> within(Duration max, Future<T> future) {
        return EventLoop.within(vertx, max, "no reply within " + max.toMillis() + " ms", future);
    }

    /** Completes when no schedule is running; those that wait fail. */
    public Future<Void> stop() {
        closed = true;
        return last;
    }
}
