package dev.doorbuster.learn.run;

import dev.doorbuster.learn.lesson.Lesson;
import dev.doorbuster.learn.lesson.Step;
import io.vertx.core.Future;

/** One system that lessons run on. Connects when a lesson is opened, so that creating it never fails. */
public interface LessonServer {
    /** Connects and removes what a killed run left behind. */
    Future<LessonSession> open(Lesson lesson);

    /** The call on the product's Java client that the step makes, as source text; empty if it makes none. */
    String javaCall(Step step);

    default Future<Void> close() {
        return Future.succeededFuture();
    }
}
