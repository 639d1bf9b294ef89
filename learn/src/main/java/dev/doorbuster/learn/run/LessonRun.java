package dev.doorbuster.learn.run;

import dev.doorbuster.learn.lesson.Expectation;
import dev.doorbuster.learn.lesson.Lesson;
import dev.doorbuster.learn.lesson.Step;
import dev.doorbuster.learn.run.LessonRunner.LessonListener;
import dev.doorbuster.learn.run.LessonSession.LessonReply;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of one lesson: its steps in order. All steps run, also after one whose reply differs. */
final class LessonRun {
    private static final Logger LOG = LoggerFactory.getLogger(LessonRun.class);

    private final LessonServer server;
    private final Lesson lesson;
    private final LessonListener listener;
    private final Context loop;
    private final Map<String, Queue<Future<LessonReply>>> started = new HashMap<>();
    private Future<LessonSession> opening;
    private LessonSession session;
    private boolean green = true;

    LessonRun(LessonServer server, Lesson lesson, LessonListener listener, Context loop) {
        this.server = server;
        this.lesson = lesson;
        this.listener = listener;
        this.loop = loop;
    }

    /** Never fails: a lost connection ends the run as not green. */
    Future<Boolean> run() {
        opening = server.open(lesson);
        return limited(opening, LessonRunner.SESSION_MAX)
                .onSuccess(opened -> session = opened)
                .compose(opened -> setup(0))
                .compose(ready -> step(0))
                .transform(done -> close().map(closed -> end(done.cause())));
    }

    private Future<Void> setup(int index) {
        List<String> commands = lesson.setup();
        if (index == commands.size()) {
            return Future.succeededFuture();
        }
        var step = new Step(Step.FIRST, Step.Kind.RUNS, commands.get(index), null, "");
        return limited(executed(step), LessonRunner.STEP_MAX).compose(done -> setup(index + 1));
    }

    private Future<Void> step(int index) {
        if (index == lesson.steps().size()) {
            return Future.succeededFuture();
        }
        Step step = lesson.steps().get(index);
        return (switch (step.kind()) {
                    case RUNS -> compare(index, step, executed(step));
                    case STARTS -> start(index, step);
                    case ENDS -> compare(index, step, startedBy(step.actor()));
                    case RECEIVES ->
                        compare(index, step, session.receive(step.actor()).map(LessonRun::reply));
                })
                .compose(done -> step(index + 1));
    }

    private static LessonReply reply(String reply) {
        return new LessonReply("", reply);
    }

    /** A mistake in the lesson fails the run as a lost connection does. */
    private Future<LessonReply> executed(Step step) {
        try {
            return session.execute(step);
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<Void> start(int index, Step step) {
        listener.started(index, session.starting(step));
        started.computeIfAbsent(step.actor(), first -> new ArrayDeque<>()).add(executed(step));
        return Future.succeededFuture();
    }

    private Future<LessonReply> startedBy(String actor) {
        Queue<Future<LessonReply>> pending = started.getOrDefault(actor, new ArrayDeque<>());
        Future<LessonReply> running = pending.poll();
        return running == null
                ? Future.failedFuture(actor + " has started nothing")
                : running.map(exchange -> reply(exchange.reply()));
    }

    private Future<Void> compare(int index, Step step, Future<LessonReply> replying) {
        return limited(replying, LessonRunner.STEP_MAX)
                .onSuccess(exchange -> {
                    String expected = session.expected(step.reply());
                    boolean matches = Expectation.matches(expected, exchange.reply());
                    green &= matches;
                    listener.replied(index, exchange, expected, matches);
                })
                .mapEmpty();
    }

    /** Also closes a session that was opened too late. */
    private Future<Void> close() {
        if (session == null) {
            opening.onSuccess(late -> late.close().onFailure(this::notRemoved));
            return Future.succeededFuture();
        }
        return limited(session.close(), LessonRunner.SESSION_MAX)
                .onFailure(this::notRemoved)
                .otherwiseEmpty();
    }

    private void notRemoved(Throwable cause) {
        LOG.warn("lesson {}: its data expires later, because removing it failed: {}", lesson.id(), cause.toString());
    }

    private boolean end(Throwable cause) {
        String problem = cause == null ? null : String.valueOf(cause.getMessage());
        if (problem != null) {
            LOG.warn("lesson {} was aborted: {}", lesson.id(), cause.toString());
        }
        listener.ended(lesson, green && problem == null, problem);
        return green && problem == null;
    }

    private <T> Future<T> limited(Future<T> future, Duration limit) {
        return LessonRunner.on(loop, future.timeout(limit.toMillis(), TimeUnit.MILLISECONDS));
    }
}
