package dev.doorbuster.learn.sql;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A connection pool that a lesson creates. {@code Pool.create 1 2}: at most one connection, two callers that may wait; {@code
 * Pool.getConnection}; {@code Pool.release}.
 */
final class PoolOfLesson {
    private static final String PREFIX = "Pool.";
    private static final int SIZE_MAX = 3;

    private final SqlLessonServer server;
    private final Map<String, SqlConnection> taken = new HashMap<>();
    private Pool pool;

    PoolOfLesson(SqlLessonServer server) {
        this.server = server;
    }

    static boolean understands(String command) {
        return command.startsWith(PREFIX);
    }

    static String javaCall(String command) {
        List<String> words = words(command);
        return switch (words.get(0)) {
            case "create" ->
                "new PoolOptions().setMaxSize(%s).setMaxWaitQueueSize(%s)".formatted(words.get(1), words.get(2));
            case "release" -> "connection.close()";
            default -> "pool.getConnection()";
        };
    }

    private static List<String> words(String command) {
        return List.of(command.substring(PREFIX.length()).split(" ", -1));
    }

    Future<String> execute(String actor, String command) {
        List<String> words = words(command);
        switch (words.get(0)) {
            case "create" -> {
                pool = server.pool(limited(words.get(1)), limited(words.get(2)));
                return Future.succeededFuture("created");
            }
            case "getConnection" -> {
                return pool.getConnection()
                        .map(connection -> {
                            taken.put(actor, connection);
                            return "connection";
                        })
                        .otherwise(full -> "ERROR " + full.getMessage());
            }
            case "release" -> {
                return taken.remove(actor).close().map("released");
            }
            default -> throw new IllegalArgumentException("no command of a pool: " + command);
        }
    }

    private static int limited(String number) {
        return Math.min(SIZE_MAX, Integer.parseInt(number));
    }

    Future<Void> close() {
        return pool == null ? Future.succeededFuture() : pool.close();
    }
}
