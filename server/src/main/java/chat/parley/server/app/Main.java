package chat.parley.server.app;

import chat.parley.server.logging.Logging;
import org.slf4j.LoggerFactory;

/** Starts the server; the arguments are those of {@code parley serve}. */
public final class Main {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private Main() {}

    public static void main(String... arguments) {
        try {
            switch (new ServeCommand(System.getenv()).read(arguments)) {
                case ServeCommand.Request.Print print -> System.out.print(print.text());
                case ServeCommand.Request.Serve serve -> serve(serve.config());
            }
        } catch (UsageException e) {
            end(e.sentence(), WRONG_USAGE);
        } catch (StartException e) {
            LoggerFactory.getLogger(Main.class).debug("the start failed", e);
            end(e.sentence(), FAILED);
        } catch (Throwable e) {
            LoggerFactory.getLogger(Main.class).error("the start failed by a fault of the program", e);
            Runtime.getRuntime().halt(FAILED);
        }
    }

    private static void serve(Config config) throws StartException {
        Logging.start(System.err, config.logFormat(), config.logLevel());
        App app = App.start(config);
        Shutdown.onSignal(app::drain);
        MemoryWatchdog.start();
        OpenFiles.check();
        if (BlockedPorts.contains(app.port())) {
            LoggerFactory.getLogger(Main.class)
                    .atWarn()
                    .addKeyValue("port", app.port())
                    .log(
                            "browsers refuse to open this port, which they keep for another protocol; choose one with --port");
        }
        Greeting greeting = new Greeting(config, app.port());
        if (config.logFormat() == Logging.Format.JSON) {
            LoggerFactory.getLogger(Main.class)
                    .atInfo()
                    .addKeyValue("version", ServeCommand.version())
                    .addKeyValue("url", greeting.url())
                    .addKeyValue("host", config.host())
                    .addKeyValue("port", app.port())
                    .addKeyValue("storage", greeting.storage())
                    .log("serving");
        } else {
            System.out.print(greeting.text());
            System.out.flush();
        }
    }

    private static void end(String sentence, int exitCode) {
        System.err.println("parley: " + sentence);
        Runtime.getRuntime().halt(exitCode);
    }
}
