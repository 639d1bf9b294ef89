package dev.doorbuster.contracts.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TextRulesPropertiesTest {
    private static final long SEED = 8265;
    private static final int CASES = 50_000;
    private static final Pattern VISIBLE = Pattern.compile(TextRules.inJava(TextRules.VISIBLE_ASCII));

    private final Random random = new Random(SEED);

    /** An idempotency key is what the OpenAPI document's pattern says: the fast check and the pattern never differ. */
    @Test
    void theFastCheckOfKeysIsTheDocumentsPattern() {
        for (int i = 0; i < CASES; i++) {
            String text = text(random.nextInt(4) == 0 ? 195 + random.nextInt(10) : random.nextInt(12));

            assertThat(TextRules.isVisibleAscii(text))
                    .as(text)
                    .isEqualTo(VISIBLE.matcher(text).find());
        }
    }

    @Test
    void aPrintableTextHasNoControlAndIsWhole() {
        for (int i = 0; i < CASES; i++) {
            String text = text(random.nextInt(70));
            if (TextRules.isPrintable(text, 64)) {
                assertThat(text.codePointCount(0, text.length())).isBetween(1, 64);
                assertThat(text.codePoints())
                        .as(text)
                        .noneMatch(
                                each -> Character.isISOControl(each) || Character.getType(each) == Character.SURROGATE);
                assertThat(text.isBlank()).as(text).isFalse();
            }
        }
    }

    private String text(int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(40)) {
                case 0 -> text.append((char) random.nextInt(0x10000));
                case 1 -> text.append('\n');
                case 2 -> text.appendCodePoint(0x1f600 + random.nextInt(50));
                default -> text.append((char) ('!' + random.nextInt(94)));
            }
        }
        return text.toString();
    }
}
