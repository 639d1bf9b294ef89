package dev.doorbuster.notifier.http;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.notifier.email.MailPreference;
import dev.doorbuster.notifier.email.MailPreferences;
import dev.doorbuster.notifier.http.Tickets.StreamCaller;
import dev.doorbuster.notifier.pulse.Pulse;
import dev.doorbuster.notifier.room.RoomRoutes;
import dev.doorbuster.notifier.sse.StreamMetrics;
import dev.doorbuster.notifier.sse.StreamTopic;
import dev.doorbuster.notifier.sse.Streams;
import dev.doorbuster.runtime.auth.BearerTokens;
import dev.doorbuster.runtime.auth.TokenVerifier;
import dev.doorbuster.runtime.auth.TokenVerifier.TokenRefusedException;
import dev.doorbuster.runtime.http.Problem;
import dev.doorbuster.runtime.http.PublicServer;
import dev.doorbuster.runtime.http.ServiceRoutes;
import dev.doorbuster.runtime.store.RedisStore;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The notifier's routes. */
public final class NotifierRoutes implements ServiceRoutes {
    /** Lifetime without an expiring token: only the streams' own limit applies. */
    private static final Duration FOREVER = Duration.ofDays(365);

    private static final String OPERATOR = "operator";

    private final Streams streams;
    private final StreamMetrics metrics;
    private final RoomRoutes rooms;
    private final TokenVerifier tokens;
    private final Tickets tickets;
    private final MailPreferences preferences;
    private final Pulse pulse;

    public NotifierRoutes(
            TokenVerifier tokens,
            Duration ticketLife,
            RedisStore redis,
            MailPreferences preferences,
            Streams streams,
            StreamMetrics metrics,
            Pulse pulse,
            RoomRoutes rooms) {
        this.pulse = pulse;
        this.preferences = preferences;
        this.streams = streams;
        this.metrics = metrics;
        this.rooms = rooms;
        this.tokens = tokens;
        this.tickets = new Tickets(redis, ticketLife);
    }

    @Override
    public void mount(Router router) {
        router.get("/api/sales/:saleId/events")
                .handler(context -> withSale(context, sale -> open(context, StreamTopic.sale(sale), FOREVER)));
        router.get("/api/sales/:saleId/pulse")
                .handler(context -> withSale(context, sale -> answer(context, pulse.sale(sale))));
        router.get("/api/sales/:saleId/pulse/:otherSaleId").handler(this::visitorsOfBoth);
        router.get("/api/pulse").handler(context -> answer(context, pulse.rankings()));
        router.get("/api/pulse/events").handler(context -> open(context, StreamTopic.SALES, FOREVER));
        router.post("/api/events/ticket").handler(this::ticket);
        router.get("/api/events").handler(this::ownEvents);
        rooms.mount(router);
    }

    /**
     * Accepts requests without Accept: text/event-stream too: a page that reads the stream with fetch may not set
     * it.
     */
    @Override
    public void share(CorsHandler cors) {
        cors.allowedHeaders(Set.of("Last-Event-ID", "Cache-Control", "Queue-Work"))
                .allowedMethod(HttpMethod.DELETE);
    }

    @Override
    public List<Problem> problems() {
        return List.of(NotifierProblems.NOT_FOUND, NotifierProblems.METHOD_NOT_ALLOWED, NotifierProblems.OVERLOADED);
    }

    private static void withSale(RoutingContext context, Consumer<SaleId> step) {
        String saleId = context.pathParam("saleId");
        if (SaleId.isValid(saleId)) {
            step.accept(new SaleId(saleId));
        } else {
            PublicServer.refuse(context, NotifierProblems.UNKNOWN_SALE);
        }
    }

    private void visitorsOfBoth(RoutingContext context) {
        String saleId = context.pathParam("saleId");
        String other = context.pathParam("otherSaleId");
        Optional<BearerTokens.Identity> caller =
                BearerTokens.in(context.request().getHeader("Authorization")).flatMap(tokens::check);
        if (caller.isEmpty()) {
            PublicServer.askForToken(context);
        } else if (!caller.get().roles().contains(OPERATOR)) {
            context.fail(403);
        } else if (SaleId.isValid(saleId) && SaleId.isValid(other)) {
            answer(
                    context,
                    pulse.visitorsOfBoth(new SaleId(saleId), new SaleId(other))
                            .map(count -> new JsonObject().put("visitorsOfBoth", count)));
        } else {
            PublicServer.refuse(context, NotifierProblems.UNKNOWN_SALE);
        }
    }

    private static void answer(RoutingContext context, Future<JsonObject> found) {
        found.compose(json -> PublicServer.send(context, 200, json)).onFailure(context::fail);
    }

    private void ticket(RoutingContext context) {
        tokens.verifyHeader(context.request().getHeader("Authorization"))
                .map(identity -> new StreamCaller(identity.name(), identity.expiresAt()))
                .compose(caller -> recorded(context, caller).compose(v -> tickets.issue(caller)))
                .compose(ticket -> send(context, ticket))
                .onFailure(cause -> {
                    if (cause instanceof TokenRefusedException) {
                        PublicServer.askForToken(context);
                    } else {
                        context.fail(cause);
                    }
                });
    }

    /** A page reports its language and time zone, which mails to the buyer then have. */
    private Future<Void> recorded(RoutingContext context, StreamCaller caller) {
        String language = context.request().getParam("language");
        String zone = context.request().getParam("timeZone");
        return language == null && zone == null
                ? Future.succeededFuture()
                : preferences.record(caller.name(), MailPreference.of(language, zone));
    }

    private Future<Void> send(RoutingContext context, String ticket) {
        return PublicServer.send(
                context,
                201,
                new JsonObject()
                        .put("ticket", ticket)
                        .put("expiresInSeconds", tickets.life().toSeconds()));
    }

    private void ownEvents(RoutingContext context) {
        tickets.redeem(context.request().getParam("ticket"))
                .compose(holder -> {
                    // an exception in here fails the request too
                    holder.ifPresentOrElse(
                            caller -> open(
                                    context,
                                    StreamTopic.buyer(caller.name()),
                                    Duration.between(Instant.now(), caller.expiresAt())),
                            () -> PublicServer.refuse(context, NotifierProblems.NO_TICKET));
                    return Future.succeededFuture();
                })
                .onFailure(context::fail);
    }

    private void open(RoutingContext context, StreamTopic streamTopic, Duration life) {
        if (context.response().closed()) {
            return;
        }
        switch (streams.admission(streamTopic)) {
            case ADMITTED -> streams.open(streamTopic, context.request(), lastEventId(context), life);
            case FULL -> turnAway(context, streamTopic, NotifierProblems.OVERLOADED);
            case TOO_MANY_OF_ONE -> turnAway(context, streamTopic, NotifierProblems.TOO_MANY_STREAMS);
        }
    }

    /**
     * Browsers send the header when they reconnect; a page that opens a new stream with a new ticket can only use
     * the parameter.
     */
    private static String lastEventId(RoutingContext context) {
        String header = context.request().getHeader("Last-Event-ID");
        return header == null ? context.request().getParam("lastEventId") : header;
    }

    private void turnAway(RoutingContext context, StreamTopic streamTopic, Problem problem) {
        metrics.refused(streamTopic.kind());
        PublicServer.refuse(context, problem);
    }
}
