package dev.doorbuster.order.edge.pages;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.webjars.WebJarVersionLocator;

/** Third-party files from WebJars, served like the pages' own files, without the library's version in their path. */
final class Libraries {
    private static final Map<String, WebJarFile> FILES = Map.of(
            "libraries/uplot.js", new WebJarFile("uplot", "dist/uPlot.esm.js"),
            "libraries/uplot.css", new WebJarFile("uplot", "dist/uPlot.min.css"));

    private Libraries() {}

    private record WebJarFile(String webJar, String path) {}

    static Map<String, String> texts() throws IOException {
        var locator = new WebJarVersionLocator();
        var texts = new HashMap<String, String>();
        for (var file : FILES.entrySet()) {
            texts.put(file.getKey(), text(locator, file.getValue()));
        }
        return texts;
    }

    private static String text(WebJarVersionLocator locator, WebJarFile file) throws IOException {
        String resource = locator.fullPath(file.webJar(), file.path());
        try (InputStream in = resource == null ? null : Libraries.class.getResourceAsStream("/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("a library of the pages is missing: the WebJar " + file.webJar()
                        + " with " + file.path() + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
