/* SPDX-License-Identifier: Apache-2.0 */
#include "store/clock_marker.h"

#include "store/file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* "1 BOOT REAL_US BOOT_US end\n": the last word tells a whole marker from one whose writing was cut short. */
enum { MARKER_SIZE = 128 };

static const char marker_begin[] = "1 ";
static const char marker_end[] = "end\n";
static const int64_t number_max = INT64_C(253402300800000000); /* the year 10000 */

static bool marker_path(const char *database, char ret_path[PATH_MAX], struct err *err)
{
	if (!store_file_resolve(database, ret_path, err)) {
		return false;
	}
	const size_t length = strlen(ret_path); /* store_file_resolve leaves room for a suffix */
	(void)snprintf(ret_path + length, PATH_MAX - length, ".clock");
	return true;
}

/* Up to SIZE - 1 bytes of a small file, NUL-terminated; false when it cannot be read. */
static bool read_small(const char *path, char *bytes, size_t size)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0) {
		return false;
	}
	const ssize_t length = read(fd, bytes, size - 1);
	const int cause = errno;
	close(fd);
	errno = cause;
	bytes[length > 0 ? length : 0] = '\0';
	return length >= 0;
}

void clock_marker_name_boot(char ret_boot[BOOT_ID_SIZE])
{
	static const char digits[] = "0123456789abcdef-";

	if (!read_small("/proc/sys/kernel/random/boot_id", ret_boot, BOOT_ID_SIZE) ||
	    strspn(ret_boot, digits) != BOOT_ID_SIZE - 1) {
		(void)snprintf(ret_boot, BOOT_ID_SIZE, "unknown");
	}
}

bool clock_marker_write(const char *database, const struct clock_marker *marker, struct err *err)
{
	char path[PATH_MAX];
	char text[MARKER_SIZE];

	if (!marker_path(database, path, err)) {
		return false;
	}
	const int length = snprintf(text, sizeof(text), "%s%s %" PRId64 " %" PRId64 " %s", marker_begin, marker->boot,
				    marker->good.real_us, marker->good.boot_us, marker_end);
	const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
	/* Half a marker is one as well: it is not undone. */
	const bool good = fd >= 0 && fchmod(fd, 0600) == 0 && write(fd, text, (size_t)length) == length && fsync(fd) == 0;
	const int cause = errno;
	if (fd >= 0) {
		close(fd);
	}
	if (!good) {
		return err_set(err, ERR_STORE, "%s: %s", path, strerror(cause));
	}
	return store_file_sync_directory(path, err);
}

bool clock_marker_remove(const char *database, struct err *err)
{
	char path[PATH_MAX];

	if (!marker_path(database, path, err)) {
		return false;
	}
	if (unlink(path) != 0) {
		return errno == ENOENT || err_set(err, ERR_STORE, "%s: %s", path, strerror(errno));
	}
	return store_file_sync_directory(path, err);
}

/* A number and the space after it. */
static bool take_number(const char **at, int64_t *ret_number)
{
	char *end = NULL;

	errno = 0;
	*ret_number = strtoll(*at, &end, 10);
	if (errno != 0 || end == *at || *end != ' ' || *ret_number < 0 || *ret_number > number_max) {
		return false;
	}
	*at = end + 1;
	return true;
}

static bool parse(const char *text, struct clock_marker *ret_marker)
{
	const size_t begin = sizeof(marker_begin) - 1;

	*ret_marker = (struct clock_marker){.good = {0}};
	if (strncmp(text, marker_begin, begin) != 0) {
		return false;
	}
	const char *at = text + begin;
	const size_t length = strcspn(at, " \n");
	if (length == 0 || length >= BOOT_ID_SIZE || at[length] != ' ') {
		return false;
	}
	memcpy(ret_marker->boot, at, length);
	at += length + 1;
	return take_number(&at, &ret_marker->good.real_us) && take_number(&at, &ret_marker->good.boot_us) &&
	       strcmp(at, marker_end) == 0;
}

enum clock_marker_found clock_marker_read(const char *database, struct clock_marker *ret_marker)
{
	char path[PATH_MAX];
	char text[MARKER_SIZE];
	struct err err = {.code = ERR_NONE};

	if (!marker_path(database, path, &err)) {
		return CLOCK_MARKER_UNREADABLE;
	}
	if (!read_small(path, text, sizeof(text))) {
		return errno == ENOENT ? CLOCK_MARKER_NONE : CLOCK_MARKER_UNREADABLE;
	}
	return parse(text, ret_marker) ? CLOCK_MARKER_READ : CLOCK_MARKER_UNREADABLE;
}
