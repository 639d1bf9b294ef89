import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.*;
import java.net.*;
import java.net.http.*;
import java.security.*;
import java.time.*;
import java.util.*;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A shop that sells by Doorbuster, to read and to try: it logs buyers in by its OpenID provider (authorization code with PKCE),
 * hands the token over to the storefront, takes payments, reports them by signed events, and hears of paid orders by a webhook.
 * It keeps everything in memory, and its payments are invented. See docs/your-shop.md.
 */
public final class SampleShop {
    private static final String ISSUER = setting("OIDC_ISSUER");
    private static final String CLIENT = setting("OIDC_CLIENT_ID");
    private static final String DOORBUSTER = setting("DOORBUSTER_URL");
    private static final String PAYMENT_SECRET = setting("PAYMENT_SECRET");
    private static final String WEBHOOK_SECRET = setting("WEBHOOK_SECRET");
    private static final String OWN = "http://127.0.0.1:" + setting("PORT");
    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private record Login(String to, String verifier, String nonce) {}
    /** Log-ins under way by state, tokens of logged-in buyers by cookie, paid orders by id. A real shop limits and keeps them. */
    private static final Map<String, Login> LOGINS = new ConcurrentHashMap<>();
    private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();
    private static final Map<String, String> PAID = new ConcurrentHashMap<>();

    private interface Page { void answer(HttpExchange exchange) throws Exception; }

    public static void main(String[] arguments) throws Exception {
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", URI.create(OWN).getPort()), 0);
        on(server, "/doorbuster", SampleShop::fromStorefront);
        on(server, "/callback", SampleShop::fromProvider);
        on(server, "/pay", SampleShop::pay);
        on(server, "/hooks", SampleShop::hear);
        on(server, "/", exchange -> answer(exchange, 200, "<!doctype html><h1>Sample shop</h1><p>Paid orders: " + PAID.keySet() + "</p>"));
        server.start();
        System.out.println("sample shop at " + OWN);
    }

    /** DOORBUSTER_SHOP_URL: {@code ?to=} a page of the storefront asks for a log-in, {@code ?order=} a buyer wants to pay. */
    private static void fromStorefront(HttpExchange exchange) throws Exception {
        Map<String, String> query = form(exchange.getRequestURI().getRawQuery());
        String order = query.getOrDefault("order", "").matches("[0-9a-f-]{36}") ? query.get("order") : "";
        // Asked for as the buyer: the order is the buyer's own, and the price is Doorbuster's, not the browser's.
        String json = order.isEmpty() ? "" : get(DOORBUSTER + "/api/orders/" + order, TOKENS.get(cookie(exchange)));
        if (json.contains("totalCents")) {
            answer(exchange, 200, "<!doctype html><h1>Pay</h1><p>Order %1$s: %2$s cents</p><form method=post action=/pay><button name=order value=%1$s>Pay</button></form>"
                    .formatted(order, member(json, "totalCents")));
            return;
        }
        String to = order.isEmpty() ? query.getOrDefault("to", "/") : "/orders/" + order;
        var login = new Login(to.matches("/[a-z0-9/-]*") ? to : "/", random(), random());
        String state = random();
        LOGINS.put(state, login);
        redirect(exchange, member(get(ISSUER + "/.well-known/openid-configuration", null), "authorization_endpoint")
                + "?response_type=code&scope=openid&client_id=" + URLEncoder.encode(CLIENT, UTF_8) + "&redirect_uri=" + URLEncoder.encode(OWN + "/callback", UTF_8)
                + "&state=" + state + "&nonce=" + login.nonce() + "&code_challenge_method=S256&code_challenge="
                + BASE64.encodeToString(MessageDigest.getInstance("SHA-256").digest(login.verifier().getBytes(UTF_8))));
    }

    /** The provider's answer: the code becomes a token, which goes to the storefront in the fragment, as no server sees it. */
    private static void fromProvider(HttpExchange exchange) throws Exception {
        Map<String, String> query = form(exchange.getRequestURI().getRawQuery());
        Login login = LOGINS.remove(query.getOrDefault("state", ""));
        if (login == null) {
            redirect(exchange, DOORBUSTER);
            return;
        }
        String endpoint = member(get(ISSUER + "/.well-known/openid-configuration", null), "token_endpoint");
        String body = "grant_type=authorization_code&client_id=" + URLEncoder.encode(CLIENT, UTF_8) + "&redirect_uri=" + URLEncoder.encode(OWN + "/callback", UTF_8)
                + "&code=" + URLEncoder.encode(query.getOrDefault("code", ""), UTF_8) + "&code_verifier=" + login.verifier();
        String token = member(post(endpoint, "application/x-www-form-urlencoded", body, Map.of()).body(), "id_token");
        String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), UTF_8);
        if (!login.nonce().equals(member(claims, "nonce"))) throw new IllegalStateException("a token of another log-in");
        String session = random();
        TOKENS.put(session, token);
        exchange.getResponseHeaders().set("Set-Cookie", "shop=" + session + "; HttpOnly; SameSite=Lax; Path=/");
        redirect(exchange, DOORBUSTER + login.to() + "#token=" + token);
    }

    /** Stands for a payment provider that took the money: it sends an event, again until it is answered with success. */
    private static void pay(HttpExchange exchange) throws Exception {
        String order = form(new String(exchange.getRequestBody().readNBytes(1000), UTF_8)).getOrDefault("order", "");
        if (!order.matches("[0-9a-f-]{36}") || !TOKENS.containsKey(cookie(exchange))) {
            answer(exchange, 400, "Log in, and pay from the order's page.");
            return;
        }
        // One payment of an order: pressing the button twice is the same payment.
        String event = ("{\"id\":\"evt_%1$s\",\"type\":\"payment_intent.succeeded\","
                + "\"data\":{\"object\":{\"id\":\"pi_%1$s\",\"metadata\":{\"order\":\"%1$s\"}}}}").formatted(order);
        for (int attempt = 0, status = 500; attempt < 5 && status >= 500; attempt++) {
            Thread.sleep(attempt * 1000L);
            long now = Instant.now().getEpochSecond();
            var signature = Map.of("Stripe-Signature", "t=" + now + ",v1=" + code(PAYMENT_SECRET, now, event));
            var told = post(DOORBUSTER + "/api/payment-events", "application/json", event, signature);
            System.out.println("payment of " + order + ": " + (status = told.statusCode()) + " " + told.body());
        }
        redirect(exchange, DOORBUSTER + "/orders/" + order + "#token=" + TOKENS.get(cookie(exchange)));
    }

    /** Doorbuster's webhook: refused unless it is signed and new, harmless if it comes twice. */
    private static void hear(HttpExchange exchange) throws Exception {
        String body = new String(exchange.getRequestBody().readNBytes(1 << 20), UTF_8);
        String time = header(exchange, "Doorbuster-Timestamp");
        boolean recent = time.matches("\\d{1,12}") && Math.abs(Instant.now().getEpochSecond() - Long.parseLong(time)) <= 300;
        byte[] wanted = recent ? ("v1=" + code(WEBHOOK_SECRET, Long.parseLong(time), body)).getBytes(UTF_8) : null;
        if (!recent || !MessageDigest.isEqual(wanted, header(exchange, "Doorbuster-Signature").getBytes(UTF_8))) {
            answer(exchange, 401, "not signed, or too old");
            return;
        }
        if (header(exchange, "Doorbuster-Event-Type").equals("order.paid")) {
            Pattern.compile("\"order\":\\{\"id\":\"([0-9a-f-]{36})\"").matcher(body).results()
                    .forEach(order -> PAID.put(order.group(1), header(exchange, "Doorbuster-Event-Id")));
        }
        answer(exchange, 204, "");
    }

    private static String code(String secret, long time, String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal((time + "." + body).getBytes(UTF_8)));
    }

    private static String get(String url, String token) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10));
        if (token != null) request.header("Authorization", "Bearer " + token);
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    private static HttpResponse<String> post(String url, String type, String body, Map<String, String> headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10))
                .header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void on(HttpServer server, String path, Page page) {
        server.createContext(path, exchange -> {
            try (exchange) {
                page.answer(exchange);
            } catch (Exception e) {
                System.out.println(exchange.getRequestURI() + " failed: " + e);
            }
        });
    }

    private static void redirect(HttpExchange exchange, String to) throws Exception {
        exchange.getResponseHeaders().set("Location", to);
        exchange.sendResponseHeaders(303, -1);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws Exception {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String cookie(HttpExchange exchange) {
        return header(exchange, "Cookie").replaceAll(".*shop=([\\w-]*).*", "$1");
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }

    private static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return BASE64.encodeToString(bytes);
    }

    private static Map<String, String> form(String text) {
        Map<String, String> fields = new ConcurrentHashMap<>();
        for (String field : Optional.ofNullable(text).orElse("").split("&")) {
            String[] parts = field.split("=", 2);
            fields.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], UTF_8));
        }
        return fields;
    }

    /** A member of a JSON object: enough for a sample, a shop uses a library. */
    private static String member(String json, String name) {
        return Pattern.compile("\"" + name + "\"\\s*:\\s*\"?([^\",}]+)").matcher(json).results().findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " is not in " + json)).group(1);
    }

    private static String setting(String name) {
        return Optional.ofNullable(System.getenv(name)).orElseThrow(() -> new IllegalStateException("set " + name));
    }
}
