package dev.doorbuster.cli.system;

import dev.doorbuster.devservices.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of services on the loopback interface. */
final class ServicePorts {
    private ServicePorts() {}

    /** The wanted port where it is wanted and free, else any free one. */
    static int choose(boolean wanted, int port) {
        return wanted && isFree(port) ? port : Ports.free();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
