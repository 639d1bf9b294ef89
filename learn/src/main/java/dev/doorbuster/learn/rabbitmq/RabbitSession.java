package dev.doorbuster.learn.rabbitmq;

import dev.doorbuster.learn.lesson.Lesson;
import dev.doorbuster.learn.lesson.Step;
import dev.doorbuster.learn.run.LessonSession;
import dev.doorbuster.learn.run.LessonSession.LessonReply;
import io.vertx.core.Future;
import io.vertx.rabbitmq.RabbitMQClient;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The actors, and a client that deletes the lesson's queues and exchanges before and after it. After a killed run the broker
 * deletes unused queues, and exchanges with their last binding.
 */
final class RabbitSession implements LessonSession {
    private final RabbitLessonServer server;
    private final Lesson lesson;
    private final RabbitMQClient admin;
    private final Map<String, RabbitActor> actors = new HashMap<>();

    RabbitSession(RabbitLessonServer server, Lesson lesson, RabbitMQClient admin) {
        this.server = server;
        this.lesson = lesson;
        this.admin = admin;
    }

    @Override
    public String starting(Step step) {
        return RabbitCommand.of(step.command()).shown();
    }

    @Override
    public Future<LessonReply> execute(Step step) {
        RabbitCommand command = RabbitCommand.of(step.command());
        return actor(step.actor()).execute(command).map(reply -> new LessonReply(command.shown(), reply));
    }

    @Override
    public Future<String> receive(String actor) {
        return actor(actor).receive();
    }

    private RabbitActor actor(String name) {
        return actors.computeIfAbsent(name, first -> new RabbitActor(server));
    }

    @Override
    public String expected(String reply) {
        return reply.replace("@", RabbitCommand.PREFIX);
    }

    Future<Void> clear() {
        Future<Void> cleared = Future.succeededFuture();
        for (String queue : declared("queueDeclare")) {
            cleared = cleared.compose(v -> admin.queueDelete(queue).mapEmpty());
        }
        for (String exchange : declared("exchangeDeclare")) {
            cleared = cleared.compose(v -> admin.exchangeDelete(exchange));
        }
        return cleared;
    }

    /** The lesson's own names that a method declares. */
    private Set<String> declared(String method) {
        var names = new TreeSet<String>();
        Stream.concat(lesson.setup().stream(), lesson.steps().stream().map(Step::command))
                .filter(line -> !line.isEmpty())
                .map(RabbitCommand::of)
                .filter(command -> command.method().equals(method))
                .map(command -> command.word(0))
                .filter(name -> name.startsWith(RabbitCommand.PREFIX))
                .forEach(names::add);
        return names;
    }

    /** The actors first: an exclusive queue is deleted with its connection. */
    @Override
    public Future<Void> close() {
        return Future.join(actors.values().stream().map(RabbitActor::disconnect).toList())
                .transform(closed -> clear())
                .eventually(() -> admin.stop());
    }
}
