package dev.doorbuster.systemtests.k8s;

import static dev.doorbuster.systemtests.k8s.Manifest.list;
import static dev.doorbuster.systemtests.k8s.Manifest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doorbuster.contracts.topology.Permissions;
import dev.doorbuster.order.OrderConfig;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The servers' configuration fits the services' requirements. */
class ServersTest {
    private static final int OTHER_CONNECTIONS = 20;
    private static final int HELD_SECONDS_SPARE = 5;
    private static final Map<String, Permissions> USERS = Map.of(
            "order-service", Permissions.ORDER_SERVICE,
            "stock-service", Permissions.STOCK_SERVICE,
            "notifier", Permissions.NOTIFIER);

    @Test
    void theLocalBrokersUsersMayDoWhatTheyNeed() {
        // Given
        JsonNode definitions = Yaml.documents(Overlay.decoded(
                        Overlay.LOCAL.get("Secret", "rabbitmq-definitions").at("/data/definitions.json")))
                .get(0);
        var granted = new HashMap<String, Permissions>();
        list(definitions.get("permissions"))
                .forEach(each -> granted.put(each.get("user").asText(), permissions(each)));

        // When
        Permissions administrator = granted.remove("doorbuster");

        // Then
        assertThat(granted).isEqualTo(USERS);
        assertThat(administrator).isEqualTo(new Permissions(".*", ".*", ".*"));
    }

    @Test
    void theLocalBrokersUsersHaveTheServicesPasswords() {
        JsonNode definitions = Yaml.documents(Overlay.decoded(
                        Overlay.LOCAL.get("Secret", "rabbitmq-definitions").at("/data/definitions.json")))
                .get(0);

        assertThat(list(definitions.get("users"))).hasSize(USERS.size() + 1).allSatisfy(user -> {
            String name = user.get("name").asText();
            Manifest secret =
                    Overlay.LOCAL.get("Secret", "rabbitmq-" + (USERS.containsKey(name) ? name : "default-user"));
            assertThat(Overlay.decoded(secret.at("/data/username"))).isEqualTo(name);
            assertThat(Overlay.decoded(secret.at("/data/password")))
                    .isEqualTo(user.get("password").asText());
        });
    }

    @Test
    void theBrokersUsersMayDoWhatTheyNeed() {
        USERS.forEach((name, may) -> {
            Manifest granted = Overlay.PRODUCTION.get("Permission", name);
            assertThat(permissions(granted.at("/spec/permissions"))).isEqualTo(may);
            assertThat(granted.at("/spec/userReference/name").asText()).isEqualTo(name);
            assertThat(Overlay.PRODUCTION
                            .get("User", name)
                            .at("/spec/importCredentialsSecret/name")
                            .asText())
                    .isEqualTo("rabbitmq-" + name);
        });
        assertThat(Overlay.PRODUCTION.get("Permission", "scaler").at("/spec/permissions"))
                .isEmpty();
    }

    @Test
    void theDatabaseHasConnectionsForAllPools() {
        Overlay overlay = Overlay.PRODUCTION;
        int edges =
                overlay.get("ScaledObject", "edge").at("/spec/maxReplicaCount").asInt();
        int ledgers = overlay.get("Deployment", "ledger").at("/spec/replicas").asInt();
        int surging = 2;
        int pool = OrderConfig.fromEnv(overlay.environment(
                        overlay.get("Deployment", "edge").containers().get(0), "a-secret-of-production-0123456789"))
                .database()
                .poolMax();

        assertThat(overlay.get("Cluster", "postgres")
                        .at("/spec/postgresql/parameters/max_connections")
                        .asInt())
                .isGreaterThanOrEqualTo((edges + ledgers + surging) * pool + OTHER_CONNECTIONS);
    }

    @Test
    void theGatewayHoldsRequestsLongerThanBuyersMayWaitAndStreamsForAnyTime() {
        Overlay overlay = Overlay.PRODUCTION;
        long waitMax = OrderConfig.fromEnv(overlay.environment(
                        overlay.get("Deployment", "edge").containers().get(0), "a-secret-of-production-0123456789"))
                .edge()
                .orElseThrow()
                .placement()
                .waitMax()
                .toSeconds();

        String held = overlay.get("HTTPRoute", "api")
                .at("/spec/rules/0/timeouts/request")
                .asText();
        assertThat(Long.parseLong(held.replace("s", ""))).isGreaterThanOrEqualTo(waitMax + HELD_SECONDS_SPARE);
        assertThat(texts(overlay.get("HTTPRoute", "events").at("/spec/rules/0/timeouts")))
                .containsEntry("request", "0s");
    }

    /** Pages of one host read events from the other, which must allow that. */
    @Test
    void theStorefrontsHostLeadsToTheEdgesAndItsPagesMayReadEventsFromTheOther() {
        // Given
        Overlay overlay = Overlay.PRODUCTION;
        Map<String, String> edge = overlay.environment(
                overlay.get("Deployment", "edge").containers().get(0), "a-secret-of-production-0123456789");
        Map<String, String> notifier = overlay.environment(
                overlay.get("StatefulSet", "notifier").containers().get(0), "a-secret-of-production-0123456789");
        Manifest api = overlay.get("HTTPRoute", "api");
        Manifest events = overlay.get("HTTPRoute", "events");

        // Then
        assertThat(edge.get("DOORBUSTER_STOREFRONT_URL"))
                .isEqualTo("https://" + api.at("/spec/hostnames/0").asText())
                .isEqualTo(notifier.get("DOORBUSTER_STOREFRONT_URL"))
                .isEqualTo(notifier.get("DOORBUSTER_CORS_ORIGINS"));
        assertThat(edge.get("DOORBUSTER_EVENTS_ORIGIN"))
                .isEqualTo("https://" + events.at("/spec/hostnames/0").asText());
        assertThat(list(api.at("/spec/rules"))).singleElement().satisfies(rule -> {
            assertThat(list(rule.at("/matches")))
                    .singleElement()
                    .satisfies(match -> assertThat(texts(match.path("path")))
                            .isEqualTo(Map.of("type", "PathPrefix", "value", "/")));
            assertThat(rule.at("/backendRefs/0/name").asText()).isEqualTo("edge");
        });
        assertThat(events.at("/spec/rules/0/backendRefs/0/name").asText()).isEqualTo("notifier");
    }

    @Test
    void redisIsKnownToServicesAndSentinelsUnderOneName() {
        assertThat(texts(Overlay.PRODUCTION.get("ConfigMap", "servers").at("/data")))
                .containsEntry(
                        "DOORBUSTER_REDIS_MASTER_NAME",
                        Overlay.PRODUCTION
                                .get("RedisSentinel", "redis")
                                .at("/spec/redisSentinelConfig/masterGroupName")
                                .asText());
    }

    /** The rule of the operator's webhook. */
    @Test
    void theDatabasesSettingsFitTogether() {
        JsonNode spec = Overlay.PRODUCTION.get("Cluster", "postgres").at("/spec");

        assertThat(spec.at("/postgresql/synchronous/number").asInt())
                .isLessThan(spec.at("/instances").asInt());
        assertThat(bytes(spec.at("/postgresql/parameters/shared_buffers")))
                .isLessThan(bytes(spec.at("/resources/requests/memory")));
        assertThat(bytes(spec.at("/postgresql/parameters/max_wal_size")))
                .isLessThan(bytes(spec.at("/walStorage/size")));
    }

    @Test
    void theBrokersSettingsFitItsPods() {
        Manifest rabbitmq = Overlay.PRODUCTION.get("RabbitmqCluster", "rabbitmq");
        Map<String, String> settings =
                settings(rabbitmq.at("/spec/rabbitmq/additionalConfig").asText(), " = ");

        assertThat(bytes(settings.get("total_memory_available_override_value")))
                .isLessThan(bytes(rabbitmq.at("/spec/resources/limits/memory")));
        assertThat(bytes(settings.get("disk_free_limit.absolute")))
                .isLessThan(bytes(rabbitmq.at("/spec/persistence/storage")));
        assertThat(settings.get("quorum_queue.continuous_membership_reconciliation.target_group_size"))
                .isEqualTo(rabbitmq.at("/spec/replicas").asText());
    }

    /** RabbitMQ reads the memory of the host, not the limit of the pod. */
    @Test
    void theLocalBrokersLimitsAreAbsoluteAndFitItsPod() {
        Map<String, String> settings = settings(
                Overlay.LOCAL
                        .get("ConfigMap", "rabbitmq-conf")
                        .at("/data/rabbitmq.conf")
                        .asText()
                        .replaceAll("(?m)^#.*\n", ""),
                " = ");
        Manifest rabbitmq = Overlay.LOCAL.get("StatefulSet", "rabbitmq");
        long watermark = bytes(settings.get("vm_memory_high_watermark.absolute"));

        assertThat(watermark).isLessThan(bytes(rabbitmq.containers().get(0).at("/resources/limits/memory")));
        assertThat(Long.parseLong(settings.get("raft.wal_max_size_bytes"))).isLessThan(watermark / 4);
        assertThat(bytes(settings.get("disk_free_limit.absolute")))
                .isLessThan(bytes(rabbitmq.at("/spec/volumeClaimTemplates/0/spec/resources/requests/storage")));
    }

    /** Not every version of the operator passes its memory limit to Redis. */
    @Test
    void redisSaysNoBeforeItsMemoryIsFullAndKeepsWaitingRoomsOnADisk() {
        Map<String, String> settings = settings(
                Overlay.PRODUCTION
                        .get("ConfigMap", "redis-counters")
                        .at("/data/redis-additional.conf")
                        .asText(),
                " ");
        long limit = bytes(Overlay.PRODUCTION
                .get("RedisReplication", "redis")
                .at("/spec/kubernetesConfig/resources/limits/memory"));

        assertThat(settings)
                .containsEntry("maxmemory-policy", "noeviction")
                .containsEntry("save", "\"\"")
                .containsEntry("appendonly", "yes")
                .containsEntry("appendfsync", "everysec")
                .containsEntry("min-replicas-to-write", "1");
        long memory = bytes(settings.get("maxmemory"));
        assertThat(memory).isLessThanOrEqualTo(limit / 4 * 3);
        // two logs while one is rewritten
        assertThat(bytes(Overlay.PRODUCTION
                        .get("RedisReplication", "redis")
                        .at("/spec/storage/volumeClaimTemplate/spec/resources/requests/storage")))
                .isGreaterThanOrEqualTo(2 * memory);
    }

    private static Map<String, String> settings(String file, String between) {
        var settings = new HashMap<String, String>();
        file.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            String[] parts = line.split(between, 2);
            settings.put(parts[0], parts[1]);
        });
        return settings;
    }

    private static long bytes(JsonNode size) {
        return bytes(size.asText());
    }

    /** Treats GB as Gi, as most of the servers do. */
    private static long bytes(String size) {
        String unit = size.replaceAll("[0-9]", "").toUpperCase(Locale.ROOT).replaceAll("[IB]", "");
        long number = Long.parseLong(size.replaceAll("[^0-9]", ""));
        return switch (unit) {
            case "M" -> number << 20;
            case "G" -> number << 30;
            default -> throw new AssertionError("what size is " + size);
        };
    }

    private static Permissions permissions(JsonNode each) {
        return new Permissions(
                each.path("configure").asText(),
                each.path("write").asText(),
                each.path("read").asText());
    }
}
