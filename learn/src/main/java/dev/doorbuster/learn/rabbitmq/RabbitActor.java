package dev.doorbuster.learn.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BasicProperties;
import dev.doorbuster.learn.run.PushedMessages;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.rabbitmq.QueueOptions;
import io.vertx.rabbitmq.RabbitMQClient;
import io.vertx.rabbitmq.RabbitMQConsumer;
import io.vertx.rabbitmq.RabbitMQMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;

/** One actor: a client with one connection and one channel, its consumers, and a queue in this process. */
final class RabbitActor {
    /** Limit of waiting for confirms. */
    private static final Duration CONFIRM_MAX = Duration.ofSeconds(5);
    /** Messages that a consumer's buffer holds. */
    private static final int BUFFERED_MAX = 100;
    /** The word for the queue that the server has named. */
    private static final String SERVER_NAMED = RabbitCommand.PREFIX + "auto";

    private final RabbitLessonServer server;
    private final List<RabbitMQConsumer> consumers = new ArrayList<>();
    private PushedMessages messages = new PushedMessages();
    private ArrayBlockingQueue<String> local = new ArrayBlockingQueue<>(1);
    private String serverNamed = SERVER_NAMED;
    private Future<RabbitMQClient> client;

    RabbitActor(RabbitLessonServer server) {
        this.server = server;
    }

    Future<String> receive() {
        return messages.next();
    }

    /** An error reply of the broker is a reply too. */
    Future<String> execute(RabbitCommand command) {
        return switch (command.method()) {
            case "ArrayBlockingQueue" -> {
                local = new ArrayBlockingQueue<>(Integer.parseInt(command.word(0)));
                yield Future.succeededFuture("created");
            }
            case "offer" -> Future.succeededFuture(Boolean.toString(local.offer(command.word(0))));
            case "poll" -> {
                String polled = local.poll();
                yield Future.succeededFuture(polled == null ? "(null)" : RabbitCommand.quoted(polled));
            }
            case "connect" ->
                RabbitErrors.reply(disconnect()
                        .compose(closed -> connect(command.arguments()))
                        .map("connected"));
            case "disconnect" -> disconnect().map("closed");
            case "awaitMessage" -> messages.next(Duration.ofMillis(Long.parseLong(command.word(0))));
            default -> RabbitErrors.reply(connected().compose(connection -> call(connection, command)));
        };
    }

    private Future<String> call(RabbitMQClient connection, RabbitCommand command) {
        return switch (command.method()) {
            case "queueDeclare" ->
                connection
                        .queueDeclare(
                                command.word(0),
                                command.durable(),
                                command.exclusive(),
                                false,
                                command.queueArguments())
                        .map(declared -> "messages " + declared.getMessageCount());
            case "queueDeclareAuto" ->
                connection.queueDeclareAuto().map(declared -> serverNamed = declared.getString("queue"));
            case "queueDelete" ->
                connection.queueDelete(queue(command)).map(deleted -> "messages " + deleted.getMessageCount());
            case "queueBind" ->
                connection
                        .queueBind(queue(command), command.word(1), command.word(2))
                        .map("bound");
            case "queueUnbind" ->
                connection
                        .queueUnbind(queue(command), command.word(1), command.word(2))
                        .map("unbound");
            case "exchangeDeclare" ->
                connection
                        .exchangeDeclare(command.word(0), command.word(1), true, true, command.arguments())
                        .map("declared");
            case "messageCount" -> connection.messageCount(queue(command)).map(String::valueOf);
            case "basicPublish" ->
                connection
                        .basicPublish(
                                command.word(0),
                                command.word(1),
                                properties(command.arguments()),
                                Buffer.buffer(command.word(2)))
                        .map("sent");
            case "basicGet" ->
                connection
                        .basicGet(queue(command), !command.has("ack"))
                        .map(message -> message == null ? "(empty)" : text(message, command.has("ack")));
            case "basicConsumer" -> consume(connection, queue(command), command.has("no_ack"));
            case "basicAck" -> connection.basicAck(tag(command), false).map("acknowledged");
            case "basicNack" ->
                connection
                        .basicNack(tag(command), false, command.has("requeue"))
                        .map("refused");
            case "basicQos" ->
                connection.basicQos(Integer.parseInt(command.word(0))).map("ok");
            case "confirmSelect" -> connection.confirmSelect().map("ok");
            case "waitForConfirms" ->
                connection.waitForConfirms(CONFIRM_MAX.toMillis()).map("confirmed");
            case "cancel" -> cancel().map("cancelled");
            default -> Future.failedFuture("no lesson may send " + command.method());
        };
    }

    private String queue(RabbitCommand command) {
        return command.word(0).equals(SERVER_NAMED) ? serverNamed : command.word(0);
    }

    private static long tag(RabbitCommand command) {
        return Long.parseLong(command.word(0));
    }

    private static BasicProperties properties(JsonObject named) {
        return new AMQP.BasicProperties.Builder()
                .deliveryMode(named.getInteger("deliveryMode"))
                .expiration(named.containsKey("expiration") ? String.valueOf(named.getValue("expiration")) : null)
                .userId(named.getString("userId"))
                .build();
    }

    private Future<String> consume(RabbitMQClient connection, String queue, boolean noAck) {
        var options = new QueueOptions().setAutoAck(noAck).setMaxInternalQueueSize(BUFFERED_MAX);
        PushedMessages target = messages;
        return connection.basicConsumer(queue, options).map(consumer -> {
            consumers.add(consumer);
            consumer.handler(message -> target.add(text(message, !noAck)));
            return "consuming";
        });
    }

    private Future<Void> cancel() {
        List<Future<Void>> cancelled =
                consumers.stream().map(RabbitMQConsumer::cancel).toList();
        consumers.clear();
        return Future.join(cancelled).mapEmpty();
    }

    /** The delivery tag if it is to be acknowledged, the body, and what is unusual about the message. */
    private static String text(RabbitMQMessage message, boolean toAcknowledge) {
        var text = new StringBuilder();
        if (toAcknowledge) {
            text.append(message.envelope().getDeliveryTag()).append(' ');
        }
        text.append(RabbitCommand.quoted(message.body().toString()));
        if (Integer.valueOf(2).equals(message.properties().getDeliveryMode())) {
            text.append(" persistent");
        }
        Map<String, Object> headers = message.properties().getHeaders();
        if (headers != null && headers.containsKey("x-first-death-reason")) {
            text.append(' ').append(headers.get("x-first-death-reason"));
        }
        return message.envelope().isRedeliver() ? text.append(" redelivered").toString() : text.toString();
    }

    private Future<RabbitMQClient> connected() {
        return client == null ? connect(new JsonObject()) : client;
    }

    /** A connection that could not be opened is not kept. */
    private Future<RabbitMQClient> connect(JsonObject other) {
        client = server.connect(other).onFailure(cause -> client = null);
        return client;
    }

    /** Unacknowledged messages return to their queues. */
    Future<Void> disconnect() {
        Future<RabbitMQClient> former = client;
        client = null;
        consumers.clear();
        messages = new PushedMessages();
        return former == null ? Future.succeededFuture() : former.compose(RabbitMQClient::stop);
    }
}
