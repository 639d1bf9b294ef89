package dev.doorbuster.racelab.http;

import dev.doorbuster.runtime.http.BearerTokens;
import dev.doorbuster.runtime.http.TokenConfig;

/** Verifies operators' tokens. */
final class OperatorTokens {
    private static final String ROLE = "operator";

    enum Verdict {
        OPERATOR,
        NOT_OPERATOR,
        UNAUTHENTICATED
    }

    private final BearerTokens tokens;

    OperatorTokens(TokenConfig config) {
        tokens = new BearerTokens(config);
    }

    /** {@code UNAUTHENTICATED} if the {@code Authorization} header is missing, forged, malformed, without expiry or expired. */
    Verdict check(String authorization) {
        return BearerTokens.in(authorization)
                .flatMap(tokens::check)
                .map(OperatorTokens::verdict)
                .orElse(Verdict.UNAUTHENTICATED);
    }

    private static Verdict verdict(BearerTokens.Identity identity) {
        return identity.roles().contains(ROLE) ? Verdict.OPERATOR : Verdict.NOT_OPERATOR;
    }
}
