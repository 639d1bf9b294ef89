package dev.doorbuster.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.cli.api.ApiClient;
import dev.doorbuster.cli.crowd.BuyerTokens;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.cli.system.SystemPlan;
import dev.doorbuster.devservices.Ports;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Sold-out refusals a second at the gate, beside a bare server that answers a constant 409, in alternation. Not part of
 * the tests: {@code ./mvnw -pl system-tests -am test -Dtest=GateBench -Dsurefire.failIfNoSpecifiedTests=false} after
 * {@code ./mvnw package -DskipTests}.
 */
class GateBench {
    private static final int CALLERS = 64;
    private static final int BUYERS = 20_000;
    private static final int ROUNDS = 5;
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration ROUND = Duration.ofSeconds(4);
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void refusalsAtTheGateBesideABareServer() throws Exception {
        Vertx vertx = Vertx.vertx();
        int barePort = Ports.free();
        Process bare = bareServer(barePort);
        try (RunningSystem system = TestSystem.start("gate-bench", new SystemPlan(1, 1, 1, false));
                TestSales sales = new TestSales(system)) {
            String path = soldOutSale(system, sales.operator());
            int port = system.orderServices().get(0).port();
            List<String> tokens = tokens(system);
            var loop = new ClosedLoop(vertx, CALLERS);
            double warm = get(loop.run(port, path, tokens, 409, WARM_UP))
                    + get(loop.run(barePort, path, tokens, 409, WARM_UP));
            assertThat(warm).isPositive();
            measure(loop, port, barePort, path, tokens);
        } finally {
            bare.destroy();
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static void measure(ClosedLoop loop, int port, int barePort, String path, List<String> tokens)
            throws Exception {
        var gate = new ArrayList<Double>();
        var constant = new ArrayList<Double>();
        for (int round = 0; round < ROUNDS; round++) {
            gate.add(get(loop.run(port, path, tokens, 409, ROUND)));
            constant.add(get(loop.run(barePort, path, tokens, 409, ROUND)));
            System.out.printf(
                    "round %d: gate %,.0f/s, bare %,.0f/s%n", round + 1, gate.get(round), constant.get(round));
        }
        System.out.printf(
                "median: gate %,.0f/s, bare %,.0f/s, ratio %.2f%n",
                median(gate), median(constant), median(gate) / median(constant));
    }

    /** As many buyers as a crowd has, so that no one's rate is exceeded and no cache flatters. */
    private static List<String> tokens(RunningSystem system) {
        var tokens = new BuyerTokens(system.secrets().jwtSecret());
        Instant now = Instant.now();
        return IntStream.range(0, BUYERS)
                .mapToObj(i -> tokens.mint("g-" + i, now))
                .toList();
    }

    private static String soldOutSale(RunningSystem system, ApiClient operator) throws Exception {
        String sale = TestSales.create(operator, new TestSales.Plan("redis", 1, 1, 1));
        String path = "/api/sales/" + sale + "/orders";
        var buyer = ApiClient.withToken(
                system.orderServices().get(0).http(),
                new BuyerTokens(system.secrets().jwtSecret()).mint("first", Instant.now()));
        String order =
                buyer.post(path, java.util.Map.of("quantity", 1)).get("id").asText();
        await().atMost(SOON)
                .until(() ->
                        buyer.get("/api/orders/" + order).get("status").asText().equals("RESERVED"));
        await().atMost(SOON)
                .until(() ->
                        buyer.get("/api/sales/" + sale).get("state").asText().equals("SOLD_OUT"));
        return path;
    }

    private static Process bareServer(int port) throws IOException {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                BareServer.class.getName(),
                Integer.toString(port));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
        await().atMost(SOON).until(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
                return true;
            } catch (IOException notYet) {
                return false;
            }
        });
        return process;
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
    }
}
