package dev.doorbuster.cli.rehearse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doorbuster.cli.rehearse.metrics.MetricsPages;
import dev.doorbuster.cli.rehearse.metrics.MetricsSource;
import dev.doorbuster.cli.rehearse.metrics.PrometheusMetrics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * The deployment to use: the running system or any other. Secrets come from the environment or a file, never from
 * the command line.
 */
final class DeploymentOption {
    static final String PASSWORD = "DOORBUSTER_OPERATOR_PASSWORD";
    static final String NAME = "DOORBUSTER_OPERATOR_NAME";
    static final String SECRET = "DOORBUSTER_JWT_SECRET";
    private static final int SECRET_LENGTH_MIN = 32;

    @Option(
            names = "--api",
            split = ",",
            paramLabel = "URL",
            description =
                    "Base addresses of the order-services, such as https://shop.example, separated by commas. Default:"
                            + " the running system. With it, the operator's password is the variable " + PASSWORD
                            + " (and his name " + NAME + ", if not operator), and the tokens' secret is " + SECRET
                            + ".")
    List<String> apis = List.of();

    @Option(
            names = "--jwt-secret-file",
            paramLabel = "FILE",
            description = "File of the tokens' secret, instead of " + SECRET + ".")
    Path secretFile;

    @Option(
            names = "--metrics",
            split = ",",
            paramLabel = "[NAME=]URL",
            description = "Management ports of the services, such as order-service-0=http://10.0.0.7:9080, separated by"
                    + " commas. Default: those of the running system; with --api none, and then nothing but this client's"
                    + " own view tells what saturates.")
    List<String> pages = List.of();

    @Option(
            names = "--prometheus",
            paramLabel = "URL",
            description = "A Prometheus that scrapes the services, instead of --metrics.")
    String prometheus;

    /**
     * Builds the deployment from these options.
     *
     * @param run the running system, if there is one
     * @throws IOException with a message that says what to correct
     */
    Deployment resolve(Map<String, String> environment, Optional<JsonNode> run) throws IOException {
        if (!apis.isEmpty()) {
            return given(environment);
        }
        JsonNode up = run.orElseThrow(
                () -> new IOException("Not running. Start it with ./doorbuster up, or name a deployment with --api"));
        return new Deployment(
                List.of(URI.create(up.get("api").asText())),
                up.get("operator").get("name").asText(),
                up.get("operator").get("password").asText(),
                up.get("jwtSecret").asText(),
                pages.isEmpty() && prometheus == null ? new MetricsPages(pages(up)) : metrics());
    }

    private Deployment given(Map<String, String> environment) throws IOException {
        var addresses = new ArrayList<URI>();
        for (String api : apis) {
            URI address = address("--api", api);
            if (!address.getPath().isEmpty() && !address.getPath().equals("/")) {
                throw new IOException("--api " + api + " has a path; give scheme, host and port only");
            }
            addresses.add(address);
        }
        String password = environment.getOrDefault(PASSWORD, "");
        if (password.isEmpty()) {
            throw new IOException("with --api, put the operator's password into the variable " + PASSWORD);
        }
        return new Deployment(
                addresses, environment.getOrDefault(NAME, "operator"), password, secret(environment), metrics());
    }

    private String secret(Map<String, String> environment) throws IOException {
        String secret = environment.getOrDefault(SECRET, "");
        if (secretFile != null) {
            if (!Files.isReadable(secretFile)) {
                throw new IOException("--jwt-secret-file " + secretFile + " cannot be read");
            }
            secret = Files.readString(secretFile).strip();
        }
        if (secret.length() < SECRET_LENGTH_MIN) {
            throw new IOException(
                    ("with --api, put the deployment's %s (at least %d characters) into the variable of that"
                                    + " name, or name its file with --jwt-secret-file")
                            .formatted(SECRET, SECRET_LENGTH_MIN));
        }
        return secret;
    }

    private MetricsSource metrics() throws IOException {
        if (prometheus == null) {
            return new MetricsPages(pages());
        }
        if (!pages.isEmpty()) {
            throw new IOException("give --metrics or --prometheus, not both");
        }
        return new PrometheusMetrics(address("--prometheus", prometheus));
    }

    private Map<String, URI> pages() throws IOException {
        var named = new LinkedHashMap<String, URI>();
        for (String page : pages) {
            int equals = page.indexOf('=');
            URI address = address("--metrics", page.substring(equals + 1));
            boolean port = address.getPath().isEmpty() || address.getPath().equals("/");
            named.put(
                    equals < 0 ? address.getAuthority() : page.substring(0, equals),
                    port ? address.resolve("/metrics") : address);
        }
        return named;
    }

    private static Map<String, URI> pages(JsonNode up) {
        var named = new LinkedHashMap<String, URI>();
        for (JsonNode process : up.get("processes")) {
            if (!process.get("managementPort").isNull()) {
                named.put(
                        process.get("name").asText(),
                        URI.create("http://127.0.0.1:"
                                + process.get("managementPort").asInt() + "/metrics"));
            }
        }
        return named;
    }

    private static URI address(String option, String given) throws IOException {
        try {
            URI address = URI.create(given);
            if (List.of("http", "https").contains(String.valueOf(address.getScheme())) && address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException notEvenThat) {
            throw new IOException(option + " " + given + " is no http[s]://host[:port]", notEvenThat);
        }
        throw new IOException(option + " " + given + " is no http[s]://host[:port]");
    }
}
