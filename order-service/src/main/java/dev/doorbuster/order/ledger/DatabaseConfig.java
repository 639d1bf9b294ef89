package dev.doorbuster.order.ledger;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;

/**
 * How to reach PostgreSQL and what to allow it.
 *
 * @param user the services' role: it may neither delete nor change the schema
 * @param poolMax connections of one pool
 * @param waitingMax callers that may wait for a connection
 * @param connectMax for a connection, new or from the pool
 * @param lockMax a statement's wait for a row
 * @param statementMax one statement, kept by the server
 * @param idleInTransactionMax a transaction whose client has gone quiet; it must not keep a row
 * @param answerMax one question or transaction as a whole, kept by the client: for a server that does not answer at all
 * @param salesMax sales that one reading of open sales may bring
 */
public record DatabaseConfig(
        String host,
        int port,
        String database,
        String user,
        String password,
        int poolMax,
        int waitingMax,
        Duration connectMax,
        Duration lockMax,
        Duration statementMax,
        Duration idleInTransactionMax,
        Duration answerMax,
        int salesMax) {
    public static DatabaseConfig fromEnv(Environment env) {
        return new DatabaseConfig(
                env.text("DOORBUSTER_DB_HOST", "localhost"),
                env.integer("DOORBUSTER_DB_PORT", 5432, 1, 65535),
                env.text("DOORBUSTER_DB_NAME", "doorbuster"),
                env.required("DOORBUSTER_DB_USER"),
                env.required("DOORBUSTER_DB_PASSWORD"),
                env.integer("DOORBUSTER_DB_POOL_MAX", 10, 2, 200),
                env.integer("DOORBUSTER_DB_WAITING_MAX", 2000, 1, 100_000),
                limit(env, "DOORBUSTER_DB_CONNECT_TIMEOUT_MS", Duration.ofSeconds(3)),
                limit(env, "DOORBUSTER_DB_LOCK_TIMEOUT_MS", Duration.ofSeconds(3)),
                limit(env, "DOORBUSTER_DB_STATEMENT_TIMEOUT_MS", Duration.ofSeconds(5)),
                limit(env, "DOORBUSTER_DB_IDLE_IN_TRANSACTION_TIMEOUT_MS", Duration.ofSeconds(5)),
                limit(env, "DOORBUSTER_DB_ANSWER_TIMEOUT_MS", Duration.ofSeconds(10)),
                env.integer("DOORBUSTER_DB_SALES_MAX", 10_000, 1, 1_000_000));
    }

    private static Duration limit(Environment env, String name, Duration byDefault) {
        return env.millis(name, byDefault, Duration.ofMillis(50), Duration.ofMinutes(5));
    }

    @Override
    public String toString() {
        return "postgresql://" + user + ":***@" + host + ":" + port + "/" + database;
    }
}
