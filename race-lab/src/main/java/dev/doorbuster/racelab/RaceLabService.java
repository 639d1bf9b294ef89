package dev.doorbuster.racelab;

import dev.doorbuster.learn.Learn;
import dev.doorbuster.learn.http.LearnRoutes;
import dev.doorbuster.learn.lesson.Lessons;
import dev.doorbuster.learn.run.LessonRunner;
import dev.doorbuster.racelab.http.RaceLabRoutes;
import dev.doorbuster.racelab.race.RaceRunner;
import dev.doorbuster.racelab.schedule.ScheduleRunner;
import dev.doorbuster.racelab.strategy.RaceStrategy;
import dev.doorbuster.racelab.strategy.SqlUpdate;
import dev.doorbuster.racelab.strategy.Strategies;
import dev.doorbuster.runtime.database.Postgres;
import dev.doorbuster.runtime.http.PublicServer;
import dev.doorbuster.runtime.platform.Platform;
import dev.doorbuster.runtime.platform.Platform.Need;
import dev.doorbuster.runtime.start.EventLoop;
import dev.doorbuster.runtime.start.Service;
import dev.doorbuster.runtime.start.ServiceMain;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.List;

/** Wires the race lab. Everything runs on one event loop, so that races need no locks. */
public final class RaceLabService implements Service {
    private final Vertx vertx;
    private final RaceLabConfig config;
    private final Platform platform;
    private volatile Context loop;
    private Pool database;
    private RaceRunner course;
    private ScheduleRunner schedules;
    private LessonRunner lessons;
    private PublicServer server;

    private RaceLabService(Vertx vertx, PrometheusMeterRegistry metrics, RaceLabConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.platform = new Platform("race-lab", vertx, metrics, config.stopStepMax());
    }

    public static void main(String[] arguments) {
        ServiceMain.run(
                "race-lab", (vertx, metrics, environment) -> start(vertx, metrics, RaceLabConfig.fromEnv(environment)));
    }

    /** If a step fails, everything already started is stopped. */
    public static Future<RaceLabService> start(Vertx vertx, PrometheusMeterRegistry metrics, RaceLabConfig config) {
        var service = new RaceLabService(vertx, metrics, config);
        return Platform.complete(service, EventLoop.call(vertx, service::start));
    }

    private Future<RaceLabService> start() {
        loop = vertx.getOrCreateContext();
        return platform.startManagement(config.management())
                .compose(v -> platform.startRedis(config.redis(), Need.REQUIRED))
                .compose(v -> platform.startMemcached(config.memcached(), Need.REQUIRED))
                .compose(v -> platform.step("database", this::startDatabase, Pool::close))
                .compose(v -> platform.step("races", this::startCourse, RaceRunner::stop))
                .compose(v -> platform.step("schedules", this::startSchedules, ScheduleRunner::stop))
                .compose(v -> platform.step("lessons", this::startLessons, LessonRunner::stop))
                .compose(v -> platform.step("http server", this::startServer, PublicServer::stop))
                .onSuccess(v -> platform.health().started())
                .map(this);
    }

    private Future<Pool> startDatabase() {
        database = RaceLabDatabase.pool(vertx, config.database());
        return Postgres.reached(vertx, database)
                .compose(
                        reached -> SqlUpdate.prepare(database, config.database().answerMax()))
                .map(database)
                .onFailure(cause -> database.close());
    }

    private Future<RaceRunner> startCourse() {
        var strategies = new Strategies(vertx, loop, config.strategies(), platform.redis(), platform.memcached());
        List<RaceStrategy> all = strategies.all(
                database, config.database().connections(), config.database().answerMax());
        course = new RaceRunner(all, config.races(), loop);
        return Future.succeededFuture(course);
    }

    private Future<ScheduleRunner> startSchedules() {
        schedules = new ScheduleRunner(vertx, platform.redis(), config.memcached());
        return Future.succeededFuture(schedules);
    }

    private Future<LessonRunner> startLessons() {
        lessons = Learn.runner(vertx, loop, config.learn(), platform.redis(), Lessons.load());
        return Future.succeededFuture(lessons);
    }

    private Future<PublicServer> startServer() {
        var routes = new RaceLabRoutes(vertx, config.tokens(), course, schedules, new LearnRoutes(lessons));
        return PublicServer.start(vertx, config.http(), routes).onSuccess(started -> server = started);
    }

    public int port() {
        return server.port();
    }

    /** May be called from any thread. */
    @Override
    public Future<Void> stop() {
        return EventLoop.on(loop, platform::stop);
    }
}
