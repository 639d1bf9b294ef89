package dev.doorbuster.devservices.process.command;

import java.util.List;
import java.util.Map;

/**
 * The variables inherited by a child, limited to those that every program may need: a developer's RABBITMQ_*, PG* or
 * JAVA_TOOL_OPTIONS must not affect a private server.
 */
public final class ChildEnvironment {
    private static final List<String> INHERITED = List.of("PATH", "HOME", "LANG", "TZ", "TMPDIR", "JAVA_HOME");

    /** Used if PATH is unset; Debian's PATH of root. */
    private static final String PATH_FALLBACK = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private ChildEnvironment() {}

    public static void fill(Map<String, String> target, Map<String, String> own) {
        target.clear();
        target.put("PATH", PATH_FALLBACK);
        for (String name : INHERITED) {
            String value = System.getenv(name);
            if (value != null) {
                target.put(name, value);
            }
        }
        target.putAll(own);
    }
}
