package dev.doorbuster.systemtests;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Parses compose.yaml as Compose does: anchors merged, variables replaced. */
final class ComposeFile {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern VARIABLE = Pattern.compile("\\$\\$|\\$\\{(\\w+)(?::-((?:\\$\\{[^}]*}|[^}])*))?}");
    private static final int ALIASES_MAX = 1_000;

    private final Map<String, Object> content;
    private final Map<String, String> variables;

    private ComposeFile(Map<String, Object> content, Map<String, String> variables) {
        this.content = content;
        this.variables = variables;
    }

    /** With the variables of these files; the last file wins. */
    static ComposeFile read(List<String> environmentFiles) throws IOException {
        var variables = new TreeMap<String, String>();
        for (String file : environmentFiles) {
            variables.putAll(environment(file));
        }
        return new ComposeFile(parse("compose.yaml"), variables);
    }

    static Map<String, Object> parse(String name) throws IOException {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(ALIASES_MAX);
        return map(new Yaml(new SafeConstructor(options)).load(Files.readString(ROOT.resolve(name))));
    }

    static Map<String, String> environment(String name) throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(Files.readString(ROOT.resolve(name))));
        var variables = new TreeMap<String, String>();
        properties.forEach((key, value) -> variables.put(key.toString(), value.toString()));
        return variables;
    }

    /** As from the shell: these come before those of files. */
    ComposeFile with(Map<String, String> shell) {
        var both = new TreeMap<>(variables);
        both.putAll(shell);
        return new ComposeFile(content, both);
    }

    /** Names of variables that are used without a default. */
    static List<String> variablesWithoutDefault() throws IOException {
        return VARIABLE.matcher(Files.readString(ROOT.resolve("compose.yaml")))
                .results()
                .filter(match -> match.group(1) != null && match.group(2) == null)
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }

    Map<String, Map<String, Object>> services() {
        var services = new TreeMap<String, Map<String, Object>>();
        map(content.get("services")).forEach((name, service) -> services.put(name, map(service)));
        return services;
    }

    Map<String, Object> volumes() {
        return map(content.get("volumes"));
    }

    /** A service's environment as written, without replacing variables. */
    static Map<String, String> environmentAsWritten(Map<String, Object> service) {
        var environment = new TreeMap<String, String>();
        map(service.getOrDefault("environment", Map.of())).forEach((name, value) -> environment.put(name, value + ""));
        return environment;
    }

    Map<String, String> environment(Map<String, Object> service) {
        var environment = environmentAsWritten(service);
        environment.replaceAll((name, value) -> resolved(value));
        return environment;
    }

    List<String> texts(Map<String, Object> service, String key) {
        return ((List<?>) service.getOrDefault(key, List.of()))
                .stream().map(each -> resolved(each + "")).toList();
    }

    String resolved(String text) {
        return VARIABLE.matcher(text).replaceAll((MatchResult match) -> {
            if (match.group(1) == null) {
                return "\\$";
            }
            String value = variables.getOrDefault(match.group(1), "");
            String chosen = value.isEmpty() && match.group(2) != null ? resolved(match.group(2)) : value;
            return Matcher.quoteReplacement(chosen);
        });
    }

    @SuppressWarnings("unchecked") // a YAML mapping with string keys
    static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }
}
