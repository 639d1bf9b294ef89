package dev.doorbuster.order.ledger;

import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.RABBITMQ;
import static dev.doorbuster.order.TestDatabase.await;
import static dev.doorbuster.order.ledger.Samples.counted;
import static dev.doorbuster.order.ledger.Samples.granted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.message.ClaimReleased;
import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.SaleCounted;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.message.SaleOpen;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.RecordingPublisher;
import dev.doorbuster.order.TestDatabase;
import dev.doorbuster.order.catalogue.Catalogue;
import dev.doorbuster.order.catalogue.Catalogue.CatalogueConfig;
import dev.doorbuster.order.catalogue.NewSale;
import dev.doorbuster.order.ledger.read.SaleSums;
import dev.doorbuster.order.ledger.read.WholeSaleReader;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.consume.AmqpConsumer;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import dev.doorbuster.runtime.amqp.consume.Subscription;
import dev.doorbuster.runtime.amqp.publish.AmqpPublisher;
import dev.doorbuster.runtime.amqp.publish.Publisher.Addressed;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.health.Health;
import dev.doorbuster.runtime.start.EventLoop;
import dev.doorbuster.runtime.trace.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ledger with its real queue: batches, invalid messages among them, and published messages. */
class LedgerOverAmqpIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES, RABBITMQ);

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String EDGE = "edge-1";

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final ConcurrentLinkedQueue<Element> heard = new ConcurrentLinkedQueue<>();
    private WholeSaleReader wholeSales;
    private SaleId sale;
    private BrokerConfig broker;
    private AmqpPublisher publisher;
    private final List<AmqpConsumer> consumers = new ArrayList<>();

    @BeforeEach
    void start() {
        TestDatabase database = TestDatabase.migrated(vertx, servers.postgres());
        Pool pool = database.pool();
        wholeSales = database.wholeSales();
        Catalogue catalogue = await(Catalogue.open(vertx, pool, CatalogueConfig.defaults()));
        SaleView made = await(catalogue.create(new NewSale(
                        "a lamp", 1999, "EUR", 1000, 1, null, null, 300, CounterKind.REDIS, false, null, 0, false)))
                .sale();
        sale = made.saleId();
        await(new Ledger(pool, database.config(), new RecordingPublisher(), new SimpleMeterRegistry(), Tracing.OFF)
                .handle(new MessageBatch(List.of(Message.of(sale, new SaleOpen(Instant.now()))))));
        broker = broker();
        publisher =
                await(AmqpPublisher.start(vertx, broker, "test", DoorbusterTopology.durable(), new Health(), metrics));
        var ledger = new Ledger(pool, database.config(), publisher, metrics, Tracing.OFF);
        consume(Subscription.to(DoorbusterTopology.ledger(sale.partition()), ledger));
        consume(Subscription.exclusive(() -> DoorbusterTopology.replies(EDGE), this::hear, () -> {}, () -> {}));
    }

    private BrokerConfig broker() {
        String host = "ledger-" + UUID.randomUUID();
        servers.rabbitmq().createVirtualHost(host);
        Map<String, String> variables = servers.rabbitmq().variables();
        variables.put("DOORBUSTER_RABBITMQ_VHOST", host);
        return BrokerConfig.fromEnv(new Environment(variables));
    }

    private void consume(Subscription subscription) {
        consumers.add(await(EventLoop.call(
                vertx,
                () -> AmqpConsumer.start(
                        vertx, broker, "test", List.of(subscription), publisher, new Health(), metrics))));
    }

    private Future<Void> hear(MessageBatch batch) {
        batch.messages().forEach(message -> heard.addAll(message.elements()));
        return Future.succeededFuture();
    }

    private <E extends Element> List<E> heard(Class<E> type) {
        return heard.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @AfterEach
    void stop() {
        consumers.forEach(consumer -> await(consumer.stop()));
        await(publisher.stop());
        await(vertx.close());
    }

    private Future<Void> publish(List<? extends Element> elements) {
        return publisher.publishAll(Message.split(sale, elements).stream()
                .map(message -> new Addressed(Route.command(message), message))
                .toList());
    }

    @Test
    void sellsTheStockAndAnswersEveryBuyer() {
        // Given
        List<OrderGranted> orders =
                IntStream.range(0, 3000).mapToObj(i -> counted("buyer-" + i, 1)).toList();
        var marker = new SaleMarker(UUID.randomUUID(), EDGE);
        // When
        await(publish(orders));
        await(publish(List.of(marker)));
        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(heard(SaleMarker.class)).containsExactly(marker));
        SaleSums sums = await(wholeSales.sums(sale));
        assertThat(sums.held()).isEqualTo(1000);
        assertThat(sums.safe()).isTrue();
        assertThat(heard(OrderAnswered.class))
                .extracting(OrderAnswered::orderId)
                .containsExactlyInAnyOrderElementsOf(
                        orders.stream().map(OrderGranted::orderId).toList());
    }

    @Test
    void keepsCulpritsFromTheirNeighbours() {
        // Given
        OrderGranted first = counted("alice", 1);
        OrderGranted unstorable = granted(UUID.randomUUID(), "a\0b", 1, true);
        OrderGranted unstorableToo = granted(UUID.randomUUID(), "c\0d", 1, true);
        var orders = new ArrayList<>(List.of(first, unstorable, unstorableToo));
        IntStream.range(0, 100).forEach(i -> orders.add(counted("buyer-" + i, 1)));
        consume(Subscription.to("dead-letters", this::hear));
        // When
        await(publish(orders));
        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(heard(OrderAnswered.class)).hasSize(101));
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(heard(OrderGranted.class)).containsExactlyInAnyOrder(unstorable, unstorableToo));
        assertThat(await(wholeSales.sums(sale)).held()).isEqualTo(101);
    }

    @Test
    void letsTheCounterKnowWhatItGotWrong() {
        // Given
        consume(Subscription.to(DoorbusterTopology.counts(sale.partition()), this::hear));
        consume(Subscription.to(DoorbusterTopology.claims(sale.partition()), this::hear));
        OrderGranted twice = counted("alice", 1);
        // When
        await(publish(List.of(counted("alice", 1), twice)));
        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(heard(ClaimReleased.class))
                        .containsExactly(new ClaimReleased(twice.orderId(), "alice", 1, CounterKind.REDIS)));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(heard(SaleCounted.class))
                        .containsExactly(new SaleCounted(2, 999, CounterKind.REDIS)));
    }
}
