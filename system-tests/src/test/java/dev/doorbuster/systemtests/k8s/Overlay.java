package dev.doorbuster.systemtests.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The overlays, rendered. */
enum Overlay {
    LOCAL,
    PRODUCTION,
    /** Production, and production with tracing. */
    TRACED;

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Map<Overlay, List<Manifest>> RENDERED = new ConcurrentHashMap<>();

    Path directory() {
        return ROOT.resolve("k8s/overlays").resolve(name().toLowerCase(Locale.ROOT));
    }

    boolean isForProduction() {
        return this != LOCAL;
    }

    List<Manifest> manifests() {
        return RENDERED.computeIfAbsent(this, Overlay::render);
    }

    private static List<Manifest> render(Overlay overlay) {
        try {
            return List.copyOf(Kustomization.render(overlay.directory()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Manifest> all(String kind) {
        return manifests().stream().filter(each -> each.kind().equals(kind)).toList();
    }

    Optional<Manifest> find(String kind, String name) {
        return all(kind).stream().filter(each -> each.name().equals(name)).findFirst();
    }

    Manifest get(String kind, String name) {
        return find(kind, name).orElseThrow(() -> new AssertionError("no " + kind + " " + name + " in " + this));
    }

    /** Objects that create pods themselves; not those of operators. */
    List<Manifest> workloads() {
        return manifests().stream().filter(Manifest::makesPods).toList();
    }

    /** The project's own services and jobs among them. */
    List<Manifest> services() {
        return workloads().stream()
                .filter(each -> each.containers().stream()
                        .anyMatch(container -> container.path("image").asText().contains("doorbuster/")))
                .toList();
    }

    /**
     * A container's environment; {@code unknown} for a value from a field of the pod or from a Secret that is not in
     * git.
     */
    Map<String, String> environment(JsonNode container, String unknown) {
        var environment = new HashMap<String, String>();
        for (JsonNode from : container.path("envFrom")) {
            environment.putAll(Manifest.texts(
                    get("ConfigMap", from.at("/configMapRef/name").asText()).at("/data")));
        }
        for (JsonNode variable : container.path("env")) {
            environment.put(variable.get("name").asText(), value(variable, unknown));
        }
        return environment;
    }

    private String value(JsonNode variable, String unknown) {
        JsonNode secret = variable.at("/valueFrom/secretKeyRef");
        if (secret.isMissingNode()) {
            return variable.path("value").asText(unknown);
        }
        return find("Secret", secret.get("name").asText())
                .map(found -> decoded(found.at("/data").get(secret.get("key").asText())))
                .orElse(unknown);
    }

    static String decoded(JsonNode base64) {
        return new String(Base64.getDecoder().decode(base64.asText()), StandardCharsets.UTF_8);
    }
}
