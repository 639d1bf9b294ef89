package dev.doorbuster.order.catalogue;

import io.vertx.sqlclient.Pool;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hibernate.engine.jdbc.spi.JdbcServices;
import org.hibernate.engine.jdbc.spi.SqlExceptionHelper;
import org.hibernate.engine.jdbc.spi.SqlStatementLogger;
import org.hibernate.reactive.pool.impl.SqlClientPool;
import org.hibernate.service.spi.ServiceRegistryAwareService;
import org.hibernate.service.spi.ServiceRegistryImplementor;

/** Lets Hibernate use the service's own pool instead of opening a second one; closing Hibernate leaves it open. */
final class SharedPool extends SqlClientPool implements ServiceRegistryAwareService {
    private static final long serialVersionUID = 1L;

    private final transient Pool pool;
    private transient JdbcServices jdbc;

    SharedPool(Pool pool) {
        this.pool = pool;
    }

    @Override
    public void injectServices(ServiceRegistryImplementor registry) {
        jdbc = registry.getService(JdbcServices.class);
    }

    @Override
    protected Pool getPool() {
        return pool;
    }

    @Override
    protected SqlStatementLogger getSqlStatementLogger() {
        return jdbc.getSqlStatementLogger();
    }

    @Override
    protected SqlExceptionHelper getSqlExceptionHelper() {
        return jdbc.getSqlExceptionHelper();
    }

    @Override
    public CompletionStage<Void> getCloseFuture() {
        return CompletableFuture.completedFuture(null);
    }
}
