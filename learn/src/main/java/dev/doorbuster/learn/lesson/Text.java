package dev.doorbuster.learn.lesson;

/** A text in English and Chinese; both are required. */
public record Text(String en, String zh) {
    public Text {
        if (en == null || en.isBlank() || zh == null || zh.isBlank()) {
            throw new IllegalArgumentException("a text is needed in en and zh: " + en + " / " + zh);
        }
    }
}
