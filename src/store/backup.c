/* SPDX-License-Identifier: Apache-2.0 */
#include "store/backup.h"

#include "store/db.h"
#include "store/file.h"
#include "store/migrate.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Pages between two questions whether to stop: four megabytes. */
enum { STEP_PAGES = 1024, CACHE_KIB = 4096 };

/* Where the header of a file has the versions of its format. */
enum { FORMAT_OFFSET = 18 };

struct work {
	char target[PATH_MAX];
	char partial[PATH_MAX];
	int fd; /* of PARTIAL, locked */
	struct db from;
	struct db to;
};

static bool exists(const char *path)
{
	struct stat status;

	return lstat(path, &status) == 0;
}

/* A log that lies about would be played into the copy by whoever opens it. */
static bool check_free(const char *target, struct err *err)
{
	static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
	char path[PATH_MAX];

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		(void)snprintf(path, sizeof(path), "%.*s%s", PATH_MAX - 16, target, suffixes[i]);
		if (exists(path)) {
			return err_set(err, ERR_CONFIG, "%s exists already; name a file that does not", path);
		}
	}
	return true;
}

/* The file is ours alone once it is locked and still has its name: another copy may have finished and renamed it. */
static bool own(int fd, const char *path)
{
	struct stat opened;
	struct stat named;

	return flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &opened) == 0 && lstat(path, &named) == 0 &&
	       opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

static bool open_partial(struct work *work, struct err *err)
{
	work->fd = open(work->partial, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
	if (work->fd < 0) {
		return err_set(err, ERR_CONFIG, "%s: %s", work->partial, strerror(errno));
	}
	if (!own(work->fd, work->partial)) {
		close(work->fd);
		return err_set(err, ERR_CONFIG, "%s is being written by another process", work->partial);
	}
	if (fchmod(work->fd, 0600) == 0 && ftruncate(work->fd, 0) == 0) {
		return true;
	}
	err_set(err, ERR_STORE, "%s: %s", work->partial, strerror(errno));
	close(work->fd);
	return false;
}

/*
 * The transaction holds one instant of the records for as long as the copy takes; the daemon goes on writing. One that has no records yet is
 * refused: its copy would be taken for one.
 */
static bool open_source(struct work *work, const char *path, struct err *err)
{
	char resolved[PATH_MAX];
	struct schema_change change;

	if (!store_file_resolve(path, resolved, err) || !db_open_bare(&work->from, resolved, CACHE_KIB, err)) {
		return false;
	}
	if (!db_execute(&work->from, "BEGIN", err) || !migrate_plan(&work->from, &change, err)) {
		return err_wrap(err, "%s", path);
	}
	return change.from > 0 || err_set(err, ERR_CONFIG, "%s holds no records", path);
}

/* Nothing is synced or undone on the way: the file counts only once it has its name. */
static bool open_target(struct work *work, struct err *err)
{
	const int code = sqlite3_open_v2(
		work->partial, &work->to.handle,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE, NULL);
	if (code != SQLITE_OK) {
		return err_set(err, ERR_STORE, "cannot open %s: %s", work->partial, sqlite3_errstr(code));
	}
	return db_execute(&work->to, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA mmap_size = 0;", err);
}

static bool copy_pages(struct work *work, bool (*stop)(void), struct err *err)
{
	sqlite3_backup *pages = sqlite3_backup_init(work->to.handle, "main", work->from.handle, "main");
	bool stopped = false;
	int code = SQLITE_OK;

	if (pages == NULL) {
		return db_fail(&work->to, sqlite3_extended_errcode(work->to.handle), err);
	}
	while (code == SQLITE_OK && !stopped) {
		errno = 0;
		code = sqlite3_backup_step(pages, STEP_PAGES);
		stopped = stop();
	}
	const int cause = errno;
	const int end = sqlite3_backup_finish(pages);
	if (code == SQLITE_DONE && end == SQLITE_OK) {
		return true;
	}
	if (stopped && code == SQLITE_OK) {
		return err_set(err, ERR_BUSY, "stopped before it was whole; nothing is left behind");
	}
	errno = cause;
	return db_fail(&work->to, code == SQLITE_DONE ? end : code, err) || err_wrap(err, "copying to %s", work->target);
}

/* Their numbers have no gap. */
static bool count_events(struct work *work, int64_t *ret_events, struct err *err)
{
	struct arena *arena = arena_create();
	const char *text = NULL;
	const bool good = db_ask(&work->from, "SELECT ifnull(max(sequence), 0) FROM event", arena, &text, err);

	if (good) {
		*ret_events = text != NULL ? strtoll(text, NULL, 10) : 0;
	}
	arena_destroy(arena);
	return good;
}

/* Never over a file: some file systems have no rename that promises it, and there we look first. */
static bool give_name(const struct work *work, struct err *err)
{
	int result = renameat2(AT_FDCWD, work->partial, AT_FDCWD, work->target, RENAME_NOREPLACE);

	if (result != 0 && errno == EINVAL && !exists(work->target)) {
		result = rename(work->partial, work->target);
	}
	return result == 0 || err_set(err, ERR_STORE, "%s: %s", work->target, strerror(errno));
}

static bool copy(struct work *work, const char *path, bool (*stop)(void), struct backup *backup, struct err *err)
{
	const bool good = open_source(work, path, err) && open_target(work, err) && count_events(work, &backup->events, err) &&
			  copy_pages(work, stop, err);

	db_close(&work->to);
	db_close(&work->from);
	return good;
}

/*
 * The copy has no log: versions 1 of the file format (its bytes 18 and 19) say so, and whoever only reads it leaves nothing beside it. A daemon
 * gives it a log of its own when it opens it.
 */
static bool end_log(const struct work *work, struct err *err)
{
	static const unsigned char without[] = {1, 1};

	return pwrite(work->fd, without, sizeof(without), FORMAT_OFFSET) == (ssize_t)sizeof(without) ||
	       err_set(err, ERR_STORE, "%s: %s", work->partial, strerror(errno));
}

/* On the disk first, then named. */
static bool finish(struct work *work, struct backup *backup, struct err *err)
{
	struct stat status;

	if (!end_log(work, err)) {
		return false;
	}
	if (fsync(work->fd) != 0 || fstat(work->fd, &status) != 0) {
		return err_set(err, ERR_STORE, "%s: %s", work->partial, strerror(errno));
	}
	backup->bytes = status.st_size;
	if (!give_name(work, err)) {
		return false;
	}
	if (!store_file_sync_directory(work->target, err)) {
		(void)unlink(work->target);
		return false;
	}
	return true;
}

static bool name_target(struct work *work, const char *target, struct err *err)
{
	if (!store_file_resolve(target, work->target, err)) {
		return false;
	}
	const int length = snprintf(work->partial, sizeof(work->partial), "%s.partial", work->target);
	return (length >= 0 && length < PATH_MAX - 16) || err_set(err, ERR_CONFIG, "the path of %s is too long", target);
}

bool store_backup(const char *path, const char *target, bool (*stop)(void), struct backup *ret_backup, struct err *err)
{
	struct work work = {.fd = -1};
	struct backup backup = {.events = 0};

	if (!name_target(&work, target, err) || !check_free(work.target, err) || !open_partial(&work, err)) {
		return false;
	}
	const bool good = copy(&work, path, stop, &backup, err) && finish(&work, &backup, err);
	if (good) {
		*ret_backup = backup;
	} else {
		(void)unlink(work.partial);
	}
	close(work.fd);
	return good;
}
