package dev.doorbuster.learn.lesson;

import java.util.List;

/**
 * One lesson.
 *
 * @param id unique over all topics
 * @param covers the primitives it shows, as {@link PrimitiveList} names them without the system
 * @param title what it is about; by default the primitives
 * @param tutorial the tutorial's Python call
 * @param setup commands that prepare the data; their replies are not compared
 * @param ownExpiry whether the lesson itself sets each expiry, and none is added
 * @param job where the product uses it; else {@code noJob} says why it does not
 */
public record Lesson(
        String id,
        List<String> covers,
        Text title,
        Text text,
        String tutorial,
        List<String> setup,
        List<Step> steps,
        boolean ownExpiry,
        ProductUse job,
        Text noJob) {
    public Lesson {
        if (id == null || !id.matches("[a-z0-9-]{3,60}")) {
            throw new IllegalArgumentException("not a lesson's id: " + id);
        }
        if (covers == null
                || covers.isEmpty()
                || steps == null
                || steps.isEmpty()
                || text == null
                || tutorial == null) {
            throw new IllegalArgumentException(id + " needs covers, text, tutorial and steps");
        }
        if ((job == null) == (noJob == null)) {
            throw new IllegalArgumentException(id + " needs either job or noJob");
        }
        covers = List.copyOf(covers);
        title = title == null ? new Text(String.join(", ", covers), String.join(", ", covers)) : title;
        setup = setup == null ? List.of() : List.copyOf(setup);
        steps = List.copyOf(steps);
    }

    /**
     * Where the product uses a primitive.
     *
     * @param file a source file, relative to the repository
     * @param test {@code Class} or {@code Class#method} of a test of this use
     */
    public record ProductUse(String file, String test, Text text) {
        public ProductUse {
            if (file == null || test == null || text == null) {
                throw new IllegalArgumentException("a job needs file, test and text: " + file + ", " + test);
            }
        }
    }

    /** A text in English and Chinese; both are required. */
    public record Text(String en, String zh) {
        public Text {
            if (en == null || en.isBlank() || zh == null || zh.isBlank()) {
                throw new IllegalArgumentException("a text is needed in en and zh: " + en + " / " + zh);
            }
        }
    }
}
