package dev.doorbuster.devservices.postgres;

import dev.doorbuster.devservices.Binaries;
import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.ServerHome;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.net.Ports;
import dev.doorbuster.devservices.process.ManagedProcess;
import dev.doorbuster.devservices.process.OneShot;
import dev.doorbuster.devservices.process.command.ProcessSpec.StopRule;
import dev.doorbuster.devservices.support.Credentials;
import dev.doorbuster.devservices.support.Directories;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * PostgreSQL: one cluster with the database {@value #DATABASE}, over TCP with SCRAM passwords only. No Unix socket: its path
 * must be short, and its users would need no password.
 */
public final class PostgresServer extends RealServer {
    private static final String DATABASE = "doorbuster";
    private static final Duration SETUP_TIMEOUT = Duration.ofSeconds(60);

    /** SIGINT is the "fast" shutdown: it does not wait for clients to disconnect. */
    private static final StopRule FAST_SHUTDOWN = new StopRule("INT", Duration.ofSeconds(5), 0);

    /** The standby's application_name. */
    private static final String STANDBY = "doorbuster_standby";

    private final ServerHome home;
    private final PostgresFolder place;
    private final PostgresRoles roles;
    private final Consumer<PostgresServer> restarting;

    private PostgresServer(
            ServerHome home,
            PostgresFolder folder,
            PostgresRoles roles,
            int port,
            ManagedProcess process,
            Consumer<PostgresServer> restarting) {
        super(ServerKind.POSTGRES, folder.path(), port, process);
        this.home = home;
        this.place = folder;
        this.roles = roles;
        this.restarting = restarting;
    }

    public static PostgresServer start(ServerHome home) {
        PostgresFolder folder = PostgresFolder.in(home, ServerKind.POSTGRES.label());
        return startNode(home, folder, folder, rolesOf(folder), PostgresServer::relaunch);
    }

    /** The roles stored with the data, or new ones. */
    static PostgresRoles rolesOf(PostgresFolder folder) {
        return PostgresRoles.isIn(folder) ? PostgresRoles.read(folder) : PostgresRoles.generate();
    }

    /**
     * Starts a single node or one of several, with its existing data. Without data it creates a new cluster.
     *
     * @param rolesFolder where the shared roles are stored
     * @param restarting implements {@link #restart()}
     */
    static PostgresServer startNode(
            ServerHome home,
            PostgresFolder folder,
            PostgresFolder rolesFolder,
            PostgresRoles roles,
            Consumer<PostgresServer> restarting) {
        boolean fresh = !PostgresRoles.isIn(rolesFolder);
        if (fresh) {
            initialise(home, folder, roles);
        } else {
            folder.unlockAfterCrash();
        }
        PostgresServer server = Ports.retryingOnConflict(() -> launch(home, folder, roles, restarting));
        if (fresh) {
            server.execute(roles.createRoles() + roles.createDatabase(DATABASE));
            // Written last: a cluster without this file is incomplete and is created anew.
            roles.write(rolesFolder);
        }
        return server;
    }

    private static PostgresServer launch(
            ServerHome home, PostgresFolder folder, PostgresRoles roles, Consumer<PostgresServer> restarting) {
        int port = Ports.free();
        ManagedProcess process = ManagedProcess.start(
                home.spec(folder.name(), folder.path(), command(home, folder, port))
                        .withAccount(folder.account())
                        .withStop(FAST_SHUTDOWN)
                        .withReady(pid ->
                                PostgresProbe.takesLogins(port, roles.admin().user())),
                home.pidFiles());
        return new PostgresServer(home, folder, roles, port, process, restarting);
    }

    private static void initialise(ServerHome home, PostgresFolder folder, PostgresRoles roles) {
        Directories.delete(folder.data());
        Path password = folder.writeSecret("password", roles.admin().password());
        List<String> command = List.of(
                binaries(home).initdb().toString(),
                "-D",
                folder.data().toString(),
                "-U",
                roles.admin().user(),
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--no-locale");
        OneShot.run(
                home.spec("postgres-initdb", folder.path(), command)
                        .withAccount(folder.account())
                        .withReadyTimeout(SETUP_TIMEOUT),
                "");
        Directories.delete(password);
    }

    private static List<String> command(ServerHome home, PostgresFolder folder, int port) {
        return List.of(
                binaries(home).postgres().toString(),
                "-D",
                folder.data().toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=" + LOOPBACK,
                "-c",
                "unix_socket_directories=",
                "-c",
                "max_connections=100");
    }

    private static Binaries.Postgres binaries(ServerHome home) {
        return home.binaries().postgres().orElseThrow();
    }

    private void execute(String sql) {
        List<String> command = List.of(
                binaries(home).psql().toString(),
                "-X",
                "-q",
                "-v",
                "ON_ERROR_STOP=1",
                "-h",
                LOOPBACK,
                "-p",
                Integer.toString(port()),
                "-U",
                roles.admin().user(),
                "-d",
                "postgres");
        OneShot.run(
                home.spec("postgres-psql", home.directory(), command)
                        .withEnvironment(Map.of("PGPASSWORD", roles.admin().password()))
                        .withReadyTimeout(SETUP_TIMEOUT),
                sql);
    }

    /** Starts it unchanged, whatever its role. */
    void relaunch() {
        super.restart();
    }

    @Override
    public void restart() {
        restarting.accept(this);
    }

    PostgresFolder place() {
        return place;
    }

    PostgresRoles roles() {
        return roles;
    }

    /** Replaces the folder's content by a copy of a running primary, to be started as its standby. */
    static void copy(ServerHome home, PostgresFolder to, PostgresServer primary) {
        Directories.delete(to.data());
        int port = home.machine().network(ServerKind.POSTGRES).port(primary.name(), primary.port());
        String source = "host=%s port=%d user=%s application_name=%s"
                .formatted(LOOPBACK, port, primary.admin().user(), STANDBY);
        List<String> command = List.of(
                binaries(home).basebackup().toString(),
                "-D",
                to.data().toString(),
                "-d",
                source,
                "--write-recovery-conf",
                "--wal-method=stream",
                "--checkpoint=fast",
                "--no-password");
        OneShot.run(
                home.spec("postgres-basebackup", to.path(), command)
                        .withAccount(to.account())
                        .withEnvironment(Map.of("PGPASSWORD", primary.admin().password()))
                        .withReadyTimeout(SETUP_TIMEOUT),
                "");
    }

    /** Promotes it if it is a standby, and disables the wait for a standby. */
    void lead() {
        if (Files.exists(place.data().resolve("standby.signal"))) {
            execute("SELECT pg_promote(true, 60);\n");
        }
        waitForNoClients();
    }

    /** From now on a commit is acknowledged when it is on this node's disk. */
    void waitForNoClients() {
        execute("""
                ALTER SYSTEM SET synchronous_standby_names = '';
                SELECT pg_reload_conf();
                """);
    }

    /**
     * From now on a commit is acknowledged when it is on the standby's disk, too; when this returns, so are all earlier
     * commits. The checkpointer makes the sessions wait, and it reads the settings before a checkpoint; two checkpoints are
     * made, because the first may have started just before the settings changed.
     */
    void waitForStandby() {
        execute("""
                ALTER SYSTEM SET synchronous_standby_names = '%1$s';
                SELECT pg_reload_conf();
                SELECT pg_sleep(0.2);
                CHECKPOINT;
                CHECKPOINT;
                DO $$
                DECLARE
                    written pg_lsn := pg_current_wal_flush_lsn();
                BEGIN
                    FOR attempt IN 1..600 LOOP
                        PERFORM pg_stat_clear_snapshot();
                        PERFORM 1 FROM pg_stat_replication WHERE application_name = '%1$s'
                            AND state = 'streaming' AND sync_state = 'sync' AND flush_lsn >= written;
                        IF FOUND THEN
                            RETURN;
                        END IF;
                        PERFORM pg_sleep(0.05);
                    END LOOP;
                    RAISE EXCEPTION 'the standby does not keep up';
                END $$;
                """.formatted(STANDBY));
    }

    public String database() {
        return DATABASE;
    }

    /** The superuser of the cluster. */
    public Credentials admin() {
        return roles.admin();
    }

    /** Owns the database and creates its schema. */
    public Credentials owner() {
        return roles.owner();
    }

    /** May read and write rows of the owner's objects, and nothing else. */
    public Credentials app() {
        return roles.app();
    }

    /**
     * Ensures a role with this password and a private schema of the same name, and no other privileges. Not stored with the
     * data: it is created, or gets its new password, at each start.
     */
    public void grantOwnSchema(Credentials role) {
        requirePlainName(role.user());
        execute("""
                \\connect %1$s
                DO $$
                BEGIN
                    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%2$s') THEN
                        CREATE ROLE %2$s;
                    END IF;
                END $$;
                ALTER ROLE %2$s LOGIN PASSWORD '%3$s';
                GRANT CONNECT ON DATABASE %1$s TO %2$s;
                CREATE SCHEMA IF NOT EXISTS %2$s AUTHORIZATION %2$s;
                """.formatted(DATABASE, role.user(), role.password()));
    }

    /** Creates another database with the same owner and app, for a test with its own data. */
    public void createDatabase(String name) {
        requirePlainName(name);
        execute(roles.createDatabase(name));
    }

    /** The same as a copy of another database, to which nothing is connected. */
    public void copyDatabase(String original, String name) {
        requirePlainName(original);
        requirePlainName(name);
        execute(roles.copyDatabase(original, name));
    }

    private static void requirePlainName(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,40}")) {
            throw new IllegalArgumentException("not a valid name: " + name);
        }
    }

    @Override
    public Map<String, String> variables() {
        Map<String, String> variables = addressVariables("DOORBUSTER_DB");
        variables.put("DOORBUSTER_DB_NAME", database());
        variables.put("DOORBUSTER_DB_USER", app().user());
        variables.put("DOORBUSTER_DB_PASSWORD", app().password());
        variables.put("DOORBUSTER_DB_OWNER_USER", owner().user());
        variables.put("DOORBUSTER_DB_OWNER_PASSWORD", owner().password());
        return variables;
    }
}
