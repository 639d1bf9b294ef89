package dev.doorbuster.systemtests.mutants;

/**
 * A textual change of one source file.
 *
 * @param service whose processes run the changed class
 * @param source path from the project's root
 * @param text text to replace; must occur exactly once, otherwise the source has changed and the patch must be
 *     rewritten
 */
record Patch(String service, String source, String text, String replacement) {
    /** A class of the order-service only. */
    static Patch ofOrderService(String name, String text, String replacement) {
        return new Patch("order-service", path("order-service", "order", name), text, replacement);
    }

    static Patch ofStockService(String name, String text, String replacement) {
        return new Patch("stock-service", path("stock-service", "stock", name), text, replacement);
    }

    /** A class of stock-counters, as the stock-service runs it. */
    static Patch ofCounters(String name, String text, String replacement) {
        return new Patch("stock-service", path("stock-counters", "counter", name), text, replacement);
    }

    /** A class that all services share, patched in the order-service. */
    static Patch ofItsRuntime(String name, String text, String replacement) {
        return new Patch("order-service", path("runtime", "runtime", name), text, replacement);
    }

    /** A class that all services share, patched in the stock-service. */
    static Patch ofStockRuntime(String name, String text, String replacement) {
        return new Patch("stock-service", path("runtime", "runtime", name), text, replacement);
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
