package dev.doorbuster.learn.rabbitmq;

import dev.doorbuster.learn.lesson.CommandWords;
import dev.doorbuster.learn.lesson.CommandWords.Word;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A step's command: a method of the Vert.x client, its words, and arguments of the form {@code key=value}. {@code @} is the
 * prefix of the lessons' names.
 *
 * @param words names, bodies and flags in their order
 * @param arguments integers and booleans as such
 */
record RabbitCommand(String method, List<String> words, JsonObject arguments, String shown) {
    static final String PREFIX = "learn.";
    /** When the broker deletes an unused queue that a killed run left behind. */
    private static final int EXPIRY_MS = 60_000;

    private static final String ARGUMENT = "[a-zA-Z-]+=.+";

    static RabbitCommand of(String line) {
        List<Word> all = CommandWords.of(line);
        var words = new ArrayList<String>();
        var arguments = new JsonObject();
        for (Word word : all.subList(1, all.size())) {
            if (!word.quoted() && word.text().matches(ARGUMENT)) {
                String[] pair = word.text().split("=", 2);
                arguments.put(pair[0], value(pair[1]));
            } else {
                words.add(name(word));
            }
        }
        String shown = all.stream()
                .map(word -> word.quoted() ? quoted(word.text()) : word.text().replace("@", PREFIX))
                .collect(Collectors.joining(" "));
        return new RabbitCommand(all.get(0).text(), List.copyOf(words), arguments, shown);
    }

    private static String name(Word word) {
        return !word.quoted() && word.text().startsWith("@")
                ? PREFIX + word.text().substring(1)
                : word.text();
    }

    private static Object value(String text) {
        if (text.matches("\\d{1,9}")) {
            return Integer.valueOf(text);
        }
        return text.equals("true") ? true : text.replace("@", PREFIX);
    }

    static String quoted(String text) {
        return '"' + text + '"';
    }

    String word(int index) {
        if (index >= words.size()) {
            throw new IllegalArgumentException("a word is missing: " + shown);
        }
        return words.get(index);
    }

    boolean has(String flag) {
        return words.contains(flag);
    }

    /** Of a queue: durable unless it says otherwise. */
    boolean durable() {
        return !has("transient") && !exclusive();
    }

    boolean exclusive() {
        return has("exclusive");
    }

    JsonObject queueArguments() {
        return arguments.copy().put("x-expires", EXPIRY_MS);
    }

    /** The call on the product's client, as source text. */
    String javaCall() {
        return switch (method) {
            case "ArrayBlockingQueue" -> "queue = new ArrayBlockingQueue<>(" + word(0) + ")";
            case "offer" -> "queue.offer(" + quoted(word(0)) + ")";
            case "poll" -> "queue.poll()";
            case "connect" -> "RabbitMQClient.create(vertx, options" + setters() + ").start()";
            case "disconnect" -> "client.stop()";
            case "cancel" -> "consumer.cancel()";
            case "awaitMessage" -> "messages.next(" + word(0) + ")";
            case "queueDeclare" ->
                "client.queueDeclare(%s, %b, %b, false%s)"
                        .formatted(quoted(word(0)), durable(), exclusive(), json(", ", arguments));
            case "exchangeDeclare" ->
                "client.exchangeDeclare(%s, %s, true, true%s)"
                        .formatted(quoted(word(0)), quoted(word(1)), json(", ", arguments));
            case "basicPublish" ->
                "client.basicPublish(%s, %s, %sBuffer.buffer(%s))"
                        .formatted(quoted(word(0)), quoted(word(1)), properties(), quoted(word(2)));
            case "basicGet" -> "client.basicGet(%s, %b)".formatted(quoted(word(0)), !has("ack"));
            case "basicConsumer" ->
                "client.basicConsumer(%s, new QueueOptions().setAutoAck(%b))".formatted(quoted(word(0)), has("no_ack"));
            case "basicAck" -> "client.basicAck(" + word(0) + ", false)";
            case "basicNack" -> "client.basicNack(%s, false, %b)".formatted(word(0), has("requeue"));
            case "basicQos" -> "client.basicQos(" + word(0) + ")";
            default ->
                "client." + method
                        + words.stream().map(RabbitCommand::quoted).collect(Collectors.joining(", ", "(", ")"));
        };
    }

    private String setters() {
        return arguments.stream()
                .map(each -> ".set" + Character.toUpperCase(each.getKey().charAt(0))
                        + each.getKey().substring(1) + "(" + literal(each.getValue()) + ")")
                .collect(Collectors.joining());
    }

    private String properties() {
        return arguments.isEmpty()
                ? ""
                : arguments.stream()
                        .map(each -> "." + each.getKey() + "(" + literal(each.getValue()) + ")")
                        .collect(Collectors.joining("", "new BasicProperties.Builder()", ".build(), "));
    }

    private static String json(String before, JsonObject arguments) {
        return arguments.isEmpty()
                ? ""
                : before + "new JsonObject()"
                        + arguments.stream()
                                .map(each -> ".put(" + quoted(each.getKey()) + ", " + literal(each.getValue()) + ")")
                                .collect(Collectors.joining());
    }

    private static String literal(Object value) {
        return value instanceof String text ? quoted(text) : value.toString();
    }
}
