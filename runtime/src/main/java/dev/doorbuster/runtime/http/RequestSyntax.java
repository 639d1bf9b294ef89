package dev.doorbuster.runtime.http;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The rules of RFC 9112 that the HTTP decoder does not check, for every HTTP server. A request that breaks one is answered
 * with 400, and its connection is closed: where it ends is not certain, so what follows it is not read as a request.
 */
public final class RequestSyntax {
    /** A name or an IPv4 address, or an IPv6 address in brackets; perhaps a port. */
    private static final Pattern HOST = Pattern.compile(
            "(?:(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2}){1,255}|\\[[0-9A-Fa-f:.]{2,45}])(?::(\\d{0,5}))?");

    private static final int PORT_MAX = 65_535;
    private static final String CHUNKED = "chunked";
    private static final Problem MALFORMED =
            new Problem("invalid-request", 400, "Invalid request", "The request could not be read.");

    /** The last host that was found well-formed: a server is asked under few names, and the pattern costs a microsecond. */
    private static volatile String knownHost = "";

    private RequestSyntax() {}

    /** Hands on the requests that keep the rules. */
    public static Handler<HttpServerRequest> checked(Handler<HttpServerRequest> next) {
        return request -> {
            boolean coded = request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
            String violation = violation(request, coded);
            if (violation != null) {
                refuse(request, MALFORMED.withDetail(violation));
                return;
            }
            if (coded) {
                request.connection().exceptionHandler(cause -> brokenBody(request, cause));
            }
            next.handle(request);
        };
    }

    /** The status of a request that the decoder could not read. */
    public static int statusOfUnreadable(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        if (cause instanceof TooLongHttpLineException) {
            return 414;
        }
        return cause instanceof TooLongHttpHeaderException || cause instanceof TooLongFrameException ? 431 : 400;
    }

    /**
     * Answers, then closes the connection. The response is complete by its length and is not ended, because a request behind
     * this one would then be handled.
     */
    static void refuse(HttpServerRequest request, Problem problem) {
        problem.write(request.response())
                .onComplete(written -> request.connection().close());
    }

    /** A chunk cannot be read: Vert.x closes the connection as soon as this returns, so the answer is flushed here. */
    private static void brokenBody(HttpServerRequest request, Throwable cause) {
        boolean lost = cause instanceof IOException || cause instanceof VertxException;
        if (!lost && !request.isEnded() && !request.response().headWritten()) {
            Future<Void> unused = MALFORMED
                    .withDetail("The chunks of the body cannot be read.")
                    .write(request.response());
            ((ConnectionBase) request.connection()).flush();
            // the reader of the body would take it for a fault of the server
            request.exceptionHandler(answered -> {});
        }
    }

    /** What is wrong with the request, or null. HTTP/1.0 needs no Host; HTTP/2 has the authority beside the headers. */
    private static String violation(HttpServerRequest request, boolean coded) {
        if (!isTarget(request.uri())) {
            return "The request target is not a path, or has a % without two hexadecimal digits.";
        }
        boolean optional =
                request.version() != HttpVersion.HTTP_1_1 && !request.headers().contains(HttpHeaders.HOST);
        if (!optional && !hasHost(request.headers())) {
            return "A request has one Host header: a name or an address, and perhaps a port.";
        }
        return coded && !isChunked(request.headers().getAll(HttpHeaders.TRANSFER_ENCODING))
                ? "The only transfer coding known is chunked."
                : null;
    }

    /** Whether there is one host, and it is well-formed. */
    public static boolean hasHost(MultiMap headers) {
        List<String> hosts = headers.getAll(HttpHeaders.HOST);
        return hosts.size() == 1 && isHost(hosts.get(0));
    }

    private static boolean isChunked(List<String> codings) {
        return codings.size() == 1 && codings.get(0).equalsIgnoreCase(CHUNKED);
    }

    private static boolean isTarget(String target) {
        boolean absolute = target.startsWith("http://") || target.startsWith("https://");
        if (!absolute && !target.startsWith("/") && !target.equals("*")) {
            return false;
        }
        for (int at = target.indexOf('%'); at >= 0; at = target.indexOf('%', at + 1)) {
            if (at + 2 >= target.length() || !isHex(target.charAt(at + 1)) || !isHex(target.charAt(at + 2))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(char digit) {
        return Character.digit(digit, 16) >= 0 && digit < 0x80;
    }

    private static boolean isHost(String host) {
        if (host.equals(knownHost)) {
            return true;
        }
        var parts = HOST.matcher(host);
        boolean fine = parts.matches() && isPort(parts.group(1));
        if (fine) {
            knownHost = host;
        }
        return fine;
    }

    private static boolean isPort(String port) {
        return port == null || port.isEmpty() || Integer.parseInt(port) <= PORT_MAX;
    }
}
