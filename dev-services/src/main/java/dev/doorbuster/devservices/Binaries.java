package dev.doorbuster.devservices;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Paths of the servers' programs on this machine.
 *
 * @param root of the file system
 * @param searchPath the folders of PATH
 */
public record Binaries(Path root, List<Path> searchPath) {
    private static final List<String> USUAL_PLACES =
            List.of("usr/bin", "usr/sbin", "usr/local/bin", "usr/local/sbin", "opt/homebrew/bin");

    /** Debian, Red Hat, Homebrew; the star is a version. */
    private static final List<String> POSTGRES_PLACES =
            List.of("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql@*/bin");

    /** The one on PATH is not used: on Debian it is a wrapper that switches to the user rabbitmq and to /var/lib/rabbitmq. */
    private static final List<String> RABBITMQ_PLACES = List.of(
            "usr/lib/rabbitmq/bin",
            "opt/rabbitmq/sbin",
            "opt/homebrew/opt/rabbitmq/sbin",
            "usr/local/opt/rabbitmq/sbin");

    private static final List<String> EPMD_PLACES = List.of("usr/lib/erlang/bin", "usr/lib64/erlang/bin");

    public static Binaries ofThisMachine() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        List<Path> folders = Arrays.stream(path.split(":", -1))
                .filter(folder -> folder.startsWith("/"))
                .map(Path::of)
                .toList();
        return new Binaries(Path.of("/"), folders);
    }

    public record Postgres(Path postgres, Path initdb, Path psql) {
        /** In the server's package. */
        public Path basebackup() {
            return postgres.resolveSibling("pg_basebackup");
        }
    }

    public record Rabbit(Path server, Path epmd) {}

    public Optional<Path> redis() {
        return program("redis-server");
    }

    /** In the server's package or one that it needs. */
    public Optional<Path> redisCheck() {
        return program("redis-check-aof");
    }

    public Optional<Path> memcached() {
        return program("memcached");
    }

    /** All three from one folder, and so of one version: the highest installed. */
    public Optional<Postgres> postgres() {
        Stream<Path> versions = POSTGRES_PLACES.stream().flatMap(this::versionsNewestFirst);
        return Stream.concat(versions, everywhere())
                .filter(folder -> Stream.of("postgres", "initdb", "psql").allMatch(name -> isProgram(folder, name)))
                .findFirst()
                .map(folder ->
                        new Postgres(folder.resolve("postgres"), folder.resolve("initdb"), folder.resolve("psql")));
    }

    public Optional<Rabbit> rabbit() {
        Optional<Path> server =
                firstWith("rabbitmq-server", RABBITMQ_PLACES.stream().map(root::resolve));
        Optional<Path> epmd = firstWith(
                "epmd", Stream.concat(everywhere(), EPMD_PLACES.stream().map(root::resolve)));
        return server.flatMap(found -> epmd.map(daemon -> new Rabbit(found, daemon)));
    }

    public Optional<Path> prometheus() {
        return program("prometheus");
    }

    /** In Prometheus's package. */
    public Optional<Path> promtool() {
        return program("promtool");
    }

    public Optional<Path> redisExporter() {
        return program("prometheus-redis-exporter");
    }

    public Optional<Path> postgresExporter() {
        return program("prometheus-postgres-exporter");
    }

    Optional<Path> chromium() {
        return program("chromium");
    }

    Optional<Path> chromedriver() {
        return program("chromedriver");
    }

    Set<ServerKind> missing(Set<ServerKind> wanted) {
        Set<ServerKind> missing = EnumSet.noneOf(ServerKind.class);
        wanted.stream().filter(kind -> find(kind).isEmpty()).forEach(missing::add);
        return missing;
    }

    private Optional<?> find(ServerKind kind) {
        return switch (kind) {
            case REDIS -> redis();
            case MEMCACHED -> memcached();
            case RABBITMQ -> rabbit();
            case POSTGRES -> postgres();
            case PROMETHEUS -> prometheus().flatMap(found -> promtool());
            case REDIS_EXPORTER -> redisExporter();
            case POSTGRES_EXPORTER -> postgresExporter();
            case BROWSER -> chromium().flatMap(found -> chromedriver());
        };
    }

    private Optional<Path> program(String name) {
        return firstWith(name, everywhere());
    }

    private Optional<Path> firstWith(String name, Stream<Path> folders) {
        return folders.filter(folder -> isProgram(folder, name)).findFirst().map(folder -> folder.resolve(name));
    }

    private static boolean isProgram(Path folder, String name) {
        Path file = folder.resolve(name);
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    private Stream<Path> everywhere() {
        return Stream.concat(searchPath.stream(), USUAL_PLACES.stream().map(root::resolve));
    }

    private Stream<Path> versionsNewestFirst(String place) {
        int star = place.indexOf('*');
        int folderEnd = place.lastIndexOf('/', star);
        Path parent = root.resolve(place.substring(0, folderEnd));
        String prefix = place.substring(folderEnd + 1, star);
        if (!Files.isDirectory(parent)) {
            return Stream.empty();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children
                    .filter(child -> child.getFileName().toString().startsWith(prefix))
                    .sorted(Comparator.comparingDouble((Path child) -> version(child, prefix))
                            .reversed())
                    .map(child -> child.resolve("bin"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double version(Path folder, String prefix) {
        try {
            return Double.parseDouble(folder.getFileName().toString().substring(prefix.length()));
        } catch (NumberFormatException notAVersion) {
            return -1;
        }
    }
}
