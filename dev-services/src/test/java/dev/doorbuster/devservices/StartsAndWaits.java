package dev.doorbuster.devservices;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The main class of a JVM to be killed: starts all four servers, prints the pids of all their processes, and waits. */
final class StartsAndWaits {
    static final String READY = "READY";

    private StartsAndWaits() {}

    public static void main(String[] arguments) throws IOException {
        Servers servers = ServerPlan.in(Path.of(arguments[0]))
                .with(ServerKind.OF_THE_SYSTEM.toArray(ServerKind[]::new))
                .start();
        String pids = ProcessHandle.current()
                .descendants()
                .map(handle -> Long.toString(handle.pid()))
                .collect(Collectors.joining(" "));
        System.out.println(READY + " " + pids);
        // Standard input never has data, so this waits.
        int endOfInput = System.in.read();
        servers.stop();
        System.exit(endOfInput);
    }
}
