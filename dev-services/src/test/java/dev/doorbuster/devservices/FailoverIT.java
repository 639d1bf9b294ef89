package dev.doorbuster.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.devservices.machine.HostMachine;
import dev.doorbuster.devservices.net.LineConnection;
import dev.doorbuster.devservices.net.NodeNetwork;
import dev.doorbuster.devservices.postgres.PostgresOptions;
import dev.doorbuster.devservices.postgres.PostgresServer;
import dev.doorbuster.devservices.postgres.Psql;
import dev.doorbuster.devservices.rabbitmq.RabbitApi;
import dev.doorbuster.devservices.rabbitmq.RabbitDefinitions;
import dev.doorbuster.devservices.rabbitmq.RabbitOptions;
import dev.doorbuster.devservices.rabbitmq.RabbitServer;
import dev.doorbuster.devservices.redis.RedisFailover;
import dev.doorbuster.devservices.redis.RedisServer;
import dev.doorbuster.devservices.redis.RedisServer.RedisOptions;
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
        start(plan -> plan.redisWithSentinels(RedisOptions.defaults()));
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
        start(plan -> plan.redisWithSentinels(RedisOptions.defaults()));
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
            start(plan -> plan.on(machine).redisWithSentinels(RedisOptions.defaults()));
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
        start(plan -> plan.rabbitmqCluster(RabbitOptions.withDefinitions(definitions, admin)));
        RabbitServer leader = servers.rabbitmq();
        assertThat(members(leader)).hasSize(3);
        api(leader).post("/api/exchanges/%2F/amq.default/publish", message());

        // When
        long began = System.nanoTime();
        leader.kill();
        await().atMost(SOON).until(() -> servers.rabbitmq() != leader && messages() == 1);
        say("another node has the message", began);
        assertThat(servers.group(ServerKind.RABBITMQ).isWhole()).isFalse();
        leader.restart();

        // Then
        await().atMost(SOON).until(servers.group(ServerKind.RABBITMQ)::isWhole);
        say("the node is back", began);
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

    @Test
    void postgresKeepsEveryCommittedRowAndNeverHasTwoPrimaries() {
        // Given
        start(plan -> plan.postgresPair(PostgresOptions.defaults()));
        PostgresServer old = servers.postgres();
        int address = servers.group(ServerKind.POSTGRES).port();
        new Psql(old, address).query(old.owner(), "CREATE TABLE rows (id int)");
        int committed = insertUntilKilled(old, address);

        // When
        long began = System.nanoTime();
        await().atMost(SOON).ignoreExceptions().until(() -> servers.postgres() != old && isWritable(old, address));
        say("the standby is the primary, at the same address", began);

        // Then
        assertThat(Integer.parseInt(new Psql(old, address).query(old.owner(), "SELECT count(*) FROM rows")))
                .as("rows, of which %d were committed", committed)
                .isGreaterThanOrEqualTo(committed);

        // When
        assertThat(servers.group(ServerKind.POSTGRES).isWhole()).isFalse();
        old.restart();
        say("the old primary is the standby", began);

        // Then
        assertThat(servers.group(ServerKind.POSTGRES).isWhole()).isTrue();
        assertThat(new Psql(old).query(old.admin(), "SELECT pg_is_in_recovery()"))
                .isEqualTo("t");
        assertThatThrownBy(() -> new Psql(old).query(old.owner(), "INSERT INTO rows VALUES (0)"))
                .hasMessageContaining("read-only");

        // When the next primary dies, too
        PostgresServer second = servers.postgres();
        second.kill();

        // Then
        await().atMost(SOON).ignoreExceptions().until(() -> servers.postgres() == old && isWritable(old, address));
        second.restart();
        assertThat(new Psql(second).query(second.admin(), "SELECT pg_is_in_recovery()"))
                .isEqualTo("t");
    }

    private static boolean isWritable(PostgresServer any, int address) {
        return new Psql(any, address)
                .query(any.admin(), "SELECT pg_is_in_recovery()")
                .equals("f");
    }

    /** One transaction per row, until the primary, killed meanwhile, fails. */
    private int insertUntilKilled(PostgresServer primary, int address) {
        int committed = 0;
        while (true) {
            try {
                new Psql(primary, address).query(primary.owner(), "INSERT INTO rows VALUES (" + committed + ")");
                committed++;
            } catch (IllegalStateException killed) {
                return committed;
            }
            if (committed == 20) {
                new Thread(primary::kill).start();
            }
        }
    }

    @Test
    void postgresContinuesWithoutItsStandbyAndPromotesNoOutdatedOne() {
        // Given
        start(plan -> plan.postgresPair(PostgresOptions.defaults()));
        ServerGroup pair = servers.group(ServerKind.POSTGRES);
        PostgresServer primary = servers.postgres();
        RealServer standby = pair.nodes().stream()
                .filter(node -> node != primary)
                .findFirst()
                .orElseThrow();
        var psql = new Psql(primary, pair.port());
        psql.query(primary.owner(), "CREATE TABLE rows (id int)");

        // When
        standby.kill();

        // Then
        psql.query(primary.owner(), "INSERT INTO rows VALUES (1)");

        // When
        primary.kill();

        // Then
        assertThatThrownBy(standby::restart).hasMessageContaining("has to come back first");
        primary.restart();
        standby.restart();
        assertThat(servers.postgres()).isSameAs(primary);
        assertThat(psql.query(primary.owner(), "SELECT count(*) FROM rows")).isEqualTo("1");
    }

    @Test
    void postgresPromotesOnlyACurrentStandbyAfterARestartOfThePrimary() {
        // Given
        start(plan -> plan.postgresPair(PostgresOptions.defaults()));
        PostgresServer old = servers.postgres();
        int address = servers.group(ServerKind.POSTGRES).port();
        var psql = new Psql(old, address);
        psql.query(old.owner(), "CREATE TABLE rows (id int)");

        // When
        old.restart();
        psql.query(old.owner(), "INSERT INTO rows VALUES (1)");

        // Then
        assertThat(new Psql(old).query(old.admin(), "SHOW synchronous_standby_names"))
                .isNotEmpty();
        old.kill();
        await().atMost(SOON).ignoreExceptions().until(() -> servers.postgres() != old && isWritable(old, address));
        assertThat(psql.query(old.owner(), "SELECT count(*) FROM rows")).isEqualTo("1");
    }

    @Test
    void postgresFindsItsPrimaryAfterARestartOfAllNodes() {
        // Given
        start(plan -> plan.postgresPair(PostgresOptions.defaults()));
        PostgresServer old = servers.postgres();
        old.kill();
        await().atMost(SOON).until(() -> servers.postgres() != old);
        String leader = servers.postgres().name();
        PostgresServer now = servers.postgres();
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> new Psql(now)
                        .query(now.owner(), "CREATE TABLE rows (id int)")
                        .isEmpty());
        servers.stop();

        // When
        start(plan -> plan.postgresPair(PostgresOptions.defaults()));

        // Then
        PostgresServer again = servers.postgres();
        assertThat(again.name()).isEqualTo(leader);
        assertThat(new Psql(again).query(again.owner(), "SELECT count(*) FROM rows"))
                .isEqualTo("0");
    }
}
