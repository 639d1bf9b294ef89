package dev.doorbuster.runtime.auth;

import dev.doorbuster.runtime.config.Environment;
import java.net.URI;
import java.util.Optional;

/**
 * A shop's own identity: an OpenID provider whose tokens are accepted for buyers.
 *
 * @param issuer exactly as in its tokens' {@code iss}; its discovery document is below it
 * @param audience what one of a token's {@code aud} must be: the client id of the shop
 */
public record IssuerConfig(String issuer, String audience) {
    /** Empty if no issuer is set. */
    public static Optional<IssuerConfig> fromEnv(Environment env) {
        Optional<String> issuer = env.optional("DOORBUSTER_OIDC_ISSUER");
        Optional<String> audience = env.optional("DOORBUSTER_OIDC_AUDIENCE");
        if (issuer.isPresent() != audience.isPresent()) {
            env.reject("DOORBUSTER_OIDC_ISSUER and DOORBUSTER_OIDC_AUDIENCE must be set together");
            return Optional.empty();
        }
        if (issuer.isPresent() && !isAcceptable(issuer.get())) {
            env.reject(
                    "DOORBUSTER_OIDC_ISSUER must be an https URL without query and fragment, or an http one of a loopback"
                            + " address, not " + issuer.get());
            return Optional.empty();
        }
        return issuer.map(url -> new IssuerConfig(url, audience.get()));
    }

    /** OpenID Connect Discovery 1.0, section 3; plain HTTP only on this machine, because keys are read from there. */
    static boolean isAcceptable(String url) {
        try {
            URI uri = URI.create(url);
            boolean loopback = "http".equals(uri.getScheme())
                    && ("127.0.0.1".equals(uri.getHost())
                            || "localhost".equals(uri.getHost())
                            || "[::1]".equals(uri.getHost()));
            return (loopback || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Where the discovery document is. */
    String discoveryUrl() {
        return (issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer)
                + "/.well-known/openid-configuration";
    }
}
