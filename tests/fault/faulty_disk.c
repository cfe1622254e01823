/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A preloaded library that makes writes and syncs fail, as a disk would: those of files that lie in the directory AR_PLACE are counted, and some
 * of them fail. The file AR_DISK says which, and may be written while the program runs: see struct orders. Half of what a failed write was to
 * write reaches the file all the same.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* SQLite calls pwrite64; where off_t has 64 bits the plain name is declared as that very symbol. */
#ifdef __USE_FILE_OFFSET64
#define WRITE_AT pwrite
#else
#define WRITE_AT pwrite64
#endif

/* Calls FIRST to LAST of a kind fail with ERROR; 0: none. Numbers of 64 bits in the machine's order. */
struct order {
	int64_t count;
	int64_t first;
	int64_t last;
	int64_t error;
	int64_t failed;
};

struct orders {
	struct order write;
	struct order sync;
};

static struct orders *orders;

__attribute__((constructor)) static void read_orders(void)
{
	const char *path = getenv("AR_DISK");
	const int fd = path != NULL ? open(path, O_RDWR | O_CLOEXEC) : -1;

	if (fd < 0) {
		_exit(99);
	}
	void *page = mmap(NULL, sizeof(*orders), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (page == MAP_FAILED) {
		_exit(99);
	}
	orders = page;
	close(fd);
}

static int concerns(int fd)
{
	char name[64];
	char path[4096];
	const char *place = getenv("AR_PLACE");

	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	const ssize_t length = readlink(name, path, sizeof(path) - 1);
	return orders != NULL && place != NULL && length >= (ssize_t)strlen(place) && strncmp(path, place, strlen(place)) == 0;
}

/* Counts a call; 0, or the error with which it fails. */
static int count(struct order *order)
{
	const int64_t n = __atomic_add_fetch(&order->count, 1, __ATOMIC_SEQ_CST);

	if (order->first == 0 || n < order->first || n > order->last) {
		return 0;
	}
	__atomic_add_fetch(&order->failed, 1, __ATOMIC_SEQ_CST);
	return (int)order->error;
}

ssize_t WRITE_AT(int fd, const void *bytes, size_t length, off64_t offset)
{
	const int error = concerns(fd) ? count(&orders->write) : 0;

	if (error == 0) {
		return syscall(SYS_pwrite64, fd, bytes, length, offset);
	}
	(void)syscall(SYS_pwrite64, fd, bytes, length / 2, offset);
	errno = error;
	return -1;
}

static int sync_file(long call, int fd)
{
	const int error = concerns(fd) ? count(&orders->sync) : 0;

	if (error == 0) {
		return (int)syscall(call, fd);
	}
	errno = error;
	return -1;
}

int fdatasync(int fd)
{
	return sync_file(SYS_fdatasync, fd);
}

int fsync(int fd)
{
	return sync_file(SYS_fsync, fd);
}
