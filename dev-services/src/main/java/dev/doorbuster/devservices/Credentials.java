package dev.doorbuster.devservices;

/** A user of a server and his password, which no log gets to see. */
public record Credentials(String user, String password) {
    /** With a password nobody knows yet. */
    public static Credentials generate(String user) {
        return new Credentials(user, Secrets.password());
    }

    @Override
    public String toString() {
        return "Credentials[" + user + ", password not shown]";
    }
}
