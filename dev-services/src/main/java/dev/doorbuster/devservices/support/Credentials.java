package dev.doorbuster.devservices.support;

/** A user and password; the password is never logged. */
public record Credentials(String user, String password) {
    /** With a random password. */
    public static Credentials generate(String user) {
        return new Credentials(user, Secrets.password());
    }

    @Override
    public String toString() {
        return "Credentials[" + user + ", password not shown]";
    }
}
