package dev.doorbuster.order.edge.pages;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Joins a module with all modules it imports to one script: a page needs one request, whatever the number of its
 * modules. Each module keeps a scope of its own. For modules without cycles whose imports and exports begin a line;
 * fails for any other form, at the start of the service.
 */
final class ModuleBundle {
    private static final Pattern IMPORT =
            Pattern.compile("^import (?:(\\w+)|\\{([^}]*)\\}) from '([^']+)';\\n", Pattern.MULTILINE);
    private static final Pattern EXPORT = Pattern.compile(
            "^export (?:(default) |(?=(?:async )?function\\*? (\\w+)|(?:class|const) (\\w+)))", Pattern.MULTILINE);
    private static final Pattern LEFT_OVER = Pattern.compile("^\\s*(import|export)\\s.*$", Pattern.MULTILINE);
    private static final String DEFAULT = "$default";
    private static final String OWN_URL = "import.meta.url";

    private final Map<String, String> texts;
    private final Path entry;
    /** Path of each module with its constant; null while the modules it imports are added. */
    private final Map<String, String> constants = new LinkedHashMap<>();

    private final StringBuilder script = new StringBuilder();

    private ModuleBundle(Map<String, String> texts, String entry) {
        this.texts = texts;
        this.entry = Path.of(entry);
    }

    /** The script, to be served in place of the entry module. */
    static String of(Map<String, String> texts, String entry) {
        var bundle = new ModuleBundle(texts, entry);
        return bundle.script
                .append(bundle.body(Path.of(entry), new ArrayList<>()))
                .toString();
    }

    /** Adds a module after those it imports, and returns its constant. */
    private String add(Path module) {
        String name = module.toString();
        if (constants.containsKey(name)) {
            String constant = constants.get(name);
            if (constant == null) {
                throw new IllegalStateException("modules import each other in a circle: " + constants.keySet());
            }
            return constant;
        }
        String constant = "$module" + constants.size();
        constants.put(name, null);
        var exports = new ArrayList<String>();
        String body = body(module, exports);
        constants.put(name, constant);
        script.append("const %s = (() => {\n%s\nreturn { %s };\n})();\n"
                .formatted(constant, body, String.join(", ", exports)));
        return constant;
    }

    private String body(Path module, List<String> exports) {
        String text = texts.get(module.toString());
        if (text == null) {
            throw new IllegalStateException("a page imports a module that does not exist: " + module);
        }
        String imported = IMPORT.matcher(text).replaceAll(found -> Matcher.quoteReplacement(binding(module, found)));
        String body = EXPORT.matcher(imported).replaceAll(found -> {
            boolean unnamed = found.group(1) != null;
            exports.add(unnamed ? "default: " + DEFAULT : found.group(2) != null ? found.group(2) : found.group(3));
            return unnamed ? Matcher.quoteReplacement("const " + DEFAULT + " = ") : "";
        });
        Matcher leftOver = LEFT_OVER.matcher(body);
        if (leftOver.find()) {
            throw new IllegalStateException(module + " has an import or export of a form that cannot be joined: "
                    + leftOver.group().strip());
        }
        return body.replace(OWN_URL, "new URL('" + urlFromEntry(module) + "', " + OWN_URL + ")");
    }

    private String binding(Path module, MatchResult found) {
        String constant = add(module.resolveSibling(found.group(3)).normalize());
        String names = found.group(1) != null
                ? "default: " + found.group(1)
                : found.group(2).strip().lines().map(String::strip).collect(Collectors.joining(" "));
        return "const { " + names.replace(" as ", ": ") + " } = " + constant + ";\n";
    }

    private String urlFromEntry(Path module) {
        return entry.getParent().relativize(module).toString();
    }
}
