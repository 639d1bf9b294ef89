package dev.doorbuster.learn.run;

import dev.doorbuster.learn.lesson.Step;
import io.vertx.core.Future;

/** The connections of one run of one lesson: one for each actor, made at its first step. */
public interface LessonSession {
    /** The command of a step whose reply is awaited later, for display. */
    default String starting(Step step) {
        return step.command();
    }

    /** Sends the step's command. An error reply is a reply too; a failure is a lost connection or a mistake in the lesson. */
    Future<LessonReply> execute(Step step);

    /** The next message that the server pushed to the actor. */
    default Future<String> receive(String actor) {
        return Future.failedFuture("this server pushes no messages");
    }

    /** An expected reply with the lesson's names as the server has them. */
    String expected(String reply);

    /** Removes the lesson's data and closes the connections. */
    Future<Void> close();

    /**
     * A command as it was sent, and the reply.
     *
     * @param sent empty where a reply was awaited only
     */
    record LessonReply(String sent, String reply) {}
}
