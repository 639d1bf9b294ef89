package dev.doorbuster.systemtests.mutants;

/**
 * A change of one source file, as text.
 *
 * @param service whose processes run the changed class
 * @param source from the project's root
 * @param text to be replaced; it is there exactly once, or the source has moved on and this patch has not
 */
record Patch(String service, String source, String text, String replacement) {
    /** Of a class that the order-service has for itself. */
    static Patch ofOrderService(String name, String text, String replacement) {
        return new Patch("order-service", path("order-service", "order", name), text, replacement);
    }

    static Patch ofStockService(String name, String text, String replacement) {
        return new Patch("stock-service", path("stock-service", "stock", name), text, replacement);
    }

    /** Of a class that every service has, as the order-service has it. */
    static Patch ofItsRuntime(String name, String text, String replacement) {
        return new Patch("order-service", path("runtime", "runtime", name), text, replacement);
    }

    private static String path(String module, String folder, String name) {
        return module + "/src/main/java/dev/doorbuster/" + folder + "/" + name + ".java";
    }

    String appliedTo(String code) {
        int at = code.indexOf(text);
        if (at < 0 || code.indexOf(text, at + 1) >= 0) {
            throw new IllegalStateException(
                    source + " has to contain this exactly once; write the patch anew for what it says now:\n" + text);
        }
        return code.substring(0, at) + replacement + code.substring(at + text.length());
    }
}
