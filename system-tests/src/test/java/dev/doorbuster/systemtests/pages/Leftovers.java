package dev.doorbuster.systemtests.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.doorbuster.devservices.Servers;
import dev.doorbuster.devservices.postgres.PostgresServer;
import dev.doorbuster.devservices.rabbitmq.RabbitApi;
import dev.doorbuster.learn.LearnConfig;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What lessons have left in the servers: keys, queues, exchanges, and objects of their schema. */
record Leftovers(Servers servers) {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String PREFIX = "learn:";
    private static final List<Integer> DATABASES = List.of(0, 14, 15);
    private static final long SECONDS_MAX = 30;
    private static final String OBJECTS = """
            SELECT relname::text AS name FROM pg_class WHERE relnamespace = '%1$s'::regnamespace
            UNION ALL SELECT proname::text FROM pg_proc WHERE pronamespace = '%1$s'::regnamespace
            UNION ALL SELECT typname::text FROM pg_type WHERE typnamespace = '%1$s'::regnamespace
            """.formatted(LearnConfig.NAME);

    List<String> all() throws Exception {
        var all = new ArrayList<String>();
        for (int database : DATABASES) {
            servers.redis().keys(database, PREFIX + "*").forEach(key -> all.add("Redis: " + key));
        }
        servers.memcached().keys(PREFIX).forEach(key -> all.add("Memcached: " + key));
        broker("queues").forEach(name -> all.add("queue: " + name));
        broker("exchanges").stream()
                .filter(name -> !name.isEmpty() && !name.startsWith("amq."))
                .forEach(name -> all.add("exchange: " + name));
        schema().forEach(name -> all.add("PostgreSQL: " + name));
        return all;
    }

    private List<String> broker(String kind) throws IOException {
        var api = new RabbitApi(
                servers.rabbitmq().managementPort(), servers.rabbitmq().user());
        var names = new ArrayList<String>();
        for (JsonNode each : MAPPER.readTree(api.get("/api/" + kind + "/" + LearnConfig.NAME))) {
            names.add(each.get("name").asText());
        }
        return names;
    }

    private List<String> schema() throws Exception {
        PostgresServer postgres = servers.postgres();
        Vertx vertx = Vertx.vertx();
        try {
            RowSet<Row> rows = PgConnection.connect(
                            vertx,
                            new PgConnectOptions()
                                    .setHost(postgres.host())
                                    .setPort(postgres.port())
                                    .setDatabase(postgres.database())
                                    .setUser(postgres.admin().user())
                                    .setPassword(postgres.admin().password()))
                    .compose(connection -> connection.query(OBJECTS).execute())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(SECONDS_MAX, TimeUnit.SECONDS);
            var names = new ArrayList<String>();
            rows.forEach(row -> names.add(row.getString("name")));
            return names;
        } finally {
            var unused = vertx.close().toCompletionStage().toCompletableFuture().get(SECONDS_MAX, TimeUnit.SECONDS);
        }
    }
}
