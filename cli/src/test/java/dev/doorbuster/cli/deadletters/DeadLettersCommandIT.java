package dev.doorbuster.cli.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageCodec;
import dev.doorbuster.contracts.message.OrderHoldOver;
import dev.doorbuster.contracts.topology.DeadLetter;
import dev.doorbuster.contracts.topology.DeadLetter.Cause;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.topology.Topology.Queue;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.junit.RealServers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import picocli.CommandLine;

/** The command with the queues of a real broker. */
class DeadLettersCommandIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(ServerKind.RABBITMQ);

    private static final String DEAD = DoorbusterTopology.DEAD_LETTERS_QUEUE;
    private static final String ORIGIN = "origin";

    private final SaleId sale = SaleId.random(new Random());
    private final String host = "dead-letters-" + UUID.randomUUID();
    private Connection connection;
    private Channel channel;

    private record Ran(int status, String output) {}

    @BeforeEach
    void declareTheQueues() throws Exception {
        servers.rabbitmq().createVirtualHost(host);
        var factory = new ConnectionFactory();
        factory.setHost(servers.rabbitmq().host());
        factory.setPort(servers.rabbitmq().port());
        factory.setUsername(servers.rabbitmq().user().user());
        factory.setPassword(servers.rabbitmq().user().password());
        factory.setVirtualHost(host);
        connection = factory.newConnection();
        channel = connection.createChannel();
        for (Queue queue : DoorbusterTopology.durable().queues()) {
            if (!queue.name().startsWith("stock.") && !queue.name().startsWith("ledger.")) {
                var unused = channel.queueDeclare(queue.name(), true, false, false, queue.arguments());
            }
        }
        var unusedConfirms = channel.confirmSelect();
        var unusedExchange = channel.exchangeDeclare(DoorbusterTopology.COMMANDS, "topic", true);
        var unusedQueue = channel.queueDeclare(ORIGIN, true, false, false, Map.of("x-queue-type", "quorum"));
        var unusedBinding = channel.queueBind(ORIGIN, DoorbusterTopology.COMMANDS, "order.hold-over.#");
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
    }

    @Test
    void saysThatThereIsNothing() {
        assertThat(run("list")).isEqualTo(new Ran(0, "No dead letters.\n"));
    }

    @Test
    void listsEachLetterAndTheTotals() throws Exception {
        // Given
        setAside("one", letter(Cause.REFUSED, origin()), body());
        setAside("two", letter(Cause.REFUSED, origin()), body());
        setAside("three", letter(Cause.UNDECODABLE, origin()), new byte[] {1});

        // When
        Ran list = run("list");
        Ran shortened = run("list", "--limit", "1");

        // Then
        assertThat(list.status()).isZero();
        assertThat(list.output())
                .contains("one", "two", "three", "order.hold-over.v1", sale.value(), "ledger.orders.", "for a reason")
                .contains("3 dead letters: 1 undecodable, 2 refused")
                .doesNotContain("more");
        assertThat(shortened.output()).contains("one", "and 2 more").doesNotContain("two");
    }

    /**
     * RabbitMQ before 4 has no delivery limit by default, later versions have one of 20; work queues have one of 50.
     */
    @Test
    void sixtyLooksInARowLoseNothingAndChangeNoOrder() throws Exception {
        // Given
        List<String> ids = List.of("first", "second", "third", "fourth", "fifth");
        for (String id : ids) {
            setAside(id, letter(Cause.REFUSED, origin()), body());
        }

        // When
        for (int look = 0; look < 60; look++) {
            assertThat(run("list").output()).as("look %s", look).contains("5 dead letters");
        }

        // Then
        assertThat(left()).isEqualTo(ids);
    }

    @Test
    void showsHeadersAndBody() throws Exception {
        // Given
        Message message = Message.of(sale, new OrderHoldOver(UUID.randomUUID()));
        setAside("readable", letter(Cause.REFUSED, origin()), MessageCodec.encode(message));
        setAside("unreadable", letter(Cause.UNDECODABLE, origin()), "no JSON \0".getBytes(StandardCharsets.UTF_8));

        // When
        Ran readable = run("show", "read");
        Ran unreadable = run("show", "unreadable");

        // Then
        assertThat(readable.output())
                .contains(
                        "for a reason",
                        "x-doorbuster-cause: refused",
                        "\"header\" : {",
                        message.id().toString())
                .doesNotContain("cannot be read");
        assertThat(unreadable.output()).contains("cannot be read", "6e 6f 20 4a 53 4f 4e 20 00", "no JSON .");
        assertThat(left()).containsExactly("readable", "unreadable");
    }

    @Test
    void sendsOneBackAndLeavesTheOthersInTheirPlaces() throws Exception {
        // Given
        for (String id : List.of("first", "second", "third")) {
            setAside(id, letter(Cause.REFUSED, origin()), body());
        }

        // When
        Ran replay = run("replay", "second");

        // Then
        assertThat(replay.status()).as(replay.output()).isZero();
        assertThat(left()).containsExactly("first", "third");
        GetResponse back = channel.basicGet(ORIGIN, true);
        assertThat(back.getProps().getMessageId()).isEqualTo("second");
        assertThat(back.getProps().getHeaders())
                .containsEntry(DeadLetter.REPLAYS, 1L)
                .doesNotContainKey("x-doorbuster-cause");
        assertThat(back.getEnvelope().getRoutingKey()).isEqualTo(origin().routingKey());
    }

    @Test
    void sendsAllBack() throws Exception {
        // Given
        setAside("first", letter(Cause.REFUSED, origin()), body());
        setAside("second", letter(Cause.REFUSED, origin()), body());

        // When
        Ran replay = run("replay", "--all");

        // Then
        assertThat(replay.status()).as(replay.output()).isZero();
        assertThat(left()).isEmpty();
        assertThat(take(ORIGIN)).containsExactly("first", "second");
    }

    @Test
    void whatNoQueueTakesOrNoExchangeKnowsStaysWhereItIs() throws Exception {
        // Given
        var nowhere = new Route(DoorbusterTopology.COMMANDS, "no.such.command");
        var nothing = new Route("no-such-exchange", "key");
        setAside("first", letter(Cause.REFUSED, nowhere), body());
        setAside("second", letter(Cause.REFUSED, nothing), body());

        // When
        Ran replay = run("replay", "--all");

        // Then
        assertThat(replay.status()).isEqualTo(1);
        assertThat(replay.output()).contains("no queue is bound to no.such.command", "no-such-exchange");
        assertThat(left()).containsExactly("first", "second");
    }

    @Test
    void sendsANotificationThatNobodyTookBackToItsOwnQueueAlone() throws Exception {
        // Given
        var unusedExchange = channel.exchangeDeclare(DoorbusterTopology.NOTIFICATIONS, "direct", true);
        for (String queue : List.of("notifier.webhook.shop", "notifier.webhook.other")) {
            var unusedQueue = channel.queueDeclare(queue, true, false, false, Map.of("x-queue-type", "quorum"));
            var unusedBinding = channel.queueBind(queue, DoorbusterTopology.NOTIFICATIONS, queue);
        }
        var event = new Route(DoorbusterTopology.EVENTS, "order.paid." + sale);
        var letter = new DeadLetter(
                "notifier.webhook.shop",
                Cause.UNDELIVERED,
                "shop answered 503",
                Route.again("notifier.webhook.shop", event),
                Instant.now(),
                1,
                0);
        setAside(DoorbusterTopology.UNDELIVERED_QUEUE, "untold", letter, body());

        // When
        Ran list = run("list");
        Ran replay = run("replay", "untold");

        // Then
        assertThat(list.output()).contains("notifier.webhook.shop", "1 dead letter: 1 undelivered");
        assertThat(replay.status()).as(replay.output()).isZero();
        assertThat(take("notifier.webhook.shop")).containsExactly("untold");
        assertThat(take("notifier.webhook.other")).isEmpty();
        assertThat(take(DoorbusterTopology.UNDELIVERED_QUEUE)).isEmpty();
    }

    @Test
    void discardsOnlyWhereThatIsAgreedTo() throws Exception {
        // Given
        setAside("first", letter(Cause.REFUSED, origin()), body());
        setAside("second", letter(Cause.REFUSED, origin()), body());

        // When
        Ran unasked = run("discard", "first");
        List<String> before = left();
        Ran agreed = run("discard", "first", "--yes");

        // Then
        assertThat(unasked.status()).isEqualTo(2);
        assertThat(unasked.output()).contains("order.hold-over.v1", "cannot be verified", "--yes");
        assertThat(before).containsExactly("first", "second");
        assertThat(agreed.status()).as(agreed.output()).isZero();
        assertThat(agreed.output()).contains("first discarded");
        assertThat(left()).containsExactly("second");
    }

    @Test
    void aMistakeIsAnsweredWithWhatToDo() throws Exception {
        // Given
        setAside("twin-1", letter(Cause.REFUSED, origin()), body());
        setAside("twin-2", letter(Cause.REFUSED, origin()), body());

        // When, Then
        assertThat(run("show", "nobody").output()).contains("there is no dead letter nobody");
        assertThat(run("show", "twin").output()).contains("twin-1, twin-2");
        assertThat(run("replay").status()).isEqualTo(2);
        assertThat(command("list", "--broker", "amqp://127.0.0.1:1", "--user", "u", "--password", "p")
                        .output())
                .contains("no broker can be used at [127.0.0.1:1]");
        assertThat(command("list", "--broker", uri(), "--user", "nobody", "--password", "wrong")
                        .output())
                .contains("check --user and --password");
        var unused = channel.queueDelete(DEAD);
        assertThat(run("list").output()).contains("cannot read queue dead-letters");
    }

    private Ran run(String... arguments) {
        var user = servers.rabbitmq().user();
        return command(Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--broker", uri(), "--user", user.user(), "--password", user.password()))
                .toArray(String[]::new));
    }

    private String uri() {
        return "amqp://" + servers.rabbitmq().host() + ":" + servers.rabbitmq().port() + "/" + host;
    }

    private static Ran command(String... arguments) {
        var output = new StringWriter();
        int status = new CommandLine(new DeadLettersCommand())
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(output))
                .execute(arguments);
        return new Ran(status, output.toString());
    }

    private Route origin() {
        return new Route(DoorbusterTopology.COMMANDS, "order.hold-over." + sale.partition() + "." + sale);
    }

    private DeadLetter letter(Cause cause, Route origin) {
        return new DeadLetter(
                DoorbusterTopology.ledger(sale.partition()), cause, "for a reason", origin, Instant.now(), 3, 0);
    }

    private byte[] body() {
        return MessageCodec.encode(Message.of(sale, new OrderHoldOver(UUID.randomUUID())));
    }

    private void setAside(String id, DeadLetter letter, byte[] body) throws Exception {
        setAside(DEAD, id, letter, body);
    }

    private void setAside(String queue, String id, DeadLetter letter, byte[] body) throws Exception {
        var properties = new BasicProperties.Builder()
                .messageId(id)
                .type("order.hold-over.v1")
                .headers(letter.headers())
                .build();
        channel.basicPublish("", queue, properties, body);
        assertThat(channel.waitForConfirms(30_000)).isTrue();
    }

    /** The dead letters in order, fetched and requeued as the command does. */
    private List<String> left() throws Exception {
        Channel looking = connection.createChannel();
        var ids = new ArrayList<String>();
        for (GetResponse each = looking.basicGet(DEAD, false); each != null; each = looking.basicGet(DEAD, false)) {
            ids.add(each.getProps().getMessageId());
        }
        looking.basicNack(0, true, true);
        looking.close();
        return ids;
    }

    private List<String> take(String queue) throws Exception {
        var ids = new ArrayList<String>();
        for (GetResponse each = channel.basicGet(queue, true); each != null; each = channel.basicGet(queue, true)) {
            ids.add(each.getProps().getMessageId());
        }
        return ids;
    }
}
