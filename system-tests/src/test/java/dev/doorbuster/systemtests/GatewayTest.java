package dev.doorbuster.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.doorbuster.notifier.http.NotifierRoutes;
import dev.doorbuster.notifier.room.RoomRoutes;
import dev.doorbuster.runtime.auth.TokenConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Checks the configuration of Compose's gateway. */
class GatewayTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int COMPOSE_STOP_SECONDS = 10;
    private static final Pattern TARGET = Pattern.compile(
            "FROM runtime AS (\\S+)\nENV .*DOORBUSTER_HTTP_PORT=(\\d+) DOORBUSTER_MANAGEMENT_PORT=(\\d+)");
    private static final Pattern STREAM = Pattern.compile(" *acl stream path_reg (\\S+)");
    private static final Pattern PROBLEM =
            Pattern.compile("http-error status (\\d+) content-type application/problem\\+json .*string '(.*)'");

    @Test
    void everyServiceThatServesPeopleIsFoundAtItsPortAndAskedAtItsManagementPort() throws IOException {
        // Given
        String dockerfile = Files.readString(ComposeFile.ROOT.resolve("Dockerfile"));
        var found = new TreeSet<String>();

        // Then
        for (MatchResult target : TARGET.matcher(dockerfile).results().toList()) {
            found.add(target.group(1));
            List<String> backends = sections("backend").stream()
                    .filter(section -> section.contains(" " + target.group(1) + ":" + target.group(2) + "\n"))
                    .toList();
            assertThat(backends)
                    .as(target.group(1))
                    .isNotEmpty()
                    .allSatisfy(
                            backend -> assertThat(backend).contains("default-server port " + target.group(3) + "\n"));
        }
        assertThat(found).containsExactly("notifier", "order-service", "race-lab");
    }

    @Test
    void theShopIsReadyWhereItsEdgesAndNotifiersAreWhateverTheRaceLabDoes() throws IOException {
        String shop = frontend("shop");

        assertThat(shop).doesNotContain("monitor");
        assertThat(frontend("health").lines().map(String::strip))
                .filteredOn(line -> line.contains("monitor"))
                .containsExactly(
                        "monitor-uri /gateway/ready",
                        "monitor fail if { nbsrv(edges) lt 1 } || { nbsrv(notifiers) lt 1 }");
        assertThat(shop.lines().map(String::strip))
                .filteredOn(line -> line.contains("race-lab"))
                .containsExactly("use_backend race-lab         if { path_beg /api/race-lab/ /api/learn/ }");
    }

    @Test
    void whatTheNotifierServesGoesToTheNotifiersAndNothingElse() throws IOException {
        // Given
        Pattern stream = frontend("shop")
                .lines()
                .map(STREAM::matcher)
                .filter(Matcher::matches)
                .map(line -> Pattern.compile(line.group(1)))
                .findFirst()
                .orElseThrow();

        // Then
        assertThat(pathsOfNotifier()).hasSizeGreaterThan(5).allMatch(stream.asPredicate());
        assertThat(pathsOfEdges()).hasSizeGreaterThan(20).noneMatch(stream.asPredicate());
    }

    private static List<String> pathsOfNotifier() {
        Vertx vertx = Vertx.vertx();
        Router router = Router.router(vertx);
        var rooms =
                new RoomRoutes(new TokenConfig("a secret of the tests, long enough for HS256"), null, null, null, null);
        new NotifierRoutes(null, null, null, null, null, null, null, rooms).mount(router);
        Future<Void> unused = vertx.close();
        return router.getRoutes().stream()
                // where a path has parameters, the name is its regular expression
                .map(route -> route.getName().replaceAll("\\(\\?<\\w+>\\[\\^/]\\+\\)|:\\w+", "lamps"))
                .toList();
    }

    private static List<String> pathsOfEdges() throws IOException {
        var document = new YAMLMapper()
                .readTree(Files.readString(ComposeFile.ROOT.resolve("order-service/src/main/resources/openapi.yaml")));
        var paths = new ArrayList<String>();
        document.required("paths")
                .fieldNames()
                .forEachRemaining(path -> paths.add(path.replaceAll("\\{\\w+}", "lamps")));
        return paths;
    }

    /** Otherwise open streams take all connections, and neither orders nor the health check get one. */
    @Test
    void streamsLeaveConnectionsForOrdersAndForTheHealthCheck() throws IOException {
        // Given
        String file = Files.readString(ComposeFile.ROOT.resolve("infra/haproxy/haproxy.cfg"));
        String check = Files.readString(ComposeFile.ROOT.resolve("infra/haproxy/healthy"));
        String shop = frontend("shop");
        String health = frontend("health");

        // When
        int all = number(file.substring(file.indexOf("global")), "\n    maxconn (\\d+)");
        int shops = number(shop, "\n    maxconn (\\d+)");
        int checks = number(health, "\n    maxconn (\\d+)");
        int port = number(health, "\n    bind 127.0.0.1:(\\d+)");
        List<String> full = shop.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("acl streams-full "))
                .toList();
        Pattern opening = Pattern.compile(text(shop, "acl opens-stream path_reg (\\S+)"));
        MatchResult refused = Pattern.compile("http-request return status 503 content-type application/problem\\+json"
                        + " hdr Retry-After \\d+ string '(.*)' if opens-stream streams-full")
                .matcher(shop)
                .results()
                .findFirst()
                .orElseThrow();

        // Then
        assertThat(shops + checks).isLessThanOrEqualTo(all);
        assertThat(check).contains("/dev/tcp/127.0.0.1/" + port + " ");
        assertThat(full)
                .containsExactly(
                        "acl streams-full be_conn(notifiers) ge 6000",
                        "acl streams-full be_conn(living-notifiers) ge 6000");
        assertThat(6000).isLessThanOrEqualTo(shops / 4 * 3);
        assertThat(pathsOfNotifier().stream()
                        .filter(path -> opening.matcher(path).find()))
                .hasSizeGreaterThanOrEqualTo(3)
                .allMatch(path -> path.endsWith("events"));
        assertThat(pathsOfNotifier().stream()
                        .filter(path -> path.endsWith("events")
                                && !opening.matcher(path).find()))
                .isEmpty();
        assertThat(JSON.readTree(refused.group(1)).required("type").asText()).isEqualTo("/problems/overloaded");
    }

    private static int number(String section, String pattern) {
        return Integer.parseInt(text(section, pattern));
    }

    private static String text(String section, String pattern) {
        return Pattern.compile(pattern)
                .matcher(section)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    private static String frontend(String name) throws IOException {
        return sections("frontend").stream()
                .filter(section -> section.startsWith(name + "\n"))
                .findFirst()
                .orElseThrow();
    }

    /** Behind a proxy with TLS all buyers would else share one address, and with it rate limits and locked log-ins. */
    @Test
    void aClientsAddressIsTakenFromANamedProxyOnlyAndFromNobodyByDefault() throws IOException {
        // Given
        ComposeFile compose = ComposeFile.read(List.of(".env"));
        ComposeFile behind = compose.with(Map.of("FRONT_PROXY", "172.18.0.1"));
        Map<String, Object> gateway = compose.services().get("gateway");

        // Then
        assertThat(frontend("shop").lines().map(String::strip))
                .filteredOn(line -> line.contains("X-Forwarded-For"))
                .containsExactly(
                        "http-request set-src req.hdr(X-Forwarded-For,-1)"
                                + " if { src \"${FRONT_PROXY}\" } { req.hdr_cnt(X-Forwarded-For) gt 0 }",
                        "http-request set-header X-Forwarded-For %[src]");
        assertThat(compose.environment(gateway)).containsEntry("FRONT_PROXY", "255.255.255.255");
        assertThat(behind.environment(gateway)).containsEntry("FRONT_PROXY", "172.18.0.1");
    }

    /** The image stops it gracefully: without a limit an open stream holds it until Compose kills it. */
    @Test
    void stopsBeforeComposeKillsIt() throws IOException {
        String limit = Files.readAllLines(ComposeFile.ROOT.resolve("infra/haproxy/haproxy.cfg")).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("hard-stop-after "))
                .findFirst()
                .orElseThrow();

        assertThat(Integer.parseInt(limit.replaceAll("\\D", ""))).isLessThan(COMPOSE_STOP_SECONDS);
    }

    @Test
    void withoutARaceLabTheGatewayReturnsAProblemThatThePageHandles() throws IOException {
        // Given
        String page = Files.readString(ComposeFile.ROOT.resolve("order-service/src/main/resources/web/console/lab.js"));

        // When
        String backend = sections("backend").stream()
                .filter(section -> section.startsWith("race-lab\n"))
                .findFirst()
                .orElseThrow();
        List<MatchResult> problems = PROBLEM.matcher(backend).results().toList();

        // Then
        assertThat(problems).extracting(problem -> problem.group(1)).containsExactlyInAnyOrder("502", "503", "504");
        for (MatchResult problem : problems) {
            JsonNode body = JSON.readTree(problem.group(2));
            assertThat(body.required("status").asText()).isEqualTo(problem.group(1));
            assertThat(body.required("type").asText()).isEqualTo("/problems/race-lab-away");
            assertThat(body.required("title").asText()).isNotEmpty();
            assertThat(body.required("detail").asText()).isNotEmpty();
        }
        assertThat(page).contains("'race-lab-away'");
    }

    /** Sections of a kind, from their names on. */
    private static List<String> sections(String kind) throws IOException {
        String file = Files.readString(ComposeFile.ROOT.resolve("infra/haproxy/haproxy.cfg"));
        return Pattern.compile("(?m)^" + kind + " ((?s).*?)(?=^\\w|\\z)")
                .matcher(file)
                .results()
                .map(section -> section.group(1).replaceAll("(?m)^#.*\n", ""))
                .toList();
    }
}
