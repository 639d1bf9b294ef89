package dev.doorbuster.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.NativeJSON;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/**
 * The k6 script compiles, plans what its variables require, and uses the API's statuses and paths. No request is
 * sent: the script is loaded with empty k6 modules that record the names of metrics.
 */
class K6ScriptTest {
    private static final Path SCRIPTS = ComposeFile.ROOT.resolve("load-test/k6");
    private static final List<String> FILES = List.of(
            "flash-sale.js",
            "lib/answers.js",
            "lib/buyer.js",
            "lib/operator.js",
            "lib/plan.js",
            "lib/summary.js",
            "lib/tokens.js");
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String MODULES = """
            (function (declared) {
              const metric = function (name) { declared.push(name); this.add = function () {}; };
              const nothing = function () { return {}; };
              const http = { setResponseCallback: nothing, expectedStatuses: nothing };
              return {
                'k6': { sleep: nothing },
                'k6/http': { default: http },
                'k6/execution': { default: { scenario: { iterationInTest: 0 } } },
                'k6/metrics': { Counter: metric, Gauge: metric, Trend: metric },
                'k6/encoding': { default: { b64encode: nothing } },
                'k6/crypto': { hmac: nothing },
              };
            })""";
    private static final Pattern DEFAULT_IMPORT = Pattern.compile("(?m)^import (\\w+) from ('[^']+');$");
    private static final Pattern NAMED_IMPORT = Pattern.compile("(?m)^import (\\{[^}]+}) from ('[^']+');$");
    private static final Pattern EXPORTED_CONST = Pattern.compile("(?m)^export const (\\w+) =");
    private static final Pattern EXPORTED_FUNCTION = Pattern.compile("(?m)^export function (\\w+)");
    /** A method, and the path that follows it in the same statement. */
    private static final Pattern CALL = Pattern.compile(
            "(?:'(GET|POST)'|http\\.get\\(|look\\(|let path =)[^;]{0,80}?[`'](?:\\$\\{plan\\.api})?(/api/[^`']+)[`']");

    private static final Pattern PATH = Pattern.compile("[`'}](/api/[^`']+)[`']");
    private static final Pattern SLUGS = Pattern.compile("const (?:REFUSALS|FOR_NOW) = \\[([^]]+)]");

    private final Map<String, String> environment = new HashMap<>(
            Map.of("API", "http://shop", "JWT_SECRET", "a secret of this test", "OPERATOR_PASSWORD", "password"));
    private final Map<Path, Scriptable> loaded = new HashMap<>();
    private Context context;
    private ScriptableObject globals;
    private Scriptable declared;
    private Scriptable modules;

    @BeforeEach
    void enter() {
        context = Context.enter();
        context.setLanguageVersion(Context.VERSION_ECMASCRIPT);
        globals = context.initStandardObjects();
        declared = context.newArray(globals, 0);
        Function make = (Function) context.evaluateString(globals, MODULES, "modules", 1, null);
        modules = (Scriptable) make.call(context, globals, globals, new Object[] {declared});
    }

    @AfterEach
    void exit() {
        Context.exit();
    }

    @Test
    void scenariosArriveAtTheirOwnRate() {
        // Given
        environment.putAll(Map.of("BUYERS", "20000", "RATE", "800", "REPEAT_PERCENT", "10"));

        // When
        JsonNode scenarios = options().get("scenarios");

        // Then
        assertThat(scenarios.fieldNames()).toIterable().containsExactlyInAnyOrder("storm", "repeats", "browsers");
        assertThat(scenarios.at("/storm/executor").asText()).isEqualTo("constant-arrival-rate");
        assertThat(scenarios.at("/storm/rate").asInt()).isEqualTo(18_000);
        assertThat(scenarios.at("/storm/duration").asText()).isEqualTo("25s");
        assertThat(scenarios.at("/repeats/rate").asInt()).isEqualTo(2_000);
        assertThat(scenarios.at("/repeats/timeUnit").asText()).isEqualTo("25s");
        assertThat(scenarios.at("/browsers/executor").asText()).isEqualTo("ramping-arrival-rate");
    }

    @Test
    void everyScenarioRunsAnExportedFunction() {
        Scriptable script = load(SCRIPTS.resolve("flash-sale.js"));

        options()
                .get("scenarios")
                .forEach(scenario -> assertThat(script.get(scenario.get("exec").asText(), script))
                        .isInstanceOf(Function.class));
        for (String hook : List.of("setup", "teardown", "handleSummary")) {
            assertThat(script.get(hook, script)).as(hook).isInstanceOf(Function.class);
        }
    }

    /** k6 rejects a script with a threshold of an unknown metric. */
    @Test
    void everyThresholdIsOfADeclaredMetricAndAVerdictIsOne() throws IOException {
        // Given
        var ruled = new TreeSet<String>();
        options().get("thresholds").fieldNames().forEachRemaining(ruled::add);

        // When
        Set<String> metrics = new HashSet<>();
        json(declared).forEach(name -> metrics.add(name.asText()));
        metrics.add("dropped_iterations"); // a built-in metric of k6

        // Then
        assertThat(metrics).containsAll(ruled);
        assertThat(ruled)
                .contains(
                        "verdict_PASS", "answers_unexpected", "buyers_undecided", "repeats_disagreeing", "pages_wrong");
        assertThat(options().at("/thresholds/verdict_PASS/0").asText()).isEqualTo("count==1");
    }

    @Test
    void everyEndpointIsInTheApi() throws IOException {
        // Given
        Map<String, Object> paths = ComposeFile.map(openApi().get("paths"));
        var served = new TreeSet<String>();
        paths.forEach((path, methods) -> ComposeFile.map(methods)
                .keySet()
                .forEach(method -> served.add(method.toUpperCase(Locale.ROOT) + " /api" + withoutNames(path))));

        // When
        var used = new TreeSet<String>();
        int found = 0;
        for (String file : FILES) {
            String source = read(SCRIPTS.resolve(file));
            Matcher call = CALL.matcher(source);
            while (call.find()) {
                used.add((call.group(1) == null ? "GET" : call.group(1)) + " " + withoutNames(call.group(2)));
                found++;
            }
            found -= (int) PATH.matcher(source).results().count();
        }

        // Then
        assertThat(found).as("paths with their method, less all paths").isZero();
        assertThat(used).hasSize(7).isSubsetOf(served);
    }

    @Test
    void everyProblemThatABuyerUnderstandsIsInTheApi() throws IOException {
        String api = Files.readString(ComposeFile.ROOT.resolve("order-service/src/main/resources/openapi.yaml"));

        List<String> slugs = SLUGS.matcher(read(SCRIPTS.resolve("lib/answers.js")))
                .results()
                .flatMap(
                        match -> List.of(match.group(1).replaceAll("['\\s]", "").split(",")).stream())
                .toList();

        assertThat(slugs).hasSize(10).allSatisfy(slug -> assertThat(api).contains(slug));
    }

    @Test
    void readsTheAddressFromTheRunFile(@TempDir Path folder) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("run.json"), """
                {"api":"http://there","jwtSecret":"secret","operator":{"name":"operator","password":"hers"}}""");
        environment.clear();
        environment.put("RUN_JSON", file.toString());

        // When
        Scriptable exported = load(SCRIPTS.resolve("lib/plan.js"));
        JsonNode plan = json(exported.get("plan", exported));

        // Then
        assertThat(plan.get("api").asText()).isEqualTo("http://there");
        assertThat(plan.get("jwtSecret").asText()).isEqualTo("secret");
        assertThat(plan.get("operatorPassword").asText()).isEqualTo("hers");
    }

    @Test
    void reportsWhatIsMissing() {
        environment.remove("JWT_SECRET");

        assertThatThrownBy(this::options).hasMessageContainingAll("JWT_SECRET", "RUN_JSON");
    }

    private JsonNode options() {
        Scriptable script = load(SCRIPTS.resolve("flash-sale.js"));
        return json(script.get("options", script));
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
        return name.startsWith("./")
                ? load(file.resolveSibling(name).normalize())
                : ScriptableObject.getProperty(modules, name);
    }

    /**
     * Rhino has no modules: wraps the script in a function. Prepends one line's worth without a line break, so that
     * line numbers stay.
     */
    private static String asFunction(Path file) {
        String source = read(file);
        source = DEFAULT_IMPORT.matcher(source).replaceAll("const $1 = require($2).default;");
        source = NAMED_IMPORT.matcher(source).replaceAll("const $1 = require($2);");
        source = EXPORTED_CONST.matcher(source).replaceAll("const $1 = exports.$1 =");
        source = EXPORTED_FUNCTION.matcher(source).replaceAll("exports.$1 = $1; function $1");
        return "(function (require, exports, __ENV, open) { 'use strict'; " + source + "\n})";
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

    private JsonNode json(Object value) {
        try {
            return MAPPER.readTree(
                    NativeJSON.stringify(context, globals, value, null, null).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> openApi() throws IOException {
        return ComposeFile.parse("order-service/src/main/resources/openapi.yaml");
    }

    private static String withoutNames(String path) {
        return path.replaceAll("\\$?\\{[^}]+}", "{}");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
