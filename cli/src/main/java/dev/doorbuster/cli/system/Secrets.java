package dev.doorbuster.cli.system;

import dev.doorbuster.devservices.Credentials;

/** What only this run knows; made anew for each. */
public record Secrets(
        String jwtSecret,
        Credentials operator,
        Credentials brokerAdmin,
        Credentials orderService,
        Credentials stockService,
        Credentials notifier) {
    public static Secrets generate() {
        return new Secrets(
                Credentials.generate("jwt").password()
                        + Credentials.generate("jwt").password(),
                Credentials.generate("operator"),
                Credentials.generate("doorbuster"),
                Credentials.generate("order-service"),
                Credentials.generate("stock-service"),
                Credentials.generate("notifier"));
    }

    @Override
    public String toString() {
        return "Secrets[not shown]";
    }
}
