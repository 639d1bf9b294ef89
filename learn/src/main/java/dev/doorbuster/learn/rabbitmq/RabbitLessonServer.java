package dev.doorbuster.learn.rabbitmq;

import dev.doorbuster.learn.lesson.Lesson;
import dev.doorbuster.learn.lesson.Step;
import dev.doorbuster.learn.run.LessonServer;
import dev.doorbuster.learn.run.LessonSession;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.rabbitmq.RabbitMQClient;
import io.vertx.rabbitmq.RabbitMQOptions;

/** Lessons on RabbitMQ, in a virtual host that has nothing else. */
public final class RabbitLessonServer implements LessonServer {
    private final Vertx vertx;
    private final BrokerConfig config;

    public RabbitLessonServer(Vertx vertx, BrokerConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    @Override
    public Future<LessonSession> open(Lesson lesson) {
        return connect(new JsonObject()).compose(admin -> {
            var session = new RabbitSession(this, lesson, admin);
            return session.clear().<LessonSession>map(session).onFailure(cause -> admin.stop());
        });
    }

    /**
     * A client with one connection and one channel.
     *
     * @param other {@code user}, {@code password} and {@code virtualHost} instead of the lessons' own
     */
    Future<RabbitMQClient> connect(JsonObject other) {
        int connectMaxMs = Math.toIntExact(config.connectMax().toMillis());
        var options = new RabbitMQOptions()
                .setAddresses(config.addresses())
                .setUser(other.getString("user", config.user()))
                .setPassword(other.getString("password", config.password()))
                .setVirtualHost(other.getString("virtualHost", config.virtualHost()))
                .setRequestedHeartbeat(Math.toIntExact(config.heartbeat().toSeconds()))
                .setConnectionTimeout(connectMaxMs)
                .setHandshakeTimeout(connectMaxMs)
                .setAutomaticRecoveryEnabled(false)
                .setConnectionName("learn");
        options.setReconnectAttempts(0);
        RabbitMQClient client = RabbitMQClient.create(vertx, options);
        return client.start().map(client);
    }

    @Override
    public String javaCall(Step step) {
        return step.command().isEmpty() ? "" : RabbitCommand.of(step.command()).javaCall();
    }
}
