package chat.parley.e2e.bench;

import java.util.List;

/**
 * What one scenario measured in one setting.
 *
 * @param scenario the scenario's name
 * @param subject the setting, as "1,000 members"
 */
record Result(String scenario, String subject, List<Figure> figures) {
    Result {
        figures = List.copyOf(figures);
    }
}
