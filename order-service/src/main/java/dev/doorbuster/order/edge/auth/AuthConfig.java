package dev.doorbuster.order.edge.auth;

import dev.doorbuster.runtime.auth.IssuerConfig;
import dev.doorbuster.runtime.auth.TokenConfig;
import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;
import java.util.Optional;

/**
 * Authentication settings.
 *
 * @param issuer the shop's own OpenID provider; empty if there is none
 * @param tokenLife validity of a token issued here
 * @param tokenLengthMax length limit of a token; a longer one is rejected unparsed
 * @param tokensCachedMax verified tokens cached until they expire
 * @param demoLogin whether log-in is possible under any name without a password
 * @param operatorPassword empty if operators cannot log in here
 * @param attemptsBurst failed log-ins of one client address without a delay
 */
public record AuthConfig(
        TokenConfig tokens,
        Optional<IssuerConfig> issuer,
        Duration tokenLife,
        int tokenLengthMax,
        int tokensCachedMax,
        boolean demoLogin,
        String operatorName,
        Optional<String> operatorPassword,
        int attemptsBurst) {
    private static final int TOKEN_LENGTH_MAX = 4096;

    private static final int PASSWORD_LENGTH_MIN = 12;

    /** Reads the configuration; {@code loopback} is whether only this machine can reach the server. */
    public static AuthConfig fromEnv(Environment env, boolean loopback) {
        boolean demoLogin = env.flag("DOORBUSTER_DEMO_LOGIN", false);
        if (demoLogin && !loopback && !env.flag("DOORBUSTER_DEMO_LOGIN_FORCE", false)) {
            env.reject("DOORBUSTER_DEMO_LOGIN lets anybody in under any name and DOORBUSTER_HTTP_HOST is not loopback;"
                    + " set DOORBUSTER_DEMO_LOGIN_FORCE=true if that is what you want");
        }
        Optional<String> password = env.optional("DOORBUSTER_OPERATOR_PASSWORD");
        if (password.isPresent() && password.get().length() < PASSWORD_LENGTH_MIN) {
            env.reject("DOORBUSTER_OPERATOR_PASSWORD must have at least " + PASSWORD_LENGTH_MIN + " characters");
        }
        return new AuthConfig(
                TokenConfig.fromEnv(env),
                IssuerConfig.fromEnv(env),
                Duration.ofSeconds(env.number("DOORBUSTER_TOKEN_LIFE_SECONDS", 8 * 3600, 1, 30L * 24 * 3600)),
                TOKEN_LENGTH_MAX,
                buyersTrackedMax(env),
                demoLogin,
                env.text("DOORBUSTER_OPERATOR_NAME", "operator"),
                password,
                env.integer("DOORBUSTER_LOGIN_ATTEMPTS_BURST", 10, 1, 1000));
    }

    /** Buyers whose rate is tracked, and as many whose verified tokens are cached. */
    public static int buyersTrackedMax(Environment env) {
        return env.integer("DOORBUSTER_BUYERS_TRACKED_MAX", 100_000, 1, 10_000_000);
    }

    @Override
    public String toString() {
        return "AuthConfig[operator=" + operatorName + ", demoLogin=" + demoLogin + ", secrets=***]";
    }
}
