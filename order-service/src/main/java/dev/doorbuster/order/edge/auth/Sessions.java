package dev.doorbuster.order.edge.auth;

import dev.doorbuster.contracts.value.Sha256;
import dev.doorbuster.order.edge.problem.ProblemType;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/** Log-in: for the operator with the password and, if the demo log-in is enabled, under any other name without one. */
public final class Sessions {
    private final AuthConfig config;
    private final Tokens tokens;
    private final LoginAttempts attempts;

    public Sessions(AuthConfig config, Tokens tokens, LoginAttempts attempts) {
        this.config = config;
        this.tokens = tokens;
        this.attempts = attempts;
    }

    /** Result of a log-in. */
    public record Session(String token, long expiresInSeconds) {}

    /**
     * Logs in.
     *
     * @param address client address whose failures are counted
     * @throws dev.doorbuster.runtime.http.ProblemException if the log-in is refused
     */
    public Session open(String name, Optional<String> password, String address) {
        if (isForOperator(name, password)) {
            return openForOperator(name, password.orElse(""), address);
        }
        if (!config.demoLogin()) {
            throw ProblemType.FORBIDDEN.exception("Logging in without a password is switched off here.");
        }
        return session(name, Role.BUYER);
    }

    /** Whether a log-in is one of an operator, which needs the right name and password. */
    public boolean isForOperator(String name, Optional<String> password) {
        return password.isPresent() || name.equals(config.operatorName());
    }

    private Session openForOperator(String name, String password, String address) {
        attempts.require(name, address);
        // always compares both, so that the time taken reveals nothing
        boolean known = same(name, config.operatorName());
        boolean right = same(password, config.operatorPassword().orElse(""));
        if (config.operatorPassword().isEmpty() || !(known && right)) {
            attempts.failed(name, address);
            throw ProblemType.UNAUTHENTICATED.exception("Name or password is wrong.");
        }
        attempts.succeeded(address);
        return session(name, Role.OPERATOR);
    }

    private Session session(String name, Role role) {
        return new Session(tokens.mint(name, Set.of(role)), config.tokenLife().toSeconds());
    }

    private static boolean same(String given, String wanted) {
        return MessageDigest.isEqual(Sha256.of(given), Sha256.of(wanted));
    }
}
