package dev.doorbuster.systemtests.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs axe-core on a page. */
final class Axe {
    private static final String SCRIPT = "/axe.min.js";

    private Axe() {}

    /** Fails on any serious or critical violation. */
    static void findsNothingSerious(Screen screen, String page) throws IOException {
        if (screen.run("return window.axe ? null : 'missing'") != null) {
            assertThat(screen.run(script())).isNull();
        }
        Object found = screen.runAsync("""
                const done = arguments[0];
                axe.run(document, { resultTypes: ['violations'] }).then(
                  (result) => done(result.violations
                    .filter((each) => each.impact === 'serious' || each.impact === 'critical')
                    .map((each) => each.id + ': ' + each.nodes.map((node) => node.html).join(' '))),
                  (error) => done([String(error)]));""");
        assertThat(found).as(page).isEqualTo(List.of());
    }

    private static String script() throws IOException {
        try (InputStream script = Axe.class.getResourceAsStream(SCRIPT)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
