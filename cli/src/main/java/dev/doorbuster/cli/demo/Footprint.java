package dev.doorbuster.cli.demo;

import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Resident memory of each service, as the kernel counts it. */
final class Footprint {
    private static final String RESIDENT = "VmRSS:";
    private static final int KIB_PER_MIB = 1024;

    private Footprint() {}

    static void print(RunningSystem system, PrintWriter out) {
        for (RunningService service : system.services()) {
            String memory = residentMebibytes(service.process().pid())
                    .map(mebibytes -> mebibytes + " MiB resident")
                    .orElse("memory not known on this system");
            out.printf("  %-18s %s, ready in %.1f s%n", service.name(), memory, service.readyMillis() / 1e3);
        }
        out.flush();
    }

    private static Optional<Long> residentMebibytes(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith(RESIDENT))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB)
                    .findFirst();
        } catch (IOException notThisSystem) {
            return Optional.empty();
        }
    }
}
