package dev.doorbuster.order.edge;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.RABBITMQ;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static dev.doorbuster.order.edge.RunningEdge.sale;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.devservices.net.Ports;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HashSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Limits of connections, and edges that share a port. */
class ConnectionsIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES, RABBITMQ, REDIS, MEMCACHED);

    private static final String WAIT = "Prefer: wait=20";

    private final Vertx vertx = Vertx.vertx();
    private RunningEdge edge;

    @AfterEach
    void stop() {
        edge.stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void closesAConnectionThatNeverFinishesItsFirstHeader() throws IOException {
        // Given
        start("edge.http.firstRequestMax", "300");
        try (Socket slow = edge.http.open()) {
            // When
            slow.getOutputStream().write("GET /api/sales HTTP/1.1\r\nX-Slow: ".getBytes(US_ASCII));

            // Then
            await().ignoreExceptions().until(() -> {
                slow.getOutputStream().write('z');
                return slow.getInputStream().read() < 0;
            });
        }
    }

    @Test
    void closesAConnectionThatNeverFinishesItsBody() throws IOException {
        // Given
        start("edge.http.bodyMax", "300");
        SaleId sale = edge.create(sale());
        String head = "POST /api/sales/" + sale + "/orders HTTP/1.1\r\nHost: x\r\n"
                + RunningEdge.bearer("slow", "buyer") + "\r\n" + RunningEdge.JSON + "\r\nContent-Length: 14\r\n\r\n{";
        try (Socket slow = edge.http.open()) {
            // When
            slow.getOutputStream().write(head.getBytes(US_ASCII));

            // Then
            assertThat(slow.getInputStream().read()).isNegative();
        }
    }

    @Test
    void closesAnIdleConnectionButNotOneThatWaitsForADecision() throws IOException {
        // Given
        start("DOORBUSTER_HTTP_KEEP_ALIVE_MS", "500");
        SaleId sale = edge.create(sale());
        edge.decider.pause();
        try (Socket waiting = edge.http.open();
                Socket idle = edge.http.open()) {
            idle.getOutputStream().write("GET /api/sales HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
            waiting.getOutputStream()
                    .write(edge.bytes(
                            sale, "{\"quantity\":1}", RunningEdge.bearer("waiting", "buyer"), RunningEdge.JSON, WAIT));

            // When
            assertThat(RawHttp.read(idle.getInputStream()).status()).isEqualTo(200);
            assertThat(idle.getInputStream().read()).isNegative();
            edge.decider.resume();

            // Then
            assertThat(RawHttp.read(waiting.getInputStream()).status()).isEqualTo(201);
        }
    }

    /** Each response would stay in memory until its client reads. */
    @Test
    void aClientThatDoesNotReadGetsFewResponsesAndIsClosed() throws IOException {
        // Given
        start("DOORBUSTER_HTTP_KEEP_ALIVE_MS", "500");
        int requests = 3000;
        int length = edge.http.send("GET", "/openapi.yaml", null).body().length();
        try (Socket deaf = edge.http.open()) {
            // When
            deaf.getOutputStream()
                    .write("GET /openapi.yaml HTTP/1.1\r\nHost: x\r\n\r\n"
                            .repeat(requests)
                            .getBytes(US_ASCII));
            await().until(() -> edge.metrics
                            .get("doorbuster.http.connections.timed.out")
                            .counter()
                            .count()
                    >= 1);

            // Then
            assertThat(readToTheEnd(deaf)).isLessThan((long) requests * length / 10);
        }
    }

    /** Number of bytes until the server closes the connection. */
    private static long readToTheEnd(Socket socket) {
        long all = 0;
        var bytes = new byte[100_000];
        try {
            for (int read = 0; read >= 0; read = socket.getInputStream().read(bytes)) {
                all += read;
            }
        } catch (SocketException e) {
            // reset, because the server had not read all requests
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    @Test
    void takesOnlySoManyConnections() throws IOException {
        // Given
        start("DOORBUSTER_HTTP_CONNECTIONS_MAX", "5");
        var open = new ArrayList<Socket>();
        for (int i = 0; i < 5; i++) {
            Socket socket = edge.http.open();
            socket.getOutputStream().write("GET /api/sales HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
            assertThat(RawHttp.read(socket.getInputStream()).status()).isEqualTo(200);
            open.add(socket);
        }

        // When
        try (Socket oneTooMany = edge.http.open()) {
            // Then
            assertThat(oneTooMany.getInputStream().read()).isNegative();
        }
        for (Socket socket : open) {
            socket.close();
        }
        await().ignoreExceptions()
                .until(() -> edge.http.send("GET", "/api/sales", null).status() == 200);
    }

    @Test
    void keepsAConnectionForOneRequestAfterAnother() throws IOException {
        // Given
        start();
        SaleId sale = edge.create(sale("stock", 2));
        try (Socket socket = edge.http.open()) {
            // When
            var statuses = new ArrayList<Integer>();
            for (int i = 0; i < 4; i++) {
                socket.getOutputStream()
                        .write(edge.bytes(
                                sale,
                                "{\"quantity\":1}",
                                RunningEdge.bearer("buyer-" + i, "buyer"),
                                RunningEdge.JSON,
                                WAIT));
                statuses.add(RawHttp.read(socket.getInputStream()).status());
            }

            // Then
            assertThat(statuses).containsExactly(201, 201, 409, 409);
        }
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() throws IOException {
        // Given
        start();
        String first = "GET /api/sales HTTP/1.1\r\nHost: x\r\n\r\n";
        String second = "GET /api/nothing HTTP/1.1\r\nHost: x\r\n\r\n";
        try (Socket socket = edge.http.open()) {
            // When
            socket.getOutputStream().write((first + second + first).getBytes(US_ASCII));

            // Then
            assertThat(RawHttp.read(socket.getInputStream()).status()).isEqualTo(200);
            assertThat(RawHttp.read(socket.getInputStream()).status()).isEqualTo(404);
            assertThat(RawHttp.read(socket.getInputStream()).status()).isEqualTo(200);
        }
    }

    @Test
    void runsSeveralEdgesBehindOnePort() throws IOException {
        // Given
        start("DOORBUSTER_EDGE_INSTANCES", "3", "DOORBUSTER_HTTP_PORT", Integer.toString(Ports.free()));
        SaleId sale = edge.create(sale());

        // When
        for (int i = 0; i < 12; i++) {
            assertThat(edge.order(sale, "buyer-" + i, 1, WAIT).status()).isEqualTo(201);
        }

        // Then
        var addresses = new HashSet<String>();
        edge.decider.seen(sale).forEach(order -> addresses.add(order.edgeId()));
        assertThat(addresses).hasSize(3);
    }

    @Test
    void answersPendingRequestsBeforeItStops() throws Exception {
        // Given
        start();
        SaleId sale = edge.create(sale());
        edge.decider.pause();
        try (Socket socket = edge.http.open()) {
            socket.getOutputStream()
                    .write(edge.bytes(
                            sale, "{\"quantity\":1}", RunningEdge.bearer("held", "buyer"), RunningEdge.JSON, WAIT));
            await().until(() -> edge.decider.seen(sale).size() == 1);

            // When
            var stopping = edge.service.stop();

            // Then
            assertThat(RawHttp.read(socket.getInputStream()).status()).isEqualTo(202);
            stopping.toCompletionStage().toCompletableFuture().get();
        } finally {
            edge.decider.resume();
        }
    }

    /** Such a request is in progress, but not pending. */
    @Test
    void answersWhatIsUnderWayBeforeItStops() throws Exception {
        // Given
        start("edge.verification.markerMax", "1500");
        SaleId sale = edge.create(sale());
        edge.decider.pause();
        try (Socket socket = edge.http.open();
                Socket late = edge.http.open()) {
            socket.getOutputStream()
                    .write(("GET /api/sales/" + sale + "/verification HTTP/1.1\r\nHost: shop\r\n"
                                    + RunningEdge.operator() + "\r\n\r\n")
                            .getBytes(US_ASCII));
            await().until(() -> edge.decider.markers() > 0);

            // When
            var stopping = edge.service.stop();

            RawHttp.Answer refused = await().until(
                            () -> {
                                late.getOutputStream()
                                        .write("GET /api/sales HTTP/1.1\r\nHost: shop\r\n\r\n".getBytes(US_ASCII));
                                return RawHttp.read(late.getInputStream());
                            },
                            answer -> answer.status() == 503);

            // Then
            assertThat(refused.header("Retry-After")).isNotNull();
            assertThat(RawHttp.read(socket.getInputStream()).status()).isEqualTo(200);
            stopping.toCompletionStage().toCompletableFuture().get();
        } finally {
            edge.decider.resume();
        }
    }

    /** The request may have been sent before the stop and not read yet, because the event loop is busy. */
    @Test
    void answersWhatItsClientsHadSentWhenItStopped() throws Exception {
        // Given
        start("edge.http.stopQuiet", "2000");
        try (Socket socket = edge.http.open()) {
            socket.getOutputStream().write("GET /api/sales HTTP/1.1\r\nHost: shop\r\n\r\n".getBytes(US_ASCII));
            assertThat(RawHttp.read(socket.getInputStream()).status()).isEqualTo(200);

            // When
            var stopping = edge.service.stop();
            socket.getOutputStream().write("GET /api/sales HTTP/1.1\r\nHost: shop\r\n\r\n".getBytes(US_ASCII));

            // Then
            assertThat(RawHttp.read(socket.getInputStream()).status()).isIn(200, 503);
            stopping.toCompletionStage().toCompletableFuture().get();
        }
    }

    /** A stalled broker confirms nothing, neither the batch in flight nor those waiting behind it. */
    @Test
    void answersUnconfirmedRequestsBeforeItStops() throws Exception {
        // Given
        start("edge.placement.drainMax", "300");
        SaleId sale = edge.create(sale());
        servers.rabbitmq().pause();
        try (Socket first = edge.http.open();
                Socket second = edge.http.open()) {
            for (Socket socket : new Socket[] {first, second}) {
                String buyer = RunningEdge.bearer("buyer " + socket.getLocalPort(), "buyer");
                socket.getOutputStream().write(edge.bytes(sale, "{\"quantity\":1}", buyer, RunningEdge.JSON, WAIT));
            }
            await().until(() ->
                    edge.metrics.get("doorbuster.held.requests").gauge().value() == 2);

            // When
            var stopping = edge.service.stop();

            // Then
            assertThat(RawHttp.read(first.getInputStream()).slug()).isEqualTo("outcome-unknown");
            assertThat(RawHttp.read(second.getInputStream()).slug()).isEqualTo("outcome-unknown");
            servers.rabbitmq().resume();
            stopping.toCompletionStage().toCompletableFuture().get();
        } finally {
            servers.rabbitmq().resume();
        }
    }

    private void start(String... settings) {
        edge = RunningEdge.start(vertx, servers, settings);
    }
}
