package dev.doorbuster.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.doorbuster.cli.system.Distribution;
import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.ServerGroup;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.rabbitmq.RabbitServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code .doorbuster/run.json}: addresses and secrets of the running system; readable by the owner only. */
public final class RunFile {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path file;

    public RunFile(Path file) {
        this.file = file;
    }

    public static RunFile of(Distribution distribution) {
        return new RunFile(distribution.state().resolve("run.json"));
    }

    /** Its content, or empty if nothing is running. */
    public Optional<JsonNode> read() {
        try {
            return Files.exists(file) ? Optional.of(MAPPER.readTree(file.toFile())) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Written to a temporary file and moved, so that a reader never sees a part of it. */
    public void write(RunningSystem system) {
        try {
            Files.createDirectories(file.getParent());
            Path aside = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(aside);
            Path created = Files.createFile(
                    aside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            MAPPER.writerWithDefaultPrettyPrinter().writeValue(created.toFile(), content(system));
            Path unused = Files.move(created, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    public void delete() {
        try {
            boolean unused = Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }

    private static Map<String, Object> content(RunningSystem system) {
        var operator = system.secrets().operator();
        var content = new LinkedHashMap<String, Object>();
        content.put("api", system.orderServices().get(0).http().toString());
        content.put("notifier", system.notifier().http().toString());
        system.raceLab().ifPresent(lab -> content.put("raceLab", lab.http().toString()));
        content.put("operator", Map.of("name", operator.user(), "password", operator.password()));
        content.put("jwtSecret", system.secrets().jwtSecret());
        content.put("servers", servers(system));
        content.put("processes", processes(system));
        return content;
    }

    private static Map<String, Object> servers(RunningSystem system) {
        var rabbitmq = system.servers().rabbitmq();
        var postgres = system.servers().postgres();
        var servers = new LinkedHashMap<String, Object>();
        servers.put("redis", address(system, ServerKind.REDIS));
        servers.put("memcached", address(system, ServerKind.MEMCACHED));
        servers.put(
                "rabbitmq",
                with(
                        address(system, ServerKind.RABBITMQ),
                        "managementPort",
                        rabbitmq.managementPort(),
                        rabbitmq.user()));
        servers.put(
                "postgres",
                with(address(system, ServerKind.POSTGRES), "database", postgres.database(), postgres.app()));
        return servers;
    }

    /** The server's address; and one per process, if it has several. */
    private static Map<String, Object> address(RunningSystem system, ServerKind kind) {
        ServerGroup group = system.servers().group(kind);
        var address = new LinkedHashMap<String, Object>();
        address.put("host", group.leader().host());
        address.put("port", group.port());
        if (group.processes().size() > 1) {
            address.put("nodes", group.processes().stream().map(RunFile::node).toList());
        }
        return address;
    }

    private static Map<String, Object> node(RealServer server) {
        var node = new LinkedHashMap<String, Object>();
        node.put("name", server.name());
        node.put("host", server.host());
        node.put("port", server.port());
        if (server instanceof RabbitServer broker) {
            node.put("managementPort", broker.managementPort());
        }
        return node;
    }

    private static Map<String, Object> with(
            Map<String, Object> address,
            String name,
            Object value,
            dev.doorbuster.devservices.support.Credentials user) {
        address.put(name, value);
        address.put("user", user.user());
        address.put("password", user.password());
        return address;
    }

    private static List<Map<String, Object>> processes(RunningSystem system) {
        var processes = new ArrayList<Map<String, Object>>();
        for (RealServer server : system.servers().all()) {
            processes.add(process(server.name(), server.pid(), null));
        }
        for (RunningService service : system.services()) {
            processes.add(process(service.name(), service.process().pid(), service.managementPort()));
        }
        return processes;
    }

    private static Map<String, Object> process(String name, long pid, Integer managementPort) {
        var process = new LinkedHashMap<String, Object>();
        process.put("name", name);
        process.put("pid", pid);
        process.put("managementPort", managementPort);
        return process;
    }
}
