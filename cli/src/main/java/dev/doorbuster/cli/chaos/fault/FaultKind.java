package dev.doorbuster.cli.chaos.fault;

import dev.doorbuster.cli.system.plan.SystemPlan.Topology;
import dev.doorbuster.crowd.history.FaultRecord.Effect;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
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
    STALL_POSTGRES_STANDBY(Action.STALL, FaultTarget.POSTGRES, Role.OTHER);

    /** The action of a fault. */
    enum Action {
        /** SIGKILL, then a start on the same data. */
        KILL(Effect.DEATH),
        /** SIGSTOP, then SIGCONT: the process is alive and connected, but does not respond. */
        STALL(Effect.STALL),
        /** Deletes all data of a running server. */
        EMPTY(Effect.LOSS),
        /** SIGKILL, then a start on a copy of the data taken some seconds earlier. */
        ROLL_BACK(Effect.LOSS),
        /** SIGTERM, then a start. */
        RESTART(Effect.LOSS),
        /** The broker closes all client connections. */
        CLOSE_CONNECTIONS(Effect.LOSS),
        /** SIGTERM and a start, one instance after the other; the next one stops once the previous one is ready. */
        ROLL(Effect.GRACEFUL_STOP);

        private final Effect effect;

        Action(Effect effect) {
            this.effect = effect;
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

    /** Whether the system has a process that this fault applies to. */
    public boolean isPossibleOn(Topology topology) {
        return isOfLeader() || topology == Topology.HA;
    }

    Effect effect() {
        return action.effect;
    }

    public static Set<FaultKind> all(Topology topology) {
        return Arrays.stream(values())
                .filter(kind -> kind.isPossibleOn(topology))
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
