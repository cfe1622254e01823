/* SPDX-License-Identifier: Apache-2.0 */
#include "http/peers.h"

#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>

void peers_init(struct peers *peers, uint64_t seed)
{
	*peers = (struct peers){.seed = seed};
	pthread_mutex_init(&peers->lock, NULL);
}

void peers_finish(struct peers *peers)
{
	for (size_t i = 0; i < PEERS_BUCKETS; i++) {
		while (peers->buckets[i] != NULL) {
			peers_remove(peers, peers->buckets[i]);
		}
	}
	pthread_mutex_destroy(&peers->lock);
}

static struct peer **bucket_of(struct peers *peers, const struct address *network)
{
	return &peers->buckets[address_hash(network, peers->seed) % PEERS_BUCKETS];
}

struct peer *peers_add(struct peers *peers, const struct address *address, int fd, int64_t deadline_us)
{
	struct peer *peer = calloc(1, sizeof(*peer));
	if (peer == NULL) {
		abort();
	}
	peer->address = *address;
	peer->network = address_network(address);
	peer->fd = fd;
	atomic_init(&peer->phase, PEER_NEW);
	atomic_init(&peer->deadline_us, deadline_us);

	pthread_mutex_lock(&peers->lock);
	struct peer **bucket = bucket_of(peers, &peer->network);
	peer->next = *bucket;
	if (peer->next != NULL) {
		peer->next->previous = peer;
	}
	*bucket = peer;
	peers->count++;
	pthread_mutex_unlock(&peers->lock);
	return peer;
}

void peers_remove(struct peers *peers, struct peer *peer)
{
	pthread_mutex_lock(&peers->lock);
	if (peer->previous != NULL) {
		peer->previous->next = peer->next;
	} else {
		*bucket_of(peers, &peer->network) = peer->next;
	}
	if (peer->next != NULL) {
		peer->next->previous = peer->previous;
	}
	peers->count--;
	pthread_mutex_unlock(&peers->lock);
	free(peer);
}

size_t peers_count(struct peers *peers)
{
	pthread_mutex_lock(&peers->lock);
	const size_t count = peers->count;
	pthread_mutex_unlock(&peers->lock);
	return count;
}

size_t peers_count_from(struct peers *peers, const struct address *address)
{
	const struct address network = address_network(address);
	size_t count = 0;
	pthread_mutex_lock(&peers->lock);
	for (const struct peer *peer = *bucket_of(peers, &network); peer != NULL; peer = peer->next) {
		if (address_equal(&peer->network, &network)) {
			count++;
		}
	}
	pthread_mutex_unlock(&peers->lock);
	return count;
}

void peer_enter(struct peer *peer, enum peer_phase phase, int64_t deadline_us)
{
	atomic_store_explicit(&peer->deadline_us, deadline_us, memory_order_relaxed);
	atomic_store_explicit(&peer->phase, phase, memory_order_relaxed);
}

/* Whether bytes wait in the socket: a request that arrived and was not read yet. */
static bool unread(const struct peer *peer)
{
	char byte;
	return recv(peer->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

typedef bool (*doomed_fn)(struct peer *peer, int64_t now_us);

static bool overdue(struct peer *peer, int64_t now_us)
{
	const int64_t deadline = atomic_load_explicit(&peer->deadline_us, memory_order_relaxed);
	return deadline != 0 && now_us >= deadline;
}

static bool idle(struct peer *peer, int64_t now_us)
{
	(void)now_us;
	const int phase = atomic_load_explicit(&peer->phase, memory_order_relaxed);
	return (phase == PEER_NEW || phase == PEER_IDLE) && !unread(peer);
}

static bool waiting(struct peer *peer, int64_t now_us)
{
	(void)now_us;
	return atomic_load_explicit(&peer->phase, memory_order_relaxed) != PEER_WORKING;
}

static size_t shut_down(struct peers *peers, doomed_fn doomed, int64_t now_us)
{
	size_t count = 0;
	pthread_mutex_lock(&peers->lock);
	for (size_t i = 0; i < PEERS_BUCKETS; i++) {
		for (struct peer *peer = peers->buckets[i]; peer != NULL; peer = peer->next) {
			if (doomed(peer, now_us)) {
				/*
				 * Only shut down: the descriptor belongs to the library, which closes it when
				 * poll reports the end.
				 */
				shutdown(peer->fd, SHUT_RDWR);
				atomic_store_explicit(&peer->deadline_us, 0, memory_order_relaxed);
				count++;
			}
		}
	}
	pthread_mutex_unlock(&peers->lock);
	return count;
}

size_t peers_reap(struct peers *peers, int64_t now_us)
{
	return shut_down(peers, overdue, now_us);
}

size_t peers_close_idle(struct peers *peers)
{
	return shut_down(peers, idle, 0);
}

size_t peers_close_waiting(struct peers *peers)
{
	return shut_down(peers, waiting, 0);
}
