package dev.doorbuster.notifier.http;

import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.notifier.sse.StreamMetrics;
import dev.doorbuster.notifier.sse.Streams;
import dev.doorbuster.notifier.sse.Topic;
import dev.doorbuster.runtime.http.Problem;
import dev.doorbuster.runtime.http.PublicServer;
import dev.doorbuster.runtime.http.Routes;
import dev.doorbuster.runtime.http.TokenConfig;
import dev.doorbuster.runtime.store.RedisStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What one can ask for. */
public final class Endpoints implements Routes {
    /** Only the streams' own limit counts where there is no token that expires. */
    private static final Duration FOREVER = Duration.ofDays(365);

    private final Streams streams;
    private final StreamMetrics metrics;
    private final Tokens tokens;
    private final Tickets tickets;

    public Endpoints(
            Vertx vertx,
            TokenConfig tokens,
            Duration ticketLife,
            RedisStore redis,
            Streams streams,
            StreamMetrics metrics) {
        this.streams = streams;
        this.metrics = metrics;
        this.tokens = new Tokens(vertx, tokens);
        this.tickets = new Tickets(redis, ticketLife);
    }

    @Override
    public void mount(Router router) {
        router.get("/api/sales/:saleId/events").handler(this::saleEvents);
        router.post("/api/events/ticket").handler(this::ticket);
        router.get("/api/events").handler(this::ownEvents);
    }

    /** A page that reads streams by itself, without the browser's own class for it, sends what that class would. */
    @Override
    public void share(CorsHandler cors) {
        cors.allowedHeaders(Set.of("Last-Event-ID", "Cache-Control"));
    }

    @Override
    public List<Problem> problems() {
        return List.of(Problems.NOT_FOUND, Problems.METHOD_NOT_ALLOWED, Problems.OVERLOADED);
    }

    private void saleEvents(RoutingContext context) {
        String saleId = context.pathParam("saleId");
        if (SaleId.isValid(saleId)) {
            open(context, Topic.sale(new SaleId(saleId)), FOREVER);
        } else {
            PublicServer.refuse(context, Problems.UNKNOWN_SALE);
        }
    }

    private void ticket(RoutingContext context) {
        Optional<Caller> caller = tokens.check(context.request().getHeader("Authorization"));
        if (caller.isEmpty()) {
            PublicServer.askForToken(context);
            return;
        }
        tickets.issue(caller.get()).compose(ticket -> send(context, ticket)).onFailure(context::fail);
    }

    private Future<Void> send(RoutingContext context, String ticket) {
        return context.response()
                .setStatusCode(201)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(new JsonObject()
                        .put("ticket", ticket)
                        .put("expiresInSeconds", tickets.life().toSeconds())
                        .toBuffer());
    }

    private void ownEvents(RoutingContext context) {
        tickets.redeem(context.request().getParam("ticket"))
                .onSuccess(holder -> holder.ifPresentOrElse(
                        caller -> open(
                                context,
                                Topic.buyer(caller.name()),
                                Duration.between(Instant.now(), caller.expiresAt())),
                        () -> PublicServer.refuse(context, Problems.NO_TICKET)))
                .onFailure(context::fail);
    }

    private void open(RoutingContext context, Topic topic, Duration life) {
        if (context.response().closed()) {
            return;
        }
        switch (streams.admission(topic)) {
            case ADMITTED -> streams.open(topic, context.request(), lastEventId(context), life);
            case FULL -> turnAway(context, topic, Problems.OVERLOADED);
            case TOO_MANY_OF_ONE -> turnAway(context, topic, Problems.TOO_MANY_STREAMS);
        }
    }

    /** Browsers send the header; a page that connects anew, with a new ticket, can only ask by the parameter. */
    private static String lastEventId(RoutingContext context) {
        String header = context.request().getHeader("Last-Event-ID");
        return header == null ? context.request().getParam("lastEventId") : header;
    }

    private void turnAway(RoutingContext context, Topic topic, Problem problem) {
        metrics.refused(topic.kind());
        PublicServer.refuse(context, problem);
    }
}
