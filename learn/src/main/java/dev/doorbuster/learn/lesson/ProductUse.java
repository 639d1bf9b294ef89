package dev.doorbuster.learn.lesson;

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
