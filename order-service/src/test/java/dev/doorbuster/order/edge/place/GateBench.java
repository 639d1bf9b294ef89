package dev.doorbuster.order.edge.place;

import dev.doorbuster.contracts.message.CounterKind;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageCodec;
import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.contracts.message.SaleState;
import dev.doorbuster.contracts.message.SaleView;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.order.edge.auth.AuthConfig;
import dev.doorbuster.order.edge.auth.Role;
import dev.doorbuster.order.edge.auth.Tokens;
import dev.doorbuster.order.edge.http.ApiDocument;
import dev.doorbuster.order.edge.http.ApiOperation;
import dev.doorbuster.order.edge.http.ApiServer;
import dev.doorbuster.order.edge.http.HttpConfig;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.edge.rate.RateLimit;
import dev.doorbuster.order.edge.sale.SaleBoard;
import dev.doorbuster.order.edge.sale.SaleBoardConfig;
import dev.doorbuster.runtime.amqp.Publisher;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.start.EventLoop;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many sold-out refusals one event loop tells in a second, beside a server that answers every request with the same
 * constant 409 and looks at nothing, and how many orders it takes in where the broker confirms at once. Client and servers share a JVM, so only the ratio means something. By hand:
 * {@code java -cp ... dev.doorbuster.order.edge.place.GateBench [seconds] [connections]}.
 */
final class GateBench {
    private static final SaleId SALE = new SaleId("abcdefghijklmnop");
    private static final int ROUNDS = 5;
    private static final int BUYERS = 20_000;

    private final Vertx vertx = Vertx.vertx();
    private final Tokens tokens = new Tokens(
            vertx,
            AuthConfig.fromEnv(
                    new Environment(Map.of("DOORBUSTER_JWT_SECRET", "a secret of this bench, long enough")), true),
            Clock.systemUTC());

    private GateBench() {}

    public static void main(String[] arguments) throws InterruptedException {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        int connections = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 64;
        var bench = new GateBench();
        HttpServer bare = bench.serve(request -> {
            request.response()
                    .setStatusCode(409)
                    .putHeader("Content-Type", "application/problem+json")
                    .end(ProblemType.SOLD_OUT.body());
        });
        StormGate gate = bench.gate();
        HttpServer gated = bench.serve(request -> {
            if (!gate.refuses(request)) {
                request.response().setStatusCode(500).end();
            }
        });
        int accepting = bench.accepting();
        for (int round = 0; round < ROUNDS; round++) {
            long constant = bench.load(bare.actualPort(), connections, seconds, "409");
            long refused = bench.load(gated.actualPort(), connections, seconds, "409");
            long accepted = bench.load(accepting, connections, seconds, "202");
            System.out.printf(
                    "constant %d/s, gate %d/s (%.2f), accepted %d/s (%.2f)%n",
                    constant, refused, (double) refused / constant, accepted, (double) accepted / constant);
        }
        bench.vertx.close();
    }

    private HttpServer serve(io.vertx.core.Handler<HttpServerRequest> handler) {
        return vertx.createHttpServer(new HttpServerOptions())
                .requestHandler(handler)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private StormGate gate() {
        var soldOut = new SaleView(
                SALE, "t", 1, "EUR", 10, 10, 1, Instant.EPOCH, null, 60, CounterKind.REDIS, SaleState.SOLD_OUT, 1);
        SaleBoardConfig config = SaleBoardConfig.fromEnv(new Environment(Map.of()));
        var board = new SaleBoard(
                vertx,
                config,
                System::nanoTime,
                () -> Future.succeededFuture(List.of(soldOut)),
                id -> Future.succeededFuture(Optional.of(soldOut)));
        board.start().toCompletionStage().toCompletableFuture().join();
        return new StormGate(
                board,
                config.soldOutFreshMax(),
                System::nanoTime,
                tokens,
                new RateLimit(1_000_000, 1_000_000, BUYERS, System::nanoTime),
                new Keys(),
                new PlaceMetrics(new SimpleMeterRegistry(), 0));
    }

    /** The whole way of an accepted order, with a broker that confirms at once. */
    private int accepting() {
        var open = new SaleView(
                SALE, "t", 1, "EUR", 10, 0, 1, Instant.EPOCH, null, 60, CounterKind.REDIS, SaleState.OPEN, 1);
        SaleBoardConfig config = SaleBoardConfig.fromEnv(new Environment(Map.of()));
        PlaceConfig place = PlaceConfig.fromEnv(new Environment(
                Map.of("DOORBUSTER_BUYER_RATE_PER_SECOND", "1000000", "DOORBUSTER_BUYER_RATE_BURST", "1000000")));
        return EventLoop.call(vertx, () -> {
                    var board = new SaleBoard(
                            vertx,
                            config,
                            System::nanoTime,
                            () -> Future.succeededFuture(List.of(open)),
                            id -> Future.succeededFuture(Optional.of(open)));
                    var desk = new OrderDesk(
                            vertx,
                            Clock.systemUTC(),
                            System::nanoTime,
                            place,
                            config,
                            board,
                            tokens,
                            new OrderIds("a secret of this bench, long enough"),
                            new Lookups(vertx, place, ids -> Future.succeededFuture(Map.of())),
                            new Confirming(vertx),
                            () -> "edge",
                            new PlaceMetrics(new SimpleMeterRegistry(), 0));
                    return board.start().compose(v -> ApiDocument.load(vertx)).compose(document -> {
                        var operations = new HashMap<String, ApiOperation>();
                        document.contract()
                                .operations()
                                .forEach(operation -> operations.put(operation.getOperationId(), request -> {}));
                        operations.put("placeOrder", desk.placing());
                        return ApiServer.start(
                                vertx,
                                HttpConfig.fromEnv(new Environment(Map.of("DOORBUSTER_HTTP_PORT", "0"))),
                                1,
                                document,
                                tokens,
                                operations,
                                desk::refuses,
                                new SimpleMeterRegistry());
                    });
                })
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .port();
    }

    /** Encodes what it is given, as the real one does, and confirms on the next turn of the loop. */
    private record Confirming(Vertx vertx) implements Publisher {
        @Override
        public Future<Void> publish(Route route, Message message) {
            byte[] body = MessageCodec.encode(message);
            Promise<Void> confirmed = Promise.promise();
            vertx.getOrCreateContext().runOnContext(v -> {
                if (body.length > 0) {
                    confirmed.complete();
                }
            });
            return confirmed.future();
        }

        @Override
        public void tell(Route route, Message message) {}

        @Override
        public boolean isOpen() {
            return true;
        }
    }

    private long load(int port, int connections, int seconds, String status) throws InterruptedException {
        var done = new LongAdder();
        var sockets = new ArrayList<NetSocket>();
        var client = vertx.createNetClient();
        for (int i = 0; i < connections; i++) {
            NetSocket socket = client.connect(port, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            Buffer request = request(i);
            socket.handler(answer -> {
                if (!answer.toString().startsWith("HTTP/1.1 " + status)) {
                    throw new IllegalStateException(answer.toString());
                }
                done.increment();
                socket.write(request);
            });
            sockets.add(socket);
            socket.write(request);
        }
        Thread.sleep(1000L);
        long before = done.sum();
        Thread.sleep(seconds * 1000L);
        long rate = (done.sum() - before) / seconds;
        sockets.forEach(NetSocket::close);
        client.close();
        return rate;
    }

    private Buffer request(int buyer) {
        return Buffer.buffer("POST /api/sales/" + SALE + "/orders HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + tokens.mint("buyer-" + buyer, Set.of(Role.BUYER))
                + "\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n{\"quantity\":1}");
    }
}
