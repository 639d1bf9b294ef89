package dev.doorbuster.devservices.postgres;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.devservices.Binaries;
import dev.doorbuster.devservices.support.Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Queries with PostgreSQL's psql, so that the tests need no driver. */
public record Psql(PostgresServer server, int port, String database) {
    public Psql(PostgresServer server) {
        this(server, server.database());
    }

    public Psql(PostgresServer server, String database) {
        this(server, server.port(), database);
    }

    /** Through the relay to the current primary. */
    public Psql(PostgresServer server, int port) {
        this(server, port, server.database());
    }

    public Credentials owner() {
        return server.owner();
    }

    public Credentials app() {
        return server.app();
    }

    /** The rows without formatting; fails with psql's error output. */
    @CanIgnoreReturnValue
    public String query(Credentials as, String sql) {
        return run(as, Map.of(), "-c", sql);
    }

    /** A script that may use these variables. */
    @CanIgnoreReturnValue
    String run(Credentials as, Path script, Map<String, String> environment) {
        return run(as, environment, "-f", script.toString());
    }

    private String run(Credentials as, Map<String, String> environment, String how, String what) {
        String program =
                Binaries.ofThisMachine().postgres().orElseThrow().psql().toString();
        String connection = "host=%s port=%d user=%s dbname=%s connect_timeout=5"
                .formatted(server.host(), port, as.user(), database);
        ProcessBuilder builder = new ProcessBuilder(
                        List.of(program, "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-d", connection, how, what))
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("PGPASSWORD", as.password());
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
