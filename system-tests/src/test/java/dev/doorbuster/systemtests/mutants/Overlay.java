package dev.doorbuster.systemtests.mutants;

import dev.doorbuster.cli.system.Distribution;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The folder of changed classes that precedes the built ones on the class path. */
final class Overlay {
    private final Distribution distribution;
    private final Path folder;

    /**
     * Creates an empty overlay.
     *
     * @param distribution whose overlay this is
     */
    Overlay(Distribution distribution) {
        this.distribution = distribution;
        this.folder = distribution.overlay().orElseThrow();
        clear();
    }

    /**
     * Replaces the overlay: services started from now on have exactly these changes. The whole package is
     * recompiled, because other classes may have inlined its constants.
     */
    void put(List<Patch> patches) {
        clear();
        Map<String, Map<String, String>> changed = new LinkedHashMap<>();
        for (Patch patch : patches) {
            changed.computeIfAbsent(patch.service(), first -> new LinkedHashMap<>())
                    .compute(patch.source(), (path, code) -> patch.appliedTo(code == null ? read(path) : code));
        }
        changed.forEach((service, codes) -> {
            List.copyOf(codes.keySet())
                    .forEach(source ->
                            neighbours(source).forEach(neighbour -> codes.computeIfAbsent(neighbour, this::read)));
            compile(service, codes);
        });
    }

    private List<String> neighbours(String source) {
        Path home = distribution.home();
        try (Stream<Path> files = Files.list(home.resolve(source).getParent())) {
            return files.map(file -> home.relativize(file).toString())
                    .filter(name -> name.endsWith(".java"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String source) {
        try {
            return Files.readString(distribution.home().resolve(source));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compile(String service, Map<String, String> codes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("this Java has no compiler: run the tests on a JDK");
        }
        Path classes = folder.resolve(service);
        var complaints = new StringWriter();
        List<String> options = List.of(
                "-d",
                classes.toString(),
                "-cp",
                String.join(File.pathSeparator, classpath(service)),
                "--release",
                "17",
                "-proc:none");
        List<Source> sources = codes.entrySet().stream()
                .map(code -> new Source(code.getKey(), code.getValue()))
                .toList();
        try {
            Files.createDirectories(classes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!compiler.getTask(complaints, null, null, options, null, sources).call()) {
            throw new IllegalStateException("a mutant of " + service + " does not compile:\n" + complaints);
        }
    }

    /** This compiler API does not expand {@code lib/*}. */
    private List<String> classpath(String service) {
        return Stream.of(distribution.classpath(service).split(File.pathSeparator))
                .flatMap(entry -> entry.endsWith("*") ? jars(Path.of(entry).getParent()) : Stream.of(entry))
                .toList();
    }

    private static Stream<String> jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void clear() {
        try {
            if (Files.exists(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String code;

        Source(String path, String code) {
            super(URI.create("string:///" + path.substring(path.indexOf("/dev/") + 1)), JavaFileObject.Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
