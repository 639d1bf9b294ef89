package dev.doorbuster.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import dev.doorbuster.contracts.topology.DeadLetter;
import dev.doorbuster.contracts.topology.DeadLetter.Cause;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Permissions;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.topology.Topology;
import dev.doorbuster.contracts.topology.Topology.Binding;
import dev.doorbuster.contracts.topology.Topology.Exchange;
import dev.doorbuster.contracts.topology.Topology.Queue;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.devservices.support.Credentials;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On a real broker, with the permissions of service users. */
class DeadLetterQueuesIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(ServerKind.RABBITMQ);

    private static final int DEAD_LETTERS_MAX = 10;
    private static final Duration TIME_MAX = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final String WORK = DoorbusterTopology.ledger(3);
    private static final Route ORIGIN = new Route(DoorbusterTopology.COMMANDS, "order.hold-over.3.some-sale");

    private final String host = "letter-box-" + UUID.randomUUID();
    private Connection connection;
    private Channel channel;

    @BeforeEach
    void declareEverything() throws Exception {
        servers.rabbitmq().createVirtualHost(host);
        connection = connect(servers.rabbitmq().user());
        channel = connection.createChannel();
        Topology all = DoorbusterTopology.durable();
        for (Exchange exchange : all.exchanges()) {
            var unused = channel.exchangeDeclare(
                    exchange.name(), exchange.type().wireName(), true, false, exchange.arguments());
        }
        for (Queue queue : all.queues()) {
            var unused = channel.queueDeclare(queue.name(), true, false, false, queue.arguments());
        }
        for (Binding binding : all.bindings()) {
            var unused = channel.queueBind(binding.queue(), binding.exchange(), binding.routingKey());
        }
        var unused = channel.confirmSelect();
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
    }

    @Test
    void theOrderServicesPermissionsSufficeForAllOperations() throws Exception {
        // Given
        String origin = channel.queueDeclare().getQueue();
        var unused = channel.queueBind(origin, ORIGIN.exchange(), ORIGIN.routingKey());
        publishDeadLetter(DoorbusterTopology.DEAD_LETTERS_QUEUE, "to be replayed", ORIGIN);
        publishDeadLetter(DoorbusterTopology.UNROUTED_QUEUE, "to be discarded", ORIGIN);
        publishDeadLetter(DoorbusterTopology.DEAD_LETTER_RETRY_QUEUE, "to stay", ORIGIN);

        // When
        try (DeadLetterQueues box = open(Permissions.ORDER_SERVICE, TIME_MAX)) {
            List<FetchedDeadLetter> deadLetters = box.take().deadLetters();
            box.sendBack(named(deadLetters, "to be replayed"));
            box.discard(named(deadLetters, "to be discarded"));
            box.putBack();
        }

        // Then
        GetResponse back = channel.basicGet(origin, true);
        assertThat(back.getProps().getMessageId()).isEqualTo("to be replayed");
        assertThat(channel.basicGet(origin, true)).isNull();
        assertThat(left()).containsExactly("to stay");
    }

    @Test
    void aReplayIsLimitedToDoorbustersExchanges() throws Exception {
        // Given
        publishDeadLetter(DoorbusterTopology.DEAD_LETTERS_QUEUE, "stranger", new Route("amq.topic", "anything"));

        // When, Then
        DeadLetterQueues box = open(Permissions.ORDER_SERVICE, TIME_MAX);
        try (box) {
            FetchedDeadLetter fetchedDeadLetter = box.take().deadLetters().get(0);
            assertThatThrownBy(() -> box.sendBack(fetchedDeadLetter))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("ACCESS_REFUSED");
        }
        assertThat(left()).containsExactly("stranger");
    }

    @Test
    void otherServicesMayNotRead() throws Exception {
        for (Permissions other : List.of(Permissions.STOCK_SERVICE, Permissions.NOTIFIER)) {
            try (DeadLetterQueues box = open(other, TIME_MAX)) {
                assertThatThrownBy(box::take).isInstanceOf(IOException.class).hasMessageContaining("ACCESS_REFUSED");
            }
        }
    }

    @Test
    void oneClientAtATimeTakesDeadLetters() throws Exception {
        // Given
        publishDeadLetter(DoorbusterTopology.DEAD_LETTERS_QUEUE, "held", ORIGIN);
        DeadLetterQueues first = open(Permissions.ORDER_SERVICE, TIME_MAX);
        try (first) {
            assertThat(first.take().deadLetters()).hasSize(1);

            // When, Then
            try (DeadLetterQueues second = open(Permissions.ORDER_SERVICE, SHORT)) {
                assertThatThrownBy(second::take).hasMessageContaining("another client may be reading");
            }
            first.putBack();
        }
        assertThat(left()).containsExactly("held");
    }

    @Test
    void nothingIsDoneAfterTheTimeLimit() throws Exception {
        // Given
        publishDeadLetter(DoorbusterTopology.DEAD_LETTERS_QUEUE, "late", ORIGIN);
        FetchedDeadLetter seen = seen().get(0);

        // When, Then
        try (DeadLetterQueues box = open(Permissions.ORDER_SERVICE, Duration.ZERO)) {
            assertThatThrownBy(box::take).isInstanceOf(IOException.class).hasMessageContaining("too long");
        }
        try (DeadLetterQueues box = open(Permissions.ORDER_SERVICE, Duration.ZERO)) {
            assertThatThrownBy(() -> box.sendBack(seen)).hasMessageContaining("no time left");
            assertThatThrownBy(() -> box.discard(seen)).hasMessageContaining("no time left");
        }
        assertThat(left()).containsExactly("late");
        assertThat(channel.messageCount(WORK)).isZero();
    }

    private DeadLetterQueues open(Permissions rights, Duration timeMax) throws Exception {
        Credentials limited = Credentials.generate("limited-" + UUID.randomUUID());
        servers.rabbitmq().createUser(limited, host, rights.configure(), rights.write(), rights.read());
        return DeadLetterQueues.open(connect(limited), DEAD_LETTERS_MAX, timeMax);
    }

    private Connection connect(Credentials who) throws Exception {
        var factory = new ConnectionFactory();
        factory.setHost(servers.rabbitmq().host());
        factory.setPort(servers.rabbitmq().port());
        factory.setVirtualHost(host);
        factory.setUsername(who.user());
        factory.setPassword(who.password());
        factory.setAutomaticRecoveryEnabled(false);
        return factory.newConnection();
    }

    private void publishDeadLetter(String queue, String id, Route origin) throws Exception {
        var fetchedDeadLetter = new DeadLetter(WORK, Cause.REFUSED, "for a reason", origin, Instant.now(), 1, 0);
        var properties = new BasicProperties.Builder()
                .messageId(id)
                .type("order.hold-over.v1")
                .headers(fetchedDeadLetter.headers())
                .build();
        channel.basicPublish("", queue, properties, new byte[] {1});
        assertThat(channel.waitForConfirms(TIME_MAX.toMillis())).isTrue();
    }

    private static FetchedDeadLetter named(List<FetchedDeadLetter> deadLetters, String id) {
        return deadLetters.stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<String> left() throws Exception {
        return seen().stream().map(FetchedDeadLetter::id).toList();
    }

    private List<FetchedDeadLetter> seen() throws Exception {
        try (DeadLetterQueues box =
                DeadLetterQueues.open(connect(servers.rabbitmq().user()), DEAD_LETTERS_MAX, TIME_MAX)) {
            return box.take().deadLetters();
        }
    }
}
