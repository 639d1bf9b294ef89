package dev.doorbuster.devservices;

import dev.doorbuster.devservices.process.ManagedProcess;
import dev.doorbuster.devservices.process.OneShot;
import dev.doorbuster.devservices.process.StopRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * PostgreSQL: one cluster with the database {@value #DATABASE}, reached by TCP with SCRAM passwords only. It has no Unix socket,
 * whose path would have to be short and whose users nobody would ask for a password.
 */
public final class PostgresServer extends RealServer {
    private static final String DATABASE = "doorbuster";
    private static final Duration SETUP_TIMEOUT = Duration.ofSeconds(60);

    /** SIGINT is its "fast" shutdown: it does not wait for its clients to leave. */
    private static final StopRule FAST_SHUTDOWN = new StopRule("INT", Duration.ofSeconds(5), 0);

    /** By this name a primary knows its standby. */
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

    static PostgresServer start(ServerHome home, PostgresOptions options) {
        PostgresFolder folder = PostgresFolder.in(home.directory());
        return startNode(home, folder, folder, rolesOf(folder), options, PostgresServer::relaunch);
    }

    /** Those of the data that are there, or new ones. */
    static PostgresRoles rolesOf(PostgresFolder folder) {
        return PostgresRoles.isIn(folder) ? PostgresRoles.read(folder) : PostgresRoles.generate();
    }

    /**
     * Starts one of several, or the only one, with the data it has. Where nobody has any yet, it makes new ones.
     *
     * @param rolesFolder where the roles of all of them are kept
     * @param restarting what {@link #restart()} means to it
     */
    static PostgresServer startNode(
            ServerHome home,
            PostgresFolder folder,
            PostgresFolder rolesFolder,
            PostgresRoles roles,
            PostgresOptions options,
            Consumer<PostgresServer> restarting) {
        boolean fresh = !PostgresRoles.isIn(rolesFolder);
        if (fresh) {
            initialise(home, folder, roles);
        } else {
            folder.unlockAfterCrash();
        }
        PostgresServer server = Ports.retryingOnConflict(() -> launch(home, folder, roles, options, restarting));
        if (fresh) {
            server.execute(roles.createRoles() + roles.createDatabase(DATABASE));
            // Written last: a cluster without this file is half made, and is made anew.
            roles.write(rolesFolder);
        }
        return server;
    }

    private static PostgresServer launch(
            ServerHome home,
            PostgresFolder folder,
            PostgresRoles roles,
            PostgresOptions options,
            Consumer<PostgresServer> restarting) {
        int port = Ports.free();
        ManagedProcess process = ManagedProcess.start(
                home.spec(folder.name(), folder.path(), command(home, folder, port, options))
                        .withAccount(folder.account())
                        .withStop(FAST_SHUTDOWN)
                        .withReady(pid ->
                                PostgresProbe.takesLogins(port, roles.admin().user())),
                home.ledger());
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

    private static List<String> command(ServerHome home, PostgresFolder folder, int port, PostgresOptions options) {
        List<String> command = new ArrayList<>(List.of(
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
                "max_connections=" + options.connectionsMax()));
        options.settings().forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command;
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

    /** Starts it as it is, whatever its place among others. */
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

    /** Throws away what lies in the folder and copies the data of a running primary, to be started as its standby. */
    static void copy(ServerHome home, PostgresFolder to, PostgresServer primary) {
        Directories.delete(to.data());
        String source = "host=%s port=%d user=%s application_name=%s"
                .formatted(LOOPBACK, primary.port(), primary.admin().user(), STANDBY);
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

    /** Sees to it that it is a primary, whatever it was, and waits for nobody. */
    void lead() {
        if (Files.exists(place.data().resolve("standby.signal"))) {
            execute("SELECT pg_promote(true, 60);\n");
        }
        waitForNobody();
    }

    /** From now on a commit is acknowledged when it is on this disk alone. */
    void waitForNobody() {
        execute("""
                ALTER SYSTEM SET synchronous_standby_names = '';
                SELECT pg_reload_conf();
                """);
    }

    /**
     * From now on a commit is acknowledged when it is on the standby's disk too, and so is, when this returns, every commit
     * before. It is the checkpointer that makes all sessions wait, and it reads the settings before it makes a checkpoint;
     * hence two of them, for the first may have begun just before the settings changed.
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

    /** Owns the database and makes its schema. */
    public Credentials owner() {
        return roles.owner();
    }

    /** May read and write rows in whatever the owner makes, and nothing else. */
    public Credentials app() {
        return roles.app();
    }

    /**
     * Sees to it that there is a role with this password and a schema of its own name, which nobody else may use; it may touch
     * nothing else. Not kept beside the data, as the others are: it is made, or given its new password, at each start.
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

    /** Makes another database with the same owner and app, for a test that wants one of its own. */
    public void createDatabase(String name) {
        requirePlainName(name);
        execute(roles.createDatabase(name));
    }

    private static void requirePlainName(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,40}")) {
            throw new IllegalArgumentException("not a plain name: " + name);
        }
    }
}
