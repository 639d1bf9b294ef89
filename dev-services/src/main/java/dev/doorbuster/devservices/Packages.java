package dev.doorbuster.devservices;

import dev.doorbuster.devservices.process.command.ProcessSpec.Account;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The distribution's packages of the servers. */
public final class Packages {
    private static final Duration INSTALL_TIMEOUT = Duration.ofMinutes(15);

    /** For the last lines after apt has ended. */
    private static final Duration OUTPUT_TIMEOUT = Duration.ofSeconds(2);

    private Packages() {}

    /** The requested servers that are not installed. */
    public static Set<ServerKind> missing(Set<ServerKind> wanted) {
        return Binaries.ofThisMachine().missing(wanted);
    }

    /** The Debian packages of the servers. */
    public static List<String> of(Collection<ServerKind> kinds) {
        return kinds.stream().sorted().map(ServerKind::debianPackage).toList();
    }

    /**
     * Installs the missing servers. Their services are not started, and the packages' configuration is not changed.
     *
     * @param output receives each line of apt
     * @throws MissingServersException if some are still missing afterwards
     */
    public static void installWithApt(Set<ServerKind> wanted, Consumer<String> output) {
        Set<ServerKind> missing = missing(wanted);
        if (missing.isEmpty()) {
            return;
        }
        run(asRoot(command(of(missing))), output);
        Set<ServerKind> still = missing(wanted);
        if (!still.isEmpty()) {
            throw new MissingServersException(still);
        }
    }

    private static List<String> asRoot(List<String> command) {
        List<String> asRoot = new ArrayList<>(Account.currentIsRoot() ? List.of() : List.of("sudo", "-n"));
        asRoot.addAll(command);
        return asRoot;
    }

    /** A program that does not start installs nothing: what is missing is said afterwards. */
    static void run(List<String> command, Consumer<String> output) {
        try {
            Process apt = new ProcessBuilder(command).redirectErrorStream(true).start();
            Thread reader = new Thread(() -> passOn(apt, output), "apt-output");
            reader.setDaemon(true);
            reader.start();
            if (!apt.waitFor(INSTALL_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                apt.destroy();
                output.accept("aborted after " + INSTALL_TIMEOUT);
            }
            reader.join(OUTPUT_TIMEOUT.toMillis());
        } catch (IOException e) {
            output.accept(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** To be run by root. */
    static List<String> command(List<String> packages) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script(), "install-packages"));
        command.addAll(packages);
        return command;
    }

    private static void passOn(Process apt, Consumer<String> output) {
        try (BufferedReader lines = apt.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.accept(line);
            }
        } catch (IOException e) {
            output.accept("apt's output ended: " + e);
        }
    }

    private static String script() {
        try (InputStream script = Packages.class.getResourceAsStream("install-packages.sh")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Requested servers are not installed. The message says what to install. */
    public static final class MissingServersException extends RuntimeException {
        public MissingServersException(Set<ServerKind> missing) {
            super("Not installed: " + join(missing, ServerKind::label) + ". On Debian or Ubuntu:\n"
                    + "  apt-get install -y --no-install-recommends " + String.join(" ", Packages.of(missing)));
        }

        private static String join(Set<ServerKind> kinds, Function<ServerKind, String> text) {
            return kinds.stream().sorted().map(text).collect(Collectors.joining(", "));
        }
    }
}
