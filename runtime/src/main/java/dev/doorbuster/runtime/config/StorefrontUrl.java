package dev.doorbuster.runtime.config;

/** The storefront's origin as buyers open it, for links that leave its pages: mails and previews. */
public final class StorefrontUrl {
    private StorefrontUrl() {}

    /** Without a slash at its end; empty if it is not known, and there are no such links. */
    public static String fromEnv(Environment env) {
        return env.text(
                "DOORBUSTER_STOREFRONT_URL",
                "",
                url -> url.matches("https?://[A-Za-z0-9.:\\[\\]-]+"),
                "be an origin such as https://sale.example");
    }
}
