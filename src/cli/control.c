/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/control.h"

#include "base/log.h"
#include "base/text.h"
#include "cli/control_order.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* An order is one packet and comes at once; its answer follows a commit. */
enum { ORDER_SECONDS = 2, ANSWER_SECONDS = 30, WAITING_MAX = 8, PAUSE_US = 100000 };

/* The socket beside a database, by its directory. */
struct place {
	int directory;
	char name[NAME_MAX + 1];
	struct sockaddr_un address;
};

struct control {
	struct service *service;
	struct place place;
	int listener;
	atomic_bool stopping;
	pthread_t thread;
};

static void place_close(struct place *place)
{
	if (place->directory >= 0) {
		close(place->directory);
	}
}

/* The address of a socket is short and a path need not be: it goes through the descriptor of the directory. */
static bool place_open(struct place *place, const char *database, struct err *err)
{
	char directory[PATH_MAX];
	char name[PATH_MAX];

	*place = (struct place){.directory = -1, .address.sun_family = AF_UNIX};
	if (strlen(database) >= sizeof(name)) {
		return err_set(err, ERR_CONFIG, "the path of the database is too long");
	}
	memcpy(directory, database, strlen(database) + 1);
	memcpy(name, database, strlen(database) + 1);
	place->directory = open(dirname(directory), O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (place->directory < 0) {
		return err_set(err, ERR_CONFIG, "the directory of %s: %s", database, strerror(errno));
	}
	(void)snprintf(place->name, sizeof(place->name), "%.*s.control", NAME_MAX - 8, basename(name));
	const int length = snprintf(place->address.sun_path, sizeof(place->address.sun_path), "/proc/self/fd/%d/%s",
				    place->directory, place->name);
	if (length < 0 || (size_t)length >= sizeof(place->address.sun_path)) {
		place_close(place);
		return err_set(err, ERR_CONFIG, "the name of %s is too long for a socket beside it", database);
	}
	return true;
}

static void set_patience(int fd, int seconds)
{
	const struct timeval patience = {.tv_sec = seconds};

	(void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	(void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
}

/* ---- the daemon's end ---- */

/* The mode of the socket keeps others out already; a directory that was opened by mistake does not let them in. */
static bool may_order(int fd, int64_t *ret_uid)
{
	struct ucred peer;
	socklen_t size = sizeof(peer);

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
		return false;
	}
	*ret_uid = peer.uid;
	return peer.uid == geteuid() || peer.uid == 0;
}

/* A payer that no policy knows is a slip of the pen: its staff would see nothing. */
static bool payers_known(const struct service *service, const struct principal *principal, struct err *err)
{
	size_t count = 0;
	const char *const *known = policy_set_payers(service_policies(service), &count);

	for (size_t i = 0; i < principal->payer_count; i++) {
		bool found = false;
		for (size_t k = 0; k < count; k++) {
			found = found || strcmp(principal->payers[i], known[k]) == 0;
		}
		if (!found) {
			const char *near = text_nearest(principal->payers[i], known, count);
			return err_set(err, ERR_INVALID,
				       near != NULL ? "the policies know no payer \"%s\"; did you mean %s?"
						    : "the policies know no payer \"%s\"%s",
				       principal->payers[i], near != NULL ? near : "");
		}
	}
	return true;
}

static bool run_order(const struct control *control, struct arena *arena, const char *bytes, size_t length, int64_t uid,
		      struct err *err)
{
	struct principal_change change;

	if (!control_order_read(arena, bytes, length, &change, err) ||
	    (!change.revokes && !payers_known(control->service, &change.record.principal, err)) ||
	    !principal_change_run(control->service->store, &change, err)) {
		return false;
	}
	LOG(LOG_INFO, change.revokes ? "principal_revoked" : "principal_created", LOG_TEXT("id", change.record.principal.id),
	    LOG_NUMBER("uid", uid));
	return true;
}

static void answer(const struct control *control, int fd)
{
	struct arena *arena = arena_create();
	struct err err = {.code = ERR_NONE};
	struct text out;
	int64_t uid = -1;

	set_patience(fd, ORDER_SECONDS);
	char *bytes = arena_alloc(arena, CONTROL_ORDER_MAX);
	const bool allowed = may_order(fd, &uid);
	const ssize_t length = recv(fd, bytes, CONTROL_ORDER_MAX, MSG_TRUNC);
	bool done = false;
	if (!allowed) {
		(void)err_set(&err, ERR_FORBIDDEN, "only root and the daemon's own user may do that");
	} else if (length <= 0 || length > CONTROL_ORDER_MAX) {
		(void)err_set(&err, ERR_BAD_REQUEST, "no order arrived");
	} else {
		done = run_order(control, arena, bytes, (size_t)length, uid, &err);
	}
	text_init(&out, arena, 256);
	control_answer_write(&out, done ? NULL : &err);
	(void)send(fd, out.data, out.length, MSG_NOSIGNAL);
	arena_destroy(arena);
}

/* Until the end of the socket and of those who wait at it already. */
static void *take_orders(void *context)
{
	struct control *control = context;

	for (;;) {
		const int fd = accept4(control->listener, NULL, NULL, SOCK_CLOEXEC);
		if (fd >= 0) {
			answer(control, fd);
			close(fd);
		} else if (atomic_load(&control->stopping)) {
			return NULL;
		} else {
			(void)usleep(PAUSE_US); /* out of descriptors for a moment */
		}
	}
}

/* What lies there was left by a daemon that was killed: the lock of the database is ours. */
static bool listen_at(struct control *control, struct err *err)
{
	const struct place *place = &control->place;
	const int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	(void)unlinkat(place->directory, place->name, 0);
	/* Before it has a name, so that nobody finds it with another mode. */
	if (fd < 0 || fchmod(fd, 0600) != 0 ||
	    bind(fd, (const struct sockaddr *)&place->address, sizeof(place->address)) != 0 || listen(fd, WAITING_MAX) != 0) {
		const int cause = errno;
		if (fd >= 0) {
			close(fd);
		}
		return err_set(err, ERR_CONFIG, "the socket %s beside the database: %s", place->name, strerror(cause));
	}
	control->listener = fd;
	return true;
}

struct control *control_start(struct service *service, const char *database, struct err *err)
{
	struct control *control = calloc(1, sizeof(*control));

	if (control == NULL) {
		abort();
	}
	control->service = service;
	if (!place_open(&control->place, database, err)) {
		free(control);
		return NULL;
	}
	if (!listen_at(control, err)) {
		place_close(&control->place);
		free(control);
		return NULL;
	}
	const int cause = pthread_create(&control->thread, NULL, take_orders, control);
	if (cause != 0) {
		(void)err_set(err, ERR_CONFIG, "a thread cannot be started: %s", strerror(cause));
		close(control->listener);
		place_close(&control->place);
		free(control);
		return NULL;
	}
	return control;
}

void control_stop(struct control *control)
{
	if (control == NULL) {
		return;
	}
	atomic_store(&control->stopping, true);
	(void)shutdown(control->listener, SHUT_RDWR); /* ends accept */
	(void)pthread_join(control->thread, NULL);
	close(control->listener);
	(void)unlinkat(control->place.directory, control->place.name, 0);
	place_close(&control->place);
	free(control);
}

/* ---- the command's end ---- */

static bool exchange(int fd, const struct principal_change *change, struct err *err)
{
	struct arena *arena = arena_create();
	struct text out;

	text_init(&out, arena, 512);
	control_order_write(&out, change);
	char *bytes = arena_alloc(arena, CONTROL_ORDER_MAX);
	set_patience(fd, ANSWER_SECONDS);
	const bool sent = send(fd, out.data, out.length, MSG_NOSIGNAL) == (ssize_t)out.length;
	const ssize_t length = sent ? recv(fd, bytes, CONTROL_ORDER_MAX, 0) : -1;
	const bool good = length > 0 ? control_answer_read(arena, bytes, (size_t)length, err)
				     : err_set(err, ERR_OUTCOME_UNKNOWN,
					       "the daemon did not answer: look with token list whether it was done");
	arena_destroy(arena);
	return good;
}

bool control_ask(const char *database, const struct principal_change *change, bool *ret_reached, struct err *err)
{
	struct place place;

	*ret_reached = false;
	if (!place_open(&place, database, err)) {
		return false;
	}
	const int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	bool good = fd >= 0 && connect(fd, (const struct sockaddr *)&place.address, sizeof(place.address)) == 0;
	const int cause = errno;
	place_close(&place);
	if (!good) {
		/* Not allowed is an answer; no socket, or one that nobody listens at, is none. */
		*ret_reached = cause == EACCES || cause == EPERM;
		(void)err_set(err, ERR_CONFIG, "the socket beside %s: %s", database, strerror(cause));
	} else {
		*ret_reached = true;
		good = exchange(fd, change, err);
	}
	if (fd >= 0) {
		close(fd);
	}
	return good;
}
