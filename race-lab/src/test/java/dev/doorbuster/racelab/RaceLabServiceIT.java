package dev.doorbuster.racelab;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.devservices.junit.RealServers;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Races on real servers: two strategies oversell, the others never do. */
class RaceLabServiceIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(REDIS, MEMCACHED, POSTGRES);

    private static Lab lab;

    @BeforeAll
    static void start() {
        lab = new Lab(servers, Map.of());
    }

    @AfterAll
    static void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"get-set", "watch-elsewhere"})
    void getThenSetAndWatchOnAnotherConnectionOversell(String strategy) {
        // When
        JsonObject race = lab.race(strategy, 2000, 100);

        // Then
        assertThat(race.getLong("sold")).isGreaterThan(100);
        assertThat(race.getLong("oversold"))
                .isEqualTo(race.getLong("sold") - 100)
                .isPositive();
        assertThat(race.getLong("sold") + race.getLong("refused")).isEqualTo(2000);
        assertThat(race.getLong("retries")).isZero();
        assertThat(race.getValue("problem")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "watch-multi, true",
        "watch-multi-combined, false",
        "gets-cas, true",
        "gets-cas-combined, false",
        "redis-script, false",
        "sql-update, false"
    })
    void theOthersSellExactlyTheStock(String strategy, boolean buyersBeginAgain) {
        // When
        JsonObject crowded = lab.race(strategy, 2000, 100);
        JsonObject quiet = lab.race(strategy, 50, 100);

        // Then
        assertThat(crowded.getLong("sold")).isEqualTo(100);
        assertThat(crowded.getLong("refused")).isEqualTo(1900);
        assertThat(crowded.getLong("oversold")).isZero();
        assertThat(crowded.getLong("gaveUp")).isZero();
        assertThat(crowded.getLong("retries") > 0).isEqualTo(buyersBeginAgain);
        assertThat(crowded.getLong("elapsedMs")).isPositive();
        assertThat(crowded.getValue("problem")).isNull();
        assertThat(quiet.getLong("sold")).isEqualTo(50);
        assertThat(quiet.getLong("refused")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get-set",
                "watch-elsewhere",
                "watch-multi",
                "watch-multi-combined",
                "gets-cas",
                "gets-cas-combined",
                "redis-script",
                "sql-update"
            })
    void aRaceDeletesItsKeys(String strategy) throws IOException {
        // When
        String id = lab.race(strategy, 300, 20).getString("id");

        // Then
        assertThat(id).startsWith("racelab");
        assertThat(redisKeys("*" + id + "*")).isZero();
        assertThat(memcached("get doorbuster:race-lab:{" + id + "} counter:" + id))
                .isEqualTo("END");
        assertThat(rows("SELECT count(*) FROM races WHERE race = '" + id + "'")).isZero();
    }

    @Test
    void aRaceUsesOnlyItsOwnKeys() {
        // Given
        write("doorbuster:{abcdefghijklmnop}:counter", "1:7");

        // When
        for (String strategy : new String[] {"get-set", "watch-multi-combined", "redis-script"}) {
            JsonObject unused = lab.race(strategy, 300, 20);
        }

        // Then
        assertThat(read("doorbuster:{abcdefghijklmnop}:counter")).isEqualTo("1:7");
        assertThatThrownBy(() -> rows("SELECT count(*) FROM public.sales"))
                .hasMessageContaining("permission denied for schema public");
        assertThatThrownBy(() -> rows("CREATE TABLE public.mine (id int)"))
                .hasMessageContaining("permission denied for schema public");
    }

    @Test
    void rejectsAConcurrentRaceAndContinuesTheFirst() {
        // Given
        HttpResponse<String> first = lab.order("watch-multi", 20_000, 2000);

        // When
        HttpResponse<String> second = lab.order("redis-script", 10, 10);

        // Then
        assertThat(first.statusCode()).isEqualTo(201);
        var started = new JsonObject(first.body());
        assertThat(first.headers().firstValue("Location")).contains("/api/race-lab/races/" + started.getString("id"));
        assertThat(started.getBoolean("finished")).isFalse();
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(new JsonObject(second.body()).getString("type")).isEqualTo("/problems/race-running");
        assertThat(lab.end(started.getString("id")).getLong("sold")).isEqualTo(2000);
    }

    @Test
    void listsTheStrategies() {
        // When
        var answer = new JsonObject(lab.get("/api/race-lab/strategies").body());

        // Then
        assertThat(answer.getJsonArray("strategies").stream().map(each -> ((JsonObject) each).getString("name")))
                .containsExactly(
                        "get-set",
                        "watch-elsewhere",
                        "watch-multi",
                        "watch-multi-combined",
                        "gets-cas",
                        "gets-cas-combined",
                        "redis-script",
                        "sql-update");
        assertThat(answer.getInteger("buyersMax")).isEqualTo(50_000);
        assertThat(answer.getInteger("stockMax")).isEqualTo(50_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"strategy":"luck","buyers":10,"stock":10}           | strategy must be one of get-set, watch-elsewhere
        {"strategy":"get-set","buyers":0,"stock":10}         | buyers must be an integer from 1 to 50000
        {"strategy":"get-set","buyers":50001,"stock":10}     | buyers must be an integer from 1 to 50000
        {"strategy":"get-set","buyers":1.5,"stock":10}       | buyers must be an integer
        {"strategy":"get-set","buyers":10,"stock":-1}        | stock must be an integer from 1 to 50000
        {"strategy":"get-set","buyers":10}                   | The body must have strategy, buyers and stock
        {"strategy":"get-set","buyers":10,"stock":1,"x":1}   | The body must have strategy, buyers and stock
        [1]                                                  | The body is not a JSON object
        nonsense                                             | The body is not a JSON object
        """)
    void rejectsInvalidRaces(String body, String why) {
        // When
        HttpResponse<String> answer = lab.post(body);

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(new JsonObject(answer.body()).getString("detail")).contains(why);
    }

    @Test
    void isForOperatorsOnly() {
        // When, Then
        assertThat(lab.send(lab.bare("/api/race-lab/strategies").GET()).statusCode())
                .isEqualTo(401);
        assertThat(lab.send(as("buyer").POST(HttpRequest.BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(lab.send(as("operator").POST(HttpRequest.BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(400);
        assertThat(lab.get("/api/race-lab/races/nobody").statusCode()).isEqualTo(404);
        assertThat(lab.get("/elsewhere").statusCode()).isEqualTo(404);
        assertThat(lab.post("x".repeat(5000)).statusCode()).isEqualTo(413);
    }

    @Test
    void allowsConfiguredOriginsOnly() {
        // When
        HttpResponse<String> shop = preflight(Lab.SHOP);
        HttpResponse<String> other = preflight("http://other.example");

        // Then
        assertThat(shop.headers().firstValue("Access-Control-Allow-Origin")).contains(Lab.SHOP);
        assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void aRaceBeyondItsTimeLimitEndsWithTheBuyersServed() {
        try (var hasty = new Lab(servers, Map.of("races.raceMax", "10"))) {
            // When
            JsonObject race = hasty.race("watch-multi", 50_000, 50_000);

            // Then
            assertThat(race.getString("problem")).isEqualTo("time-limit");
            assertThat(race.getLong("sold")).isLessThan(50_000);
        }
    }

    /** One buyer needs one connection; the others are opened before the race all the same. */
    @Test
    void opensNoConnectionDuringARace() {
        // Given
        long begunMicros = rows("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint");
        try (var prepared = new Lab(servers, Map.of("strategies.connections", "128", "database.connections", "13"))) {
            // When
            JsonObject redis = prepared.race("get-set", 1, 1);
            JsonObject sql = prepared.race("sql-update", 1, 1);

            // Then
            assertThat(redis.getLong("sold")).isEqualTo(1);
            assertThat(sql.getLong("sold")).isEqualTo(1);
            assertThat(redisConnections()).isGreaterThanOrEqualTo(128);
            assertThat(rows("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'race-lab'"
                            + " AND extract(epoch FROM backend_start) * 1000000 >= " + begunMicros))
                    .isEqualTo(13);
        }
    }

    @Test
    void aBuyerBeyondTheLimitOfAttemptsGivesUp() {
        try (var impatient = new Lab(servers, Map.of("races.attemptsMax", "1"))) {
            // When
            JsonObject race = impatient.race("watch-multi", 1000, 1000);

            // Then
            assertThat(race.getLong("gaveUp")).isPositive();
            assertThat(race.getLong("retries")).isZero();
            assertThat(race.getLong("sold")).isEqualTo(1000 - race.getLong("gaveUp"));
        }
    }

    private HttpRequest.Builder as(String role) {
        return lab.bare("/api/race-lab/races").header("Authorization", "Bearer " + lab.token(role));
    }

    private static HttpResponse<String> preflight(String origin) {
        return lab.send(lab.bare("/api/race-lab/races")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type"));
    }

    private static long redisKeys(String pattern) {
        return lab.redis(Request.cmd(Command.KEYS).arg(pattern)).size();
    }

    private static long redisConnections() {
        return lab.redis(Request.cmd(Command.CLIENT).arg("LIST"))
                .toString()
                .lines()
                .count();
    }

    private static String read(String key) {
        return lab.redis(Request.cmd(Command.GET).arg(key)).toString();
    }

    private static void write(String key, String value) {
        Response unused = lab.redis(Request.cmd(Command.SET).arg(key).arg(value));
    }

    /** The first line of a reply. */
    private static String memcached(String command) throws IOException {
        try (var socket =
                new Socket(servers.memcached().host(), servers.memcached().port())) {
            OutputStream out = socket.getOutputStream();
            out.write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new java.io.BufferedReader(
                            new java.io.InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    /** With the lab's role. */
    private static long rows(String sql) {
        var options = new PgConnectOptions()
                .setHost(servers.postgres().host())
                .setPort(servers.postgres().port())
                .setDatabase(servers.postgres().database())
                .setUser(Lab.ROLE.user())
                .setPassword(Lab.ROLE.password());
        PgConnection connection = Lab.await(PgConnection.connect(lab.vertx(), options));
        return Lab.await(connection
                .query(sql)
                .execute()
                .map(rows -> rows.iterator().next().getLong(0))
                .eventually(() -> connection.close()));
    }
}
