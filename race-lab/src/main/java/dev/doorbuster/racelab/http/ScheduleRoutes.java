package dev.doorbuster.racelab.http;

import dev.doorbuster.racelab.schedule.Schedule;
import dev.doorbuster.racelab.schedule.ScheduleResult;
import dev.doorbuster.racelab.schedule.ScheduleResult.CommandReply;
import dev.doorbuster.racelab.schedule.ScheduleRunner;
import dev.doorbuster.racelab.schedule.ScheduleStep;
import dev.doorbuster.racelab.schedule.ScheduleStrategy;
import dev.doorbuster.runtime.http.PublicServer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a schedule and answers with each command and reply; nothing of it is kept. */
final class ScheduleRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleRoutes.class);

    private final ScheduleRunner runner;

    ScheduleRoutes(ScheduleRunner runner) {
        this.runner = runner;
    }

    /** The caller checks the token. */
    void mount(Router router) {
        router.post("/api/race-lab/schedules")
                .handler(BodyHandler.create(false).setBodyLimit(RaceLabRoutes.BODY_BYTES_MAX))
                .handler(this::run);
    }

    private void run(RoutingContext context) {
        JsonObject body = RaceLabRoutes.body(context);
        if (body == null) {
            return;
        }
        if (!body.fieldNames().equals(Set.of("strategy", "steps"))
                || !(body.getValue("steps") instanceof String steps)) {
            RaceLabRoutes.invalid(
                    context, "The body must have strategy and steps, a text such as A1 B1 A2 B2, and nothing else.");
            return;
        }
        ScheduleStrategy.named(String.valueOf(body.getValue("strategy")))
                .ifPresentOrElse(
                        strategy -> run(context, strategy, steps),
                        () -> RaceLabRoutes.invalid(
                                context, "strategy must be one of " + ScheduleStrategy.names() + "."));
    }

    private void run(RoutingContext context, ScheduleStrategy strategy, String steps) {
        Schedule schedule;
        try {
            schedule = Schedule.parse(strategy, steps);
        } catch (IllegalArgumentException e) {
            RaceLabRoutes.invalid(context, e.getMessage());
            return;
        }
        Optional<Future<ScheduleResult>> run = runner.start(schedule);
        if (run.isEmpty()) {
            PublicServer.refuse(context, RaceLabProblems.SCHEDULES_BUSY);
            return;
        }
        run.get()
                .onSuccess(result -> PublicServer.send(context, 200, json(result)))
                .onFailure(cause -> {
                    LOG.warn("{} failed: {}", schedule, cause.toString());
                    PublicServer.refuse(context, RaceLabProblems.STORE_UNAVAILABLE);
                });
    }

    private static JsonObject json(ScheduleResult result) {
        Schedule schedule = result.schedule();
        var steps = new JsonArray();
        for (int at = 0; at < schedule.steps().size(); at++) {
            ScheduleStep step = schedule.steps().get(at);
            steps.add(new JsonObject()
                    .put("step", step.toString())
                    .put(
                            "action",
                            schedule.strategy().actions().get(step.number() - 1).wireName())
                    .put("commands", json(result.replies().get(at))));
        }
        return new JsonObject()
                .put("strategy", schedule.strategy().wireName())
                .put("steps", steps)
                .put("owners", new JsonArray(result.owners()))
                .put("left", result.left())
                .put("oversold", result.oversold());
    }

    private static JsonArray json(List<CommandReply> replies) {
        return new JsonArray(replies.stream()
                .map(each -> new JsonObject()
                        .put("connection", each.connection())
                        .put("sent", each.sent())
                        .put("reply", each.reply()))
                .toList());
    }
}
