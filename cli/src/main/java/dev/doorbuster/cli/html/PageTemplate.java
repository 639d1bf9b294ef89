package dev.doorbuster.cli.html;

import com.fasterxml.jackson.databind.json.JsonMapper;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.webjars.WebJarVersionLocator;

/** A page from a FreeMarker template beside a class. uPlot, styles, scripts and data are inline. */
public final class PageTemplate {
    private static final String WEB_JAR = "uplot";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Class<?> owner;
    private final Template template;

    /** @param name of a file that ends in {@code .ftlh}, so that FreeMarker escapes all values as HTML */
    public PageTemplate(Class<?> owner, String name) {
        this.owner = owner;
        var templates = new Configuration(Configuration.VERSION_2_3_32);
        templates.setClassForTemplateLoading(owner, "");
        templates.setDefaultEncoding("UTF-8");
        templates.setLocale(Locale.ROOT);
        templates.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        templates.setLogTemplateExceptions(false);
        try {
            template = templates.getTemplate(name);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }

    /**
     * The page with these values, its style and its script.
     *
     * @param style name of a CSS file beside the class
     * @param script name of a file that draws the plots
     * @param data for the script, which gets it as JSON
     */
    public String filled(Map<String, Object> values, String style, String script, Object data) {
        var model = new HashMap<>(values);
        model.put("style", library("dist/uPlot.min.css") + resource(style));
        model.put("script", library("dist/uPlot.iife.min.js") + resource(script));
        var page = new StringWriter();
        try {
            model.put("json", MAPPER.writeValueAsString(data).replace("<", "\\u003c"));
            template.process(model, page);
        } catch (TemplateException | IOException e) {
            throw new IllegalStateException("the values do not fit " + template.getName(), e);
        }
        return page.toString();
    }

    private String library(String file) {
        return resource("/" + new WebJarVersionLocator().fullPath(WEB_JAR, file));
    }

    private String resource(String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }
}
