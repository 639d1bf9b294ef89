package dev.doorbuster.racelab;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The race step by step: commands and replies of real servers, and who has the unit. */
class ScheduleIT extends LabOnServers {
    private static final String SCHEDULES = "/api/race-lab/schedules";

    @ParameterizedTest
    @CsvSource({
        "get-set, A1 B1 A2 B2, A B, 0, 1",
        "get-set, A1 A2 B1 B2, A, 0, 0",
        "get-set, B1 B2 A1 A2, B, 0, 0",
        "watch-elsewhere, A1 B1 A2 B2 A3 B3, A B, -1, 1",
        "watch-elsewhere, A1 A2 A3 B1 B2 B3, A, 0, 0",
        "watch-multi, A1 B1 A2 B2 A3 B3, A, 0, 0",
        "watch-multi, A1 A2 B1 B2 B3 A3, B, 0, 0",
        "gets-cas, A1 B1 A2 B2, A, 0, 0",
        "gets-cas, A1 B1 B2 A2, B, 0, 0",
        "gets-cas, A1 A2 B1 B2, A, 0, 0"
    })
    void theOrderOfTheStepsDecides(String strategy, String steps, String owners, int left, int oversold) {
        // When
        JsonObject result = result(strategy, steps);

        // Then
        assertThat(result.getString("strategy")).isEqualTo(strategy);
        assertThat(texts(result.getJsonArray("steps"), "step")).containsExactly(steps.split(" "));
        assertThat(result.getJsonArray("owners")).containsExactlyInAnyOrder((Object[]) owners.split(" "));
        assertThat(result.getInteger("left")).isEqualTo(left);
        assertThat(result.getInteger("oversold")).isEqualTo(oversold);
    }

    @Test
    void execDoesNothingIfTheWatchedKeyWasChanged() {
        JsonObject result = result("watch-multi", "A1 B1 A2 B2 A3 B3");

        assertThat(replies(result, 0)).containsExactly("OK");
        assertThat(replies(result, 3)).containsExactly("\"1\"");
        assertThat(replies(result, 4)).containsExactly("OK", "QUEUED", "[0]");
        assertThat(replies(result, 5)).containsExactly("OK", "QUEUED", "(nil)");
    }

    @Test
    void aWatchOnTheClientsConnectionStopsNoExec() {
        JsonObject result = result("watch-elsewhere", "A1 B1 A2 B2 A3 B3");

        assertThat(texts(commands(result, 0), "connection")).containsExactly("client");
        assertThat(texts(commands(result, 4), "connection")).containsExactly("A", "A", "A");
        assertThat(replies(result, 4)).containsExactly("OK", "QUEUED", "[0]");
        assertThat(replies(result, 5)).containsExactly("OK", "QUEUED", "[-1]");
    }

    @Test
    void casIsRefusedIfTheVersionIsOld() {
        JsonObject result = result("gets-cas", "A1 B1 A2 B2");

        String read = commands(result, 1).getJsonObject(0).getString("reply");
        String version = read.lines().findFirst().orElseThrow().replaceAll(".* ", "");
        assertThat(read).startsWith("VALUE doorbuster:race-lab:{racelab").endsWith("\n1\nEND");
        assertThat(replies(result, 2)).containsExactly("STORED");
        assertThat(replies(result, 3)).containsExactly("EXISTS");
        assertThat(commands(result, 3).getJsonObject(0).getString("sent"))
                .startsWith("cas doorbuster:race-lab:{racelab")
                .endsWith(" 0 60 1 " + version + "\n0");
    }

    @Test
    void aBuyerWhoReadNothingLeftSendsNothing() {
        JsonObject result = result("get-set", "A1 A2 B1 B2");

        assertThat(commands(result, 1).getJsonObject(0).getString("sent"))
                .startsWith("SET doorbuster:race-lab:{racelab")
                .endsWith(" 0 XX KEEPTTL");
        assertThat(replies(result, 2)).containsExactly("\"0\"");
        assertThat(commands(result, 3)).isEmpty();
    }

    @Test
    void eachRunHasAKeyOfItsOwnAlsoOfSeveralOperators() {
        List<JsonObject> results = Stream.generate(() -> "A1 B1 A2 B2")
                .limit(6)
                .parallel()
                .map(steps -> result("get-set", steps))
                .toList();

        assertThat(results)
                .allSatisfy(result -> assertThat(result.getInteger("oversold")).isEqualTo(1));
        assertThat(results)
                .extracting(result -> commands(result, 0).getJsonObject(0).getString("sent"))
                .doesNotHaveDuplicates();
    }

    @Test
    void leavesNoKey() {
        // When
        JsonObject unused = result("get-set", "A1 B1 A2 B2");
        unused = result("watch-elsewhere", "A1 B1 A2 B2 A3 B3");

        // Then

        assertThat(lab.redis(Request.cmd(Command.KEYS).arg("doorbuster:race-lab:*"))
                        .size())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"strategy":"get-set","steps":"A1 A2 B2 B1"}           | each of A1 A2 B1 B2 once, those of a buyer in this order: step 3 does not fit
        {"strategy":"get-set","steps":"A1 A2 B1"}              | B2 is missing
        {"strategy":"get-set","steps":"A1 A1 A2 B1 B2"}        | step 2 does not fit
        {"strategy":"get-set","steps":"A1 A2 B1 B2 A3"}        | step 5 does not fit
        {"strategy":"watch-multi","steps":"A1 A2 B1 B2"}       | each of A1 A2 A3 B1 B2 B3 once, those of a buyer in this order: A3 is missing
        {"strategy":"get-set","steps":"A1 C1"}                 | step 2 does not fit
        {"strategy":"get-set","steps":""}                      | step 1 does not fit
        {"strategy":"sql-update","steps":"A1 B1"}              | strategy must be one of get-set, watch-elsewhere, watch-multi, gets-cas.
        {"strategy":"get-set","steps":["A1"]}                  | The body must have strategy and steps, a text such as A1 B1 A2 B2
        {"strategy":"get-set","steps":"A1 A2 B1 B2","x":1}     | and nothing else
        [1]                                                    | The body is not a JSON object
        """)
    void rejectsInvalidSchedules(String body, String why) {
        // When
        HttpResponse<String> answer = lab.post(SCHEDULES, body);

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getString("type")).isEqualTo("/problems/invalid-request");
        assertThat(new JsonObject(answer.body()).getString("detail")).contains(why);
    }

    @Test
    void isForOperatorsAndBounded() {
        assertThat(lab.send(lab.bare(SCHEDULES).POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(401);
        assertThat(lab.send(lab.bare(SCHEDULES)
                                .header("Authorization", "Bearer " + lab.token("buyer"))
                                .POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(403);
        assertThat(lab.post(SCHEDULES, "x".repeat(5000)).statusCode()).isEqualTo(413);
    }

    @Test
    void aDeadServerIsAProblemOfItsOwnSchedulesOnly() {
        try (var half = new Lab(servers, Map.of("DOORBUSTER_MEMCACHED_PORT", "1"))) {
            // When
            HttpResponse<String> memcached =
                    half.post(SCHEDULES, "{\"strategy\":\"gets-cas\",\"steps\":\"A1 B1 A2 B2\"}");
            HttpResponse<String> redis = half.post(SCHEDULES, "{\"strategy\":\"get-set\",\"steps\":\"A1 B1 A2 B2\"}");

            // Then
            assertThat(memcached.statusCode()).isEqualTo(503);
            assertThat(memcached.headers().firstValue("Retry-After")).isPresent();
            assertThat(new JsonObject(memcached.body()).getString("type")).isEqualTo("/problems/store-unavailable");
            assertThat(redis.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theListOfStrategiesSaysWhichHaveSteps() {
        JsonArray strategies =
                new JsonObject(lab.get("/api/race-lab/strategies").body()).getJsonArray("strategies");

        assertThat(strategies.stream()
                        .map(JsonObject.class::cast)
                        .filter(each -> each.containsKey("steps"))
                        .map(each -> each.getString("name") + each.getValue("steps")))
                .containsExactly(
                        "get-set[\"read\",\"write\"]",
                        "watch-elsewhere[\"watch\",\"read\",\"exec\"]",
                        "watch-multi[\"watch\",\"read\",\"exec\"]",
                        "gets-cas[\"read\",\"write\"]");
    }

    private static JsonObject result(String strategy, String steps) {
        HttpResponse<String> answer = lab.post(
                SCHEDULES,
                new JsonObject().put("strategy", strategy).put("steps", steps).encode());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private static JsonArray commands(JsonObject result, int step) {
        return result.getJsonArray("steps").getJsonObject(step).getJsonArray("commands");
    }

    private static List<String> replies(JsonObject result, int step) {
        return texts(commands(result, step), "reply");
    }

    private static List<String> texts(JsonArray array, String name) {
        return array.stream().map(each -> ((JsonObject) each).getString(name)).toList();
    }
}
