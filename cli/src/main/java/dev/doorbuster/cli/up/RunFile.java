package dev.doorbuster.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.doorbuster.cli.system.Distribution;
import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.crowd.client.ApiClient;
import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.ServerGroup;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.rabbitmq.RabbitServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** {@code .doorbuster/run.json}: addresses and secrets of the running system; readable by the owner only. */
public record RunFile(Path file) {
    private static final JsonMapper MAPPER = new JsonMapper();

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

    /** Logs in as the operator of the running system. */
    public static ApiClient operator(JsonNode run) throws InterruptedException {
        JsonNode operator = run.get("operator");
        return ApiClient.login(
                URI.create(run.get("api").asText()),
                operator.get("name").asText(),
                operator.get("password").asText());
    }

    private static ObjectNode content(RunningSystem system) {
        var operator = system.secrets().operator();
        ObjectNode content = MAPPER.createObjectNode()
                .put("api", system.orderServices().get(0).http().toString())
                .put("notifier", system.notifier().http().toString());
        system.raceLab().ifPresent(lab -> content.put("raceLab", lab.http().toString()));
        content.putObject("operator").put("name", operator.user()).put("password", operator.password());
        content.put("jwtSecret", system.secrets().jwtSecret());
        addServers(content.putObject("servers"), system);
        addProcesses(content.putArray("processes"), system);
        return content;
    }

    private static void addServers(ObjectNode servers, RunningSystem system) {
        var rabbitmq = system.servers().rabbitmq();
        var postgres = system.servers().postgres();
        servers.set("redis", address(system, ServerKind.REDIS));
        servers.set("memcached", address(system, ServerKind.MEMCACHED));
        servers.set(
                "rabbitmq",
                address(system, ServerKind.RABBITMQ)
                        .put("managementPort", rabbitmq.managementPort())
                        .put("user", rabbitmq.user().user())
                        .put("password", rabbitmq.user().password()));
        servers.set(
                "postgres",
                address(system, ServerKind.POSTGRES)
                        .put("database", postgres.database())
                        .put("user", postgres.app().user())
                        .put("password", postgres.app().password()));
    }

    /** The server's address; and one per process, if it has several. */
    private static ObjectNode address(RunningSystem system, ServerKind kind) {
        ServerGroup group = system.servers().group(kind);
        ObjectNode address =
                MAPPER.createObjectNode().put("host", group.leader().host()).put("port", group.port());
        if (group.processes().size() > 1) {
            ArrayNode nodes = address.putArray("nodes");
            group.processes().forEach(server -> addNode(nodes.addObject(), server));
        }
        return address;
    }

    private static void addNode(ObjectNode node, RealServer server) {
        node.put("name", server.name()).put("host", server.host()).put("port", server.port());
        if (server instanceof RabbitServer broker) {
            node.put("managementPort", broker.managementPort());
        }
    }

    private static void addProcesses(ArrayNode processes, RunningSystem system) {
        for (RealServer server : system.servers().all()) {
            processes
                    .addObject()
                    .put("name", server.name())
                    .put("pid", server.pid())
                    .putNull("managementPort");
        }
        for (RunningService service : system.services()) {
            processes
                    .addObject()
                    .put("name", service.name())
                    .put("pid", service.process().pid())
                    .put("managementPort", service.managementPort());
        }
    }
}
