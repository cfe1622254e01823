/* SPDX-License-Identifier: Apache-2.0 */
#include "fakes.h"

#include "auth/access.h"
#include "base/instant.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

struct store_reader {
	struct store *store;
};

static void settle_all(struct store *store, struct store_command *command)
{
	const struct timespec delay = {.tv_sec = store->delay_ms / 1000, .tv_nsec = (long)(store->delay_ms % 1000) * 1000000L};
	if (store->delay_ms > 0) {
		nanosleep(&delay, NULL);
	}
	while (command != NULL) {
		/* Once it is settled the command belongs to its exchange, which may be gone. */
		struct store_command *next = command->next;
		struct change *change = (struct change *)command;
		atomic_fetch_add(&store->settled, 1);
		change->settled(change->settled_context);
		command = next;
	}
}

static void *write_changes(void *context)
{
	struct store *store = context;
	pthread_mutex_lock(&store->lock);
	while (!store->stopping || store->first != NULL) {
		struct store_command *batch = store->first;
		if (batch == NULL) {
			pthread_cond_wait(&store->wake, &store->lock);
			continue;
		}
		store->first = NULL;
		store->last = &store->first;
		store->waiting = 0;
		pthread_mutex_unlock(&store->lock);
		settle_all(store, batch);
		pthread_mutex_lock(&store->lock);
	}
	pthread_mutex_unlock(&store->lock);
	return NULL;
}

void fake_init(struct service *service, unsigned delay_ms, size_t queue_max)
{
	struct store *store = calloc(1, sizeof(*store));
	if (store == NULL) {
		abort();
	}
	store->last = &store->first;
	store->delay_ms = delay_ms;
	store->queue_max = queue_max;
	pthread_mutex_init(&store->lock, NULL);
	pthread_cond_init(&store->wake, NULL);
	if (pthread_create(&store->thread, NULL, write_changes, store) != 0) {
		abort();
	}
	*service = (struct service){.store = store};
}

void fake_finish(struct service *service)
{
	struct store *store = service->store;
	pthread_mutex_lock(&store->lock);
	store->stopping = true;
	pthread_cond_signal(&store->wake);
	pthread_mutex_unlock(&store->lock);
	pthread_join(store->thread, NULL);
	pthread_cond_destroy(&store->wake);
	pthread_mutex_destroy(&store->lock);
	free(store);
}

bool change_commit(struct service *service, struct change *change, void (*settled)(void *context), void *context,
		   struct err *err)
{
	struct store *store = service->store;
	change->settled = settled;
	change->settled_context = context;
	pthread_mutex_lock(&store->lock);
	const bool room = store->waiting < store->queue_max;
	if (room) {
		change->command.next = NULL;
		*store->last = &change->command;
		store->last = &change->command.next;
		store->waiting++;
		pthread_cond_signal(&store->wake);
	}
	pthread_mutex_unlock(&store->lock);
	return room || err_set(err, ERR_BUSY, "the queue is full");
}

bool service_principal(struct service *service, struct store_reader *reader, const char *token, struct arena *arena,
		       const struct principal **ret_principal, struct err *err)
{
	static const char prefix[] = "token-";
	if (reader == NULL || reader->store != service->store) {
		return err_set(err, ERR_STORE, "no reader");
	}
	struct principal *principal = arena_alloc(arena, sizeof(*principal));
	principal->id = "prn_test";
	const bool known =
		strncmp(token, prefix, sizeof(prefix) - 1) == 0 && role_from_name(token + sizeof(prefix) - 1, &principal->role);
	*ret_principal = known ? principal : NULL;
	return true;
}

struct store_reader *service_reader_open(struct service *service, struct err *err)
{
	if (atomic_load(&service->store->unreadable)) {
		err_set(err, ERR_STORE, "the store cannot be read");
		return NULL;
	}
	struct store_reader *reader = calloc(1, sizeof(*reader));
	if (reader == NULL) {
		abort();
	}
	reader->store = service->store;
	atomic_fetch_add(&service->store->readers, 1);
	return reader;
}

void service_reader_close(struct store_reader *reader)
{
	atomic_fetch_sub(&reader->store->readers, 1);
	free(reader);
}

bool service_congested(const struct service *service)
{
	return atomic_load(&service->store->congested);
}

struct instant service_now(struct service *service)
{
	(void)service;
	return instant_now();
}
