package dev.doorbuster.order.edge.pages;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All files of the pages, by their path below {@code web}, and of libraries as {@link Libraries} names them. Assets are asked for under the version of the whole, so that a
 * browser may keep them for ever, and a page never works with the scripts of another release.
 */
public final class WebRoot {
    private static final String FOLDER = "/web";
    private static final String ENTRY = FOLDER + "/index.html";

    /** In pages; becomes the path under which this version's assets are. */
    private static final String ASSETS = "{{assets}}";

    private final String version;
    private final Map<String, WebFile> files;

    private WebRoot(String version, Map<String, WebFile> files) {
        this.version = version;
        this.files = files;
    }

    /** Reads the files, from a jar or a folder, whichever the class path has. */
    public static Future<WebRoot> load(Vertx vertx) {
        return vertx.executeBlocking(() -> {
            Map<String, String> texts = texts();
            texts.putAll(Libraries.texts());
            return of(texts);
        });
    }

    static WebRoot of(Map<String, String> texts) {
        String version = WebFile.hash(new TreeMap<>(texts).toString().getBytes(StandardCharsets.UTF_8));
        var files = new HashMap<String, WebFile>();
        texts.forEach((name, text) ->
                files.put(name, WebFile.of(name, text.replace(ASSETS, Pages.ASSETS + "/" + version))));
        return new WebRoot(version, files);
    }

    String version() {
        return version;
    }

    /** Null where there is none. */
    WebFile file(String path) {
        return files.get(path);
    }

    private static Map<String, String> texts() throws IOException, URISyntaxException {
        URL entry = WebRoot.class.getResource(ENTRY);
        if (entry == null) {
            throw new IllegalStateException("the pages are missing: " + ENTRY + " is not on the class path");
        }
        if (entry.openConnection() instanceof JarURLConnection jar) {
            Path archive = Path.of(jar.getJarFileURL().toURI());
            // a file system of its own: one by URI is shared by the whole process, and others may have it open
            try (FileSystem inside = FileSystems.newFileSystem(archive, (ClassLoader) null)) {
                return texts(inside.getPath(FOLDER));
            }
        }
        return texts(Path.of(entry.toURI()).getParent());
    }

    private static Map<String, String> texts(Path folder) throws IOException {
        var texts = new HashMap<String, String>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                texts.put(folder.relativize(path).toString(), Files.readString(path));
            }
        }
        return texts;
    }
}
