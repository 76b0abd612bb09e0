#include "journal.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/uio.h>

static char folder[PATH_MAX], journal_folder[PATH_MAX];
static size_t folder_length;
static int journal = -1;
static volatile char *power;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static uint64_t tags;

static long sys_open(const char *path, int flags, int mode) { return syscall(SYS_openat, AT_FDCWD, path, flags, mode); }
static void sys_close(int fd) { syscall(SYS_close, fd); }

/* Out of the way of what programs number themselves, and gone in programs that this one starts. */
static int kept_open(const char *name, int flags) {
    char path[PATH_MAX + 32];
    snprintf(path, sizeof path, "%s/%s", journal_folder, name);
    int fd = sys_open(path, flags | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0) return -1;
    int high = fcntl(fd, F_DUPFD_CLOEXEC, 900);
    sys_close(fd);
    return high;
}

__attribute__((constructor)) static void begin(void) {
    const char *watched = getenv("FORGETFUL_FOLDER"), *side = getenv("FORGETFUL_JOURNAL");
    if (!watched || !side || !realpath(watched, folder) || !realpath(side, journal_folder)) return;
    folder_length = strlen(folder);
    int control = kept_open("power", O_RDWR);
    void *mapped = mmap(NULL, 2, PROT_READ | PROT_WRITE, MAP_SHARED, control, 0);
    int opened = kept_open("journal", O_RDWR | O_APPEND);
    if (control < 0 || mapped == MAP_FAILED || opened < 0) {
        dprintf(2, "forgetful disk: no journal in %s: %s\n", side, strerror(errno));
        _exit(99);
    }
    sys_close(control);
    power = mapped;
    journal = opened;
}

void lock(void) {
    pthread_mutex_lock(&turn);
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    while (fcntl(journal, F_SETLKW, &whole) < 0 && errno == EINTR) {}
    while (power[0]) {
        power[1] = 1;
        pause();
    }
}

void unlock(void) {
    struct flock whole = {.l_type = F_UNLCK, .l_whence = SEEK_SET};
    fcntl(journal, F_SETLK, &whole);
    pthread_mutex_unlock(&turn);
}

void note(struct entry *entry, const void *old, const void *new, const char *name, const char *other) {
    entry->name = name ? strlen(name) : 0;
    entry->other_name = other ? strlen(other) : 0;
    struct iovec parts[] = {
        {entry, sizeof *entry}, {(void *)old, entry->old_bytes}, {(void *)new, entry->new_bytes},
        {(void *)name, entry->name}, {(void *)other, entry->other_name}};
    size_t all = 0;
    for (int i = 0; i < 5; i++) all += parts[i].iov_len;
    if (syscall(SYS_writev, journal, parts, 5) != (long)all) {
        dprintf(2, "forgetful disk: the journal could not be written: %s\n", strerror(errno));
        _exit(99);
    }
}

static int below(const char *path) {
    return strncmp(path, folder, folder_length) == 0 && path[folder_length] == '/';
}

static int is_watched(int fd, struct stat *stat) {
    char path[PATH_MAX];
    if (journal < 0 || fd < 0 || fstat(fd, stat) < 0 || !(S_ISREG(stat->st_mode) || S_ISDIR(stat->st_mode))) return 0;
    char link[40];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return below(path) || (S_ISDIR(stat->st_mode) && strcmp(path, folder) == 0);
}

int watched(int fd, struct stat *stat) {
    int error = errno, yes = is_watched(fd, stat);
    errno = error;
    return yes;
}

int watched_file(int fd, struct stat *stat) { return watched(fd, stat) && S_ISREG(stat->st_mode); }

int whole_name(const char *path, char name[PATH_MAX], uint64_t *parent) {
    char copy[PATH_MAX], real[PATH_MAX];
    struct stat stat_of;
    if (journal < 0 || strlen(path) >= sizeof copy) return 0;
    strcpy(copy, path);
    char *slash = strrchr(copy, '/');
    const char *last = slash ? slash + 1 : copy, *dir = slash == copy ? "/" : slash ? copy : ".";
    if (slash && slash != copy) *slash = 0;
    if (!realpath(dir, real) || stat(real, &stat_of) < 0) return 0;
    *parent = stat_of.st_ino;
    return snprintf(name, PATH_MAX, "%s/%s", real, last) < PATH_MAX && below(name);
}

/*
 * What stands in an open file. One that is open for writing only is opened once more, and no other: closing that would let go of the
 * locks that its program has on the file.
 */
static char *bytes_of(int fd, uint64_t offset, size_t count, uint32_t *found) {
    char link[40], *bytes = malloc(count ? count : 1);
    int reader = fd;
    if ((fcntl(fd, F_GETFL) & O_ACCMODE) == O_WRONLY) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        reader = sys_open(link, O_RDONLY | O_CLOEXEC, 0);
    }
    *found = 0;
    while (*found < count) {
        ssize_t n = pread(reader, bytes + *found, count - *found, offset + *found);
        if (n <= 0) break;
        *found += n;
    }
    if (reader != fd) sys_close(reader);
    return bytes;
}

void note_write(int fd, const struct stat *stat, const void *new, size_t count, uint64_t offset) {
    struct entry entry = {.kind = WRITE, .file = stat->st_ino, .offset = offset, .length = stat->st_size, .new_bytes = count};
    char *old = bytes_of(fd, offset, count, &entry.old_bytes);
    const char *bytes = new;
    if (count && !bytes[0] && !memcmp(bytes, bytes + 1, count - 1)) {
        entry.zeros = count;
        entry.new_bytes = 0;
    }
    note(&entry, old, new, NULL, NULL);
    free(old);
}

void note_length(int fd, const struct stat *stat, uint64_t length) {
    struct entry entry = {.kind = TRUNCATE, .file = stat->st_ino, .offset = length, .length = stat->st_size};
    char *old = bytes_of(fd, length, (uint64_t)stat->st_size > length ? stat->st_size - length : 0, &entry.old_bytes);
    note(&entry, old, NULL, NULL, NULL);
    free(old);
}

void note_gone(const char *name, uint64_t parent, const struct stat *stat) {
    char kept[PATH_MAX + 64];
    snprintf(kept, sizeof kept, "%s/gone-%llx", journal_folder, (unsigned long long)new_tag());
    if (syscall(SYS_linkat, AT_FDCWD, name, AT_FDCWD, kept, 0) < 0) return;
    struct entry entry = {.kind = UNLINK, .file = stat->st_ino, .folder = parent};
    note(&entry, NULL, NULL, name, kept);
}

uint64_t new_tag(void) { return ((uint64_t)getpid() << 32) | ++tags; }
