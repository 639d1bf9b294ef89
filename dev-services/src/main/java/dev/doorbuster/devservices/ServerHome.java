package dev.doorbuster.devservices;

import dev.doorbuster.devservices.process.command.ProcessSpec;
import dev.doorbuster.devservices.process.record.ProcessLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The directory of a set of servers: one folder per server, the logs, and the ledger of running processes. */
public record ServerHome(Path directory, ProcessLedger ledger, Binaries binaries) {
    private static final String LOGS = "logs";

    static ServerHome at(Path directory, Binaries binaries) {
        try {
            Path absolute = directory.toAbsolutePath().normalize();
            Files.createDirectories(absolute.resolve(LOGS));
            return new ServerHome(absolute, ProcessLedger.in(absolute), binaries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path folder(String name) {
        try {
            return Files.createDirectories(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A process of these servers, with its working folder and log file. */
    public ProcessSpec spec(String name, Path folder, List<String> command) {
        return ProcessSpec.of(name, folder, command)
                .withLogFile(directory.resolve(LOGS).resolve(name + ".log"));
    }
}
