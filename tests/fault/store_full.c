/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A disk that fills under load: store_full tmpfs|limit. Nothing is acknowledged that is not recorded, what
 * is refused is not there, reads go on, and writing goes on by itself once there is space. "tmpfs" is a real
 * full file system (in a mount namespace of its own; exit code 77 where that is not allowed), "limit" a
 * limit on the size of files.
 */
#include "submission.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

enum { COUNT = 3000, WINDOW = 64, SKIPPED = 77, FILLER = 8 << 20, LIMIT = 5 << 20 };

enum end { END_NONE, END_RECORDED, END_REFUSED, END_OTHER };

struct cell {
	_Atomic(enum end) end;
};

struct rig {
	char directory[256];
	char path[300];
	char filler[300];
	bool tmpfs;
	struct arena *arena;
	struct ident_source *source;
	struct store *store;
	struct store_reader *reader;
	struct submission *submissions; /* COUNT, each used once */
	struct cell *cells; /* how each has ended */
};

static void check(bool good, const char *what)
{
	if (!good) {
		fprintf(stderr, "NOT OK: %s\n", what);
		exit(1);
	}
	printf("ok: %s\n", what);
}

static void fatal(void *context, const struct err *err)
{
	(void)context;
	fprintf(stderr, "NOT OK: the store stopped: %s\n", err->detail);
	_exit(1);
}

/* ---- the disk ---- */

static bool write_text(const char *path, const char *text)
{
	const int fd = open(path, O_WRONLY | O_CLOEXEC);
	const bool good = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

	if (fd >= 0) {
		close(fd);
	}
	return good;
}

/*
 * Root needs no user namespace; others become root of their own. The group too must be known there: without
 * it no file can be made.
 */
static bool own_namespace(void)
{
	char user[64];
	char group[64];

	if (unshare(CLONE_NEWNS) == 0) {
		return true;
	}
	snprintf(user, sizeof(user), "0 %u 1", (unsigned)getuid());
	snprintf(group, sizeof(group), "0 %u 1", (unsigned)getgid());
	return unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0 && write_text("/proc/self/uid_map", user) &&
	       write_text("/proc/self/setgroups", "deny") && write_text("/proc/self/gid_map", group);
}

static void mount_small(const struct rig *rig)
{
	if (!own_namespace() || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
	    mount("tmpfs", rig->directory, "tmpfs", 0, "size=14m,mode=0700") != 0) {
		fprintf(stderr, "a file system cannot be mounted here: %s\n", strerror(errno));
		rmdir(rig->directory);
		exit(SKIPPED);
	}
	const int fd = open(rig->filler, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
	check(fd >= 0 && posix_fallocate(fd, 0, FILLER) == 0, "a file takes a part of the space");
	close(fd);
}

static void limit_files(rlim_t bytes)
{
	struct rlimit limit;

	getrlimit(RLIMIT_FSIZE, &limit);
	limit.rlim_cur = bytes;
	check(setrlimit(RLIMIT_FSIZE, &limit) == 0, bytes == RLIM_INFINITY ? "the limit is lifted" : "files are limited");
}

static void make_disk(const struct rig *rig)
{
	signal(SIGXFSZ, SIG_IGN);
	if (rig->tmpfs) {
		mount_small(rig);
	} else {
		limit_files(LIMIT);
	}
}

static void make_room(const struct rig *rig)
{
	if (rig->tmpfs) {
		check(unlink(rig->filler) == 0, "space is made");
	} else {
		limit_files(RLIM_INFINITY);
	}
}

static void remove_all(const struct rig *rig)
{
	char path[320];

	snprintf(path, sizeof(path), "%s.lock", rig->path);
	unlink(path);
	unlink(rig->path);
	if (rig->tmpfs) {
		umount(rig->directory);
	}
	rmdir(rig->directory);
}

/* ---- the load ---- */

static void settled(struct submission *submission, const struct err *err)
{
	struct cell *cell = submission->context;

	if (err != NULL && err->code != ERR_STORAGE_FULL) {
		fprintf(stderr, "refused: %s\n", err->detail);
	}
	atomic_store(&cell->end, err == NULL ? END_RECORDED : err->code == ERR_STORAGE_FULL ? END_REFUSED : END_OTHER);
	sem_post(&submission->free);
}

static void wait_for(struct submission *submission)
{
	while (sem_wait(&submission->free) != 0) {
		continue;
	}
	sem_post(&submission->free);
}

static void submit(struct rig *rig, size_t n)
{
	struct submission *submission = &rig->submissions[n];
	struct err err;

	submission_init(submission, rig->arena, settled, &rig->cells[n]);
	while (sem_wait(&submission->free) != 0) {
		continue;
	}
	submission_renew(submission, rig->source);
	if (!store_submit(rig->store, &submission->command, &err)) {
		fprintf(stderr, "NOT OK: a command was not taken: %s\n", err.detail);
		exit(1);
	}
}

static size_t count_ends(const struct rig *rig, enum end end)
{
	size_t count = 0;

	for (size_t i = 0; i < COUNT; i++) {
		count += atomic_load(&rig->cells[i].end) == end ? 1 : 0;
	}
	return count;
}

static bool is_there(const struct rig *rig, size_t n)
{
	const struct request_view *view = NULL;
	struct arena *arena = arena_create();
	struct err err;

	if (!request_read(rig->reader, rig->submissions[n].id, arena, &view, &err)) {
		fprintf(stderr, "NOT OK: a read failed: %s\n", err.detail);
		exit(1);
	}
	const bool found = view != NULL && view->snapshot_length == SUBMISSION_SNAPSHOT;
	arena_destroy(arena);
	return found;
}

static void check_records(const struct rig *rig, const char *what)
{
	bool good = true;

	for (size_t i = 0; i < COUNT; i++) {
		const enum end end = atomic_load(&rig->cells[i].end);
		good = good && (end == END_NONE || is_there(rig, i) == (end == END_RECORDED));
	}
	check(good, what);
}

static void open_store(struct rig *rig)
{
	const struct store_options options = {
		.path = rig->path, .queue_max = WINDOW * 2, .batch_max = 64, .reader_cache_kib = 512, .writer_cache_kib = 512,
		.fatal = fatal,
	};
	struct err err;

	rig->store = store_open(&options, &err);
	if (rig->store == NULL) {
		fprintf(stderr, "NOT OK: %s\n", err.detail);
		exit(1);
	}
	rig->reader = store_reader_open(rig->store, &err);
	check(rig->reader != NULL, "the store is open");
}

static void close_store(struct rig *rig)
{
	store_reader_close(rig->reader);
	store_close(rig->store);
}

/*
 * Submits in groups until COUNT_WANTED of the commands so far have ended as END; the number of the next
 * command.
 */
static size_t load(struct rig *rig, size_t first, enum end end, size_t count_wanted)
{
	size_t n = first;

	while (n + WINDOW <= COUNT && count_ends(rig, end) < count_wanted) {
		for (size_t i = 0; i < WINDOW; i++) {
			submit(rig, n + i);
		}
		for (size_t i = 0; i < WINDOW; i++) {
			wait_for(&rig->submissions[n + i]);
		}
		n += WINDOW;
	}
	check(count_ends(rig, end) >= count_wanted, end == END_REFUSED ? "the disk is full" : "writing goes on");
	return n;
}

static void fill_and_heal(struct rig *rig)
{
	size_t n = load(rig, 0, END_REFUSED, 3 * WINDOW);
	const size_t recorded = count_ends(rig, END_RECORDED);
	check(recorded >= WINDOW, "much was recorded before");
	check(store_healthy(rig->store), "a full disk stops nothing");
	check_records(rig, "while it is full, what was acknowledged is read and what was refused is not there");
	make_room(rig);
	n = load(rig, n, END_RECORDED, recorded + 4 * WINDOW);
	check(count_ends(rig, END_OTHER) == 0, "the only reason for a refusal was the space");
	check_records(rig, "with space again, the same");
	printf("%zu of %zu commands were refused\n", count_ends(rig, END_REFUSED), n);
}

static void check_after_restart(struct rig *rig)
{
	struct err err;
	int64_t events = 0;

	close_store(rig);
	open_store(rig);
	check_records(rig, "after a restart, the same");
	check(events_verify(rig->reader, &events, &err), "the chain of events verifies");
	check((size_t)events == count_ends(rig, END_RECORDED), "it has one event for each acknowledgement");
	close_store(rig);
}

int main(int argc, char **argv)
{
	static struct cell cells[COUNT];
	struct rig rig = {.arena = arena_create(), .source = ident_create(0), .cells = cells};

	if (argc != 2 || (strcmp(argv[1], "tmpfs") != 0 && strcmp(argv[1], "limit") != 0)) {
		fprintf(stderr, "usage: store_full tmpfs|limit\n");
		return 2;
	}
	rig.tmpfs = strcmp(argv[1], "tmpfs") == 0;
	const char *place = getenv("TMPDIR");
	snprintf(rig.directory, sizeof(rig.directory), "%s/ar-full-%s", place != NULL ? place : P_tmpdir, "XX" "XX" "XX");
	check(mkdtemp(rig.directory) != NULL, "a directory");
	snprintf(rig.path, sizeof(rig.path), "%s/records.db", rig.directory);
	snprintf(rig.filler, sizeof(rig.filler), "%s/filler", rig.directory);
	rig.submissions = arena_array(rig.arena, COUNT, sizeof(*rig.submissions));
	make_disk(&rig);
	open_store(&rig);
	fill_and_heal(&rig);
	check_after_restart(&rig);
	remove_all(&rig);
	arena_destroy(rig.arena);
	ident_destroy(rig.source);
	return 0;
}
