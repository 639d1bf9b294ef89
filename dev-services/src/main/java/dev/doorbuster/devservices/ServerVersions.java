package dev.doorbuster.devservices;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions of the servers installed on this machine, as printed by their programs. */
public final class ServerVersions {
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)+");
    private static final String UNKNOWN = "unknown";
    private static final long PRINT_MAX_SECONDS = 10;

    private ServerVersions() {}

    /** By server name; "unknown" if a program is missing or prints none. */
    public static Map<String, String> ofThisMachine() {
        Binaries binaries = Binaries.ofThisMachine();
        var versions = new LinkedHashMap<String, String>();
        versions.put("Redis", printed(binaries.redis(), "--version"));
        versions.put("Memcached", printed(binaries.memcached(), "-V"));
        versions.put("PostgreSQL", printed(binaries.postgres().map(Binaries.Postgres::postgres), "--version"));
        versions.put(
                "RabbitMQ",
                binaries.rabbit().map(found -> folder(found.server())).orElse(UNKNOWN));
        return versions;
    }

    private static String printed(Optional<Path> program, String option) {
        return program.map(path -> first(output(path, option))).orElse(UNKNOWN);
    }

    /** Asking the program would start an Erlang VM; its folder's name contains the version. */
    private static String folder(Path program) {
        try {
            return first(program.toRealPath().toString());
        } catch (IOException missing) {
            return UNKNOWN;
        }
    }

    static String first(String text) {
        Matcher number = NUMBER.matcher(text);
        return number.find() ? number.group() : UNKNOWN;
    }

    private static String output(Path program, String option) {
        try {
            Process process = new ProcessBuilder(program.toString(), option)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(PRINT_MAX_SECONDS, TimeUnit.SECONDS) ? output : "";
        } catch (IOException notStarted) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
