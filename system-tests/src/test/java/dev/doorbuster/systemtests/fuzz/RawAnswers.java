package dev.doorbuster.systemtests.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads what a server sent on one connection, strictly by RFC 9112. */
final class RawAnswers {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5]\\d\\d) [ -~]*");
    private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+): ?([\\t -~\\x80-\\xff]*)");

    /** @param complete whether the body ended before the connection did */
    record RawAnswer(int status, Map<String, String> headers, String body, boolean complete) {}

    private final ByteArrayInputStream in;

    private RawAnswers(byte[] bytes) {
        this.in = new ByteArrayInputStream(bytes);
    }

    /**
     * All answers in these bytes.
     *
     * @param bodiless whether the request was HEAD
     * @throws IOException where they break a rule
     */
    static List<RawAnswer> read(byte[] bytes, boolean bodiless) throws IOException {
        var reader = new RawAnswers(bytes);
        var answers = new ArrayList<RawAnswer>();
        while (reader.in.available() > 0) {
            answers.add(reader.answer(bodiless));
        }
        return answers;
    }

    private RawAnswer answer(boolean bodiless) throws IOException {
        var status = STATUS.matcher(line());
        if (!status.matches()) {
            throw new IOException("no status line");
        }
        int code = Integer.parseInt(status.group(1));
        var headers = new TreeMap<String, String>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            var field = FIELD.matcher(line);
            if (!field.matches()) {
                throw new IOException("no header: " + line);
            }
            String name = field.group(1).toLowerCase(Locale.ROOT);
            if (headers.put(name, field.group(2)) != null && !name.equals("vary")) {
                throw new IOException("twice: " + line);
            }
        }
        if (code < 200 || code == 204 || code == 304 || (bodiless && in.available() == 0)) {
            return new RawAnswer(code, headers, "", true);
        }
        if (headers.containsKey("transfer-encoding")) {
            return chunked(code, headers);
        }
        if (!headers.containsKey("content-length")) {
            throw new IOException("a body without a length, status " + code);
        }
        int length = Integer.parseInt(headers.get("content-length"));
        byte[] body = in.readNBytes(length);
        return new RawAnswer(code, headers, new String(body, StandardCharsets.UTF_8), body.length == length);
    }

    private RawAnswer chunked(int code, Map<String, String> headers) throws IOException {
        var body = new StringBuilder();
        while (in.available() > 0) {
            int size = Integer.parseInt(line(), 16);
            body.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
            if (!line().isEmpty()) {
                throw new IOException("a chunk does not end with CRLF");
            }
            if (size == 0) {
                return new RawAnswer(code, headers, body.toString(), true);
            }
        }
        return new RawAnswer(code, headers, body.toString(), false);
    }

    private String line() throws IOException {
        return line(in);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("ends within a line: " + line);
            }
            line.append((char) next);
        }
        if (line.length() == 0 || line.charAt(line.length() - 1) != '\r') {
            throw new IOException("a line without CR: " + line);
        }
        return line.substring(0, line.length() - 1);
    }
}
