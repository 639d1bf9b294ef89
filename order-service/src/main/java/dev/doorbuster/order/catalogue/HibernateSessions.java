package dev.doorbuster.order.catalogue;

import dev.doorbuster.order.catalogue.Catalogue.OutcomeUnknownException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl;
import org.hibernate.cfg.Configuration;
import org.hibernate.engine.jdbc.spi.SqlExceptionHelper;
import org.hibernate.engine.jdbc.spi.SqlStatementLogger;
import org.hibernate.reactive.pool.ReactiveConnectionPool;
import org.hibernate.reactive.pool.impl.ExternalSqlClientPool;
import org.hibernate.reactive.provider.ReactiveServiceRegistryBuilder;
import org.hibernate.reactive.stage.Stage;
import org.hibernate.reactive.vertx.VertxInstance;
import org.hibernate.reactive.vertx.impl.ProvidedVertxInstance;

/**
 * Hibernate Reactive on the service's own Vert.x and pool. Every transaction opens a session of its own: a session
 * kept in the Vert.x context would be shared by all callers on an event loop.
 */
final class HibernateSessions {
    private final Vertx vertx;
    private final Stage.SessionFactory factory;
    private final Duration answerMax;

    private HibernateSessions(Vertx vertx, Stage.SessionFactory factory, Duration answerMax) {
        this.vertx = vertx;
        this.factory = factory;
        this.answerMax = answerMax;
    }

    /** Boots on a worker thread: on an event loop the boot would block on its own result. */
    static Future<HibernateSessions> open(Vertx vertx, Pool pool, Duration answerMax) {
        return vertx.executeBlocking(() -> new HibernateSessions(vertx, factory(vertx, pool), answerMax), false);
    }

    private static Stage.SessionFactory factory(Vertx vertx, Pool pool) {
        var configuration =
                new Configuration().addAnnotatedClass(SaleEntity.class).addAnnotatedClass(OrderEntity.class);
        configuration.setPhysicalNamingStrategy(new PhysicalNamingStrategySnakeCaseImpl());
        var registry = new ReactiveServiceRegistryBuilder()
                .applySettings(configuration.getProperties())
                .addService(VertxInstance.class, new ProvidedVertxInstance(vertx))
                .addService(ReactiveConnectionPool.class, shared(pool))
                .build();
        return configuration.buildSessionFactory(registry).unwrap(Stage.SessionFactory.class);
    }

    /** The service's pool, which stays open when Hibernate closes. */
    private static ReactiveConnectionPool shared(Pool pool) {
        return new ExternalSqlClientPool(pool, new SqlStatementLogger(), new SqlExceptionHelper(false));
    }

    /** Runs one transaction on the caller's event loop, or on any other if the caller has none. */
    <T> Future<T> transact(Function<Stage.Session, CompletionStage<T>> work) {
        Promise<T> done = Promise.promise();
        vertx.getOrCreateContext()
                .runOnContext(v -> inSession(work).whenComplete((result, failure) -> {
                    if (failure == null) {
                        done.complete(result);
                    } else {
                        done.fail(unwrapped(failure));
                    }
                }));
        return done.future().timeout(answerMax.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Runs one transaction that writes; fails with {@link OutcomeUnknownException} if it may have been committed, or will be. One
     * that is too slow to begin its commit in time is rolled back.
     */
    <T> Future<T> change(Function<Stage.Session, CompletionStage<T>> work) {
        var isSettled = new AtomicBoolean();
        return transact(session -> work.apply(session)
                        .thenCompose(result -> session.flush().thenApply(flushed -> {
                            if (isSettled.getAndSet(true)) {
                                throw new CancellationException("failed before its commit");
                            }
                            return result;
                        })))
                .recover(cause ->
                        Future.failedFuture(isSettled.getAndSet(true) ? new OutcomeUnknownException(cause) : cause));
    }

    private <T> CompletionStage<T> inSession(Function<Stage.Session, CompletionStage<T>> work) {
        return CompletableFuture.<Void>completedFuture(null)
                .thenCompose(v -> factory.openSession())
                .thenCompose(session -> session.withTransaction(transaction -> work.apply(session))
                        .handle((result, failure) -> session.close().thenApply(closed -> settle(result, failure)))
                        .thenCompose(settled -> settled));
    }

    private static <T> T settle(T result, Throwable failure) {
        if (failure != null) {
            throw new CompletionException(unwrapped(failure));
        }
        return result;
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    Future<Void> close() {
        return vertx.executeBlocking(
                () -> {
                    factory.close();
                    return null;
                },
                false);
    }
}
