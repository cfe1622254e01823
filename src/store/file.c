/* SPDX-License-Identifier: Apache-2.0 */
#include "store/file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* A command that changes a stopped daemon's tokens holds the lock for a moment: a daemon that starts just then must not be refused. */
enum { LOCK_TRIES = 20, LOCK_PAUSE_US = 50000 };

/*
 * SQLite compares no paths: a link in the directory part is resolved once, so that it can refuse links
 * altogether.
 */
bool store_file_resolve(const char *path, char ret_path[PATH_MAX], struct err *err)
{
	char directory[PATH_MAX];
	char name[PATH_MAX];
	char real[PATH_MAX];

	const size_t length = strlen(path);
	if (length == 0 || length >= PATH_MAX || path[length - 1] == '/') {
		return err_set(err, ERR_CONFIG, "\"%s\" is not the path of a file", path);
	}
	memcpy(directory, path, length + 1);
	memcpy(name, path, length + 1);
	if (realpath(dirname(directory), real) == NULL) {
		return err_set(err, ERR_CONFIG, "the directory of %s: %s", path, strerror(errno));
	}
	const int written = snprintf(ret_path, PATH_MAX, "%s/%s", strcmp(real, "/") == 0 ? "" : real, basename(name));
	if (written < 0 || written >= PATH_MAX - 8) {
		return err_set(err, ERR_CONFIG, "the path of %s is too long", path);
	}
	return true;
}

static bool check(int fd, const char *path, struct err *err)
{
	struct stat status;

	if (fstat(fd, &status) != 0) {
		return err_set(err, ERR_CONFIG, "%s: %s", path, strerror(errno));
	}
	if (!S_ISREG(status.st_mode)) {
		return err_set(err, ERR_CONFIG, "%s is not a regular file", path);
	}
	if (status.st_nlink != 1) {
		return err_set(err, ERR_CONFIG, "%s has a second name (hard link)", path);
	}
	if (status.st_uid != geteuid()) {
		return err_set(err, ERR_CONFIG, "%s belongs to another user", path);
	}
	if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
		return err_set(err, ERR_CONFIG, "%s may be accessed by others: mode %04o, 0600 is needed", path,
			       (unsigned)(status.st_mode & 07777));
	}
	return true;
}

/* An open descriptor of a file that may be used, or -1. */
static int open_checked(const char *path, int flags, struct err *err)
{
	const int fd = open(path, flags | O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);

	if (fd < 0) {
		err_set(err, ERR_CONFIG, "%s: %s", path, errno == ELOOP ? "is a symbolic link" : strerror(errno));
		return -1;
	}
	/* Only what this call has just created may still lack bits that the umask took. */
	if ((flags & O_EXCL) != 0 && fchmod(fd, 0600) != 0) {
		err_set(err, ERR_CONFIG, "%s: %s", path, strerror(errno));
		close(fd);
		return -1;
	}
	if (!check(fd, path, err)) {
		close(fd);
		return -1;
	}
	return fd;
}

static bool exists(const char *path)
{
	struct stat status;

	return lstat(path, &status) == 0;
}

static int open_or_create(const char *path, struct err *err)
{
	return open_checked(path, exists(path) ? 0 : O_CREAT | O_EXCL, err);
}

/* A new name is durable only once its directory is. */
bool store_file_sync_directory(const char *path, struct err *err)
{
	char copy[PATH_MAX];

	memcpy(copy, path, strlen(path) + 1);
	const int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	const bool good = fd >= 0 && fsync(fd) == 0;
	const int cause = errno;
	if (fd >= 0) {
		close(fd);
	}
	return good || err_set(err, ERR_STORE, "the directory of %s: %s", path, strerror(cause));
}

static void with_suffix(const char *path, const char *suffix, char result[PATH_MAX])
{
	(void)snprintf(result, PATH_MAX, "%.*s%s", PATH_MAX - 8, path, suffix);
}

static bool lock_patiently(int fd)
{
	for (int i = 1; flock(fd, LOCK_EX | LOCK_NB) != 0; i++) {
		if (errno != EWOULDBLOCK || i == LOCK_TRIES) {
			return false;
		}
		(void)usleep(LOCK_PAUSE_US);
	}
	return true;
}

static bool take_lock(struct store_file *file, struct err *err)
{
	char path[PATH_MAX];

	with_suffix(file->path, ".lock", path);
	file->lock = open_or_create(path, err);
	if (file->lock < 0) {
		return false;
	}
	if (!lock_patiently(file->lock)) {
		return err_set(err, ERR_CONFIG, "%s is in use by another process (%s)", file->path, strerror(errno));
	}
	return true;
}

/*
 * Descriptors of the database are closed before SQLite opens it: closing one later would drop SQLite's own
 * locks.
 */
static bool check_database(const char *path, struct err *err)
{
	static const char *const companions[] = {"-wal", "-shm"};
	char companion[PATH_MAX];

	const bool fresh = !exists(path);
	int fd = open_or_create(path, err);
	if (fd < 0) {
		return false;
	}
	close(fd);
	for (size_t i = 0; i < sizeof(companions) / sizeof(companions[0]); i++) {
		with_suffix(path, companions[i], companion);
		if (exists(companion)) {
			fd = open_checked(companion, 0, err);
			if (fd < 0) {
				return false;
			}
			close(fd);
		}
	}
	return !fresh || store_file_sync_directory(path, err);
}

bool store_file_claim(struct store_file *file, const char *path, struct err *err)
{
	file->lock = -1;
	if (store_file_resolve(path, file->path, err) && take_lock(file, err) && check_database(file->path, err)) {
		return true;
	}
	store_file_release(file);
	return false;
}

void store_file_release(struct store_file *file)
{
	if (file->lock >= 0) {
		close(file->lock);
		file->lock = -1;
	}
}
