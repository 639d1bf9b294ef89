package dev.doorbuster.order.edge.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ScriptableObject;

/** A module of the pages without imports, evaluated by Rhino: its functions take and return JSON. */
final class PureModule {
    private static final Path WEB = Path.of("src/main/resources/web");
    private static final JsonMapper MAPPER = new JsonMapper();

    private final String source;

    private PureModule(String source) {
        this.source = source;
    }

    /** Rhino has no modules. */
    static PureModule of(String file) throws IOException {
        return new PureModule(Files.readString(WEB.resolve(file)).replaceAll("(?m)^export ", ""));
    }

    /** Calls a function with arguments in JSON. */
    JsonNode call(String function, String arguments) throws IOException {
        try (Context context = Context.enter()) {
            context.setLanguageVersion(Context.VERSION_ECMASCRIPT);
            ScriptableObject scope = context.initSafeStandardObjects();
            Object result = context.evaluateString(
                    scope, source + "\nJSON.stringify(" + function + "(" + arguments + "))", function, 1, null);
            return MAPPER.readTree(result.toString());
        }
    }
}
