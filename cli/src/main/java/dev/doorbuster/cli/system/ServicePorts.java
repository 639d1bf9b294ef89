package dev.doorbuster.cli.system;

import dev.doorbuster.devservices.Ports;

/** Ports of services on the loopback interface. */
final class ServicePorts {
    private ServicePorts() {}

    /** The standard port if it is wanted and free, else any free one. */
    static int choose(boolean wanted, int port) {
        return wanted && Ports.isFree(port) ? port : Ports.free();
    }
}
