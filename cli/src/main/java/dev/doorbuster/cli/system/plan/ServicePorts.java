package dev.doorbuster.cli.system.plan;

import dev.doorbuster.devservices.net.Ports;

/** Ports of services on the loopback interface. */
public final class ServicePorts {
    private ServicePorts() {}

    /** The standard port if it is wanted and free, else any free one. */
    public static int choose(boolean wanted, int port) {
        return wanted && Ports.isFree(port) ? port : Ports.free();
    }
}
