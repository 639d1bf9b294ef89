package dev.doorbuster.cli.chaos;

import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.process.record.Fingerprint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds what a stopped system left: processes, ports and data folders. */
final class RemainingResources {
    private static final int CONNECT_MAX_MS = 1_000;
    /** Time for helper processes to notice the end of their process and to end too. */
    private static final Duration GONE_MAX = Duration.ofSeconds(15);

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Path PROCESSES = Path.of("/proc");

    private final Path home;
    private final Set<Path> folders = new LinkedHashSet<>();
    private final Set<Long> pids = new TreeSet<>();
    private final Set<Integer> ports = new TreeSet<>();

    /** Records the resources of a system that is still running. */
    RemainingResources(RunningSystem system) {
        home = system.servers().directory();
        for (RunningService service : system.services()) {
            ports.add(service.managementPort());
            ports.add(service.port());
        }
        for (RealServer server : system.servers().all()) {
            ports.addAll(server.ports());
            folders.add(server.folder());
        }
        system.servers().groups().forEach(group -> ports.add(group.port()));
        ports.remove(0);
        ProcessHandle.current().descendants().forEach(child -> pids.add(child.pid()));
    }

    /** What remains some time after the system was stopped. */
    List<String> find() throws InterruptedException {
        long began = System.nanoTime();
        List<String> found = look();
        while (!found.isEmpty() && System.nanoTime() - began < GONE_MAX.toNanos()) {
            // Polling: the end of a process that is no child is not reported.
            Thread.sleep(LOOK_EVERY.toMillis());
            found = look();
        }
        return found;
    }

    private List<String> look() {
        var found = new ArrayList<String>();
        pids.stream().filter(pid -> !Fingerprint.isKnownToBeGone(pid)).forEach(pid -> found.add("process " + pid));
        folders.stream().filter(Files::exists).forEach(folder -> found.add("folder " + folder));
        ports.stream().filter(RemainingResources::isOpen).forEach(port -> found.add("port " + port));
        found.addAll(atWorkThere());
        return found;
    }

    /**
     * Processes that were started by the run and lost their parent, found by their working directory in the system's
     * folder.
     */
    private List<String> atWorkThere() {
        try (Stream<Path> processes = Files.list(PROCESSES)) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> isAtWorkThere(process.resolve("cwd")))
                    .map(process -> "process " + process.getFileName() + " at work in " + home)
                    .toList();
        } catch (IOException notOnThisSystem) {
            return List.of();
        }
    }

    private boolean isAtWorkThere(Path workingDirectory) {
        try {
            Path folder = Files.readSymbolicLink(workingDirectory);
            return folder.startsWith(home) || folders.stream().anyMatch(folder::startsWith);
        } catch (IOException endedOrNotOurs) {
            return false;
        }
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
