package dev.doorbuster.cli.chaos.fault;

import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.process.ManagedProcess;

/** The process that a fault happens to, service or server. */
record Victim(String name, Runnable kill, Runnable pause, Runnable resume, Runnable restart) {
    static Victim of(RunningService service) {
        ManagedProcess process = service.process();
        return new Victim(service.name(), process::kill, process::pause, process::resume, process::restart);
    }

    static Victim of(RealServer server) {
        return new Victim(server.name(), server::kill, server::pause, server::resume, server::restart);
    }
}
