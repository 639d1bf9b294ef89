package dev.doorbuster.runtime.http;

/** A bearer token is not accepted; the message says why, as the end of a sentence about the token. */
public final class TokenRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TokenRefusedException(String why) {
        super(why, null, false, false);
    }
}
