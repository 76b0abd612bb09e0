package chat.parley.e2e.operator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages that people read, and the blocks of code in them. */
final class Pages {
    private static final Pattern FENCE = Pattern.compile("\\s*```\\s*(\\S*)\\s*");

    private Pages() {}

    /** Lines of one block, without what marks them as one. */
    record Block(String page, int line, String language, List<String> lines) {
        /** Where a prompt is shown, only what stands behind it; else all lines. A line that goes on in the next one is one. */
        List<Line> typed() {
            boolean prompt = lines.stream().anyMatch(text -> text.startsWith("$ "));
            List<Line> typed = new ArrayList<>();
            StringBuilder begun = new StringBuilder();
            for (int i = 0; i < lines.size(); i++) {
                String text = lines.get(i);
                if (begun.isEmpty() && (text.isBlank() || prompt && !text.startsWith("$ "))) {
                    continue;
                }
                begun.append(begun.isEmpty() && prompt ? text.substring(2) : text.strip());
                if (text.endsWith("\\")) {
                    begun.setLength(begun.length() - 1);
                } else {
                    typed.add(new Line(page + ":" + (line + i), begun.toString().strip()));
                    begun.setLength(0);
                }
            }
            return typed;
        }
    }

    /** @param place page and number of the line */
    record Line(String place, String text) {}

    /** The project's folder. */
    static Path project() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("bin/parley"))) {
                return folder;
            }
        }
        throw new IllegalStateException("the tests do not run within the project");
    }

    /** All blocks of README.md and docs/, page by page. */
    static List<Block> blocks() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(project().resolve("README.md")));
        try (Stream<Path> files = Files.list(project().resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        List<Block> blocks = new ArrayList<>();
        for (Path page : pages) {
            read(project().relativize(page).toString(), Files.readAllLines(page), blocks);
        }
        return blocks;
    }

    /** The only line of all pages that begins so. */
    static String line(String beginning) throws IOException {
        List<String> found = blocks().stream()
                .flatMap(block -> block.typed().stream())
                .map(Line::text)
                .filter(text -> text.startsWith(beginning))
                .distinct()
                .toList();
        if (found.size() != 1) {
            throw new AssertionError("the pages should tell one '" + beginning + "', and tell " + found);
        }
        return found.getFirst();
    }

    private static void read(String page, List<String> lines, List<Block> blocks) {
        boolean free = true;
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            int first = i;
            if (fence.matches()) {
                for (i++; i < lines.size() && !FENCE.matcher(lines.get(i)).matches(); i++) {}
                blocks.add(new Block(page, first + 2, fence.group(1), List.copyOf(lines.subList(first + 1, i))));
                free = true;
            } else if (free && lines.get(i).startsWith("    ")) {
                while (i < lines.size()
                        && (lines.get(i).startsWith("    ") || lines.get(i).isBlank())) {
                    i++;
                }
                List<String> code = lines.subList(first, i).stream()
                        .map(text -> text.isBlank() ? "" : text.substring(4))
                        .toList();
                blocks.add(new Block(page, first + 1, "", code));
                i--;
            } else {
                // Within a paragraph an indented line is just more of it.
                free = lines.get(i).isBlank() || lines.get(i).startsWith("#");
            }
        }
    }
}
