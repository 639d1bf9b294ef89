package dev.doorbuster.notifier.email;

import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.value.OrderView;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import io.vertx.ext.mail.MailMessage;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

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
            text = templates.getTemplate("order.txt.ftl");
            // .ftlh: values are HTML-escaped
            html = templates.getTemplate("order.html.ftlh");
        } catch (IOException e) {
            throw new UncheckedIOException("the templates are part of the program", e);
        }
    }

    /** The Message-ID for this state of this order; the same for every sender and retry. */
    String id(MessageType what, OrderView order) {
        return "<" + order.id() + "." + what.topic() + "@" + config.domain() + ">";
    }

    MailMessage write(String to, MessageType what, OrderView order, SaleFacts sale) {
        StatusTexts statusTexts = StatusTexts.of(what, order);
        String title = sale.title().replaceAll("\\p{Cntrl}+", " ");
        Map<String, Object> values = Map.of(
                "heading", statusTexts.heading(),
                "sentence", statusTexts.sentence(),
                "quantity", Integer.toString(order.quantity()),
                "title", title,
                "total", StatusTexts.money(order.totalCents(), sale.currency()),
                "order", order.id().toString());
        String subject = statusTexts.heading() + ": " + order.quantity() + " x " + title;
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
                        id(what, order),
                        "X-Doorbuster-Event",
                        order.id() + "/" + what.topic(),
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
