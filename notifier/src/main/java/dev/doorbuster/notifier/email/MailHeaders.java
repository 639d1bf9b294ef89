package dev.doorbuster.notifier.email;

import io.vertx.core.MultiMap;
import io.vertx.ext.mail.MailMessage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.james.mime4j.codec.EncoderUtil;
import org.apache.james.mime4j.codec.EncoderUtil.Usage;
import org.apache.james.mime4j.util.MimeUtil;

/**
 * Encodes header fields by RFC 2047 and folds them by RFC 5322. The Vert.x mail client folds with a bare LF, encodes
 * each half of a surrogate pair separately and passes text that looks like an encoded word through; headers set on
 * the message replace the client's.
 */
final class MailHeaders {
    private static final String ENCODED_WORD_START = "=?";
    private static final int SUBJECT_USED = "Subject: ".length();

    private MailHeaders() {}

    /**
     * Sets the headers of a mail.
     *
     * @param to one ASCII address of at most 320 characters (RFC 5321), not folded
     * @param others further headers, without line breaks
     */
    static MailMessage set(MailMessage mail, String to, String subject, Map<String, String> others) {
        MultiMap fields = MultiMap.caseInsensitiveMultiMap().add("To", to).addAll(others);
        MailMessage changed = mail.setTo(to).setHeaders(fields);
        // Added last: the client rejects headers with line breaks, including folded ones.
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

    /** Does not fold inside a run of blanks: RFC 5322 forbids lines of blanks only. */
    private static boolean isPadded(String text) {
        return text.contains("  ");
    }
}
