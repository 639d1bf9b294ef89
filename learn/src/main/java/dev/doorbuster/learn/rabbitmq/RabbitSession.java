package dev.doorbuster.learn.rabbitmq;

import dev.doorbuster.learn.lesson.CommandWords;
import dev.doorbuster.learn.lesson.CommandWords.Word;
import dev.doorbuster.learn.lesson.Lesson;
import dev.doorbuster.learn.lesson.Step;
import dev.doorbuster.learn.run.LessonReply;
import dev.doorbuster.learn.run.LessonSession;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.rabbitmq.RabbitMQClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A client for each actor. Queues are deleted after the lesson, or by the broker if they were unused for {@value #EXPIRY_MS} ms. */
final class RabbitSession implements LessonSession {
    private static final String PREFIX = "learn.";
    private static final int EXPIRY_MS = 60_000;

    private final RabbitLessons lessons;
    private final Lesson lesson;
    private final Map<String, Future<RabbitMQClient>> actors = new HashMap<>();

    RabbitSession(RabbitLessons lessons, Lesson lesson) {
        this.lessons = lessons;
        this.lesson = lesson;
    }

    static String name(Word word) {
        return !word.quoted() && word.text().startsWith("@")
                ? PREFIX + word.text().substring(1)
                : word.text();
    }

    @Override
    public Future<LessonReply> execute(Step step) {
        List<Word> words = CommandWords.of(step.command());
        List<String> names = words.stream().map(RabbitSession::name).toList();
        return actor(step.actor())
                .compose(client -> call(client, names))
                .map(reply -> new LessonReply(sent(words), reply));
    }

    private static Future<String> call(RabbitMQClient client, List<String> words) {
        return switch (words.get(0)) {
            case "queueDeclare" ->
                client.queueDeclare(words.get(1), false, false, false, new JsonObject().put("x-expires", EXPIRY_MS))
                        .map(declared -> "messages " + declared.getMessageCount());
            case "basicPublish" ->
                client.basicPublish(words.get(1), words.get(2), Buffer.buffer(words.get(3)))
                        .map("sent");
            case "basicGet" ->
                client.basicGet(words.get(1), true)
                        .map(message -> message == null
                                ? "(empty)"
                                : '"' + message.body().toString() + '"');
            case "queueDelete" ->
                client.queueDelete(words.get(1)).map(deleted -> "messages " + deleted.getMessageCount());
            default -> Future.failedFuture("no AMQP command: " + words.get(0));
        };
    }

    private static String sent(List<Word> words) {
        return words.stream()
                .map(word -> word.quoted() ? '"' + word.text() + '"' : name(word))
                .collect(Collectors.joining(" "));
    }

    private Future<RabbitMQClient> actor(String name) {
        return actors.computeIfAbsent(name, first -> lessons.connect());
    }

    @Override
    public String expected(String reply) {
        return reply.replace("@", PREFIX);
    }

    /** Deletes the queues that the lesson names. */
    Future<Void> clear() {
        Set<String> queues = new TreeSet<>();
        lesson.setup().forEach(command -> add(queues, command));
        lesson.steps().forEach(step -> add(queues, step.command()));
        return actor(Step.FIRST).compose(client -> {
            Future<Void> cleared = Future.succeededFuture();
            for (String queue : queues) {
                cleared = cleared.compose(v -> client.queueDelete(queue).mapEmpty());
            }
            return cleared;
        });
    }

    private static void add(Set<String> queues, String command) {
        List<Word> words = CommandWords.of(command);
        if (!words.isEmpty() && words.get(0).text().equals("queueDeclare")) {
            queues.add(name(words.get(1)));
        }
    }

    void disconnect() {
        actors.values().forEach(each -> each.onSuccess(RabbitMQClient::stop));
    }

    @Override
    public Future<Void> close() {
        return clear().onComplete(cleared -> disconnect());
    }
}
