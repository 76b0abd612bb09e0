package chat.parley.server.app;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What the operator reads once the server is up. */
record Greeting(Config config, int port) {
    /** Where a browser or a client on this machine finds the server. */
    String url() {
        String host = config.host();
        try {
            InetAddress address = InetAddress.getByName(host);
            if (address.isAnyLocalAddress() || address.isLoopbackAddress()) {
                return "http://localhost:" + port;
            }
        } catch (UnknownHostException e) {
            // It was known a moment ago; its name will do.
        }
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    String storage() {
        return switch (config.database()) {
            case Config.Database.Sqlite file ->
                config.data().toAbsolutePath().normalize().resolve("parley.db").toString();
            case Config.Database.Postgres server -> server.shownUrl();
        };
    }

    String text() {
        String blocked = BlockedPorts.contains(port)
                ? " (not in a browser: they all refuse port %d; choose one with --port)".formatted(port)
                : "";
        String join = port == 5000 ? "" : " --server " + url();
        return """

                Parley %s is running.

                  Open      %s%s
                  Join      bin/parley join lobby%s
                  Messages  %s

                Ctrl-C stops it.

                """.formatted(ServeCommand.version(), url(), blocked, join, storage());
    }
}
