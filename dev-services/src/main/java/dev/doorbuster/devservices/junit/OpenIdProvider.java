package dev.doorbuster.devservices.junit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A small OpenID provider on this machine, for tests: discovery document, keys, and the authorization code flow with PKCE
 * (OpenID Connect Core 1.0, section 3.1; RFC 7636). It logs in the user that {@code login_hint} names, without a page.
 */
public final class OpenIdProvider implements AutoCloseable {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int COORDINATE_BYTES = 32;
    /** Shared, because a pair for RS256 takes a second. */
    private static final SigningKey FIRST_KEY = SigningKey.of("RS256");

    private final HttpServer server;
    private final List<SigningKey> published = new CopyOnWriteArrayList<>();
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final AtomicInteger keyReadings = new AtomicInteger();
    private volatile SigningKey current;
    private volatile boolean publishesKeys = true;

    /** A key pair for signatures. */
    public record SigningKey(String id, String algorithm, KeyPair pair) {
        /** A new pair for RS256 or ES256. */
        public static SigningKey of(String algorithm) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.startsWith("RS") ? "RSA" : "EC");
                generator.initialize(algorithm.startsWith("RS") ? 2048 : 256);
                return new SigningKey(UUID.randomUUID().toString(), algorithm, generator.generateKeyPair());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private String jwk() {
            String common = "\"kid\":\"%s\",\"alg\":\"%s\",\"use\":\"sig\"".formatted(id, algorithm);
            if (pair.getPublic() instanceof RSAPublicKey rsa) {
                return "{\"kty\":\"RSA\",%s,\"n\":\"%s\",\"e\":\"%s\"}"
                        .formatted(common, unsigned(rsa.getModulus(), 0), unsigned(rsa.getPublicExponent(), 0));
            }
            var point = ((ECPublicKey) pair.getPublic()).getW();
            return "{\"kty\":\"EC\",\"crv\":\"P-256\",%s,\"x\":\"%s\",\"y\":\"%s\"}"
                    .formatted(
                            common,
                            unsigned(point.getAffineX(), COORDINATE_BYTES),
                            unsigned(point.getAffineY(), COORDINATE_BYTES));
        }

        private String sign(String content) {
            try {
                Signature signature = Signature.getInstance(
                        algorithm.startsWith("RS") ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
                signature.initSign(pair.getPrivate());
                signature.update(content.getBytes(StandardCharsets.US_ASCII));
                return BASE64.encodeToString(signature.sign());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private OpenIdProvider(HttpServer server) {
        this.server = server;
        this.current = FIRST_KEY;
        published.add(current);
        server.createContext("/.well-known/openid-configuration", exchange -> json(exchange, discovery()));
        server.createContext("/keys", exchange -> {
            keyReadings.incrementAndGet();
            String keys = published.stream().map(SigningKey::jwk).collect(Collectors.joining(",", "[", "]"));
            json(exchange, "{\"keys\":%s}".formatted(publishesKeys ? keys : "\"none\""));
        });
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::exchange);
    }

    /** Starts on a free port of the loopback address. */
    public static OpenIdProvider start() throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var provider = new OpenIdProvider(HttpServer.create(address, 0));
        provider.server.start();
        return provider;
    }

    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How often the keys were read. */
    public int keyReadings() {
        return keyReadings.get();
    }

    public SigningKey key() {
        return current;
    }

    /** Signs with another key from now on; the one before stays published. */
    public void rotate(String algorithm) {
        current = SigningKey.of(algorithm);
        published.add(current);
    }

    /** Publishes a document that is no set of keys. */
    public void publishAnotherDocument() {
        publishesKeys = false;
    }

    /** Publishes the current key only. */
    public void withdrawOldKeys() {
        published.removeIf(key -> !key.equals(current));
    }

    /** An id token of ten minutes; claims replaced or, where null, left out, as name, JSON value, and so on. */
    public String token(String subject, String audience, String... replaced) {
        return token(current, subject, audience, replaced);
    }

    /** The same by another key. */
    public String token(SigningKey key, String subject, String audience, String... replaced) {
        long now = Instant.now().getEpochSecond();
        var claims = new TreeMap<String, String>(Map.of(
                "iss", quoted(issuer()),
                "sub", quoted(subject),
                "aud", quoted(audience),
                "iat", Long.toString(now),
                "exp", Long.toString(now + 600)));
        for (int i = 0; i < replaced.length; i += 2) {
            if (replaced[i + 1] == null) {
                claims.remove(replaced[i]);
            } else {
                claims.put(replaced[i], replaced[i + 1]);
            }
        }
        String body = claims.entrySet().stream()
                .map(claim -> quoted(claim.getKey()) + ":" + claim.getValue())
                .collect(Collectors.joining(",", "{", "}"));
        String header = "{\"alg\":\"%s\",\"typ\":\"JWT\",\"kid\":\"%s\"}".formatted(key.algorithm(), key.id());
        String content = base64(header) + "." + base64(body);
        return content + "." + key.sign(content);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private String discovery() {
        return """
            {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token","jwks_uri":"%1$s/keys",
             "response_types_supported":["code"],"subject_types_supported":["public"],"scopes_supported":["openid"],
             "code_challenge_methods_supported":["S256"],"id_token_signing_alg_values_supported":["RS256","ES256"]}""".formatted(issuer());
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        String to = asked.get("redirect_uri") + "?code=" + code + "&state="
                + URLEncoder.encode(asked.getOrDefault("state", ""), StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Location", URI.create(to).toString());
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void exchange(HttpExchange exchange) throws IOException {
        Map<String, String> given = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> asked = codes.remove(given.getOrDefault("code", ""));
        boolean right = asked != null
                && "authorization_code".equals(given.get("grant_type"))
                && asked.get("client_id").equals(given.get("client_id"))
                && asked.get("redirect_uri").equals(given.get("redirect_uri"))
                && asked.get("code_challenge").equals(challenge(given.getOrDefault("code_verifier", "")));
        if (!right) {
            answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        String token = token(
                asked.getOrDefault("login_hint", "alice"),
                asked.get("client_id"),
                "nonce",
                quoted(asked.getOrDefault("nonce", "")));
        json(
                exchange,
                "{\"id_token\":\"%1$s\",\"access_token\":\"%1$s\",\"token_type\":\"Bearer\",\"expires_in\":600}"
                        .formatted(token));
    }

    private static String challenge(String verifier) {
        try {
            return BASE64.encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> form(String text) {
        var fields = new HashMap<String, String>();
        for (String field : text == null ? new String[0] : text.split("&")) {
            String[] parts = field.split("=", 2);
            fields.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    private static void json(HttpExchange exchange, String body) throws IOException {
        answer(exchange, 200, body);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private static String base64(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Big-endian without a sign byte, with leading zeros up to a length. */
    private static String unsigned(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        byte[] exact = new byte[Math.max(length, bytes.length - from)];
        System.arraycopy(bytes, from, exact, exact.length - (bytes.length - from), bytes.length - from);
        return BASE64.encodeToString(exact);
    }
}
