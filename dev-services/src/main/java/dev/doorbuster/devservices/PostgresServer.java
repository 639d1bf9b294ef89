package dev.doorbuster.devservices;

import dev.doorbuster.devservices.process.ManagedProcess;
import dev.doorbuster.devservices.process.OneShot;
import dev.doorbuster.devservices.process.StopRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * PostgreSQL: one cluster with the database {@value #DATABASE}, reached by TCP with SCRAM passwords only. It has no Unix socket,
 * whose path would have to be short and whose users nobody would ask for a password.
 */
public final class PostgresServer extends RealServer {
    private static final String DATABASE = "doorbuster";
    private static final Duration SETUP_TIMEOUT = Duration.ofSeconds(60);

    /** SIGINT is its "fast" shutdown: it does not wait for its clients to leave. */
    private static final StopRule FAST_SHUTDOWN = new StopRule("INT", Duration.ofSeconds(5), 0);

    private final ServerHome home;
    private final PostgresRoles roles;

    private PostgresServer(
            ServerHome home, PostgresFolder folder, PostgresRoles roles, int port, ManagedProcess process) {
        super(ServerKind.POSTGRES, folder.path(), port, process);
        this.home = home;
        this.roles = roles;
    }

    static PostgresServer start(ServerHome home, PostgresOptions options) {
        PostgresFolder folder = PostgresFolder.in(home.directory());
        boolean fresh = !PostgresRoles.isIn(folder);
        PostgresRoles roles = fresh ? PostgresRoles.generate() : PostgresRoles.read(folder);
        if (fresh) {
            initialise(home, folder, roles);
        } else {
            folder.unlockAfterCrash();
        }
        PostgresServer server = Ports.retryingOnConflict(() -> start(home, folder, roles, options));
        if (fresh) {
            server.execute(roles.createRoles() + roles.createDatabase(DATABASE));
            // Written last: a cluster without this file is half made, and is made anew.
            roles.write(folder);
        }
        return server;
    }

    private static PostgresServer start(
            ServerHome home, PostgresFolder folder, PostgresRoles roles, PostgresOptions options) {
        int port = Ports.free();
        ManagedProcess process = ManagedProcess.start(
                home.spec(ServerKind.POSTGRES.label(), folder.path(), command(home, folder, port, options))
                        .withAccount(folder.account())
                        .withStop(FAST_SHUTDOWN)
                        .withReady(pid ->
                                PostgresProbe.takesLogins(port, roles.admin().user())),
                home.ledger());
        return new PostgresServer(home, folder, roles, port, process);
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

    /** Makes another database with the same owner and app, for a test that wants one of its own. */
    public void createDatabase(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,40}")) {
            throw new IllegalArgumentException("not a plain database name: " + name);
        }
        execute(roles.createDatabase(name));
    }
}
