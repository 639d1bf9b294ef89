package dev.doorbuster.systemtests;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the stand-ins of k6's modules need from outside of JavaScript; its public methods are called by name. */
public final class K6Host {
    /** @param body null for none */
    record Request(String method, String url, Map<String, String> headers, String body) {}

    /** @param headers names as k6 writes them, each word with a capital */
    record Answer(int status, Map<String, String> headers, String body) {
        Answer(int status, String body) {
            this(status, Map.of(), body);
        }
    }

    private static final JsonMapper MAPPER = new JsonMapper();

    private final K6Script.Shop shop;
    private final DoubleConsumer sleep;

    K6Host(K6Script.Shop shop, DoubleConsumer sleep) {
        this.shop = shop;
        this.sleep = sleep;
    }

    /** Requests and answers as JSON. */
    public String[] send(String[] requests) {
        try {
            var wanted = new ArrayList<Request>();
            for (String request : requests) {
                wanted.add(MAPPER.readValue(request, Request.class));
            }
            long began = System.nanoTime();
            List<Answer> answers = shop.send(wanted);
            double millis = (System.nanoTime() - began) / 1e6;
            var texts = new ArrayList<String>();
            for (Answer answer : answers) {
                ObjectNode text = MAPPER.valueToTree(answer);
                texts.add(text.put("millis", millis).toString());
            }
            return texts.toArray(String[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void sleep(double seconds) {
        sleep.accept(seconds);
    }

    public String base64(String text, String form) {
        if (!form.equals("rawurl")) {
            throw new IllegalArgumentException("only rawurl, not " + form);
        }
        return rawUrl(text.getBytes(StandardCharsets.UTF_8));
    }

    public String hmac(String algorithm, String key, String text, String form) throws GeneralSecurityException {
        if (!algorithm.equals("sha256") || !form.equals("base64rawurl")) {
            throw new IllegalArgumentException("only sha256 as base64rawurl, not " + algorithm + " as " + form);
        }
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return rawUrl(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String rawUrl(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
