package dev.doorbuster.devservices.postgres;

import dev.doorbuster.devservices.support.Credentials;
import dev.doorbuster.devservices.support.UncheckedIo;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The roles of a database cluster. Their passwords live as long as the data and are stored beside it.
 *
 * @param admin the superuser
 * @param owner owns the database and creates its schema
 * @param app may read and write rows of the owner's objects, and nothing else
 */
record PostgresRoles(Credentials admin, Credentials owner, Credentials app) {
    private static final String FILE = "roles.properties";

    static PostgresRoles generate() {
        return new PostgresRoles(
                Credentials.generate("doorbuster_admin"),
                Credentials.generate("doorbuster_owner"),
                Credentials.generate("doorbuster_app"));
    }

    static boolean isIn(PostgresFolder folder) {
        return Files.exists(folder.path().resolve(FILE));
    }

    static PostgresRoles read(PostgresFolder folder) {
        return UncheckedIo.get(() -> {
            Path file = folder.path().resolve(FILE);
            Properties passwords = new Properties();
            passwords.load(new StringReader(Files.readString(file)));
            return new PostgresRoles(
                    role(passwords, "doorbuster_admin"),
                    role(passwords, "doorbuster_owner"),
                    role(passwords, "doorbuster_app"));
        });
    }

    private static Credentials role(Properties passwords, String name) {
        return new Credentials(name, passwords.getProperty(name));
    }

    void write(PostgresFolder folder) {
        StringBuilder lines = new StringBuilder();
        for (Credentials role : new Credentials[] {admin, owner, app}) {
            lines.append(role.user()).append('=').append(role.password()).append('\n');
        }
        Path unused = folder.writeSecret(FILE, lines.toString());
    }

    /** For a new cluster. Names and passwords are generated and need no quoting. */
    String createRoles() {
        return """
                CREATE ROLE %s LOGIN PASSWORD '%s';
                CREATE ROLE %s LOGIN PASSWORD '%s';
                """.formatted(owner.user(), owner.password(), app.user(), app.password());
    }

    /**
     * A database owned by {@code owner} and used by {@code app}. Uses default privileges, because the tables do not exist yet;
     * not limited to one schema, because the owner may create more.
     */
    String createDatabase(String database) {
        return """
                CREATE DATABASE %1$s OWNER %2$s;
                \\connect %1$s
                REVOKE ALL ON DATABASE %1$s FROM PUBLIC;
                GRANT CONNECT ON DATABASE %1$s TO %3$s;
                REVOKE ALL ON SCHEMA public FROM PUBLIC;
                GRANT ALL ON SCHEMA public TO %2$s;
                GRANT USAGE ON SCHEMA public TO %3$s;
                ALTER DEFAULT PRIVILEGES FOR ROLE %2$s GRANT USAGE ON SCHEMAS TO %3$s;
                ALTER DEFAULT PRIVILEGES FOR ROLE %2$s GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %3$s;
                ALTER DEFAULT PRIVILEGES FOR ROLE %2$s GRANT USAGE, SELECT ON SEQUENCES TO %3$s;
                """.formatted(database, owner.user(), app.user());
    }

    /** The same with the content of another one. */
    String copyDatabase(String original, String database) {
        return createDatabase(database).replaceFirst(";", " TEMPLATE " + original + ";");
    }
}
