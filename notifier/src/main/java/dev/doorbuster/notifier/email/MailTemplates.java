package dev.doorbuster.notifier.email;

import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.message.RaffleLost;
import dev.doorbuster.contracts.message.ReminderDue;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.SaleId;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import io.vertx.ext.mail.MailMessage;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Renders mails as plain text and as HTML; the HTML templates escape all values. */
final class MailTemplates {
    private final EmailConfig config;
    private final Template text;
    private final Template html;

    MailTemplates(EmailConfig config) {
        this.config = config;
        var templates = new Configuration(Configuration.VERSION_2_3_32);
        templates.setClassForTemplateLoading(MailTemplates.class, "/email");
        templates.setDefaultEncoding("UTF-8");
        templates.setLocale(Locale.ROOT);
        templates.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        templates.setLogTemplateExceptions(false);
        try {
            text = templates.getTemplate("mail.txt.ftl");
            // .ftlh: values are HTML-escaped
            html = templates.getTemplate("mail.html.ftlh");
        } catch (IOException e) {
            throw new UncheckedIOException("the templates are part of the program", e);
        }
    }

    /** The Message-ID of an event without its domain and brackets; the same for every sender and retry. */
    static String event(MessageType what, OrderView order) {
        return order.id() + "/" + what.topic();
    }

    /** The same of a reminder of one opening. */
    static String event(SaleId sale, ReminderDue reminder) {
        return once(sale + " " + reminder.opensAt() + " " + reminder.buyer(), MessageType.REMINDER_DUE);
    }

    /** The same of a lost raffle. */
    static String event(SaleId sale, RaffleLost lost) {
        return once(sale + " " + lost.buyer(), MessageType.RAFFLE_LOST);
    }

    private static String once(String what, MessageType type) {
        return UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8)) + "/" + type.topic();
    }

    /** The Message-ID of an event. */
    String id(String event) {
        return "<" + event.replace('/', '.') + "@" + config.domain() + ">";
    }

    MailMessage write(String to, MessageType what, OrderView order, SaleFacts sale, MailPreference preference) {
        MailTexts texts = MailTexts.of(preference);
        String heading = texts.get(what.topic());
        var values = new HashMap<String, Object>();
        values.put("sentence", texts.get(what.topic() + ".text", texts.time(order.holdExpiresAt())));
        values.put("quantity", Integer.toString(order.quantity()));
        values.put("total", sale.money(order.totalCents()));
        values.put("order", texts.get("order", order.id().toString()));
        link(values, "/orders/" + order.id(), texts.get(what == MessageType.ORDER_CONFIRMED ? "pay" : "see"));
        String subject = heading + ": " + order.quantity() + " x " + sale.titleOnOneLine();
        return mail(to, event(what, order), heading, subject, sale, preference, values);
    }

    MailMessage write(String to, SaleId id, ReminderDue reminder, SaleFacts sale, MailPreference preference) {
        String time = MailTexts.of(preference).time(reminder.opensAt());
        return aboutSale(to, id, MessageType.REMINDER_DUE, event(id, reminder), time, sale, preference);
    }

    MailMessage write(String to, SaleId id, RaffleLost lost, SaleFacts sale, MailPreference preference) {
        return aboutSale(to, id, MessageType.RAFFLE_LOST, event(id, lost), "", sale, preference);
    }

    private MailMessage aboutSale(
            String to,
            SaleId id,
            MessageType type,
            String event,
            String time,
            SaleFacts sale,
            MailPreference preference) {
        MailTexts texts = MailTexts.of(preference);
        String heading = texts.get(type.topic());
        var values = new HashMap<String, Object>();
        values.put("sentence", texts.get(type.topic() + ".text", time));
        link(values, "/sales/" + id, texts.get("sale"));
        return mail(to, event, heading, heading + ": " + sale.titleOnOneLine(), sale, preference, values);
    }

    private void link(Map<String, Object> values, String path, String action) {
        if (!config.storefrontUrl().isEmpty()) {
            values.put("link", config.storefrontUrl() + path);
            values.put("action", action);
        }
    }

    private MailMessage mail(
            String to,
            String event,
            String heading,
            String subject,
            SaleFacts sale,
            MailPreference preference,
            Map<String, Object> values) {
        values.put("heading", heading);
        values.put("title", sale.titleOnOneLine());
        values.put("language", preference.language().tag());
        MailMessage mail = new MailMessage()
                .setFrom(config.from())
                .setText(filled(text, values))
                .setHtml(filled(html, values));
        return MailHeaders.set(
                mail,
                to,
                subject,
                Map.of(
                        "Message-ID",
                        id(event),
                        "X-Doorbuster-Event",
                        event,
                        "Content-Language",
                        preference.language().tag(),
                        // RFC 3834: suppresses automatic replies
                        "Auto-Submitted",
                        "auto-generated"));
    }

    private static String filled(Template template, Map<String, Object> values) {
        var filled = new StringWriter();
        try {
            template.process(values, filled);
        } catch (TemplateException | IOException e) {
            throw new IllegalStateException("the template " + template.getName() + " does not fit its values", e);
        }
        return filled.toString();
    }
}
