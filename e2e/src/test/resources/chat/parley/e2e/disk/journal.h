/*
 * Stands between a program (LD_PRELOAD) and the files below one folder, and writes down what an undone power cut needs to know: what
 * each write replaced and by what, which names came and went, and what was synced. DiskJournal reads it and takes away what was not.
 *
 * FORGETFUL_FOLDER   the folder whose files are watched
 * FORGETFUL_JOURNAL  a folder on the same disk, for "journal", "power" (two bytes: once the first is not 0 the disk stands still; the
 *                    second is 1 once somebody waits for it) and what was deleted
 *
 * Not seen, and so never forgotten: what is written through mappings and through stdio, and folders.
 * System calls are made directly, so that this needs none of the functions that it replaces.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum kind { WRITE = 1, TRUNCATE, CREATE, RENAME, UNLINK, SYNC_BEGUN, SYNC_ENDED };

/* What each entry begins with; then come the old bytes, the new ones, a name and another one. In the machine's own order of bytes. */
struct entry {
    uint32_t kind, zeros; /* zeros: the new bytes are so many zeros and are left out */
    uint64_t file, folder, tag;
    uint64_t offset, length; /* length: of the whole file before */
    uint32_t old_bytes, new_bytes, name, other_name;
};

/* One operation at a time, among threads and among processes; none any more once the power is cut. */
void lock(void);
void unlock(void);

/* Whether this is an open file that is watched; of watched() a folder, too. They leave errno as it was. */
int watched(int fd, struct stat *stat);
int watched_file(int fd, struct stat *stat);

/* The whole name of what a path means, whether it is there or not, and the number of its folder; 0 where it is not watched. */
int whole_name(const char *path, char name[PATH_MAX], uint64_t *parent);

/* To be called with the lock, before it is done. */
void note(struct entry *entry, const void *old, const void *new, const char *name, const char *other);
void note_write(int fd, const struct stat *stat, const void *new, size_t count, uint64_t offset);
void note_length(int fd, const struct stat *stat, uint64_t length);
/* Keeps the file whose name goes, and with it its number, by a second name. */
void note_gone(const char *name, uint64_t parent, const struct stat *stat);
uint64_t new_tag(void);
