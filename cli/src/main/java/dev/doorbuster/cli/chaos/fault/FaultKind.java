package dev.doorbuster.cli.chaos.fault;

import dev.doorbuster.cli.system.plan.SystemPlan.Topology;
import dev.doorbuster.crowd.history.FaultRecord.Effect;
import dev.doorbuster.devservices.net.NetworkFault;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** All kinds of faults. */
public enum FaultKind {
    KILL_ORDER_SERVICE(Action.KILL, FaultTarget.ORDER_SERVICE),
    KILL_STOCK_SERVICE(Action.KILL, FaultTarget.STOCK_SERVICE),
    KILL_NOTIFIER(Action.KILL, FaultTarget.NOTIFIER),
    KILL_REDIS(Action.KILL, FaultTarget.REDIS),
    KILL_MEMCACHED(Action.KILL, FaultTarget.MEMCACHED),
    KILL_RABBITMQ(Action.KILL, FaultTarget.RABBITMQ),
    KILL_POSTGRES(Action.KILL, FaultTarget.POSTGRES),
    STALL_ORDER_SERVICE(Action.STALL, FaultTarget.ORDER_SERVICE),
    STALL_STOCK_SERVICE(Action.STALL, FaultTarget.STOCK_SERVICE),
    STALL_NOTIFIER(Action.STALL, FaultTarget.NOTIFIER),
    STALL_REDIS(Action.STALL, FaultTarget.REDIS),
    STALL_MEMCACHED(Action.STALL, FaultTarget.MEMCACHED),
    STALL_RABBITMQ(Action.STALL, FaultTarget.RABBITMQ),
    STALL_POSTGRES(Action.STALL, FaultTarget.POSTGRES),
    EMPTY_REDIS(Action.EMPTY, FaultTarget.REDIS),
    ROLL_BACK_REDIS(Action.ROLL_BACK, FaultTarget.REDIS),
    RESTART_MEMCACHED(Action.RESTART, FaultTarget.MEMCACHED),
    CLOSE_CONNECTIONS(Action.CLOSE_CONNECTIONS, FaultTarget.RABBITMQ),
    ROLL_ORDER_SERVICE(Action.ROLL, FaultTarget.ORDER_SERVICE),
    ROLL_STOCK_SERVICE(Action.ROLL, FaultTarget.STOCK_SERVICE),
    ROLL_NOTIFIER(Action.ROLL, FaultTarget.NOTIFIER),
    KILL_SENTINEL(Action.KILL, FaultTarget.SENTINEL, Role.OTHER),
    KILL_REDIS_REPLICA(Action.KILL, FaultTarget.REDIS, Role.OTHER),
    KILL_MEMCACHED_NEIGHBOUR(Action.KILL, FaultTarget.MEMCACHED, Role.OTHER),
    KILL_RABBITMQ_FOLLOWER(Action.KILL, FaultTarget.RABBITMQ, Role.OTHER),
    KILL_POSTGRES_STANDBY(Action.KILL, FaultTarget.POSTGRES, Role.OTHER),
    STALL_SENTINEL(Action.STALL, FaultTarget.SENTINEL, Role.OTHER),
    STALL_REDIS_REPLICA(Action.STALL, FaultTarget.REDIS, Role.OTHER),
    STALL_MEMCACHED_NEIGHBOUR(Action.STALL, FaultTarget.MEMCACHED, Role.OTHER),
    STALL_RABBITMQ_FOLLOWER(Action.STALL, FaultTarget.RABBITMQ, Role.OTHER),
    STALL_POSTGRES_STANDBY(Action.STALL, FaultTarget.POSTGRES, Role.OTHER),
    PARTITION_ORDER_SERVICE(Action.PARTITION, FaultTarget.ORDER_SERVICE),
    PARTITION_STOCK_SERVICE(Action.PARTITION, FaultTarget.STOCK_SERVICE),
    PARTITION_RABBITMQ(Action.PARTITION, FaultTarget.RABBITMQ),
    PARTITION_POSTGRES(Action.PARTITION, FaultTarget.POSTGRES),
    ONE_WAY_REDIS(Action.ONE_WAY, FaultTarget.REDIS),
    ONE_WAY_RABBITMQ(Action.ONE_WAY, FaultTarget.RABBITMQ),
    HALF_OPEN_REDIS(Action.HALF_OPEN, FaultTarget.REDIS),
    HALF_OPEN_RABBITMQ(Action.HALF_OPEN, FaultTarget.RABBITMQ),
    HALF_OPEN_POSTGRES(Action.HALF_OPEN, FaultTarget.POSTGRES),
    RESET_MEMCACHED(Action.RESET, FaultTarget.MEMCACHED),
    RESET_POSTGRES(Action.RESET, FaultTarget.POSTGRES),
    DELAY_POSTGRES(Action.DELAY, FaultTarget.POSTGRES),
    THROTTLE_RABBITMQ(Action.THROTTLE, FaultTarget.RABBITMQ),
    DRIP_MEMCACHED(Action.DRIP, FaultTarget.MEMCACHED),
    FAIL_OVER_REDIS(Action.FAIL_OVER, FaultTarget.REDIS),
    ROLL_RABBITMQ(Action.ROLL, FaultTarget.RABBITMQ),
    ISOLATE_REDIS(Action.ISOLATE, FaultTarget.REDIS),
    ISOLATE_REDIS_REPLICA(Action.ISOLATE, FaultTarget.REDIS, Role.OTHER),
    ISOLATE_RABBITMQ(Action.ISOLATE, FaultTarget.RABBITMQ),
    ISOLATE_RABBITMQ_FOLLOWER(Action.ISOLATE, FaultTarget.RABBITMQ, Role.OTHER),
    ISOLATE_POSTGRES(Action.ISOLATE, FaultTarget.POSTGRES),
    MUTE_REDIS(Action.MUTE, FaultTarget.REDIS),
    MUTE_RABBITMQ(Action.MUTE, FaultTarget.RABBITMQ),
    FILL_DISK_REDIS(Action.FILL_DISK, FaultTarget.REDIS),
    FILL_DISK_RABBITMQ(Action.FILL_DISK, FaultTarget.RABBITMQ),
    FILL_DISK_POSTGRES(Action.FILL_DISK, FaultTarget.POSTGRES),
    SLOW_DISK_REDIS(Action.SLOW_DISK, FaultTarget.REDIS),
    SLOW_DISK_RABBITMQ(Action.SLOW_DISK, FaultTarget.RABBITMQ),
    SLOW_DISK_POSTGRES(Action.SLOW_DISK, FaultTarget.POSTGRES),
    CLOCK_AHEAD_ORDER_SERVICE(Action.CLOCK_AHEAD, FaultTarget.ORDER_SERVICE),
    CLOCK_BACK_ORDER_SERVICE(Action.CLOCK_BACK, FaultTarget.ORDER_SERVICE),
    CLOCK_AHEAD_POSTGRES(Action.CLOCK_AHEAD, FaultTarget.POSTGRES),
    CLOCK_BACK_POSTGRES(Action.CLOCK_BACK, FaultTarget.POSTGRES),
    EMPTY_RABBITMQ(Action.EMPTY, FaultTarget.RABBITMQ),
    EMPTY_RABBITMQ_FOLLOWER(Action.EMPTY, FaultTarget.RABBITMQ, Role.OTHER);

    /** What a fault disturbs. */
    public enum Group {
        PROCESSES,
        NETWORK,
        DISKS,
        CLOCKS;

        /** As people write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The action of a fault. */
    @SuppressWarnings("ImmutableEnumChecker") // Faults of the network are records of immutable values.
    enum Action {
        /** SIGKILL, then a start on the same data. */
        KILL(Effect.DEATH),
        /** SIGSTOP, then SIGCONT: the process is alive and connected, but does not respond. */
        STALL(Effect.STALL),
        /** Deletes all data of a running Redis, or of one broker of several. */
        EMPTY(Effect.LOSS),
        /** SIGKILL, then a start on a copy of the data taken some seconds earlier. */
        ROLL_BACK(Effect.LOSS),
        /** SIGTERM, then a start. */
        RESTART(Effect.LOSS),
        /** The broker closes all client connections. */
        CLOSE_CONNECTIONS(Effect.LOSS),
        /** SIGTERM and a start, one instance after the other; the next one stops once the previous one is ready. */
        ROLL(Effect.GRACEFUL_STOP),
        /** An operator makes a replica the leader although the leader is alive. */
        FAIL_OVER(Effect.LOSS),
        /** Between a service and its servers, or a server and the services, nothing arrives until the end. */
        PARTITION(NetworkFault.Partition.full()),
        /** Requests arrive, replies do not. */
        ONE_WAY(new NetworkFault.Partition(Set.of(NetworkFault.Direction.REPLIES))),
        /** What is sent on the open connections vanishes; new ones work. At the end they are reset. */
        HALF_OPEN(new NetworkFault.HalfOpen()),
        /** Each open connection is reset in the middle of its next reply. */
        RESET(new NetworkFault.Reset()),
        /** All bytes come late, each time by another delay. */
        DELAY(new NetworkFault.Latency(Duration.ofMillis(50), Duration.ofMillis(100))),
        /** 64 KiB/s in each direction of a connection. */
        THROTTLE(new NetworkFault.Pieces(1_024, Duration.ofMillis(16))),
        /** A few bytes at a time, so that each reply ends in another place. */
        DRIP(new NetworkFault.Pieces(16, Duration.ofMillis(1))),
        /** A node and the other nodes of its server do not reach each other; clients reach all. */
        ISOLATE(Effect.NETWORK, Group.NETWORK),
        /** The other nodes do not hear from a node, but it from them. */
        MUTE(Effect.NETWORK, Group.NETWORK),
        /** No space is left on the server's disk, or for RabbitMQ so little that it raises its alarm. */
        FILL_DISK(Effect.DISK, Group.DISKS),
        /** Each fsync takes up to 0.4 s. */
        SLOW_DISK(Effect.DISK, Group.DISKS),
        /** The clock is an hour ahead. */
        CLOCK_AHEAD(Effect.CLOCK, Group.CLOCKS),
        /** The clock is an hour behind. */
        CLOCK_BACK(Effect.CLOCK, Group.CLOCKS);

        private final Effect effect;
        private final Group group;
        private final NetworkFault network;

        Action(Effect effect) {
            this(effect, Group.PROCESSES);
        }

        Action(Effect effect, Group group) {
            this.effect = effect;
            this.group = group;
            this.network = null;
        }

        Action(NetworkFault network) {
            this.effect = Effect.NETWORK;
            this.group = Group.NETWORK;
            this.network = network;
        }

        /** Of a link between a service and a server; else empty. */
        Optional<NetworkFault> network() {
            return Optional.ofNullable(network);
        }

        /** Whether it goes on for a while, drawn from the seed. */
        boolean hasLength() {
            return this == STALL || group != Group.PROCESSES;
        }
    }

    /** The affected process of a replicated server. */
    private enum Role {
        /** The current leader, or the node with the sale. */
        LEADER,
        /** Any other node. */
        OTHER
    }

    private final Action action;
    private final FaultTarget target;
    private final Role role;

    FaultKind(Action action, FaultTarget target) {
        this(action, target, Role.LEADER);
    }

    FaultKind(Action action, FaultTarget target, Role role) {
        this.action = action;
        this.target = target;
        this.role = role;
    }

    Action action() {
        return action;
    }

    public FaultTarget target() {
        return target;
    }

    boolean isOfLeader() {
        return role == Role.LEADER;
    }

    /** Whether the system has a process, or a link that can be disturbed, that this fault applies to. */
    public boolean isPossibleOn(Topology topology) {
        // Sentinels name the master by its own address, not by that of a service's proxy.
        boolean unreachable = action.network().isPresent() && target == FaultTarget.REDIS;
        return topology == Topology.HA ? !unreachable : isOfLeader() && !needsSeveralNodes();
    }

    private boolean needsSeveralNodes() {
        return switch (action) {
            case FAIL_OVER, ISOLATE, MUTE -> true;
            case ROLL -> !target.isService();
            case EMPTY -> target != FaultTarget.REDIS;
            default -> false;
        };
    }

    public Group group() {
        return action.group;
    }

    Effect effect() {
        return action.effect;
    }

    public static Set<FaultKind> all(Topology topology) {
        return all(topology, kind -> true);
    }

    /** Those that the system can have, as far as they are chosen. */
    public static Set<FaultKind> all(Topology topology, Predicate<FaultKind> chosen) {
        return Arrays.stream(values())
                .filter(kind -> kind.isPossibleOn(topology) && chosen.test(kind))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(FaultKind.class)));
    }

    /** Parses the name as printed. */
    public static FaultKind named(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no fault " + name + "; there are "
                        + Arrays.stream(values()).map(FaultKind::toString).collect(Collectors.joining(", "))));
    }

    /** The printed name: {@code kill-redis}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
