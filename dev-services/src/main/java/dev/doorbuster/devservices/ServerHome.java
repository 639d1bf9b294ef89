package dev.doorbuster.devservices;

import dev.doorbuster.devservices.machine.HostMachine;
import dev.doorbuster.devservices.process.command.ProcessSpec;
import dev.doorbuster.devservices.process.record.PidFiles;
import dev.doorbuster.devservices.support.UncheckedIo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The directory of a set of servers: one folder per server, the logs, and the PID files of running processes. */
public record ServerHome(Path directory, PidFiles pidFiles, Binaries binaries, HostMachine machine) {
    private static final String LOGS = "logs";

    static ServerHome at(Path directory, Binaries binaries, HostMachine machine) {
        return UncheckedIo.get(() -> {
            Path absolute = directory.toAbsolutePath().normalize();
            Files.createDirectories(absolute.resolve(LOGS));
            return new ServerHome(absolute, PidFiles.in(absolute), binaries, machine);
        });
    }

    public Path folder(String name) {
        return UncheckedIo.get(() -> Files.createDirectories(directory.resolve(name)));
    }

    /** A server's folder, on a volume of its own where the machine has some. */
    public Path volume(String name) {
        Path folder = folder(name);
        mount(folder);
        return folder;
    }

    /** Puts a volume over a folder for a server's data, where the machine has some. */
    public void mount(Path folder) {
        machine.volumes().ifPresent(volumes -> volumes.mount(folder));
    }

    /** A process of these servers, with its working folder and log file. */
    public ProcessSpec spec(String name, Path folder, List<String> command) {
        return ProcessSpec.of(name, folder, machine.command(name, command))
                .withLogFile(directory.resolve(LOGS).resolve(name + ".log"));
    }
}
