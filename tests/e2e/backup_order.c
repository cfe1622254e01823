/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A preloaded library that writes down, in the file AR_TRACE, in which order a program writes, syncs and names a file whose name
 * ends in ".partial": "write", "sync", "name", and "directory" for the sync of a directory. AR_FAIL=WORD makes that call fail with EIO.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef __USE_FILE_OFFSET64
#define WRITE_AT pwrite
#else
#define WRITE_AT pwrite64
#endif

static int partial(const char *path)
{
	static const char suffix[] = ".partial";
	const size_t length = strlen(path);

	return length >= sizeof(suffix) && strcmp(path + length - sizeof(suffix) + 1, suffix) == 0;
}

static int partial_fd(int fd)
{
	char name[64];
	char path[4096];

	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	const ssize_t length = readlink(name, path, sizeof(path) - 1);
	if (length < 0) {
		return 0;
	}
	path[length] = '\0';
	return partial(path);
}

/* True when the call may go on. */
static int note(const char *word)
{
	const char *fails = getenv("AR_FAIL");
	const char *path = getenv("AR_TRACE");
	const int trace = open(path != NULL ? path : "/dev/null", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	const int good = dprintf(trace, "%s\n", word) > 0;

	close(trace);
	if (!good) {
		_exit(99);
	}
	errno = EIO;
	return fails == NULL || strcmp(fails, word) != 0;
}

ssize_t WRITE_AT(int fd, const void *bytes, size_t length, off64_t offset)
{
	return !partial_fd(fd) || note("write") ? syscall(SYS_pwrite64, fd, bytes, length, offset) : -1;
}

int fsync(int fd)
{
	struct stat status;
	const char *word = partial_fd(fd) ? "sync" : fstat(fd, &status) == 0 && S_ISDIR(status.st_mode) ? "directory" : NULL;

	return word == NULL || note(word) ? (int)syscall(SYS_fsync, fd) : -1;
}

int renameat2(int from_directory, const char *from, int to_directory, const char *to, unsigned flags)
{
	return !partial(from) || note("name") ? (int)syscall(SYS_renameat2, from_directory, from, to_directory, to, flags) : -1;
}
