package dev.doorbuster.devservices.support;

import java.security.SecureRandom;
import java.util.HexFormat;

/** A user and password; the password is never logged. */
public record Credentials(String user, String password) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int PASSWORD_BYTES = 18;

    /** With a random password in hexadecimal, which needs no quoting in SQL, JSON, URLs or configuration files. */
    public static Credentials generate(String user) {
        return new Credentials(user, HexFormat.of().formatHex(randomBytes(PASSWORD_BYTES)));
    }

    public static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return "Credentials[" + user + ", password not shown]";
    }
}
