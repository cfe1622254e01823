/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The open connections: whose they are, what each is doing and until when it may. Touched once per connection
 * under a lock, else by atomics.
 */
#ifndef AR_HTTP_PEERS_H
#define AR_HTTP_PEERS_H

#include "http/address.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

struct exchange;
struct worker;

enum peer_phase {
	PEER_NEW, /* accepted, no request line yet */
	PEER_READING, /* header fields or body arrive */
	PEER_WORKING, /* an endpoint runs or the exchange is suspended: never reaped */
	PEER_ANSWERING, /* the answer leaves */
	PEER_IDLE /* kept alive between requests */
};

/* Owned by the HTTP thread that accepted it, apart from the atomics, which the reaper reads. */
struct peer {
	struct peer *next;
	struct peer *previous;
	struct address network;
	struct address address;
	int fd;
	unsigned requests; /* begun on this connection */
	struct worker *worker; /* of the HTTP thread that serves it */
	struct exchange *exchange; /* begun and not completed */
	_Atomic int phase; /* enum peer_phase */
	_Atomic int64_t deadline_us; /* on the monotonic clock; 0: none */
};

enum { PEERS_BUCKETS = 256 };

struct peers {
	pthread_mutex_t lock;
	uint64_t seed;
	size_t count;
	struct peer *buckets[PEERS_BUCKETS];
};

void peers_init(struct peers *peers, uint64_t seed);
void peers_finish(struct peers *peers);

struct peer *peers_add(struct peers *peers, const struct address *address, int fd, int64_t deadline_us);
/*
 * Forgets and frees PEER. Call before its descriptor is closed: the reaper must never meet a number that was
 * given out again.
 */
void peers_remove(struct peers *peers, struct peer *peer);

size_t peers_count(struct peers *peers);
/* Connections from the same network as ADDRESS. */
size_t peers_count_from(struct peers *peers, const struct address *address);

void peer_enter(struct peer *peer, enum peer_phase phase, int64_t deadline_us);

/* Shuts down whoever is past the deadline; how many. Their HTTP thread notices and closes. */
size_t peers_reap(struct peers *peers, int64_t now_us);

/* Shuts down connections that wait for a request, unless one has arrived unread. */
size_t peers_close_idle(struct peers *peers);

/* Shuts down everybody but those that are being worked for. */
size_t peers_close_waiting(struct peers *peers);

#endif
