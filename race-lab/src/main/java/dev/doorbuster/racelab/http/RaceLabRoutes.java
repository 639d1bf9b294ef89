package dev.doorbuster.racelab.http;

import dev.doorbuster.learn.http.LearnRoutes;
import dev.doorbuster.racelab.race.Race.RaceOrder;
import dev.doorbuster.racelab.race.Race.RaceResult;
import dev.doorbuster.racelab.race.RaceConfig;
import dev.doorbuster.racelab.race.RaceRunner;
import dev.doorbuster.racelab.schedule.ScheduleRunner;
import dev.doorbuster.racelab.schedule.ScheduleStrategy;
import dev.doorbuster.racelab.schedule.ScheduleStrategy.ScheduleAction;
import dev.doorbuster.racelab.strategy.RaceStrategy;
import dev.doorbuster.runtime.auth.BearerTokens;
import dev.doorbuster.runtime.auth.BearerTokens.Identity;
import dev.doorbuster.runtime.auth.TokenConfig;
import dev.doorbuster.runtime.http.Problem;
import dev.doorbuster.runtime.http.PublicServer;
import dev.doorbuster.runtime.http.ServiceRoutes;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The race lab's HTTP API. */
public final class RaceLabRoutes implements ServiceRoutes {
    static final int BODY_BYTES_MAX = 4 * 1024;
    private static final String RACES = "/api/race-lab/races";

    private final RaceRunner course;
    private final ScheduleRoutes schedules;
    private final LearnRoutes learn;
    private final BearerTokens tokens;

    /** @param learn mounted beside the races, for operators too */
    public RaceLabRoutes(
            Vertx vertx, TokenConfig tokens, RaceRunner course, ScheduleRunner schedules, LearnRoutes learn) {
        this.course = course;
        this.schedules = new ScheduleRoutes(schedules);
        this.learn = learn;
        this.tokens = new BearerTokens(tokens);
    }

    @Override
    public void mount(Router router) {
        router.route("/api/race-lab/*").handler(this::authorize);
        router.route(LearnRoutes.PATH).handler(this::authorize);
        learn.mount(router);
        schedules.mount(router);
        router.get("/api/race-lab/strategies").handler(this::strategies);
        router.post(RACES)
                .handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX))
                .handler(this::start);
        router.get(RACES + "/:id").handler(this::race);
    }

    @Override
    public void share(CorsHandler cors) {
        cors.exposedHeader("Location");
    }

    @Override
    public List<Problem> problems() {
        return List.of(RaceLabProblems.NOT_FOUND);
    }

    private void authorize(RoutingContext context) {
        Optional<Identity> caller =
                BearerTokens.in(context.request().getHeader("Authorization")).flatMap(tokens::check);
        if (caller.isEmpty()) {
            PublicServer.askForToken(context);
        } else if (caller.get().roles().contains("operator")) {
            context.next();
        } else {
            PublicServer.refuse(context, RaceLabProblems.FORBIDDEN);
        }
    }

    private void strategies(RoutingContext context) {
        var strategies = new JsonArray();
        for (RaceStrategy each : course.strategies()) {
            var strategy = new JsonObject()
                    .put("name", each.name())
                    .put("store", each.store().wireName())
                    .put("buyersAtOnce", each.buyersAtOnce());
            ScheduleStrategy.named(each.name()).ifPresent(stepped -> strategy.put("steps", steps(stepped)));
            strategies.add(strategy);
        }
        RaceConfig limits = course.config();
        PublicServer.send(
                context,
                200,
                new JsonObject()
                        .put("strategies", strategies)
                        .put("buyersMax", limits.buyersMax())
                        .put("stockMax", limits.stockMax()));
    }

    private static JsonArray steps(ScheduleStrategy strategy) {
        return new JsonArray(
                strategy.actions().stream().map(ScheduleAction::wireName).toList());
    }

    private void start(RoutingContext context) {
        JsonObject body = body(context);
        if (body == null) {
            return;
        }
        RaceConfig limits = course.config();
        if (!body.fieldNames().equals(Set.of("strategy", "buyers", "stock"))) {
            PublicServer.refuse(context, RaceLabProblems.INVALID_REQUEST);
        } else if (!within(body.getValue("buyers"), limits.buyersMax())) {
            invalid(context, "buyers must be an integer from 1 to " + limits.buyersMax() + ".");
        } else if (!within(body.getValue("stock"), limits.stockMax())) {
            invalid(context, "stock must be an integer from 1 to " + limits.stockMax() + ".");
        } else {
            var order = new RaceOrder(
                    String.valueOf(body.getValue("strategy")), body.getInteger("buyers"), body.getInteger("stock"));
            course.strategy(order.strategy())
                    .ifPresentOrElse(strategy -> start(context, order, strategy), () -> unknownStrategy(context));
        }
    }

    private void start(RoutingContext context, RaceOrder order, RaceStrategy strategy) {
        course.start(order, strategy)
                .ifPresentOrElse(
                        race -> {
                            RaceResult result = race.result();
                            context.response().putHeader("Location", RACES + "/" + result.id());
                            PublicServer.send(context, 201, json(result));
                        },
                        () -> PublicServer.refuse(context, RaceLabProblems.RACE_RUNNING));
    }

    private void unknownStrategy(RoutingContext context) {
        invalid(
                context,
                "strategy must be one of "
                        + course.strategies().stream().map(RaceStrategy::name).collect(Collectors.joining(", ")) + ".");
    }

    private void race(RoutingContext context) {
        course.race(context.pathParam("id"))
                .ifPresentOrElse(
                        race -> PublicServer.send(context, 200, json(race.result())),
                        () -> PublicServer.refuse(context, RaceLabProblems.UNKNOWN_RACE));
    }

    /** Null if it is not an object; the response has been sent then. */
    static JsonObject body(RoutingContext context) {
        try {
            JsonObject body = context.body().asJsonObject();
            if (body != null) {
                return body;
            }
        } catch (DecodeException | ClassCastException e) {
            // rejected below
        }
        invalid(context, "The body is not a JSON object.");
        return null;
    }

    private static boolean within(Object value, int max) {
        return value instanceof Integer number && number >= 1 && number <= max;
    }

    static void invalid(RoutingContext context, String detail) {
        PublicServer.refuse(context, RaceLabProblems.INVALID_REQUEST.withDetail(detail));
    }

    private static JsonObject json(RaceResult result) {
        return new JsonObject()
                .put("id", result.id())
                .put("strategy", result.order().strategy())
                .put("buyers", result.order().buyers())
                .put("stock", result.order().stock())
                .put("sold", result.sold())
                .put("oversold", result.oversold())
                .put("refused", result.refused())
                .put("gaveUp", result.gaveUp())
                .put("retries", result.retries())
                .put("elapsedMs", result.elapsedMs())
                .put("finished", result.finished())
                .put("problem", result.problem());
    }
}
