package dev.doorbuster.cli.demo;

import dev.doorbuster.cli.system.ProcessUsage;
import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import java.io.PrintWriter;

/** Resident memory of each service, as reported by the kernel. */
final class Footprint {
    private Footprint() {}

    static void print(RunningSystem system, PrintWriter out) {
        for (RunningService service : system.services()) {
            String memory = ProcessUsage.residentMebibytes(service.process().pid())
                    .map("%.0f MiB resident"::formatted)
                    .orElse("memory not known on this system");
            out.printf("  %-18s %s, ready in %.1f s%n", service.name(), memory, service.readyMillis() / 1e3);
        }
        out.flush();
    }
}
