/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A preloaded library that records, in order, what a store asks of the disk and what it acknowledges. The file
 * AR_TRACE gets the lines
 *   W            a write to the write-ahead log      I NAME   an acknowledgement's name found in that write
 *   C            the next write ends a transaction
 *   B FILE       a sync of FILE begins               E FILE   it has succeeded                F FILE   it has failed
 *   A NAME       an acknowledgement is about to be given
 * An acknowledgement is a line on standard output, "req_... VERSION"; with AR_ACK=http it is an answer 201 on a
 * socket, and its name the id of the request that was made.
 * AR_FAIL=FILE:N makes the Nth sync of FILE fail with EIO, as a disk would. FILE is "log" or "file".
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	ID_LENGTH = 30, /* "req_" and 26 characters */
	NAME_LENGTH = 32, /* the same, a space and a digit */
	LOG_HEADER = 32, /* of the write-ahead log: https://www.sqlite.org/fileformat.html, 4.1 */
	FRAME_HEADER = 24
};

enum kind { KIND_OTHER, KIND_LOG, KIND_FILE };

/* SQLite calls pwrite64; where off_t has 64 bits the plain name is declared as that very symbol. */
#ifdef __USE_FILE_OFFSET64
#define WRITE_AT pwrite
#else
#define WRITE_AT pwrite64
#endif

/* The trace has one order for all threads: what is recorded and what is done happen under one lock. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int trace = -1;
static long syncs[KIND_FILE + 1];

static void record(const char *format, const char *first)
{
	char line[128];

	const int length = snprintf(line, sizeof(line), format, first);
	if (trace < 0) {
		const char *path = getenv("AR_TRACE");
		trace = open(path != NULL ? path : "/dev/null", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	}
	if (syscall(SYS_write, trace, line, (size_t)length) != length) {
		_exit(99);
	}
}

static enum kind kind_of(int fd)
{
	char name[64];
	char path[4096];

	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	const ssize_t length = readlink(name, path, sizeof(path) - 1);
	if (length < 4) {
		return KIND_OTHER;
	}
	path[length] = '\0';
	if (strcmp(path + length - 4, "-wal") == 0) {
		return KIND_LOG;
	}
	return strcmp(path + length - 3, ".db") == 0 ? KIND_FILE : KIND_OTHER;
}

static const char *kind_name(enum kind kind)
{
	return kind == KIND_LOG ? "log" : "file";
}

static int by_http(void)
{
	const char *way = getenv("AR_ACK");

	return way != NULL && strcmp(way, "http") == 0;
}

static void record_name(const char *format, const char *bytes, size_t length)
{
	char name[NAME_LENGTH + 1];

	memcpy(name, bytes, length);
	name[length] = '\0';
	record(format, name);
}

static void record_names(const char *bytes, size_t length)
{
	const char *end = bytes + length;
	const int http = by_http();
	const ptrdiff_t needed = http ? ID_LENGTH : NAME_LENGTH;

	for (const char *at = bytes; (at = memmem(at, (size_t)(end - at), "req_", 4)) != NULL; at += 4) {
		if (end - at >= needed && (http || at[ID_LENGTH] == ' ')) {
			record_name("I %s\n", at, (size_t)needed);
		}
	}
}

/* A frame header that says how large the file is after it belongs to the last frame of a transaction. */
static int ends_transaction(const char *bytes, size_t length, off64_t offset)
{
	static const char none[4];

	return length == FRAME_HEADER && offset >= LOG_HEADER && memcmp(bytes + sizeof(none), none, sizeof(none)) != 0;
}

static ssize_t write_log(int fd, const void *bytes, size_t length, off64_t offset)
{
	if (kind_of(fd) != KIND_LOG) {
		return syscall(SYS_pwrite64, fd, bytes, length, offset);
	}
	pthread_mutex_lock(&lock);
	const ssize_t written = syscall(SYS_pwrite64, fd, bytes, length, offset);
	const int cause = errno;
	record("W%s\n", "");
	if (ends_transaction(bytes, length, offset)) {
		record("C%s\n", "");
	}
	record_names(bytes, length);
	pthread_mutex_unlock(&lock);
	errno = cause;
	return written;
}

ssize_t WRITE_AT(int fd, const void *bytes, size_t length, off64_t offset)
{
	return write_log(fd, bytes, length, offset);
}

ssize_t write(int fd, const void *bytes, size_t length)
{
	if (fd == STDOUT_FILENO && length > NAME_LENGTH && !by_http()) {
		pthread_mutex_lock(&lock);
		record_name("A %s\n", bytes, NAME_LENGTH);
		pthread_mutex_unlock(&lock);
	}
	return syscall(SYS_write, fd, bytes, length);
}

/* The id stands in the head of the answer, in its Location. */
static void record_answer(const char *bytes, size_t length)
{
	static const char made[] = "HTTP/1.1 201";

	if (length < sizeof(made) || memcmp(bytes, made, sizeof(made) - 1) != 0) {
		return;
	}
	const char *id = memmem(bytes, length, "req_", 4);
	if (id != NULL && bytes + length - id >= ID_LENGTH) {
		pthread_mutex_lock(&lock);
		record_name("A %s\n", id, ID_LENGTH);
		pthread_mutex_unlock(&lock);
	}
}

ssize_t send(int fd, const void *bytes, size_t length, int flags)
{
	record_answer(bytes, length);
	return syscall(SYS_sendto, fd, bytes, length, flags, NULL, 0);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
	if (message->msg_iovlen > 0) {
		record_answer(message->msg_iov[0].iov_base, message->msg_iov[0].iov_len);
	}
	return syscall(SYS_sendmsg, fd, message, flags);
}

static int must_fail(enum kind kind)
{
	const char *order = getenv("AR_FAIL");
	const char *name = kind_name(kind);
	const size_t length = strlen(name);

	syncs[kind]++;
	return order != NULL && strncmp(order, name, length) == 0 && order[length] == ':' &&
	       strtol(order + length + 1, NULL, 10) == syncs[kind];
}

static int sync_file(long call, int fd)
{
	const enum kind kind = kind_of(fd);

	if (kind == KIND_OTHER) {
		return (int)syscall(call, fd);
	}
	pthread_mutex_lock(&lock);
	record("B %s\n", kind_name(kind));
	const int refused = must_fail(kind);
	pthread_mutex_unlock(&lock);
	const int result = refused ? -1 : (int)syscall(call, fd);
	const int cause = refused ? EIO : errno;
	pthread_mutex_lock(&lock);
	record(result == 0 ? "E %s\n" : "F %s\n", kind_name(kind));
	pthread_mutex_unlock(&lock);
	errno = cause;
	return result;
}

int fdatasync(int fd)
{
	return sync_file(SYS_fdatasync, fd);
}

int fsync(int fd)
{
	return sync_file(SYS_fsync, fd);
}
