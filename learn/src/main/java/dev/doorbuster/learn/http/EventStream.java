package dev.doorbuster.learn.http;

import dev.doorbuster.learn.lesson.Lesson;
import dev.doorbuster.learn.run.LessonRunner.LessonListener;
import dev.doorbuster.learn.run.LessonSession.LessonReply;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** Writes the events of one run to a response, a line of JSON each. If the client is gone, the run continues to its end. */
final class EventStream implements LessonListener {
    private final HttpServerResponse response;

    EventStream(HttpServerResponse response) {
        this.response = response;
    }

    /** The headers; the first event may come much later, when earlier runs are over. */
    void begin() {
        response.putHeader("Content-Type", "application/x-ndjson")
                .putHeader("Cache-Control", "no-store")
                .setChunked(true);
    }

    @Override
    public void started(int index, String sent) {
        write(new JsonObject().put("step", index).put("sent", sent));
    }

    @Override
    public void replied(int index, LessonReply exchange, String expected, boolean matches) {
        write(new JsonObject()
                .put("step", index)
                .put("sent", exchange.sent())
                .put("reply", exchange.reply())
                .put("expected", expected)
                .put("matches", matches));
    }

    @Override
    public void ended(Lesson lesson, boolean green, String problem) {
        write(new JsonObject().put("lesson", lesson.id()).put("green", green).put("problem", problem));
        if (!response.ended()) {
            response.end();
        }
    }

    private void write(JsonObject event) {
        if (!response.closed() && !response.ended()) {
            response.write(event.toBuffer().appendString("\n"));
        }
    }
}
