package dev.doorbuster.order.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.TextRules;
import dev.doorbuster.order.TestDatabase;
import dev.doorbuster.order.TextSamples;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.impl.Utils;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The OpenAPI document's rules for texts equal those of the code. */
class TextRulesTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static JsonObject published;
    private static JsonObject checked;

    @BeforeAll
    static void read() {
        published = TestDatabase.await(Utils.readYamlOrJson(VERTX, "openapi.yaml"));
        checked = TestDatabase.await(ApiDocument.load(VERTX)).contract().getRawContract();
    }

    @AfterAll
    static void close() {
        TestDatabase.await(VERTX.close());
    }

    private static JsonObject schema(String name) {
        return published.getJsonObject("components").getJsonObject("schemas").getJsonObject(name);
    }

    private static List<String> patterns(Object node) {
        var patterns = new ArrayList<String>();
        if (node instanceof JsonObject object) {
            object.forEach(field -> {
                if (field.getKey().equals("pattern") && field.getValue() instanceof String pattern) {
                    patterns.add(pattern);
                } else {
                    patterns.addAll(patterns(field.getValue()));
                }
            });
        } else if (node instanceof JsonArray array) {
            array.forEach(each -> patterns.addAll(patterns(each)));
        }
        return patterns;
    }

    @Test
    void documentsTextsAsTheCodeChecksThem() {
        assertThat(schema("Name").getString("pattern")).isEqualTo(TextRules.PRINTABLE);
        assertThat(schema("Name").getInteger("maxLength")).isEqualTo(Limits.NAME_LENGTH_MAX);
        assertThat(schema("Title").getString("pattern")).isEqualTo(TextRules.PRINTABLE);
        assertThat(schema("Title").getInteger("maxLength")).isEqualTo(Limits.TITLE_LENGTH_MAX);
        assertThat(patterns(published)).contains(TextRules.VISIBLE_ASCII);
    }

    @Test
    void hasNoPatternThatALineBreakPasses() {
        assertThat(patterns(checked)).isNotEmpty().allSatisfy(pattern -> {
            assertThat(pattern).startsWith("^").endsWith("\\z");
            assertThat(Pattern.compile(pattern).matcher("EUR\n").find()).isFalse();
        });
    }

    @Test
    void distinguishesTexts() {
        assertThat(TextSamples.printable()).allMatch(text -> TextRules.isPrintable(text, 200));
        assertThat(TextSamples.notPrintable()).noneMatch(text -> TextRules.isPrintable(text, 200));
        assertThat(TextSamples.notVisibleAscii()).noneMatch(TextRules::isVisibleAscii);
        assertThat(TextRules.isVisibleAscii("card-1")).isTrue();
        assertThat(TextRules.isPrintable("xx", 1)).isFalse();
        assertThat(TextRules.isPrintable(null, 1)).isFalse();
    }
}
