package dev.doorbuster.devservices.postgres;

import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.ServerGroup;
import dev.doorbuster.devservices.ServerHome;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.net.NodeNetwork;
import dev.doorbuster.devservices.net.TcpProxy;
import dev.doorbuster.devservices.process.ManagedProcess.ProcessExit;
import dev.doorbuster.devservices.support.Directories;
import dev.doorbuster.devservices.support.UncheckedIo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL as a primary and a synchronous standby, with the operator that monitors them, selects the primary and ensures that
 * there is never more than one.
 *
 * <p>Two rules keep every acknowledged commit. A standby is <i>current</i> from the time when every commit is on its disk and
 * each new one waits for it, until the operator stops that wait; only a current standby is promoted. To continue without a
 * standby, the operator stops the wait as soon as the standby dies; it marks the standby as not current before, not after.
 * Without a current standby the primary's disk is the only copy, and the primary must come back.
 *
 * <p>One rule prevents a second primary: a node is started as primary only if it is the recorded one; every other start
 * discards the node's data and copies the primary's. The new primary is recorded before it is promoted. Clients connect through
 * a relay, which refuses connections from the death of one primary until there is the next.
 */
public final class PostgresPair implements ServerGroup {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresPair.class);
    private static final int NODES = 2;
    private static final String LEADER_FILE = "postgres-primary";

    private final ServerHome home;
    private final List<PostgresFolder> folders;
    private final PostgresServer[] nodes = new PostgresServer[NODES];
    private final TcpProxy relay = TcpProxy.listen();
    private volatile int primary;
    private boolean standbyIsCurrent;
    private boolean stopping;

    private PostgresPair(ServerHome home) {
        this.home = home;
        this.folders = IntStream.range(0, NODES)
                .mapToObj(number -> PostgresFolder.in(home, ServerKind.POSTGRES.label() + "-" + number))
                .toList();
        this.primary = leaderIn(home);
    }

    public static PostgresPair start(ServerHome home) {
        var pair = new PostgresPair(home);
        try {
            pair.startBoth();
            return pair;
        } catch (RuntimeException e) {
            pair.stop();
            throw e;
        }
    }

    private synchronized void startBoth() {
        PostgresRoles roles = PostgresServer.rolesOf(folder(0));
        nodes[primary] = PostgresServer.startNode(home, folder(primary), folder(0), roles, this::restart);
        leading().lead();
        int other = 1 - primary;
        PostgresServer.copy(home, folder(other), leading());
        nodes[other] = PostgresServer.startNode(
                home, folder(other), folder(0), leading().roles(), this::restart);
        waitForStandby();
        for (PostgresServer node : nodes) {
            node.onExit(exit -> ended(node, exit));
        }
        relay.leadTo(leading().port());
    }

    private PostgresFolder folder(int number) {
        return folders.get(number);
    }

    private PostgresServer leading() {
        return nodes[primary];
    }

    private PostgresServer following() {
        return nodes[1 - primary];
    }

    private synchronized void ended(PostgresServer node, ProcessExit exit) {
        if (stopping || node.isAlive()) {
            return;
        }
        LOG.info("{} ended with status {}", node.name(), exit.exitCode());
        if (node == following()) {
            goOnAlone();
        } else {
            failOver();
        }
    }

    private void failOver() {
        relay.cut();
        if (!standbyIsCurrent || !following().isAlive()) {
            LOG.warn(
                    "no current standby can replace {}, which has to come back",
                    leading().name());
            return;
        }
        // Fencing: none of its processes may still write.
        leading().kill();
        lead(1 - primary);
        standbyIsCurrent = false;
        leading().lead();
        relay.leadTo(leading().port());
        LOG.info("{} is the primary now", leading().name());
    }

    private void goOnAlone() {
        standbyIsCurrent = false;
        if (leading().isAlive()) {
            leading().waitForNoClients();
        }
    }

    private void waitForStandby() {
        try {
            leading().waitForStandby();
            standbyIsCurrent = true;
        } catch (RuntimeException notCurrent) {
            goOnAlone();
            throw notCurrent;
        }
    }

    /** Restarts the primary with its data, the other node as standby from a fresh copy. */
    private synchronized void restart(PostgresServer node) {
        if (node == leading()) {
            restartPrimary();
        } else {
            rebuild(node);
        }
    }

    /** It does not wait for a standby when it returns, so a live standby has to become current again. */
    private void restartPrimary() {
        standbyIsCurrent = false;
        leading().relaunch();
        leading().lead();
        relay.leadTo(leading().port());
        if (following().isAlive()) {
            try {
                waitForStandby();
            } catch (RuntimeException e) {
                LOG.warn("{} continues without a standby: {}", leading().name(), e.getMessage());
            }
        }
    }

    private void rebuild(PostgresServer node) {
        node.stop();
        standbyIsCurrent = false;
        if (!leading().isAlive()) {
            throw new IllegalStateException(
                    node.name() + " would copy " + leading().name() + ", which has to come back first");
        }
        // Repeated, in case it failed at the promotion.
        leading().lead();
        relay.leadTo(leading().port());
        PostgresServer.copy(home, node.place(), leading());
        node.relaunch();
        waitForStandby();
    }

    /** Replication stops; the primary's clients notice nothing but that commits wait. */
    @Override
    public Runnable isolate(RealServer node, Set<NodeNetwork.Lost> lost) {
        return home.machine().network(ServerKind.POSTGRES).isolate(node.name(), lost, client -> false);
    }

    @Override
    public synchronized boolean isWhole() {
        return standbyIsCurrent && leading().isAlive() && following().isAlive();
    }

    private void lead(int number) {
        UncheckedIo.run(() -> {
            Path draft = Files.writeString(home.directory().resolve(LEADER_FILE + ".draft"), Integer.toString(number));
            Path unused = Files.move(draft, home.directory().resolve(LEADER_FILE), StandardCopyOption.ATOMIC_MOVE);
            primary = number;
        });
    }

    private static int leaderIn(ServerHome home) {
        return UncheckedIo.get(() -> {
            Path file = home.directory().resolve(LEADER_FILE);
            return Files.exists(file) ? Integer.parseInt(Files.readString(file)) : 0;
        });
    }

    @Override
    public List<RealServer> nodes() {
        return List.of(nodes);
    }

    @Override
    public RealServer leader() {
        return leading();
    }

    @Override
    public int port() {
        return relay.port();
    }

    /** Stops the standby first, without a promotion. */
    @Override
    public synchronized void stop() {
        stopping = true;
        relay.close();
        for (PostgresServer node : new PostgresServer[] {following(), leading()}) {
            if (node != null) {
                node.stop();
            }
        }
    }

    @Override
    public void discard() {
        synchronized (this) {
            stopping = true;
            relay.close();
        }
        ServerGroup.super.discard();
        Directories.delete(home.directory().resolve(LEADER_FILE));
    }
}
