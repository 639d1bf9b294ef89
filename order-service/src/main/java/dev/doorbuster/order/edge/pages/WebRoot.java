package dev.doorbuster.order.edge.pages;

import dev.doorbuster.contracts.value.Sha256;
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
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * All files of the pages, by path below {@code web}, and those of {@link Libraries}. Asset URLs contain a version of
 * the whole set, so that browsers may cache assets for ever, and a page never loads scripts of another release.
 */
public final class WebRoot {
    private static final String FOLDER = "/web";
    private static final String ENTRY = FOLDER + "/index.html";

    /** The scripts of the pages, each served with all modules it imports. */
    private static final List<String> SCRIPTS = List.of("shop/main.js", "console/main.js");

    /** Placeholder in pages for the path of this version's assets. */
    private static final String ASSETS = "{{assets}}";

    /** Placeholder in pages for a script that is part of the document. */
    private static final Pattern INLINE = Pattern.compile("(?<=<script>)\\{\\{(.+)}}(?=</script>)");

    private final String version;
    private final Map<String, WebFile> files;
    private final Set<String> inlineSources;

    private WebRoot(String version, Map<String, WebFile> files, Set<String> inlineSources) {
        this.version = version;
        this.files = files;
        this.inlineSources = inlineSources;
    }

    /** Reads the files from a jar or a folder of the class path. */
    public static Future<WebRoot> load(Vertx vertx) {
        return vertx.executeBlocking(() -> {
            Map<String, String> texts = texts();
            texts.putAll(Libraries.texts());
            var joined = new HashMap<>(texts);
            SCRIPTS.forEach(script -> joined.put(script, ModuleBundle.of(texts, script)));
            return of(joined);
        });
    }

    static WebRoot of(Map<String, String> texts) {
        String version = WebFile.hash(new TreeMap<>(texts).toString().getBytes(StandardCharsets.UTF_8));
        var files = new HashMap<String, WebFile>();
        var inlineSources = new TreeSet<String>();
        texts.forEach((name, text) -> {
            String page = INLINE.matcher(text).replaceAll(found -> {
                String script = texts.get(found.group(1));
                if (script == null) {
                    throw new IllegalStateException(name + " contains a script that does not exist: " + found.group(1));
                }
                inlineSources.add(source(script));
                return Matcher.quoteReplacement(script);
            });
            files.put(name, WebFile.of(name, page.replace(ASSETS, Pages.ASSETS + "/" + version)));
        });
        return new WebRoot(version, files, inlineSources);
    }

    /** A script's hash, as content security policies name it. */
    private static String source(String script) {
        return "'sha256-" + Base64.getEncoder().encodeToString(Sha256.of(script)) + "'";
    }

    /** The scripts that are part of a document, for its content security policy. */
    Set<String> inlineSources() {
        return inlineSources;
    }

    String version() {
        return version;
    }

    /** Null if there is none. */
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
            // a private file system: one opened by URI is shared by the whole process
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
