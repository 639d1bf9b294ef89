package dev.doorbuster.order.edge.order;

import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.order.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.TestDatabase;
import dev.doorbuster.order.catalogue.Catalogue;
import dev.doorbuster.order.catalogue.Catalogue.CatalogueConfig;
import dev.doorbuster.order.catalogue.ListPage;
import dev.doorbuster.order.catalogue.ListPage.ListPosition;
import dev.doorbuster.order.catalogue.OrderFilter;
import dev.doorbuster.order.database.Statements;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.ledger.read.LedgerReader;
import dev.doorbuster.runtime.http.Problem;
import dev.doorbuster.runtime.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Exports of a sale with 100,000 orders, to clients that read fast, slowly, or not at all. */
class OrderExportIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES);

    private static final int ORDERS = 100_000;
    private static final int PAGES = ORDERS / CatalogueConfig.defaults().ordersMax();
    /** The smallest queue that is full with one byte and not full without. */
    private static final int WRITE_QUEUE_BYTES = 2;

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SALE = "exportexportexpo";
    private static final Vertx VERTX = Vertx.vertx();

    private static final String NEW_SALE = """
            INSERT INTO sales (id, title, price_cents, currency, stock, per_buyer_limit, opens_at, hold_seconds, counter, state)
            VALUES ('%s', 'Many lamps', 1999, 'EUR', 1000000, 1, now(), 60, 'redis', 'OPEN')""".formatted(SALE);
    private static final String NEW_ORDERS = """
            INSERT INTO orders (id, sale_id, buyer, quantity, idempotency_key, request_id, accepted, counted,
                                per_buyer_limit, status, total_cents, placed_at, decided_at, hold_expires_at)
            SELECT md5(n::text)::uuid, '%s', 'buyer-' || n, 1, 'key', md5(n::text)::uuid, true, true, 1, 'RESERVED', 1999,
                   now() - n / 3 * interval '1 ms', now(), now() + interval '1 hour'
            FROM generate_series(1, %d) AS n""".formatted(SALE, ORDERS);

    private final AtomicInteger pagesRead = new AtomicInteger();
    private final AtomicInteger pagesBesideAnother = new AtomicInteger();
    private final List<HttpServerResponse> responses = new CopyOnWriteArrayList<>();

    private HttpServer server;
    /** Read before the request, if it is present. */
    private volatile Optional<ListPage<OrderView>> firstPage = Optional.empty();

    private static Pool pool;
    private static Catalogue catalogue;
    private static LedgerReader reader;

    @BeforeAll
    static void fill() {
        TestDatabase database = TestDatabase.migrated(VERTX, servers.postgres());
        Pool owners = database.patientOwnersPool();
        await(owners.query(NEW_SALE).execute());
        await(owners.query(NEW_ORDERS).execute());
        await(owners.close());
        pool = database.pool();
        catalogue = await(Catalogue.open(VERTX, pool, CatalogueConfig.defaults()));
        reader = new LedgerReader(new Statements(pool, database.config()));
    }

    @AfterAll
    static void close() {
        await(catalogue.close());
        await(pool.close());
        await(VERTX.close());
    }

    @BeforeEach
    void serve() {
        server = serve(OrderExports.TIME_MAX);
    }

    private HttpServer serve(Duration timeMax) {
        var exports = new OrderExports(VERTX, new SaleOrders(reader::sale, this::page), timeMax);
        Router router = Router.router(VERTX);
        router.route("/:saleId").handler(context -> {
            context.response().setWriteQueueMaxSize(WRITE_QUEUE_BYTES);
            responses.add(context.response());
            exports.handle(new ApiRequest(context, null, null));
        });
        router.route().failureHandler(OrderExportIT::failed);
        return await(VERTX.createHttpServer(new HttpServerOptions().setSendBufferSize(16 * 1024))
                .requestHandler(router)
                .listen(0, "127.0.0.1"));
    }

    private static void failed(RoutingContext context) {
        Problem problem = context.failure() instanceof ProblemException known
                ? known.problem()
                : ProblemType.INTERNAL_ERROR.problem();
        problem.send(context.response());
    }

    /** The queue is full as long as the socket has not taken the previous page as a whole. */
    private Future<ListPage<OrderView>> page(OrderFilter filter, Optional<ListPosition> after) {
        pagesRead.incrementAndGet();
        if (after.isEmpty() && firstPage.isPresent()) {
            return Future.succeededFuture(firstPage.get());
        }
        return catalogue.orders(filter, after).onSuccess(page -> {
            if (after.isPresent() && responses.get(0).writeQueueFull()) {
                pagesBesideAnother.incrementAndGet();
            }
        });
    }

    @Test
    void holdsOnePageOfAHundredThousandOrders() throws Exception {
        // When
        HttpResponse<InputStream> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path()))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        List<String> lines = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();

        // Then
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8; header=present");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"orders-" + SALE + ".csv\"");
        assertThat(lines).hasSize(ORDERS + 1).doesNotHaveDuplicates();
        assertThat(pagesRead).hasValue(PAGES);
        assertThat(pagesBesideAnother).hasValue(0);
    }

    @Test
    void readsNoFurtherPageForAClientThatDoesNotRead() throws IOException {
        try (Socket client = asking()) {
            // When
            awaitStalled(1);
            int before = pagesRead.get();

            // Then
            assertThat(before).isLessThan(PAGES / 2);
            long lines = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains("," + SALE + ","))
                    .count();
            assertThat(lines).isEqualTo(ORDERS);
            assertThat(pagesRead).hasValue(PAGES);
            assertThat(pagesBesideAnother).hasValue(0);
        }
    }

    @Test
    void endsAnExportWhoseClientIsGone() throws IOException {
        // Given
        Socket client = asking();
        awaitStalled(1);

        // When
        client.close();

        // Then
        await().atMost(SOON).until(() -> responses.get(0).closed());
        assertThat(pagesRead).hasValueLessThan(PAGES);
    }

    @Test
    void limitsTheExportsAtOnce() throws IOException {
        // Given
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < OrderExports.RUNNING_MAX; i++) {
            clients.add(asking());
        }
        awaitStalled(OrderExports.RUNNING_MAX);

        // When
        String refused;
        try (Socket further = asking()) {
            refused = statusLine(further);
        }
        clients.get(0).close();
        await().atMost(SOON).until(() -> responses.get(0).closed());

        // Then
        assertThat(refused).startsWith("HTTP/1.1 503 ");
        await().atMost(SOON).until(() -> {
            try (Socket next = asking()) {
                return statusLine(next).startsWith("HTTP/1.1 200 ");
            }
        });
        for (Socket client : clients) {
            client.close();
        }
    }

    @Test
    void endsAnExportThatTakesTooLong() throws IOException {
        // Given
        server = serve(Duration.ofMillis(500));
        var all = new OrderFilter(
                Optional.of(new SaleId(SALE)), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        firstPage = Optional.of(await(catalogue.orders(all, Optional.empty())));

        // When
        String read;
        try (Socket client = asking()) {
            await().atMost(SOON)
                    .until(() -> !responses.isEmpty() && responses.get(0).closed());
            read = new String(allUntilTheEnd(client), StandardCharsets.UTF_8);
        }

        // Then: the last chunk is missing
        assertThat(read).startsWith("HTTP/1.1 200 ").doesNotEndWith("\r\n0\r\n\r\n");
        assertThat(pagesRead).hasValueLessThan(PAGES);
    }

    private static byte[] allUntilTheEnd(Socket client) {
        var all = new ByteArrayOutputStream();
        try {
            client.getInputStream().transferTo(all);
        } catch (IOException reset) {
            // A closed connection may also be reset.
            assertThat(reset).hasMessageContaining("reset");
        }
        return all.toByteArray();
    }

    private void awaitStalled(int exports) {
        await().atMost(SOON)
                .until(() -> responses.size() >= exports
                        && responses.stream().limit(exports).allMatch(HttpServerResponse::writeQueueFull));
    }

    private static String statusLine(Socket client) throws IOException {
        return new String(client.getInputStream().readNBytes(16), StandardCharsets.US_ASCII);
    }

    private static String path() {
        return "/" + SALE + "?format=csv";
    }

    private Socket asking() throws IOException {
        var client = new Socket();
        client.setReceiveBufferSize(16 * 1024);
        client.setSoTimeout(Math.toIntExact(SOON.toMillis()));
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.actualPort()));
        client.getOutputStream()
                .write(("GET " + path() + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return client;
    }
}
