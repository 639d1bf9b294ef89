package dev.doorbuster.learn.http;

import dev.doorbuster.runtime.http.Problem;

/** Problems of the lessons. */
final class LearnProblems {
    static final Problem UNKNOWN_LESSON = new Problem(
            "unknown-lesson", 404, "No such lesson", "GET /api/learn/topics lists the topics and their lessons.");
    static final Problem LESSONS_BUSY = new Problem(
            "lessons-busy", 503, "Too many lessons are waiting", "Lessons run one at a time. Retry in a moment.");

    private LearnProblems() {}
}
