package dev.doorbuster.systemtests.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.cli.system.plan.SystemPlan;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageCodec;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.topology.DeadLetter;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.crowd.client.ApiClient;
import dev.doorbuster.crowd.client.BuyerTokens;
import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.Servers;
import dev.doorbuster.devservices.rabbitmq.RabbitServer;
import dev.doorbuster.devservices.support.Credentials;
import dev.doorbuster.systemtests.RoomBuyer;
import dev.doorbuster.systemtests.TestSystem;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The running system and its operator. */
final class Shop implements AutoCloseable {
    private static final int PERSISTENT = 2;
    private static Shop shared;

    private final RunningSystem system;
    private final ApiClient operator;

    private Shop(RunningSystem system, ApiClient operator) {
        this.system = system;
        this.operator = operator;
    }

    /**
     * The system that the classes of this JVM share, with a race lab and mails; it ends with the JVM. A test must leave all processes
     * running and must expect sales and orders of other tests.
     */
    static synchronized Shop shared() throws InterruptedException {
        if (shared == null) {
            var smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
            smtp.start();
            Map<String, String> mails = Map.of(
                    "DOORBUSTER_EMAIL_ENABLED", "true",
                    "DOORBUSTER_SMTP_HOST", "127.0.0.1",
                    "DOORBUSTER_SMTP_PORT", Integer.toString(smtp.getSmtp().getPort()),
                    "DOORBUSTER_SMTP_TLS", "none");
            SystemPlan plan = new SystemPlan(1, 1, 1, false).withRaceLab().with(mails);
            shared = open("pages-" + ProcessHandle.current().pid(), plan);
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close, "discard-shared-shop"));
        }
        return shared;
    }

    /** A system of its own, which the caller closes. */
    static Shop open(String name, SystemPlan plan) throws InterruptedException {
        RunningSystem system = TestSystem.start(TestSystem.distribution(name), plan);
        var operator = system.secrets().operator();
        URI address = system.orderServices().get(0).http();
        return new Shop(system, ApiClient.login(address, operator.user(), operator.password()));
    }

    ApiClient operator() {
        return operator;
    }

    /** Of the sales that a page may list: tests write them in English. */
    List<String> titles() throws InterruptedException {
        List<String> titles = new ArrayList<>(operator.get("/api/sales").findValuesAsText("title"));
        titles.addAll(operator.get("/api/drafts").findValuesAsText("title"));
        return titles;
    }

    URI address() {
        return system.orderServices().get(0).http();
    }

    Servers servers() {
        return system.servers();
    }

    String operatorPassword() {
        return system.secrets().operator().password();
    }

    RunningService notifier() {
        return system.notifier();
    }

    RunningService decider() {
        return system.stockServices().get(0);
    }

    /** Opens a sale at once; some fields replaced, as name, value, and so on. Returns its id. */
    String sale(String title, long stock, Object... replaced) throws InterruptedException {
        Map<String, Object> sale = new HashMap<>(Map.of(
                "title",
                title,
                "priceCents",
                4900,
                "currency",
                "EUR",
                "stock",
                stock,
                "perBuyerLimit",
                1,
                "holdSeconds",
                600,
                "counter",
                "redis"));
        for (int i = 0; i < replaced.length; i += 2) {
            sale.put((String) replaced[i], replaced[i + 1]);
        }
        return operator.post("/api/sales", sale).get("saleId").asText();
    }

    /** Waits until the list of sales, which is cached, has this one. */
    void awaitListed(String sale) throws InterruptedException {
        ApiClient anyone = ApiClient.withToken(address(), null);
        await().atMost(Screen.SEEN_MAX)
                .until(() -> anyone.list("/api/sales", "sales").stream()
                        .anyMatch(each -> each.get("saleId").asText().equals(sale)));
    }

    static String in(Duration time) {
        return Instant.now().plus(time).toString();
    }

    /** A buyer's token, without a browser. */
    ApiClient buyer(String name) throws InterruptedException {
        String token = ApiClient.withToken(address(), null)
                .post("/api/sessions", Map.of("name", name))
                .get("token")
                .asText();
        return ApiClient.withToken(address(), token);
    }

    /** Takes that many places in the waiting room of a sale, for buyers without browsers. */
    void fillRoom(String sale, int buyers) throws InterruptedException {
        var tokens = new BuyerTokens(system.secrets().jwtSecret());
        for (int i = 0; i < buyers; i++) {
            JsonNode place = ApiClient.withToken(notifier().http(), tokens.mint("waits-" + i, Instant.now()))
                    .post("/api/sales/" + sale + "/waiting-room/place", Map.of());
            assertThat(place.get("place").asText()).isNotEqualTo("NOT_HERE");
        }
    }

    /** Buys one unit of an open sale with a waiting room, without a browser; returns the order's id. */
    String buyInTurn(String sale, String name) throws InterruptedException {
        var buyer = new RoomBuyer(address(), notifier().http(), system.secrets().jwtSecret(), sale, name);
        await().atMost(Screen.SEEN_MAX)
                .until(() -> buyer.join().getString("place").equals("ADMITTED"));
        return buyer.order(buyer.join().getString("pass")).orElseThrow().json().getString("id");
    }

    /** Opens a scheduled sale with a waiting room; returns once the room admits. */
    void openRoom(String sale) throws InterruptedException {
        JsonNode unused = operator.patch("/api/sales/" + sale, Map.of("opensAt", in(Duration.ofSeconds(1))));
        ApiClient anyone = ApiClient.withToken(notifier().http(), null);
        await().atMost(Screen.SEEN_MAX)
                .until(() -> anyone.get("/api/sales/" + sale + "/waiting-room")
                        .get("phase")
                        .asText()
                        .equals("OPEN"));
    }

    /** Buys one unit and waits for it; returns the order's id. */
    @CanIgnoreReturnValue
    String order(String name, String sale) throws InterruptedException {
        ApiClient buyer = buyer(name);
        String id = buyer.post("/api/sales/" + sale + "/orders", Map.of("quantity", 1))
                .get("id")
                .asText();
        await().atMost(Screen.SEEN_MAX)
                .until(() ->
                        buyer.get("/api/orders/" + id).get("status").asText().equals("RESERVED"));
        return id;
    }

    /** Publishes orders as an edge does, in one message. */
    void publish(String sale, OrderPlaced... orders) throws Exception {
        Message message = Message.of(new SaleId(sale), List.of(orders));
        Route route = Route.entrance(message.sale());
        var properties = new AMQP.BasicProperties.Builder()
                .type(message.type().wireName())
                .messageId(message.id().toString())
                .timestamp(Date.from(message.sentAt()))
                .contentType(MessageCodec.CONTENT_TYPE)
                .deliveryMode(PERSISTENT)
                .build();
        publish(route, properties, MessageCodec.encode(message));
    }

    /**
     * Publishes an order to the dead letters, as a decider that refuses it does, with the given route. Returns its
     * id.
     */
    @CanIgnoreReturnValue
    String setAside(OrderPlaced order, Route origin, String sale) throws Exception {
        Message message = Message.of(new SaleId(sale), List.of(order));
        var letter = new DeadLetter(
                DoorbusterTopology.orders(message.sale().partition()),
                DeadLetter.Cause.REFUSED,
                "the test wants it so",
                origin,
                Instant.now(),
                1,
                0);
        var properties = new AMQP.BasicProperties.Builder()
                .type(message.type().wireName())
                .messageId(message.id().toString())
                .deliveryMode(PERSISTENT)
                .headers(letter.headers())
                .build();
        publish(new Route("", DoorbusterTopology.DEAD_LETTERS_QUEUE), properties, MessageCodec.encode(message));
        return message.id().toString();
    }

    private void publish(Route route, AMQP.BasicProperties properties, byte[] body) throws Exception {
        RabbitServer broker = system.servers().rabbitmq();
        var factory = new ConnectionFactory();
        factory.setHost(broker.host());
        factory.setPort(broker.port());
        factory.setUsername(broker.user().user());
        factory.setPassword(broker.user().password());
        try (Connection connection = factory.newConnection()) {
            Channel channel = connection.createChannel();
            var unused = channel.confirmSelect();
            channel.basicPublish(route.exchange(), route.routingKey(), properties, body);
            channel.waitForConfirmsOrDie(Screen.SEEN_MAX.toMillis());
        }
    }

    /** The current number of dead letters. */
    int deadLetters() throws InterruptedException {
        return operator.get("/api/dead-letters").get("letters").size();
    }

    /** Settings of a race lab on the same servers, with a role of its own. */
    Map<String, String> raceLabVariables() {
        Servers servers = system.servers();
        Credentials role = Credentials.generate("doorbuster_race_lab");
        servers.postgres().grantOwnSchema(role);
        var variables = new HashMap<>(Map.of(
                "DOORBUSTER_HTTP_PORT",
                "0",
                "DOORBUSTER_MANAGEMENT_PORT",
                "0",
                "DOORBUSTER_JWT_SECRET",
                system.secrets().jwtSecret(),
                "DOORBUSTER_LEARN_PASSWORD",
                "of-the-lessons",
                "DOORBUSTER_DB_USER",
                role.user(),
                "DOORBUSTER_DB_PASSWORD",
                role.password()));
        address(variables, "DOORBUSTER_DB", servers.postgres());
        address(variables, "DOORBUSTER_REDIS", servers.redis());
        address(variables, "DOORBUSTER_MEMCACHED", servers.memcached());
        return variables;
    }

    private static void address(Map<String, String> variables, String of, RealServer server) {
        variables.put(of + "_HOST", server.host());
        variables.put(of + "_PORT", Integer.toString(server.port()));
    }

    /** Discards all, as another operator does; repeats while the page's own request holds some of them. */
    void throwDeadLettersAway() {
        await().atMost(Screen.SEEN_MAX)
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .until(() -> {
                    for (JsonNode letter : operator.get("/api/dead-letters").get("letters")) {
                        JsonNode unused = operator.post(
                                "/api/dead-letters/" + letter.get("lies").asText() + "/discard",
                                Map.of("ids", List.of(letter.get("id").asText())));
                    }
                    JsonNode left = operator.get("/api/dead-letters");
                    return left.get("complete").asBoolean()
                            && left.get("letters").isEmpty();
                });
    }

    @Override
    public void close() {
        system.discard();
    }
}
