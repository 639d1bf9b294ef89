package dev.doorbuster.devservices.support;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Passwords and cookies in hexadecimal, which needs no quoting in SQL, JSON, URLs or configuration files. */
public final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int PASSWORD_BYTES = 18;

    private Secrets() {}

    static String password() {
        return HexFormat.of().formatHex(bytes(PASSWORD_BYTES));
    }

    public static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
