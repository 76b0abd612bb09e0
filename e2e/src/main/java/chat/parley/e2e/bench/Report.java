package chat.parley.e2e.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints results as lines of a table when they come, and writes them all as JSON in the end. For one thread. */
final class Report {
    private static final String LINE = "%-9s %-34s %-34s %12s %-11s %-23s %s%n";

    private final PrintStream out;
    private final Instant began = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final List<Result> results = new ArrayList<>();

    Report(PrintStream out) {
        this.out = out;
        out.printf(LINE, "scenario", "setting", "figure", "median", "unit", "spread", "bar");
    }

    void add(Result result) {
        results.add(result);
        String scenario = result.scenario();
        String subject = result.subject();
        for (Figure figure : result.figures()) {
            out.printf(
                    LINE,
                    scenario,
                    subject,
                    figure.name(),
                    number(figure.median()),
                    figure.unit(),
                    spread(figure),
                    bar(figure));
            scenario = "";
            subject = "";
        }
        out.flush();
    }

    private static String spread(Figure figure) {
        return figure.samples().size() == 1 ? "" : number(figure.least()) + " - " + number(figure.most());
    }

    private static String bar(Figure figure) {
        Figure.Bar bar = figure.bar();
        return bar == null
                ? ""
                : (bar.atMost() ? "<= " : ">= ")
                        + number(bar.value())
                        + (bar.met(figure.median()) ? " met" : " MISSED");
    }

    /** Three significant digits for small numbers, whole ones for large. */
    private static String number(double value) {
        double size = Math.abs(value);
        String form = size == 0 || size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, form, value);
    }

    /** Writes everything that was added. */
    void writeJson(Path file) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeStringField("began", began.toString());
            json.writeObjectFieldStart("machine");
            json.writeNumberField("cores", Runtime.getRuntime().availableProcessors());
            json.writeStringField("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
            json.writeStringField("arch", System.getProperty("os.arch"));
            json.writeStringField("java", System.getProperty("java.runtime.version"));
            json.writeEndObject();
            json.writeArrayFieldStart("results");
            for (Result result : results) {
                write(json, result);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(file, text + "\n");
        out.println("Written to " + file);
    }

    /** Writes the results as a table for a page of documentation. */
    void writeMarkdown(Path file) throws IOException {
        StringBuilder table = new StringBuilder("| scenario | setting | figure | median | spread | bar |\n");
        table.append("|---|---|---|---:|---|---|\n");
        for (Result result : results) {
            for (Figure figure : result.figures()) {
                table.append("| %s | %s | %s | %s %s | %s | %s |%n"
                        .formatted(
                                result.scenario(),
                                result.subject(),
                                figure.name(),
                                number(figure.median()),
                                figure.unit(),
                                spread(figure),
                                bar(figure)));
            }
        }
        Files.writeString(file, table);
        out.println("Written to " + file);
    }

    private static void write(JsonGenerator json, Result result) throws IOException {
        json.writeStartObject();
        json.writeStringField("scenario", result.scenario());
        json.writeStringField("setting", result.subject());
        json.writeArrayFieldStart("figures");
        for (Figure figure : result.figures()) {
            json.writeStartObject();
            json.writeStringField("name", figure.name());
            json.writeStringField("unit", figure.unit());
            json.writeNumberField("median", figure.median());
            json.writeArrayFieldStart("samples");
            for (double sample : figure.samples()) {
                json.writeNumber(sample);
            }
            json.writeEndArray();
            Figure.Bar bar = figure.bar();
            if (bar != null) {
                json.writeObjectFieldStart("bar");
                json.writeNumberField(bar.atMost() ? "atMost" : "atLeast", bar.value());
                json.writeBooleanField("met", bar.met(figure.median()));
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
