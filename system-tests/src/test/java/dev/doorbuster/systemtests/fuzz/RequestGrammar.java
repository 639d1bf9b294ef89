package dev.doorbuster.systemtests.fuzz;

import java.util.List;
import java.util.Random;

/**
 * Random requests to one server: mostly valid ones with one or a few rules broken, for bytes that are random altogether never get
 * behind the first line.
 */
final class RequestGrammar {
    /** Part of every invented name, so that one in a metric's label can be found. */
    static final String INVENTED = "FzQx";

    private static final List<String> METHODS = List.of(
            "GET", "GET", "GET", "POST", "POST", "HEAD", "DELETE", "PATCH", "PUT", "OPTIONS", "TRACE", "CONNECT");
    private static final List<String> ODD_METHODS =
            List.of("get", "G ET", "", "P\u0000ST", "GET\t", "M\u00fcLL", "PRI", "(", INVENTED);
    private static final List<String> VERSIONS = List.of(
            "HTTP/1.0",
            "HTTP/2.0",
            "HTTP/0.9",
            "HTTP/1.2",
            "HTTP/11",
            "http/1.1",
            "",
            "HTTP/1.1 ",
            "HTTP/-1.1",
            "FTP/1.1");
    private static final List<String> HOSTS = List.of(
            "Host: localhost",
            "Host: localhost:8080",
            "Host: [::1]:80",
            "",
            "Host:",
            "Host: a b",
            "Host: a:99999",
            "Host: a\r\nHost: b",
            "Host: \u0000",
            "Host: " + "h".repeat(300),
            "Host: user@a",
            "Host: %zz",
            "Host: %41",
            "Host: [::::]");
    private static final List<String> LENGTHS = List.of(
            "0",
            "1",
            "5",
            "00005",
            "-1",
            "+5",
            "5, 5",
            "5, 6",
            "5\r\nContent-Length: 6",
            "5\r\nContent-Length: 5",
            "0x5",
            "",
            "99999999999",
            "9223372036854775807",
            "9223372036854775808",
            " 5",
            "5 ",
            "\u0665",
            "5.0",
            "1e3");
    private static final List<String> CODINGS = List.of(
            "chunked",
            "Chunked",
            " chunked",
            "xchunked",
            "chunked, chunked",
            "gzip, chunked",
            "identity",
            "chunked\r\nTransfer-Encoding: x",
            "",
            "chunked;q=1",
            "\"chunked\"",
            "chunked\u0000",
            "gzip");
    private static final List<String> CHUNKS = List.of(
            "0\r\n\r\n",
            "5\r\nhello\r\n0\r\n\r\n",
            "5\r\nhello",
            "zz\r\n",
            "-5\r\nhello\r\n0\r\n\r\n",
            "5;a=b\r\nhello\r\n0\r\n\r\n",
            "5;" + "x".repeat(9000) + "\r\nhello\r\n0\r\n\r\n",
            "FFFFFFFFFFFFFFFF\r\n",
            "7FFFFFFFFFFFFFFF\r\n",
            "80000000\r\n",
            "5\nhello\n0\n\n",
            "5\r\nhelloXX0\r\n\r\n",
            "0\r\nTrailer: x\r\n\r\n",
            "0\r\n" + "T: y\r\n".repeat(2000) + "\r\n",
            "0\r\nContent-Length: 5\r\n\r\n",
            "10\r\n{\"quantity\":1   }\r\n0\r\n\r\n",
            " 5 \r\nhello\r\n0\r\n\r\n",
            "5\r\nhello\r\n0",
            "");
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "*",
            ",",
            ";",
            "=",
            "\"",
            "\"\"",
            "\u0000",
            "\u0001",
            "\u00ff",
            "\t",
            "0",
            "-1",
            "1e9",
            "99999999999999999999",
            "null",
            "a,b;c=d",
            "W/\"x\"",
            "\"unclosed",
            "x".repeat(3000),
            "q=0",
            "%",
            "%zz",
            "%00",
            "\ud800",
            "+",
            "../..",
            "wait=1",
            "wait=\"1\"",
            "wait=99999999999",
            "gzip;q=0.5, *;q=x",
            "text/html;q=1e999, */*;q=NaN",
            "bytes=0-1",
            "Bearer",
            "Bearer x",
            "Bearer a.b.c",
            "Bearer \u0000",
            "Basic eDp5",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-0-0-0",
            "http://localhost",
            "null",
            "Tue, 99 Foo 2020 99:99:99 GMT",
            "application/json",
            "application/json;charset=utf-16",
            "application/",
            "close",
            "keep-alive",
            "Upgrade, HTTP2-Settings",
            "h2c",
            "websocket",
            "AAMAAABkAAQAoAAAAAIAAAAA",
            "100-continue",
            "trailers");
    private static final List<String> FIELDS = List.of(
            "Accept",
            "Accept-Encoding",
            "Accept-Language",
            "If-None-Match",
            "If-Match",
            "If-Modified-Since",
            "Range",
            "If-Range",
            "Prefer",
            "Idempotency-Key",
            "Authorization",
            "Origin",
            "Access-Control-Request-Method",
            "Access-Control-Request-Headers",
            "Last-Event-ID",
            "Cookie",
            "traceparent",
            "tracestate",
            "X-Forwarded-For",
            "Forwarded",
            "Expect",
            "Connection",
            "Upgrade",
            "HTTP2-Settings",
            "Sec-WebSocket-Key",
            "Sec-WebSocket-Version",
            "TE",
            "Trailer",
            "Content-Type",
            "Content-Encoding",
            "Via",
            "X-HTTP-Method-Override",
            "Keep-Alive",
            "Proxy-Connection",
            INVENTED);
    private static final List<String> BODIES = List.of(
            "{}",
            "[]",
            "null",
            "1",
            "\"x\"",
            "{",
            "}",
            "{\"quantity\":1}",
            "{\"quantity\":0}",
            "{\"quantity\":1e400}",
            "{\"quantity\":1,\"quantity\":2}",
            "{\"quantity\":99999999999999999999999}",
            "{\"name\":\"" + INVENTED + "\"}",
            "{\"name\":\"\\ud800\"}",
            "{\"name\":\"operator\",\"password\":\"no\"}",
            "{\"reference\":\"card-1\"}",
            "{\"reference\":\"card\\n\"}",
            "{\"ids\":[]}",
            "{\"ids\":[\"x\"]}",
            "{\"ids\":[null,{},[]]}",
            "{\"title\":\"x\"}",
            "{\"opensAt\":\"9999-99-99T99:99:99Z\"}",
            "{\"closesAt\":null}",
            "{\"strategy\":{},\"buyers\":1.5,\"stock\":null}",
            "[".repeat(3000),
            "{\"a\":".repeat(500),
            "\u0000",
            "\u00ff\u00fe{\u0000}",
            "\ufeff{}",
            "{\"quantity\":1}".repeat(400),
            "NaN",
            "{\"" + INVENTED + "\":1}");

    private final Random random;
    private final List<String> targets;
    private final List<String> tokens;

    /**
     * Creates the grammar.
     *
     * @param targets paths of the server; {@code ?} in one stands for a random text
     * @param tokens bearer tokens that are good
     */
    RequestGrammar(Random random, List<String> targets, List<String> tokens) {
        this.random = random;
        this.targets = targets;
        this.tokens = tokens;
    }

    /** A connection's bytes, each character one byte. A request with HEAD is alone, for its answer has no body to measure. */
    String connection() {
        if (random.nextInt(200) == 0) {
            return oneOf(List.of(
                    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000",
                    noise(),
                    "\r\n".repeat(1 + random.nextInt(50)),
                    "\u0016\u0003\u0001\u0002\u0000\u0001",
                    "\n"));
        }
        int requests = random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 1;
        var bytes = new StringBuilder();
        for (int i = 0; i < requests; i++) {
            String method = method();
            if (method.equals("HEAD")) {
                method = requests == 1 ? "HEAD" : "GET";
            }
            bytes.append(request(method));
        }
        return broken(bytes);
    }

    private String request(String method) {
        boolean headers = method.equals("HEAD");
        var head =
                new StringBuilder(method + " " + target() + " " + (rarely(30) ? oneOf(VERSIONS) : "HTTP/1.1") + "\r\n");
        String host = rarely(20) ? oneOf(HOSTS) : "Host: localhost";
        head.append(host.isEmpty() ? "" : host + "\r\n");
        if (random.nextInt(3) > 0) {
            head.append("Authorization: Bearer ").append(oneOf(tokens)).append("\r\n");
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            head.append(field());
        }
        if (headers || random.nextInt(3) == 0) {
            return head + "\r\n";
        }
        head.append(rarely(8) ? "Content-Type: " + oneOf(TEXTS) : "Content-Type: application/json")
                .append("\r\n");
        String body = rarely(10) ? noise() : oneOf(BODIES);
        return switch (random.nextInt(8)) {
            case 0 ->
                head + "Transfer-Encoding: " + (rarely(2) ? oneOf(CODINGS) : "chunked") + "\r\n\r\n" + oneOf(CHUNKS);
            case 1 -> head + "Content-Length: " + oneOf(LENGTHS) + "\r\n\r\n" + body;
            case 2 ->
                head + "Content-Length: " + oneOf(LENGTHS) + "\r\nTransfer-Encoding: " + oneOf(CODINGS) + "\r\n\r\n"
                        + oneOf(CHUNKS);
            default -> head + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        };
    }

    private String method() {
        return rarely(20) ? oneOf(ODD_METHODS) : rarely(20) ? INVENTED + random.nextInt(100_000) : oneOf(METHODS);
    }

    private String target() {
        String target = oneOf(targets);
        while (target.contains("?")) {
            int at = target.indexOf('?');
            target = target.substring(0, at) + text() + target.substring(at + 1);
        }
        return switch (random.nextInt(24)) {
            case 0 -> "http://localhost" + target;
            case 1 -> target + "?" + INVENTED + random.nextInt() + "=" + text();
            case 2 -> "/" + target;
            case 3 -> target + "/";
            case 4 -> target + "/../" + text();
            case 5 ->
                oneOf(List.of(
                        "*",
                        "?",
                        "#",
                        "/#a",
                        "//",
                        "/%",
                        "/%zz",
                        "/%2e%2e/",
                        "/\u00e4",
                        "/a b",
                        "",
                        "localhost:80",
                        "http://",
                        "https://[",
                        "/" + "x".repeat(9000)));
            case 6 ->
                target + "?saleId=" + text() + "&after=" + text() + "&ticket=" + text() + "&lastEventId=" + text();
            case 7 -> "/" + INVENTED + random.nextInt(1_000_000);
            default -> target;
        };
    }

    private String text() {
        String text = switch (random.nextInt(4)) {
            case 0 -> INVENTED + random.nextInt(1_000_000);
            case 1 -> "aaaaaaaaaaaaaaaa";
            case 2 -> "00000000-0000-0000-0000-00000000000" + random.nextInt(10);
            default -> oneOf(TEXTS);
        };
        return text.replaceAll("[ \\t]", "%20");
    }

    private String field() {
        String value = rarely(4) ? noise().replaceAll("[\r\n]", "") : oneOf(TEXTS);
        return switch (random.nextInt(30)) {
            case 0 -> oneOf(FIELDS) + " : " + value + "\r\n";
            case 1 -> oneOf(FIELDS) + ":" + value + "\r\n folded\r\n";
            case 2 -> oneOf(FIELDS) + value + "\r\n";
            case 3 -> ": " + value + "\r\n";
            case 4 -> oneOf(FIELDS) + ": " + value + "\n";
            case 5 -> (INVENTED + ": " + value + "\r\n").repeat(random.nextInt(200));
            case 6 ->
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n";
            case 7 ->
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
            case 8 -> "Expect: 100-continue\r\n";
            case 9 -> "Connection: close\r\n";
            default -> oneOf(FIELDS) + ": " + value + "\r\n";
        };
    }

    /** Cut, or with some bytes replaced, removed or inserted; mostly as it is. */
    private String broken(StringBuilder bytes) {
        if (rarely(12) && bytes.length() > 0) {
            bytes.setLength(random.nextInt(bytes.length()));
        }
        while (rarely(8) && bytes.length() > 1) {
            int at = random.nextInt(bytes.length());
            switch (random.nextInt(3)) {
                case 0 -> bytes.setCharAt(at, (char) random.nextInt(256));
                case 1 -> bytes.deleteCharAt(at);
                default -> bytes.insert(at, (char) random.nextInt(256));
            }
        }
        return bytes.toString();
    }

    private String noise() {
        var noise = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            noise.append((char) random.nextInt(256));
        }
        return noise.toString();
    }

    private boolean rarely(int in) {
        return random.nextInt(in) == 0;
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
