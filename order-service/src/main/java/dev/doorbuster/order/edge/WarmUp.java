package dev.doorbuster.order.edge;

import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.order.edge.auth.Role;
import dev.doorbuster.order.edge.auth.Tokens;
import dev.doorbuster.order.edge.place.OrderIds;
import dev.doorbuster.runtime.start.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import java.time.Clock;
import java.util.EnumSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buyers that nobody is, so that the first real one does not meet code that has not been compiled yet.
 *
 * <p>On a busy machine it is this that is slow, not connections: a first crowd's requests each take several times the
 * processor time of later ones, beside a compiler that wants as much again, and look-ups run out of time. So each of these
 * buyers does what real ones do, by connections of his own: through the server, the token, the checks, a reading, a
 * look-up and the pages, to the answer.
 *
 * <p>They ask for what cannot be had, {@link SaleId#NONE}: the order is refused in front of everything that would write,
 * publish or count it, and so it is found nowhere. Whatever goes wrong, the service is ready afterwards. Requests are
 * written as bytes, since a client of HTTP would have to be compiled as well. To be used on one event loop only.
 */
public final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final int AT_ONCE_MAX = 8;
    private static final int NO_SUCH_SALE = 404;
    private static final int OK = 200;
    private static final String SALE = "/api/sales/" + SaleId.NONE;
    private static final String BODY = "{\"quantity\":1}";
    /** Of no trace: "00" at its end says so. */
    private static final String NOT_TRACED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

    private final Vertx vertx;
    private final EdgeConfig config;
    private final int port;
    private final Tokens tokens;
    private final OrderIds ids;
    private final NetClient client;
    private int begun;
    private int served;
    private boolean over;

    private WarmUp(Vertx vertx, EdgeConfig config, int port) {
        this.vertx = vertx;
        this.config = config;
        this.port = port;
        this.tokens = new Tokens(vertx, config.auth(), Clock.systemUTC());
        this.ids = new OrderIds(config.orderIdSecret());
        this.client = vertx.createNetClient();
    }

    /** Never fails: completes when all have been answered, one has not been as expected, or the time is over. */
    public static Future<Void> run(Vertx vertx, EdgeConfig config, int port) {
        return config.warmUp().buyers() == 0
                ? Future.succeededFuture()
                : EventLoop.call(vertx, () -> new WarmUp(vertx, config, port).run());
    }

    private Future<Void> run() {
        long began = System.nanoTime();
        int lines = Math.min(AT_ONCE_MAX, config.http().connectionsMax());
        return withinLimit(
                        Future.all(Stream.generate(this::serveNext).limit(lines).toList()))
                .onSuccess(done ->
                        LOG.info("warmed up by {} buyers in {} ms", served, (System.nanoTime() - began) / 1_000_000))
                .onFailure(cause -> LOG.warn(
                        "the warm-up ended after {} of {} buyers: {}. The first real ones may be answered late. See whether"
                                + " a server is away; where the machine is only slow, give it more processors, or raise"
                                + " DOORBUSTER_WARM_UP_TIMEOUT_MS",
                        served,
                        config.warmUp().buyers(),
                        cause.getMessage()))
                .transform(done -> {
                    over = true;
                    return client.close();
                })
                .otherwiseEmpty();
    }

    /** On the event loop, where {@link Future#timeout} would not be: all of several futures belong to no context. */
    private Future<Void> withinLimit(Future<?> all) {
        Promise<Void> outcome = Promise.promise();
        long limitMs = config.warmUp().max().toMillis();
        long limit = vertx.setTimer(limitMs, late -> {
            boolean unused = outcome.tryFail("its " + limitMs + " ms are over");
        });
        all.onComplete(done -> {
            boolean unused = vertx.cancelTimer(limit);
            unused = done.succeeded() ? outcome.tryComplete() : outcome.tryFail(done.cause());
        });
        return outcome.future();
    }

    private Future<Void> serveNext() {
        if (over || begun == config.warmUp().buyers()) {
            return Future.succeededFuture();
        }
        return serve("warm-up-" + begun++).compose(done -> {
            served++;
            return serveNext();
        });
    }

    /** He looks at the sales, at one of them, orders, and looks after his order. */
    private Future<Void> serve(String buyer) {
        UUID order = ids.mint(SaleId.NONE, buyer, buyer);
        String caller = "Authorization: Bearer " + tokens.mint(buyer, EnumSet.of(Role.BUYER));
        String key = "Idempotency-Key: " + buyer;
        return ask(OK, request("GET /api/sales", "", caller))
                .compose(sales -> ask(NO_SUCH_SALE, request("GET " + SALE, "", caller)))
                .compose(sale -> ask(NO_SUCH_SALE, request("POST " + SALE + "/orders", BODY, caller, key)))
                .compose(refused -> ask(OK, request("GET /api/orders/" + order, "", caller)));
    }

    private static String request(String what, String body, String... headers) {
        return String.join(
                "\r\n",
                what + " HTTP/1.1",
                "Host: warm-up",
                "Connection: close",
                "Prefer: wait=1",
                "traceparent: " + NOT_TRACED,
                String.join("\r\n", headers),
                "Content-Type: application/json",
                "Content-Length: " + body.length(),
                "",
                body);
    }

    private Future<Void> ask(int status, String request) {
        return client.connect(port, config.http().host())
                .compose(socket -> {
                    Promise<Buffer> answer = Promise.promise();
                    Buffer read = Buffer.buffer();
                    socket.handler(read::appendBuffer).closeHandler(closed -> answer.tryComplete(read));
                    return socket.write(request).compose(written -> answer.future());
                })
                .compose(answer -> isOf(status, answer)
                        ? Future.succeededFuture()
                        : Future.failedFuture(request.lines().findFirst().orElseThrow() + " was answered "
                                + answer.toString().lines().findFirst().orElse("by a closed connection")));
    }

    private static boolean isOf(int status, Buffer answer) {
        return answer.toString().startsWith("HTTP/1.1 " + status);
    }
}
