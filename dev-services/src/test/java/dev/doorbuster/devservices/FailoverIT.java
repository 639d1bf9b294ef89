package dev.doorbuster.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.devservices.machine.HostMachine;
import dev.doorbuster.devservices.net.LineConnection;
import dev.doorbuster.devservices.net.NodeNetwork;
import dev.doorbuster.devservices.rabbitmq.RabbitApi;
import dev.doorbuster.devservices.rabbitmq.RabbitCluster;
import dev.doorbuster.devservices.rabbitmq.RabbitDefinitions;
import dev.doorbuster.devservices.rabbitmq.RabbitOptions;
import dev.doorbuster.devservices.rabbitmq.RabbitServer;
import dev.doorbuster.devservices.redis.RedisFailover;
import dev.doorbuster.devservices.redis.RedisServer;
import dev.doorbuster.devservices.support.Credentials;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The leader is killed, another node takes over, and the former leader returns as a follower. */
class FailoverIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private Servers servers;

    private void start(UnaryOperator<ServerPlan> plan) {
        long began = System.nanoTime();
        servers = plan.apply(ServerPlan.in(directory)).start();
        say("up", began);
    }

    @AfterEach
    void discard() {
        servers.discard();
    }

    private static void say(String what, long sinceNanos) {
        System.out.printf("failover: %s after %d ms%n", what, (System.nanoTime() - sinceNanos) / 1_000_000);
    }

    private static String redis(RealServer node, String command) throws IOException {
        try (LineConnection connection = new LineConnection(node.port())) {
            return connection.ask(command);
        }
    }

    private boolean takesWrite(RealServer node, String key) {
        try {
            return redis(node, "SET " + key + " there").equals("+OK");
        } catch (IOException dead) {
            return false;
        }
    }

    @Test
    void redisReplacesALiveMasterOnRequest() throws IOException {
        // Given
        start(plan -> plan.several(ServerKind.REDIS, RedisFailover::start));
        RedisServer old = servers.redis();
        assertThat(redis(old, "SET before there")).isEqualTo("+OK");
        assertThat(redis(old, "WAIT 2 5000")).isEqualTo(":2");

        // When
        ((RedisFailover) servers.group(ServerKind.REDIS)).failOver();

        // Then
        assertThat(servers.redis()).isNotSameAs(old);
        await().atMost(SOON).until(() -> servers.group(ServerKind.REDIS).isWhole());
        assertThat(old.isAlive()).isTrue();
        assertThat(servers.redis().get("before")).contains("there");
        assertThat(takesWrite(servers.redis(), "after")).isTrue();
        assertThat(takesWrite(old, "after")).isFalse();
    }

    @Test
    void redisPromotesAReplicaAndTheFormerMasterFollowsIt() throws IOException {
        // Given
        start(plan -> plan.several(ServerKind.REDIS, RedisFailover::start));
        RedisServer old = servers.redis();
        assertThat(redis(old, "SET before there")).isEqualTo("+OK");
        assertThat(redis(old, "WAIT 2 5000")).isEqualTo(":2");

        // When
        long began = System.nanoTime();
        old.kill();
        await().atMost(SOON).until(() -> servers.redis() != old && takesWrite(servers.redis(), "after"));
        say("another master takes writes", began);
        assertThat(servers.group(ServerKind.REDIS).isWhole()).isFalse();
        old.restart();

        // Then
        assertThat(redis(servers.redis(), "EXISTS before after")).isEqualTo(":2");
        assertThat(redis(old, "SET late there")).startsWith("-READONLY");
        await().atMost(SOON).until(servers.group(ServerKind.REDIS)::isWhole);
        say("the old master follows", began);
    }

    @Test
    void aRedisMasterThatOnlyItsClientsReachIsReplacedAndRejectsWrites() throws IOException {
        // Given
        try (HostMachine machine = HostMachine.disturbable(Optional.empty(), Optional.empty())) {
            start(plan -> plan.on(machine).several(ServerKind.REDIS, RedisFailover::start));
            ServerGroup group = servers.group(ServerKind.REDIS);
            RedisServer old = servers.redis();
            assertThat(redis(old, "SET before there")).isEqualTo("+OK");
            assertThat(redis(old, "WAIT 2 5000")).isEqualTo(":2");

            // When
            Runnable heal = group.isolate(old, EnumSet.allOf(NodeNetwork.Lost.class));

            // Then
            await().atMost(SOON).until(() -> redis(old, "SET key value").startsWith("-NOREPLICAS"));
            await().atMost(SOON).until(() -> servers.redis() != old && takesWrite(servers.redis(), "after"));

            // When
            heal.run();

            // Then
            await().atMost(SOON).until(group::isWhole);
            assertThat(redis(old, "EXISTS before after")).isEqualTo(":2");
            assertThat(redis(old, "SET late there")).startsWith("-READONLY");
        }
    }

    @Test
    void rabbitMqKeepsConfirmedMessagesOnThreeNodes() throws IOException {
        // Given
        Credentials admin = Credentials.generate("admin");
        String queue = """
                ,"queues":[{"name":"parcels","vhost":"/","durable":true,"auto_delete":false,"arguments":{"x-queue-type":"quorum"}}]}
                """;
        String users = new RabbitDefinitions()
                .virtualHost("/")
                .user(admin, "administrator")
                .permission(admin.user(), "/", ".*", ".*", ".*")
                .toJson()
                .strip();
        String definitions = users.substring(0, users.length() - 1) + queue;
        start(plan -> plan.several(
                ServerKind.RABBITMQ,
                home -> RabbitCluster.start(home, RabbitOptions.withDefinitions(definitions, admin))));
        RabbitServer leader = servers.rabbitmq();
        assertThat(members(leader)).hasSize(3);
        api(leader).post("/api/exchanges/%2F/amq.default/publish", message());

        // When
        long began = System.nanoTime();
        leader.kill();
        await().atMost(SOON).until(() -> servers.rabbitmq() != leader && messages() == 1);
        say("another node has the message", began);
        assertThat(servers.group(ServerKind.RABBITMQ).isWhole()).isFalse();

        // When it returns without its data
        var cluster = (RabbitCluster) servers.group(ServerKind.RABBITMQ);
        cluster.loseData(leader);
        leader.restart();
        cluster.addQueueMembers(leader);

        // Then
        await().atMost(SOON).until(cluster::isWhole);
        say("the node is back", began);
        await().atMost(SOON).until(() -> members(leader).size() == 3);
        await().atMost(SOON).until(() -> messages() == 1);
    }

    private static String message() {
        return """
                {"properties":{"delivery_mode":2},"routing_key":"parcels","payload":"x","payload_encoding":"string"}""";
    }

    private static RabbitApi api(RabbitServer broker) {
        return new RabbitApi(broker.managementPort(), broker.user());
    }

    private List<String> members(RabbitServer broker) throws IOException {
        String queue = api(broker).get("/api/queues/%2F/parcels?columns=members");
        return List.of(queue.replaceAll(".*\\[(.*)].*", "$1").split(",", -1));
    }

    /** Counted through another node by taking and requeueing the messages. */
    private int messages() {
        try {
            api(servers.rabbitmq())
                    .post(
                            "/api/queues/%2F/parcels/get",
                            "{\"count\":9,\"ackmode\":\"ack_requeue_true\",\"encoding\":\"auto\"}");
            return api(servers.rabbitmq())
                            .get("/api/queues/%2F/parcels?columns=messages")
                            .contains(":1")
                    ? 1
                    : 0;
        } catch (IOException | RuntimeException notYet) {
            return 0;
        }
    }
}
