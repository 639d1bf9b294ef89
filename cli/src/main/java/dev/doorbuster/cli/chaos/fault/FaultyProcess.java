package dev.doorbuster.cli.chaos.fault;

import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.process.ManagedProcess;

/** The process of a service or server that a fault applies to. */
record FaultyProcess(String name, Runnable kill, Runnable pause, Runnable resume, Runnable restart) {
    static FaultyProcess of(RunningService service) {
        ManagedProcess process = service.process();
        return new FaultyProcess(service.name(), process::kill, process::pause, process::resume, process::restart);
    }

    static FaultyProcess of(RealServer server) {
        return new FaultyProcess(server.name(), server::kill, server::pause, server::resume, server::restart);
    }
}
