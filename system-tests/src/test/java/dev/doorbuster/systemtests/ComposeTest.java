package dev.doorbuster.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.doorbuster.notifier.NotifierConfig;
import dev.doorbuster.order.DeclareTopology.TopologyConfig;
import dev.doorbuster.order.OrderConfig;
import dev.doorbuster.order.edge.http.connection.TrustedProxies;
import dev.doorbuster.racelab.RaceLabConfig;
import dev.doorbuster.stock.StockConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks every service of compose.yaml without a container engine. */
class ComposeTest {
    private static final List<String> SERVICES = List.of("order-service", "stock-service", "notifier", "race-lab");
    private static final List<String> OURS = Stream.concat(SERVICES.stream(), Stream.of("migrations", "topology"))
            .toList();
    private static final Pattern PINNED = Pattern.compile("[\\w./-]+:v?\\d+\\.\\d+\\.?[\\w.-]*");
    private static final Pattern SECRET_NAME = Pattern.compile(".*(PASSWORD|SECRET|COOKIE|PASS|AUTH)");
    private static final Pattern CHOSEN_PORT = Pattern.compile("127\\.0\\.0\\.1:\\$\\{(\\w+_PORT):-(\\d+)}:\\2");
    /** Most of k6's take less. */
    private static final long VIRTUAL_USER_BYTES = 2_000_000;

    /** A variable or several, and who reads them. */
    private static final Pattern SHOP_ROW = Pattern.compile("(?m)^\\| (`DOORBUSTER_[^|]+) \\| ([^|]+) \\|");

    private static final Pattern DEMO_SECRET = Pattern.compile("\\$\\{DEMO_\\w+}");

    @Test
    void everyServiceHasAMemoryLimitAndAPinnedImageAndBoundsItsLog() throws IOException {
        services().forEach((name, service) -> {
            assertThat(service).as(name).containsKeys("mem_limit", "logging", "restart");
            assertThat(service.get("image").toString()).as(name).matches(PINNED);
            assertThat(texts(service, "security_opt")).as(name).contains("no-new-privileges:true");
        });
    }

    @Test
    void everyServiceHasAHealthCheckOrIsWaitedForToEnd() throws IOException {
        var ending = new ArrayList<String>();
        services()
                .values()
                .forEach(service -> dependencies(service).forEach((name, how) -> {
                    if (how.get("condition").equals("service_completed_successfully")) {
                        ending.add(name);
                    }
                }));

        services().forEach((name, service) -> {
            Map<String, Object> check = ComposeFile.map(service.getOrDefault("healthcheck", Map.of()));
            assertThat(check.containsKey("test") && !check.containsKey("disable"))
                    .as("%s has a health check", name)
                    .isEqualTo(!ending.contains(name) && !profiles(service).contains("load"));
        });
    }

    @Test
    void ourProgramsHaveNoPrivilegesAndWriteNothing() throws IOException {
        for (String name : OURS) {
            Map<String, Object> service = services().get(name);
            assertThat(service).as(name).containsEntry("read_only", true);
            assertThat(texts(service, "cap_drop")).as(name).containsExactly("ALL");
            assertThat(texts(service, "tmpfs")).as(name).containsExactly("/tmp");
            assertThat(texts(service, "volumes")).as(name).isEmpty();
        }
        assertThat(Files.readString(ComposeFile.ROOT.resolve("Dockerfile"))).contains("USER 10001:10001");
    }

    @Test
    void portsAreBoundToLoopbackOnly() throws IOException {
        services()
                .forEach((name, service) ->
                        assertThat(texts(service, "ports")).as(name).allMatch(port -> port.startsWith("127.0.0.1:")));
    }

    /** Another program may use a standard port, and Compose would stop half-way. */
    @Test
    void everyPortCanBeChosenAndIsDocumented() throws IOException {
        String documented = Files.readString(ComposeFile.ROOT.resolve("docs/compose.md"));
        services()
                .forEach((name, service) -> texts(service, "ports").forEach(port -> {
                    Matcher chosen = CHOSEN_PORT.matcher(port);
                    assertThat(chosen.matches())
                            .as("port of %s: %s", name, port)
                            .isTrue();
                    assertThat(documented).contains(chosen.group(1), "localhost:" + chosen.group(2));
                }));
    }

    @Test
    void secretsComeFromTheDocumentedFile() throws IOException {
        // Given
        Map<String, String> demo = ComposeFile.environment(".env");

        // Then
        services()
                .forEach((name, service) -> ComposeFile.environmentAsWritten(service)
                        .forEach((variable, value) -> {
                            if (SECRET_NAME.matcher(variable).matches()) {
                                assertThat(value).as("%s of %s", variable, name).matches(DEMO_SECRET);
                            }
                        }));
        assertThat(demo.keySet()).containsAll(ComposeFile.variablesWithoutDefault());
        demo.forEach((variable, value) -> {
            if (variable.startsWith("DEMO_")) {
                assertThat(value).as(variable).startsWith("demo-only-");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {".env", ".env ha.env"})
    void whatIsMountedIsThere(String environmentFiles) throws IOException {
        ComposeFile compose = ComposeFile.read(List.of(environmentFiles.split(" ")));
        compose.services()
                .forEach((name, service) -> compose.texts(service, "volumes").stream()
                        .map(volume -> volume.substring(0, volume.indexOf(':')))
                        .forEach(source -> {
                            if (source.startsWith("./")) {
                                assertThat(ComposeFile.ROOT.resolve(source))
                                        .as(name)
                                        .exists();
                            } else {
                                assertThat(compose.volumes()).as(name).containsKey(source);
                            }
                        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {".env", ".env ha.env"})
    void servicesAcceptTheirVariables(String environmentFiles) throws IOException {
        ComposeFile compose = ComposeFile.read(List.of(environmentFiles.split(" ")));
        Map<String, Map<String, Object>> services = compose.services();

        assertThatCode(() -> OrderConfig.fromEnv(compose.environment(services.get("order-service"))))
                .doesNotThrowAnyException();
        assertThatCode(() -> TopologyConfig.fromEnv(compose.environment(services.get("topology"))))
                .doesNotThrowAnyException();
        assertThatCode(() -> StockConfig.fromEnv(compose.environment(services.get("stock-service"))))
                .doesNotThrowAnyException();
        assertThatCode(() -> NotifierConfig.fromEnv(compose.environment(services.get("notifier"))))
                .doesNotThrowAnyException();
        assertThatCode(() -> RaceLabConfig.fromEnv(compose.environment(services.get("race-lab"))))
                .doesNotThrowAnyException();
    }

    /**
     * The number of declared notifier queues matches the gateway's servers, and the queues' group size matches the
     * brokers.
     */
    @ParameterizedTest
    @CsvSource({".env, false", ".env ha.env, true"})
    void theTopologyFitsTheBrokerAndTheGateway(String environmentFiles, boolean replicated) throws IOException {
        ComposeFile compose = ComposeFile.read(List.of(environmentFiles.split(" ")));
        String gateway = Files.readString(ComposeFile.ROOT.resolve("infra/haproxy/haproxy.cfg"));

        TopologyConfig config =
                TopologyConfig.fromEnv(compose.environment(compose.services().get("topology")));

        assertThat(config.replicated()).isEqualTo(replicated);
        assertThat(gateway).contains("server-template notifier- " + config.notifiers() + " notifier:8082");
        assertThat(dependencies(compose.services().get("topology")))
                .containsOnlyKeys("rabbitmq", "rabbitmq-2", "rabbitmq-3");
    }

    /** Otherwise a variable that the page tells an operator to set would be ignored without a word. */
    @Test
    void whatAShopSetsReachesTheServices() throws IOException {
        // Given
        String page = Files.readString(ComposeFile.ROOT.resolve("docs/your-shop.md"));
        String table = page.substring(page.indexOf("## What you set"), page.indexOf("## Log-in"));
        Map<String, String> services = Map.of("edges", "order-service", "notifiers", "notifier");
        ComposeFile compose = ComposeFile.read(List.of(".env"));
        var checked = new ArrayList<String>();

        // Then
        for (MatchResult row : SHOP_ROW.matcher(table).results().toList()) {
            for (MatchResult name : Pattern.compile("DOORBUSTER_\\w+")
                    .matcher(row.group(1))
                    .results()
                    .toList()) {
                String variable = name.group();
                checked.add(variable);
                ComposeFile told = compose.with(Map.of(variable, "as the shop says"));
                for (String reader : row.group(2).split(", ", -1)) {
                    String service = services.get(reader);
                    assertThat(told.environment(told.services().get(service)))
                            .as(service)
                            .containsEntry(variable, "as the shop says");
                }
            }
        }
        assertThat(checked).hasSizeGreaterThanOrEqualTo(7).contains("DOORBUSTER_DEMO_LOGIN", "DOORBUSTER_OIDC_ISSUER");
    }

    @Test
    void theDemoLogInIsOnUntilItIsSwitchedOff() throws IOException {
        ComposeFile compose = ComposeFile.read(List.of(".env"));
        ComposeFile off = compose.with(Map.of("DOORBUSTER_DEMO_LOGIN", "false"));

        assertThat(OrderConfig.fromEnv(compose.environment(compose.services().get("order-service")))
                        .edge()
                        .orElseThrow()
                        .auth()
                        .demoLogin())
                .isTrue();
        assertThat(OrderConfig.fromEnv(off.environment(off.services().get("order-service")))
                        .edge()
                        .orElseThrow()
                        .auth()
                        .demoLogin())
                .isFalse();
    }

    @Test
    void linksInMailsLeadToThePortThatWasChosen() throws IOException {
        ComposeFile compose = ComposeFile.read(List.of(".env"));
        ComposeFile moved = compose.with(Map.of("SHOP_PORT", "18080"));
        ComposeFile named = moved.with(Map.of("DOORBUSTER_STOREFRONT_URL", "https://shop.example"));

        for (String name : List.of("order-service", "notifier")) {
            Map<String, Object> service = compose.services().get(name);
            assertThat(compose.environment(service))
                    .containsEntry("DOORBUSTER_STOREFRONT_URL", "http://localhost:8080");
            assertThat(moved.environment(service)).containsEntry("DOORBUSTER_STOREFRONT_URL", "http://localhost:18080");
            assertThat(named.environment(service)).containsEntry("DOORBUSTER_STOREFRONT_URL", "https://shop.example");
        }
    }

    /**
     * The race lab gets the stores, a database role of its own, and the keys that verify operator tokens; nothing
     * else.
     */
    @ParameterizedTest
    @ValueSource(strings = {".env", ".env ha.env"})
    void theRaceLabRacesOnTheShopsStoresAndCannotTouchASale(String environmentFiles) throws IOException {
        // Given
        ComposeFile compose = ComposeFile.read(List.of(environmentFiles.split(" ")));
        Map<String, Object> lab = compose.services().get("race-lab");
        Map<String, String> told = compose.environment(lab);
        Map<String, String> shop = compose.environment(compose.services().get("order-service"));
        Map<String, String> secrets = ComposeFile.environment(".env");

        // Then
        assertThat(told)
                .containsOnlyKeys(
                        "DOORBUSTER_REDIS_HOST",
                        "DOORBUSTER_REDIS_SENTINELS",
                        "DOORBUSTER_REDIS_PASSWORD",
                        "DOORBUSTER_MEMCACHED_SERVERS",
                        "DOORBUSTER_DB_HOST",
                        "DOORBUSTER_DB_USER",
                        "DOORBUSTER_DB_PASSWORD",
                        "DOORBUSTER_RABBITMQ_NODES",
                        "DOORBUSTER_LEARN_PASSWORD",
                        "DOORBUSTER_JWT_SECRET");
        told.forEach((name, value) -> {
            if (name.endsWith("_USER") || name.endsWith("_DB_PASSWORD") || name.endsWith("_LEARN_PASSWORD")) {
                assertThat(value).as(name).isNotEqualTo(shop.get(name));
            } else {
                assertThat(value).as(name).isEqualTo(shop.get(name));
            }
        });
        assertThat(told)
                .containsEntry("DOORBUSTER_DB_USER", "doorbuster_race_lab")
                .containsEntry("DOORBUSTER_DB_PASSWORD", secrets.get("DEMO_POSTGRES_RACE_LAB_PASSWORD"));
        assertThat(compose.environment(compose.services().get("postgres")))
                .containsEntry("RACE_LAB_PASSWORD", secrets.get("DEMO_POSTGRES_RACE_LAB_PASSWORD"))
                .containsEntry("LEARN_PASSWORD", secrets.get("DEMO_LEARN_PASSWORD"));
        assertThat(dependencies(lab))
                .containsKeys("redis", "memcached", "postgres")
                .doesNotContainKey("rabbitmq");
    }

    @Test
    void nothingWaitsForTheRaceLabAndPagesFindItOnTheirOwnOrigin() throws IOException {
        services()
                .forEach((name, service) ->
                        assertThat(dependencies(service)).as(name).doesNotContainKey("race-lab"));
        assertThat(ComposeFile.environmentAsWritten(services().get("order-service")))
                .containsEntry("DOORBUSTER_RACE_LAB_ORIGIN", "self");
    }

    /** Otherwise all log-ins share the gateway's address, and one guesser locks the operator out. */
    @Test
    void failedLogInsCountByTheAddressThatTheGatewayReports() throws IOException {
        // Given
        ComposeFile compose = ComposeFile.read(List.of(".env"));
        Map<String, Object> edge = compose.services().get("order-service");
        String gateway = Files.readString(ComposeFile.ROOT.resolve("infra/haproxy/haproxy.cfg"));

        // When
        TrustedProxies proxies = OrderConfig.fromEnv(compose.environment(edge))
                .edge()
                .orElseThrow()
                .http()
                .proxies();

        // Then
        assertThat(List.of("172.18.0.5", "192.168.48.5", "10.201.0.5"))
                .as("addresses that Docker gives to containers")
                .allSatisfy(peer ->
                        assertThat(proxies.client(peer, List.of("203.0.113.7"))).isEqualTo("203.0.113.7"));
        assertThat(gateway)
                .as("replaces what the client sent")
                .contains("\n    http-request set-header " + TrustedProxies.HEADER + " %[src]\n");
        assertThat(texts(edge, "ports")).as("ways around the gateway").isEmpty();
    }

    @Test
    void everyServiceOfOursHasATargetOfItsOwnAndIsWatchedAtItsManagementPort() throws IOException {
        String dockerfile = Files.readString(ComposeFile.ROOT.resolve("Dockerfile"));
        String watched = Files.readString(ComposeFile.ROOT.resolve("infra/prometheus/prometheus.yml"));
        for (String name : SERVICES) {
            assertThat(ComposeFile.map(services().get(name).get("build"))).containsEntry("target", name);
            assertThat(services().get(name).get("image").toString()).startsWith("doorbuster/" + name + ":");
            Matcher target = Pattern.compile("\nFROM runtime AS " + name + "\nENV .*DOORBUSTER_MANAGEMENT_PORT=(\\d+)")
                    .matcher(dockerfile);
            assertThat(target.find()).as("target " + name).isTrue();
            assertThat(watched).contains("{names: [" + name + "], type: A, port: " + target.group(1) + ",");
        }
    }

    /**
     * An image of that name on a public hub is a stranger's. With the policy "never" Compose builds what is missing;
     * "build" would build whatever is there at each start.
     */
    @Test
    void whatIsBuiltHereIsNeverPulled() throws IOException {
        services().forEach((name, service) -> {
            if (service.get("image").toString().startsWith("doorbuster/")) {
                assertThat(service)
                        .as(name)
                        .containsEntry("pull_policy", "never")
                        .containsKey("build");
            }
        });
    }

    /** Modes of files in a clone depend on its umask, and the image's user is neither owner nor group. */
    @Test
    void theImagesUserMayRunWhatIsCopiedIntoIt() throws IOException {
        assertThat(Files.readAllLines(ComposeFile.ROOT.resolve("Dockerfile")))
                .filteredOn(line -> line.startsWith("COPY") && line.contains("infra/"))
                .isNotEmpty()
                .allMatch(line -> line.startsWith("COPY --chmod=755 "));
        assertThat(Files.readString(ComposeFile.ROOT.resolve("docs/compose.md")))
                .contains("chmod -R a+rX infra load-test/k6");
    }

    /** With it a node whose configuration file was rewritten loads each module of the image twice, and ends. */
    @Test
    void redisNodesKeepTheirFileWithoutTheImagesEntrypoint() throws IOException {
        for (String script : List.of("infra/redis/node", "infra/redis/sentinel")) {
            assertThat(Files.readAllLines(ComposeFile.ROOT.resolve(script)))
                    .as(script)
                    .noneMatch(line -> line.contains("docker-entrypoint"))
                    .anyMatch(line -> line.startsWith("exec setpriv --reuid redis "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rabbitmq.conf", "cluster.conf"})
    void theBrokersLogFitsBelowTheWatermarkAndThatIntoTheContainer(String file) throws IOException {
        Map<String, String> settings =
                settings(ComposeFile.ROOT.resolve("infra/rabbitmq").resolve(file));
        long watermark = bytes(settings.get("vm_memory_high_watermark.absolute"));

        assertThat(watermark).isLessThan(bytes(services().get("rabbitmq").get("mem_limit") + ""));
        assertThat(Long.parseLong(settings.get("raft.wal_max_size_bytes"))).isLessThan(watermark / 4);
    }

    @Test
    void redisRefusesWritesBeforeItsContainerIsFull() throws IOException {
        Map<String, Object> redis = services().get("redis");

        assertThat(bytes(ComposeFile.environmentAsWritten(redis).get("MEMORY_MAX")))
                .isLessThanOrEqualTo(bytes(redis.get("mem_limit") + "") / 4 * 3);
        assertThat(Files.readAllLines(ComposeFile.ROOT.resolve("infra/redis/node")))
                .contains("maxmemory $MEMORY_MAX", "maxmemory-policy noeviction");
    }

    @Test
    void theCrowdFitsIntoItsContainer() throws IOException {
        ComposeFile compose = ComposeFile.read(List.of(".env"));
        Map<String, Object> load = compose.services().get("load");
        int scenarios = 3;

        assertThat(Long.parseLong(compose.environment(load).get("VUS_MAX")) * scenarios * VIRTUAL_USER_BYTES)
                .isLessThanOrEqualTo(bytes(load.get("mem_limit") + ""));
    }

    @Test
    void tracesAreKeptUpToANumber() throws IOException {
        assertThat(ComposeFile.parse("infra/jaeger/config.yaml")
                        .get("extensions")
                        .toString())
                .contains("max_traces=5000");
    }

    @Test
    void everyVariableOfTheManifestsIsDocumented() throws IOException {
        // the second page has names that an operator chooses
        String documented = Files.readString(ComposeFile.ROOT.resolve("docs/configuration.md"))
                + Files.readString(ComposeFile.ROOT.resolve("docs/your-shop.md"));
        String dockerfile = Files.readString(ComposeFile.ROOT.resolve("Dockerfile"));
        var told = new ArrayList<>(Pattern.compile("DOORBUSTER_\\w+")
                .matcher(dockerfile)
                .results()
                .map(MatchResult::group)
                .toList());
        for (String name : OURS) {
            told.addAll(ComposeFile.environmentAsWritten(services().get(name)).keySet());
        }

        assertThat(told.stream().filter(name -> name.startsWith("DOORBUSTER_")))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(documented).contains("`" + name + "`"));
    }

    @Test
    void theCrowdReadsItsVariables() throws IOException {
        String read = Files.readString(ComposeFile.ROOT.resolve("load-test/k6/lib/plan.js"));

        assertThat(ComposeFile.environmentAsWritten(services().get("load")).keySet())
                .contains("API")
                .filteredOn(name -> !name.startsWith("K6_"))
                .allSatisfy(name -> assertThat(read).contains("('" + name + "'"));
    }

    /** A service must not depend on one of a disabled profile. */
    @Test
    void whatIsWaitedForIsThere() throws IOException {
        Map<String, Map<String, Object>> services = services();
        services.forEach((name, service) -> dependencies(service).forEach((other, how) -> {
            assertThat(services).as(name).containsKey(other);
            boolean always = profiles(service).containsAll(profiles(services.get(other)));
            assertThat(how.getOrDefault("required", true))
                    .as("%s waits for %s", name, other)
                    .isEqualTo(always);
        }));
    }

    @Test
    void whatTheSmallSystemLeavesOutIsThere() throws IOException {
        Map<String, Object> leftOut =
                ComposeFile.map(ComposeFile.parse("compose.core.yaml").get("services"));

        assertThat(services()).containsKeys(leftOut.keySet().toArray(String[]::new));
    }

    /** A job without a target is an alert that never ends. */
    @Test
    void theSmallSystemWatchesNoExporterThatItLeavesOut() throws IOException {
        // Given
        Map<String, Object> core =
                ComposeFile.map(ComposeFile.parse("compose.core.yaml").get("services"));
        List<String> leftOut = core.entrySet().stream()
                .filter(each ->
                        texts(ComposeFile.map(each.getValue()), "profiles").contains("extras"))
                .map(Map.Entry::getKey)
                .toList();
        String configuration = texts(ComposeFile.map(core.get("prometheus")), "command").stream()
                .filter(each -> each.startsWith("--config.file=/etc/prometheus/"))
                .map(each -> each.substring(each.lastIndexOf('/') + 1))
                .findFirst()
                .orElseThrow();

        // When
        Map<String, String> all = jobs("prometheus.yml");
        Map<String, String> small = jobs(configuration);

        // Then
        assertThat(leftOut).contains("redis-exporter", "memcached-exporter", "postgres-exporter");
        var watched = new TreeMap<>(all);
        watched.values().removeIf(job -> leftOut.stream().anyMatch(name -> job.contains(name + ":")));
        assertThat(small).isEqualTo(watched).hasSizeLessThan(all.size()).containsKeys("rabbitmq", "notifier");
        List<String> usual = texts(services().get("prometheus"), "command");
        assertThat(texts(ComposeFile.map(core.get("prometheus")), "command"))
                .as("the other options")
                .containsAll(usual.subList(1, usual.size()));
    }

    /** Jobs of a configuration of Prometheus, by name. */
    private static Map<String, String> jobs(String file) throws IOException {
        Map<String, Object> configuration = ComposeFile.parse("infra/prometheus/" + file);
        var jobs = new TreeMap<String, String>();
        for (Object job : (List<?>) configuration.get("scrape_configs")) {
            jobs.put(ComposeFile.map(job).get("job_name").toString(), job.toString());
        }
        return jobs;
    }

    @Test
    void tracesGoToACollectorWhereThereIsOne() throws IOException {
        ComposeFile compose = ComposeFile.read(List.of(".env"));
        Map<String, Object> core =
                ComposeFile.map(ComposeFile.parse("compose.core.yaml").get("services"));

        for (String name : List.of("order-service", "stock-service", "notifier")) {
            Map<String, String> told = compose.environment(services().get(name));
            assertThat(told).as(name).containsEntry("DOORBUSTER_TRACE_EXPORTER", "otlp");
            assertThat(services())
                    .containsKey(
                            URI.create(told.get("DOORBUSTER_TRACE_ENDPOINT")).getHost());
            assertThat(ComposeFile.environmentAsWritten(ComposeFile.map(core.get(name))))
                    .as("%s without a collector", name)
                    .containsEntry("DOORBUSTER_TRACE_EXPORTER", "none");
        }
    }

    /** Maven reads all modules, including those that are in no image. */
    @Test
    void imagesAreBuiltWithEveryModule() throws IOException {
        String root = Files.readString(ComposeFile.ROOT.resolve("pom.xml"));
        List<String> sent = Files.readAllLines(ComposeFile.ROOT.resolve(".dockerignore"));

        Pattern.compile("<module>(.+)</module>")
                .matcher(root)
                .results()
                .forEach(module -> assertThat(sent)
                        .as("module %s", module.group(1))
                        .containsAnyOf("!" + module.group(1), "!" + module.group(1) + "/pom.xml"));
    }

    private static Map<String, Map<String, Object>> services() throws IOException {
        return ComposeFile.read(List.of(".env")).services();
    }

    private static List<String> texts(Map<String, Object> service, String key) {
        return ((List<?>) service.getOrDefault(key, List.of()))
                .stream().map(Object::toString).toList();
    }

    private static Map<String, String> settings(Path file) throws IOException {
        var settings = new TreeMap<String, String>();
        for (String line : Files.readAllLines(file)) {
            if (line.contains(" = ") && !line.startsWith("#")) {
                String[] parts = line.split(" = ", 2);
                settings.put(parts[0], parts[1]);
            }
        }
        return settings;
    }

    private static long bytes(String size) {
        long number = Long.parseLong(size.replaceAll("\\D", ""));
        return switch (size.replaceAll("[\\d]", "").toLowerCase(Locale.ROOT)) {
            case "m", "mb" -> number << 20;
            case "g", "gb" -> number << 30;
            default -> throw new AssertionError("what size is " + size);
        };
    }

    private static List<String> profiles(Map<String, Object> service) {
        return texts(service, "profiles");
    }

    private static Map<String, Map<String, Object>> dependencies(Map<String, Object> service) {
        var dependencies = new TreeMap<String, Map<String, Object>>();
        ComposeFile.map(service.getOrDefault("depends_on", Map.of()))
                .forEach((name, how) -> dependencies.put(name, ComposeFile.map(how)));
        return dependencies;
    }
}
