package chat.parley.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.e2e.Api;
import chat.parley.e2e.Json;
import chat.parley.e2e.TestFolder;
import chat.parley.e2e.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Storage that is taken away under the server: nothing is acknowledged that is nowhere, and it is said that it is gone. */
class GoneStorageTest {
    @Test
    void withoutItsDataFolderNoPostIsAcknowledged() throws Exception {
        try (Target target = Target.start()) {
            Api guest = target.guest("nik");
            guest.say("4", "kept, for now");

            deleteAll(target.data());
            Files.delete(target.data());

            refusesPosts(target, guest);
        }
    }

    @Test
    void withoutItsFilesNoPostIsAcknowledged() throws Exception {
        try (Target target = Target.start()) {
            Api guest = target.guest("nik");
            guest.say("4", "kept, for now");

            deleteAll(target.data());

            refusesPosts(target, guest);
        }
    }

    @Test
    void withAnotherFileInItsPlaceNoPostIsAcknowledged() throws Exception {
        try (Target target = Target.start()) {
            Api guest = target.guest("nik");
            guest.say("4", "kept, for now");
            Path other = TestFolder.create("other");
            try (Stream<Path> files = Files.list(target.data())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, other.resolve(file.getFileName()));
                }
            }
            deleteAll(target.data());
            try (Stream<Path> files = Files.list(other)) {
                for (Path file : files.toList()) {
                    Files.copy(file, target.data().resolve(file.getFileName()));
                }
            }
            refusesPosts(target, guest);
        }
    }

    private static void refusesPosts(Target target, Api guest) throws Exception {
        for (int i = 0; i < 20; i++) {
            Api.Answer answer = guest.post(Api.messagesPath("4"), Json.of("text", "nowhere"));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
        }
        Wait.until("it says that it is not ready", () -> target.server().status("/readyz") == 503);
        assertThat(target.server().status("/healthz")).isEqualTo(200);
        assertThat(target.server().output()).doesNotContain("\tat ");
    }

    private static void deleteAll(Path folder) throws IOException {
        TestFolder.empty(folder);
    }
}
