package dev.doorbuster.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doorbuster.systemtests.K6Host.Answer;
import dev.doorbuster.systemtests.K6Host.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script of k6 against a shop that says whatever is put into its mouth. */
class K6ScriptTest {
    private static final String SALE = "abcdefghijklmnop";
    private static final Answer SOLD_OUT = problem(409, "sold-out");

    private final Map<String, String> environment = new HashMap<>(
            Map.of("API", "http://shop", "JWT_SECRET", "a secret of this test", "OPERATOR_PASSWORD", "password"));
    private final List<Request> requests = new ArrayList<>();
    private final List<Double> sleeps = new ArrayList<>();
    private final Deque<Answer> toOrders = new ArrayDeque<>();
    private final Deque<Answer> toLooks = new ArrayDeque<>();
    private String verdict = "PASS";
    private boolean listed = true;
    private K6Script script;

    @AfterEach
    void close() {
        if (script != null) {
            script.close();
        }
    }

    @Test
    void aSaleThatIsProvedKeepsAllPromises() {
        // Given
        Object sale = start();

        // When
        say(toOrders, reserved("1"), SOLD_OUT, reserved("2"), reserved("2"), reserved("2"));
        script.run("storm", sale);
        script.run("storm", sale);
        script.run("repeats", sale);
        script.run("browse", sale);
        script.run("teardown", sale);

        // Then
        assertThat(broken()).isEmpty();
        assertThat(script.count("answers_reserved")).isEqualTo(4);
        assertThat(script.count("answers_sold_out")).isEqualTo(1);
        assertThat(script.summary()).contains("sale PASS").containsPattern("sold +7\n");
    }

    @Test
    void aSaleThatIsOnNoPageOfTheListIsAWrongPage() {
        // Given
        Object sale = start();
        listed = false;

        // When
        script.run("browse", sale);

        // Then
        assertThat(script.count("pages_wrong")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAIL", "PENDING"})
    void anyVerdictButPassIsAFailure(String said) {
        // Given
        environment.put("VERIFY_SECONDS_MAX", "3");
        Object sale = start();
        verdict = said;

        // When, Then
        assertThatThrownBy(() -> script.run("teardown", sale)).hasMessageContaining(said);
        assertThat(broken()).containsExactly("verdict_PASS");
        assertThat(script.summary()).contains("sale " + said, "BROKEN  verdict_PASS count==1");
        assertThat(sent("/verification")).hasSize(said.equals("FAIL") ? 1 : 7);
    }

    @Test
    void aSaleThatWasNeverProvedIsAFailure() {
        Object unused = start();

        assertThat(broken()).containsExactly("verdict_PASS");
        assertThat(script.summary()).contains("sale was not proved");
    }

    @Test
    void looksAfterWhatWasAcceptedUntilItIsDecided() {
        // Given
        Object sale = start();
        say(toOrders, accepted("1"));
        say(toLooks, accepted("1"), reserved("1"));

        // When
        script.run("storm", sale);

        // Then
        assertThat(sent("/api/orders/1")).hasSize(2);
        assertThat(script.count("answers_pending")).isEqualTo(2);
        assertThat(script.count("answers_reserved")).isEqualTo(1);
        assertThat(sleeps).hasSize(2);
    }

    @Test
    void repeatsUnderItsKeyWhatWasNotAnsweredOrNotTaken() {
        // Given
        Object sale = start();
        say(
                toOrders,
                new Answer(0, ""),
                new Answer(
                        503,
                        Map.of("Retry-After", "2"),
                        problem(503, "overloaded").body()),
                problem(503, "outcome-unknown"),
                SOLD_OUT);

        // When
        script.run("storm", sale);

        // Then
        assertThat(sent("/orders").stream()
                        .map(request -> request.headers().get("Idempotency-Key"))
                        .distinct())
                .hasSize(1);
        assertThat(sleeps.get(1)).isBetween(2.0, 5.0);
        assertThat(script.count("answers_lost")).isEqualTo(1);
        assertThat(script.count("buyers_undecided")).isZero();
    }

    @Test
    void aBuyerWhoNeverHearsIsNoticed() {
        // Given
        Object sale = start();
        for (int i = 0; i < 100; i++) {
            say(toOrders, problem(503, "overloaded"));
        }

        // When
        script.run("storm", sale);

        // Then
        assertThat(toOrders).as("gives up").isNotEmpty();
        assertThat(script.kept("buyers_undecided")).isFalse();
    }

    @Test
    void twoOrdersUnderOneKeyAreNoticed() {
        assertThat(repeatsAreKept(reserved("1"), reserved("2"), reserved("1"))).isFalse();
    }

    @Test
    void aUnitThatIsNotThereWhenAskedForAgainIsNoticed() {
        assertThat(repeatsAreKept(reserved("1"), reserved("1"), SOLD_OUT)).isFalse();
    }

    @Test
    void oneOrderForTwoRequestsIsAsItShouldBe() {
        assertThat(repeatsAreKept(reserved("1"), reserved("1"), reserved("1"))).isTrue();
    }

    private boolean repeatsAreKept(Answer... answers) {
        Object sale = start();
        say(toOrders, answers);
        script.run("repeats", sale);
        assertThat(toOrders).isEmpty();
        return script.kept("repeats_disagreeing");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 401, 404, 409, 422, 500})
    void anAnswerThatNoBuyerShouldHearIsNoticed(int status) {
        // Given
        Object sale = start();
        say(toOrders, new Answer(status, "{}"));

        // When
        script.run("storm", sale);

        // Then
        assertThat(script.kept("answers_unexpected")).isFalse();
    }

    @Test
    void peopleComeAtTheirOwnRate() {
        // Given
        environment.putAll(Map.of("BUYERS", "20000", "RATE", "800", "REPEAT_PERCENT", "10"));
        Object unused = start();

        // When
        JsonNode scenarios = script.options().get("scenarios");

        // Then
        assertThat(scenarios.get("storm").get("executor").asText()).isEqualTo("constant-arrival-rate");
        assertThat(scenarios.get("storm").get("rate").asInt()).isEqualTo(18000);
        assertThat(scenarios.get("storm").get("duration").asText()).isEqualTo("25s");
        assertThat(scenarios.get("repeats").get("rate").asInt()).isEqualTo(2000);
        assertThat(scenarios.get("repeats").get("timeUnit").asText()).isEqualTo("25s");
        assertThat(scenarios.get("browsers").get("executor").asText()).isEqualTo("ramping-arrival-rate");
    }

    /** k6 refuses a script with a rule about a metric that it does not know. */
    @Test
    void everyRuleIsAboutAMetricThatExists() {
        // Given
        Object unused = start();
        var ruled = new TreeSet<String>();
        script.options().get("thresholds").fieldNames().forEachRemaining(ruled::add);

        // Then
        assertThat(ruled).contains("verdict_PASS");
        ruled.remove("dropped_iterations"); // one of k6's own
        assertThat(ruled)
                .allSatisfy(name ->
                        assertThat(script.metrics().get(name).has("values")).isTrue());
    }

    @Test
    void learnsFromTheRunFileWhereTheShopIs(@TempDir Path folder) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("run.json"), """
                {"api":"http://there","jwtSecret":"secret","operator":{"name":"operator","password":"hers"}}""");
        environment.clear();
        environment.put("RUN_JSON", file.toString());

        // When
        Object unused = start();

        // Then
        assertThat(requests.get(0).url()).isEqualTo("http://there/api/sessions");
        assertThat(requests.get(0).body()).contains("hers");
    }

    @Test
    void saysWhatIsMissing() {
        environment.remove("JWT_SECRET");

        assertThatThrownBy(this::start).hasMessageContainingAll("JWT_SECRET", "RUN_JSON");
    }

    /** Begins as k6 does; returns what it hands to all virtual users. */
    private Object start() {
        script = new K6Script(environment, this::answer, sleeps::add);
        return script.run("setup");
    }

    private List<Answer> answer(List<Request> together) {
        requests.addAll(together);
        return together.stream().map(this::answer).toList();
    }

    private Answer answer(Request request) {
        String path = request.url().replaceFirst("http://\\w+", "");
        return switch (request.method() + " " + path.replace(SALE, "{sale}")) {
            case "POST /api/sessions" -> new Answer(201, "{\"token\":\"t\"}");
            case "POST /api/sales" -> new Answer(201, sale());
            case "GET /api/sales" ->
                new Answer(200, Map.of("Link", "</api/sales?after=1-x>; rel=\"next\""), "{\"sales\":[]}");
            case "GET /api/sales?after=1-x" -> new Answer(200, "{\"sales\":[" + (listed ? sale() : "") + "]}");
            case "GET /api/sales/{sale}" -> new Answer(200, sale());
            case "POST /api/sales/{sale}/orders" -> toOrders.remove();
            case "GET /api/sales/{sale}/verification" ->
                new Answer(200, "{\"verdict\":\"%s\",\"sold\":7,\"drift\":null}".formatted(verdict));
            default -> toLooks.remove();
        };
    }

    private List<Request> sent(String end) {
        return requests.stream().filter(request -> request.url().endsWith(end)).toList();
    }

    private List<String> broken() {
        var names = new ArrayList<String>();
        script.options().get("thresholds").fieldNames().forEachRemaining(names::add);
        names.removeIf(script::kept);
        return names;
    }

    private static void say(Deque<Answer> queue, Answer... answers) {
        queue.addAll(Arrays.asList(answers));
    }

    private static String sale() {
        return "{\"saleId\":\"%s\",\"stock\":9,\"available\":2}".formatted(SALE);
    }

    private static Answer reserved(String id) {
        return new Answer(201, "{\"id\":\"%s\",\"status\":\"RESERVED\"}".formatted(id));
    }

    private static Answer accepted(String id) {
        return new Answer(202, "{\"id\":\"%s\",\"status\":\"PENDING\"}".formatted(id));
    }

    private static Answer problem(int status, String slug) {
        return new Answer(status, "{\"type\":\"/problems/%s\",\"status\":%d}".formatted(slug, status));
    }
}
