package dev.doorbuster.notifier.room;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.notifier.room.Rooms.WorkMissingException;
import dev.doorbuster.runtime.amqp.consume.DeliveryException;
import dev.doorbuster.runtime.auth.TokenConfig;
import dev.doorbuster.runtime.auth.TokenVerifier;
import dev.doorbuster.runtime.auth.TokenVerifier.TokenRefusedException;
import dev.doorbuster.runtime.http.Problem;
import dev.doorbuster.runtime.http.PublicServer;
import dev.doorbuster.runtime.rate.RateLimit;
import dev.doorbuster.waitingroom.Entrants;
import dev.doorbuster.waitingroom.Place;
import dev.doorbuster.waitingroom.QueuePasses;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The routes of waiting rooms. Rooms and draws are public and contain pseudonyms; a place is its buyer's own. */
public final class RoomRoutes {
    private static final int DRAW_PAGE = 1000;

    private final TokenVerifier tokens;
    private final Entrants entrants;
    private final QueuePasses passes;
    private final Rooms rooms;
    private final RateLimit buyers;

    public RoomRoutes(TokenConfig config, TokenVerifier tokens, Entrants entrants, Rooms rooms, RateLimit buyers) {
        this.tokens = tokens;
        this.entrants = entrants;
        this.passes = new QueuePasses(config.secret());
        this.rooms = rooms;
        this.buyers = buyers;
    }

    public void mount(Router router) {
        String path = "/api/sales/:saleId/waiting-room";
        router.get(path).handler(context -> withSale(context, sale -> room(context, sale)));
        router.get(path + "/draw").handler(context -> withSale(context, sale -> draw(context, sale)));
        router.post(path + "/place")
                .handler(context -> withPlace(
                        context,
                        (sale, entrant) -> rooms.join(
                                sale,
                                entrant,
                                Boolean.parseBoolean(context.request().getParam("standby")),
                                context.request().getHeader("Queue-Work"))));
        router.get(path + "/place").handler(context -> withPlace(context, rooms::place));
        router.delete(path + "/place").handler(context -> withPlace(context, rooms::leave));
    }

    private void withSale(RoutingContext context, Function<SaleId, Future<Void>> step) {
        String id = context.pathParam("saleId");
        if (!SaleId.isValid(id)) {
            PublicServer.refuse(context, RoomProblems.NO_ROOM);
            return;
        }
        step.apply(new SaleId(id)).onFailure(cause -> failed(context, cause));
    }

    private void withPlace(RoutingContext context, BiFunction<SaleId, String, Future<Optional<Rooms.Told>>> step) {
        tokens.verifyHeader(context.request().getHeader("Authorization"))
                .onSuccess(caller -> {
                    long wait = buyers.secondsToWait(caller.name());
                    if (wait > 0) {
                        context.response().putHeader(Problem.RETRY_AFTER, Long.toString(wait));
                        RoomProblems.RATE_LIMITED.send(context.response());
                    } else {
                        withPlace(context, step, caller.name());
                    }
                })
                .onFailure(cause -> {
                    if (cause instanceof TokenRefusedException) {
                        PublicServer.askForToken(context);
                    } else {
                        failed(context, cause);
                    }
                });
    }

    private void withPlace(
            RoutingContext context, BiFunction<SaleId, String, Future<Optional<Rooms.Told>>> step, String buyer) {
        withSale(context, sale -> {
            String entrant = entrants.of(sale, buyer);
            return step.apply(sale, entrant).map(told -> {
                told.ifPresentOrElse(
                        found -> place(context, sale, buyer, entrant, found),
                        () -> PublicServer.refuse(context, RoomProblems.NO_ROOM));
                return null;
            });
        });
    }

    private void place(RoutingContext context, SaleId sale, String buyer, String entrant, Rooms.Told told) {
        if (told.place().where() == Place.Where.FULL) {
            PublicServer.refuse(context, RoomProblems.FULL);
            return;
        }
        String pass = told.place().where() == Place.Where.ADMITTED
                ? passes.mint(sale, buyer, told.place().passUntil())
                : null;
        PublicServer.send(context, 200, RoomBodies.place(sale, entrant, told, pass));
    }

    private Future<Void> room(RoutingContext context, SaleId sale) {
        return rooms.room(sale).map(told -> {
            told.ifPresentOrElse(
                    found -> PublicServer.send(
                            context,
                            200,
                            RoomBodies.room(sale, found.sale(), found.place().room(), found.perSecond())),
                    () -> PublicServer.refuse(context, RoomProblems.NO_ROOM));
            return null;
        });
    }

    private Future<Void> draw(RoutingContext context, SaleId sale) {
        Optional<Long> from = position(context.request().getParam("from"));
        if (from.isEmpty()) {
            PublicServer.refuse(context, RoomProblems.INVALID);
            return Future.succeededFuture();
        }
        return rooms.room(sale).compose(told -> {
            if (told.isEmpty()) {
                PublicServer.refuse(context, RoomProblems.NO_ROOM);
                return Future.succeededFuture();
            }
            return rooms.drawn(sale, from.get(), DRAW_PAGE).map(draw -> {
                PublicServer.send(context, 200, RoomBodies.draw(sale, told.get().sale(), draw, from.get()));
                return null;
            });
        });
    }

    private static Optional<Long> position(String text) {
        if (text == null) {
            return Optional.of(0L);
        }
        return text.matches("[0-9]{1,9}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    private static void failed(RoutingContext context, Throwable cause) {
        if (cause instanceof WorkMissingException) {
            PublicServer.refuse(context, RoomProblems.WORK_REQUIRED);
            return;
        }
        boolean unknown = cause instanceof DeliveryException failure && failure.isFinal();
        PublicServer.refuse(context, unknown ? RoomProblems.NO_ROOM : RoomProblems.AWAY);
    }
}
