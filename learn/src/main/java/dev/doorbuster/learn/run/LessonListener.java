package dev.doorbuster.learn.run;

import dev.doorbuster.learn.lesson.Lesson;

/** Receives the events of one run, on the runner's event loop. */
public interface LessonListener {
    /** A command was sent whose reply a later step awaits. */
    void started(int index, String sent);

    /** The reply to a step; {@code matches} if it is the expected one. */
    void replied(int index, LessonReply exchange, String expected, boolean matches);

    /** The run has ended; {@code problem} is null unless it was aborted. */
    void ended(Lesson lesson, boolean green, String problem);
}
