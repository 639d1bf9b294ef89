package dev.doorbuster.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleConsumer;
import java.util.regex.Pattern;
import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.NativeJSON;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/**
 * The script of {@code load-test/k6} as one virtual user of k6 runs it, without k6: k6's own modules are stand-ins
 * ({@code k6/standins.js}), the script is what it is. To be used by one thread.
 */
final class K6Script implements AutoCloseable {
    /** Sends what belongs together at the same time, and hands the answers back in the same order. */
    interface Shop {
        List<K6Host.Answer> send(List<K6Host.Request> requests);
    }

    private static final Path SCRIPTS = ComposeFile.ROOT.resolve("load-test/k6");
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Pattern DEFAULT_IMPORT = Pattern.compile("(?m)^import (\\w+) from ('[^']+');$");
    private static final Pattern NAMED_IMPORT = Pattern.compile("(?m)^import (\\{[^}]+}) from ('[^']+');$");
    private static final Pattern EXPORTED_CONST = Pattern.compile("(?m)^export const (\\w+) =");
    private static final Pattern EXPORTED_FUNCTION = Pattern.compile("(?m)^export function (\\w+)");

    private final Map<String, String> environment;
    private final Map<Path, Scriptable> loaded = new HashMap<>();
    private final Context context = Context.enter();
    private final ScriptableObject globals;
    private final Scriptable standins;
    private final Scriptable script;

    K6Script(Map<String, String> environment, Shop shop, DoubleConsumer sleep) {
        this.environment = environment;
        context.setLanguageVersion(Context.VERSION_ECMASCRIPT);
        globals = context.initStandardObjects();
        Function make = (Function) context.evaluateString(globals, standinsSource(), "standins.js", 1, null);
        standins = call(make, Context.javaToJS(new K6Host(shop, sleep), globals));
        script = load(SCRIPTS.resolve("flash-sale.js"));
    }

    /** Calls one of the script's functions, with what {@code setup} returned where it takes that. */
    Object run(String function, Object... arguments) {
        return ((Function) script.get(function, script)).call(context, globals, globals, arguments);
    }

    /** From now on as the next iteration of its scenario. */
    void next() {
        Scriptable execution = (Scriptable) require(SCRIPTS, "k6/execution");
        Scriptable scenario = property(property(execution, "default"), "scenario");
        double number = ((Number) scenario.get("iterationInTest", scenario)).doubleValue();
        scenario.put("iterationInTest", scenario, number + 1);
    }

    JsonNode options() {
        return json(script.get("options", script));
    }

    /** All metrics as k6 hands them to {@code handleSummary}, its rules judged. */
    JsonNode metrics() {
        return json(judged());
    }

    String summary() {
        Scriptable data = context.newObject(globals);
        data.put("metrics", data, judged());
        return ScriptableObject.getProperty((Scriptable) run("handleSummary", data), "stdout")
                .toString();
    }

    /** How often something was counted. */
    int count(String metric) {
        return metrics().path(metric).path("values").path("count").asInt();
    }

    boolean kept(String metric) {
        JsonNode rules = Objects.requireNonNull(metrics().path(metric).get("thresholds"), metric);
        for (JsonNode rule : rules) {
            if (!rule.get("ok").asBoolean()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        Context.exit();
    }

    private Object judged() {
        Scriptable options = (Scriptable) script.get("options", script);
        return call((Function) standins.get("judged", standins), options.get("thresholds", options));
    }

    private Scriptable load(Path file) {
        Scriptable known = loaded.get(file);
        if (known != null) {
            return known;
        }
        Scriptable exports = context.newObject(globals);
        loaded.put(file, exports);
        Function module = (Function) context.evaluateString(globals, asFunction(file), file.toString(), 1, null);
        Scriptable variables = context.newObject(globals);
        environment.forEach((name, value) -> variables.put(name, variables, value));
        Object unused = module.call(context, globals, globals, new Object[] {
            function(name -> require(file, name)), exports, variables, function(name -> read(file.resolveSibling(name)))
        });
        return exports;
    }

    private Object require(Path file, String name) {
        if (name.startsWith("./")) {
            return load(file.resolveSibling(name).normalize());
        }
        Object module = ScriptableObject.getProperty((Scriptable) standins.get("modules", standins), name);
        if (module == Scriptable.NOT_FOUND) {
            throw new IllegalArgumentException("there is no stand-in for " + name);
        }
        return module;
    }

    /** Modules as functions, for this engine has none. On one line in front, so that line numbers stay. */
    private static String asFunction(Path file) {
        String source = read(file);
        source = DEFAULT_IMPORT.matcher(source).replaceAll("const $1 = require($2).default;");
        source = NAMED_IMPORT.matcher(source).replaceAll("const $1 = require($2);");
        source = EXPORTED_CONST.matcher(source).replaceAll("const $1 = exports.$1 =");
        source = EXPORTED_FUNCTION.matcher(source).replaceAll("exports.$1 = $1; function $1");
        return "(function (require, exports, __ENV, open) { 'use strict'; " + source + "\n})";
    }

    private Scriptable call(Function function, Object... arguments) {
        return (Scriptable) function.call(context, globals, globals, arguments);
    }

    private JsonNode json(Object value) {
        try {
            return MAPPER.readTree(
                    NativeJSON.stringify(context, globals, value, null, null).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Scriptable property(Scriptable object, String name) {
        return (Scriptable) ScriptableObject.getProperty(object, name);
    }

    private static BaseFunction function(java.util.function.Function<String, Object> body) {
        return new BaseFunction() {
            private static final long serialVersionUID = 1;

            @Override
            public Object call(Context context, Scriptable scope, Scriptable self, Object[] arguments) {
                return body.apply(arguments[0].toString());
            }
        };
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String standinsSource() {
        try (var source = Objects.requireNonNull(K6Script.class.getResourceAsStream("/k6/standins.js"))) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
