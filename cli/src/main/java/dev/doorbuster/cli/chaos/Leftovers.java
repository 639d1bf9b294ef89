package dev.doorbuster.cli.chaos;

import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.devservices.RealServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Looks for what a stopped system may have left: its processes and its ports. */
final class Leftovers {
    private static final int CONNECT_MAX_MS = 1_000;

    private final TreeSet<Long> pids = new TreeSet<>();
    private final TreeSet<Integer> ports = new TreeSet<>();

    /** Of a system that still runs. */
    Leftovers(RunningSystem system) {
        for (RunningService service : system.services()) {
            pids.add(service.process().pid());
            ports.add(service.managementPort());
            ports.add(service.port());
        }
        for (RealServer server : system.servers().all()) {
            pids.add(server.pid());
            ports.add(server.port());
        }
        ports.add(system.servers().rabbitmq().managementPort());
        ports.add(system.servers().rabbitmq().metricsPort());
        ports.remove(0);
        ProcessHandle.current().descendants().forEach(child -> pids.add(child.pid()));
    }

    /** What is there still, after the system has been stopped. */
    List<String> find() {
        var found = new ArrayList<String>();
        ProcessHandle.current()
                .descendants()
                .filter(child -> pids.contains(child.pid()) && child.isAlive())
                .forEach(child -> found.add("process " + child.pid()));
        ports.stream().filter(Leftovers::isOpen).forEach(port -> found.add("port " + port));
        return found;
    }

    private static boolean isOpen(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MAX_MS);
            return true;
        } catch (IOException closed) {
            return false;
        }
    }
}
