package dev.doorbuster.learn.http;

import dev.doorbuster.learn.lesson.Lesson;
import dev.doorbuster.learn.lesson.Topic;
import dev.doorbuster.learn.run.LessonRunner;
import dev.doorbuster.runtime.http.Problem;
import dev.doorbuster.runtime.http.PublicServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Lists and runs lessons. A run is answered by newline-delimited JSON, one line for each event as it happens. */
public final class LearnRoutes {
    /** Everything under this path; the service that mounts it checks the token. */
    public static final String PATH = "/api/learn/*";

    private static final Problem UNKNOWN_LESSON = new Problem(
            "unknown-lesson", 404, "No such lesson", "GET /api/learn/topics lists the topics and their lessons.");
    private static final Problem LESSONS_BUSY = new Problem(
            "lessons-busy", 503, "Too many lessons are waiting", "Lessons run one at a time. Retry in a moment.");

    private final LessonRunner runner;

    public LearnRoutes(LessonRunner runner) {
        this.runner = runner;
    }

    public void mount(Router router) {
        router.get("/api/learn/topics").handler(this::topics);
        router.get("/api/learn/topics/:topic").handler(this::topic);
        router.post("/api/learn/lessons/:id/runs").handler(this::run);
    }

    private void topics(RoutingContext context) {
        var topics = new JsonArray();
        runner.lessons()
                .topics()
                .forEach(topic -> topics.add(
                        LessonJson.summary(topic).put("lessons", topic.lessons().size())));
        PublicServer.send(context, 200, new JsonObject().put("topics", topics));
    }

    private void topic(RoutingContext context) {
        runner.lessons()
                .topic(context.pathParam("topic"))
                .ifPresentOrElse(
                        topic -> PublicServer.send(
                                context, 200, LessonJson.topic(topic, step -> runner.javaCall(topic.system(), step))),
                        () -> PublicServer.refuse(context, UNKNOWN_LESSON));
    }

    private void run(RoutingContext context) {
        String id = context.pathParam("id");
        runner.lessons()
                .topicOf(id)
                .ifPresentOrElse(
                        topic -> run(context, topic, runner.lessons().lesson(id).orElseThrow()),
                        () -> PublicServer.refuse(context, UNKNOWN_LESSON));
    }

    private void run(RoutingContext context, Topic topic, Lesson lesson) {
        var stream = new EventStream(context.response());
        if (runner.start(topic.system(), lesson, stream).isEmpty()) {
            PublicServer.refuse(context, LESSONS_BUSY);
        } else {
            stream.begin();
        }
    }
}
