package dev.doorbuster.devservices.process.command;

import com.sun.security.auth.module.UnixSystem;
import java.util.List;

/**
 * The operating-system account of a child. All but {@link #CURRENT} need root and {@code setpriv}.
 *
 * @param user a user name or number; empty for the JVM's account
 * @param group a group name or number
 */
public record Account(String user, String group) {
    public static final Account CURRENT = new Account("", "");

    /** The unprivileged account: 65534 on every Linux distribution, whatever the group's name. */
    public static final Account UNPRIVILEGED = new Account("65534", "65534");

    public static boolean currentIsRoot() {
        return new UnixSystem().getUid() == 0;
    }

    public List<String> setprivArguments() {
        return user.isEmpty() ? List.of() : List.of("--reuid", user, "--regid", group, "--clear-groups");
    }
}
