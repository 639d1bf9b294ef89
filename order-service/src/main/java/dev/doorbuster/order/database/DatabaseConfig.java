package dev.doorbuster.order.database;

import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.database.PostgresConfig;
import java.time.Duration;

/**
 * Connection and limits of PostgreSQL.
 *
 * @param server its address, and the services' role, which may delete nothing but drafts and cannot change the schema
 * @param poolMax connections of one pool
 * @param waitingMax callers that may wait for a connection
 * @param lockMax a statement's wait for a row lock
 * @param statementMax server-side time limit of one statement
 * @param idleInTransactionMax idle time after which the server aborts a transaction, to free its locks
 * @param answerMax client-side time limit of one query or transaction, for a server that does not answer at all
 */
public record DatabaseConfig(
        PostgresConfig server,
        int poolMax,
        int waitingMax,
        Duration lockMax,
        Duration statementMax,
        Duration idleInTransactionMax,
        Duration answerMax) {
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration IDLE_IN_TRANSACTION_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    /** Two at a time: a verification and a report. */
    private static final int WHOLE_SALES_MAX = 2;

    private static final int WHOLE_SALES_WAITING_MAX = 100;
    /** With the answer in time for clients that wait 30 s. */
    private static final Duration WHOLE_SALE_TIMEOUT = Duration.ofSeconds(25);

    private static final Duration WHOLE_SALE_ANSWER_TIMEOUT = Duration.ofSeconds(28);
    private static final int WAITING_MAX = 2000;

    public static DatabaseConfig fromEnv(Environment env) {
        return new DatabaseConfig(
                PostgresConfig.fromEnv(env),
                env.integer("DOORBUSTER_DB_POOL_MAX", 10, 2, 200),
                WAITING_MAX,
                LOCK_TIMEOUT,
                STATEMENT_TIMEOUT,
                IDLE_IN_TRANSACTION_TIMEOUT,
                ANSWER_TIMEOUT);
    }

    /** For statements that read all orders of a sale. */
    public DatabaseConfig forWholeSales() {
        return new DatabaseConfig(
                server,
                WHOLE_SALES_MAX,
                WHOLE_SALES_WAITING_MAX,
                lockMax,
                WHOLE_SALE_TIMEOUT,
                idleInTransactionMax,
                WHOLE_SALE_ANSWER_TIMEOUT);
    }
}
