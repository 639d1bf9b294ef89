package dev.doorbuster.runtime.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Requests that no server may take, and the raw bytes of the answer. */
final class MalformedRequests {
    private static final int ANSWER_MAX_MS = 10_000;

    private MalformedRequests() {}

    /** For a server that answers a GET of {@code /here}. */
    static List<String> all() {
        return List.of(
                "GET /here HTTP/1.1\r\n\r\n",
                "GET /here HTTP/1.1\r\nHost:\r\n\r\n",
                "GET /here HTTP/1.1\r\nHost: a b<>\r\n\r\n",
                "GET /here HTTP/1.1\r\nHost: a:99999\r\n\r\n",
                "GET /here HTTP/1.1\r\nHost: a:b\r\n\r\n",
                "GET /here HTTP/1.1\r\nHost: user@a\r\n\r\n",
                "GET /here HTTP/1.1\r\nHost: %zz\r\n\r\n",
                "GET /here HTTP/1.1\r\nHost: a%4\r\n\r\n",
                "GET /here HTTP/1.1\r\nHost: [::1\r\n\r\n",
                "GET /here HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET ? HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET here HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /here?x=%zz HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /here?x=%2 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /here?x=% HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /here HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                "POST /here HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n",
                "POST /here HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, x\r\n\r\n0\r\n\r\n",
                "POST /here HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n\r\n",
                "POST /here HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /here HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
                "POST /here HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n0\r\n\r\n",
                "POST /here HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /here HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
                "POST /here HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                "POST /here HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "GET /here HTTP/2.0\r\nHost: a\r\n\r\n",
                "GET /here HTTP/1.2\r\nHost: a\r\n\r\n",
                "GET /here http/1.1\r\nHost: a\r\n\r\n",
                "GET /here FTP/1.1\r\nHost: a\r\n\r\n",
                "nonsense\r\n\r\n");
    }

    static List<String> wellFormed() {
        return List.of(
                "GET /here HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /here HTTP/1.1\r\nHost: shop.example:8080\r\n\r\n",
                "GET /here HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n",
                "GET /here HTTP/1.1\r\nHost: a%2Db\r\n\r\n",
                "GET /here HTTP/1.0\r\n\r\n",
                "GET http://a/here HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /here?x=%C3%A4&y=%20 HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    /** What a server sends until it closes the connection, or until the header and a body have come. */
    static String answer(int port, String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(ANSWER_MAX_MS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
