package dev.doorbuster.learn.rabbitmq;

import dev.doorbuster.learn.lesson.CommandWords;
import dev.doorbuster.learn.lesson.CommandWords.Word;
import dev.doorbuster.learn.lesson.Lesson;
import dev.doorbuster.learn.lesson.Step;
import dev.doorbuster.learn.run.LessonServer;
import dev.doorbuster.learn.run.LessonSession;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.rabbitmq.RabbitMQClient;
import java.util.List;
import java.util.stream.Collectors;

/** Lessons on RabbitMQ, in a virtual host that has nothing else. */
public final class RabbitLessons implements LessonServer {
    private final Vertx vertx;
    private final BrokerConfig config;

    public RabbitLessons(Vertx vertx, BrokerConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    @Override
    public Future<LessonSession> open(Lesson lesson) {
        var session = new RabbitSession(this, lesson);
        return session.clear().<LessonSession>map(session).onFailure(cause -> session.disconnect());
    }

    /** A client with one connection and one channel. */
    Future<RabbitMQClient> connect() {
        RabbitMQClient client = RabbitMQClient.create(vertx, config.singleConnection("learn"));
        return client.start().map(client);
    }

    @Override
    public String javaCall(Step step) {
        List<Word> words = CommandWords.of(step.command());
        return "client." + words.get(0).text()
                + words.stream()
                        .skip(1)
                        .map(word -> '"' + RabbitSession.name(word) + '"')
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
