package dev.doorbuster.learn.run;

import dev.doorbuster.learn.lesson.Lesson;
import dev.doorbuster.learn.lesson.LessonSystem;
import dev.doorbuster.learn.lesson.Lessons;
import dev.doorbuster.learn.lesson.Step;
import dev.doorbuster.learn.run.LessonSession.LessonReply;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Runs lessons, one at a time: their keys, queues and tables have fixed names. To be used on its event loop only. */
public final class LessonRunner {
    /** Runs that may wait for the current one. */
    public static final int WAITING_MAX = 16;
    /** Limit of one step. */
    static final Duration STEP_MAX = Duration.ofSeconds(8);
    /** Limit of connecting and removing old data, and of removing data and closing. */
    static final Duration SESSION_MAX = Duration.ofSeconds(15);

    private final Lessons lessons;
    private final Map<LessonSystem, LessonServer> servers;
    private final Context loop;
    private Future<Void> last = Future.succeededFuture();
    private int waiting;
    private boolean closed;

    public LessonRunner(Lessons lessons, Map<LessonSystem, LessonServer> servers, Context loop) {
        this.lessons = lessons;
        this.servers = Map.copyOf(servers);
        this.loop = loop;
    }

    public Lessons lessons() {
        return lessons;
    }

    public String javaCall(LessonSystem system, Step step) {
        return servers.get(system).javaCall(step);
    }

    /** Runs the lesson after those that were started before; empty if too many are waiting. True if all replies matched. */
    public Optional<Future<Boolean>> start(LessonSystem system, Lesson lesson, LessonListener listener) {
        if (closed || waiting >= WAITING_MAX) {
            return Optional.empty();
        }
        waiting++;
        Future<Boolean> run = last.compose(idle -> new LessonRun(servers.get(system), lesson, listener, loop).run());
        last = run.onComplete(done -> waiting--).mapEmpty();
        return Optional.of(run);
    }

    /** Completes when no lesson is running and the servers are closed. */
    public Future<Void> stop() {
        closed = true;
        return last.transform(idle -> Future.join(
                        servers.values().stream().map(LessonServer::close).toList()))
                .mapEmpty();
    }

    /** The future's result on the event loop. */
    static <T> Future<T> on(Context loop, Future<T> future) {
        Promise<T> here = Promise.promise();
        future.onComplete(result -> loop.runOnContext(v -> here.handle(result)));
        return here.future();
    }

    /** Receives the events of one run, on the runner's event loop. */
    public interface LessonListener {
        /** A command was sent whose reply a later step awaits. */
        void started(int index, String sent);

        /** The reply to a step; {@code matches} if it is the expected one. */
        void replied(int index, LessonReply exchange, String expected, boolean matches);

        /** The run has ended; {@code problem} is null unless it was aborted. */
        void ended(Lesson lesson, boolean green, String problem);
    }
}
