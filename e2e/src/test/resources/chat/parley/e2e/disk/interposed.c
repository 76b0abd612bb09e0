/* The functions that stand in place of the system library's: each notes what it is about to do, then does it. */
#include "journal.h"
#include <stdarg.h>
#include <stdio.h>
#include <sys/uio.h>

static ssize_t write_at(int fd, const void *new, size_t count, int64_t offset) {
    struct stat stat;
    int whole = offset >= 0 ? 0 : 1;
    if (!watched_file(fd, &stat)) return whole ? syscall(SYS_write, fd, new, count) : syscall(SYS_pwrite64, fd, new, count, offset);
    lock();
    fstat(fd, &stat);
    uint64_t place = !whole ? (uint64_t)offset : fcntl(fd, F_GETFL) & O_APPEND ? (uint64_t)stat.st_size : (uint64_t)lseek(fd, 0, SEEK_CUR);
    note_write(fd, &stat, new, count, place);
    ssize_t done = whole ? syscall(SYS_write, fd, new, count) : syscall(SYS_pwrite64, fd, new, count, offset);
    int error = errno;
    unlock();
    errno = error;
    return done;
}

/* Piece by piece; who calls these takes less than all for an answer. */
static ssize_t write_pieces(int fd, const struct iovec *pieces, int count, int64_t offset) {
    ssize_t all = 0;
    for (int i = 0; i < count; i++) {
        ssize_t done = write_at(fd, pieces[i].iov_base, pieces[i].iov_len, offset < 0 ? -1 : offset + all);
        if (done < 0) return all ? all : done;
        all += done;
        if ((size_t)done < pieces[i].iov_len) break;
    }
    return all;
}

ssize_t write(int fd, const void *new, size_t count) { return write_at(fd, new, count, -1); }
ssize_t pwrite(int fd, const void *new, size_t count, off_t offset) { return write_at(fd, new, count, offset); }
ssize_t pwrite64(int fd, const void *new, size_t count, off_t offset) { return write_at(fd, new, count, offset); }
ssize_t writev(int fd, const struct iovec *pieces, int count) {
    struct stat stat;
    return watched_file(fd, &stat) ? write_pieces(fd, pieces, count, -1) : syscall(SYS_writev, fd, pieces, count);
}
ssize_t pwritev(int fd, const struct iovec *pieces, int count, off_t offset) { return write_pieces(fd, pieces, count, offset); }
ssize_t pwritev64(int fd, const struct iovec *pieces, int count, off_t offset) { return write_pieces(fd, pieces, count, offset); }

int ftruncate(int fd, off_t length) {
    struct stat stat;
    if (!watched_file(fd, &stat)) return syscall(SYS_ftruncate, fd, length);
    lock();
    fstat(fd, &stat);
    note_length(fd, &stat, length);
    int done = syscall(SYS_ftruncate, fd, length), error = errno;
    unlock();
    errno = error;
    return done;
}
int ftruncate64(int fd, off_t length) { return ftruncate(fd, length); }

int fallocate(int fd, int mode, off_t offset, off_t length) {
    struct stat stat;
    if (mode || !watched_file(fd, &stat)) return syscall(SYS_fallocate, fd, mode, offset, length);
    lock();
    fstat(fd, &stat);
    if (offset + length > stat.st_size) note_length(fd, &stat, offset + length);
    int done = syscall(SYS_fallocate, fd, mode, offset, length), error = errno;
    unlock();
    errno = error;
    return done;
}
int posix_fallocate(int fd, off_t offset, off_t length) { return fallocate(fd, 0, offset, length) ? errno : 0; }
int posix_fallocate64(int fd, off_t offset, off_t length) { return posix_fallocate(fd, offset, length); }

/*
 * Notes when it begins, since only what was written by then is durable once it has ended. Nothing here depends on the real disk, so
 * that is left alone; but a sync takes a moment, in which who does not wait for it is found out.
 */
int fsync(int fd) {
    struct stat stat;
    if (!watched(fd, &stat)) return syscall(SYS_fsync, fd);
    lock();
    struct entry entry = {.kind = SYNC_BEGUN, .file = stat.st_ino, .tag = new_tag()};
    note(&entry, NULL, NULL, NULL, NULL);
    unlock();
    usleep(500);
    lock();
    entry.kind = SYNC_ENDED;
    note(&entry, NULL, NULL, NULL, NULL);
    unlock();
    return 0;
}
int fdatasync(int fd) {
    struct stat stat;
    return watched(fd, &stat) ? fsync(fd) : syscall(SYS_fdatasync, fd);
}

static int open_file(int at, const char *path, int flags, int mode) {
    char name[PATH_MAX];
    uint64_t parent;
    if (!(flags & (O_CREAT | O_TRUNC)) || (flags & O_TMPFILE) == O_TMPFILE || (at != AT_FDCWD && path[0] != '/') ||
        !whole_name(path, name, &parent)) return syscall(SYS_openat, at, path, flags, mode);
    lock();
    struct stat stat_of;
    int there = stat(name, &stat_of) == 0;
    if (there && flags & O_TRUNC && S_ISREG(stat_of.st_mode)) {
        int old = syscall(SYS_openat, AT_FDCWD, name, O_RDONLY | O_CLOEXEC);
        if (old >= 0) note_length(old, &stat_of, 0);
        syscall(SYS_close, old);
    }
    int fd = syscall(SYS_openat, at, path, flags, mode), error = errno;
    if (fd >= 0 && !there && fstat(fd, &stat_of) == 0) {
        struct entry entry = {.kind = CREATE, .file = stat_of.st_ino, .folder = parent};
        note(&entry, NULL, NULL, name, NULL);
    }
    unlock();
    errno = error;
    return fd;
}

#define OPEN(name)                                                     \
    int name(const char *path, int flags, ...) {                       \
        va_list rest;                                                  \
        va_start(rest, flags);                                         \
        int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, int) : 0; \
        va_end(rest);                                                  \
        return open_file(AT_FDCWD, path, flags, mode);                 \
    }
#define OPENAT(name)                                                   \
    int name(int at, const char *path, int flags, ...) {               \
        va_list rest;                                                  \
        va_start(rest, flags);                                         \
        int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, int) : 0; \
        va_end(rest);                                                  \
        return open_file(at, path, flags, mode);                       \
    }
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)
int creat(const char *path, mode_t mode) { return open_file(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

static int unlink_file(int at, const char *path, int flags) {
    char name[PATH_MAX];
    uint64_t parent;
    struct stat stat;
    if (flags || (at != AT_FDCWD && path[0] != '/') || !whole_name(path, name, &parent)) return syscall(SYS_unlinkat, at, path, flags);
    lock();
    if (lstat(name, &stat) == 0 && S_ISREG(stat.st_mode)) note_gone(name, parent, &stat);
    int done = syscall(SYS_unlinkat, at, path, flags), error = errno;
    unlock();
    errno = error;
    return done;
}
int unlink(const char *path) { return unlink_file(AT_FDCWD, path, 0); }
int unlinkat(int at, const char *path, int flags) { return unlink_file(at, path, flags); }

static int rename_file(int from_at, const char *from, int to_at, const char *to, unsigned flags) {
    char old_name[PATH_MAX], new_name[PATH_MAX];
    uint64_t old_parent, new_parent;
    struct stat stat, replaced;
    int plain = (from_at == AT_FDCWD || from[0] == '/') && (to_at == AT_FDCWD || to[0] == '/');
    if (!plain || !whole_name(from, old_name, &old_parent) || !whole_name(to, new_name, &new_parent) ||
        lstat(old_name, &stat) < 0 || !S_ISREG(stat.st_mode)) return syscall(SYS_renameat2, from_at, from, to_at, to, flags);
    lock();
    if (!(flags & RENAME_NOREPLACE) && lstat(new_name, &replaced) == 0) note_gone(new_name, new_parent, &replaced);
    struct entry entry = {.kind = RENAME, .file = stat.st_ino, .folder = new_parent};
    note(&entry, NULL, NULL, old_name, new_name);
    int done = syscall(SYS_renameat2, from_at, from, to_at, to, flags), error = errno;
    unlock();
    errno = error;
    return done;
}
int rename(const char *from, const char *to) { return rename_file(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int from_at, const char *from, int to_at, const char *to) { return rename_file(from_at, from, to_at, to, 0); }
int renameat2(int from_at, const char *from, int to_at, const char *to, unsigned flags) {
    return rename_file(from_at, from, to_at, to, flags);
}
