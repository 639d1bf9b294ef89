package dev.doorbuster.notifier.email;

import io.vertx.core.MultiMap;
import io.vertx.ext.mail.MailMessage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.james.mime4j.codec.EncoderUtil;
import org.apache.james.mime4j.codec.EncoderUtil.Usage;
import org.apache.james.mime4j.util.MimeUtil;

/**
 * Header fields encoded by RFC 2047 and folded by RFC 5322. The Vert.x mail client's own encoding folds with a bare LF, encodes
 * each half of a surrogate pair by itself and passes on text that looks like an encoded word; fields that a mail sets itself
 * replace the client's.
 */
final class MailHeaders {
    private static final String ENCODED_WORD_START = "=?";
    private static final int SUBJECT_USED = "Subject: ".length();

    private MailHeaders() {}

    /**
     * Sets the fields of a mail.
     *
     * @param to one address in ASCII, which is at most 320 characters long (RFC 5321) and not folded
     * @param others further fields, without line breaks
     */
    static MailMessage set(MailMessage mail, String to, String subject, Map<String, String> others) {
        MultiMap fields = MultiMap.caseInsensitiveMultiMap().add("To", to).addAll(others);
        MailMessage changed = mail.setTo(to).setHeaders(fields);
        // Added last: the client refuses fields with line breaks, also where they fold a line.
        fields.add("Subject", subject(subject));
        return changed;
    }

    private static String subject(String text) {
        boolean isEncoded =
                EncoderUtil.hasToBeEncoded(text, SUBJECT_USED) || text.contains(ENCODED_WORD_START) || isPadded(text);
        return MimeUtil.fold(
                isEncoded
                        ? EncoderUtil.encodeEncodedWord(
                                text, Usage.TEXT_TOKEN, SUBJECT_USED, StandardCharsets.UTF_8, null)
                        : text,
                SUBJECT_USED);
    }

    /** Folding at one of several blanks would leave a line of blanks alone, which RFC 5322 forbids. */
    private static boolean isPadded(String text) {
        return text.contains("  ");
    }
}
