package chat.parley.e2e;

import chat.parley.e2e.disk.ForgetfulDisk;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL, from the binaries that a Maven artifact ships, with fsync on, as people run it: what it committed must
 * outlive its being killed. Started by hand and not by the artifact's own starter, which turns fsync off and cannot start a
 * killed server again on its data.
 */
public final class PostgresServer implements AutoCloseable {
    static final String USER = "parley";
    static final String PASSWORD = "a word that passes";

    private static final AtomicInteger NEXT_DATABASE = new AtomicInteger();
    private static @Nullable Path binaries;

    private final List<String> otherUser;
    private final Path folder;
    private final int port;
    private final Thread cleanUp = new Thread(this::close);
    private final List<String> settings;
    private @Nullable ForgetfulDisk disk;
    private @Nullable Process process;
    private @Nullable Output output;

    private PostgresServer(List<String> settings) throws IOException {
        otherUser = OtherUser.prefix();
        folder = TestFolder.create("postgres");
        port = Port.free();
        this.settings = settings;
    }

    /** Makes a new, empty server and waits until it answers. */
    public static PostgresServer start() throws IOException {
        PostgresServer server = make(List.of("synchronous_commit=on"));
        server.startAgain();
        return server;
    }

    /**
     * Makes a new, empty server on a disk that forgets what was not synced, and waits until it answers. By itself it commits without
     * waiting for the disk.
     */
    static PostgresServer startForgetful() throws IOException {
        PostgresServer server = make(List.of("synchronous_commit=off"));
        server.disk = ForgetfulDisk.under(Path.of(server.data()));
        server.startAgain();
        return server;
    }

    private static PostgresServer make(List<String> settings) throws IOException {
        PostgresServer server = new PostgresServer(settings);
        Runtime.getRuntime().addShutdownHook(server.cleanUp);
        Path passwordFile = server.folder.resolve("password");
        Files.writeString(passwordFile, PASSWORD);
        server.run(
                bin("initdb"),
                "-D",
                server.data(),
                "-U",
                USER,
                "--auth=scram-sha-256",
                "--pwfile=" + passwordFile,
                "--encoding=UTF8",
                "--no-locale",
                "--no-sync");
        return server;
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /** Starts the server on its data, after {@link #kill} too, and waits until it answers. */
    public void startAgain() throws IOException {
        Wait.until(
                "PostgreSQL answers",
                Duration.ofSeconds(60),
                () -> {
                    if (process == null || !process.isAlive()) {
                        // Also after a kill, when the dead server's helpers may not have let go of its memory yet.
                        launch();
                    }
                    try (Connection connection = connect("postgres")) {
                        return connection.isValid(1);
                    }
                },
                () -> String.valueOf(output));
    }

    private void launch() throws IOException {
        List<String> command = new ArrayList<>(otherUser);
        if (disk != null) {
            command.add("env");
            disk.environment().forEach((name, value) -> command.add(name + "=" + value));
        }
        command.addAll(List.of(
                bin("postgres"),
                "-D",
                data(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=on",
                "-c",
                "shared_buffers=32MB",
                "-c",
                "max_connections=60"));
        settings.forEach(setting -> command.addAll(List.of("-c", setting)));
        Process started = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        output = new Output("postgres", started.getInputStream());
        process = started;
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?connectTimeout=2", USER, PASSWORD);
    }

    /** Makes a new database and gives its URL, user and password included. */
    public String newDatabase() throws IOException {
        String name = "chat" + NEXT_DATABASE.incrementAndGet();
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IOException("no database could be made", e);
        }
        return url(name, PASSWORD);
    }

    /** The URL of a database, whether it is there or not, for this password, right or wrong. */
    String url(String database, String password) {
        return "postgres://" + USER + ":" + password.replace(" ", "%20") + "@127.0.0.1:" + port + "/" + database;
    }

    /** Kills the server with {@code kill -9}: it saves nothing. */
    public void kill() {
        Process running = process;
        if (running != null) {
            // Its helpers would go on until they notice, and store what they had been asked to; and it must make no new
            // ones
            // while they are looked for.
            try {
                freeze();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            List<ProcessHandle> helpers = running.descendants().toList();
            running.destroyForcibly().onExit().join();
            helpers.forEach(ProcessHandle::destroyForcibly);
            helpers.forEach(helper -> helper.onExit().join());
        }
    }

    /** Cuts the power of its disk: the server is dead, and what was not synced is gone but for what the chance says. */
    void cutPower(@Nullable Random chance) {
        ForgetfulDisk cut = Objects.requireNonNull(disk, "its disk forgets nothing");
        try {
            cut.cutPower();
            kill();
            cut.forget(chance);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the server and all its helpers stand still: connections stay open, and nothing is answered any more. */
    public void freeze() throws IOException {
        signalAll(Signal.STOP);
    }

    /** Lets a frozen server go on. */
    public void thaw() throws IOException {
        signalAll(Signal.CONT);
    }

    private void signalAll(Signal signal) throws IOException {
        Process running = process;
        if (running != null) {
            signal.sendTo(running);
            for (ProcessHandle helper : running.descendants().toList()) {
                signal.sendTo(helper);
            }
        }
    }

    @Override
    public void close() {
        Process running = process;
        if (running != null && running.isAlive()) {
            try {
                // The quick way down; SIGKILL would leave the server's helpers to find out by themselves.
                Signal.QUIT.sendTo(running);
                awaitEnd(running);
            } catch (IOException e) {
                running.destroyForcibly();
            }
        }
        process = null;
    }

    private static void awaitEnd(Process process) throws IOException {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new IOException("process " + process.pid() + " did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void run(String... command) throws IOException {
        List<String> whole = new ArrayList<>(otherUser);
        whole.addAll(List.of(command));
        Process started = new ProcessBuilder(whole)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(started.getInputStream().readAllBytes());
        awaitEnd(started);
        if (started.exitValue() != 0) {
            throw new IOException(String.join(" ", whole) + " failed: " + said);
        }
    }

    private static String bin(String program) throws IOException {
        return unpacked().resolve("bin").resolve(program).toString();
    }

    private static synchronized Path unpacked() throws IOException {
        Path folder = binaries;
        if (folder == null) {
            folder = TestFolder.create("postgres-binaries");
            unpack(folder);
            binaries = folder;
        }
        return folder;
    }

    private static void unpack(Path folder) throws IOException {
        String architecture = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        String name = "/postgres-linux-" + architecture + ".txz";
        InputStream packed = PostgresServer.class.getResourceAsStream(name);
        if (packed == null) {
            throw new IOException(name + " is not on the classpath: no PostgreSQL is shipped for this machine");
        }
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(target.resolveSibling("."));
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(target.resolveSibling("."));
                    Files.copy(tar, target);
                    boolean executable = (entry.getMode() & 0100) != 0;
                    Files.setPosixFilePermissions(
                            target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }
}
