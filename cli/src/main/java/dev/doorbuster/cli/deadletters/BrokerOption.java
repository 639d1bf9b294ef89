package dev.doorbuster.cli.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.Address;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.ConnectionFactory;
import dev.doorbuster.cli.system.Distribution;
import dev.doorbuster.cli.up.RunFile;
import dev.doorbuster.deadletters.DeadLetterQueues;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import picocli.CommandLine.Option;

/** The broker to use: the running system's, or any other. */
final class BrokerOption {
    /** Dead letters held at once: at the maximum size they take 64 MiB. */
    static final int DEAD_LETTERS_MAX = 1_000;

    private static final int ANSWER_MAX_MS = 5_000;
    /** Time limit of one command, which the user can interrupt. */
    private static final Duration TIME_MAX = Duration.ofHours(1);

    @Option(
            names = "--broker",
            paramLabel = "URI",
            description = "amqp[s]://host[:port][/virtual-host]. Default: the broker of the running system.")
    private String broker;

    @Option(names = "--user", description = "User at the broker.")
    private String user;

    @Option(
            names = "--password",
            description = "Default: the variable DOORBUSTER_RABBITMQ_PASSWORD, which other users cannot see.")
    private String password;

    DeadLetterQueues open() throws IOException {
        var factory = new ConnectionFactory();
        factory.setAutomaticRecoveryEnabled(false);
        factory.setConnectionTimeout(ANSWER_MAX_MS);
        factory.setHandshakeTimeout(ANSWER_MAX_MS);
        factory.setChannelRpcTimeout(ANSWER_MAX_MS);
        List<Address> nodes = broker == null ? running(factory) : given(factory);
        try {
            return DeadLetterQueues.open(
                    factory.newConnection(nodes, "doorbuster dead-letters"), DEAD_LETTERS_MAX, TIME_MAX);
        } catch (AuthenticationFailureException e) {
            throw new IOException("the broker at " + nodes + " does not let " + factory.getUsername()
                    + " in: check --user and --password");
        } catch (IOException | TimeoutException e) {
            throw new IOException("no broker can be used at " + nodes + ", virtual host " + factory.getVirtualHost()
                    + ": " + cause(e));
        }
    }

    private static List<Address> running(ConnectionFactory factory) throws IOException {
        JsonNode server = RunFile.of(Distribution.current())
                .read()
                .orElseThrow(() ->
                        new IOException("Not running. Start it with ./doorbuster up, or name a broker with --broker"))
                .get("servers")
                .get("rabbitmq");
        factory.setUsername(server.get("user").asText());
        factory.setPassword(server.get("password").asText());
        var nodes = new ArrayList<Address>();
        for (JsonNode each : server.has("nodes") ? server.get("nodes") : List.of(server)) {
            nodes.add(new Address(each.get("host").asText(), each.get("port").asInt()));
        }
        return nodes;
    }

    private List<Address> given(ConnectionFactory factory) throws IOException {
        try {
            factory.setUri(broker);
            if (factory.isSSL()) {
                // The client's default would trust any certificate.
                factory.useSslProtocol(SSLContext.getDefault());
                factory.enableHostnameVerification();
            }
        } catch (URISyntaxException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(
                    "--broker " + broker + " is no amqp[s]://host[:port][/virtual-host]: " + e.getMessage());
        }
        if (user != null) {
            factory.setUsername(user);
        }
        String known = password == null ? System.getenv("DOORBUSTER_RABBITMQ_PASSWORD") : password;
        if (known != null) {
            factory.setPassword(known);
        }
        return List.of(new Address(factory.getHost(), factory.getPort()));
    }

    /** Describes the cause: the client wraps the broker's message in exceptions without a message. */
    private static String cause(Throwable failure) {
        Throwable told = failure;
        while (told.getMessage() == null && told.getCause() != null) {
            told = told.getCause();
        }
        return told.getMessage() == null ? told.toString() : told.getMessage();
    }
}
