package dev.doorbuster.notifier.webhook;

import dev.doorbuster.runtime.config.Environment;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Parses the endpoint list of the configuration: JSON that refers to secrets by variable or file only. */
final class EndpointList {
    private static final int ENDPOINTS_MAX = 16;
    private static final int EVENTS_MAX = 16;
    private static final int SECRET_LENGTH_MIN = 32;
    private static final Set<String> MEMBERS = Set.of("id", "url", "events", "secretEnv", "secretFile");
    /** Part of queue names. */
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    /** Words of a topic exchange's binding key. */
    private static final Pattern EVENT = Pattern.compile("([a-z0-9-]+|\\*|#)(\\.([a-z0-9-]+|\\*|#)){0,3}");

    private static final JsonArray ALL_EVENTS = new JsonArray().add("order.#").add("sale.#");

    private final Environment env;
    private final String name;

    private EndpointList(Environment env, String name) {
        this.env = env;
        this.name = name;
    }

    /** Adds every error found to the environment's problems. */
    static List<WebhookEndpoint> read(Environment env, String name) {
        return new EndpointList(env, name).read();
    }

    private List<WebhookEndpoint> read() {
        var endpoints = new ArrayList<WebhookEndpoint>();
        var ids = new HashSet<String>();
        try {
            JsonArray list = new JsonArray(env.text(name, "[]"));
            for (Object each : list) {
                WebhookEndpoint endpoint = endpoint((JsonObject) each);
                endpoints.add(endpoint);
                if (!ids.add(endpoint.id())) {
                    env.reject(name + " names " + endpoint.id() + " twice");
                }
            }
        } catch (DecodeException | ClassCastException e) {
            env.reject(name + " must be a JSON array of objects with texts as values: " + e.getMessage());
        }
        if (endpoints.size() > ENDPOINTS_MAX) {
            env.reject(name + " must name no more than " + ENDPOINTS_MAX + " endpoints");
        }
        return endpoints;
    }

    private WebhookEndpoint endpoint(JsonObject json) {
        String id = json.getString("id", "");
        if (!ID.matcher(id).matches()) {
            env.reject(
                    name + ": an id must be a-z, 0-9 and -, begin with a letter and have no more than 32, not " + id);
        }
        json.fieldNames().stream()
                .filter(member -> !MEMBERS.contains(member))
                .forEach(member -> env.reject(name + ": " + id + " has an unknown member: " + member));
        return new WebhookEndpoint(id, url(id, json.getString("url", "")), events(id, json), secret(id, json));
    }

    private URI url(String id, String text) {
        try {
            var url = new URI(text);
            boolean fine = Set.of("http", "https").contains(String.valueOf(url.getScheme()))
                    && url.getHost() != null
                    && url.getUserInfo() == null
                    && url.getFragment() == null;
            if (fine) {
                return url;
            }
        } catch (URISyntaxException e) {
            // reported below, like any other text that is no URL
        }
        env.reject(name + ": the url of " + id + " must be like https://shop.example/hooks, without user and fragment");
        return URI.create("invalid:/");
    }

    private List<String> events(String id, JsonObject json) {
        List<String> events = json.getJsonArray("events", ALL_EVENTS).stream()
                .map(String.class::cast)
                .toList();
        boolean fine = !events.isEmpty()
                && events.size() <= EVENTS_MAX
                && events.stream().allMatch(each -> EVENT.matcher(each).matches());
        if (!fine) {
            env.reject(name + ": the events of " + id + " must be 1 to " + EVENTS_MAX
                    + " keys such as order.paid.* or sale.#, not " + events);
        }
        return events;
    }

    private String secret(String id, JsonObject json) {
        String variable = json.getString("secretEnv");
        String file = json.getString("secretFile");
        if ((variable == null) == (file == null)) {
            env.reject(name + ": " + id + " needs either secretEnv, a variable's name, or secretFile, a file's");
            return "";
        }
        String secret = (variable == null ? content(id, file) : env.optional(variable)).orElse("");
        if (secret.length() < SECRET_LENGTH_MIN) {
            env.reject(name + ": the secret of " + id + ", in " + (variable == null ? file : variable)
                    + ", must have at least " + SECRET_LENGTH_MIN + " characters");
        }
        return secret;
    }

    private Optional<String> content(String id, String file) {
        try {
            return Optional.of(Files.readString(Path.of(file)).strip());
        } catch (IOException | IllegalArgumentException e) {
            env.reject(name + ": the secretFile of " + id + " cannot be read: " + e);
            return Optional.empty();
        }
    }
}
