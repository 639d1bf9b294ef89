package dev.doorbuster.runtime.config;

/** The storefront's origin as buyers open it, for links that leave its pages: mails and previews. */
public final class StorefrontUrl {
    private static final String VARIABLE = "DOORBUSTER_STOREFRONT_URL";
    private static final String FORM = "https?://[A-Za-z0-9.:\\[\\]-]+";

    private StorefrontUrl() {}

    /** Without a slash at its end; empty if it is not known, and there are no such links. */
    public static String fromEnv(Environment env) {
        String url = env.text(VARIABLE, "");
        if (!url.isEmpty() && !url.matches(FORM)) {
            env.reject(VARIABLE + " must be an origin such as https://sale.example, not " + url);
        }
        return url;
    }
}
