package chat.parley.server.app;

import chat.parley.server.quota.Quota;
import chat.parley.server.quota.Rate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what the operator says of rates: {@code --limit posts=10000/200} and {@code --no-rate-limits}. */
final class RateLimits {
    private static final Pattern LIMIT = Pattern.compile("([a-z-]+)=(\\d{1,12})/(\\d{1,9}(?:\\.\\d{1,9})?)");

    private RateLimits() {}

    /** @throws UsageException if a limit is not well-formed, or there is none of that name */
    static Map<Quota, Rate> of(Settings settings) throws UsageException {
        Map<Quota, Rate> rates = new EnumMap<>(Quota.class);
        for (Quota quota : Quota.values()) {
            rates.put(quota, quota.rate());
        }
        List<String> limits = settings.several("--limit");
        for (String limit : limits) {
            Matcher parts = LIMIT.matcher(limit);
            if (!parts.matches()) {
                throw new UsageException("%s must be like posts=10000/200 (at once, then in a second), not '%s'."
                        .formatted(settings.source("--limit"), limit));
            }
            long burst = Long.parseLong(parts.group(2));
            double perSecond = Double.parseDouble(parts.group(3));
            if (burst < 1 || !(perSecond > 0)) {
                throw new UsageException(
                        "%s must let something through, which '%s' does not; --no-rate-limits lifts them."
                                .formatted(settings.source("--limit"), limit));
            }
            rates.put(quota(settings, parts.group(1)), new Rate(burst, perSecond));
        }
        return settings.isSet("--no-rate-limits") ? Map.of() : rates;
    }

    private static Quota quota(Settings settings, String name) throws UsageException {
        for (Quota quota : Quota.values()) {
            if (quota.flagName().equals(name)) {
                return quota;
            }
        }
        throw new UsageException(
                "%s knows no limit '%s'; there are %s.".formatted(settings.source("--limit"), name, names()));
    }

    /** All names, with commas between them. */
    static String names() {
        return Arrays.stream(Quota.values()).map(Quota::flagName).collect(Collectors.joining(", "));
    }
}
